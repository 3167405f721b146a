"""Contacts of the professions between visits: nerve conduction again after a year, physiotherapy at the beginning."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, Signature, VisitType
from poems_registry.services.training.baseline import measured, said
from poems_registry.services.training.course import Course, Story
from poems_registry.services.training.follow_up import looked_at
from poems_registry.services.training.fortune import Fortune, working_day

LEAFLETS = ("Living with POEMS syndrome", "Exercise with neuropathy", "Looking after your feet")
"""What the made-up clinic gives."""

_STUDIED, _TRAINED = 0.2, 0.25
_NEUROPHYSIOLOGIST = ("Dr E Lindqvist", "Consultant neurophysiologist", "GMC 0000000")
_PHYSIOTHERAPIST = ("P Rees", "Physiotherapist", "HCPC PH00000")


def contacts(fortune: Fortune, patient: Patient, course: Course, visits: Sequence[Encounter]) -> Iterator[Encounter]:
    """Some of those with POEMS have a study again after a year, some physiotherapy soon after the first visit."""
    if course.story is not Story.POEMS or not visits:
        return
    first, taken = visits[0], {visit.on for visit in visits}
    last = min(course.until, course.died or course.until) - timedelta(days=3)
    pattern, studied = (
        first.finding("ncs_pattern"),
        working_day(first.on + timedelta(days=fortune.source.randint(350, 380))),
    )
    if fortune.happens(_STUDIED) and pattern is not None and studied <= last and studied not in taken:
        yield _study(fortune, patient, studied, str(pattern.value))
    if fortune.happens(_TRAINED) and len(visits) > 1:
        begun = working_day(first.on + timedelta(days=fortune.source.randint(25, 60)))
        for number, on in enumerate((begun, working_day(begun + timedelta(days=28)))):
            if on <= last and on not in taken:
                yield _training(fortune, patient, course, on, first=number == 0)


def _study(fortune: Fortune, patient: Patient, on: date, pattern: str) -> Encounter:
    slow = fortune.near(27, 5, 16, 36) if pattern != "axonal" else fortune.near(44, 3, 38, 50)
    findings = [
        said("contact_reason", "Nerve conduction study after a year, asked for by the POEMS clinic."),
        said("ncs_pattern", pattern),
        measured("ncs_ulnar_cv", round(slow, 1), "m/s"),
        measured("ncs_ulnar_cmap", round(fortune.near(3.2, 1.2, 0.6, 7), 1), "mV"),
        measured("ncs_ulnar_dml", round(fortune.near(4.6, 0.6, 3.2, 7), 1), "ms"),
        said("distribution", ("length_dependent", "upper_limbs_too")),
        said("contact_found", "Pattern as a year ago; amplitudes are reduced more in the legs than in the arms."),
        said("contact_plan", "Report to the POEMS clinic."),
    ]
    return _contact(patient, EncounterKind.NEUROPHYSIOLOGY, on, _NEUROPHYSIOLOGIST, findings, VisitType.NEW)


def _training(fortune: Fortune, patient: Patient, course: Course, on: date, *, first: bool) -> Encounter:
    arm, leg = course.disability(on)
    findings = [
        said(
            "contact_reason", "Balance and walking, asked for by the POEMS clinic." if first else "Review of exercises."
        ),
        *_measured(fortune, course, arm, leg),
        said("contact_found", "Stairs with one rail. Tires after ten minutes." if leg < 4 else "Transfers with help."),
        said("contact_done", "Strength and balance training, shown and written down."),
        said("contact_advice", "Exercises every other day; stop when pain lasts longer than an hour."),
        said("leaflets", LEAFLETS[1] if first else "; ".join(LEAFLETS[1:])),
        said("contact_plan", "Review in four weeks." if first else "Goes on at home; the clinic asks again if needed."),
    ]
    if first:
        findings.append(said("contact_next", PartialDate.of(working_day(on + timedelta(days=28)))))
    how = VisitType.NEW if first else VisitType.FOLLOW_UP
    return _contact(patient, EncounterKind.PHYSIOTHERAPY, on, _PHYSIOTHERAPIST, findings, how)


def _measured(fortune: Fortune, course: Course, arm: int, leg: int) -> Iterator[Finding]:
    """Grip and walking as the visits have them, from the same course; no disability score, which the clinic takes."""
    grip = course.traits.grip + 4 * (course.traits.onls[0] - arm)
    yield said("grip_device", "jamar")
    for side, hand in (("left", 0.0), ("right", 1.5)):
        yield measured(f"grip_{side}_kg", float(round(fortune.near(grip + hand, 1.5, 0, 64))), "kg")
    if leg < 6:
        yield measured("walk_10m", round(fortune.near(6 + 4.5 * leg, 1.5, 5, 58), 1), "s")


def _contact(
    patient: Patient,
    kind: EncounterKind,
    on: date,
    who: tuple[str, str, str],
    findings: list[Finding],
    how: VisitType,
) -> Encounter:
    name, role, registration = who
    return Encounter(
        patient_id=patient.id,
        kind=kind,
        visit_type=how,
        on=on,
        state=EncounterState.RECORDED,
        author=name,
        seen_by=(name,),
        source="training history",
        findings=looked_at(findings, name),
        signature=Signature(name, role, registration, datetime.combine(on, time(15, 0), tzinfo=UTC)),
    )
