"""The whole made-up clinic: each patient's person, course, visits, lines of therapy and events."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from poems_registry.domain.care import Entry
from poems_registry.domain.consents import Consent
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Encounter, Patient, PatientStatus, Signature
from poems_registry.domain.treatments import Event, SupportiveCare, TreatmentLine
from poems_registry.services.training import happenings, therapy
from poems_registry.services.training.agreed import consents_of
from poems_registry.services.training.around import around
from poems_registry.services.training.contacts import contacts
from poems_registry.services.training.course import Course, Story, story_of
from poems_registry.services.training.follow_up import sample, visit
from poems_registry.services.training.fortune import Fortune, working_day
from poems_registry.services.training.people import person

SCHEDULE = (0, 3, 6, 9, 12, 18, 24, 30, 36)
"""Months after the first visit; yearly from then on (clinical.md 8.6)."""
CAUSES = ("POEMS", "infection", "cardiac", "second cancer", "unknown")
STATUS = {
    Story.POEMS: PatientStatus.CONFIRMED,
    Story.SUSPECTED: PatientStatus.SUSPECTED,
    Story.OTHER: PatientStatus.OTHER_DIAGNOSIS,
    Story.CASTLEMAN_VARIANT: PatientStatus.OTHER_DIAGNOSIS,
}


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One made-up patient, ready to be written; ids are still to be given."""

    patient: Patient
    encounters: tuple[Encounter, ...]
    lines: tuple[TreatmentLine, ...]
    events: tuple[Event, ...]
    supportive: tuple[SupportiveCare, ...] = ()
    consents: tuple[Consent, ...] = ()
    around: tuple[Entry, ...] = ()


def made_up_clinic(patients: int, seed: int, until: date) -> Iterator[MadeUp]:
    """The same patients for the same seed and day, each independent of how many are asked for."""
    for index in range(patients):
        treatment, team = (Fortune.of(seed, index, matter) for matter in ("treatment", "contacts"))
        made = made_up(Fortune.of(seed, index), treatment, team, index, until)
        consents = consents_of(Fortune.of(seed, index, "consent"), made.patient, until)
        beside = around(Fortune.of(seed, index, "care"), made.patient, made.encounters, until)
        yield replace(made, patient=replace(made.patient, research_consent=""), consents=consents, around=beside)


def made_up(fortune: Fortune, apart: Fortune, team: Fortune, index: int, until: date) -> MadeUp:
    """One patient with everything that happened; treatment is drawn from `apart`, contacts from `team`."""
    course = therapy.continued(apart, story_of(fortune, index, until))
    patient = _told(fortune, person(fortune, index, course.diagnosed, until), course)
    visits = tuple(_encounters(fortune, patient, course))
    between = contacts(team, patient, course, visits)
    encounters = tuple(sorted((*visits, *between), key=lambda each: each.on))
    checked = [e.on for e in encounters if e.finding("address_checked")]
    if checked:
        patient = replace(patient, address_checked_on=checked[-1])
    elif course.died:
        patient = replace(patient, address_checked_on=visits[-1].on)  # nobody asks after a death
    lines = therapy.lines_of(apart, course)
    events = happenings.events_of(apart, course, lines, patient.cause_of_death)
    return MadeUp(patient, encounters, lines, events, happenings.supportive_of(apart, course, lines))


def _told(fortune: Fortune, patient: Patient, course: Course) -> Patient:
    confirmed = course.story in (Story.POEMS, Story.CASTLEMAN_VARIANT)
    diagnosis = {Story.POEMS: "definite", Story.CASTLEMAN_VARIANT: "castleman_variant", Story.OTHER: "other",
                 Story.SUSPECTED: ""}[course.story]  # fmt: skip
    instead = ("Chronic inflammatory demyelinating polyneuropathy (CIDP)",) if course.story is Story.OTHER else ()
    return replace(
        patient,
        status=STATUS[course.story],
        onset=PartialDate(course.onset.year, course.onset.month),
        first_seen=PartialDate.of(course.diagnosed - timedelta(days=21)),
        diagnosed=PartialDate.of(course.diagnosed) if confirmed else None,
        first_label=course.first_label,
        clinician_diagnosis=diagnosis,
        other_diagnoses=(*instead, *patient.other_diagnoses),
        died=PartialDate.of(course.died) if course.died else None,
        cause_of_death=fortune.one_of(CAUSES) if course.died else "",
    )


def _encounters(fortune: Fortune, patient: Patient, course: Course) -> Iterator[Encounter]:
    last = min(course.until, course.died or course.until) - timedelta(days=3)
    days = _days(fortune, course, last)
    for number, on in enumerate(days):
        at = datetime.combine(on, time(16, 30), tzinfo=UTC)
        signed = Signature("Dr A Rahman", "Consultant neurologist", "GMC 0000000", at)
        yield visit(fortune, patient, course, on, (number, number == len(days) - 1), signed)
        gap = days[number + 1] - on if number + 1 < len(days) else timedelta()
        if gap > timedelta(days=150) and fortune.happens(0.3):
            yield sample(fortune, patient, course, working_day(on + gap / 2))


def _days(fortune: Fortune, course: Course, last: date) -> list[date]:
    months = [*SCHEDULE, *range(48, 400, 12)]
    planned = [
        course.diagnosed + timedelta(days=m * 30.4 + (fortune.source.randint(-9, 9) if m else 0)) for m in months
    ]
    planned += [r + timedelta(days=fortune.source.randint(0, 5)) for r in course.relapses]
    kept = sorted({working_day(day) for day in planned if course.diagnosed <= day <= last})
    return [day for day in kept if day == kept[0] or not fortune.happens(0.06)]
