"""Which room on a chart is taken already: boxes in columns, so that a place is held against its neighbours only."""

import sys
from collections.abc import Iterable

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""
_COLUMN = 12.0


class Taken:
    """Boxes that words keep off."""

    def __init__(self) -> None:
        self._columns: dict[int, list[Box]] = {}

    def add(self, box: Box) -> None:
        """From now on this room is taken."""
        for column in range(_first(box), _last(box) + 1):
            self._columns.setdefault(column, []).append(box)

    def free(self, box: Box) -> bool:
        """Whether nothing of it is taken."""
        return self.count(box, enough=1) == 0

    def count(self, box: Box, enough: int = sys.maxsize) -> int:
        """By how many boxes it is taken; no further than `enough`."""
        found, begin = 0, _first(box)
        for column in range(begin, _last(box) + 1):
            for other in self._columns.get(column, ()):
                # a box that reaches over several columns counts in the first that both have
                if _meet(box, other) and column == max(begin, _first(other)):
                    found += 1
                    if found >= enough:
                        return found
        return found


def least_crowded(boxes: Iterable[Box], worded: Taken, taken: Taken) -> Box:
    """The first with fewest words under it, and of those with fewest lines and marks. ValueError for no box.

    Words on words cannot be read at all; a line or a mark behind words can.
    """
    best: Box | None = None
    words, lines = sys.maxsize, sys.maxsize
    for box in boxes:
        under = worded.count(box, words + 1)
        if under > words:
            continue
        behind = taken.count(box, lines if under == words else sys.maxsize)
        if (under, behind) < (words, lines):
            best, words, lines = box, under, behind
        if words == lines == 0:
            break
    if best is None:
        raise ValueError("no box to choose from")
    return best


def _first(box: Box) -> int:
    return int(box[0] // _COLUMN)


def _last(box: Box) -> int:
    return int(box[2] // _COLUMN)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
