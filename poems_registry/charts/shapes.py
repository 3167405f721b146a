"""The plain shapes a chart is made of, for the screen and for paper alike (decision 10).

All lengths are points (1/72 inch), the origin is the top left corner and y grows downwards. Colours are meanings
(tones), never colours: whoever paints decides what "band" looks like in light, dark, high contrast and on paper.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tone(StrEnum):
    """What a colour stands for."""

    TEXT = "text"
    SUB = "sub"
    LINE = "line"
    GRID = "grid"
    BAND = "band"
    BLUE = "blue"
    PURPLE = "purple"
    GREEN = "green"
    RED = "red"
    AMBER = "amber"
    FILL = "fill"
    PAPER = "paper"


class Pattern(StrEnum):
    """How an area is filled, so that greyscale paper still tells one from another."""

    SOLID = "solid"
    HATCH = "hatch"
    CROSS = "cross"
    DOTS = "dots"


class Anchor(StrEnum):
    """Which end of a text stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Weight(StrEnum):
    """Regular or bold type."""

    REGULAR = "regular"
    BOLD = "bold"


Place = tuple[float, float]
Dash = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line from (x1, y1) to (x2, y2); `dash` lists strokes and gaps in points, empty for solid."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = Tone.TEXT
    width: float = 0.7
    dash: Dash = ()


@dataclass(frozen=True, slots=True)
class Polyline:
    """An open line through all points, in order."""

    points: tuple[Place, ...]
    tone: Tone = Tone.TEXT
    width: float = 1.0
    dash: Dash = ()


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with its top left corner at (x, y); `pattern` is drawn in the stroke's tone over the fill."""

    x: float
    y: float
    width: float
    height: float
    fill: Tone | None = None
    stroke: Tone | None = None
    stroke_width: float = 0.6
    pattern: Pattern = Pattern.SOLID
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    fill: Tone | None = None
    stroke: Tone | None = None
    stroke_width: float = 1.0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape through all points."""

    points: tuple[Place, ...]
    fill: Tone | None = None
    stroke: Tone | None = None
    stroke_width: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of type whose baseline stands at y; `size` in points."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = Anchor.START
    weight: Weight = Weight.REGULAR
    tone: Tone = Tone.TEXT


Shape = Line | Polyline | Rect | Circle | Polygon | Text


@dataclass(frozen=True, slots=True)
class Hit:
    """A point a hand or the arrow keys can reach, and what is read out there."""

    x: float
    y: float
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished chart: shapes in painting order, the words that stand for it, and its readable points."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt_text: str
    hits: tuple[Hit, ...] = ()
