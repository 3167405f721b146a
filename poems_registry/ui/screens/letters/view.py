"""The letters list: chips by state, the table in its card."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.letters.shown import STAGE_WORDS, LetterRow, Stage
from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.filter_chip import FilterChip
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import MessageBar

ICONS = {
    Stage.TO_WRITE: "pencil",
    Stage.DRAFT: "file-pen-line",
    Stage.READY: "pen-line",
    Stage.TO_PRINT: "printer",
    Stage.PRINTED: "mail",
    Stage.SENT: "mail-check",
}


class Actions(Protocol):
    """What the view passes on."""

    def choose(self, stage: str, on: bool) -> None: ...
    def opened(self, row: LetterRow) -> None: ...


def _days(row: LetterRow) -> Cell:
    if row.late:
        return Cell((Span(row.day_words, bold=True, tone=Tone.RED, icon="triangle-alert"),))
    return Cell((Span(row.day_words, bold=row.soon),))


def _state(row: LetterRow) -> Cell:
    done = row.stage is Stage.SENT
    return Cell((Span(row.state, icon=ICONS[row.stage], icon_tone=Tone.GREEN if done else Tone.SUB),))


def _columns() -> tuple[Column[LetterRow], ...]:
    return (
        Column(
            tr("Patient"),
            lambda row: f"{row.name}, {row.identity}",
            lambda row: row.name,
            lambda row: two_lines(row.name, row.identity, bold=True),
            width=320,
            stretch=True,
        ),
        Column(tr("Visit"), lambda row: row.visit, lambda row: row.visit_on, width=130),
        Column(tr("Days"), lambda row: row.day_words, lambda row: -row.day, _days, width=190, narrow=180),
        Column(tr("State"), lambda row: row.state, lambda row: list(Stage).index(row.stage), _state, width=130),
        Column(
            tr("Letter"),
            lambda row: f"{row.letter}, {row.kind}" if row.kind else row.letter,
            lambda row: row.letter,
            lambda row: two_lines(row.letter, row.kind),
            width=220,
            narrow=190,
        ),
    )


class LettersScreen(QWidget):
    """Shows the list; decides nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._actions: Actions | None = None
        self.setObjectName("page")
        self._model: RowsModel[LetterRow] = RowsModel(
            _columns(), key=lambda row: row.key, hatched=lambda row: row.deceased
        )
        self.table: TableView[LetterRow] = TableView(theme, self._model, tr("Letters"))
        self.table.opened.connect(self._open)
        self._card = TableCard(theme, self.table)
        self._empty = EmptyState(theme, "mail", "", "")
        self._counts = Label(theme, tone=Tone.SUB)
        self._message = MessageBar(theme)
        self._chips = {stage: FilterChip(theme, tr(words)) for stage, words in STAGE_WORDS.items()}
        filters = FlowRow()
        for stage, chip in self._chips.items():
            chip.toggled.connect(partial(self._choose, stage.value))
            filters.add(chip)
        head = QHBoxLayout()
        head.setSpacing(Size.GAP)
        head.addWidget(Label(theme, tr("Letters"), size=Size.BIG, weight=Weight.SEMIBOLD))
        head.addWidget(self._counts)
        head.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(Size.PAGE, Size.PAGE, Size.PAGE, Size.GRID)
        page.setSpacing(Size.GAP)
        page.addWidget(self._message)
        page.addLayout(head)
        page.addWidget(filters)
        page.addWidget(self._card, 1)
        page.addWidget(self._empty)
        page.addWidget(
            Label(
                theme,
                tr("The GP should have the letter within 7 days of the visit. Return opens a letter."),
                tone=Tone.SUB,
            )
        )
        self._empty.hide()
        self.setFocusProxy(self.table)

    def attend(self, actions: Actions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def show_rows(self, rows: Sequence[LetterRow]) -> None:
        """These letters."""
        self._model.set_rows(rows)
        self.table.select_first()

    def show_counts(self, words: str, counts: dict[str, int]) -> None:
        """How many wait, and how many in each state."""
        self._counts.setText(words)
        for stage, chip in self._chips.items():
            chip.show_count(counts[stage.value])

    def show_empty(self, title: str, words: str) -> None:
        """Why there is nothing; empty words show the list."""
        self._empty.setVisible(bool(title))
        self._card.setVisible(not title)
        if title:
            self._empty.show_words(title, words)

    def say(self, message: Message | None) -> None:
        """A refusal."""
        if message is None:
            self._message.clear()
        else:
            self._message.say(message.cause, message.rest)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrow columns on a small window."""
        super().resizeEvent(event)
        self.table.set_narrow(self.window().width() < Size.NARROW_BELOW)

    def _open(self, row: LetterRow) -> None:
        if self._actions is not None:
            self._actions.opened(row)

    def _choose(self, stage: str, on: bool) -> None:
        if self._actions is not None:
            self._actions.choose(stage, on)
