"""One model for every list: columns say how to show, say and sort a record; the record itself is a role."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from operator import is_
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from poems_registry.ui.tables.cells import Cell, plain

Record = TypeVar("Record")
Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
RECORD_ROLE = int(Qt.ItemDataRole.UserRole) + 2
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 3
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[Record]):
    """A column of a list. `text` is what is said, copied and, without `cell`, shown.

    `sort` gives a value that can be compared, or None (always last); without it the column cannot be sorted. One column
    may be `stretch`: it takes the width that is left. `narrow` is the width below 1200 px, 0 hides the column there.
    """

    title: str
    text: Callable[[Record], str]
    sort: Callable[[Record], Any] | None = None
    cell: Callable[[Record], Cell] | None = None
    width: int = 120
    narrow: int | None = None
    right: bool = False
    stretch: bool = False


class RowsModel(QAbstractTableModel, Generic[Record]):
    """Records in the order given, or sorted by one column; more are fetched when the list is scrolled to its end.

    `key` tells a record's identity, so that the selection survives a reload. `hatched` marks records drawn with the
    pattern of the deceased. `more` is called when rows beyond those given are wanted (`set_more`).
    """

    sorted_by = Signal(int, bool)  # column, descending

    def __init__(
        self,
        columns: Sequence[Column[Record]],
        *,
        key: Callable[[Record], Hashable] = id,
        hatched: Callable[[Record], bool] | None = None,
    ) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._key, self._hatched = key, hatched
        self._rows: list[Record] = []
        self._cells: dict[tuple[int, int], Cell] = {}
        self._sorted: tuple[int, bool] | None = None
        self._more: Callable[[], None] | None = None
        self._outside: Callable[[int, bool], None] | None = None

    # -- records

    def set_rows(self, rows: Sequence[Record]) -> None:
        """Show these records instead; nothing happens if they are those that are shown."""
        if len(rows) == len(self._rows) and all(map(is_, rows, self._rows)):
            return
        self.beginResetModel()
        self._rows = list(rows)
        self._cells.clear()
        if self._sorted is not None and self._outside is None:
            self._rows = self._in_order(*self._sorted)
        self.endResetModel()

    def append_rows(self, rows: Sequence[Record]) -> None:
        """Further records at the end, as they are."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def set_more(self, more: Callable[[], None] | None) -> None:
        """What fetches further records; None when all are here."""
        self._more = more

    def sort_outside(self, sort: Callable[[int, bool], None]) -> None:
        """Let somebody else sort (who then calls `set_rows`): for lists of which only a part is here."""
        self._outside = sort

    def record(self, row: int) -> Record:
        """The record of a row. IndexError beyond the last."""
        return self._rows[row]

    def records(self) -> tuple[Record, ...]:
        """All that are here, in the order shown."""
        return tuple(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        """What is painted there, without asking through Qt."""
        if (row, column) not in self._cells:
            make = self._columns[column].cell
            record = self._rows[row]
            self._cells[row, column] = plain(self._columns[column].text(record)) if make is None else make(record)
        return self._cells[row, column]

    def hatched(self, row: int) -> bool:
        """Whether the record of a row is drawn with the pattern."""
        return self._hatched is not None and self._hatched(self._rows[row])

    def row_of(self, key: Hashable) -> int:
        """Where the record of this identity stands, -1 if it is not here."""
        return next((place for place, record in enumerate(self._rows) if self._key(record) == key), -1)

    def key_of(self, row: int) -> Hashable:
        """The identity of the record of a row."""
        return self._key(self._rows[row])

    @property
    def columns(self) -> tuple[Column[Record], ...]:
        """The columns, in order."""
        return self._columns

    @property
    def order(self) -> tuple[int, bool] | None:
        """(column, descending) by which it is sorted; None for the order given."""
        return self._sorted

    # -- Qt's questions

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many records are here."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Words, the record, what to sort by, or the painted cell."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        record, column = self._rows[index.row()], self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(record)
        if role == RECORD_ROLE:
            return record
        if role == SORT_ROLE:
            return column.sort(record) if column.sort is not None else None
        if role == CELL_ROLE:
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """The titles; a screen reader hears the order too."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:  # noqa: N802
        """Whether there are more than are here."""
        return not parent.isValid() and self._more is not None

    def fetchMore(self, parent: Index = _NOWHERE) -> None:  # noqa: N802
        """Ask for more, once; the answer comes by `append_rows`, and `set_more` again if there are still more."""
        if not parent.isValid() and self._more is not None:
            more, self._more = self._more, None
            more()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By this column; equal ones stay as they were, those without a value come last either way."""
        if not 0 <= column < len(self._columns) or self._columns[column].sort is None:
            return
        descending = order is Qt.SortOrder.DescendingOrder
        self._sorted = (column, descending)
        if self._outside is not None:
            self._outside(column, descending)
        else:
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            keys = [(self.key_of(index.row()), index.column()) for index in before]
            self._rows = self._in_order(column, descending)
            self._cells.clear()
            after = [self.index(self.row_of(key), place) for key, place in keys]
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()
        self.sorted_by.emit(column, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def show_order(self, column: int, *, descending: bool) -> None:
        """Mark a column as the one that somebody else sorted by, asking nobody."""
        self._sorted = (column, descending)
        self.sorted_by.emit(column, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def _in_order(self, column: int, descending: bool) -> list[Record]:
        by = self._columns[column].sort
        if by is None:
            return self._rows
        with_value = [(value, record) for record in self._rows if (value := by(record)) is not None]
        without = [record for record in self._rows if by(record) is None]
        with_value.sort(key=lambda pair: pair[0], reverse=descending)
        return [record for _, record in with_value] + without
