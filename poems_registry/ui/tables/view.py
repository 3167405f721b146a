"""The list as a person uses it: fixed widths, arrow keys, Return opens, sorting by click, key or menu."""

from collections.abc import Hashable
from typing import Generic

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.tables.delegates import INSET, LINE, RIGHT_INSET, Place, RowPainter, inset
from poems_registry.ui.tables.rows_model import Index, Record, RowsModel
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.cards import Card
from poems_registry.ui.widgets.focus_ring import FocusPart

HEADER = 32
_ARROW = 20


class Header(QHeaderView):
    """Titles on a quiet ground; the sorted one blue with an arrow."""

    def __init__(self, theme: Theme, model: RowsModel[Record]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme, self._rows = theme, model
        self.setFixedHeight(HEADER)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFont(theme.font(Size.BODY, Weight.SEMIBOLD))
        self.setMinimumSectionSize(1)

    def needs(self, column: int) -> int:
        """The width a title asks for, its arrow included where the column can be sorted."""
        title = self._rows.columns[column]
        words = QFontMetrics(self.font()).horizontalAdvance(title.title)
        return inset(column) + words + (_ARROW if title.sort is not None else 0) + 2

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        """One title."""
        look = self._theme.tokens
        column = self._rows.columns[logicalIndex]
        order = self._rows.order
        on = order is not None and order[0] == logicalIndex
        painter.save()
        painter.fillRect(rect, QColor(look.head))
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD if on else Weight.MEDIUM))
        painter.setPen(QColor(look.blue if on else look.sub))
        words = QFontMetrics(self.font()).horizontalAdvance(column.title) + 2
        arrow = _ARROW if on else 0
        left = rect.right() - words - arrow - 6 if column.right else rect.left() + inset(logicalIndex)
        place = QRectF(left, rect.top(), words, rect.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), column.title)
        if on and order is not None:
            name = "arrow-down" if order[1] else "arrow-up"
            self._theme.paint_icon(painter, QRectF(left + words, rect.top(), 16, rect.height()), name, look.blue, 14)
        rule(painter, QRectF(rect.left(), rect.bottom(), rect.width(), 1), look.line)
        painter.restore()


class TableView(QTableView, FocusPart, Generic[Record]):
    """One list. `opened` tells a record by Return or double click, `current_changed` the one with the bar (or None).

    `name` is what a screen reader calls it. `row_height` 44 for two lines, 36 for one with buttons' rhythm, 32 for one.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    focus_moved = Signal()

    def __init__(
        self, theme: Theme, model: RowsModel[Record], name: str, *, row_height: int = 44, several: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._rows, self._row_height = theme, model, row_height
        self._narrow = False
        self._hidden_by_choice: set[int] = set()
        self.setProperty("kit", "table")
        self.setProperty("radius", 2)
        self.setAccessibleName(name)
        self.setFont(theme.font())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._painter = RowPainter(theme, model)
        self._header = Header(theme, model)
        self.setHorizontalHeader(self._header)
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._header.setStretchLastSection(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.setModel(model)
        self._wire()
        self.fit()

    def _wire(self) -> None:
        model = self._rows
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.rowsInserted.connect(self._inserted)
        model.layoutChanged.connect(self._fit_all_rows)
        self._header.sectionClicked.connect(self.sort_by)
        self.doubleClicked.connect(self._open_index)
        self.verticalScrollBar().valueChanged.connect(self.focus_moved)
        self._key: Hashable = None

    @property
    def theme(self) -> Theme:
        """The look it was given."""
        return self._theme

    # -- records

    def current(self) -> Record | None:
        """The record with the bar."""
        row = self.currentIndex().row()
        return self._rows.record(row) if 0 <= row < self._rows.rowCount() else None

    def chosen(self) -> list[Record]:
        """All selected records, from top to bottom."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self._rows.record(row) for row in rows]

    def select(self, key: Hashable) -> bool:
        """Put the bar on the record of this identity; False if it is not here."""
        row = self._rows.row_of(key)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._rows.index(row, 0))
        return row >= 0

    def select_first(self) -> None:
        """Put the bar on the first record, as when coming from the search box."""
        if self._rows.rowCount():
            self.selectRow(0)

    def screenful(self) -> int:
        """How many rows of the usual height its room shows, one that is cut by the edge included."""
        return self.viewport().height() // self._row_height + 1

    # -- look

    def set_narrow(self, narrow: bool) -> None:
        """The widths below 1200 px; some columns hide."""
        self._narrow = narrow
        self.fit()

    def hide_columns(self, hidden: set[int]) -> None:
        """Columns a person does not want to see."""
        self._hidden_by_choice = set(hidden)
        self.fit()

    def fit(self) -> None:
        """Give each column its width; the stretched one takes what is left. No title is cut."""
        widths: dict[int, int] = {}
        stretched = -1
        for place, column in enumerate(self._rows.columns):
            wanted = column.width if not self._narrow or column.narrow is None else column.narrow
            hidden = wanted == 0 or place in self._hidden_by_choice
            self.setColumnHidden(place, hidden)
            if not hidden:
                widths[place] = max(wanted, self._header.needs(place))
                stretched = place if column.stretch else stretched
        spare = self.viewport().width() - sum(widths.values())
        least = sum(widths.values())
        if stretched >= 0:  # it may give up a quarter, too: its words then go on in a further line
            gives = min(widths[stretched] // 4, widths[stretched] - self._header.needs(stretched))
            least -= max(0, gives)
            widths[stretched] += max(spare, -max(0, gives))
        for place, width in widths.items():
            self.setColumnWidth(place, width)
        self.setMinimumWidth(least + self.verticalScrollBar().sizeHint().width())
        self._fit_all_rows()

    def _fit_all_rows(self) -> None:
        self._fit_rows(0, self._rows.rowCount() - 1)
        self.focus_moved.emit()

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._fit_rows(first, last)

    def _fit_rows(self, first: int, last: int) -> None:
        """A row whose words need more lines than it has grows; measured only where a text is long."""
        usual = max(1, (self._row_height - 6) // LINE)
        rows = self.verticalHeader()
        blocked = rows.blockSignals(True)  # each would have the view lay out and paint once more, later
        changed = False
        for row in range(first, last + 1):
            lines = max(
                (self._lines(row, place) for place in range(len(self._rows.columns)) if not self.isColumnHidden(place)),
                default=1,
            )
            height = self._row_height + max(0, lines - usual) * LINE
            if height != self.rowHeight(row):
                self.setRowHeight(row, height)
                changed = True
        rows.blockSignals(blocked)
        if changed:
            self.updateGeometries()
            self.viewport().update()

    def _lines(self, row: int, column: int) -> int:
        cell = self._rows.cell(row, column)
        width = self.columnWidth(column) - inset(column) - RIGHT_INSET
        for spans in (cell.first, cell.second):
            # 9 px is wider than an average letter: a shorter text surely fits.
            if sum(len(span.text) * 9 + 32 for span in spans) > width:
                return self._painter.lines(cell, self.columnWidth(column), column)
        return (1 if cell.first else 0) + (1 if cell.second else 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The rows in view, each in one go."""
        area = event.rect()
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return
        shown = [place for place in range(len(self._rows.columns)) if not self.isColumnHidden(place)]
        places = [Place(each, self.columnViewportPosition(each), self.columnWidth(each)) for each in shown]
        right = max((place.left + place.width for place in places), default=0)
        selected = {index.row() for index in self.selectionModel().selectedRows()}
        painter = QPainter(self.viewport())
        for row in range(first, (last if last >= 0 else self._rows.rowCount() - 1) + 1):
            rect = QRectF(0, self.rowViewportPosition(row), right, self.rowHeight(row))
            self._painter.paint(painter, rect, row, places, selected=row in selected)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The stretched column follows; a list that was full before asks for the rows that have room now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
        if self._rows.rowCount() < self.screenful() and self._rows.canFetchMore():
            self._rows.fetchMore()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Two rows at least."""
        return QSize(self.minimumWidth(), HEADER + 2 * self._row_height)

    def focus_rect(self) -> QRect:
        """The row with the bar, or the whole list."""
        index = self.currentIndex()
        if not index.isValid():
            return self.rect()
        row = self.visualRect(index)
        view = self.viewport()
        rect = QRect(view.x() + 4, view.y() + row.y() + 4, view.width() - 8, row.height() - 8)
        return rect.intersected(view.geometry())

    # -- keys and menus

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return opens; letters are left to the search box."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_index(self.currentIndex())
        elif event.text().strip() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """The keyboard's way to sort (menu key or Shift+F10)."""
        menu = self.sorting_menu()
        where = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft() + QPoint(INSET, 0))
        menu.exec(where)

    def sorting_menu(self) -> QMenu:
        """One entry for each column that can be sorted."""
        menu = QMenu(self)
        for place, column in enumerate(self._rows.columns):
            if column.sort is not None:
                entry = menu.addAction(tr("Sort by {column}", column=column.title))
                entry.setData(place)
        menu.triggered.connect(self._sort_chosen)
        return menu

    def _sort_chosen(self, entry: object) -> None:
        self.sort_by(int(entry.data()))  # type: ignore[attr-defined]

    def sort_by(self, column: int) -> None:
        """By this column; a second time the other way round."""
        order = self._rows.order
        again = order is not None and order == (column, False)
        self._rows.sort(column, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)
        self.scrollTo(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell which record has the bar now."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current_changed.emit(self.current())
        self.focus_moved.emit()

    def _open_index(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self._rows.record(index.row()))

    def _remember(self) -> None:
        row = self.currentIndex().row()
        self._key = self._rows.key_of(row) if 0 <= row < self._rows.rowCount() else None

    def _restore(self) -> None:
        self._fit_all_rows()
        row = self._rows.row_of(self._key) if self._key is not None else -1
        if row >= 0:
            index = self._rows.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        elif self._key is not None:
            self.current_changed.emit(None)


class TableCard(Card):
    """A list in its card: inset by the edge, so that its corners do not cover the card's."""

    def __init__(self, theme: Theme, table: QWidget) -> None:
        super().__init__(theme, padding=0)
        self.column.setContentsMargins(1, 1, 1, 7)
        self.column.addWidget(table)
        self._table = table

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The head's upper corners follow the card's."""
        super().resizeEvent(event)
        path = QPainterPath()
        radius = Size.CARD_RADIUS - 1
        size = self._table.size()
        path.addRoundedRect(QRectF(0, 0, size.width(), size.height() + 2 * radius), radius, radius)
        self._table.setMask(path.toFillPolygon().toPolygon())
