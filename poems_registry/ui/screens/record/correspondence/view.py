"""The page of a record's letters: every version with its state; Return opens one on the desk."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.correspondence.telling import LetterRow
from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import secondary
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, labelled


class MissedActions(Protocol):
    """What can be done for somebody who was never seen."""

    def came(self) -> None: ...
    def missed(self, text: str) -> None: ...


class LettersPage(QWidget):
    """`opened` tells the id of a letter."""

    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model: RowsModel[LetterRow] = RowsModel(_columns(), key=_key)
        self.table: TableView[LetterRow] = TableView(theme, self._model, tr("Letters, newest first"))
        self._card = TableCard(theme, self.table)
        words = tr("A letter is written from a signed visit.")
        self._empty = EmptyState(theme, "mail", tr("No letters yet"), words)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        column.addWidget(self._card, 1)
        column.addWidget(self._empty)
        self._actions: MissedActions | None = None
        self._asked = self._missed_row(theme)
        column.addWidget(self._asked)
        column.addStretch(0)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table)

    def attend(self, actions: MissedActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        self._begin.clicked.connect(lambda: actions.missed(self._day.text()))
        self._day.returnPressed.connect(lambda: actions.missed(self._day.text()))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The row for a missed first appointment is there only where it belongs."""
        super().showEvent(event)
        if self._actions is not None:
            self._actions.came()

    def offer_missed(self, *, offered: bool) -> None:
        """The row that asks for the day, for somebody who was never seen."""
        self._asked.setVisible(offered)
        if not offered:
            self._day.clear()
        self.refuse_missed("")

    def refuse_missed(self, words: str) -> None:
        """Why the letter did not begin."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _missed_row(self, theme: Theme) -> QWidget:
        row = QWidget()
        self._day = LineEdit(theme)
        self._day.setFixedWidth(150)
        self._begin = secondary(theme, tr("Begin the letter"), "mail-plus")
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        line = QHBoxLayout()
        line.setSpacing(Size.GRID)
        line.addWidget(labelled(theme, tr("Did not come to the first appointment, on (like 14-Jul-2026)"), self._day))
        line.addWidget(self._day)
        line.addWidget(self._begin)
        line.addStretch(1)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GRID)
        column.addLayout(line)
        column.addWidget(self._problem)
        row.hide()
        return row

    def show_rows(self, rows: Sequence[LetterRow]) -> None:
        """These, or that there are none."""
        self._model.set_rows(rows)
        self._card.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if rows and self.table.current() is None:
            self.table.select_first()

    def set_narrow(self, narrow: bool) -> None:
        """The widths below 1200 px."""
        self.table.set_narrow(narrow)

    def _open(self, row: LetterRow) -> None:
        self.opened.emit(row.id)


def _key(row: LetterRow) -> int:
    return row.id


def _state(row: LetterRow) -> Cell:
    return Cell((Span(row.state, icon=row.icon, icon_tone=row.tone),))


def _columns() -> list[Column[LetterRow]]:
    return [
        Column(
            tr("Letter"),
            lambda r: f"{r.kind}, {r.number}, {r.version}",
            None,
            lambda r: two_lines(r.kind, f"{r.number}, {r.version}", bold=True),
            220,
            200,
        ),
        Column(tr("Visit"), lambda r: r.visit, width=120),
        Column(tr("State"), lambda r: r.state, None, _state, 230, 200),
        Column(tr("Signed"), lambda r: r.signed, width=220, narrow=180),
        Column(tr("Pages"), lambda r: r.pages, width=90, narrow=80),
        Column(tr("Why replaced"), lambda r: r.reason, width=160, narrow=120, stretch=True),
    ]
