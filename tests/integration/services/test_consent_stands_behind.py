"""Nothing of research goes on or leaves without the consent behind it, and a correction never loosens it."""

from pathlib import Path

import pytest

from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.exports import ExportService
from poems_registry.services.patients import PatientService
from poems_registry.services.research import slot_of
from poems_registry.storage import encounters
from tests.integration.services.conftest import SignIn


@pytest.fixture
def me(sign_in: SignIn) -> SignedIn:
    return sign_in("rahman")


@pytest.fixture
def ann(me: SignedIn) -> Patient:
    """Somebody new, of whom nothing is recorded."""
    return PatientService(me).add(Patient(family_name="Quillfeather", given_name="Ada", study_number="Q-1"))[0]


def test_research_values_in_an_encounter_of_care_are_held_back_and_counted(
    me: SignedIn, ann: Patient, tmp_path: Path
) -> None:
    service = ExportService(me)
    before = service.pseudonymised("csv", tmp_path / "before")
    care = Encounter(
        patient_id=ann.id, kind=EncounterKind.SAMPLE, on=me.today, state=EncounterState.RECORDED,
        findings=(Finding("research_il6", 98765.43),),
    )  # fmt: skip
    with me.store.writing(me.actor) as session:
        encounters.add(session, slot_of, care)
    after = service.pseudonymised("csv", tmp_path / "after")
    assert sum(after.left_out.values()) == sum(before.left_out.values()) + 1
    assert "98765" not in (tmp_path / "after" / "encounters.csv").read_text(encoding="utf-8")
