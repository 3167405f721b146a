"""The page of joined records: a list with what was joined to what, when, by whom and why, and the way back."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.reason_dialog import ReasonDialog
from poems_registry.ui.reasons import ReasonShown
from poems_registry.ui.screens.admin.shown import JoinedRow
from poems_registry.ui.tables.cells import two_lines
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import secondary
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import MessageBar


class JoinedActions(Protocol):
    """What can be done with joined records."""

    def opened(self, patient_id: int) -> None: ...
    def undo(self, joining_id: int) -> None: ...


class JoinedPage(QWidget):
    """Return opens the record that stayed; *Undo…* asks why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: JoinedActions | None = None
        self.reason: ReasonDialog | None = None
        self._bar = MessageBar(theme)
        self.table, self._rows = _table(theme)
        self._card = TableCard(theme, self.table)
        words = tr("Two records of one person are joined from Details of either: Same person as…")
        self._empty = EmptyState(theme, "git-merge", tr("Nothing was joined yet"), words)
        self.words = Label(theme, tone=Tone.SUB, wrap=True)
        self.open_record = secondary(theme, tr("Open the record"), icon="arrow-right")
        self.undo = secondary(theme, tr("Undo…"), icon="undo-2")
        foot = QHBoxLayout()
        foot.setSpacing(Size.GRID)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.open_record)
        foot.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        column.addWidget(self._bar)
        column.addWidget(self._empty)
        column.addWidget(self._card, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._opened)
        self.table.current_changed.connect(self._changed)
        self.open_record.clicked.connect(self._open)
        self.undo.clicked.connect(self._undo)

    def attend(self, actions: JoinedActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def show_joined(self, rows: Sequence[JoinedRow], words: str, may_not: str) -> None:
        """All of them; why they cannot be undone by this person."""
        self._rows.set_rows(rows)
        self._empty.setVisible(not rows)
        self._card.setVisible(bool(rows))
        if rows and self.table.current() is None:
            self.table.select_first()
        self.words.setText(" ".join(part for part in (f"{words}." if rows else "", may_not if rows else "") if part))
        for part in (self.open_record, self.undo):
            part.setVisible(bool(rows))
        self._changed(self.table.current())

    def ask_reason(self, asked: ReasonShown, given: Callable[[str], None]) -> None:
        """Why they are two people."""
        self.reason = dialog = ReasonDialog(self._theme, asked)
        dialog.given.connect(given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self)

    def refuse_reason(self, words: str) -> None:
        """The question stays."""
        if self.reason is not None:
            self.reason.refuse(words)

    def close_reason(self) -> None:
        """It is done, or was refused for something else."""
        if self.reason is not None:
            self.reason.accept()
            self.reason = None

    def say(self, message: Message | None) -> None:
        """Why something was not done."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow columns on a small window."""
        self.table.set_narrow(narrow)

    def _changed(self, row: object) -> None:
        self.undo.setEnabled(isinstance(row, JoinedRow) and row.may_undo)

    def _opened(self, row: JoinedRow) -> None:
        if self._actions is not None:
            self._actions.opened(row.patient_id)

    def _open(self) -> None:
        row = self.table.current()
        if row is not None:
            self._opened(row)

    def _undo(self) -> None:
        row = self.table.current()
        if row is not None and self._actions is not None:
            self._actions.undo(row.id)


def _table(theme: Theme) -> tuple[TableView[JoinedRow], RowsModel[JoinedRow]]:
    columns: tuple[Column[JoinedRow], ...] = (
        Column(
            tr("The record that stayed, and the one joined to it"),
            lambda row: f"{row.stays}; {row.hidden}",
            lambda row: row.stays,
            lambda row: two_lines(row.stays, row.hidden, bold=True),
            width=380,
            narrow=360,
        ),
        Column(
            tr("Joined"),
            lambda row: f"{row.when}, {row.by}",
            lambda row: row.order,
            lambda row: two_lines(row.when, row.by),
            width=170,
            narrow=160,
        ),
        Column(
            tr("State and reason"),
            lambda row: f"{row.state}: {row.why}",
            lambda row: row.state,
            lambda row: two_lines(row.state, row.why),
            width=240,
            stretch=True,
        ),
    )
    rows: RowsModel[JoinedRow] = RowsModel(columns, key=lambda row: row.id)
    return TableView(theme, rows, tr("Joined records")), rows
