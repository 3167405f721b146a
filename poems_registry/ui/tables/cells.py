"""What a cell of a list shows: words with weight and tone, the five chips, a small chart. No Qt in here."""

from dataclasses import dataclass

from poems_registry.charts.shapes import Drawing
from poems_registry.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one weight and tone, an icon before them. `right` puts them at the cell's right edge.

    `struck` draws a line through them: entered in error; the words beside say so too.
    """

    text: str
    bold: bool = False
    tone: Tone = Tone.TEXT
    icon: str = ""
    icon_tone: Tone | None = None
    right: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One or two lines. `chips` are (letter, code of its state); `drawing` stands right of the first line.

    Words are never cut: what is longer than its column goes on in a further line, and the row grows.
    """

    first: tuple[Span, ...] = ()
    second: tuple[Span, ...] = ()
    chips: tuple[tuple[str, str], ...] = ()
    drawing: Drawing | None = None


def plain(text: str, *, bold: bool = False, tone: Tone = Tone.TEXT) -> Cell:
    """A cell of one line."""
    return Cell((Span(text, bold, tone),))


def two_lines(first: str, second: str, *, bold: bool = False) -> Cell:
    """A value, and below it in the second tone what it goes with."""
    return Cell((Span(first, bold),), (Span(second, tone=Tone.SUB),) if second else ())
