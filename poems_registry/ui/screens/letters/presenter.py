"""The decisions of the letters list: which state each letter is in, how late it is, what can be done with it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import Delivery, LetterKind
from poems_registry.domain.dates import show_age, show_date
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.records import LetterState, Patient
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.letters import CLOCK_DAYS, LetterCard
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.letters.shown import LetterRow, Stage
from poems_registry.ui.tasks import Tasks

SOON_FROM = 6

KINDS = {
    LetterKind.CLINIC: "Clinic letter",
    LetterKind.RESULTS: "Results",
    LetterKind.DID_NOT_ATTEND: "Missed appointment",
    LetterKind.PROFESSIONAL: "To a colleague",
    LetterKind.FIRST_MISSED: "Missed first appointment",
    LetterKind.REMINDER: "Appointment reminder",
}
STAGES = {
    LetterState.DRAFT: Stage.DRAFT,
    LetterState.READY: Stage.READY,
    LetterState.SIGNED: Stage.TO_PRINT,
    LetterState.DISPATCHED: Stage.SENT,
}


class Desk(Protocol):
    """Who works here and what day it is."""

    @property
    def today(self) -> date: ...
    def may(self, permission: Permission) -> bool: ...


class Letters(Protocol):
    """What is needed of `LetterService`."""

    @property
    def signed_in(self) -> Desk: ...
    def board(self) -> tuple[LetterCard, ...]: ...
    def start(self, encounter_id: int) -> int: ...


class Navigator(Protocol):
    """Where a line leads."""

    def letter(self, letter_id: int) -> None: ...


class View(Protocol):
    """What the presenter needs of the view."""

    def show_rows(self, rows: Sequence[LetterRow]) -> None: ...
    def show_counts(self, words: str, counts: dict[str, int]) -> None: ...
    def show_empty(self, title: str, words: str) -> None: ...
    def say(self, message: Message | None) -> None: ...


class LettersPresenter:
    """Loads the list, filters it by stage, opens a letter or begins one."""

    def __init__(self, view: View, letters: Letters, tasks: Tasks, feed: ChangeFeed, navigator: Navigator) -> None:
        self._view, self._letters, self._tasks, self._navigator = view, letters, tasks, navigator
        self._rows: tuple[LetterRow, ...] = ()
        self._chosen: frozenset[Stage] = frozenset()
        self._asked = 0
        self._stale = False
        self._visible = False
        feed.listen(self._changed)

    def open(self) -> None:
        """Everything that waits, the oldest visit first."""
        self._visible = True
        self._load()

    def shown(self) -> None:
        """Back on the list."""
        self._visible = True
        if self._stale:
            self._load()

    def leave(self) -> None:
        """Another screen comes; letters may change there."""
        self._visible = False
        self._stale = True

    def choose(self, stage: str, on: bool) -> None:
        """A filter chip."""
        each = Stage(stage)
        self._chosen = self._chosen | {each} if on else self._chosen - {each}
        self._show()

    def opened(self, row: LetterRow) -> None:
        """Go to the letter, or begin it."""
        encounter_id, letter_id = row.key
        if letter_id:
            self._navigator.letter(letter_id)
            return
        self._view.say(None)
        self._tasks.run(lambda: self._letters.start(encounter_id), self._navigator.letter, self._refused)

    def _load(self) -> None:
        self._asked += 1
        asked = self._asked

        def loaded(cards: tuple[LetterCard, ...]) -> None:
            if asked == self._asked:
                self._stale = False
                today = self._letters.signed_in.today
                self._rows = tuple(_row(card, today) for card in cards)
                self._show()

        self._tasks.run(self._letters.board, loaded, self._refused)

    def _show(self) -> None:
        rows = [row for row in self._rows if not self._chosen or row.stage in self._chosen]
        late = sum(row.late for row in self._rows)
        open_ones = sum(row.stage is not Stage.SENT for row in self._rows)
        words = tr_count("{count} letter open", "{count} letters open", open_ones)
        if late:
            words += ", " + tr_count("{count} late", "{count} late", late)
        self._view.show_counts(words, {s.value: sum(row.stage is s for row in self._rows) for s in Stage})
        self._view.show_rows(rows)
        if not self._rows:
            self._view.show_empty(
                tr("No letters are waiting"), tr("A letter appears here as soon as a visit has been signed.")
            )
        elif not rows:
            self._view.show_empty(tr("No letter in this state"), tr("Choose another state above."))
        else:
            self._view.show_empty("", "")

    def _changed(self, _: Changed) -> None:
        if self._visible:
            self._load()
        else:
            self._stale = True

    def _refused(self, error: RegistryError) -> None:
        self._view.say(message_for(error))


def _row(card: LetterCard, today: date) -> LetterRow:
    stage = _stage(card)
    sent = stage is Stage.SENT
    late = not sent and card.day > CLOCK_DAYS
    if sent and card.sent_day is not None:
        day_words = tr("Sent on day {day}", day=card.sent_day)
    elif sent:
        day_words = tr("Sent")
    elif late:
        day_words = tr("Late: day {day} of {days}", day=card.day, days=CLOCK_DAYS)
    else:
        day_words = tr("Day {day} of {days}", day=card.day, days=CLOCK_DAYS)
    number = f"{card.letter.number}, " + tr("version {n}", n=card.letter.version) if card.letter is not None else ""
    return LetterRow(
        key=(card.encounter_id, card.letter.id if card.letter is not None else 0),
        name=formal(card.patient.family_name, card.patient.given_name, card.patient.title),
        identity=_identity(card.patient, today),
        visit=show_date(card.visit_on),
        visit_on=card.visit_on,
        stage=stage,
        day=card.day,
        day_words=day_words,
        late=late,
        soon=not sent and SOON_FROM <= card.day <= CLOCK_DAYS,
        letter=number or tr("Not begun"),
        kind=tr(KINDS[card.letter.kind]) if card.letter is not None else "",
        deceased=card.patient.died is not None,
    )


def _stage(card: LetterCard) -> Stage:
    """How far a letter is; printed as soon as no copy waits for the printer any more."""
    if card.letter is None:
        return Stage.TO_WRITE
    stage = STAGES[card.letter.state]
    waiting = any(copy.delivery is Delivery.WAITING for copy in card.copies)
    return Stage.PRINTED if stage is Stage.TO_PRINT and card.copies and not waiting else stage


def _identity(patient: Patient, today: date) -> str:
    born = tr("Birth date not known")
    if patient.born is not None:
        born = tr("Born {day}", day=show_date(patient.born))
        if patient.died is None:
            born += f" ({show_age(patient.born, today)})"
    return f"{born}   {show_nhs_number(patient.nhs_number)}" if patient.nhs_number else born
