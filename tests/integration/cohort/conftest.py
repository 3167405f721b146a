"""A registry with a made-up clinic in it, and the people who sign in to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from poems_registry.domain.access import Role
from poems_registry.domain.records import ClinicProfile, EncounterState
from poems_registry.services import registry
from poems_registry.services.access import SignedIn
from poems_registry.services.registry import NewPerson
from poems_registry.services.visits import slot_of
from poems_registry.storage import encounters, patients, treatments
from poems_registry.system.clock import FixedClock
from poems_registry.system.slots import FLOOR
from tests.unit.cohort.made_up import clinic

PASSWORD = "orchard lantern pebble walnut violin"
CLINIC = ClinicProfile(name="National POEMS Clinic", training=True)
NOW = FixedClock(datetime(2026, 11, 20, 14, 2, tzinfo=UTC))
SIZE = 60


@pytest.fixture(scope="package", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Copies and logs go to a folder of the tests' own."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POEMS_REGISTRY_HOME", str(folder))
        yield folder


@pytest.fixture(scope="package")
def place(home: Path) -> Path:
    """A registry file with sixty made-up patients."""
    path = home / "made-up.registry"
    people = [NewPerson(role.value, f"A {role.value}", role, PASSWORD) for role in Role]
    registry.create(path, CLINIC, people, NOW, lambda: FLOOR)
    signed_in = registry.open_registry(path, Role.CLINICIAN.value, PASSWORD, NOW)
    with signed_in.store.writing(signed_in.actor) as session:
        files = clinic(SIZE)
        added = patients.add_many(session, [replace(file.patient, id=0) for file in files])
        for patient, file in zip(added, files, strict=True):
            own = [
                replace(each, id=0, patient_id=patient.id, state=EncounterState.RECORDED) for each in file.encounters
            ]
            encounters.add_many(session, slot_of, own)
            treatments.add(session, [replace(line, patient_id=patient.id) for line in file.lines])
            treatments.add(session, [replace(event, patient_id=patient.id) for event in file.events])
    signed_in.close()
    return path


@pytest.fixture
def signed_in(place: Path) -> Iterator[SignedIn]:
    """The clinician, signed in."""
    opened = registry.open_registry(place, Role.CLINICIAN.value, PASSWORD, NOW)
    yield opened
    opened.close()


@pytest.fixture
def nurse(place: Path) -> Iterator[SignedIn]:
    """The nurse, who may not make cohort summaries."""
    opened = registry.open_registry(place, Role.NURSE.value, PASSWORD, NOW)
    yield opened
    opened.close()
