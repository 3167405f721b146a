"""The list of patients: search, filter chips, the table, its legend; shows and passes on, decides nothing."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.patients.legend import Legend
from poems_registry.ui.screens.patients.rows import COLUMNS, ListRow, Named
from poems_registry.ui.screens.patients.saved_view import SavedActions, SavedButton
from poems_registry.ui.tables.cells import Cell
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.fields import SearchBox
from poems_registry.ui.widgets.filter_chip import FilterChip
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import MessageBar

WIDTHS = {
    # column: title, width, width below 1200 pixels (0 hides it), can be sorted
    "name": ("Patient", 280, 280, True),
    "features": ("Features", 133, 133, False),
    "diagnosis": ("Diagnosis", 126, 126, True),
    "treatment": ("Treatment now", 135, 0, True),
    "last_visit": ("Last visit", 100, 100, True),
    "next_due": ("Next due", 174, 174, True),
    "vegf": ("VEGF, pg/mL", 142, 0, True),
    "letter": ("Letter", 84, 84, True),
}


SHARES = {"name": 1, "diagnosis": 2, "treatment": 4, "next_due": 1}
"""How room that is left over is shared out: most to the words that would else go on in further lines."""


class PatientsTable(TableView[ListRow]):
    """The list with its room shared out among the columns that are shown."""

    def fit(self) -> None:
        """Each column its width, then what is left over."""
        super().fit()
        shown = {COLUMNS.index(code): share for code, share in SHARES.items()}
        shown = {place: share for place, share in shown.items() if not self.isColumnHidden(place)}
        spare = self.viewport().width() - self.horizontalHeader().length()
        if spare <= 0 or not shown:
            return
        for place, share in shown.items():
            self.setColumnWidth(place, self.columnWidth(place) + spare * share // sum(shown.values()))
        self._fit_all_rows()


class PatientsActions(Protocol):
    """What a person can do here."""

    def typed(self, query: str) -> None: ...
    def filtered(self, code: str, on: bool) -> None: ...
    def sort(self, column: str, descending: bool) -> None: ...
    def more(self) -> None: ...
    def everyone(self) -> None: ...
    def opened(self, patient_id: int) -> None: ...
    def entered(self, patient_id: int) -> None: ...
    def add(self) -> None: ...


class PatientsScreen(QWidget):
    """Search and main action above, filters, the table in its card, the legend below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: PatientsActions | None = None
        self._hidden: frozenset[str] = frozenset()
        self._narrow = False
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar = MessageBar(theme)
        self._counts = Label(theme, tone=Tone.SUB)
        self.search = SearchBox(
            theme,
            tr("Find a patient"),
            tr("Name, NHS number, hospital number or birth date"),
            tr("Name, number or birth date"),
        )
        self.search.setMaximumWidth(412)
        self._add = Button(theme, tr("Add patient"), Kind.PRIMARY, icon="user-plus", hint="Ctrl+N")
        self._chips: dict[str, FilterChip] = {}
        self._filters = FlowRow()
        self.saved = SavedButton(theme)
        self._model: RowsModel[ListRow] = RowsModel([_column(code) for code in COLUMNS], key=_key, hatched=_deceased)
        self.table = PatientsTable(theme, self._model, tr("Patients"))
        self._card = TableCard(theme, self.table)
        self._nobody = EmptyState(theme, "users", "", "", self._first_patient())
        self._nothing = EmptyState(theme, "search", "", "", self._take_away())
        self._legend = Legend(theme)
        self._lay_out()
        self._wire()
        self.show_empty("", "", "")

    def attend(self, actions: PatientsActions) -> None:
        """Pass on to these from now on; the list is sorted by name first."""
        self._actions = actions
        self.search.textEdited.connect(actions.typed)
        self._model.sort_outside(self._sort)
        self._model.sort(0)

    def show_columns(self, hidden: frozenset[str], words: str) -> None:
        """Columns that this person's role does not see, and a sentence that says so."""
        self._hidden = hidden
        self._legend.explain(words)
        self._fit()

    def offer_filters(self, filters: Sequence[tuple[str, str]]) -> None:
        """The chips: code and word."""
        for old in self._chips.values():
            old.hide()
            old.deleteLater()
        self._chips = {code: FilterChip(self._theme, words) for code, words in filters}
        for code, chip in self._chips.items():
            chip.toggled.connect(partial(self._filter, code))
            self._filters.add(chip)
        order = [self._add, *self._chips.values(), self.table]
        for before, after in pairwise(order):  # the chips came last, but are read before the table
            QWidget.setTabOrder(before, after)

    def show_rows(self, rows: Sequence[ListRow], more: bool, bar_on_first: bool) -> None:
        """These patients; `more` when there are further ones than these."""
        self._model.set_rows(rows)
        self._model.set_more(self._fetch if more else None)
        if bar_on_first:
            self.table.select_first()

    def screenful(self) -> int:
        """How many patients the list shows without scrolling."""
        return self.table.screenful()

    def rows(self) -> tuple[ListRow, ...]:
        """The patients that are shown, in order."""
        return self._model.records()

    def add_rows(self, rows: Sequence[ListRow], more: bool) -> None:
        """Further patients below those that are shown."""
        self._model.append_rows(rows)
        self._model.set_more(self._fetch if more else None)

    def show_counts(self, words: str, filters: Mapping[str, int]) -> None:
        """How many there are, and how many each filter would leave."""
        self._counts.setText(words)
        for code, chip in self._chips.items():
            chip.show_count(filters.get(code))

    def show_empty(self, kind: str, title: str, words: str) -> None:
        """Why there is nothing to show: 'nobody' yet, or 'nothing' found; '' shows the list."""
        self._card.setVisible(not kind)
        self._legend.setVisible(not kind)
        for name, page in (("nobody", self._nobody), ("nothing", self._nothing)):
            page.setVisible(kind == name)
            if kind == name:
                page.show_words(title, words)

    def allow_adding(self, allowed: bool) -> None:
        """Whether this person may add patients here."""
        self._add.setVisible(allowed)
        self._first.setVisible(allowed)

    def clear_search(self) -> None:
        """Empty the search box and switch all filters off, telling nobody."""
        self._set("", frozenset())

    def show_chosen(self, query: str, filters: frozenset[str], column: str, *, descending: bool) -> None:
        """What the list is set to by somebody else, telling nobody."""
        self._set(query, filters)
        self._model.show_order(COLUMNS.index(column), descending=descending)

    def _set(self, query: str, filters: frozenset[str]) -> None:
        self.search.setText(query)
        for code, chip in self._chips.items():
            chip.blockSignals(True)
            chip.setChecked(code in filters)
            chip.blockSignals(False)
            chip.updateGeometry()
            chip.update()

    # -- saved filters

    def attend_saved(self, actions: SavedActions, *, may_change: bool) -> None:
        """Pass on to these what is done with named filters."""
        self.saved.attend(actions)
        self.saved.allow_changes(may_change)

    def show_saved(self, named: Named) -> None:
        """A person's named filters."""
        self.saved.show_saved(named)

    def refuse_name(self, words: str) -> None:
        """Why a filter was not kept."""
        self.saved.refuse_name(words)

    def name_taken_up(self) -> None:
        """It was kept."""
        self.saved.name_taken_up()

    def focus_search(self) -> None:
        """Ready to type; what stands there is replaced by the first key."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def say(self, message: Message | None) -> None:
        """Why the list cannot be shown."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Below 1200 pixels of window two columns give way."""
        super().resizeEvent(event)
        window = self.window()
        self._narrow = window.width() < Size.NARROW_BELOW
        self._fit()

    def _fit(self) -> None:
        self.table.set_narrow(self._narrow)
        self.table.hide_columns({COLUMNS.index(code) for code in self._hidden})
        self._add.set_hint("" if self._narrow else "Ctrl+N")
        self.saved.set_short(short=self._narrow)
        titles = [tr(WIDTHS[code][0]).split(",")[0] for code in COLUMNS if not WIDTHS[code][2]]
        gone = ", ".join(title for title in titles) if self._narrow and not self._hidden else ""
        self._legend.fit(
            features="features" not in self._hidden, vegf="vegf" not in self._hidden and not gone, gone=gone
        )

    def _lay_out(self) -> None:
        title = Label(self._theme, tr("Patients"), size=Size.BIG, weight=Weight.SEMIBOLD)
        head = QHBoxLayout()
        head.setSpacing(Size.GAP)
        head.addWidget(title)
        head.addWidget(self._counts)
        head.addStretch(1)
        head.addWidget(self.search, 3)
        head.addWidget(self.saved)
        head.addWidget(self._add)
        page = QVBoxLayout()
        page.setContentsMargins(Size.PAGE, Size.PAGE, Size.PAGE, Size.GRID)
        page.setSpacing(Size.GAP)
        page.addLayout(head)
        page.addWidget(self._filters)
        page.addWidget(self._card, 1)
        page.addWidget(self._nobody)
        page.addWidget(self._nothing)
        page.addWidget(self._legend)
        self._rest = QWidget()
        page.addWidget(self._rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(page, 1)

    def _wire(self) -> None:
        self._add.clicked.connect(self._ask_add)
        self.search.down.connect(self._into_list)
        self.search.opened.connect(self._enter)
        self.table.opened.connect(self._open)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (("Ctrl+N", self._ask_add), ("Ctrl+F", self.focus_search))
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _first_patient(self) -> Button:
        self._first = Button(self._theme, tr("Add patient"), Kind.PRIMARY, icon="user-plus")
        self._first.clicked.connect(self._ask_add)
        return self._first

    def _take_away(self) -> Button:
        button = Button(self._theme, tr("Show everyone"), Kind.SECONDARY)
        button.clicked.connect(self._ask_everyone)
        return button

    def _sort(self, column: int, descending: bool) -> None:
        if self._actions is not None:
            self._actions.sort(COLUMNS[column], descending)

    def _filter(self, code: str, on: bool) -> None:
        if self._actions is not None:
            self._actions.filtered(code, on)

    def _fetch(self) -> None:
        if self._actions is not None:
            self._actions.more()

    def _into_list(self) -> None:
        if self.table.current() is None:
            self.table.select_first()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _enter(self) -> None:
        row = self.table.current()
        if self._actions is not None:
            self._actions.entered(row.id if row is not None else 0)

    def _open(self, row: ListRow) -> None:
        if self._actions is not None:
            self._actions.opened(row.id)

    def _ask_add(self) -> None:
        if self._actions is not None:
            self._actions.add()

    def _ask_everyone(self) -> None:
        if self._actions is not None:
            self._actions.everyone()


def _column(code: str) -> Column[ListRow]:
    title, width, narrow, sorts = WIDTHS[code]

    def text(row: ListRow) -> str:
        return row.said(code)

    def cell(row: ListRow) -> Cell:
        return row.cells[code]

    made: Column[ListRow] = Column(tr(title), text, _unsorted if sorts else None, cell, width, narrow)
    return made


def _unsorted(_: ListRow) -> None:
    """The registry sorts: only a part of the patients may be here."""


def _key(row: ListRow) -> int:
    return row.id


def _deceased(row: ListRow) -> bool:
    return row.deceased
