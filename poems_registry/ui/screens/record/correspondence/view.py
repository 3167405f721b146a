"""The page of a record's letters: every version with its state; Return opens one on the desk."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.correspondence.telling import LetterRow
from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.cards import EmptyState


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
        column.addStretch(0)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table)

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
            lambda r: f"{r.number}, {r.version}",
            None,
            lambda r: two_lines(r.number, r.version, bold=True),
            150,
        ),
        Column(tr("Visit"), lambda r: r.visit, width=120),
        Column(tr("State"), lambda r: r.state, None, _state, 230, 200),
        Column(tr("Signed"), lambda r: r.signed, width=240, narrow=190),
        Column(tr("Pages"), lambda r: r.pages, width=90, narrow=80),
        Column(tr("Why replaced"), lambda r: r.reason, width=160, narrow=120, stretch=True),
    ]
