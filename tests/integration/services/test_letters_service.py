"""Signed letters on a real encrypted file: copied, sent, and kept from who may not read them."""

from pathlib import Path

import pytest

from poems_registry.domain.errors import NotSaved
from poems_registry.domain.records import LetterRecord, LetterState
from poems_registry.services.access import SignedIn
from poems_registry.services.letters import Edits, LetterService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.storage import audit
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_visit_to_letter import signed_visit, with_details


def signed_letter(me: SignedIn, *edits: tuple[str, str]) -> LetterRecord:
    """The letter of a new visit, signed with these words of its author."""
    visit = signed_visit(me)
    with_details(me, visit.patient_id)
    letters = LetterService(me)
    letter = letters.open(letters.start(visit.id)).letter
    said: Edits = edits
    letter = letters.keep(letter.id, letter.row_version, said)
    signed, _ = letters.sign(letter.id, letter.row_version, PASSWORD)
    return signed


def test_a_saved_copy_is_the_frozen_letter_and_nobody_elses_to_read(sign_in: SignIn, tmp_path: Path) -> None:
    me = sign_in("rahman")
    letters = LetterService(me)
    letter = signed_letter(me)
    path = tmp_path / "copy.pdf"
    letters.save_copy(letter.id, path)
    assert path.stat().st_mode & 0o777 == 0o600
    with me.store.reading() as session:
        newest = next(iter(audit.entries(session, letter.patient_id, limit=1)))
    assert (newest.action, newest.object, newest.object_id) == ("export", "letter", str(letter.id))
    assert path.read_bytes() == letters.pdf(letter.id)
    with pytest.raises(NotSaved):
        letters.save_copy(letter.id, tmp_path / "no such folder" / "copy.pdf")


def test_who_may_print_but_not_view_findings_is_given_none_of_a_letters_words(sign_in: SignIn) -> None:
    letter = signed_letter(sign_in("rahman"), ("summary", "You walk well."))
    admin = sign_in("castellan")
    noted = LetterService(admin).dispatched(letter.id, letter.row_version)
    assert noted.state is LetterState.DISPATCHED
    assert (noted.edits, noted.reason) == ((), "")
    assert LetterService(sign_in("rahman")).open(letter.id).letter.edits == (("summary", "You walk well."),)
