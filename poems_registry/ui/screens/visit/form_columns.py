"""The columns in which every row of the form stands, and their two widths."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.screens.visit.column_label import ColumnLabel


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of a form's columns; the field's is what is left."""

    label: int
    last: int
    confirm: int
    gap: int
    field: int

    def alone(self) -> "Columns":
        """Where nothing was recorded before, the field has the room of last time."""
        return Columns(self.label, 0, 0, self.gap, self.field + self.last + self.confirm)


WIDE = Columns(152, 168, 116, 12, 330)
NARROW = Columns(122, 93, 116, 5, 263)


class Laid:
    """The columns of one row, so that their widths can be changed."""

    def __init__(self, outer: QVBoxLayout, inner: QHBoxLayout, fixed: tuple[ColumnLabel, ColumnLabel, QWidget]) -> None:
        self.outer, self._inner, self._fixed = outer, inner, fixed
        self.columns = WIDE

    def apply(self, columns: Columns) -> None:
        """Set widths and gaps."""
        self.columns = columns
        label, last, act = self._fixed
        label.set_room(columns.label)
        last.set_room(columns.last)
        act.setFixedWidth(columns.confirm)
        self._inner.setSpacing(columns.gap)


def lay_out(row: QWidget, label: ColumnLabel, fields: QHBoxLayout, last: ColumnLabel, act: QWidget) -> Laid:
    """Label, fields, last time and the act side by side, with room for lines below."""
    outer = QVBoxLayout(row)
    outer.setContentsMargins(0, 4, 0, 4)
    outer.setSpacing(4)
    inner = QHBoxLayout()
    inner.addWidget(label)
    inner.addLayout(fields, 1)
    inner.addWidget(last)
    inner.addWidget(act)
    keep = act.sizePolicy()
    keep.setRetainSizeWhenHidden(True)
    act.setSizePolicy(keep)
    outer.addLayout(inner)
    row.setMinimumHeight(40)
    laid = Laid(outer, inner, (label, last, act))
    laid.apply(WIDE)
    return laid
