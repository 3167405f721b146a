"""What is kept beside the records is never older than the records: every change is seen by the next summary."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from poems_registry.cohort.choosing import Conditions
from poems_registry.cohort.people import Member, member_of
from poems_registry.cohort.summary import summarise
from poems_registry.domain.access import Permission, Role
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterState, Patient
from poems_registry.domain.treatments import Event, TreatmentLine
from poems_registry.services import registry
from poems_registry.services.access import SignedIn
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.cohort import CohortService
from poems_registry.services.members import basis_of, members_on
from poems_registry.services.settings import SettingsService
from poems_registry.services.visits import slot_of
from poems_registry.storage import cohort_members, encounters, files, patients, settings, treatments
from poems_registry.storage.unit_of_work import Session
from poems_registry.system import paths
from tests.integration.cohort.conftest import NOW, PASSWORD
from tests.unit.cohort.made_up import DIAGNOSED, POEMS, found

Change = Callable[[Session], None]


@pytest.fixture
def own(place: Path, tmp_path: Path) -> Iterator[SignedIn]:
    """A registry of the test's own, everything in it kept already."""
    copy = tmp_path / place.name
    shutil.copyfile(place, copy)
    shutil.copyfile(paths.key_file(place), paths.key_file(copy))
    opened = registry.open_registry(copy, Role.CLINICIAN.value, PASSWORD, NOW)
    may = opened.person.permissions | {Permission.MANAGE}
    signed_in = replace(opened, person=replace(opened.person, permissions=may))
    CohortService(signed_in).prepare()
    yield signed_in
    opened.close()


def from_the_records(signed_in: SignedIn, day: date) -> list[Member]:
    """Everybody, made anew from whole records."""
    with signed_in.store.reading() as session:
        thresholds = thresholds_of(settings.load_all(session))
        return [member_of(file, thresholds, day) for file in files.load_files(session)]


def ids_of(session: Session) -> tuple[int, ...]:
    return patients.all_ids(session)


def _add_patient(session: Session) -> None:
    patients.add(session, Patient(family_name="Newcomer", diagnosed=PartialDate(2024, 5)))


def _change_patient(session: Session) -> None:
    known = patients.load(session, ids_of(session)[3])
    patients.save(session, replace(known, died=PartialDate(2026, 2, 3)))


def _add_visit(session: Session) -> None:
    findings = (*(found(item, value) for item, value in POEMS.items()), found("castleman", "mixed"))
    new = Encounter(patient_id=ids_of(session)[4], on=DIAGNOSED, state=EncounterState.RECORDED, findings=findings)
    encounters.add(session, slot_of, new)


def _correct_finding(session: Session) -> None:
    file = files.load_file(session, ids_of(session)[5])
    first = file.encounters[0]
    other = tuple(f for f in first.findings if f.item != "p_status")
    encounters.save(session, slot_of, replace(first, findings=(*other, Finding("p_status", "absent"))))


def _mark_in_error(session: Session) -> None:
    first = files.load_file(session, ids_of(session)[6]).encounters[0]
    encounters.mark_in_error(session, first.id, first.version, "wrong patient")


def _add_line(session: Session) -> None:
    new = TreatmentLine(patient_id=ids_of(session)[7], number=3, start=PartialDate(2026, 1, 5), category="DARA_RD")
    treatments.add(session, [new])


def _retract_line(session: Session) -> None:
    known = next(f for f in files.load_files(session) if f.lines).lines[0]
    treatments.retract(session, known)


def _add_event(session: Session) -> None:
    treatments.add(session, [Event(patient_id=ids_of(session)[9], kind="relapse", on=PartialDate(2026, 1))])


def _retract_event(session: Session) -> None:
    known = next(f for f in files.load_files(session) if f.events).events[0]
    treatments.retract(session, known)


@pytest.mark.parametrize(
    "change",
    [
        _add_patient,
        _change_patient,
        _add_visit,
        _correct_finding,
        _mark_in_error,
        _add_line,
        _retract_line,
        _add_event,
        _retract_event,
    ],
    ids=lambda change: change.__name__.strip("_"),
)
def test_every_change_of_a_record_is_seen(own: SignedIn, change: Change) -> None:
    before = members_on(own, own.today)[1]
    with own.store.writing(own.actor) as session:
        change(session)
    after = members_on(own, own.today)[1]
    assert after == from_the_records(own, own.today)
    assert after != before
    assert CohortService(own).prepare() == 0


def test_a_changed_setting_makes_everybody_anew(own: SignedIn) -> None:
    SettingsService(own).change("platelets", "300", 0, confirmed=False)
    summary = CohortService(own).summary()
    assert summary == summarise(from_the_records(own, own.today), Conditions(), summary.basis)
    assert ("platelets", "Thrombocytosis from", "300 10⁹/L") in summary.basis.settings
    assert CohortService(own).prepare() == 0


def test_only_what_changed_is_made_anew_and_a_look_changes_nothing(own: SignedIn) -> None:
    service = CohortService(own)
    service.summary()
    assert service.prepare() == 0
    with own.store.writing(own.actor) as session:
        _change_patient(session)
    assert service.prepare() == 1


def test_an_earlier_day_is_judged_from_the_records_as_they_were_then(own: SignedIn) -> None:
    for day in (date(2015, 6, 1), date(2022, 6, 1), own.today):
        assert members_on(own, day)[1] == from_the_records(own, day)


def test_a_change_made_while_members_are_made_is_not_lost(own: SignedIn) -> None:
    """What is kept says up to which entry of the audit it is true: one that came later makes it stale."""
    with own.store.writing(own.actor) as session:
        _change_patient(session)
    with own.store.reading() as session:
        basis = basis_of(thresholds_of(settings.load_all(session)))
        shelf = cohort_members.look(session, basis)
        kept = shelf.kept[0]
    with own.store.writing(own.actor) as session:
        known = patients.load(session, kept.patient_id)
        patients.save(session, replace(known, first_label="CIDP, late"))
    with own.store.writing(own.actor) as session:
        cohort_members.keep(session, [kept], shelf)
    assert members_on(own, own.today)[1] == from_the_records(own, own.today)
