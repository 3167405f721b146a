"""One section of the form as a page: its title, its rows, what it holds beside them, and the way to the next."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.catalogue.item import Item
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.allergy_line import AllergyLine
from poems_registry.ui.screens.visit.column_label import ColumnLabel
from poems_registry.ui.screens.visit.field_box import FieldActions
from poems_registry.ui.screens.visit.form_columns import WIDE, Columns
from poems_registry.ui.screens.visit.form_row import FormRow
from poems_registry.ui.screens.visit.head_fields import HeadActions, HeadFields
from poems_registry.ui.screens.visit.keyboard import controls_in, is_stop, keyboard_within
from poems_registry.ui.screens.visit.line_tables import (
    CHANGES,
    GROUPS,
    ActionsTable,
    LineActions,
    MedicinesTable,
    ReadLines,
)
from poems_registry.ui.screens.visit.next_section import NextSection
from poems_registry.ui.screens.visit.rows import Row, SectionPlan, Special
from poems_registry.ui.screens.visit.shown import ActionShown, HeadShown, MedicineShown, RowShown
from poems_registry.ui.screens.visit.told_rows import AnyRow, DerivedRow, ReadRow
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.cards import Card, Rule
from poems_registry.ui.widgets.chips import SectionChip
from poems_registry.ui.widgets.labels import Label


class PageActions(FieldActions, HeadActions, Protocol):
    """What a person can do on a page."""

    def unchanged_section(self, code: str) -> None: ...
    def gave_allergies(self) -> None: ...


class SectionPage(QWidget):
    """Built when it is first wanted; everything it shows is handed to it."""

    next_wanted = Signal()
    reordered = Signal()

    def __init__(
        self,
        theme: Theme,
        plan: SectionPlan,
        items: Mapping[str, Item],
        actions: PageActions,
        lines: LineActions,
        *,
        read_only: bool,
    ) -> None:
        super().__init__()
        self._items, self._actions = items, actions
        self._waiting = list(plan.rows)
        self._columns, self._narrow, self._alone = WIDE, False, False
        self._theme, self.plan, self._read_only = theme, plan, read_only
        self.rows: dict[str, AnyRow] = {}
        self._row_of: dict[str, list[AnyRow]] = {}
        self.head: HeadFields | None = None
        self.medicines: MedicinesTable | None = None
        self.asked: ActionsTable | None = None
        self._read_lines: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAGE, Size.GAP, 4, Size.GAP)
        column.setSpacing(Size.GAP)
        self._card = Card(theme)
        self._card.column.setSpacing(0)
        self._last_title = Label(theme, tr("Last time"), weight=Weight.MEDIUM)
        self._last_words = ColumnLabel(theme, tone=Tone.SUB)
        self._confirm_title = QWidget()
        self._add_title()
        if plan.special is Special.HEAD:
            self.head = HeadFields(theme, actions, read_only=read_only)
            self._card.column.addWidget(self.head)
        self._rows_column = QVBoxLayout()
        self._rows_column.setSpacing(0)
        self._card.column.addLayout(self._rows_column)
        self.allergies = self._add_allergies() if plan.special is Special.MEDICINES else None
        self._add_lines(lines)
        if self.head is not None and not read_only:
            self._card.column.addWidget(self.head.discard, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._card)
        self.next = NextSection(theme)
        self.next.clicked.connect(self.next_wanted)
        column.addWidget(self.next)
        column.addStretch(1)

    def show_last_time(self, day: str, age: str) -> None:
        """The column's date and its age; values of other days bear their own. '' where nothing was ever recorded."""
        self._last_words.setText(f"{day}, {age}" if age else day)
        self._alone = not day
        self._last_column.setVisible(not self._alone)
        self._confirm_title.setVisible(not self._alone)
        self.set_columns(self._columns, narrow=self._narrow)

    def show_field(self, field: FieldShown) -> None:
        """A field of this page."""
        for row in self._row_of.get(field.code, ()):
            row.show_field(field)

    def show_row(self, row: RowShown) -> None:
        """A row of this page, if it is made."""
        if row.key in self.rows:
            self.rows[row.key].show_row(row)

    def show_head(self, head: HeadShown) -> None:
        """The visit's own fields, if they stand here."""
        if self.head is not None:
            self.head.show_head(head)
        if self.allergies is not None:
            self.allergies.show_words(head.allergies)

    def show_medicines(self, lines: tuple[MedicineShown, ...], focus: int | None) -> None:
        """The medicines, if they stand here."""
        if self.medicines is not None:
            self.medicines.show_lines(lines, focus)
        elif self.plan.special is Special.MEDICINES:
            told = tuple(_medicine_words(m) for m in lines)
            self._show_read_lines(ReadLines(self._theme, tr("Medicines"), told))

    def show_actions(self, lines: tuple[ActionShown, ...], focus: int | None) -> None:
        """The asked actions, if they stand here."""
        if self.asked is not None:
            self.asked.show_lines(lines, focus)
        elif self.plan.special is Special.ACTIONS:
            told = tuple(_action_words(a) for a in lines)
            self._show_read_lines(ReadLines(self._theme, tr("Actions asked for"), told))

    def set_columns(self, columns: Columns, *, narrow: bool) -> None:
        """Other widths, as the window got wider or narrower."""
        self._columns, self._narrow = columns, narrow
        columns = columns.alone() if self._alone else columns
        for row in self.rows.values():
            row.set_columns(columns, narrow=narrow)
        if self.head is not None:
            self.head.set_columns(columns)
        self._last_column.setFixedWidth(columns.last)
        self._last_words.set_room(columns.last)
        self._confirm_title.setFixedWidth(columns.confirm)
        self._title_row.setSpacing(columns.gap)

    def focus_field(self, code: str) -> bool:
        """Put the keyboard into a field; False if it is not here or not asked now."""
        if self.head is not None and self.head.focus_field(code):
            return True
        return any(isinstance(row, FormRow) and row.focus_field(code) for row in self._row_of.get(code, ()))

    def first_stop(self) -> QWidget | None:
        """The first control of the page in reading order."""
        seen = (c for c in self.controls() if is_stop(c) and c.isVisibleTo(self) and c.isEnabled())
        return next(seen, None)

    def row_with_focus(self) -> FormRow | None:
        """The row in which the keyboard is."""
        rows = [row for row in self.rows.values() if isinstance(row, FormRow)]
        return next((row for row in rows if keyboard_within(row)), None)

    def controls(self) -> list[QWidget]:
        """Every control of the page, in reading order."""
        parts: list[QWidget] = [*([self.head] if self.head is not None else ()), *self.rows.values()]
        found = [control for part in parts for control in controls_in(part)]
        found += controls_in(self.allergies) if self.allergies is not None else []
        for table in (self.medicines, self.asked):
            found += table.controls() if table is not None else []
        discard = [self.head.discard] if self.head is not None and not self._read_only else []
        return [*found, *discard, self.next]

    def _add_title(self) -> None:
        self._title_row = QHBoxLayout()
        if self.plan.letter:
            self._title_row.addWidget(SectionChip(self._theme, self.plan.letter))
        title = Label(self._theme, self.plan.title, size=Size.HEADING, weight=Weight.MEDIUM)
        self._title_row.addWidget(title, 1)
        self._last_column = _two(self._last_title, self._last_words)
        self._title_row.addWidget(self._last_column)
        every = Button(self._theme, tr("All still blank"), Kind.LINK, said=tr("Confirm all that is still blank"))
        every.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+Shift+U
        every.setToolTip(tr("Last time's value again in every row of this section that is still blank (Alt+Shift+U)"))
        every.clicked.connect(lambda: self._actions.unchanged_section(self.plan.code))
        self._confirm_title = _two(Label(self._theme, tr("Confirm, Alt+U"), weight=Weight.MEDIUM), every)
        self._title_row.addWidget(self._confirm_title)
        self._card.column.addLayout(self._title_row)
        confirmable = any(row.confirmable for row in self.plan.rows) and not self._read_only
        for part in self._confirm_title.findChildren(QWidget):
            part.setVisible(confirmable)
        has_last = bool(self.plan.rows) and self.plan.special is not Special.ACTIONS
        self._last_title.setVisible(has_last)
        self._last_words.setVisible(has_last)
        self._card.column.addSpacing(8)
        self._card.column.addWidget(Rule(self._theme))
        self._card.column.addSpacing(4)

    def build_rows(self, count: int = 1000) -> tuple[Row, ...]:
        """Make the next rows, as many as `count`; gives those that are new. A long page is made in several goes."""
        new, self._waiting = tuple(self._waiting[:count]), self._waiting[count:]
        for row in new:
            made = self._make(row)
            self.rows[row.key] = made
            for part in row.parts:
                self._row_of.setdefault(part.code, []).append(made)
            self._rows_column.addWidget(made)
            made.set_columns(self._columns.alone() if self._alone else self._columns, narrow=self._narrow)
        return new

    @property
    def complete(self) -> bool:
        """Whether every row is made."""
        return not self._waiting

    def _make(self, row: Row) -> AnyRow:
        if row.derived:
            return DerivedRow(self._theme, row, self._card)
        if self._read_only:
            return ReadRow(self._theme, row, self._card)
        return FormRow(self._theme, row, self._items, self._actions, self._card)

    def _add_allergies(self) -> AllergyLine:
        line = AllergyLine(self._theme, read_only=self._read_only)
        line.wanted.connect(self._actions.gave_allergies)
        self._card.column.addWidget(line)
        return line

    def _add_lines(self, lines: LineActions) -> None:
        if self._read_only:
            return
        if self.plan.special is Special.MEDICINES:
            self.medicines = MedicinesTable(self._theme, lines)
            self.medicines.reordered.connect(self.reordered)
            self._card.column.addWidget(self.medicines)
        if self.plan.special is Special.ACTIONS:
            self.asked = ActionsTable(self._theme, lines)
            self.asked.reordered.connect(self.reordered)
            self._card.column.addWidget(self.asked)

    def _show_read_lines(self, lines: QWidget) -> None:
        if self._read_lines is not None:
            self._read_lines.hide()
            self._read_lines.deleteLater()
        self._read_lines = lines
        self._card.column.addWidget(lines)


def _two(upper: QWidget, lower: QWidget) -> QWidget:
    """A column's title of two lines."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(upper)
    column.addWidget(lower)
    return made


def _medicine_words(m: MedicineShown) -> str:
    change = tr(dict(CHANGES)[m.change]).lower()
    return ", ".join(part for part in (m.name, m.dose, m.route, change, m.why, m.when, m.supply) if part)


def _action_words(a: ActionShown) -> str:
    return f"{tr(dict(GROUPS)[a.group])}: " + ", ".join(part for part in (a.what, a.who, a.by_when) if part)
