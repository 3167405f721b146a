"""Letters of a visit entered in error, letters replaced or withdrawn, and letters to the dead: none of them leaves."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from poems_registry.domain.correspondence import Addressee, Delivery, LetterKind, Recipient
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput, NotAllowedNow
from poems_registry.domain.records import EncounterState, LetterRecord, LetterState
from poems_registry.letters.colleague import patient_line
from poems_registry.letters.parts import ADDRESSEE
from poems_registry.services.imports import ImportKind, ImportService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.queued_copies import HAS_DIED
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.storage import encounters, patients
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_letters_service import copies_of, signed_letter
from tests.integration.services.test_visit_to_letter import signed_visit, with_details

TO_A_COLLEAGUE = ((ADDRESSEE, "Dr A Colleague\nWard 1"), ("summary", "She was seen in clinic."))
DEATHS = """
kind = "patients"
title = "Deaths told by the tracing service"
[patient]
column = "number"
is = "nhs_number"
family_name = "family"
[fields]
family_name = "family"
nhs_number = "number"
died = "died"
"""


def everything_that_sends(
    letters: LetterService, letter: LetterRecord, copy: Recipient, folder: Path
) -> list[Callable[[], object]]:
    """Every way in which a letter could go to the printer, the post or a folder."""
    row_version = letters.open(letter.id).letter.row_version
    return [
        lambda: letters.pdf(letter.id),
        lambda: letters.save_copy(letter.id, folder / "no.pdf"),
        lambda: letters.save_readable(letter.id, folder / "no.txt"),
        lambda: letters.save_plain_words(letter.id, folder / "no-plain.pdf"),
        lambda: letters.save_recipients_copy(copy.id, copy.row_version, folder / "no-copy.pdf"),
        lambda: letters.sent(copy.id, copy.row_version),
        lambda: letters.given(copy.id, copy.row_version),
        lambda: letters.dispatched(letter.id, row_version),
    ]


def test_a_visit_entered_in_error_takes_its_letters_back_with_the_same_reason(sign_in: SignIn, tmp_path: Path) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = signed_letter(letters.signed_in)
    draft = letters.start(letter.encounter_id, LetterKind.RESULTS)
    practice = copies_of(letters, letter)[Addressee.PRACTICE]
    letters.sent(practice.id, practice.row_version)
    visits = VisitService(letters.signed_in)
    visit = visits.open(letter.encounter_id).encounter
    changed = visits.mark_in_error(visit.id, visit.patient_id, visit.version, "wrong patient")
    assert changed.letters == {letter.id, draft}
    for each in (letter.id, draft):
        now = letters.open(each).letter
        assert now.state is LetterState.WITHDRAWN
        assert now.withdrawn_because.endswith("wrong patient")
    own = copies_of(letters, letter)
    assert own[Addressee.PATIENT].delivery is Delivery.WITHDRAWN
    assert own[Addressee.PATIENT].note.endswith("wrong patient")
    assert own[Addressee.PRACTICE].delivery is Delivery.SENT
    for send in everything_that_sends(letters, letter, own[Addressee.PATIENT], tmp_path):
        with pytest.raises(NotAllowedNow):
            send()
    assert list(tmp_path.glob("no*")) == []


def test_no_way_out_is_left_for_a_standing_letter_whose_visit_was_marked_before_letters_were_taken_back(
    sign_in: SignIn, tmp_path: Path
) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = signed_letter(letters.signed_in)
    copy = copies_of(letters, letter)[Addressee.PATIENT]
    copy = letters.came_out(copy.id, copy.row_version)
    with letters.signed_in.store.writing(letters.signed_in.actor, "wrong patient") as session:
        visit = encounters.load(session, letter.encounter_id)
        encounters.mark_in_error(session, visit.id, visit.version, "wrong patient")
    assert letters.open(letter.id).letter.state is LetterState.SIGNED
    for send in everything_that_sends(letters, letter, copy, tmp_path):
        with pytest.raises(NotAllowedNow, match="entered in error"):
            send()
    assert list(tmp_path.glob("no*")) == []
    assert copies_of(letters, letter)[Addressee.PATIENT].delivery is Delivery.PRINTED


def test_a_visit_that_counts_again_needs_a_new_letter_because_the_old_one_stays_withdrawn(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    first = signed_letter(letters.signed_in)
    second = letters.open(letters.amend(first.id, "the dose was wrong")).letter
    letters.sign(second.id, second.row_version, PASSWORD)
    visits = VisitService(letters.signed_in)
    visit = visits.open(first.encounter_id).encounter
    visits.mark_in_error(visit.id, visit.patient_id, visit.version, "wrong patient")
    visit = visits.open(first.encounter_id).encounter
    visits.take_back_error(visit.id, visit.patient_id, visit.version, "it was the right patient")
    assert visits.open(visit.id).encounter.state is EncounterState.SIGNED
    assert letters.open(second.id).letter.state is LetterState.WITHDRAWN
    assert [card.letter for card in letters.board() if card.encounter_id == visit.id] == [None]
    new = letters.open(letters.start(visit.id)).letter
    assert new.number != first.number
    assert new.state is LetterState.DRAFT


@pytest.mark.parametrize("how", ["withdrawn", "replaced"])
def test_a_letter_that_no_longer_stands_is_looked_at_but_neither_printed_nor_saved(
    sign_in: SignIn, tmp_path: Path, how: str
) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = signed_letter(letters.signed_in)
    pages = letters.show_signed(letter.id)
    if how == "withdrawn":
        letters.withdraw(letter.id, letters.open(letter.id).letter.row_version, "wrong person")
    else:
        second = letters.open(letters.amend(letter.id, "the dose was wrong")).letter
        letters.sign(second.id, second.row_version, PASSWORD)
    copy = copies_of(letters, letter)[Addressee.PATIENT]
    for send in everything_that_sends(letters, letter, copy, tmp_path):
        with pytest.raises(NotAllowedNow):
            send()
    assert list(tmp_path.glob("no*")) == []
    assert letters.show_signed(letter.id) == pages


def test_a_letter_to_a_colleague_about_someone_who_has_died_makes_no_copy_for_them(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    visit = signed_visit(letters.signed_in)
    with_details(letters.signed_in, visit.patient_id)
    people = PatientService(letters.signed_in)
    draft = letters.open(letters.start(visit.id, LetterKind.PROFESSIONAL)).letter
    died = replace(people.who(visit.patient_id), died=PartialDate(2026, 11, 20))
    people.change(died)
    own_list = (*TO_A_COLLEAGUE, ("copies", patient_line(died)))
    named = letters.keep(draft.id, draft.row_version, own_list)
    with pytest.raises(InvalidInput) as blocked:
        letters.sign(named.id, named.row_version, PASSWORD)
    assert list(blocked.value.problems) == ["deceased"]
    draft = letters.keep(named.id, named.row_version, TO_A_COLLEAGUE)
    signed, _ = letters.sign(draft.id, draft.row_version, PASSWORD)
    assert {copy.addressee for copy in letters.copies(signed.id)} == {Addressee.OTHER, Addressee.PRACTICE}
    assert letters.pdf(signed.id).startswith(b"%PDF")


def test_a_death_that_an_import_brings_takes_back_what_waits_for_the_dead(sign_in: SignIn, tmp_path: Path) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = signed_letter(letters.signed_in)
    draft = letters.start(letter.encounter_id, LetterKind.RESULTS)
    patient = PatientService(letters.signed_in).who(letter.patient_id)
    rows = f"number,family,died\n{patient.nhs_number},{patient.family_name},2026-11-18\n"
    (tmp_path / "deaths.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "deaths.toml").write_text(DEATHS, encoding="utf-8")
    imports = ImportService(letters.signed_in)
    imports.carry_out(ImportKind.PATIENTS, [tmp_path / "deaths.csv"], str(tmp_path / "deaths.toml"))
    assert PatientService(letters.signed_in).who(letter.patient_id).died == PartialDate(2026, 11, 18)
    own = copies_of(letters, letter)
    assert (own[Addressee.PATIENT].delivery, own[Addressee.PATIENT].note) == (Delivery.WITHDRAWN, HAS_DIED)
    assert own[Addressee.PRACTICE].delivery is Delivery.WAITING
    assert letters.open(draft).letter.state is LetterState.WITHDRAWN


@pytest.mark.parametrize("kind", [LetterKind.CLINIC, LetterKind.PROFESSIONAL])
def test_a_copy_for_someone_who_has_died_is_neither_printed_given_nor_sent_though_it_still_waits(
    sign_in: SignIn, tmp_path: Path, kind: LetterKind
) -> None:
    letters = LetterService(sign_in("rahman"))
    visit = signed_visit(letters.signed_in)
    with_details(letters.signed_in, visit.patient_id)
    draft = letters.open(letters.start(visit.id, kind)).letter
    if kind is LetterKind.PROFESSIONAL:
        draft = letters.keep(draft.id, draft.row_version, TO_A_COLLEAGUE)
    letter, _ = letters.sign(draft.id, draft.row_version, PASSWORD)
    waiting = copies_of(letters, letter)[Addressee.PATIENT]
    copy = letters.came_out(waiting.id, waiting.row_version)
    with letters.signed_in.store.writing(letters.signed_in.actor) as session:
        patient = patients.load(session, letter.patient_id)
        patients.save(session, replace(patient, died=PartialDate(2026, 11, 19)))
    for leave in (
        lambda: letters.save_recipients_copy(copy.id, copy.row_version, tmp_path / "no.pdf"),
        lambda: letters.given(copy.id, copy.row_version),
        lambda: letters.sent(copy.id, copy.row_version),
        lambda: letters.dispatched(letter.id, letters.open(letter.id).letter.row_version),
    ):
        with pytest.raises(NotAllowedNow, match="has died"):
            leave()
    assert not (tmp_path / "no.pdf").exists()
    assert copies_of(letters, letter)[Addressee.PATIENT] == copy
    practice = copies_of(letters, letter)[Addressee.PRACTICE]
    assert letters.sent(practice.id, practice.row_version).delivery is Delivery.SENT


def test_a_letter_to_a_colleague_begun_instead_of_one_that_is_not_for_the_patient_is_not_for_them_either(
    sign_in: SignIn,
) -> None:
    letters = LetterService(sign_in("rahman"))
    visit = signed_visit(letters.signed_in)
    with_details(letters.signed_in, visit.patient_id)
    draft = letters.open(letters.start(visit.id)).letter
    letters.keep_from_patient(draft.id, draft.row_version, "about her sister")
    kinds = (LetterKind.PROFESSIONAL, LetterKind.RESULTS)
    begun = [letters.open(letters.start(visit.id, kind)).letter for kind in kinds]
    assert [each.not_for_patient for each in begun] == ["about her sister", ""]
    named = letters.keep(begun[0].id, begun[0].row_version, TO_A_COLLEAGUE)
    signed, _ = letters.sign(named.id, named.row_version, PASSWORD)
    assert Addressee.PATIENT not in {copy.addressee for copy in letters.copies(signed.id)}
