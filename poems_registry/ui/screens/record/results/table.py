"""The grid itself: tests with unit and limits fixed at the left, dates across, scrolled to the newest."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.results.telling import Grid, ResultCell, TestRow
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.focus_ring import FocusPart

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEAD, ROW, INSET, LEAST_COLUMN = 44, 30, 12, 104
MARKS = {"high": ("arrow-up", "high"), "low": ("arrow-down", "low"), "found": ("circle-plus", "found")}
STATES = {"pending": "clock", "not_done": "ban", "declined": "ban", "unable": "ban"}
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class GridModel(QAbstractTableModel):
    """Tests by dates; the words of a cell, and all that is known of it for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid((), ())

    def show_grid(self, grid: Grid) -> None:
        """Another grid."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def cell(self, index: Index) -> ResultCell | None:
        """What stands there; None under the title of a group."""
        row = self.grid.rows[index.row()]
        return None if row.title else row.cells[index.column()]

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Tests and titles."""
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Dates."""
        return 0 if parent.isValid() else len(self.grid.dates)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and everything said of them."""
        cell = self.cell(index)
        if cell is None or not cell.words:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{cell.words} {tr(cell.mark)}".strip()
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.said
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The date with its age; the test with unit and limits."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return ", ".join(self.grid.dates[section])
        row = self.grid.rows[section]
        return ", ".join(part for part in (row.label, row.unit, row.limits) if part)


class _Dates(QHeaderView):
    """A date and how long ago it was, the newest in blue."""

    def __init__(self, theme: Theme, model: GridModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme, self._grid_model = theme, model
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        """Two lines."""
        look = self._theme.tokens
        day, age = self._grid_model.grid.dates[logicalIndex]
        newest = logicalIndex == len(self._grid_model.grid.dates) - 1
        painter.save()
        painter.fillRect(rect, QColor(look.tint if newest else look.head))
        place = QRectF(rect).adjusted(0, 4, -INSET, -4)
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD))
        painter.setPen(QColor(look.blue if newest else look.text))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight), day)
        painter.setFont(self._theme.font())
        painter.setPen(QColor(look.sub))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight), age)
        rule(painter, QRectF(rect.left(), rect.bottom(), rect.width(), 1), look.line)
        painter.restore()


class _Tests(QHeaderView):
    """Test, unit and the laboratory's newest limits, always in view."""

    def __init__(self, theme: Theme, model: GridModel) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._theme, self._grid_model = theme, model
        self.columns = (0, 0, 0)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)
        self.setDefaultSectionSize(ROW)

    def measure(self, *, limits: bool) -> None:
        """As wide as the longest words of each column."""
        rows = [row for row in self._grid_model.grid.rows if not row.title]
        bold = QFontMetrics(self._theme.font(Size.BODY, Weight.SEMIBOLD))
        plain = QFontMetrics(self._theme.font())
        titles = (tr("Test"), tr("Unit"), tr("Lab limits"))
        columns = (
            [row.label for row in rows],
            [row.unit for row in rows],
            [row.limits for row in rows] if limits else [],
        )
        widths = []
        for place, (title, words) in enumerate(zip(titles, columns, strict=True)):
            metrics = bold if place == 0 else plain
            widest = max([metrics.horizontalAdvance(each) for each in words], default=0)
            widths.append(max(widest, bold.horizontalAdvance(title)) + 16 if words else 0)
        self.columns = (widths[0], widths[1], widths[2])
        self.setFixedWidth(INSET + sum(widths) + 4)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        """One test, or the title of a group."""
        look = self._theme.tokens
        row: TestRow = self._grid_model.grid.rows[logicalIndex]
        painter.save()
        painter.fillRect(rect, QColor(look.head if row.title else look.card))
        left = rect.left() + INSET
        for place, words in enumerate((row.label, row.unit, row.limits)):
            painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD if place == 0 else Weight.REGULAR))
            painter.setPen(QColor(look.sub if row.title or place else look.text))
            width = rect.width() - INSET if row.title else self.columns[place]
            if width:
                painter.drawText(QRectF(left, rect.top(), width, rect.height()), _LEFT, words)
            left += width
        rule(painter, QRectF(rect.left(), rect.bottom(), rect.width(), 1), look.hair)
        rule(painter, QRectF(rect.right(), rect.top(), 1, rect.height()), look.line)
        painter.restore()


class _Corner(QWidget):
    """The titles over tests, units and limits."""

    def __init__(self, theme: Theme, tests: _Tests, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._tests = theme, tests

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Three titles."""
        painter = QPainter(self)
        look = self._theme.tokens
        painter.fillRect(self.rect(), QColor(look.head))
        painter.setFont(self._theme.font(Size.BODY, Weight.MEDIUM))
        painter.setPen(QColor(look.sub))
        left = INSET
        for words, width in zip((tr("Test"), tr("Unit"), tr("Lab limits")), self._tests.columns, strict=True):
            if width:
                painter.drawText(QRectF(left, 0, width, self.height()), _LEFT, words)
            left += width
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1), look.line)
        rule(painter, QRectF(self.width() - 1, 0, 1, self.height()), look.line)
        painter.end()


class _Cells(QStyledItemDelegate):
    """A value at the right; outside its limits with an arrow and the word, in bold."""

    def __init__(self, theme: Theme, model: GridModel) -> None:
        super().__init__()
        self._theme, self._grid_model = theme, model

    def width(self, cell: ResultCell) -> int:
        """What a cell needs."""
        metrics = QFontMetrics(self._theme.font(Size.BODY, Weight.SEMIBOLD))
        words = metrics.horizontalAdvance(self._words(cell)) + 2 * INSET + 2
        if cell.mark:
            words += metrics.horizontalAdvance(tr(MARKS[cell.mark][1])) + 24
        return words + (20 if cell.state in STATES else 0)

    def _words(self, cell: ResultCell) -> str:
        return f"{cell.words}*" if cell.converted else cell.words

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, marks, words, a line below."""
        look, rect = self._theme.tokens, QRectF(option.rect)
        cell = self._grid_model.cell(index)
        newest = index.column() == self._grid_model.columnCount() - 1
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and cell is not None
        ground = look.head if cell is None else look.tint_2 if selected else look.tint if newest else look.card
        painter.save()
        painter.fillRect(rect, QColor(ground))
        if cell is not None and cell.words:
            self._paint_words(painter, rect.adjusted(INSET, 0, -INSET, 0), cell)
        rule(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.hair)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, cell: ResultCell) -> None:
        tone = Tone.RED if cell.mark else Tone.SUB if cell.state else Tone.TEXT
        font = self._theme.font(Size.BODY, Weight.SEMIBOLD if cell.mark else Weight.REGULAR)
        painter.setFont(font)
        painter.setPen(self._theme.text(tone))
        painter.drawText(rect, _RIGHT, self._words(cell))
        right = rect.right() - QFontMetrics(font).horizontalAdvance(self._words(cell)) - 8
        if cell.mark:
            icon, word = MARKS[cell.mark]
            painter.setFont(self._theme.font())
            wide = QFontMetrics(self._theme.font()).horizontalAdvance(tr(word))
            painter.drawText(QRectF(rect.left(), rect.top(), right - rect.left(), rect.height()), _RIGHT, tr(word))
            place = QRectF(right - wide - 18, rect.top(), 14, rect.height())
            self._theme.paint_icon(painter, place, icon, self._theme.shape(Tone.RED), 14)
        elif cell.state in STATES:
            place = QRectF(right - 12, rect.top(), 14, rect.height())
            self._theme.paint_icon(painter, place, STATES[cell.state], self._theme.tokens.sub, 14)


class ResultsTable(QTableView, FocusPart):
    """Arrow keys go from result to result; `said` tells everything about the one in hand."""

    said = Signal(str)
    focus_moved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.grid_model = GridModel()
        self._cells = _Cells(theme, self.grid_model)
        self._tests = _Tests(theme, self.grid_model)
        self._limits = True
        self._corner = _Corner(theme, self._tests, self)
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
        self.setHorizontalHeader(_Dates(theme, self.grid_model))
        self.setVerticalHeader(self._tests)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(self.grid_model)
        self.setCornerWidget(QWidget())
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.focus_moved)

    def show_grid(self, grid: Grid, *, newest: bool) -> None:
        """Another grid; `newest` brings the right end into view."""
        self.grid_model.show_grid(grid)
        self._measure()
        if newest and grid.dates:
            self._to_newest()

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

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell everything about the result in hand."""
        super().currentChanged(current, previous)
        cell = self.grid_model.cell(current) if current.isValid() else None
        self.said.emit(cell.said if cell is not None else "")
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
        """End goes to the newest result of the row, Home to the oldest."""
        index, count = self.currentIndex(), len(self.grid_model.grid.dates)
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: count - 1}
        key = Qt.Key(event.key())
        if key in ends and index.isValid() and not event.modifiers():
            self.setCurrentIndex(self.grid_model.index(index.row(), ends[key]))
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The tests, one date, two rows."""
        return QSize(self._tests.width() + LEAST_COLUMN, HEAD + 2 * ROW)
