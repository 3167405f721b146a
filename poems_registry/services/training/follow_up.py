"""Every visit of a made-up course: scores and results from the day's activity, gaps included."""

from dataclasses import replace
from datetime import date, timedelta

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.consistency import BlockKind, all_blocks
from poems_registry.domain.dates import PartialDate, letter_date
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import (
    Action,
    ActionFor,
    Encounter,
    EncounterKind,
    EncounterState,
    Medicine,
    MedicineChange,
    Patient,
    Signature,
    VisitType,
)
from poems_registry.services.training import baseline
from poems_registry.services.training.asked import asked
from poems_registry.services.training.baseline import measured, present, said, unsaid
from poems_registry.services.training.course import Course, Story, Treatment
from poems_registry.services.training.followed import band_gone, followed
from poems_registry.services.training.fortune import Fortune

SERUM_LIMIT, SERUM_CEILING = 771.0, 8000.0
PLASMA_LIMIT, PLASMA_FLOOR = 86.0, 31.0
PLASMA_SHARE = 0.1
NBSP = "\u00a0"
RECENT = timedelta(days=21)
"""Visits of the last three weeks were entered in this program: they want letters."""


def visit(
    fortune: Fortune, patient: Patient, course: Course, on: date, place: tuple[int, bool], signed: Signature
) -> Encounter:
    """The visit on a day; `place` is (how many came before, whether it is the newest)."""
    number, newest = place
    first = number == 0
    found = _circumstances(course, on)
    found += baseline.assessment(fortune, course, on, patient.sex) if first else _features(fortune, course, on)
    found += _scores(fortune, course, on) + _body(fortune, course, on)
    if first or newest or fortune.happens(0.75):
        found += bloods(
            fortune, course, on, awaited=newest and fortune.happens(0.8 if course.story is Story.SUSPECTED else 0.12)
        )
    change = _change(course, on, first=first)
    found += [said(f"{letter}_change", change) for letter in "pm"] if not first else []
    found += _plan(fortune, course, on, newest=newest)
    found += followed(course, on, found)
    found += asked(course, on, found)
    treatment = course.treated_on(on)
    return Encounter(
        patient_id=patient.id,
        kind=EncounterKind.CLINIC,
        visit_type=VisitType.NEW if first else VisitType.FOLLOW_UP,
        on=on,
        time=fortune.one_of(("09:30", "10:20", "11:00", "14:10", "15:40")),
        state=EncounterState.SIGNED,
        author=signed.name,
        seen_by=(signed.name, "Sister J Okoro, nurse specialist"),
        source="" if newest and on > course.until - RECENT else "training history",
        findings=looked_at(found, signed.name),
        medicines=_medicines(fortune, treatment, first=first),
        actions=_actions(fortune, on, treatment),
        signature=signed,
    )


def sample(fortune: Fortune, patient: Patient, course: Course, on: date) -> Encounter:
    """Blood taken between visits."""
    return Encounter(
        patient_id=patient.id,
        kind=EncounterKind.SAMPLE,
        on=on,
        state=EncounterState.RECORDED,
        source="training history",
        findings=looked_at(bloods(fortune, course, on, awaited=False), "Dr A Rahman"),
    )


def looked_at(findings: list[Finding], by: str) -> tuple[Finding, ...]:
    """One finding an item, the last said; unusual values are confirmed, as the form would have asked."""
    once = {finding.item: finding for finding in findings}
    doubtful = {block.item for block in all_blocks(CATALOGUE, once) if block.kind is BlockKind.DOUBT}
    return tuple(replace(f, doubt_confirmed_by=by) if f.item in doubtful else f for f in once.values())


def bloods(fortune: Fortune, course: Course, on: date, *, awaited: bool) -> list[Finding]:
    """VEGF, paraprotein, light chains and counts on a day."""
    traits, activity = course.traits, course.activity(on)
    item = "vegf_plasma" if traits.plasma else "vegf_serum"
    found = [unsaid(item, State.PENDING)] if awaited else [_vegf(fortune, course, activity)]
    treated = bool(course.treatments) and course.treatments[0].start < on
    if course.story is Story.POEMS:
        found.append(_m_protein(fortune, traits.m_protein * activity**0.8, treated=treated))
        if treated:
            found.append(said("ife_serum", "negative" if band_gone(course, on) else "positive"))
        lambda_chain = max(6.0, fortune.about(max(12.0, traits.lambda_flc * activity**0.7), 0.1))
        found.append(_limited("flc_lambda", round(lambda_chain, 1), (5.7, 26.3), "mg/L"))
        found.append(_limited("flc_kappa", round(fortune.near(14, 4, 5, 40), 1), (3.3, 19.4), "mg/L"))
    platelets = 250 + (traits.platelets - 250) * min(1.0, activity * 1.1)
    found.append(_limited("platelets", float(round(fortune.about(platelets, 0.06))), (150, 400), "10⁹/L"))
    found.append(_limited("haemoglobin", float(round(fortune.near(138, 12, 84, 180))), (115, 165), "g/L"))
    found.append(_limited("haematocrit", round(fortune.near(0.41, 0.03, 0.3, 0.47), 2), (0.36, 0.5), "L/L"))
    if fortune.happens(0.85):
        found.append(measured("creatinine", float(round(fortune.near(78, 18, 42, 190))), "umol/L"))
        found.append(measured("egfr", float(round(fortune.near(82, 16, 22, 120))), "mL/min/1.73m²"))
        found.append(measured("albumin", float(round(fortune.near(40, 4, 24, 48))), "g/L"))
    return found


def _vegf(fortune: Fortune, course: Course, activity: float) -> Finding:
    value = fortune.about(course.traits.vegf * activity + 160 * (1 - activity), 0.12)
    if course.traits.plasma:
        value *= PLASMA_SHARE
        if value < PLASMA_FLOOR:
            return Finding("vegf_plasma", PLASMA_FLOOR, sign=Sign.BELOW, reported="31", reported_unit="pg/mL",
                           limit_high=PLASMA_LIMIT, assay="R&D ELISA", specimen="plasma")  # fmt: skip
        return Finding("vegf_plasma", float(round(value)), reported=f"{round(value)}", reported_unit="pg/mL",
                       limit_high=PLASMA_LIMIT, assay="R&D ELISA", specimen="plasma")  # fmt: skip
    sign = Sign.ABOVE if value > SERUM_CEILING else Sign.EQUAL
    shown = min(value, SERUM_CEILING)
    return Finding("vegf_serum", float(round(shown)), sign=sign, reported=f"{round(shown)}", reported_unit="pg/mL",
                   limit_high=SERUM_LIMIT, assay="R&D ELISA", specimen="serum")  # fmt: skip


def _m_protein(fortune: Fortune, level: float, *, treated: bool) -> Finding:
    if level < 0.5:
        return Finding("m_protein", 0.0, reported="not detected", reported_unit="g/L")
    if level < 1:
        return Finding("m_protein", 1.0, sign=Sign.BELOW, reported="1", reported_unit="g/L")
    part = 0.08 if treated else 0.02
    return measured("m_protein", round(fortune.about(level, part), 1), "g/L")


def _limited(item: str, value: float, limits: tuple[float, float], unit: str) -> Finding:
    return Finding(item, value, reported=f"{value:g}", reported_unit=unit, limit_low=limits[0], limit_high=limits[1])


def _circumstances(course: Course, on: date) -> list[Finding]:
    treated = course.treated_on(on) is not None
    recent = any(t.start < on and (t.stop is None or on < t.stop + timedelta(days=92)) for t in course.treatments)
    return [present("on_treatment", treated), present("steroids_3m", recent)]


def _features(fortune: Fortune, course: Course, on: date) -> list[Finding]:
    years = (on - course.diagnosed).days / 365
    found = [said("p_status", "present"), present("motor_weakness", True)]
    found += [said("m_status", "present" if course.story is Story.POEMS else "not_assessed")]
    found += baseline.organs(fortune, course, on, imaged=fortune.happens(0.22))
    left = max(0.15, course.activity(on)) if years > 0.4 else 0.9
    found += baseline.skin(fortune, course, left, examined=fortune.happens(0.85))
    found += [said("e_status", "present" if course.traits.endocrine and fortune.happens(0.8) else "not_assessed")]
    swollen = "oedema" in course.traits.fluid and fortune.happens(max(0.1, course.activity(on)))
    found.append(said("oedema", "ankle" if swollen else "none"))
    if fortune.happens(0.3):
        there = course.traits.discs and fortune.happens(course.activity(on))
        found += [present("papilloedema_right", there), present("papilloedema_left", there)]
    return found


def _scores(fortune: Fortune, course: Course, on: date) -> list[Finding]:
    arm, leg = course.disability(on)
    found: list[Finding] = []
    if fortune.happens(0.95):
        found += [measured("onls_arm", float(arm)), measured("onls_leg", float(leg)), said("onls_method", "observed")]
    found.append(said("walking_aid", (("none",), ("none",), ("one_stick",), ("one_stick",), ("frame",),
                                      ("wheelchair_outdoors",), ("wheelchair_always",), ("bed",))[leg]))  # fmt: skip
    grip = course.traits.grip + 4 * (course.traits.onls[0] - arm)
    found.append(said("grip_device", "jamar"))
    for side, hand in (("left", 0.0), ("right", 1.5)):
        found.append(measured(f"grip_{side}_kg", float(round(fortune.near(grip + hand, 1.5, 0, 64))), "kg"))
    if leg >= 6:
        found.append(unsaid("walk_10m", State.UNABLE, "cannot walk 10 m"))
    elif fortune.happens(0.85):
        found.append(measured("walk_10m", round(fortune.near(6 + 4.5 * leg, 1.5, 5, 58), 1), "s"))
    found.append(measured("pain_nrs", float(round(fortune.near(2 + leg * 0.7, 1.5, 0, 9)))))
    found.append(measured("ecog", float(min(4, max(0, round(leg * 0.55))))))
    found.append(measured("mrs", float(min(5, max(1, round(leg * 0.65))))))
    if fortune.happens(0.6):
        found.append(measured("irods_raw", float(round(fortune.near(44 - 5 * leg - 2 * arm, 2, 0, 48)))))
    elif fortune.happens(0.2):
        found.append(unsaid("irods_raw", State.DECLINED))
    falls = 0 if leg < 2 else fortune.one_of((0, 1, 2, 4), (60, 22, 12, 6))
    found.append(measured("falls", float(falls)))
    return found


def _body(fortune: Fortune, course: Course, on: date) -> list[Finding]:
    gain = 5 * (1 - course.activity(on))
    found = [measured("weight", round(course.traits.weight + gain + fortune.between(-1, 1), 1), "kg")]
    if fortune.happens(0.3) or on <= course.diagnosed:
        better = 8 * (1 - course.activity(on))
        found.append(measured("tlco", float(round(course.traits.tlco + better)), "%"))
        found.append(measured("pasp", float(round(fortune.about(course.traits.pasp - better, 0.08))), "mmHg"))
    elif fortune.happens(0.1):
        found.append(unsaid("tlco", State.NOT_DONE))
    return found


def _change(course: Course, on: date, *, first: bool) -> str:
    if first:
        return "na"
    half_year = on - timedelta(days=180)
    before, now = sum(course.disability(half_year)), sum(course.disability(on))
    if now == before:
        return "same"
    return "better" if now < before else "worse"


def _plan(fortune: Fortune, course: Course, on: date, *, newest: bool) -> list[Finding]:
    arm, leg = course.disability(on)
    treatment = course.treated_on(on)
    since = (on - course.diagnosed).days
    months = 2 if treatment else 3 if since < 300 else 6 if since < 1000 else 12
    planned = on + timedelta(days=months * 30 + fortune.source.randint(-4, 10))
    mood = {"better": "You told us that walking is easier than last time.",
            "worse": "You told us that your legs feel weaker than last time.",
            "same": "You told us that things are much as they were."}  # fmt: skip
    words = ["It was good to see you in clinic."]
    words.append(mood.get(_change(course, on, first=False), ""))
    words.append("Your treatment is going on as planned." if treatment else "You are not having treatment at present.")
    found = [
        said("summary", " ".join(words)),
        said("medicines_reviewed", "reviewed"),
        said("what_next", f"We will see you again in about {months} months, with blood tests before the visit."),
    ]
    if course.died is None and newest:
        found += [said("next_visit", PartialDate.of(planned)), present("address_checked", True)]
    if fortune.happens(0.3) and arm + leg > 3:
        found.append(said("concerns", "Worried about falling outdoors."))
    if fortune.happens(0.4):
        found.append(said("information_given", "Leaflet: living with POEMS syndrome."))
    return found


def _medicines(fortune: Fortune, treatment: Treatment | None, *, first: bool) -> tuple[Medicine, ...]:
    change = MedicineChange.STARTED if first else MedicineChange.CONTINUED
    lines: list[Medicine] = []
    if treatment is not None and "enalidomide" in treatment.name:
        lines.append(Medicine("lenalidomide", f"15{NBSP}mg once a day, days 1 to 21 of 28", "by mouth", change,
                              "for plasma cells", "", "Hospital"))  # fmt: skip
    if treatment is not None and "examethasone" in treatment.name:
        lines.append(Medicine("dexamethasone", f"20{NBSP}mg once a week", "by mouth", change, "for plasma cells", "",
                              "Hospital"))  # fmt: skip
    if treatment is not None:
        lines.append(Medicine("aspirin", f"75{NBSP}mg once a day", "by mouth", change, "to prevent clots", "", "GP"))
    if fortune.happens(0.5):
        lines.append(Medicine("pregabalin", f"75{NBSP}mg twice a day", "by mouth", MedicineChange.CONTINUED,
                              "for nerve pain", "", "GP"))  # fmt: skip
    if fortune.happens(0.15):
        lines.append(Medicine("gabapentin", f"300{NBSP}mg 3 times a day", "by mouth", MedicineChange.STOPPED,
                              "no benefit", "today", "None"))  # fmt: skip
    return tuple(lines)


def _actions(fortune: Fortune, on: date, treatment: Treatment | None) -> tuple[Action, ...]:
    by = letter_date(on + timedelta(days=21))
    actions = [Action(ActionFor.PATIENT, "Ring us if your legs swell or you are short of breath.", "", "the same day")]
    if treatment is not None:
        actions.append(Action(ActionFor.GP, "Repeat the blood count and kidney test. We act on it.", "", f"by {by}"))
    if fortune.happens(0.5):
        actions.append(Action(ActionFor.HOSPITAL, "Lung function and heart scan.", "Sister J Okoro", f"by {by}"))
    return tuple(actions)
