"""The page of treatment: lines of therapy above, events below, each newest first."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.treatment.telling import EventRow, LineRow
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.labels import Label


class TreatmentPage(QWidget):
    """Two lists under their titles."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: RowsModel[LineRow] = RowsModel(_line_columns(), key=lambda row: row.id)
        self._events: RowsModel[EventRow] = RowsModel(_event_columns(), key=lambda row: row.id)
        self.lines: TableView[LineRow] = TableView(theme, self._lines, tr("Lines of treatment, newest first"))
        self.events: TableView[EventRow] = TableView(theme, self._events, tr("Events, newest first"), row_height=36)
        self._line_card, self._event_card = TableCard(theme, self.lines), TableCard(theme, self.events)
        self._no_lines = Label(theme, tr("No treatment is recorded."), tone=Tone.SUB)
        self._no_events = Label(theme, tr("No events are recorded."), tone=Tone.SUB)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        column.setSpacing(Size.GRID)
        for title, empty, card in (
            (tr("Lines of treatment"), self._no_lines, self._line_card),
            (tr("Events"), self._no_events, self._event_card),
        ):
            column.addWidget(Label(theme, title, size=Size.TITLE, weight=Weight.SEMIBOLD))
            column.addWidget(empty)
            column.addWidget(card, 1)
        column.addStretch(0)
        self.setFocusProxy(self.lines)

    def show_rows(self, lines: Sequence[LineRow], events: Sequence[EventRow]) -> None:
        """These, or that there are none."""
        self._lines.set_rows(lines)
        self._events.set_rows(events)
        for rows, card, empty in (
            (lines, self._line_card, self._no_lines),
            (events, self._event_card, self._no_events),
        ):
            card.setVisible(bool(rows))
            empty.setVisible(not rows)
        if lines and self.lines.current() is None:
            self.lines.select_first()


def _ended(row: LineRow) -> Cell:
    icon = "activity" if row.now else ""
    return Cell((Span(row.ended, bold=row.now, icon=icon, icon_tone=Tone.GREEN),))


def _line_columns() -> list[Column[LineRow]]:
    return [
        Column(tr("Line"), lambda r: r.number, None, lambda r: Cell((Span(r.number, bold=True),)), 140, 128),
        Column(tr("Treatment"), lambda r: r.name, width=280, narrow=210, stretch=True),
        Column(tr("From and to"), lambda r: r.period, width=200, narrow=196),
        Column(tr("Cycles"), lambda r: r.cycles, width=110, narrow=100),
        Column(tr("Steroid"), lambda r: r.steroid, width=150, narrow=130),
        Column(tr("How it ended"), lambda r: r.ended, None, _ended, 170, 130),
    ]


def _event_columns() -> list[Column[EventRow]]:
    return [
        Column(
            tr("Day"),
            lambda r: f"{r.day}, {r.age}",
            None,
            lambda r: Cell((Span(r.day, bold=True), Span(r.age, tone=Tone.SUB))),
            220,
            200,
        ),
        Column(
            tr("Event"),
            lambda r: r.what,
            None,
            lambda r: Cell((Span(r.what, icon=r.icon, icon_tone=Tone.SUB),)),
            240,
            220,
        ),
        Column(tr("Note"), lambda r: r.note, width=200, narrow=160, stretch=True),
    ]
