"""The page of results: which tests, the grid, what is typed into it, and everything about the result in hand."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.domain.findings import State
from poems_registry.ui.field_shown import Detail, FieldShown
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.record.results.correct_dialog import CorrectActions
from poems_registry.ui.screens.record.results.entry_head import EntryHead
from poems_registry.ui.screens.record.results.paste_dialog import PasteActions
from poems_registry.ui.screens.record.results.questions import Questions
from poems_registry.ui.screens.record.results.sheet_shown import ColumnShown, InHand
from poems_registry.ui.screens.record.results.strip import DetailStrip
from poems_registry.ui.screens.record.results.table import ResultsTable
from poems_registry.ui.screens.record.results.telling import Choice, Grid
from poems_registry.ui.tables.view import TableCard
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import secondary
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.filter_chip import FilterChip
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.message import Action, MessageBar

CHOICES = ((Choice.ALL, "All tests"), (Choice.CLONE, "VEGF and clone"), (Choice.ABNORMAL, "Only abnormal"))

CLOSE = 4  # pixels between the parts where a line more stands among them, so that the smallest screen holds it


class EntryActions(Protocol):
    """What a person can do to the column being typed."""

    def begin(self) -> None: ...
    def discard(self) -> None: ...
    def save(self) -> None: ...
    def woken(self) -> None: ...
    def at(self, code: str) -> None: ...
    def typed(self, code: str, text: str) -> None: ...
    def settled(self, code: str) -> bool: ...
    def confirm(self, code: str) -> None: ...
    def state(self, code: str, state: State) -> None: ...
    def clear(self, code: str) -> None: ...
    def beside(self, code: str, which: Detail, text: str) -> None: ...
    def unit(self, code: str, unit: str) -> None: ...
    def take_limits(self, code: str) -> None: ...
    def flag(self, code: str, answer: str) -> None: ...
    def day(self, text: str) -> None: ...
    def late(self, text: str) -> None: ...
    def find(self, text: str) -> tuple[str, ...]: ...


class ResultsPage(QWidget):
    """`chosen` tells which tests a person wants to see; `asked` are the questions that come over the page."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: EntryActions | None = None
        self._held = ""
        self._grid, self._choice, self._narrow = Grid((), ()), Choice.ALL, False
        self.table = ResultsTable(theme)
        self._card = TableCard(theme, self.table)
        self._counts = Label(theme, tone=Tone.SUB)
        self.chips = {choice: FilterChip(theme, tr(words)) for choice, words in CHOICES}
        self._said = IconLabel(theme, "info", "", tone=Tone.SUB, wrap=True)
        self._note = Label(theme, tr("* converted from the unit reported"), tone=Tone.SUB)
        words = tr("Results stand here once they are recorded at a visit, typed here or imported.")
        self._empty = EmptyState(theme, "flask-conical", tr("No results here"), words)
        self.add = secondary(theme, tr("Add results"), icon="plus", hint="Ctrl+N")
        self.add.hide()
        self.paste = secondary(theme, tr("Paste"), icon="table-2", hint="Ctrl+V",
                               said=tr("Paste results from a spreadsheet"))  # fmt: skip
        self.paste.hide()
        self._pasting: PasteActions | None = None
        self.asked = Questions(theme, self)
        self.entry_head = EntryHead(theme)
        self.strip = DetailStrip(theme)
        self._bar, self._left = MessageBar(theme), MessageBar(theme, Tone.AMBER)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._build()
        self.table.said.connect(self._said.setText)
        self.setFocusProxy(self.table)

    def _build(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(Size.GRID)
        head.addWidget(Label(self._theme, tr("Results"), size=Size.HEADING, weight=Weight.SEMIBOLD))
        head.addSpacing(Size.GRID)
        for choice, chip in self.chips.items():
            head.addWidget(chip)
            chip.clicked.connect(lambda _checked=False, code=choice.value: self.chosen.emit(code))
        head.addStretch(1)
        head.addWidget(self._counts)
        head.addWidget(self.paste)
        head.addWidget(self.add)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self._said, 1)
        foot.addWidget(self._note)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GRID)
        self._set_close(False)
        lefts = (self._left, self.asked.left_paste, self.asked.left_correct)
        for part in (self._head, self.entry_head, *lefts, self._bar):
            column.addWidget(part)
        column.addWidget(self._card, 1)
        column.addWidget(self._empty)
        column.addWidget(self._foot)
        column.addWidget(self.strip)
        self._rest = QWidget()
        column.addWidget(self._rest)
        self.entry_head.hide()
        self.strip.hide()

    def _set_close(self, close: bool) -> None:
        self._column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GRID)
        self._column.setSpacing(CLOSE if close else Size.GRID)

    def attend(self, actions: EntryActions) -> None:
        """Pass on to these what is typed."""
        self._actions = actions
        self.add.clicked.connect(lambda: actions.begin())  # noqa: PLW0108 - holds the presenter
        self._timer.timeout.connect(lambda: actions.woken())  # noqa: PLW0108
        table, head, strip = self.table, self.entry_head, self.strip
        table.at.connect(lambda code: actions.at(code))  # noqa: PLW0108
        table.typed.connect(lambda code, text: actions.typed(code, text))  # noqa: PLW0108
        table.given.connect(lambda code, state: actions.state(code, State(state)))
        table.cleared.connect(lambda code: actions.clear(code))  # noqa: PLW0108
        table.beside.connect(strip.begin)
        table.ask = self._may_go_on
        head.dated.connect(lambda text: actions.day(text))  # noqa: PLW0108
        head.explained.connect(lambda text: actions.late(text))  # noqa: PLW0108
        head.sought.connect(lambda text: actions.find(text))  # noqa: PLW0108
        head.on.connect(lambda: table.setFocus(Qt.FocusReason.OtherFocusReason))
        head.saved.connect(lambda: actions.save())  # noqa: PLW0108
        head.discarded.connect(lambda: actions.discard())  # noqa: PLW0108
        strip.gave.connect(lambda which, text: actions.beside(table.code_in_hand, Detail(which), text))
        strip.unit_chosen.connect(lambda unit: actions.unit(table.code_in_hand, unit))
        strip.answered.connect(lambda code, answer: actions.flag(code, answer))  # noqa: PLW0108
        strip.stated.connect(lambda state: actions.state(table.code_in_hand, State(state)))
        strip.confirmed.connect(lambda: actions.confirm(table.code_in_hand))
        strip.limits_taken.connect(lambda: actions.take_limits(table.code_in_hand))
        for keys, act in (("Ctrl+N", actions.begin), ("Ctrl+S", actions.save), ("Ctrl+F", self._seek)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda do=act: do())

    def attend_questions(self, actions: PasteActions, correcting: CorrectActions) -> None:
        """Pass on to these a block from the clipboard, and a recorded result that is to be corrected."""
        self._pasting = actions
        self.asked.attend(actions, correcting)
        self.table.opened.connect(lambda encounter_id, code: correcting.open(encounter_id, code))  # noqa: PLW0108
        self.paste.clicked.connect(self._paste_block)
        shortcut = QShortcut(QKeySequence("Ctrl+V"), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._paste_block)

    def _paste_block(self) -> None:
        if self._pasting is not None and not self.table.grid_model.typing:
            self._pasting.begin(QApplication.clipboard().text())

    def tell_signed(self, words: str, encounter_id: int) -> None:
        """Why a result is not changed here, and the way to where it is."""
        way = Action(tr("Open the visit"), lambda: self.asked.go_to_visit(encounter_id))
        self._left.say(words, "", (way, Action(tr("Close message"), self._left.clear, "x")))

    def _seek(self) -> None:
        if self.table.grid_model.typing:
            self.entry_head.seek.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.entry_head.seek.selectAll()

    def _may_go_on(self, code: str) -> bool:
        """The first Return at something wrong or unusual shows the words; at something unusual the second confirms."""
        if self._actions is None or self._actions.settled(code):
            self._held = ""
            return True
        if self._held == code:
            self._held = ""
            self._actions.confirm(code)
            return self._actions.settled(code)
        self._held = code
        return False

    # -- what is recorded

    def show_grid(self, grid: Grid, choice: Choice, *, newest: bool) -> None:
        """Other tests, or those of another record; while one types, it is shown afterwards."""
        self._grid, self._choice = grid, choice
        if not self.table.grid_model.typing:
            self._show_recorded(newest=newest)

    def _show_recorded(self, *, newest: bool) -> None:
        grid = self._grid
        for each, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(each is self._choice)
            chip.blockSignals(False)
            chip.updateGeometry()
            chip.update()
        there = bool(grid.rows)
        self._card.setVisible(there)
        self._empty.setVisible(not there)
        self._foot.setVisible(there)
        self._rest.setVisible(False)
        self._note.setVisible(any(cell.converted for row in grid.rows for cell in row.cells))
        tests = tr_count("{count} test", "{count} tests", grid.tests)
        dates = tr_count("{count} date", "{count} dates", len(grid.dates))
        self._counts.setText(tr("{tests}, {dates}, newest at the right", tests=tests, dates=dates) if there else "")
        self.table.show_grid(grid, newest=newest)

    def set_narrow(self, narrow: bool) -> None:
        """The form below 1200 px."""
        self._narrow = narrow
        self.table.set_narrow(narrow)
        self.strip.set_narrow(narrow)
        self._counts.setVisible(not narrow)

    # -- what is typed

    def allow_entry(self, allowed: bool) -> None:
        """Whether this person may record results here."""
        self.add.setVisible(allowed)
        self.paste.setVisible(allowed)

    def offer_kept(self, words: str) -> None:
        """What was typed before and not saved, with the ways to go on; nothing with no words."""
        if not words or self._actions is None:
            self._left.clear()
            return
        actions = self._actions
        ways = (Action(tr("Go on"), actions.begin), Action(tr("Discard"), actions.discard))
        self._left.say(words, tr("It counts nowhere until it is saved."), ways)

    def show_entry(self, shown: ColumnShown, grid: Grid, typed: Mapping[str, FieldShown], at: str) -> None:
        """A column to type into, at the right of everything recorded."""
        for part in (self._head, self._foot, self._empty):
            part.hide()
        for part in (self.entry_head, self.strip, self._card):
            part.show()
        self._show_head(shown)
        self.table.show_typing(grid, shown.head, typed, at)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_typed(self, code: str, field: FieldShown) -> None:
        """One cell after a key."""
        self.table.grid_model.show_typed(code, field)

    def show_entry_state(self, shown: ColumnShown) -> None:
        """The date and how much there is to save."""
        self._held = ""
        self._show_head(shown)
        self.table.grid_model.show_day(shown.head)

    def _show_head(self, shown: ColumnShown) -> None:
        """The line above the grid. One that asks for a reason says so itself, and takes its room from the gaps."""
        self.entry_head.show_state(shown)
        self._set_close(shown.late is not None)
        if shown.day_problem and shown.late is None:
            self._bar.say(shown.day_problem)

    def show_in_hand(self, shown: InHand) -> None:
        """The test one is at."""
        self.strip.show_in_hand(shown)

    def go_to(self, code: str) -> None:
        """To the cell of this test."""
        self.table.go_to(code)

    def go_to_reason(self) -> None:
        """To the reason for a day after the death."""
        self.entry_head.late.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse_entry(self, words: str) -> None:
        """Why nothing was saved."""
        if words:
            self._bar.say(words)
        else:
            self._bar.clear()

    def close_entry(self) -> None:
        """Back to what is recorded."""
        for part in (self.entry_head, self.strip):
            part.hide()
        self._bar.clear()
        self._set_close(False)
        self._timer.stop()
        self._head.show()
        self._show_recorded(newest=True)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def remind(self, milliseconds: int) -> None:
        """Wake the presenter after a while."""
        self._timer.start(milliseconds)
