"""Copies held for later on a real encrypted file: nothing held leaves by any way, and one act lets it go on."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import Addressee, Delivery, Recipient
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord
from poems_registry.domain.printing import Step
from poems_registry.domain.records import LetterRecord
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_printing import PrintService
from poems_registry.services.letters import LetterCard, LetterService
from poems_registry.storage import audit
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_letters_service import copies_of, signed_letter

WHY = "the address is being checked"


def versions(*copies: Recipient) -> dict[int, int]:
    return {copy.id: copy.row_version for copy in copies}


def held_patients_copy(me: SignedIn) -> tuple[LetterService, LetterRecord, Recipient]:
    """A letter whose copy for the patient is held until the day after tomorrow."""
    letters, letter = LetterService(me), signed_letter(me)
    (held,) = letters.hold(versions(copies_of(letters, letter)[Addressee.PATIENT]), WHY, me.today + timedelta(days=2))
    return letters, letter, held


def card_of(letters: LetterService, letter: LetterRecord) -> LetterCard:
    (card,) = [card for card in letters.board() if card.letter is not None and card.letter.id == letter.id]
    return card


def test_a_held_copy_is_neither_printed_given_nor_sent_and_the_others_go(sign_in: SignIn, tmp_path: Path) -> None:
    letters, letter, held = held_patients_copy(sign_in("rahman"))
    printing = PrintService(letters.signed_in)
    practice = copies_of(letters, letter)[Addressee.PRACTICE]
    assert printing.plan([letter.id]).copy_ids == (practice.id,)
    assert printing.plan_copies([held.id, practice.id]).copy_ids == (practice.id,)
    batch = printing.begin([held.id, practice.id], "Tray")
    assert [item.step for item in batch.items] == [Step.LEFT_OUT, Step.WAITING]
    assert f"held by {letters.signed_in.person.name}" in batch.items[0].note
    printing.confirm(batch.id, batch.row_version, [])
    now = letters.open(letter.id).letter
    for leave in (
        lambda: letters.save_recipients_copy(held.id, held.row_version, tmp_path / "no.pdf"),
        lambda: letters.came_out(held.id, held.row_version),
        lambda: letters.sent(held.id, held.row_version),
        lambda: letters.dispatched(letter.id, now.row_version),
    ):
        with pytest.raises(NotAllowedNow, match="is held by"):
            leave()
    assert not (tmp_path / "no.pdf").exists()
    assert {copy.delivery for copy in letters.copies(letter.id)} == {Delivery.WAITING}


def test_one_act_releases_a_copy_and_it_goes_on_as_if_it_had_never_been_held(sign_in: SignIn) -> None:
    letters, letter, held = held_patients_copy(sign_in("rahman"))
    (free,) = letters.release(versions(held))
    assert (free.held_because, free.held_until, free.held_at, free.held_by) == ("", None, None, "")
    assert letters.sent(free.id, free.row_version).delivery is Delivery.SENT
    with pytest.raises(NotAllowedNow, match="not held any more"):
        letters.release(versions(copies_of(letters, letter)[Addressee.PRACTICE]))


def test_on_the_day_that_was_said_a_copy_goes_on_by_itself(sign_in: SignIn) -> None:
    letters, _, held = held_patients_copy(sign_in("rahman"))
    today = letters.signed_in.today
    assert held.is_held(today + timedelta(days=1))
    assert not held.is_held(today + timedelta(days=2))


def test_holding_needs_a_reason_a_day_ahead_and_a_copy_that_has_not_left(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letters, letter = LetterService(me), signed_letter(me)
    patient, practice = letters.copies(letter.id)
    for because, until in ((" ", None), (WHY, me.today), ("x" * 501, None)):
        with pytest.raises(InvalidInput):
            letters.hold(versions(patient), because, until)
    with pytest.raises(InvalidInput):
        letters.hold({}, WHY)
    letters.sent(practice.id, practice.row_version)
    with pytest.raises(NotAllowedNow, match="waits to leave"):
        letters.hold(versions(patient, letters.copies(letter.id)[1]), WHY)
    assert not any(copy.held_because for copy in letters.copies(letter.id))  # all or none
    with pytest.raises(StaleRecord):
        letters.hold({patient.id: patient.row_version + 1}, WHY)


def test_a_copy_in_an_open_batch_cannot_be_held(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letters, letter = LetterService(me), signed_letter(me)
    patient, practice = letters.copies(letter.id)
    PrintService(me).begin([patient.id], "Tray")
    with pytest.raises(NotAllowedNow, match="not confirmed yet"):
        letters.hold(versions(patient), WHY)
    letters.hold(versions(practice), WHY)


def test_nothing_of_a_letter_that_fell_can_be_held(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letters, letter = LetterService(me), signed_letter(me)
    letters.withdraw(letter.id, letters.open(letter.id).letter.row_version, "wrong person")
    with pytest.raises(NotAllowedNow, match="replaced or withdrawn"):
        letters.hold(versions(*letters.copies(letter.id)), WHY)


def test_the_audit_tells_who_held_and_released_a_copy_and_why(sign_in: SignIn) -> None:
    letters, letter, held = held_patients_copy(sign_in("rahman"))
    letters.release(versions(held))
    with letters.signed_in.store.reading() as session:
        entries = [e for e in audit.entries(session, letter.patient_id, limit=50) if e.object == "letter_copy"]
    released, kept, *_ = entries
    assert (kept.object_id, kept.reason) == (str(held.id), WHY)
    assert WHY in kept.new
    assert WHY in released.old


def test_the_clock_runs_on_and_the_board_tells_the_reason_to_who_may_read_it(sign_in: SignIn) -> None:
    letters, letter, _ = held_patients_copy(sign_in("rahman"))
    card = card_of(letters, letter)
    assert card.doctor == letters.signed_in.person.name
    assert [copy.held_because for copy in card.copies] == [WHY, ""]
    admin = LetterService(sign_in("castellan"))
    for copies in (card_of(admin, letter).copies, admin.copies(letter.id)):
        assert [copy.held_because for copy in copies] == ["the reason is with the clinical team", ""]
        assert copies[0].held_by == letters.signed_in.person.name


def test_whoever_may_print_may_hold_and_nobody_else(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letter = signed_letter(me)
    for user in ("okoro", "castellan", "rahman"):
        letters = LetterService(sign_in(user))
        copy = letters.copies(letter.id)[0]
        letters.release(versions(*letters.hold(versions(copy), WHY)))
    others = LetterService(without_printing(me))
    with pytest.raises(NotPermitted):
        others.hold({1: 1}, WHY)
    with pytest.raises(NotPermitted):
        others.release({1: 1})


def without_printing(me: SignedIn) -> SignedIn:
    left = me.person.permissions - {Permission.PRINT_LETTERS}
    return replace(me, person=replace(me.person, permissions=left))
