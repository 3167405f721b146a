"""Joining two records: who is meant, both side by side, what will happen; proposed here, and decided by another."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.reason_dialog import ReasonDialog
from poems_registry.ui.reasons import ReasonShown
from poems_registry.ui.screens.joining.dialogs import ConfirmMergeDialog
from poems_registry.ui.screens.joining.pair import PairPage
from poems_registry.ui.screens.joining.shown import CandidateRow, ConfirmShown, PairShown
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
    def propose(self, reason: str) -> None: ...


class DecidingActions(Protocol):
    """What a person can do about a proposal."""

    def back(self) -> None: ...
    def confirm(self) -> None: ...
    def decline(self) -> None: ...
    def take_back(self) -> None: ...


class JoiningScreen(QWidget):
    """Title and message on top, the step in the middle, what can be done below, always in view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: JoiningActions | None = None
        self._deciding: DecidingActions | None = None
        self.question: ConfirmMergeDialog | ReasonDialog | None = None
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
        self.propose = primary(theme, tr("Propose"), "git-merge")
        self.take_back = secondary(theme, tr("Take the proposal back"), icon="undo-2")
        self.decline = secondary(theme, tr("Decline…"))
        self.confirm = primary(theme, tr("Confirm…"), "git-merge")
        self._lay_out()
        self._connect()
        self._step(self.search)

    def attend(self, actions: JoiningActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def attend_deciding(self, actions: DecidingActions) -> None:
        """What is shown here is a proposal, and these decide on it."""
        self._deciding = actions
        self._stack.setCurrentIndex(1)
        self._step(self.go_back)

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
        self.propose.setText(pair.button)
        self.propose.updateGeometry()
        self.propose.setEnabled(not pair.blocked)
        self._stack.setCurrentIndex(1)
        self._step(self.pair)
        self.pair.focus()

    def show_proposal(self, pair: PairShown) -> None:
        """Both records with what somebody proposed, and the acts that are this person's."""
        self.pair.show_pair(pair)
        said = pair.proposed
        assert said is not None
        self._title.setText(tr("Proposed: two records of one person"))
        first: QWidget = self.go_back
        acts = (self.take_back, said.take_back), (self.decline, said.decline), (self.confirm, said.confirm)
        for button, words in acts:
            button.setText(words or button.text())
            button.updateGeometry()
            button.setVisible(bool(words))
            first = button if words else first
        self.confirm.setEnabled(not pair.blocked)
        self.setFocusProxy(first)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_password(self, asked: ConfirmShown, given: Callable[[str], None]) -> None:
        """The question that makes them one."""
        dialog = ConfirmMergeDialog(self._theme, asked)
        dialog.given.connect(given)
        self._ask(dialog)

    def ask_reason(self, asked: ReasonShown, given: Callable[[str], None]) -> None:
        """The question why not."""
        dialog = ReasonDialog(self._theme, asked)
        dialog.given.connect(given)
        self._ask(dialog)

    def refuse_answer(self, words: str) -> None:
        """What is wrong with the answer; the question stays."""
        if self.question is not None:
            self.question.refuse(words)

    def close_question(self) -> None:
        """It was done, or cannot be."""
        if self.question is not None:
            self.question.accept()

    def _ask(self, dialog: ConfirmMergeDialog | ReasonDialog) -> None:
        self.question = dialog
        dialog.finished.connect(self._answered)
        dialog.open_over(self.window())

    def _answered(self) -> None:
        self.question = None

    def mark_reason(self, words: str) -> None:
        """What is wrong with the reason."""
        self.pair.mark_reason(words)

    def busy(self, words: str) -> None:
        """While something is being saved nothing can be pressed twice."""
        self._state.show_state("hourglass" if words else "", words, Tone.SUB)
        for part in (self.go_back, self.swap, self.propose, self.take_back, self.decline, self.confirm):
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
        proposing = comparing and self._deciding is None
        self.compare.setVisible(not comparing)
        self.swap.setVisible(proposing)
        self.propose.setVisible(proposing)
        for button in (self.take_back, self.decline, self.confirm):
            button.hide()
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
        for part in (self.go_back, self.swap, self.compare, self.propose, self.take_back, self.decline, self.confirm):
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
        self.propose.clicked.connect(self._propose)
        for button, act in ((self.take_back, "take_back"), (self.decline, "decline"), (self.confirm, "confirm")):
            button.clicked.connect(partial(self._decide, act))

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
        if self._deciding is not None:
            self._deciding.back()
        elif self._actions is not None:
            self._actions.back()

    def _decide(self, act: str, *_: object) -> None:
        if self._deciding is not None:
            getattr(self._deciding, act)()

    def _propose(self) -> None:
        if self._actions is not None:
            self._actions.propose(self.pair.reason.toPlainText())


def _candidates(theme: Theme) -> tuple[TableView[CandidateRow], RowsModel[CandidateRow]]:
    columns: tuple[Column[CandidateRow], ...] = (
        Column(tr("Name"), lambda row: row.name, None, lambda row: Cell((Span(row.name, bold=True),)), 280, 240),
        Column(tr("Born"), lambda row: row.born, width=130, narrow=120),
        Column(tr("Numbers"), lambda row: row.numbers, width=240, narrow=220),
        Column(tr("Address"), lambda row: row.place, width=200, stretch=True),
    )
    rows: RowsModel[CandidateRow] = RowsModel(columns, key=lambda row: row.id)
    return TableView(theme, rows, tr("Who may be the same person"), row_height=36), rows
