"""Pieces of a page one under the other, and where pages end: nothing is clipped, heads stay with what they head."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from poems_registry.pages.pen import Pen

Paint = Callable[[Pen, float], None]
"""Paints a piece whose top edge stands at the given y (points from the page's top)."""


class Break(Enum):
    """Whether a new page begins before a piece."""

    NONE = auto()
    ALWAYS = auto()
    FROM_FIRST = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A box drawn round all its pieces on a page, with `padding` points inside at top and bottom."""

    left: float
    width: float
    padding: float


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Something that is not cut: a line, a row, a chart.

    `space` above falls away at the top of a page; `keep` holds it with the next piece; `head` is painted again when a
    page begins with this piece; `outline` is the box it stands in.
    """

    height: float
    paint: Paint
    space: float = 0.0
    keep: bool = False
    head: tuple["Piece", ...] = ()
    outline: Outline | None = None
    breaks: Break = Break.NONE


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and the y of its top edge; `again` marks a repeated head."""

    piece: Piece
    top: float
    again: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """Top and bottom of the text area of a page, in points from the page's top."""

    top: float
    bottom: float


TALL = 10
"""A row, a notice or an action of at most so many lines is never cut: a sixth of a page."""
_ENDS = 3
"""Lines that stay together at either end of one that is cut."""


def cuts(lines: int) -> list[tuple[int, int]]:
    """Where something of so many lines may part at a page's end: (start, end) of its parts, one if it is not tall.

    A cell may hold pages of text. Parted line by line it fills the page it begins on, and no line is left alone.
    """
    if lines <= TALL:
        return [(0, lines)]
    middle = [(line, line + 1) for line in range(_ENDS, lines - _ENDS)]
    return [(0, _ENDS), *middle, (lines - _ENDS, lines)]


class _Sheets:
    """The pages being filled."""

    def __init__(self, room: Callable[[int], Room]) -> None:
        self._room = room
        self.pages: list[list[Placed]] = [[]]
        self._area = room(0)
        self._y = self._area.top
        self._outline: Outline | None = None

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self._area = self._room(len(self.pages) - 1)
        self._y = self._area.top
        self._outline = None

    @property
    def empty(self) -> bool:
        """Whether nothing stands on this page yet."""
        return not self.pages[-1]

    def fits(self, chain: Sequence[Piece]) -> bool:
        """Whether the whole chain fits on this page."""
        y, outline = self._y, self._outline
        if self.empty:
            y += sum(piece.height for piece in chain[0].head)
        for index, piece in enumerate(chain):
            y += 0.0 if self.empty and index == 0 else piece.space
            y += _padding(outline, piece.outline) + piece.height
            outline = piece.outline
        y += outline.padding if outline else 0.0
        return y <= self._area.bottom + 0.01

    def place(self, piece: Piece) -> None:
        """Put `piece` at the end of this page."""
        if self.empty:
            self._y += _padding(self._outline, piece.outline)
            for part in piece.head:
                self.pages[-1].append(Placed(part, self._y, again=True))
                self._y += part.height
        else:
            self._y += piece.space + _padding(self._outline, piece.outline)
        self._outline = piece.outline
        self.pages[-1].append(Placed(piece, self._y))
        self._y += piece.height


def _padding(before: Outline | None, after: Outline | None) -> float:
    if before is after:
        return 0.0
    return (before.padding if before else 0.0) + (after.padding if after else 0.0)


def paginate(pieces: Sequence[Piece], room: Callable[[int], Room]) -> list[list[Placed]]:
    """Pieces on pages. `room` gives the text area of a page by its index (0 is the first).

    A chain of kept pieces that is taller than a page is let go: it flows, and nothing is lost.
    """
    sheets = _Sheets(room)
    for chain in _chains(pieces):
        first = chain[0]
        wanted = first.breaks is Break.ALWAYS or (first.breaks is Break.FROM_FIRST and len(sheets.pages) == 1)
        if (wanted or not sheets.fits(chain)) and not sheets.empty:
            sheets.turn()
        elif sheets.empty and len(sheets.pages) == 1 and not sheets.fits([first]) and _fits_whole(first, room(1)):
            sheets.turn()  # the top of page 1 has taken the room of even one line
        whole = sheets.fits(chain)
        for piece in chain:
            if not whole and not sheets.empty and not sheets.fits([piece]):
                sheets.turn()
            sheets.place(piece)
    return sheets.pages


def _fits_whole(piece: Piece, area: Room) -> bool:
    return piece.height <= area.bottom - area.top


def _chains(pieces: Sequence[Piece]) -> list[list[Piece]]:
    chains: list[list[Piece]] = []
    current: list[Piece] = []
    for piece in pieces:
        if current and piece.breaks is not Break.NONE:
            chains.append(current)
            current = []
        current.append(piece)
        if not piece.keep:
            chains.append(current)
            current = []
    if current:
        chains.append(current)
    return chains


def outlines(page: Sequence[Placed]) -> list[tuple[Outline, float, float]]:
    """The boxes of a page: outline, top and bottom in points."""
    found: list[tuple[Outline, float, float]] = []
    for placed in page:
        outline = placed.piece.outline
        if outline is None:
            continue
        bottom = placed.top + placed.piece.height + outline.padding
        if found and found[-1][0] is outline:
            found[-1] = (outline, found[-1][1], bottom)
        else:
            found.append((outline, placed.top - outline.padding, bottom))
    return found
