"""Letters of one doctor, and letters held for later: seen on the board, left out of printing, released by one act."""

from dataclasses import replace

from poems_registry.domain.correspondence import Delivery, Recipient
from poems_registry.domain.records import LetterState
from poems_registry.ui.screens.letters.shown import Place
from tests.unit.ui.screens.letters_desk import Board, Opened, card, done, opened

DRAFT, SIGNED = LetterState.DRAFT, LetterState.SIGNED


def two() -> Board:
    return Board((card(3, SIGNED, 1), card(2, SIGNED, 2)))


def acts(desk: Opened) -> list[str]:
    assert desk.spy.board is not None
    return [button.act for button in desk.spy.board.chosen.buttons] if desk.spy.board.chosen is not None else []


def hold_first(desk: Opened, until: str = "") -> None:
    desk.presenter.tick(desk.spy.cards(Place.PRINT)[0])
    desk.presenter.pressed("hold")
    desk.presenter.holding.given("the address is being checked", until)


def test_letters_of_one_doctor_are_shown_and_the_others_are_not_lost() -> None:
    rahman, lee = (
        replace(card(1, DRAFT, 1), doctor="Dr A Rahman"),
        replace(card(2, SIGNED, 2), doctor="Dr W Lee"),
    )
    desk = opened(Board((rahman, lee, card(3, DRAFT, 3))))
    assert desk.spy.board is not None
    assert desk.spy.board.doctors == (
        ("all", "All doctors"),
        ("Dr A Rahman", "Dr A Rahman (1)"),
        ("Dr W Lee", "Dr W Lee (1)"),
    )
    desk.presenter.choose_doctor("Dr W Lee")
    assert [each.key[1] for each in desk.spy.cards()] == [2]
    desk.presenter.choose_day("2026-11-19")
    assert not desk.spy.cards()
    assert "Show all clinic days and all doctors" in desk.spy.board.columns[0].empty
    desk.presenter.choose_day("all")
    desk.presenter.choose_doctor("all")
    assert len(desk.spy.cards()) == 3


def test_a_held_letter_says_by_whom_until_when_and_why_and_is_not_printed_with_the_others() -> None:
    desk = opened(two())
    hold_first(desk, "27-Nov-2026")
    first = next(each for each in desk.spy.cards() if each.key[1] == 1)
    assert first.held == "Held until 27-Nov-2026 by Sister J Okoro: the address is being checked"
    assert "Held until" in first.said
    assert desk.spy.board is not None
    assert ", 1 held" in desk.spy.board.words
    assert acts(desk) == []  # nothing is ticked any more
    desk.presenter.tick_all("print")
    assert [each.key[1] for each in desk.spy.cards() if each.ticked] == [2]
    desk.presenter.pressed("print")
    assert desk.spy.asked is not None
    desk.presenter.print_on(desk.spy.asked.chosen, both_sides=False)
    assert desk.tray.out == ["L-2-v1", "L-2-v1"]


def test_a_held_letter_can_be_ticked_to_be_released_and_nothing_else() -> None:
    desk = opened(two())
    hold_first(desk)
    desk.presenter.tick(next(each for each in desk.spy.cards() if each.held))
    assert acts(desk) == ["untick", "release"]
    desk.presenter.pressed("release")
    assert not any(each.held for each in desk.spy.cards())
    assert desk.spy.said[-1] == "2 copies go on."


def test_the_question_stays_until_a_reason_and_a_whole_day_are_given() -> None:
    desk = opened(two())
    desk.presenter.tick(desk.spy.cards(Place.PRINT)[0])
    desk.presenter.pressed("hold")
    assert desk.spy.hold is not None
    assert desk.spy.hold.title == "Hold 2 copies"
    assert desk.spy.hold.who is not None
    for reason, until in (("", ""), ("why", "Nov-2026"), ("why", "some day")):
        desk.presenter.holding.given(reason, until)
        assert desk.spy.hold is not None
    assert len(desk.spy.refused) == 3
    assert not any(each.held for each in desk.spy.cards())


def test_one_copy_is_held_among_several_and_the_card_names_whose() -> None:
    desk = opened(two())
    desk.presenter.show_copies(desk.spy.cards(Place.PRINT)[0])
    desk.presenter.copies.act(12, "hold")
    desk.presenter.holding.given("phone first", "")
    first = next(each for each in desk.spy.cards() if each.key[1] == 1)
    assert first.held == "Held for GP by Sister J Okoro: phone first"
    assert not first.all_held
    desk.presenter.tick(first)
    assert acts(desk) == ["untick", "release", "hold", "print"]
    desk.presenter.show_copies(first)
    assert desk.spy.copies is not None
    assert [[act for act, _ in each.acts] for each in desk.spy.copies.copies] == [
        ["printed", "sent", "hold"],
        ["release"],
    ]
    assert not desk.spy.copies.may_send_all
    desk.presenter.copies.act(12, "release")
    assert not any(each.held for each in desk.spy.cards())


def test_printed_letters_of_which_a_copy_is_held_are_not_offered_to_be_noted_as_sent() -> None:
    copies = (
        Recipient(id=11, letter_id=1, delivery=Delivery.PRINTED, held_because="phone first", held_by="J"),
        Recipient(id=12, letter_id=1, delivery=Delivery.PRINTED),
    )
    desk = opened(Board((card(3, SIGNED, 1, *copies),)))
    desk.presenter.tick_all("printed")
    assert acts(desk) == ["untick", "release", "hold", "again"]
    free = opened(Board((done(card(3, SIGNED, 1), Delivery.PRINTED),)))
    free.presenter.tick_all("printed")
    assert acts(free) == ["untick", "hold", "again", "sent"]
