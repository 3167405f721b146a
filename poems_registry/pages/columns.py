"""How wide a table's columns are: as designed where that fits, else balanced so that rows wrap as little as can be."""

from collections.abc import Sequence
from dataclasses import dataclass

from poems_registry.pages.document import Style, Table, bold
from poems_registry.pages.fonts import Face, metrics
from poems_registry.pages.setting import Setting
from poems_registry.pages.typesetting import longest_word, word_widths

SIDE = 3.0
"""Padding at each side of a cell, in points."""
_HAIR = 0.1
_MOST_LINES = 40
_HALVINGS = 9


@dataclass(frozen=True, slots=True)
class _Cells:
    """The words of a column: for each cell the widths of its words, line by line as typed."""

    least: float
    cells: tuple[tuple[tuple[float, ...], ...], ...]
    blank: float

    def lines_at(self, width: float) -> int:
        """Lines of the tallest cell in a column of `width` points."""
        room = width - 2 * SIDE
        return max((sum(self._wrapped(line, room) for line in cell) for cell in self.cells), default=1)

    def _wrapped(self, words: tuple[float, ...], room: float) -> int:
        lines, used = 1, 0.0
        for word in words:
            if used and used + self.blank + word > room:
                lines, used = lines + 1, word
            else:
                used += (self.blank if used else 0.0) + word
        return lines

    def width_for(self, lines: int, most: float) -> float:
        """The narrowest width, to a point or so, at which no cell is taller than `lines` (or cannot get lower)."""
        aim = max(lines, self.lines_at(most))
        low, high = self.least, most
        if high <= low or self.lines_at(low) <= aim:
            return low
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if self.lines_at(middle) <= aim:
                high = middle
            else:
                low = middle
        return high


def column_widths(setting: Setting, table: Table) -> tuple[float, ...] | None:
    """Widths in points, no column narrower than its longest word; None if the words need more room than there is."""
    asked = [column.width for column in table.columns]
    scale = setting.width / sum(asked)
    widths = tuple(width * scale for width in asked)
    columns = [_cells(setting, table, index) for index in range(len(asked))]
    if sum(column.least for column in columns) > setting.width:
        return None
    if setting.document.compact or setting.document.style is Style.REPORT:
        return _as_designed(columns, widths)
    return _balanced(columns, setting.width)


def _as_designed(columns: Sequence[_Cells], widths: Sequence[float]) -> tuple[float, ...]:
    """The asked widths; columns too narrow for a word are given it by those that can spare it."""
    lacking = sum(max(column.least - width, 0.0) for column, width in zip(columns, widths, strict=True))
    spare = sum(max(width - column.least, 0.0) for column, width in zip(columns, widths, strict=True))
    share = lacking / spare if spare else 0.0
    return tuple(
        max(column.least, width - max(width - column.least, 0.0) * share)
        for column, width in zip(columns, widths, strict=True)
    )


def _balanced(columns: Sequence[_Cells], width: float) -> tuple[float, ...]:
    """The fewest lines that fit all columns, then fewer for single columns while there is room."""
    chosen = [column.least for column in columns]
    for lines in range(1, _MOST_LINES):
        tried = [column.width_for(lines, width) for column in columns]
        if sum(tried) <= width:
            chosen = tried
            break
    for index, column in sorted(enumerate(columns), key=lambda pair: pair[1].lines_at(chosen[pair[0]])):
        room = chosen[index] + width - sum(chosen)
        better = column.width_for(column.lines_at(chosen[index]) - 1, width)
        if chosen[index] < better <= room:
            chosen[index] = better
    spare = (width - sum(chosen)) / len(chosen)
    return tuple(one + spare for one in chosen)


def _cells(setting: Setting, table: Table, index: int) -> _Cells:
    column, scale = table.columns[index], setting.scale
    head = 0.0 if column.spans_next else longest_word(bold(column.head), scale.table_head, all_bold=True)
    cells = tuple(word_widths(row.cells[index], scale.small, column.bold) for row in table.rows)
    widest = max((word for cell in cells for line in cell for word in line), default=0.0)
    blank = metrics(Face.REGULAR).width(" ", scale.small)
    return _Cells(max(head, widest) + 2 * SIDE + _HAIR, cells, blank)
