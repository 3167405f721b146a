"""Nothing of research goes on or leaves without the consent behind it, and a correction never loosens it."""

from dataclasses import replace
from pathlib import Path

import pytest

from poems_registry.domain.consents import Answer
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient
from poems_registry.domain.studies import BY_MISTAKE, Enrolment, TakingPart
from poems_registry.services.access import SignedIn
from poems_registry.services.consents import ConsentService
from poems_registry.services.exports import ExportService
from poems_registry.services.patients import PatientService
from poems_registry.services.research import ResearchService, slot_of
from poems_registry.storage import encounters
from tests.integration.services.research_desk import TAKEN, agree, keep, study
from tests.integration.services.two_people import merge


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


def takes_part(me: SignedIn, patient: Patient) -> Enrolment:
    """In NERVE-2, with consent given the day before."""
    made = study(me)
    agree(me, patient, Answer.GIVEN, 2026, 11, 1, study="NERVE-2")
    part = keep(me, Enrolment(patient_id=patient.id, study_id=made.id, joined=TAKEN))
    assert isinstance(part, Enrolment)
    return part


def test_a_part_ends_with_the_mistaken_answer_that_alone_stood_behind_it(me: SignedIn, ann: Patient) -> None:
    takes_part(me, ann)
    (given,) = ConsentService(me).of(ann.id).history
    told = ConsentService(me).mark_in_error(ann.id, given.id, "another person's form").told
    assert any("NERVE-2 has ended" in words for words in told)
    (ended,) = ResearchService(me).of(ann.id).enrolments
    assert (ended.state, ended.reason) == (TakingPart.WITHDRAWN, BY_MISTAKE)
    assert keep(me, replace(ended, reason="never asked")).reason == "never asked"


def test_a_mistaken_answer_beside_a_sound_one_ends_no_part(me: SignedIn, ann: Patient) -> None:
    takes_part(me, ann)
    agree(me, ann, Answer.GIVEN, 2026, 10, 1, study="NERVE-2")
    newest = max(ConsentService(me).of(ann.id).history, key=lambda each: each.on.latest())
    assert ConsentService(me).mark_in_error(ann.id, newest.id, "wrong day").told == ()
    assert ResearchService(me).of(ann.id).enrolments[0].goes_on


def test_a_part_ends_when_a_record_is_joined_that_holds_the_withdrawal(me: SignedIn, ann: Patient) -> None:
    takes_part(me, ann)
    twin = PatientService(me).add(Patient(family_name="Quillfeather", study_number="Q-2"), another_person=True)[0]
    agree(me, twin, Answer.WITHDRAWN, 2026, 11, 19, study="NERVE-2")
    told = merge(me, ann.id, twin.id, "Same birth date and address.").told
    assert any("NERVE-2 has ended" in words for words in told)
    assert ResearchService(me).of(ann.id).enrolments[0].state is TakingPart.WITHDRAWN
