"""A visit is amended after its letter was signed: the letter stands as it is, and everybody who meets it is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.letter_steps import outlived
from poems_registry.domain.records import LetterRecord
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_board import LetterBoard
from poems_registry.services.letter_holding import LetterHolding
from poems_registry.services.letter_printing import PrintService
from poems_registry.services.letters import LetterService, OpenLetter
from poems_registry.services.queued_copies import AMENDED
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.services.worklist import LetterWaits, WorklistService
from poems_registry.system.clock import FixedClock
from poems_registry.ui.screens.letter.telling import amended_visit
from tests.integration.services.conftest import SignIn
from tests.integration.services.test_visit_to_letter import signed_visit, with_details


def later(me: SignedIn, minutes: int) -> SignedIn:
    return replace(me, clock=FixedClock(me.clock.now() + timedelta(minutes=minutes)))


def sign(me: SignedIn, letter_id: int) -> LetterRecord:
    letters = LetterService(me)
    return letters.sign(letter_id, letters.open(letter_id).letter.row_version, PASSWORD)[0]


def letter_and_amended_visit(me: SignedIn, *, sent: bool = False) -> int:
    """A letter that was signed, and perhaps sent, and then a count of its visit was put right."""
    visit = signed_visit(me, falls="1")
    with_details(me, visit.patient_id)
    letter_id = LetterService(me).start(visit.id)
    sign(me, letter_id)
    if sent:
        letters = LetterService(me)
        letters.dispatched(letter_id, letters.open(letter_id).letter.row_version)
    visits = VisitService(later(me, 5))
    visits.begin_amendment(visit.id, visit.patient_id, "counted twice")
    opened = visits.open(visit.id)
    draft = opened.draft.with_field("falls", FieldDraft(text="2"))
    visits.sign(visit.id, visit.patient_id, opened.encounter.version, draft, PASSWORD)
    return letter_id


def waiting(me: SignedIn, letter_id: int) -> list[LetterWaits]:
    return [each for each in WorklistService(me).today().letters if each.letter_id == letter_id]


def told(opened: OpenLetter) -> str:
    message = amended_visit(opened)
    return f"{message.cause} {message.rest}" if message is not None else ""


def test_a_letter_whose_visit_was_amended_says_so_and_stays_on_the_list_until_it_is_amended_too(
    sign_in: SignIn,
) -> None:
    me = sign_in("rahman")
    letter_id = letter_and_amended_visit(me)
    opened = LetterService(me).open(letter_id)
    assert outlived(opened.letter, opened.encounter)
    assert "was amended" in told(opened)
    assert "let no copy of it leave" in told(opened)
    (line,) = waiting(me, letter_id)
    assert line.amended_on == me.today
    me = later(me, 10)
    newer = LetterService(me).amend(letter_id, "falls put right")
    sign(me, newer)
    opened = LetterService(me).open(newer)
    assert not outlived(opened.letter, opened.encounter)
    assert told(opened) == ""
    assert waiting(me, letter_id) == []
    assert [each.amended_on for each in waiting(me, newer)] == [None]


def test_what_waits_of_such_a_letter_is_held_until_somebody_releases_it(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letter_id = letter_and_amended_visit(me)
    letters = LetterService(me)
    copies = letters.open(letter_id).copies
    assert copies
    assert {copy.held_because for copy in copies} == {AMENDED}
    assert PrintService(me).plan([letter_id]).copy_ids == ()
    with pytest.raises(NotAllowedNow, match="held by"):
        letters.dispatched(letter_id, letters.open(letter_id).letter.row_version)
    nurse = sign_in("okoro")
    released = LetterHolding(nurse).release({copy.id: copy.row_version for copy in copies})
    assert PrintService(nurse).plan([letter_id]).copy_ids == tuple(copy.id for copy in released)


def test_everybody_at_the_board_may_read_that_the_visit_was_amended(sign_in: SignIn) -> None:
    letter_id = letter_and_amended_visit(sign_in("rahman"))
    (card,) = [
        each for each in LetterBoard(sign_in("castellan")).board() if each.letter and each.letter.id == letter_id
    ]
    assert {copy.held_because for copy in card.copies} == {AMENDED}


def test_a_letter_that_was_sent_comes_back_to_the_list_when_its_visit_is_amended(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    letter_id = letter_and_amended_visit(me, sent=True)
    assert "What was sent" in told(LetterService(me).open(letter_id))
    (line,) = waiting(me, letter_id)
    assert (line.state, line.amended_on) == ("dispatched", me.today)


def test_a_letter_of_a_visit_that_stands_as_it_was_says_nothing(sign_in: SignIn) -> None:
    me = sign_in("rahman")
    visit = signed_visit(me)
    with_details(me, visit.patient_id)
    letter_id = LetterService(me).start(visit.id)
    sign(me, letter_id)
    opened = LetterService(me).open(letter_id)
    assert not opened.encounter.amended
    assert told(opened) == ""
    assert [each.amended_on for each in waiting(me, letter_id)] == [None]
