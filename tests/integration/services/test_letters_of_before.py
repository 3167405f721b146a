"""Letters signed before the registry kept copies one by one get their copies when somebody first asks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from poems_registry.domain.correspondence import Addressee, Delivery
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import LetterRecord, LetterState
from poems_registry.services.access import SignedIn
from poems_registry.services.earlier_letters import AS_A_WHOLE
from poems_registry.services.letter_signing import TEMPLATE
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.storage import letters as stored
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_letters_service import copies_of, signed_letter


def as_it_was_before(me: SignedIn, state: LetterState = LetterState.SIGNED) -> LetterRecord:
    """A signed letter without a single copy on record, as an upgraded registry holds it."""
    letter = signed_letter(me)
    with me.store.writing(me.actor) as session:
        session.execute(text("DROP TRIGGER letter_copy_no_delete"))
        session.execute(text("DELETE FROM letter_copy"))
        now = stored.load(session, letter.id)
        return now if state is now.state else stored.save(session, replace(now, state=state))


@pytest.mark.parametrize("asked", ["at the desk", "by who prints"])
def test_a_signed_letter_of_before_lists_the_patients_and_the_gps_copy_once_and_they_can_be_sent(
    sign_in: SignIn, asked: str
) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = as_it_was_before(letters.signed_in)
    asking = letters if asked == "at the desk" else LetterService(sign_in("castellan"))
    first = asking.open(letter.id).copies if asked == "at the desk" else asking.copies(letter.id)
    assert [copy.addressee for copy in first] == [Addressee.PATIENT, Addressee.PRACTICE]
    assert {copy.delivery for copy in first} == {Delivery.WAITING}
    letters = LetterService(sign_in("rahman"))
    assert letters.copies(letter.id) == letters.open(letter.id).copies == first
    for copy in first:
        letters.sent(copy.id, copy.row_version)
    assert letters.open(letter.id).letter.state is LetterState.DISPATCHED


def test_copies_of_a_letter_that_was_noted_as_sent_do_not_wait_again(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = as_it_was_before(letters.signed_in, LetterState.DISPATCHED)
    assert {(copy.delivery, copy.note) for copy in letters.copies(letter.id)} == {(Delivery.SENT, AS_A_WHOLE)}


def test_a_withdrawn_letter_of_before_gets_no_copies(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = as_it_was_before(letters.signed_in, LetterState.WITHDRAWN)
    assert letters.copies(letter.id) == ()


def test_nothing_waits_for_somebody_who_died_after_a_letter_of_before_was_signed(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = as_it_was_before(letters.signed_in)
    people = PatientService(letters.signed_in)
    people.change(replace(people.who(letter.patient_id), died=PartialDate(2026, 11, 20)))
    own = copies_of(letters, letter)
    assert own[Addressee.PATIENT].delivery is Delivery.WITHDRAWN
    assert own[Addressee.PRACTICE].delivery is Delivery.WAITING


def test_a_practice_that_the_signed_pages_do_not_name_gets_no_copy_of_them(sign_in: SignIn) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = as_it_was_before(letters.signed_in)
    people = PatientService(letters.signed_in)
    patient = people.who(letter.patient_id)
    moved = replace(patient.practice, name="Harbour Surgery", doctor="Dr N Other")
    people.change(replace(patient, practice=moved))
    assert [copy.addressee for copy in letters.copies(letter.id)] == [Addressee.PATIENT]


@pytest.mark.parametrize("mark", ["", " template 2 0123456789ab"])
def test_a_letter_of_an_earlier_wording_says_which_and_what_to_do_instead(
    sign_in: SignIn, tmp_path: Path, mark: str
) -> None:
    letters = LetterService(sign_in("rahman"))
    letter = signed_letter(letters.signed_in)
    with letters.signed_in.store.writing(letters.signed_in.actor) as session:
        session.execute(text("DROP TRIGGER letter_page_no_update"))
        worded = {"wording": f"clinic-2{mark}", "said": "Words of long ago.", "id": letter.id}
        old = "UPDATE letter_page SET template_version = :wording, plain = :said WHERE letter_id = :id"
        session.execute(text(old), worded)
    html, plain = tmp_path / "old.html", tmp_path / "old.txt"
    tries: tuple[Callable[[], object], ...] = (
        lambda: letters.save_readable(letter.id, html),
        lambda: letters.plain_words(letter.id),
    )
    for each in tries:
        with pytest.raises(NotAllowedNow) as refused:
            each()
        words = str(refused.value)
        assert f"under wording 2, and letters are worded by {TEMPLATE} now" in words
        assert "amend the letter" in words
    assert not html.exists()
    letters.save_readable(letter.id, plain)  # what the refusal offers is there
    assert plain.read_text(encoding="utf-8") == "Words of long ago."
