"""The newest column stays in view at the right edge while one looks at older ones."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.results.cells import CellsDelegate
from poems_registry.ui.screens.record.results.headers import ROW, DatesHeader
from poems_registry.ui.screens.record.results.model import GridModel
from poems_registry.ui.theme.theme import Theme


class PinnedColumn(QTableView):
    """A picture of the last column over its table: it takes no keyboard and no click."""

    def __init__(self, theme: Theme, table: QTableView, model: GridModel) -> None:
        super().__init__(table)
        self._table, self._grid_model = table, model
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("The newest results, again"))
        self.setProperty("kit", "table")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cells = CellsDelegate(theme, model)
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(DatesHeader(theme, model))
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(model)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.place())
        self.hide()

    def place(self) -> None:
        """Over the right edge, if the last column is not in view there by itself."""
        table, last = self._table, self._grid_model.columnCount() - 1
        bar, view = table.horizontalScrollBar(), table.viewport()
        wide = table.columnWidth(last) if last >= 0 else 0
        if last < 1 or bar.value() >= bar.maximum() or wide * 2 > view.width():
            self.hide()
            return
        for column in range(last + 1):
            self.setColumnHidden(column, column != last)
        self.setColumnWidth(last, wide)
        head = table.horizontalHeader().height()
        self.setGeometry(view.x() + view.width() - wide, view.y() - head, wide, view.height() + head)
        self.show()
        self.raise_()
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
