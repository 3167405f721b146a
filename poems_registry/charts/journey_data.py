"""What a journey chart is drawn from: series of dated values, treatment bars, flags; no Qt, no PDF, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from poems_registry.charts.markers import Marker
from poems_registry.charts.shapes import Dash, Tone

Sign = Literal["=", "<", ">"]
FlagKind = Literal["diagnosis", "transplant", "relapse", "event"]


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day. A censored one carries its sign and stands at its limit, open.

    `detected` False means looked for and not found (drawn open, with words). `shown` is the value as recorded, when its
    precision matters ("1.0"). `found_at` names the contact that found it, where that was no visit of the clinic.
    """

    on: date
    value: float
    sign: Sign = "="
    detected: bool = True
    shown: str = ""
    found_at: str = ""

    @property
    def number(self) -> str:
        """The value as printed: commas from 1,000, no needless decimals."""
        return self.shown or f"{self.value:,.10g}"


@dataclass(frozen=True, slots=True)
class Level:
    """A named value across a panel (the POEMS decision level); `dash` as in shapes."""

    value: float
    words: str
    dash: Dash = (4.0, 2.5)


@dataclass(frozen=True, slots=True)
class Series:
    """One test with its own panel: never two specimens, never two units in one.

    `at_least` and `at_most` widen the axis beyond the data; `shade_above` shades above the first level;
    `every_value` prints each number; `steps` joins points as a staircase (scores hold until the next visit). `axis`
    are the ends of the axis where they are not to be found from the points.
    """

    name: str
    unit: str
    points: tuple[Point, ...]
    logarithmic: bool = False
    steps: bool = False
    every_value: bool = False
    levels: tuple[Level, ...] = ()
    shade_above: bool = False
    at_least: float | None = None
    at_most: float | None = None
    ticks: tuple[float, ...] = ()
    marker: Marker = Marker.CIRCLE
    tone: Tone = Tone.BLUE
    dash: Dash = ()
    hint: str = ""
    weight: float = 1.0
    axis: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A treatment from a day to a day, or going on; `line` 1, 2, ... for lines of therapy, None for the rest."""

    label: str
    start: date
    end: date | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that happened on a day."""

    on: date
    label: str
    kind: FlagKind = "event"


@dataclass(frozen=True, slots=True)
class JourneyData:
    """A journey, or its part from `since` to `to`; `until` is today on screen and the visit's day in a letter."""

    series: tuple[Series, ...]
    until: date
    bars: tuple[Bar, ...] = ()
    flags: tuple[Flag, ...] = ()
    since: date | None = None
    to: date | None = None


def said(point: Point, *, in_words: bool) -> str:
    """A point's value: "more than 8,000", "below 31" in words, as a letter's table has it; "> 8,000" in signs."""
    if not point.detected:
        return "none detected" if in_words else "not detected"
    if point.sign == "=":
        return point.number
    long, short = ("more than", ">") if point.sign == ">" else ("below", "<")
    return f"{long if in_words else short} {point.number}"


def ordered(points: Sequence[Point]) -> tuple[Point, ...]:
    """Points in time."""
    return tuple(sorted(points, key=lambda point: point.on))
