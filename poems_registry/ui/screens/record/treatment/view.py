"""The page of treatment: lines of therapy with their parts, supportive care, events, and what to keep in mind."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.domain.merging import Side
from poems_registry.ui.conflict.shown import ConflictShown
from poems_registry.ui.conflict.view import ConflictDialog
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.treatment.columns import care_columns, event_columns, line_columns
from poems_registry.ui.screens.record.treatment.entry import EntryDialog, NotesColumn
from poems_registry.ui.screens.record.treatment.keeping_in_mind import Note
from poems_registry.ui.screens.record.treatment.reading import FieldShown
from poems_registry.ui.screens.record.treatment.shown import TreatmentShown
from poems_registry.ui.screens.record.treatment.telling import CareRow, EventRow, LineRow, What
from poems_registry.ui.screens.record.treatment.timeline_card import TimelineCard
from poems_registry.ui.tables.rows_model import RowsModel
from poems_registry.ui.tables.view import HEADER, TableCard, TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, secondary
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.labels import Label

WIDE = 1400
"""From here on there are two columns: the lists of what happened stand beside the lines."""


class TreatmentActions(Protocol):
    """What a person can do here."""

    def add(self, what: What, line_id: int = 0) -> None: ...
    def change(self, what: What, entry_id: int) -> None: ...
    def instead(self, line_id: int) -> None: ...
    def typed(self, texts: Mapping[str, str]) -> None: ...
    def save(self, texts: Mapping[str, str]) -> None: ...
    def withdraw(self, reason: str) -> None: ...
    def dropped(self) -> None: ...
    def closed(self) -> None: ...
    def woken(self) -> None: ...
    def settled(self, choices: Mapping[str, Side]) -> None: ...


class Listed(QWidget):
    """A title with its buttons, and a list as high as its rows: the page scrolls, not each list by itself."""

    def __init__(self, theme: Theme, title: str, empty: str, table: TableView[Any], buttons: Sequence[Button]) -> None:
        super().__init__()
        self._table = table
        self._card = TableCard(theme, table)
        self._empty = Label(theme, empty, tone=Tone.SUB, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(Size.GRID)
        head.addWidget(Label(theme, title, size=Size.TITLE, weight=Weight.SEMIBOLD))
        head.addStretch(1)
        for button in buttons:
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GRID)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self._card)
        column.addStretch(1)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.focus_moved.connect(self._hold_height)

    def show_rows(self, there: bool) -> None:
        """The list, or that there is nothing."""
        self._card.setVisible(there)
        self._empty.setVisible(not there)
        self._hold_height()

    def _hold_height(self) -> None:
        rows = sum(self._table.rowHeight(row) for row in range(self._table.model().rowCount()))
        height = HEADER + rows + 2
        if self._table.minimumHeight() != height:
            self._table.setFixedHeight(height)


class TreatmentPage(QWidget):
    """Return on a row opens it to be changed; a part is added to the line that has the bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: TreatmentActions | None = None
        self._dialog: EntryDialog | None = None
        self._narrow = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._wake)
        self.add_line = secondary(theme, tr("Add line"), icon="plus", said=tr("Add line of treatment"))
        self.add_drug = secondary(theme, tr("Drug"), icon="plus", said=tr("Add drug to this line"))
        self.add_radiotherapy = secondary(
            theme, tr("Radiotherapy"), icon="plus", said=tr("Add radiotherapy to this line")
        )
        self.add_transplant = secondary(theme, tr("Transplant"), icon="plus", said=tr("Add transplant to this line"))
        self.add_care = secondary(theme, tr("Add"), icon="plus", said=tr("Add supportive care"))
        self.add_event = secondary(theme, tr("Add event"), icon="plus")
        self._adding = {
            self.add_drug: What.DRUG,
            self.add_radiotherapy: What.RADIOTHERAPY,
            self.add_transplant: What.TRANSPLANT,
            self.add_line: What.LINE,
            self.add_care: What.SUPPORTIVE,
            self.add_event: What.EVENT,
        }
        self._lines: RowsModel[LineRow] = RowsModel(line_columns(), key=lambda row: row.key)
        self._cares: RowsModel[CareRow] = RowsModel(care_columns(), key=lambda row: row.id)
        self._events: RowsModel[EventRow] = RowsModel(event_columns(), key=lambda row: (row.id, row.day))
        self.lines: TableView[LineRow] = TableView(
            theme, self._lines, tr("Lines of treatment, newest first"), row_height=36
        )
        self.cares: TableView[CareRow] = TableView(theme, self._cares, tr("Supportive care"), row_height=36)
        self.events: TableView[EventRow] = TableView(theme, self._events, tr("Events, newest first"), row_height=36)
        self._notes = NotesColumn(theme)
        self._notes_card = Card(theme, tr("To keep in mind now"))
        self._notes_card.column.addWidget(self._notes)
        self._lay_out()
        self.setFocusProxy(self.lines)

    def attend(self, actions: TreatmentActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        for button, what in self._adding.items():
            button.clicked.connect(lambda _=False, what=what: self._add(what))
        self.lines.opened.connect(lambda row: self._change(row.what, row.id))
        self.cares.opened.connect(lambda row: self._change(What.SUPPORTIVE, row.id))
        self.events.opened.connect(lambda row: self._change(What.EVENT, row.id))

    def allow(self, allowed: bool) -> None:
        """Whether this person may enter treatment here."""
        for button in self._adding:
            button.setVisible(allowed and self._actions is not None)
        self._offer_parts()

    # -- the form

    def ask_entry(self, who: Identity, title: str, button: str, fields: tuple[FieldShown, ...], *, known: bool) -> None:
        """The form of one entry, over the window."""
        self.close_entry()
        dialog = EntryDialog(self._theme, who, title, button, fields, known=known)
        self._dialog = dialog
        if self._actions is not None:
            dialog.typed.connect(self._actions.typed)
            dialog.saved.connect(self._actions.save)
            dialog.withdrawn.connect(self._actions.withdraw)
            dialog.instead.connect(self._actions.instead)
            dialog.dropped.connect(self._actions.dropped)
            dialog.finished.connect(self._actions.closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._closed)
        dialog.open_over(self.window())

    def entry_notes(self, notes: tuple[Note, ...]) -> None:
        """What is told beside the form that is open."""
        if self._dialog is not None:
            self._dialog.show_notes(notes)

    def entry_fill(self, texts: Mapping[str, str]) -> None:
        """What follows from a choice in the form that is open."""
        if self._dialog is not None:
            self._dialog.fill(texts)

    def entry_problems(self, problems: Mapping[str, str], words: str) -> None:
        """What is wrong in the form that is open."""
        if self._dialog is not None:
            self._dialog.show_problems(problems, words)

    def entry_doubts(self, doubts: tuple[str, ...]) -> None:
        """What is unusual in the form that is open."""
        if self._dialog is not None:
            self._dialog.show_doubts(doubts)

    def entry_left(self, texts: Mapping[str, str], words: str) -> None:
        """What was typed into the form that is open before, and not saved."""
        if self._dialog is not None:
            self._dialog.show_left(texts, words)

    def ask_conflict(self, conflict: ConflictShown) -> None:
        """Two people changed the same fields of an entry: which value is right."""
        dialog = ConflictDialog(self._theme, conflict)
        if self._actions is not None:
            dialog.chosen.connect(self._actions.settled)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self.window())

    def remind(self, after_ms: int) -> None:
        """Wake the presenter after this time."""
        self._timer.start(after_ms)

    def close_entry(self) -> None:
        """It was kept."""
        if self._dialog is not None:
            self._dialog.accept()

    # -- the lists

    def set_narrow(self, narrow: bool) -> None:
        """The widths below 1200 px, and those of two columns: together they need less than makes two columns."""
        self._narrow = narrow
        for table in (self.lines, self.cares, self.events):
            table.set_narrow(narrow or bool(self._two))

    def show_rows(self, shown: TreatmentShown) -> None:
        """These, or that there are none."""
        self._lines.set_rows(shown.lines)
        self._cares.set_rows(shown.cares)
        self._events.set_rows(shown.events)
        self._line_list.show_rows(bool(shown.lines))
        self._care_list.show_rows(bool(shown.cares))
        self._event_list.show_rows(bool(shown.events))
        self._timeline.show_data(shown.timeline)
        self._notes.show_notes(shown.notes)
        self._notes_card.setVisible(bool(shown.notes))
        if shown.lines and self.lines.current() is None:
            self.lines.select_first()
        self._offer_parts()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """What one column needs: two become one before a window has to stay wide for them."""
        size = super().minimumSizeHint()
        one = max(part.minimumSizeHint().width() for part in (self._line_list, self._event_list, self._care_list))
        return QSize(min(size.width(), one + 2 * Size.PAGE + 16), size.height()) if self._two else size

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Two columns where there is room for them."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._place()

    def _lay_out(self) -> None:
        theme = self._theme
        parts = (self.add_drug, self.add_radiotherapy, self.add_transplant, self.add_line)
        self._line_list = Listed(theme, tr("Lines of treatment"), tr("No treatment is recorded."), self.lines, parts)
        self._care_list = Listed(
            theme, tr("Supportive care"), tr("No supportive care is recorded."), self.cares, (self.add_care,)
        )
        self._event_list = Listed(theme, tr("Events"), tr("No events are recorded."), self.events, (self.add_event,))
        self._timeline = TimelineCard(theme)
        self._content = QWidget()
        self._both = columns = QHBoxLayout(self._content)
        columns.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GAP)
        self._columns = QVBoxLayout(), QVBoxLayout()
        for each, share in zip(self._columns, (3, 2), strict=True):
            each.setSpacing(16)
            columns.addLayout(each, share)
        self._scroll = ScrollColumn(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self._two: bool | None = None
        self._place()
        for table in (self.lines, self.cares, self.events):
            table.current_changed.connect(lambda _row, table=table: self._follow(table))
        for button in self._adding:
            button.hide()

    def _place(self) -> None:
        two = self.width() >= WIDE
        if two is self._two:
            return
        self._two = two
        self.set_narrow(self._narrow)
        left, right = self._columns
        beside: tuple[QWidget, ...] = (self._timeline, self._notes_card, self._event_list, self._care_list)
        for part in (self._line_list, *beside):
            left.removeWidget(part)
            right.removeWidget(part)
        for column in self._columns:
            while (item := column.takeAt(0)) is not None:  # the stretch at the end
                del item
        left.addWidget(self._line_list)
        for part in beside:
            (right if two else left).addWidget(part)
        left.addStretch(1)
        self._both.setSpacing(16 if two else 0)
        self._both.setStretch(1, 2 if two else 0)
        if two:
            right.addStretch(1)

    def _follow(self, table: TableView[Any]) -> None:
        """The page scrolls so that the row with the bar is seen; parts belong to its line."""
        self._offer_parts()
        if table.hasFocus():
            rect = table.visualRect(table.currentIndex())
            place = table.viewport().mapTo(self._content, rect.center())
            self._scroll.ensureVisible(0, place.y(), 0, rect.height())

    def _offer_parts(self) -> None:
        there = self.lines.current() is not None
        for button in (self.add_drug, self.add_radiotherapy, self.add_transplant):
            button.setEnabled(there)

    def _wake(self) -> None:
        if self._actions is not None:
            self._actions.woken()

    def _closed(self) -> None:
        self._dialog = None

    def _add(self, what: What) -> None:
        row = self.lines.current()
        if self._actions is not None:
            self._actions.add(what, row.line_id if row is not None else 0)

    def _change(self, what: What, entry_id: int) -> None:
        if self._actions is not None and not self.add_line.isHidden():
            self._actions.change(what, entry_id)
