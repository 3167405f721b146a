"""The letters list: what waits, for how many days, and where a line leads."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import Delivery, LetterKind, Recipient
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotPermitted
from poems_registry.domain.records import LetterRecord, LetterState, Patient
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.letters import LetterCard
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.letters.presenter import LettersPresenter
from poems_registry.ui.screens.letters.shown import LetterRow, Stage
from poems_registry.ui.tasks import Inline

TODAY = date(2026, 11, 20)
ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1960, 5, 4), nhs_number="9990000018")


def card(day: int, state: LetterState | None = None, number: int = 1) -> LetterCard:
    """A visit so many days ago, and its letter if it has one."""
    letter = None if state is None else LetterRecord(id=number, number=f"L-2026-{number:04}", state=state)
    return LetterCard(letter, ANN, 40 + number, TODAY - timedelta(days=day), day)


@dataclass
class Desk:
    today: date = TODAY

    def may(self, permission: Permission) -> bool:
        return permission is not Permission.MANAGE


@dataclass
class Board:
    """A service with these letters."""

    cards: tuple[LetterCard, ...] = ()
    signed_in: Desk = field(default_factory=Desk)
    looked: int = 0
    refuses: bool = False

    def board(self) -> tuple[LetterCard, ...]:
        self.looked += 1
        return self.cards

    def start(self, encounter_id: int) -> int:
        if self.refuses:
            raise NotPermitted("Writing letters needs a clinician. Nothing was changed.")
        return encounter_id + 100


@dataclass
class Spy:
    """View and navigator that remember."""

    rows: tuple[LetterRow, ...] = ()
    words: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    empty: str = ""
    said: list[str] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)

    def show_rows(self, rows: Sequence[LetterRow]) -> None:
        self.rows = tuple(rows)

    def show_counts(self, words: str, counts: dict[str, int]) -> None:
        self.words, self.counts = words, counts

    def show_empty(self, title: str, words: str) -> None:
        self.empty = title

    def say(self, message: Message | None) -> None:
        self.said.append("" if message is None else message.cause)

    def letter(self, letter_id: int) -> None:
        self.letters.append(letter_id)


def desk(board: Board) -> tuple[LettersPresenter, Spy, ChangeFeed]:
    """The list, opened."""
    spy, feed = Spy(), ChangeFeed()
    presenter = LettersPresenter(spy, board, Inline(), feed, spy)
    presenter.open()
    return presenter, spy, feed


def test_a_letter_is_late_only_after_the_seventh_day_and_never_once_it_was_sent() -> None:
    days = (0, 5, 6, 7, 8)
    _, spy, _ = desk(
        Board((*(card(day, LetterState.DRAFT, day + 1) for day in days), card(30, LetterState.DISPATCHED)))
    )
    assert [(row.soon, row.late) for row in spy.rows] == [
        (False, False),
        (False, False),
        (True, False),
        (True, False),
        (False, True),
        (False, False),
    ]
    assert spy.rows[4].day_words == "Late: day 8 of 7"
    assert spy.rows[5].day_words == "Sent"
    assert spy.words == "5 letters open, 1 late"


def test_a_visit_without_a_letter_stands_in_the_list_and_opening_it_begins_the_letter() -> None:
    presenter, spy, _ = desk(Board((card(2),)))
    (row,) = spy.rows
    assert (row.stage, row.letter) == (Stage.TO_WRITE, "Not begun")
    presenter.opened(row)
    assert spy.letters == [141]


def test_opening_a_letter_that_exists_begins_no_second_one() -> None:
    presenter, spy, _ = desk(Board((card(2, LetterState.SIGNED, 9),)))
    presenter.opened(spy.rows[0])
    assert spy.letters == [9]


def test_states_can_be_chosen_together_and_the_counts_stay_those_of_the_whole_list() -> None:
    cards = (card(1), card(2, LetterState.DRAFT, 2), card(3, LetterState.SIGNED, 3), card(4, LetterState.DISPATCHED, 4))
    presenter, spy, _ = desk(Board(cards))
    presenter.choose("draft", on=True)
    presenter.choose("to_print", on=True)
    assert [row.stage for row in spy.rows] == [Stage.DRAFT, Stage.TO_PRINT]
    assert spy.counts == {"to_write": 1, "draft": 1, "ready": 0, "to_print": 1, "printed": 0, "sent": 1}
    presenter.choose("draft", on=False)
    presenter.choose("to_print", on=False)
    assert len(spy.rows) == 4


def test_an_empty_list_and_an_empty_choice_say_different_things() -> None:
    _, spy, _ = desk(Board())
    assert spy.empty == "No letters are waiting"
    presenter, spy, _ = desk(Board((card(1),)))
    presenter.choose("sent", on=True)
    assert spy.empty == "No letter in this state"


def test_two_people_in_the_list_are_told_apart_by_birth_date_and_nhs_number() -> None:
    _, spy, _ = desk(Board((card(1),)))
    assert spy.rows[0].name == "SMITH, Ann"
    assert spy.rows[0].identity.split() == ["Born", "04-May-1960", "(66y)", "999", "000", "0018"]


def test_a_change_elsewhere_is_seen_at_once_or_on_coming_back() -> None:
    board = Board((card(1),))
    presenter, spy, feed = desk(board)
    board.cards = (card(1), card(2, number=2))
    feed.publish(Changed(letters=frozenset({1})))
    assert len(spy.rows) == 2
    presenter.leave()
    board.cards = ()
    presenter.shown()
    assert not spy.rows


def test_who_may_not_write_is_told_so_and_stays_on_the_list() -> None:
    presenter, spy, _ = desk(Board((card(1),), refuses=True))
    presenter.opened(spy.rows[0])
    assert spy.letters == []
    assert spy.said[-1].startswith("Writing letters needs a clinician.")


def test_a_letter_says_of_what_kind_it_is_and_on_which_day_its_last_copy_went() -> None:
    gone = card(20, LetterState.DISPATCHED)
    results = card(3, LetterState.SIGNED, 2)
    assert results.letter is not None
    of_results = replace(results, letter=replace(results.letter, kind=LetterKind.RESULTS))
    _, spy, _ = desk(Board((replace(gone, sent_day=5), of_results, card(20, LetterState.DISPATCHED, 3))))
    rows = {row.letter: (row.kind, row.day_words) for row in spy.rows}
    assert rows == {
        "L-2026-0001, version 1": ("Clinic letter", "Sent on day 5"),
        "L-2026-0002, version 1": ("Results", "Day 3 of 7"),
        "L-2026-0003, version 1": ("Clinic letter", "Sent"),
    }


def test_a_letter_is_printed_when_no_copy_waits_for_the_printer_any_more_and_ready_ones_are_to_sign() -> None:
    waits, printed = Recipient(id=1), Recipient(id=2, delivery=Delivery.PRINTED)
    signed = card(3, LetterState.SIGNED)
    _, spy, _ = desk(
        Board(
            (
                replace(signed, copies=(waits, printed)),
                replace(signed, copies=(printed,)),
                signed,
                card(3, LetterState.READY),
            )
        )
    )
    assert [row.stage for row in spy.rows] == [Stage.TO_PRINT, Stage.PRINTED, Stage.TO_PRINT, Stage.READY]
    assert spy.rows[-1].state == "To sign"
