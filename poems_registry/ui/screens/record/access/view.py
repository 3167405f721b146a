"""The page of who saw and changed what: filters above, one list, and on demand what an act changed."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.access.dialog import ValuesDialog
from poems_registry.ui.screens.record.access.shown import (
    ACTIONS_WORDS,
    PERIOD_WORDS,
    AccessRow,
    AccessShown,
    ValuesShown,
)
from poems_registry.ui.tables.cells import two_lines
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import secondary
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import Label, labelled
from poems_registry.ui.widgets.message import MessageBar

EVERYBODY = "0"


class AccessActions(Protocol):
    """What a person can do here."""

    def narrow(self, actions: str, person: str, period: str) -> None: ...
    def older(self) -> None: ...
    def values(self, key: int) -> None: ...


class AccessTab(QWidget):
    """Return on a line, or *What changed…*, shows its values before and after."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: AccessActions | None = None
        self.dialog: ValuesDialog | None = None
        self.acts = ComboBox(theme, [(each.value, tr(words)) for each, words in ACTIONS_WORDS.items()])
        self.person = ComboBox(theme, [(EVERYBODY, tr("Everybody"))])
        self.period = ComboBox(theme, [(each.value, tr(words)) for each, words in PERIOD_WORDS.items()])
        self._model: RowsModel[AccessRow] = RowsModel(_columns(), key=lambda row: row.key)
        self.table: TableView[AccessRow] = TableView(theme, self._model, tr("Who saw and changed what, newest first"))
        self._card = TableCard(theme, self.table)
        self._empty = EmptyState(theme, "search", tr("Nothing of that kind"), tr("Nobody did this in that time."))
        self._bar = MessageBar(theme)
        self.words = Label(theme, tone=Tone.SUB, wrap=True)
        self.older = secondary(theme, tr("Show older"), "history")
        self.what_changed = secondary(theme, tr("What changed…"), "list-checks")
        self._lay_out()
        self.reset()
        for box in (self.acts, self.person, self.period):
            box.chosen.connect(self._narrow)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(self._current)
        self.older.clicked.connect(self._older)
        self.what_changed.clicked.connect(self._open_current)
        self.setFocusProxy(self.table)

    def attend(self, actions: AccessActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def reset(self) -> None:
        """Another person's record: everything, nothing shown yet."""
        self.acts.choose("")
        self.acts.setCurrentIndex(0)
        self.period.setCurrentIndex(0)
        self.person.choose(EVERYBODY)
        self._show_rows(())
        self._empty.hide()
        self.words.setText("")
        self.older.hide()

    def show_access(self, shown: AccessShown) -> None:
        """The lines so far; whoever is asked for stays asked for."""
        asked = self.person.code()
        people = shown.people if asked in dict(shown.people) else (*shown.people, (asked, self.person.currentText()))
        self.person.set_options(people)
        self._show_rows(shown.rows)
        self._empty.setVisible(not shown.rows)
        self.words.setText(shown.words if shown.rows else "")
        self.older.setVisible(shown.older)

    def show_values(self, shown: ValuesShown) -> None:
        """Before and after, over the window."""
        self.dialog = dialog = ValuesDialog(self._theme, shown)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self)

    def say(self, message: Message | None) -> None:
        """Why it cannot be shown."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def set_narrow(self, narrow: bool) -> None:
        """The widths below 1200 px."""
        self.table.set_narrow(narrow)

    def _show_rows(self, rows: Sequence[AccessRow]) -> None:
        self._model.set_rows(rows)
        self._card.setVisible(bool(rows))
        self.what_changed.setVisible(bool(rows))
        if rows and self.table.current() is None:
            self.table.select_first()
        self._current(self.table.current())

    def _narrow(self) -> None:
        if self._actions is not None:
            self._actions.narrow(self.acts.code(), self.person.code(), self.period.code())

    def _older(self) -> None:
        if self._actions is not None:
            self._actions.older()

    def _open(self, row: AccessRow) -> None:
        if self._actions is not None and row.changed:
            self._actions.values(row.key)

    def _open_current(self) -> None:
        row = self.table.current()
        if row is not None:
            self._open(row)

    def _current(self, row: object) -> None:
        self.what_changed.setEnabled(isinstance(row, AccessRow) and row.changed)

    def _lay_out(self) -> None:
        filters = FlowRow()
        for words, box in ((tr("Show"), self.acts), (tr("By"), self.person), (tr("When"), self.period)):
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Size.GRID)
            row.addWidget(labelled(self._theme, words, box))
            row.addWidget(box)
            filters.add(pair)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GRID)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.older)
        foot.addWidget(self.what_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        column.setSpacing(Size.GRID)
        column.addWidget(filters)
        column.addWidget(self._bar)
        column.addWidget(self._card, 1)
        column.addWidget(self._empty)
        column.addLayout(foot)
        column.addStretch(0)


def _columns() -> list[Column[AccessRow]]:
    return [
        Column(tr("When"), lambda r: f"{r.day} {r.time}", None, lambda r: two_lines(r.day, r.time), 130, 130),
        Column(tr("Who"), lambda r: f"{r.who}, {r.role}", None, lambda r: two_lines(r.who, r.role), 210, 190),
        Column(
            tr("What was done"),
            lambda r: f"{r.what}. {r.more}" if r.more else r.what,
            None,
            lambda r: two_lines(r.what, r.more, bold=r.changed),
            width=320,
            stretch=True,
        ),
        Column(tr("Changed"), lambda r: r.values, width=110, narrow=100),
    ]
