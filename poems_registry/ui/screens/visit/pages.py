"""The pages of a visit, one open at a time, each built when it is first wanted and then kept up to date."""

from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from poems_registry.catalogue.book import Catalogue
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.screens.visit.form_columns import WIDE, Columns
from poems_registry.ui.screens.visit.form_row import FormRow
from poems_registry.ui.screens.visit.keyboard import keyboard_at
from poems_registry.ui.screens.visit.line_tables import LineActions
from poems_registry.ui.screens.visit.rows import SectionPlan, Special
from poems_registry.ui.screens.visit.section_page import PageActions, SectionPage
from poems_registry.ui.screens.visit.shown import (
    ActionShown,
    HeadShown,
    MedicineShown,
    RowShown,
    SectionShown,
    VisitShown,
)
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.cards import ScrollColumn

AT_ONCE, A_FEW = 13, 2
"""Rows that fill the screen are made before a page is shown, the others a few at a time."""


class AllActions(PageActions, Protocol):
    """What a person can do on any page."""

    @property
    def lines(self) -> LineActions: ...


class Pages(QStackedWidget):
    """Holds what each field shows, so that a page built later shows the same."""

    opened = Signal(str)
    reordered = Signal()

    def __init__(self, theme: Theme, catalogue: Catalogue) -> None:
        super().__init__()
        self._theme, self._catalogue = theme, catalogue
        self._actions: AllActions | None = None
        self._visit: VisitShown | None = None
        self._columns, self._narrow = WIDE, False
        self._plans: dict[str, SectionPlan] = {}
        self._order: list[str] = []
        self._section_of: dict[str, str] = {}
        self._built: dict[str, SectionPage] = {}
        self._areas: dict[str, ScrollColumn] = {}
        self._fields: dict[str, FieldShown] = {}
        self._rows: dict[str, RowShown] = {}
        self._sections: dict[str, SectionShown] = {}
        self._medicines: tuple[MedicineShown, ...] = ()
        self._asked: tuple[ActionShown, ...] = ()
        self._head: HeadShown = HeadShown()
        self._now = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(8)
        self._later.timeout.connect(self._build_more)

    def attend(self, actions: AllActions) -> None:
        """Whom the fields tell."""
        self._actions = actions

    def show_plans(self, visit: VisitShown) -> None:
        """Another visit: no page is built yet."""
        self._later.stop()
        for old in self._areas.values():
            self.removeWidget(old)
            old.deleteLater()
        self._forget()
        self._visit = visit
        self._plans = {plan.code: plan for plan in visit.plans}
        self._order = list(self._plans)
        self._section_of = {
            part.code: plan.code for plan in reversed(visit.plans) for row in plan.rows for part in row.parts
        }
        self._head = visit.head

    def show_field(self, field: FieldShown) -> None:
        """Keep it, and show it if its page is built."""
        self._fields[field.code] = field
        for page in self._built.values():
            page.show_field(field)

    def show_row(self, row: RowShown) -> None:
        """Keep it, and show it if its page is built."""
        self._rows[row.key] = row
        for page in self._built.values():
            if row.key in page.rows:
                page.show_row(row)

    def show_head(self, head: HeadShown) -> None:
        """The visit's own fields."""
        self._head = head
        for page in self._built.values():
            page.show_head(head)

    def show_section(self, section: SectionShown) -> None:
        """How the section stood last time is told on the page before it."""
        self._sections[section.code] = section
        place = self._order.index(section.code)
        before = self._built.get(self._order[place - 1]) if place else None
        if before is not None:
            self._show_next(before)

    def show_medicines(self, lines: tuple[MedicineShown, ...], focus: int | None) -> None:
        """All lines of the medicines."""
        self._medicines = lines
        for page in self._built.values():
            page.show_medicines(lines, focus)

    def show_medicine(self, place: int, line: MedicineShown) -> None:
        """One of them."""
        self._medicines = (*self._medicines[:place], line, *self._medicines[place + 1 :])
        for page in self._built.values():
            if page.medicines is not None:
                page.medicines.show_line(place, line)

    def show_actions(self, lines: tuple[ActionShown, ...], focus: int | None) -> None:
        """All asked actions."""
        self._asked = lines
        for page in self._built.values():
            page.show_actions(lines, focus)

    def set_columns(self, columns: Columns, *, narrow: bool) -> None:
        """Other widths."""
        if (columns, narrow) == (self._columns, self._narrow):
            return
        self._columns, self._narrow = columns, narrow
        for page in self._built.values():
            page.set_columns(columns, narrow=narrow)

    def open_section(self, code: str) -> None:
        """Show a section and put the keyboard into its first field."""
        page = self._open(code)
        if page is None:
            return
        reading = self._visit is not None and self._visit.read_only
        first = self._areas[code] if reading else page.first_stop()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, self, self._see_the_keyboard)

    def open_next(self) -> None:
        """The section after the one that is open."""
        self._step(1)

    def open_previous(self) -> None:
        """The section before it."""
        self._step(-1)

    def go_to(self, code: str) -> None:
        """The field's section, then the field; medicines and actions go to the line that needs correction."""
        special = {"medicines": Special.MEDICINES, "actions": Special.ACTIONS}.get(code)
        if special is not None:
            found = next((p.code for p in self._plans.values() if p.special is special), "")
            page = self._open(found)
            table = (page.medicines or page.asked) if page is not None else None
            if table is not None:
                table.first_stop().setFocus(Qt.FocusReason.TabFocusReason)
            QTimer.singleShot(0, self, self._see_the_keyboard)
            return
        head = next((p.code for p in self._plans.values() if p.special is Special.HEAD), "")
        page = self._open(self._section_of.get(code, head))
        if page is not None and not self._whole(page).focus_field(code):
            first = page.first_stop()
            if first is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, self, self._see_the_keyboard)

    def go_to_start(self) -> None:
        """The first section."""
        if self._order:
            self.open_section(self._order[0])

    def open_details(self) -> None:
        """F4 on the row in which the keyboard is."""
        row = self.row_with_focus()
        page = self._built.get(self._now)
        if row is not None:
            row.open_details()
        elif page is not None and page.medicines is not None:
            page.medicines.open_details()

    def open_tasks(self) -> None:
        """Alt+T: the tasks of the row in which the keyboard is, or back from them to the grade."""
        row = self.row_with_focus()
        if row is not None and row.tasks is not None:
            row.tasks.toggle()
            QTimer.singleShot(0, self, self._see_the_tasks)

    def row_with_focus(self) -> FormRow | None:
        """The row in which the keyboard is."""
        page = self._built.get(self._now)
        return page.row_with_focus() if page is not None else None

    @property
    def now(self) -> str:
        """The code of the section that is open."""
        return self._now

    def sections(self) -> tuple[str, ...]:
        """The codes of the sections, in their order."""
        return tuple(self._order)

    def section_of(self, code: str) -> str:
        """Where an item is asked; empty for one that is not."""
        return self._section_of.get(code, "")

    def codes(self) -> tuple[str, ...]:
        """The items whose values have a field, in the order of the form."""
        return tuple(code for plan in self._plans.values() for row in plan.rows for code in row.codes)

    def page(self, code: str) -> SectionPage:
        """A page that was opened before. KeyError for another."""
        return self._built[code]

    def finish_building(self) -> None:
        """Make what is left of the page that is open."""
        page = self._built.get(self._now)
        if page is not None:
            self._whole(page)

    def controls(self) -> list[QWidget]:
        """Every control of the page that is open, in reading order."""
        page = self._built.get(self._now)
        return page.controls() if page is not None else []

    def _forget(self) -> None:
        self._plans, self._order, self._section_of = {}, [], {}
        self._built, self._areas = {}, {}
        self._fields, self._rows, self._sections = {}, {}, {}
        self._medicines, self._asked = (), ()
        self._head, self._now = HeadShown(), ""

    def _step(self, by: int) -> None:
        if self._now in self._order:
            place = self._order.index(self._now) + by
            if 0 <= place < len(self._order):
                self.open_section(self._order[place])

    def _open(self, code: str) -> SectionPage | None:
        if code not in self._plans:
            return None
        page = self._built.get(code) or self._build(code)
        self.setCurrentWidget(self._areas[code])
        self._now = code
        self.reordered.emit()
        self.opened.emit(code)
        return page

    def _build(self, code: str) -> SectionPage | None:
        visit, actions = self._visit, self._actions
        if visit is None or actions is None:
            return None
        page = SectionPage(
            self._theme, self._plans[code], self._catalogue.items, actions, actions.lines, read_only=visit.read_only
        )
        area = ScrollColumn(page)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # its coming and going would move columns
        if visit.read_only:  # nothing in it is typed into: the arrow keys scroll
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            area.setAccessibleName(self._plans[code].title)
        self.addWidget(area)
        self._built[code], self._areas[code] = page, area
        page.set_columns(self._columns, narrow=self._narrow)
        page.show_last_time(visit.last_time, visit.last_age)
        self._build_rows(page, AT_ONCE)
        page.show_head(self._head)
        page.show_medicines(self._medicines, None)
        page.show_actions(self._asked, None)
        page.next_wanted.connect(self.open_next)  # at once: keys typed behind Return are for the next section
        self._show_next(page)
        page.reordered.connect(self.reordered)
        return page

    def _build_rows(self, page: SectionPage, count: int) -> None:
        """Make rows and show what stands in them."""
        for row in page.build_rows(count):
            for part in row.parts:
                if part.code in self._fields:
                    page.show_field(self._fields[part.code])
            if row.key in self._rows:
                page.show_row(self._rows[row.key])
        if not page.complete:
            self._later.start()
        elif page.plan.code == self._now:
            self.reordered.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Who is faster than the page is made never leaves it from a row that is not its last."""
        self.finish_building()
        return bool(super().focusNextPrevChild(forward))

    def _build_more(self) -> None:
        """A few rows of the page that is open, then of the others that were begun; the keyboard is served between."""
        unfinished = [p for p in self._built.values() if not p.complete]
        unfinished.sort(key=lambda p: p.plan.code != self._now)
        if unfinished:
            self._build_rows(unfinished[0], A_FEW)

    def _show_next(self, page: SectionPage) -> None:
        place = self._order.index(page.plan.code) + 1
        if place >= len(self._order):
            page.next.show_section("", "", "")
            return
        plan = self._plans[self._order[place]]
        section = self._sections.get(plan.code)
        page.next.show_section(plan.letter, plan.title, section.last if section is not None else "")

    def _see_the_tasks(self) -> None:
        """Scroll to the whole sheet as far as it fits, then to the field."""
        area, row = self._areas.get(self._now), self.row_with_focus()
        if area is not None and row is not None:
            area.ensureWidgetVisible(row, 0, 8)
        self._see_the_keyboard()

    def _see_the_keyboard(self) -> None:
        """Scroll to the field that has the keyboard, once everything has its place."""
        area, focus = self._areas.get(self._now), keyboard_at(self)
        if area is not None and focus is not None and area.isAncestorOf(focus):
            area.ensureWidgetVisible(focus, 0, 48)

    def _whole(self, page: SectionPage) -> SectionPage:
        """A page all of whose rows are made."""
        if not page.complete:
            self._build_rows(page, len(page.plan.rows))
        return page
