"""The main job on a real encrypted file: a visit is typed, kept, signed and frozen, and its letter sent."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord, WrongPassword
from poems_registry.domain.records import (
    AllergyState,
    Encounter,
    EncounterState,
    LetterState,
    Patient,
    PatientFile,
    VisitType,
)
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_batch import BatchService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import OpenVisit, VisitService
from poems_registry.storage import audit
from tests.integration.services.conftest import SignIn

FIVE = {"p_status": "present", "o_status": "not_assessed", "e_status": "not_assessed", "m_status": "not_assessed",
        "s_status": "absent"}  # fmt: skip


def someone_alive(signed_in: SignedIn) -> PatientFile:
    service = PatientService(signed_in)
    row = next(row for row in service.find().rows if row.died is None)
    return service.open(row.id).file


def filled(draft: VisitDraft, **typed: str) -> VisitDraft:
    every = FIVE | {"medicines_reviewed": "reviewed", "address_checked": "yes", "summary": "You walk well."} | typed
    for code, text in every.items():
        draft = draft.with_field(code, FieldDraft(text=text))
    return draft


def begun(signed_in: SignedIn) -> OpenVisit:
    visits = VisitService(signed_in)
    return visits.open(visits.start(someone_alive(signed_in).patient.id))


def signed_visit(signed_in: SignedIn, **typed: str) -> Encounter:
    visit = begun(signed_in)
    encounter, _ = VisitService(signed_in).sign(
        visit.encounter.id, visit.file.patient.id, visit.encounter.version, filled(visit.draft, **typed), PASSWORD
    )
    return encounter


def test_a_new_visit_is_empty_but_for_last_times_medicines(sign_in: SignIn) -> None:
    visit = begun(sign_in("rahman"))
    assert visit.draft.fields == {}
    assert visit.encounter.findings == ()
    assert visit.encounter.state is EncounterState.DRAFT


def test_what_was_typed_comes_back_word_for_word_even_when_it_is_wrong(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = begun(signed_in)
    typed = visit.draft.with_field("onls_arm", FieldDraft(text="nine")).with_field("vegf_serum", FieldDraft(text="<31"))
    VisitService(signed_in).keep(visit.encounter.id, visit.file.patient.id, typed)
    again = VisitService(sign_in("rahman")).open(visit.encounter.id)
    assert again.draft == typed
    assert again.mine


def test_nobody_else_can_go_on_with_a_draft(sign_in: SignIn) -> None:
    visit = begun(sign_in("rahman"))
    nurse = sign_in("okoro")
    service = VisitService(nurse)
    assert [(d.encounter_id, d.mine) for d in service.open_drafts()] == [(visit.encounter.id, False)]
    with pytest.raises(NotAllowedNow, match="Only the person who began"):
        service.keep(visit.encounter.id, visit.file.patient.id, visit.draft)


def test_a_draft_is_not_saved_under_another_patient(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = begun(signed_in)
    with pytest.raises(NotAllowedNow, match="another patient"):
        VisitService(signed_in).keep(visit.encounter.id, visit.file.patient.id + 1, visit.draft)


def test_an_empty_visit_cannot_be_signed_and_every_reason_is_told(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = begun(signed_in)
    with pytest.raises(InvalidInput) as caught:
        VisitService(signed_in).sign(
            visit.encounter.id, visit.file.patient.id, visit.encounter.version, visit.draft, PASSWORD
        )
    assert sorted(caught.value.problems) == ["e_status", "m_status", "o_status", "p_status", "s_status"]
    assert VisitService(signed_in).open(visit.encounter.id).encounter.state is EncounterState.DRAFT


def test_signing_asks_for_the_right_password(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = begun(signed_in)
    with pytest.raises(WrongPassword):
        VisitService(signed_in).sign(
            visit.encounter.id, visit.file.patient.id, visit.encounter.version, filled(visit.draft), "not the password"
        )


def test_a_nurse_records_but_does_not_sign(sign_in: SignIn) -> None:
    nurse = sign_in("okoro")
    visit = begun(nurse)
    VisitService(nurse).keep(visit.encounter.id, visit.file.patient.id, filled(visit.draft))
    with pytest.raises(NotPermitted, match="sign"):
        VisitService(nurse).sign(
            visit.encounter.id, visit.file.patient.id, visit.encounter.version, filled(visit.draft), PASSWORD
        )


def test_an_admin_sees_no_clinical_record(sign_in: SignIn) -> None:
    admin = sign_in("castellan")
    row = PatientService(admin).find().rows[0]
    with pytest.raises(NotPermitted):
        PatientService(admin).open(row.id)
    assert PatientService(admin).who(row.id).family_name


def test_a_signed_visit_is_frozen_with_its_verdict_rules_and_settings(sign_in: SignIn) -> None:
    signed = signed_visit(sign_in("rahman"), onls_arm="2", onls_leg="3")
    assert signed.state is EncounterState.SIGNED
    assert signed.signature is not None
    assert signed.signature.name == "Dr A Rahman"
    assert signed.verdict is not None
    assert dict(signed.verdict.criteria)["P"] == "met"
    assert ("serum_vegf_decision_level", "1771") in signed.verdict.settings
    assert {f.recorded_by for f in signed.findings} == {"Dr A Rahman"}


def test_a_signed_visit_cannot_be_signed_again(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    signed = signed_visit(signed_in)
    with pytest.raises(NotAllowedNow, match="not a draft"):
        VisitService(signed_in).sign(
            signed.id, signed.patient_id, signed.version, filled(VisitDraft(on="20-Nov-2026")), PASSWORD
        )


def test_two_people_cannot_overwrite_each_other(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = begun(signed_in)
    with pytest.raises(StaleRecord):
        VisitService(signed_in).sign(
            visit.encounter.id, visit.file.patient.id, visit.encounter.version + 1, filled(visit.draft), PASSWORD
        )


def test_a_visit_in_the_future_or_before_birth_is_refused(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = begun(signed_in)
    for on in ("21-Nov-2026", "01-Jan-1900"):
        draft = replace(filled(visit.draft), on=on)
        with pytest.raises(InvalidInput) as caught:
            VisitService(signed_in).sign(
                visit.encounter.id, visit.file.patient.id, visit.encounter.version, draft, PASSWORD
            )
        assert "on" in caught.value.problems


def test_a_second_start_continues_the_open_draft(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = begun(signed_in)
    assert VisitService(signed_in).start(visit.file.patient.id, VisitType.WARD) == visit.encounter.id


def test_a_letter_needs_a_signed_visit(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = begun(signed_in)
    with pytest.raises(NotAllowedNow, match="signed visit"):
        LetterService(signed_in).start(visit.encounter.id)


def test_from_a_signed_visit_to_a_signed_letter_takes_two_acts(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = signed_visit(signed_in)
    with_details(signed_in, visit.patient_id)
    letters = LetterService(signed_in)
    letter_id = letters.start(visit.id)
    opened = letters.open(letter_id)
    assert opened.blocks == ()
    signed, changed = letters.sign(letter_id, opened.letter.row_version, PASSWORD)
    assert signed.state is LetterState.SIGNED
    assert changed.letters == {letter_id}
    assert letters.pdf(letter_id) == letters.pdf(letter_id)


def test_a_signed_letter_is_the_same_after_the_patient_was_changed(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = signed_visit(signed_in)
    patient = with_details(signed_in, visit.patient_id)
    letters = LetterService(signed_in)
    letter_id = letters.start(visit.id)
    letters.sign(letter_id, letters.open(letter_id).letter.row_version, PASSWORD)
    before = letters.pdf(letter_id)
    PatientService(signed_in).change(replace(patient, family_name="Changed"))
    assert letters.pdf(letter_id) == before


def test_an_amended_letter_takes_the_place_of_the_old_one_only_when_signed(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = signed_visit(signed_in)
    with_details(signed_in, visit.patient_id)
    letters = LetterService(signed_in)
    first = letters.start(visit.id)
    letters.sign(first, letters.open(first).letter.row_version, PASSWORD)
    second = letters.amend(first, "dose corrected")
    assert letters.open(first).letter.state is LetterState.SIGNED
    letters.sign(second, letters.open(second).letter.row_version, PASSWORD)
    assert letters.open(first).letter.state is LetterState.SUPERSEDED
    assert letters.open(second).letter.version == 2


def test_an_unsigned_letter_can_be_read_on_screen_but_not_printed_clean(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    visit = signed_visit(signed_in)
    letters = LetterService(signed_in)
    letter_id = letters.start(visit.id)
    assert letters.preview(letter_id, ()).startswith(b"%PDF")
    with pytest.raises(Exception, match="has not been signed"):
        letters.pdf(letter_id)


def test_opening_a_record_is_audited_before_anything_is_shown(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    file = someone_alive(signed_in)
    with signed_in.store.reading() as session:
        newest = next(iter(audit.entries(session, file.patient.id, limit=1)))
    assert (newest.action, newest.actor) == ("view", "Dr A Rahman")


def test_the_audit_chain_holds_after_the_whole_job(sign_in: SignIn) -> None:
    signed_in = sign_in("rahman")
    signed_visit(signed_in)
    with signed_in.store.reading() as session:
        assert audit.verify(session, signed_in.store.audit_key) == []


def with_details(signed_in: SignedIn, patient_id: int) -> Patient:
    """What the signing gate of a letter asks of a patient."""
    service = PatientService(signed_in)
    patient = service.who(patient_id)
    ready = replace(
        patient,
        allergy_state=AllergyState.NONE_KNOWN,
        allergies=(),
        allergies_updated_on=date(2026, 11, 20),
        address_checked_on=date(2026, 11, 20),
    )
    saved, _ = service.change(ready)
    return saved


def test_one_letter_that_cannot_be_printed_does_not_stop_the_others_of_a_batch(sign_in: SignIn, tmp_path: Path) -> None:
    signed_in = sign_in("rahman")
    letters = LetterService(signed_in)
    people = PatientService(signed_in)
    alive = [people.open(row.id).file for row in people.find().rows if row.died is None]
    bad, good, *_ = (e.id for file in alive for e in file.encounters if e.state is EncounterState.SIGNED)
    letter = letters.open(letters.start(bad)).letter
    letters.keep(letter.id, letter.row_version, (("summary", "Well done \N{GRINNING FACE}"),))
    batch = BatchService(signed_in).write((bad, good), tmp_path / "out")
    assert (batch.asked, batch.written, batch.refused, batch.listed) == (2, 1, 1, 2)
    assert "cannot be printed" in batch.letters[0].why_not
