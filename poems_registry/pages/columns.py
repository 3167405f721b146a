"""How wide a table's columns are: as designed where that fits, else balanced so that rows wrap as little as can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from poems_registry.pages.document import Style, Table, bold
from poems_registry.pages.fonts import Face, metrics
from poems_registry.pages.setting import Setting
from poems_registry.pages.typesetting import word_widths

SIDE = 3.0
"""Padding at each side of a cell, in points."""
_HAIR = 0.1
_HALVINGS = 7
_MOST_STEPS = 12
_TABLES_KEPT = 64
_A_CELL = 0.15
"""What one line less in a cell is worth while its row stays as high: far less than a lower row, more than nothing."""

Step = tuple[float, int]
"""From this width on (points, padding included) a cell needs this many lines."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """A column: its least width, the width at which nothing wraps, and for each row what width saves which line."""

    least: float
    whole: float
    steps: tuple[tuple[Step, ...], ...]

    def lines(self, width: float) -> list[int]:
        """Lines of each cell in a column of `width` points."""
        return [next((count for at, count in reversed(cell) if at <= width), cell[0][1]) for cell in self.steps]


def column_widths(setting: Setting, table: Table) -> tuple[float, ...] | None:
    """Widths in points, no column narrower than its longest word; None if the words need more room than there is."""
    designed = setting.document.compact or setting.document.style is Style.REPORT
    return _widths(table, setting.width, setting.scale.small, setting.scale.table_head, designed)


def forget() -> None:
    """Drop the widths kept while a document was set, and the words of its tables with them."""
    _widths.cache_clear()


def kept() -> int:
    """How many tables are kept now."""
    return _widths.cache_info().currsize


@lru_cache(_TABLES_KEPT)
def _widths(table: Table, room: float, size: float, head: float, designed: bool) -> tuple[float, ...] | None:
    """The same for a document that is laid out again, closer: neither its words nor their sizes have changed."""
    columns = [_cells(table, index, size, head) for index in range(len(table.columns))]
    if sum(column.least for column in columns) > room:
        return None
    if designed:
        asked = [column.width for column in table.columns]
        return _as_designed(columns, [width * room / sum(asked) for width in asked])
    return _balanced(columns, _kept_whole(columns, table, room), room)


def _as_designed(columns: Sequence[_Cells], widths: Sequence[float]) -> tuple[float, ...]:
    """The asked widths; columns too narrow for a word are given it by those that can spare it."""
    lacking = sum(max(column.least - width, 0.0) for column, width in zip(columns, widths, strict=True))
    spare = sum(max(width - column.least, 0.0) for column, width in zip(columns, widths, strict=True))
    share = lacking / spare if spare else 0.0
    return tuple(
        max(column.least, width - max(width - column.least, 0.0) * share)
        for column, width in zip(columns, widths, strict=True)
    )


def _kept_whole(columns: Sequence[_Cells], table: Table, width: float) -> list[float]:
    """The least widths to begin with: columns to be kept on one line are, while there is room; the widest gives way."""
    chosen = [column.least for column in columns]
    wishes = [index for index, column in enumerate(table.columns) if column.together]
    for index in sorted(wishes, key=lambda k: columns[k].whole):
        if sum(chosen) - chosen[index] + columns[index].whole <= width:
            chosen[index] = columns[index].whole
    return chosen


def _balanced(columns: Sequence[_Cells], chosen: list[float], width: float) -> tuple[float, ...]:
    """Room goes step by step to the column where a point of it saves most lines, the rest to those that still wrap."""
    lines = [column.lines(at) for column, at in zip(columns, chosen, strict=True)]
    while True:
        spare = width - sum(chosen)
        best: tuple[float, int, float] | None = None
        for index, column in enumerate(columns):
            for at in sorted({at for cell in column.steps for at, _ in cell if chosen[index] < at}):
                cost = at - chosen[index]
                if cost > spare:
                    break
                worth = _gain(lines, index, column.lines(at)) / cost
                if worth > 0 and (best is None or worth > best[0]):
                    best = (worth, index, at)
        if best is None:
            break
        chosen[best[1]] = best[2]
        lines[best[1]] = columns[best[1]].lines(best[2])
    wraps = [
        any(count > cell[-1][1] for count, cell in zip(lines[k], column.steps, strict=True))
        for k, column in enumerate(columns)
    ]
    takers = wraps if any(wraps) else [True] * len(columns)
    spare = (width - sum(chosen)) / sum(takers)
    return tuple(one + (spare if takes else 0.0) for one, takes in zip(chosen, takers, strict=True))


def _gain(lines: Sequence[Sequence[int]], index: int, fewer: Sequence[int]) -> float:
    """How many lines lower the rows get, and a little for each cell that does."""
    gain = 0.0
    for row, after in enumerate(fewer):
        before = lines[index][row]
        if after < before:
            others = max((column[row] for k, column in enumerate(lines) if k != index), default=1)
            gain += max(before, others) - max(after, others) + _A_CELL * (before - after)
    return gain


def _cells(table: Table, index: int, size: float, head_size: float) -> _Cells:
    column = table.columns[index]
    head = word_widths(bold(column.head), head_size, all_bold=True)
    if column.spans_next or (index and table.columns[index - 1].spans_next):
        head = ((),)
    cells = [head, *(word_widths(row.cells[index], size, column.bold) for row in table.rows)]
    words = [word for cell in cells for line in cell for word in line]
    least = max(words, default=0.0) + 2 * SIDE + _HAIR
    blank = metrics(Face.REGULAR).width(" ", size)
    whole = max((_length(line, blank) for cell in cells[1:] for line in cell), default=0.0) + 2 * SIDE + _HAIR
    return _Cells(least, max(least, whole), tuple(_steps(cell, blank, least) for cell in cells))


def _length(words: tuple[float, ...], blank: float) -> float:
    return sum(words) + blank * max(len(words) - 1, 0)


def _steps(cell: tuple[tuple[float, ...], ...], blank: float, least: float) -> tuple[Step, ...]:
    """From the least width up: where a cell gets a line lower, down to the lines that were typed."""
    most = max((_length(line, blank) for line in cell), default=0.0) + 2 * SIDE + _HAIR
    lines = _wrapped(cell, least, blank)
    steps = [(least, lines)]
    while lines > max(len(cell), 1) and len(steps) < _MOST_STEPS:
        low, high = steps[-1][0], most
        for _ in range(_HALVINGS if lines - 1 > len(cell) else 0):
            middle = (low + high) / 2
            if _wrapped(cell, middle, blank) < lines:
                high = middle
            else:
                low = middle
        lines = _wrapped(cell, high, blank)
        steps.append((high, lines))
    return tuple(steps)


def _wrapped(cell: tuple[tuple[float, ...], ...], width: float, blank: float) -> int:
    """Lines of a cell in a column of `width` points."""
    room, count = width - 2 * SIDE, 0
    for words in cell:
        count, used = count + 1, 0.0
        for word in words:
            if used and used + blank + word > room:
                count, used = count + 1, word
            else:
                used += (blank if used else 0.0) + word
    return max(count, 1)
