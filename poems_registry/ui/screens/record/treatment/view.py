"""The page of treatment: lines of therapy above, events below, each newest first."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.treatment.entry import EntryDialog
from poems_registry.ui.screens.record.treatment.reading import FieldShown
from poems_registry.ui.screens.record.treatment.telling import EventRow, LineRow
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, secondary
from poems_registry.ui.widgets.labels import Label


class TreatmentActions(Protocol):
    """What a person can do here."""

    def add_line(self) -> None: ...
    def change_line(self, line_id: int) -> None: ...
    def add_event(self) -> None: ...
    def change_event(self, event_id: int) -> None: ...
    def save(self, texts: Mapping[str, str]) -> None: ...
    def withdraw(self, reason: str) -> None: ...


class TreatmentPage(QWidget):
    """Two lists under their titles, each with its button; Return on a row opens it to be changed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: TreatmentActions | None = None
        self._dialog: EntryDialog | None = None
        self.add_line = secondary(theme, tr("Add line"), icon="plus", said=tr("Add line of treatment"))
        self.add_event = secondary(theme, tr("Add event"), icon="plus")
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
        for title, button, empty, card in (
            (tr("Lines of treatment"), self.add_line, self._no_lines, self._line_card),
            (tr("Events"), self.add_event, self._no_events, self._event_card),
        ):
            column.addLayout(self._head(title, button))
            column.addWidget(empty)
            column.addWidget(card, 1)
        column.addStretch(0)
        self.setFocusProxy(self.lines)

    def attend(self, actions: TreatmentActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        self.add_line.clicked.connect(lambda: actions.add_line())  # noqa: PLW0108 - holds the presenter
        self.add_event.clicked.connect(lambda: actions.add_event())  # noqa: PLW0108
        self.lines.opened.connect(self._change_line)
        self.events.opened.connect(self._change_event)

    def allow(self, allowed: bool) -> None:
        """Whether this person may enter treatment here."""
        for button in (self.add_line, self.add_event):
            button.setVisible(allowed and self._actions is not None)

    def ask_entry(self, who: Identity, title: str, button: str, fields: tuple[FieldShown, ...], *, known: bool) -> None:
        """The form of one line or event, over the window."""
        self.close_entry()
        dialog = EntryDialog(self._theme, who, title, button, fields, known=known)
        self._dialog = dialog
        if self._actions is not None:
            dialog.saved.connect(self._actions.save)
            dialog.withdrawn.connect(self._actions.withdraw)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._closed)
        dialog.open_over(self.window())

    def entry_problems(self, problems: Mapping[str, str], words: str) -> None:
        """What is wrong in the form that is open."""
        if self._dialog is not None:
            self._dialog.show_problems(problems, words)

    def close_entry(self) -> None:
        """It was kept."""
        if self._dialog is not None:
            self._dialog.accept()

    def set_narrow(self, narrow: bool) -> None:
        """The widths below 1200 px."""
        self.lines.set_narrow(narrow)
        self.events.set_narrow(narrow)

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

    def _head(self, title: str, button: Button) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(self._theme, title, size=Size.TITLE, weight=Weight.SEMIBOLD))
        row.addStretch(1)
        row.addWidget(button)
        button.hide()
        return row

    def _closed(self) -> None:
        self._dialog = None

    def _change_line(self, row: LineRow) -> None:
        if self._actions is not None and not self.add_line.isHidden():
            self._actions.change_line(row.id)

    def _change_event(self, row: EventRow) -> None:
        if self._actions is not None and not self.add_event.isHidden():
            self._actions.change_event(row.id)


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
