"""Joining two records: first who is meant, then both side by side and what will happen; decides nothing."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.joining.pair import PairPage
from poems_registry.ui.screens.joining.shown import CandidateRow, PairShown
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.fields import SearchBox
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.message import MessageBar


class JoiningActions(Protocol):
    """What a person can do here."""

    def typed(self, query: str) -> None: ...
    def compare(self, other_id: int) -> None: ...
    def swap(self) -> None: ...
    def back(self) -> None: ...
    def join(self, reason: str) -> None: ...


class JoiningScreen(QWidget):
    """Title and message on top, the step in the middle, what can be done below, always in view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: JoiningActions | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar = MessageBar(theme)
        self._title = Label(theme, tr("The same person as…"), size=Size.BIG, weight=Weight.SEMIBOLD, wrap=True)
        self._state = IconLabel(theme, "", "", tone=Tone.SUB)
        self.search = SearchBox(theme, tr("Find the other record"), tr("Name, number or date of birth"))
        self.table, self._rows = _candidates(theme)
        self._words = Label(theme, tone=Tone.SUB, wrap=True)
        self.pair = PairPage(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._find_page())
        self._stack.addWidget(self.pair)
        self.go_back = secondary(theme, tr("Go back"))
        self.compare = primary(theme, tr("Compare"), "columns-3")
        self.swap = secondary(theme, tr("Let the other one stay"), icon="arrow-left-right")
        self.join = primary(theme, tr("Join"), "git-merge")
        self._lay_out()
        self._connect()
        self._step(self.search)

    def attend(self, actions: JoiningActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def show_candidates(self, title: str, rows: Sequence[CandidateRow], words: str) -> None:
        """Who may be meant."""
        self._title.setText(title)
        self._rows.set_rows(rows)
        self.table.select_first()
        self._words.setText(words)
        self.compare.setEnabled(bool(rows))
        if self._stack.currentIndex() != 0:
            self._stack.setCurrentIndex(0)
            self._step(self.search)
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_pair(self, pair: PairShown) -> None:
        """Both records, and what will happen."""
        self.pair.show_pair(pair)
        self.join.setText(pair.button)
        self.join.updateGeometry()
        self.join.setEnabled(not pair.blocked)
        self._stack.setCurrentIndex(1)
        self._step(self.pair)
        self.pair.focus()

    def mark_reason(self, words: str) -> None:
        """What is wrong with the reason."""
        self.pair.mark_reason(words)

    def busy(self, words: str) -> None:
        """While the records are being joined nothing can be pressed twice."""
        self._state.show_state("hourglass" if words else "", words, Tone.SUB)
        for part in (self.go_back, self.swap, self.join):
            part.setEnabled(not words)

    def say(self, message: Message | None) -> None:
        """Why something was not done."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrow columns on a small window."""
        super().resizeEvent(event)
        self.table.set_narrow(self.window().width() < Size.NARROW_BELOW)

    def _step(self, first: QWidget) -> None:
        comparing = self._stack.currentIndex() == 1
        self.compare.setVisible(not comparing)
        self.swap.setVisible(comparing)
        self.join.setVisible(comparing)
        self.setFocusProxy(first)

    def _find_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(Size.PAGE, 0, Size.PAGE, Size.GRID)
        column.setSpacing(Size.GAP)
        column.addWidget(self.search)
        column.addWidget(self._words)
        column.addWidget(TableCard(self._theme, self.table), 1)
        return page

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(Size.PAGE, Size.GRID, Size.PAGE, Size.GRID)
        foot.setSpacing(Size.GRID)
        foot.addWidget(self._state)
        foot.addStretch(1)
        for part in (self.go_back, self.swap, self.compare, self.join):
            foot.addWidget(part)
        head = QVBoxLayout()
        head.setContentsMargins(Size.PAGE, Size.PAGE, Size.PAGE, Size.GAP)
        head.addWidget(self._title)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._bar)
        page.addLayout(head)
        page.addWidget(self._stack, 1)
        page.addLayout(foot)

    def _connect(self) -> None:
        self.search.textEdited.connect(self._typed)
        self.search.down.connect(self._into_list)
        self.search.opened.connect(self._compare)
        self.table.opened.connect(lambda _: self._compare())
        self.compare.clicked.connect(self._compare)
        self.swap.clicked.connect(self._swap)
        self.go_back.clicked.connect(self._back)
        self.join.clicked.connect(self._join)

    def _into_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        if self._actions is not None:
            self._actions.typed(text)

    def _compare(self) -> None:
        row = self.table.current()
        if row is not None and self._actions is not None:
            self._actions.compare(row.id)

    def _swap(self) -> None:
        if self._actions is not None:
            self._actions.swap()

    def _back(self) -> None:
        if self._actions is not None:
            self._actions.back()

    def _join(self) -> None:
        if self._actions is not None:
            self._actions.join(self.pair.reason.toPlainText())


def _candidates(theme: Theme) -> tuple[TableView[CandidateRow], RowsModel[CandidateRow]]:
    columns: tuple[Column[CandidateRow], ...] = (
        Column(tr("Name"), lambda row: row.name, None, lambda row: Cell((Span(row.name, bold=True),)), 280, 240),
        Column(tr("Born"), lambda row: row.born, width=130, narrow=120),
        Column(tr("Numbers"), lambda row: row.numbers, width=240, narrow=220),
        Column(tr("Address"), lambda row: row.place, width=200, stretch=True),
    )
    rows: RowsModel[CandidateRow] = RowsModel(columns, key=lambda row: row.id)
    return TableView(theme, rows, tr("Who may be the same person"), row_height=36), rows
