"""The grid as a model: tests by dates, with a column being typed at the right while results are entered."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.results.telling import Grid, ResultCell

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class GridModel(QAbstractTableModel):
    """Tests by dates; the words of a cell, and all that is known of it for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid((), ())
        self.typing = False
        self._day = ("", "")
        self._typed: dict[str, FieldShown] = {}

    def show_grid(self, grid: Grid) -> None:
        """Another grid, without a column to type into."""
        self.beginResetModel()
        self.grid, self.typing = grid, False
        self.endResetModel()

    def show_typing(self, grid: Grid, day: tuple[str, str], typed: Mapping[str, FieldShown]) -> None:
        """A grid with a column of its own for what is being typed, at the right."""
        self.beginResetModel()
        self.grid, self.typing, self._day, self._typed = grid, True, day, dict(typed)
        self.endResetModel()

    def show_day(self, day: tuple[str, str]) -> None:
        """Another date over the column being typed."""
        self._day = day
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, self.columnCount() - 1, self.columnCount() - 1)

    def show_typed(self, code: str, field: FieldShown) -> None:
        """What stands in one cell of that column now."""
        self._typed[code] = field
        row = self.row_of(code)
        if row >= 0:
            place = self.index(row, self.columnCount() - 1)
            self.dataChanged.emit(place, place)

    def row_of(self, code: str) -> int:
        """Where a test stands, -1 if it is not in the grid."""
        return next((n for n, row in enumerate(self.grid.rows) if row.code == code), -1)

    def is_typed(self, index: Index) -> bool:
        """Whether one types there."""
        return self.typing and index.isValid() and index.column() == len(self.grid.dates)

    def typed(self, index: Index) -> FieldShown | None:
        """What is being typed there; None elsewhere and under the title of a group."""
        row = self.grid.rows[index.row()]
        return self._typed.get(row.code, FieldShown(row.code)) if self.is_typed(index) and not row.title else None

    def cell(self, index: Index) -> ResultCell | None:
        """What stands there; None under the title of a group."""
        row = self.grid.rows[index.row()]
        if row.title:
            return None
        typed = self.typed(index)
        if typed is not None:
            words = typed.state_words or typed.text.strip()
            state = typed.state.value if typed.state is not None else ""
            return ResultCell(words, "", state, f"{row.label}: {typed.said}", 0, False)
        return row.cells[index.column()]

    def day(self, section: int) -> tuple[str, str]:
        """The date of a column and how long ago it was."""
        return self.grid.dates[section] if section < len(self.grid.dates) else self._day

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Tests and titles."""
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """Dates."""
        return 0 if parent.isValid() else len(self.grid.dates) + self.typing

    def flags(self, index: Index) -> Qt.ItemFlag:
        """One types into the column at the right only."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.typed(index) is not None else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and everything said of them."""
        cell = self.cell(index)
        if cell is None or not (cell.words or self.is_typed(index)):
            return None
        if role == Qt.ItemDataRole.EditRole:
            typed = self.typed(index)
            return typed.text if typed is not None else cell.words
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
            return ", ".join(self.day(section))
        row = self.grid.rows[section]
        return ", ".join(part for part in (row.label, row.unit, row.limits) if part)
