"""The board of letters: which column each letter stands in, for how many days, and where a card leads."""

from dataclasses import replace

import pytest

from poems_registry.domain.correspondence import Delivery, LetterKind, Recipient
from poems_registry.domain.records import LetterState
from poems_registry.services.changes import Changed
from poems_registry.services.letter_board import FALLEN
from poems_registry.ui.screens.letters.presenter import NEWEST_SENT
from poems_registry.ui.screens.letters.shown import Place, Stage
from tests.unit.ui.screens.letters_desk import AT, Board, Desk, card, done, opened

DRAFT, SIGNED, SENT = LetterState.DRAFT, LetterState.SIGNED, LetterState.DISPATCHED


def test_a_letter_is_late_only_after_the_seventh_day_and_never_once_it_was_sent() -> None:
    days = (0, 5, 6, 7, 8)
    spy = opened(Board((*(card(day, DRAFT, day + 1) for day in days), card(30, SENT, 40)))).spy
    assert spy.board is not None
    assert [(each.days, each.soon, each.late) for each in spy.cards()] == [
        (8, False, True),
        (7, True, False),
        (6, True, False),
        (5, False, False),
        (0, False, False),
        (30, False, False),
    ]
    assert [each.day_words for each in spy.cards()][:2] == ["Day 8: 1 day late", "Day 7 of 7"]
    assert spy.cards(Place.SENT)[0].day_words == "Sent"
    assert spy.board.words.startswith("5 letters open, 1 late")


def test_every_letter_stands_in_the_column_of_what_it_needs_next() -> None:
    half = card(3, SIGNED, 5, Recipient(id=1), Recipient(id=2, delivery=Delivery.PRINTED))
    cards = (
        card(1),
        card(1, DRAFT, 2),
        card(1, LetterState.READY, 3),
        card(3, SIGNED, 4),
        half,
        done(card(3, SIGNED, 6), Delivery.PRINTED),
        card(3, SENT, 7),
    )
    spy = opened(Board(cards)).spy
    places = {each.key[1]: each.place for each in spy.cards()}
    review, prints = dict.fromkeys((0, 2, 3), Place.REVIEW), dict.fromkeys((4, 5), Place.PRINT)
    assert places == review | prints | {6: Place.PRINTED, 7: Place.SENT}


def test_an_empty_column_says_what_would_bring_a_letter_there() -> None:
    spy = opened(Board()).spy
    assert spy.board is not None
    words = {column.place: column.empty for column in spy.board.columns}
    assert all("A letter" in each for each in words.values())
    assert len(set(words.values())) == 4


def test_a_visit_without_a_letter_stands_in_the_first_column_and_opening_it_begins_the_letter() -> None:
    desk = opened(Board((card(2),)))
    (only,) = desk.spy.cards()
    assert (only.stage, only.words) == (Stage.TO_WRITE, "18-Nov-2026: Not begun")
    desk.presenter.opened(only)
    assert desk.spy.letters == [141]


def test_opening_a_letter_that_exists_begins_no_second_one() -> None:
    desk = opened(Board((card(2, SIGNED, 9),)))
    desk.presenter.opened(desk.spy.cards()[0])
    assert desk.spy.letters == [9]


def test_two_people_on_the_board_are_told_apart_by_birth_date_and_nhs_number() -> None:
    (only,) = opened(Board((card(1),))).spy.cards()
    assert only.name == "SMITH, Ann"
    assert only.identity.split() == ["Born", "04-May-1960", "NHS", "No.", "999", "000", "0018"]
    assert only.said.startswith("SMITH, Ann. Born 04-May-1960 NHS No. 999 000 0018. Day 1 of 7.")


def test_a_change_elsewhere_is_seen_at_once_or_on_coming_back() -> None:
    board = Board((card(1),))
    desk = opened(board)
    board.cards = (card(1), card(2, number=2))
    desk.feed.publish(Changed(letters=frozenset({1})))
    assert len(desk.spy.cards()) == 2
    desk.presenter.leave()
    board.cards = ()
    desk.presenter.shown()
    assert not desk.spy.cards()


def test_who_may_not_write_is_told_so_and_stays_on_the_board() -> None:
    desk = opened(Board((card(1),), refuses=True))
    desk.presenter.opened(desk.spy.cards()[0])
    assert desk.spy.letters == []
    assert desk.spy.said[-1].startswith("Writing letters needs a clinician.")


def test_a_letter_says_of_what_kind_and_version_it_is_and_how_many_copies_and_pages_wait() -> None:
    results = card(3, SIGNED, 2)
    assert results.letter is not None
    of_results = replace(results, letter=replace(results.letter, kind=LetterKind.RESULTS, version=2))
    gone = replace(done(card(20, SENT, 3), Delivery.SENT), sent_day=5)
    half = card(3, SIGNED, 4, Recipient(id=1, delivery=Delivery.SENT), Recipient(id=2, delivery=Delivery.PRINTED))
    spy = opened(Board((of_results, gone, half))).spy
    words = {each.key[1]: (each.day_words, each.words) for each in spy.cards()}
    assert words == {
        2: ("Day 3 of 7", "17-Nov-2026, Results letter, version 2: 2 copies, 6 pages"),
        3: ("Sent on day 5", "31-Oct-2026: 2 copies"),
        4: ("Day 3 of 7", "17-Nov-2026: 1 of 2 copies sent"),
    }


def test_letters_of_some_clinic_days_are_shown_and_the_others_are_not_lost() -> None:
    desk = opened(Board((card(1, DRAFT, 1), card(9, SIGNED, 2), card(40, SENT, 3))))
    assert desk.spy.board is not None
    assert [code for code, _ in desk.spy.board.days] == ["all", "7", "28", "2026-11-19", "2026-11-11", "2026-10-11"]
    desk.presenter.choose_day("2026-11-11")
    assert [each.key[1] for each in desk.spy.cards()] == [2]
    desk.presenter.choose_day("28")
    assert [each.key[1] for each in desk.spy.cards()] == [1, 2]
    desk.presenter.choose_day("all")
    assert len(desk.spy.cards()) == 3


def test_a_clinic_day_without_letters_says_so_instead_of_what_would_bring_one() -> None:
    desk = opened(Board((card(1, DRAFT, 1),)))
    desk.presenter.choose_day("2026-11-19")
    assert desk.spy.board is not None
    sent = desk.spy.board.columns[-1]
    assert (sent.count, sent.empty[:36]) == (0, "No letter of this choice is here. Sh")


def test_of_many_sent_letters_the_newest_are_shown_and_all_are_counted() -> None:
    desk = opened(Board(tuple(card(200 - n, SENT, n + 1) for n in range(NEWEST_SENT + 5))))
    assert desk.spy.board is not None
    sent = desk.spy.board.columns[-1]
    assert (sent.count, len(sent.cards)) == (NEWEST_SENT + 5, NEWEST_SENT)
    assert sent.cards[0].key[1] == NEWEST_SENT + 5
    assert sent.words == f"newest {NEWEST_SENT} shown"


@pytest.mark.parametrize("state", FALLEN)
def test_a_letter_taken_back_stands_where_its_paper_lies_with_why(state: LetterState) -> None:
    why = {"delivery": Delivery.WITHDRAWN, "note": "Replaced by version 2"}
    waiting = card(3, state, 1, Recipient(id=1, **why))  # type: ignore[arg-type]
    printed = card(3, state, 2, Recipient(id=2, printed_at=AT, **why))  # type: ignore[arg-type]
    desk = opened(Board((), (waiting, printed)))
    cards = {each.key[1]: each for each in desk.spy.cards()}
    assert (cards[1].place, cards[2].place) == (Place.PRINT, Place.PRINTED)
    assert {each.warning for each in cards.values()} == {"Do not send: Replaced by version 2"}
    desk.presenter.tick(cards[2])
    assert not any(each.ticked or each.may_tick for each in desk.spy.cards())
    assert desk.spy.board is not None
    assert desk.spy.board.words.startswith("0 letters open")


def test_a_copy_that_must_not_leave_is_named_while_the_others_may() -> None:
    back = Recipient(id=1, name="Ann Smith, the patient", delivery=Delivery.WITHDRAWN, note="The patient has died")
    (only,) = opened(Board((card(3, SIGNED, 1, back, Recipient(id=2, name="Mill Lane")),))).spy.cards()
    assert only.warning == "Not to Ann Smith: The patient has died"
    assert (only.place, only.may_tick) == (Place.PRINT, True)
    assert only.words.endswith("1 copy, 3 pages")


def test_letters_are_ticked_in_one_column_at_a_time() -> None:
    desk = opened(Board((card(3, SIGNED, 1), card(3, SIGNED, 2), done(card(3, SIGNED, 3), Delivery.PRINTED))))
    desk.presenter.tick_all("print")
    assert desk.spy.board is not None
    assert desk.spy.board.chosen is not None
    assert desk.spy.board.chosen.title == "2 letters ticked"
    assert desk.spy.board.chosen.words == "4 copies, 12 pages of letters"
    (printed,) = desk.spy.cards(Place.PRINTED)
    desk.presenter.tick(printed)
    assert [each.key[1] for each in desk.spy.cards() if each.ticked] == [3]
    desk.presenter.pressed("untick")
    assert desk.spy.board.chosen is None


def test_what_is_ticked_and_goes_out_of_sight_is_ticked_no_more() -> None:
    desk = opened(Board((card(3, SIGNED, 1), card(9, SIGNED, 2))))
    desk.presenter.tick_all("print")
    desk.presenter.choose_day("7")
    desk.presenter.choose_day("all")
    assert [each.key[1] for each in desk.spy.cards() if each.ticked] == [1]


def test_printed_letters_are_noted_as_sent_each_by_itself() -> None:
    board = Board(tuple(done(card(3, SIGNED, n), Delivery.PRINTED) for n in (1, 2)))
    desk = opened(board)
    desk.presenter.tick_all("printed")
    desk.presenter.pressed("sent")
    assert sorted(board.acts) == ["dispatched 1", "dispatched 2"]
    assert desk.spy.said[-1] == "2 letters noted as sent."


def test_a_letter_that_changed_meanwhile_is_told_of_and_keeps_no_other_back() -> None:
    board = Board((done(card(3, SIGNED, 1), Delivery.PRINTED),))
    desk = opened(board)
    desk.presenter.tick_all("printed")
    board.refuses = True
    desk.presenter.pressed("sent")
    assert desk.spy.said[-1] == "0 letters noted as sent."
    assert desk.spy.tones[-1] == "amber"


def test_an_administrator_comes_to_a_letters_copies_and_never_to_its_desk() -> None:
    board = Board((card(3, SIGNED, 1), card(2, DRAFT, 2)), signed_in=Desk(reads_findings=False))
    desk = opened(board)
    signed = desk.spy.cards(Place.PRINT)[0]
    desk.presenter.opened(signed)
    assert desk.spy.letters == []
    assert desk.spy.copies is not None
    assert [each.name for each in desk.spy.copies.copies] == ["Ann", "GP"]
    desk.presenter.copies.act(11, "sent")
    assert board.acts == ["sent 11"]
    desk.presenter.copies.act(12, "printed")
    assert desk.spy.asked is not None
    assert desk.spy.asked.title == "Print 1 copy of 1 letter"
    desk.presenter.opened(desk.spy.cards(Place.REVIEW)[0])
    assert desk.spy.letters == []
    assert desk.spy.said[-1] == "This letter is not signed yet, so it has no copies."


def test_only_steps_that_are_open_are_offered_for_a_copy() -> None:
    why = Recipient(id=3, name="X", delivery=Delivery.WITHDRAWN, note="wrong person")
    copies = (Recipient(id=1, name="A"), Recipient(id=2, name="B", delivery=Delivery.PRINTED, at=AT, by="J"), why)
    desk = opened(Board((card(3, SIGNED, 1, *copies),)))
    desk.presenter.show_copies(desk.spy.cards()[0])
    assert desk.spy.copies is not None
    offered = [[act for act, _ in each.acts] for each in desk.spy.copies.copies]
    assert offered == [["printed", "sent", "hold"], ["printed", "given", "sent", "hold"], []]
    assert [each.words for each in desk.spy.copies.copies] == [
        "Waits to be printed",
        "Printed 20-Nov-2026 by J",
        "Withdrawn: wrong person",
    ]
    desk.presenter.copies.all_sent()
    assert desk.spy.copies is None
