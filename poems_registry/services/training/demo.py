"""Make the training registry: a folder with an encrypted file, three people to sign in as, and made-up patients."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeVar

from poems_registry.domain.access import Role
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import ClinicProfile, Encounter, Patient, PatientFile
from poems_registry.domain.treatments import Entry
from poems_registry.services import registry
from poems_registry.services.access import SignedIn
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.cohort import CohortService
from poems_registry.services.leaflets import LEAFLETS, leaflets_text
from poems_registry.services.letters import LetterService
from poems_registry.services.registry import NewPerson
from poems_registry.services.standings import note_all
from poems_registry.services.training.around import unnamed_calls
from poems_registry.services.training.clinic import MadeUp, made_up_clinic
from poems_registry.services.training.contacts import LEAFLETS as GIVEN
from poems_registry.services.training.desk import leave_letters, leave_letters_on_their_way, nurse_beside
from poems_registry.services.training.fortune import Fortune
from poems_registry.services.training.frozen_then import with_verdicts
from poems_registry.services.training.in_research import join_research, studies_of
from poems_registry.services.training.looks import LOOKED_AT, leave_looks
from poems_registry.services.training.twice import leave_a_second_record
from poems_registry.services.visits import VisitService, slot_of
from poems_registry.storage import care, consents, encounters, patients, settings, treatments
from poems_registry.storage.settings import Setting
from poems_registry.storage.unit_of_work import Session
from poems_registry.system.clock import Clock, SystemClock

FILE = "training.registry"
PASSWORD = "orchard lantern pebble walnut violin"
PEOPLE = (
    NewPerson("rahman", "Dr A Rahman", Role.CLINICIAN, PASSWORD, "Consultant neurologist", "GMC 0000000"),
    NewPerson("okoro", "Sister J Okoro", Role.NURSE, PASSWORD, "Clinical nurse specialist", "NMC 00A0000O"),
    NewPerson("castellan", "R Castellan", Role.ADMIN, PASSWORD, "Registry administrator", ""),
)
CLINIC = ClinicProfile(
    name="National POEMS Clinic",
    hospital="Example Hospital",
    address=("1 Sample Square", "London"),
    nurse_line="020 7946 0123",
    nurse_line_hours="Monday to Friday, 09:00 to 17:00",
    out_of_hours="020 7946 0456",
    email="poems.clinic@example.org",
    training=True,
)
"""Telephone numbers are of the range that is reserved for fiction."""
BATCH = 25
A_CLINIC = 50
"""Patients from which on the board shows letters at every place of their way."""
A_REGISTRY = 100
"""Patients from which on one of them has a second record, which somebody proposed to join."""
E = TypeVar("E", bound=Entry)
Step = Callable[[int, int], None]
"""Told (patients written, patients in all); may raise to stop between two steps."""


def _silent(_done: int, _total: int) -> None:
    """Nobody asked how far it is."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the training registry is and who can sign in."""

    path: Path
    people: tuple[NewPerson, ...]


def make_demo(folder: Path, count: int, seed: int, clock: Clock | None = None, step: Step = _silent) -> Demo:
    """Create the registry in the folder; the same patients for the same count, seed and day."""
    clock = clock or SystemClock(CLINIC.timezone)
    path = folder / FILE
    registry.create(path, CLINIC, PEOPLE, clock)
    signed_in = registry.open_registry(path, PEOPLE[0].user, PASSWORD, clock)
    looked_for_garbage = gc.isenabled()
    gc.disable()  # of what is made here hardly anything is garbage, and looking for it took a seventh of the time
    try:
        keep_leaflets(signed_in)
        fill(signed_in, count, seed, clock.today(), step)
        leave_looks(signed_in, looked_at(signed_in), seed)
        leave_work_on_the_desk(signed_in, count)
        if count >= A_REGISTRY:
            leave_a_second_record(signed_in, nurse_beside(signed_in))
        CohortService(signed_in).prepare()
    finally:
        if looked_for_garbage:
            gc.enable()
        signed_in.close()
    return Demo(path, PEOPLE)


def fill(signed_in: SignedIn, count: int, seed: int, until: date, step: Step = _silent) -> None:
    """Write the made-up clinic into an open training registry; a live one is refused."""
    if not signed_in.training:
        raise NotAllowedNow("Made-up patients go into a training registry only. Nothing was changed.")
    everyone = made_up_clinic(count, seed, until)
    with signed_in.store.reading() as session:
        thresholds = thresholds_of(settings.load_all(session))
    for start in range(0, count, BATCH):
        step(start, count)
        part = [with_verdicts(each, thresholds) for each in islice(everyone, BATCH)]
        with signed_in.store.writing(signed_in.actor, "training registry made") as session:
            added = patients.add_many(session, [each.patient for each in part])
            stored = _hang_on(session, added, part)
            study = studies_of(session)
            for place, (record, each) in enumerate(zip(added, part, strict=True), start=start):
                join_research(session, study, record.id, each, Fortune.of(seed, place, "research"), until)
            note_all(session, stored, until)
    with signed_in.store.writing(signed_in.actor, "training registry made") as session:
        care.add_many(session, unnamed_calls(until))
    step(count, count)


def keep_leaflets(signed_in: SignedIn) -> None:
    """The made-up clinic's own list of what it gives."""
    with signed_in.store.writing(signed_in.actor, "training registry made") as session:
        settings.save(session, Setting(LEAFLETS.name, leaflets_text(GIVEN), LEAFLETS.source))


def looked_at(signed_in: SignedIn) -> list[int]:
    """Whose records were opened in the last weeks: those whose letters wait, as somebody worked on them."""
    return list(dict.fromkeys(card.patient.id for card in LetterService(signed_in).board()))[-LOOKED_AT:]


def leave_work_on_the_desk(signed_in: SignedIn, count: int) -> None:
    """Some letters signed, some begun, some still to write, and one visit half typed: as a clinic looks at noon."""
    waiting = LetterService(signed_in).board()
    if count < A_CLINIC:
        leave_letters(signed_in, PASSWORD, waiting)
    else:
        leave_letters_on_their_way(signed_in, PASSWORD, waiting)
    visits = VisitService(signed_in)
    seen_last = [card.patient.id for card in waiting[-1:]]
    for patient_id in seen_last:
        visit = visits.open(visits.start(patient_id))
        typed = visit.draft.with_field("p_status", FieldDraft(text="present")).with_field(
            "onls_arm", FieldDraft(text="2")
        )
        visits.keep(visit.encounter.id, patient_id, typed)


def _hang_on(session: Session, people: Sequence[Patient], part: Sequence[MadeUp]) -> list[PatientFile]:
    """What belongs to some new patients, of each kind all at once; gives their files as they are stored now."""
    together = [(person.id, each) for person, each in zip(people, part, strict=True)]
    visits: dict[int, tuple[Encounter, ...]] = {}
    for patient_id, each in together:
        own = [replace(e, patient_id=patient_id) for e in each.encounters]
        ids = encounters.add_many(session, slot_of, own)
        visits[patient_id] = tuple(replace(e, id=number) for e, number in zip(own, ids, strict=True))
    lines = treatments.add(session, [replace(line, patient_id=i) for i, each in together for line in each.lines])
    events = treatments.add(session, [replace(event, patient_id=i) for i, each in together for event in each.events])
    cared = treatments.add(session, [replace(kept, patient_id=i) for i, each in together for kept in each.supportive])
    agreed = [replace(consent, patient_id=i) for i, each in together for consent in each.consents]
    consents.add_many(session, agreed)
    beside = [replace(entry, patient_id=i) for i, each in together for entry in each.around]
    for kind in care.SHELVES:
        care.add_many(session, [entry for entry in beside if type(entry) is kind])
    return [
        PatientFile(person, visits[person.id], _own(lines, person), _own(events, person), (), _own(cared, person))
        for person in people
    ]


def _own(entries: Sequence[E], person: Patient) -> tuple[E, ...]:
    return tuple(entry for entry in entries if entry.patient_id == person.id)
