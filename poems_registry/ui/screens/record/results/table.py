"""The grid itself: tests with unit and limits fixed at the left, dates across, scrolled to the newest."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.results.cells import STATE_KEYS, CellEditor, CellsDelegate
from poems_registry.ui.screens.record.results.headers import HEAD, ROW, Corner, DatesHeader, TestsHeader
from poems_registry.ui.screens.record.results.model import GridModel, Index
from poems_registry.ui.screens.record.results.pinned import PinnedColumn
from poems_registry.ui.screens.record.results.telling import Grid
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.focus_ring import FocusPart

LEAST_COLUMN: Final = 104
TYPED_COLUMN: Final = 168
RETURN: Final = 2
"""Return goes one row on, but only if the cell is in order."""


class ResultsTable(QTableView, FocusPart):
    """Arrow keys go from result to result; `said` tells everything about the one in hand.

    While results are entered, the column at the right is typed into: `at` tells the test in hand, `typed` test and
    text with each key, `given` a test and its state, `cleared` a test, `beside` that its details are wanted. `ask`
    says whether one may go on from a test when Return is pressed. `opened` tells a result that Return was pressed on.
    """

    said = Signal(str)
    focus_moved = Signal()
    at = Signal(str)
    typed = Signal(str, str)
    given = Signal(str, str)
    cleared = Signal(str)
    beside = Signal()
    opened = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._pinned: PinnedColumn | None = None
        self._theme = theme
        self.grid_model = GridModel()
        self._cells = CellsDelegate(theme, self.grid_model)
        self._tests = TestsHeader(theme, self.grid_model)
        self._limits = True
        self.ask: Callable[[str], bool] = lambda _code: True
        self._cells.typed.connect(self.typed)
        self._cells.finished.connect(self._finished)
        self._cells.key_given.connect(self._key_in_cell)
        self.doubleClicked.connect(self._opened)
        self._corner = Corner(theme, self._tests, self)
        self.setProperty("kit", "table")
        self.setProperty("radius", 2)
        self.setAccessibleName(tr("Results: tests by dates, the newest at the right"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(DatesHeader(theme, self.grid_model))
        self.setVerticalHeader(self._tests)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(self.grid_model)
        self.setCornerWidget(QWidget())
        self._pinned = PinnedColumn(theme, self, self.grid_model)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.focus_moved)

    def show_grid(self, grid: Grid, *, newest: bool) -> None:
        """Another grid; `newest` brings the right end into view."""
        self.grid_model.show_grid(grid)
        self._measure()
        if newest and grid.dates:
            self._to_newest()

    def show_typing(self, grid: Grid, day: tuple[str, str], typed: Mapping[str, FieldShown], at: str) -> None:
        """A grid with a column to type into; the keyboard is at the test `at`."""
        self.grid_model.show_typing(grid, day, typed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self._measure()
        self.go_to(at)

    def go_to(self, code: str) -> None:
        """To the cell of this test in the column being typed."""
        row = self.grid_model.row_of(code)
        if row >= 0 and self.grid_model.typing:
            self.setCurrentIndex(self.grid_model.index(row, self.grid_model.columnCount() - 1))
            self.updateGeometries()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())
            self.scrollTo(self.currentIndex())

    def scrollTo(  # noqa: N802
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Into view, and not under the newest column that stays there."""
        super().scrollTo(index, hint)
        pinned = self._pinned
        if pinned is None or not pinned.isVisible() or index.column() == self.grid_model.columnCount() - 1:
            return
        hidden = self.visualRect(index).right() - (self.viewport().width() - pinned.width())
        if hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + hidden + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A message above takes no test out of view that one is typing."""
        super().resizeEvent(event)
        if self.grid_model.typing:
            self.scrollTo(self.currentIndex())

    @property
    def code_in_hand(self) -> str:
        """The test one types, nothing elsewhere."""
        index = self.currentIndex()
        return self.grid_model.grid.rows[index.row()].code if self.grid_model.is_typed(index) else ""

    def set_narrow(self, narrow: bool) -> None:
        """Limits give way where room is short; they are said of the result in hand."""
        self._limits = not narrow
        self._measure()

    def _to_newest(self) -> None:
        rows = enumerate(self.grid_model.grid.rows)
        first = next((n for n, row in rows if not row.title and row.cells[-1].words), 1)
        last = self.grid_model.index(first, len(self.grid_model.grid.dates) - 1)
        self.setCurrentIndex(last)
        self.updateGeometries()
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())

    def _measure(self) -> None:
        rows = self.grid_model.grid.rows
        if self.grid_model.typing:
            self.setColumnWidth(len(self.grid_model.grid.dates), TYPED_COLUMN)
        for column in range(len(self.grid_model.grid.dates)):
            cells = (row.cells[column] for row in rows if not row.title)
            widest = max((self._cells.width(cell) for cell in cells if cell.words), default=0)
            self.setColumnWidth(column, max(widest, LEAST_COLUMN))
        self._tests.measure(limits=self._limits)
        self.updateGeometries()

    def updateGeometries(self) -> None:  # noqa: N802
        """The corner follows both headers."""
        super().updateGeometries()
        self._corner.setGeometry(0, 0, self._tests.width(), HEAD)
        self._corner.raise_()
        if self._pinned is not None:
            self._pinned.place()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell everything about the result in hand."""
        super().currentChanged(current, previous)
        cell = self.grid_model.cell(current) if current.isValid() else None
        self.said.emit(cell.said if cell is not None else "")
        if self.code_in_hand:
            self.at.emit(self.code_in_hand)
        self.focus_moved.emit()

    def focus_rect(self) -> QRect:
        """The result in hand, or the whole grid."""
        index = self.currentIndex()
        if not index.isValid():
            return self.rect()
        view = self.viewport()
        rect = self.visualRect(index)
        return QRect(view.x() + rect.x() + 3, view.y() + rect.y() + 3, rect.width() - 6, rect.height() - 6).intersected(
            view.geometry()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """End goes to the newest result of the row, Home to the oldest; in the typed column keys are for the cell."""
        index, count = self.currentIndex(), self.grid_model.columnCount()
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: count - 1}
        key = Qt.Key(event.key())
        code = self.code_in_hand
        if code and self._cell_key(code, key):
            return
        if key in ends and index.isValid() and not event.modifiers():
            self.setCurrentIndex(self.grid_model.index(index.row(), ends[key]))
            self.scrollTo(self.currentIndex())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid() and not code:
            self._opened(index)
        else:
            super().keyPressEvent(event)

    def _cell_key(self, code: str, key: Qt.Key) -> bool:
        """What a key means at a cell that is typed into but not open."""
        if key in STATE_KEYS or key == Qt.Key.Key_F4:
            self._key_in_cell(code, key)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit(code)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finished(code, RETURN)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _key_in_cell(self, code: str, key: int) -> None:
        which = Qt.Key(key)
        if which in STATE_KEYS:
            self._close_editor()
            self.given.emit(code, STATE_KEYS[which].value)
        elif which == Qt.Key.Key_F4:
            self._close_editor()
            self.beside.emit()
        else:
            self.focusNextPrevChild(which == Qt.Key.Key_Tab)

    def _finished(self, code: str, step: int) -> None:
        """Go on from a cell; Return stays where something is wrong or doubtful."""
        if step == RETURN and not self.ask(code):
            return
        self._close_editor()
        if step:
            self._step(1 if step == RETURN else step)

    def _close_editor(self) -> None:
        editor = self.viewport().findChild(CellEditor)
        if isinstance(editor, CellEditor):
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        """To the next test, titles passed over."""
        rows, index = self.grid_model.grid.rows, self.currentIndex()
        row = index.row() + by
        while 0 <= row < len(rows) and rows[row].title:
            row += by
        if 0 <= row < len(rows):
            self.setCurrentIndex(self.grid_model.index(row, index.column()))

    def _opened(self, index: Index) -> None:
        cell = self.grid_model.cell(index)
        if cell is not None and cell.encounter_id:
            self.opened.emit(cell.encounter_id, self.grid_model.grid.rows[index.row()].code)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The tests, one date, two rows."""
        return QSize(self._tests.width() + LEAST_COLUMN, HEAD + 2 * ROW)
