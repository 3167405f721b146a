"""The page of visits: one list, newest first; Return opens the visit on its form."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.visits.telling import VisitRow
from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.cards import EmptyState


class VisitsPage(QWidget):
    """`opened` tells the id of a clinic visit; results between visits stand on their own tab."""

    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model: RowsModel[VisitRow] = RowsModel(_columns(), key=_key)
        self.table: TableView[VisitRow] = TableView(theme, self._model, tr("Visits, newest first"))
        self._card = TableCard(theme, self.table)
        words = tr("A visit is begun with the button at the top right.")
        self._empty = EmptyState(theme, "calendar-days", tr("No visits yet"), words)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        column.addWidget(self._card, 1)
        column.addWidget(self._empty)
        column.addStretch(0)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table)

    def show_rows(self, rows: Sequence[VisitRow]) -> None:
        """These, or that there are none."""
        self._model.set_rows(rows)
        self._card.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if rows and self.table.current() is None:
            self.table.select_first()

    def set_narrow(self, narrow: bool) -> None:
        """The widths below 1200 px."""
        self.table.set_narrow(narrow)

    def _open(self, row: VisitRow) -> None:
        if row.opens:
            self.opened.emit(row.id)


def _key(row: VisitRow) -> int:
    return row.id


def _said(row: VisitRow) -> str:
    words = {
        "present": tr("present"),
        "absent": tr("absent"),
        "not_assessed": tr("not assessed"),
        "": tr("not recorded"),
    }
    return ", ".join(f"{letter} {words[status]}" for letter, status in row.features)


def _state(row: VisitRow) -> Cell:
    tone = Tone.AMBER if row.icon == "file-pen-line" else Tone.GREEN
    return Cell((Span(row.state, icon=row.icon, icon_tone=tone),))


def _plain(read: Callable[[VisitRow], str]) -> Callable[[VisitRow], str]:
    return lambda row: read(row) or ""


def _columns() -> list[Column[VisitRow]]:
    return [
        Column(tr("Date"), lambda r: f"{r.day}, {r.age}", None, lambda r: two_lines(r.day, r.age, bold=True), 165, 165),
        Column(tr("Kind"), lambda r: r.kind, width=140, narrow=120),
        Column(tr("Features"), _said, None, lambda r: Cell(chips=r.features), 145, 143),
        Column(tr("VEGF, pg/mL"), _plain(lambda r: r.vegf), width=130, narrow=112),
        Column(tr("When signed"), _plain(lambda r: r.verdict), width=150, narrow=110),
        Column(tr("Letter"), _plain(lambda r: r.letter), width=90, narrow=84),
        Column(tr("State"), lambda r: r.state, None, _state, 200, 130, stretch=True),
    ]
