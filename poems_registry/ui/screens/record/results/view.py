"""The page of results: which tests, the grid, and everything about the result in hand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.record.results.table import ResultsTable
from poems_registry.ui.screens.record.results.telling import Choice, Grid
from poems_registry.ui.tables.view import TableCard
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.cards import EmptyState
from poems_registry.ui.widgets.filter_chip import FilterChip
from poems_registry.ui.widgets.labels import IconLabel, Label

CHOICES = ((Choice.ALL, "All tests"), (Choice.CLONE, "VEGF and clone"), (Choice.ABNORMAL, "Only abnormal"))


class ResultsPage(QWidget):
    """`chosen` tells which tests a person wants to see."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table = ResultsTable(theme)
        self._card = TableCard(theme, self.table)
        self._counts = Label(theme, tone=Tone.SUB)
        self.chips = {choice: FilterChip(theme, tr(words)) for choice, words in CHOICES}
        self._said = IconLabel(theme, "info", "", tone=Tone.SUB, wrap=True)
        self._note = Label(theme, tr("* converted from the unit reported"), tone=Tone.SUB)
        words = tr("Results stand here once they are recorded at a visit or imported.")
        self._empty = EmptyState(theme, "flask-conical", tr("No results here"), words)
        head = QHBoxLayout()
        head.setSpacing(Size.GRID)
        head.addWidget(Label(theme, tr("Results"), size=Size.HEADING, weight=Weight.SEMIBOLD))
        head.addSpacing(Size.GRID)
        for choice, chip in self.chips.items():
            head.addWidget(chip)
            chip.clicked.connect(lambda _checked=False, code=choice.value: self.chosen.emit(code))
        head.addStretch(1)
        head.addWidget(self._counts)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GRID)
        column.setSpacing(Size.GRID)
        column.addLayout(head)
        column.addWidget(self._card, 1)
        column.addWidget(self._empty)
        column.addLayout(foot)
        self._rest = QWidget()
        column.addWidget(self._rest)
        self.table.said.connect(self._said.setText)
        self.setFocusProxy(self.table)

    def show_grid(self, grid: Grid, choice: Choice, *, newest: bool) -> None:
        """Other tests, or those of another record."""
        for each, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(each is choice)
            chip.blockSignals(False)
            chip.updateGeometry()
            chip.update()
        there = bool(grid.rows)
        self._card.setVisible(there)
        self._empty.setVisible(not there)
        self._said.setVisible(there)
        self._rest.setVisible(False)
        self._note.setVisible(any(cell.converted for row in grid.rows for cell in row.cells))
        tests = tr_count("{count} test", "{count} tests", grid.tests)
        dates = tr_count("{count} date", "{count} dates", len(grid.dates))
        self._counts.setText(tr("{tests}, {dates}, newest at the right", tests=tests, dates=dates) if there else "")
        self.table.show_grid(grid, newest=newest)

    def set_narrow(self, narrow: bool) -> None:
        """The form below 1200 px."""
        self.table.set_narrow(narrow)
        self._counts.setVisible(not narrow)
