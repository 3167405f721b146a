"""What else befalls made-up people: supportive care beside treatment, thromboses, admissions, relapses by domain."""

from collections.abc import Iterator
from datetime import date, timedelta

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.treatments import Event, SupportiveCare, TreatmentLine
from poems_registry.services.training.course import Course, Story
from poems_registry.services.training.fortune import Fortune

CLOTS = ("dvt", "pe", "ischaemic_stroke", "limb_arterial", "mi", "line_thrombosis", "tia")
AGAINST_CLOTS = ("aspirin 75 mg once a day", "apixaban 2.5 mg twice a day", "dalteparin 5,000 units a day")
DEATHS = {"POEMS": "poems", "infection": "infection", "cardiac": "cardiac", "second cancer": "second_cancer",
          "unknown": "unknown"}  # fmt: skip
REPLACED = {"thyroid": ("levothyroxine", "levothyroxine 100 micrograms once a day", 0.8),
            "adrenal": ("hydrocortisone", "hydrocortisone 10 mg, 5 mg and 5 mg", 0.85),
            "gonadal": ("sex_hormones", "testosterone gel, or HRT", 0.5),
            "glucose": ("diabetes", "metformin 500 mg twice a day", 0.7)}  # fmt: skip
_IMIDS = {"lenalidomide", "thalidomide", "pomalidomide"}
_SHINGLES = {"bortezomib", "daratumumab"}


def supportive_of(fortune: Fortune, course: Course, lines: tuple[TreatmentLine, ...]) -> tuple[SupportiveCare, ...]:
    """What goes with each line, what replaces failing hormones, and what helps to live with weak legs."""
    found = [care for line in lines if line.number for care in _with(fortune, line)]
    if course.story is Story.POEMS:
        found += _lasting(fortune, course)
    return tuple(found)


def events_of(
    fortune: Fortune, course: Course, lines: tuple[TreatmentLine, ...], cause_of_death: str
) -> tuple[Event, ...]:
    """Diagnosis, relapses with their domains, thromboses and admissions, death; transplants stand with their lines."""
    events: list[Event] = []
    if course.story in (Story.POEMS, Story.CASTLEMAN_VARIANT):
        events.append(Event(kind="diagnosis", on=PartialDate.of(course.diagnosed)))
        events += _misfortunes(fortune, course)
    starts = [line.start.earliest() for line in lines if line.number > 1 and line.start is not None]
    events += [_relapse(fortune, on, treated=any(on <= start for start in starts)) for on in course.relapses]
    if course.died:
        events.append(Event(kind="death", on=PartialDate.of(course.died), cause=DEATHS.get(cause_of_death, "other")))
    return tuple(events)


def _relapse(fortune: Fortune, on: date, *, treated: bool) -> Event:
    domains = ["vegf"]
    domains += [domain for domain, p in (("haematological", 0.4), ("radiological", 0.25)) if fortune.happens(p)]
    symptomatic = fortune.happens(0.7)
    domains += ["clinical"] if symptomatic else []
    note = "VEGF and symptoms" if symptomatic else "VEGF rose before symptoms"
    return Event(
        kind="relapse",
        on=PartialDate.of(on),
        domains=tuple(domains),
        symptomatic=symptomatic,
        treated=treated,
        note=note,
    )


def _misfortunes(fortune: Fortune, course: Course) -> Iterator[Event]:
    last = min(course.until, course.died or course.until)
    if fortune.happens(0.3):  # mostly before treatment (UCLH thrombosis series)
        first = course.diagnosed - timedelta(days=240)
        on = fortune.day(first, course.diagnosed if fortune.happens(0.7) else last)
        yield Event(kind=fortune.one_of(CLOTS, (22, 15, 26, 18, 11, 5, 3)), on=PartialDate.of(on))
    for kind, probability in (("serious_infection", 0.09), ("fall_fracture", 0.05), ("second_cancer", 0.03)):
        if fortune.happens(probability):
            on = fortune.day(course.diagnosed, last)
            sort = fortune.one_of(("skin", "solid", "mds_aml")) if kind == "second_cancer" else ""
            yield Event(kind=kind, on=PartialDate.of(on), sort=sort)
    if fortune.happens(0.14):
        on = fortune.day(course.diagnosed, last)
        until = min(on + timedelta(days=fortune.one_of((2, 4, 7, 12))), last)
        yield Event(
            kind="admission", on=PartialDate.of(on), until=PartialDate.of(until), intensive=fortune.happens(0.12)
        )


def _with(fortune: Fortune, line: TreatmentLine) -> Iterator[SupportiveCare]:
    """For as long as the line, and for a transplant some days around it."""
    drugs = {drug.name for drug in line.drugs}
    if drugs & _IMIDS:
        what = fortune.one_of(
            ("aspirin 75 mg once a day", "apixaban 2.5 mg twice a day", "dalteparin 5,000 units a day")
        )
        if fortune.happens(0.9):
            yield _beside("thromboprophylaxis", what, line)
        if fortune.happens(0.92):
            yield _beside("pregnancy_prevention", "", line)
    if drugs & _SHINGLES or line.transplants:
        yield _beside("antiviral", "aciclovir 400 mg twice a day", line)
    for given in line.transplants:
        if given.infused is None:
            continue
        infused = given.infused.earliest()
        yield _beside("pjp_prophylaxis", "co-trimoxazole 480 mg once a day", line)
        if fortune.happens(0.6):
            begun, ended = infused - timedelta(days=3), infused + timedelta(days=24)
            yield SupportiveCare(
                kind="line", what="PICC", start=PartialDate.of(begun), stop=PartialDate.of(ended),
                stop_reason="completed",
            )  # fmt: skip


def _beside(kind: str, what: str, line: TreatmentLine) -> SupportiveCare:
    why = "completed" if line.stop is not None else ""
    return SupportiveCare(kind=kind, what=what, start=line.start, stop=line.stop, stop_reason=why)


def _lasting(fortune: Fortune, course: Course) -> Iterator[SupportiveCare]:
    seen = PartialDate(course.diagnosed.year, course.diagnosed.month)
    ended = PartialDate.of(course.died) if course.died else None
    why = "died" if ended else ""
    for axis, (kind, what, probability) in REPLACED.items():
        if axis in course.traits.endocrine and fortune.happens(probability):
            yield SupportiveCare(kind=kind, what=what, start=seen, stop=ended, stop_reason=why)
    if fortune.happens(0.5):
        yield SupportiveCare(kind="pain", what="pregabalin 75 mg twice a day", start=seen, stop=ended, stop_reason=why)
    leg = course.traits.onls[1]
    for kind, what, least, probability in (
        ("orthotics", "ankle-foot orthoses", 3, 0.6),
        ("rehab_community", "neurological physiotherapy", 2, 0.5),
        ("rehab_inpatient", "", 5, 0.5),
        ("wheelchair", "", 5, 0.7),
        ("occupational_therapy", "", 3, 0.35),
        ("psychology", "", 0, 0.15),
    ):
        if leg >= least and fortune.happens(probability):
            yield SupportiveCare(kind=kind, what=what, start=seen, stop=ended, stop_reason=why)
