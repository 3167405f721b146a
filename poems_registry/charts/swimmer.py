"""One line a patient: treatments, relapse, transplant and what became of them, longest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from poems_registry.charts.lettering import text_width
from poems_registry.charts.markers import arrow_head, cross, diamond
from poems_registry.charts.scale import Scale, year_ticks
from poems_registry.charts.shapes import Anchor, Circle, Drawing, Line, Pattern, Rect, Shape, Text, Tone

Ending = Literal["died", "followed", "lost"]
_KEY = ("First treatment", "Later treatment", "Transplant", "Relapse", "Died", "Still followed")


@dataclass(frozen=True, slots=True)
class Lane:
    """One patient, times in years from diagnosis; `treatments` are (start, end, is first line).

    `label` is printed only when rows are as high as the type; it never names a patient in a release.
    """

    end: float
    ending: Ending
    treatments: tuple[tuple[float, float, bool], ...] = ()
    transplants: tuple[float, ...] = ()
    relapses: tuple[float, ...] = ()
    label: str = ""


def swimmer_pages(lanes: Sequence[Lane], rows: int) -> list[tuple[Lane, ...]]:
    """All patients, longest first, at most `rows` on each drawing: continued over pages, never left out."""
    ordered = sorted(lanes, key=lambda lane: -lane.end)
    return [tuple(ordered[start : start + rows]) for start in range(0, len(ordered), rows)]


def swimmer(
    lanes: Sequence[Lane], width: float, *, row_height: float, font_size: float, years: float | None = None
) -> Drawing:
    """The lanes in the order given; as tall as they need, in points. `years` ends the axis (same on every page)."""
    last = years or _longest(lanes)
    left, x = _across(lanes, width, row_height, font_size, last)
    bottom = len(lanes) * row_height + 4
    shapes = [*_rows(lanes, x, row_height, font_size, last), *_foot(x, left, width, bottom, font_size, last)]
    return Drawing(width, bottom + font_size * 5.6, tuple(shapes), _alt(lanes))


def swimmer_rows(
    lanes: Sequence[Lane], width: float, *, row_height: float, font_size: float, years: float | None = None
) -> Drawing:
    """Only the lanes, for a window that scrolls them over an axis of their own: `swimmer_axis` of the same years."""
    last = years or _longest(lanes)
    _, x = _across((), width, row_height, font_size, last)
    shapes = _rows(lanes, x, row_height, font_size, last, labels=False)
    return Drawing(width, len(lanes) * row_height + 4, tuple(shapes), _alt(lanes))


def swimmer_axis(width: float, *, font_size: float, years: float) -> Drawing:
    """The axis and the key that go below `swimmer_rows`."""
    left, x = _across((), width, 0.0, font_size, years)
    key = ", ".join(_KEY).lower()
    alt = f"Years from diagnosis, 0 to {years:.0f}. Marks: {key}."
    return Drawing(width, font_size * 5.6, tuple(_foot(x, left, width, 0.0, font_size, years)), alt)


def _longest(lanes: Sequence[Lane]) -> float:
    return max((lane.end for lane in lanes), default=0.0) or 1.0


def _alt(lanes: Sequence[Lane]) -> str:
    died = sum(lane.ending == "died" for lane in lanes)
    relapsed = sum(bool(lane.relapses) for lane in lanes)
    return f"{len(lanes)} patients, one line each: {relapsed} relapsed, {died} died."


def _labelled(lanes: Sequence[Lane], row_height: float, size: float) -> bool:
    return row_height >= size and any(lane.label for lane in lanes)


def _across(lanes: Sequence[Lane], width: float, row_height: float, size: float, last: float) -> tuple[float, Scale]:
    """Where the lines begin, and the time axis."""
    left = 30.0
    if _labelled(lanes, row_height, size):
        left = max(text_width(lane.label, size) for lane in lanes) + 8
    return left, Scale(0, last * 1.005, left, width - 8)


def _rows(
    lanes: Sequence[Lane], x: Scale, row_height: float, size: float, last: float, *, labels: bool = True
) -> list[Shape]:
    bottom = len(lanes) * row_height + 4
    shapes: list[Shape] = [Line(x.at(t), 0, x.at(t), bottom, Tone.GRID, 0.5) for t in year_ticks(last)]
    labelled = labels and _labelled(lanes, row_height, size)
    for index, lane in enumerate(lanes):
        y = 2 + (index + 0.5) * row_height
        shapes += _lane(lane, x, y, min(row_height, 9.0))
        if labelled:
            shapes.append(Text(0, y + size * 0.35, lane.label, size))
    return shapes


def _foot(x: Scale, left: float, width: float, bottom: float, size: float, last: float) -> list[Shape]:
    ticks: list[Shape] = [
        Text(x.at(tick), bottom + size * 1.3, f"{tick:g}", size, Anchor.MIDDLE, tone=Tone.SUB)
        for tick in year_ticks(last)
    ]
    middle = (left + width) / 2
    title = Text(middle, bottom + size * 2.7, "Years from diagnosis", size, Anchor.MIDDLE, tone=Tone.SUB)
    return [*ticks, title, *_key(left, bottom + size * 4.9, size)]


def _lane(lane: Lane, x: Scale, y: float, tall: float) -> list[Shape]:
    shapes: list[Shape] = [Line(x.start, y, x.at(lane.end), y, Tone.LINE, 0.8)]
    half = tall * 0.32
    for start, end, first in lane.treatments:
        left = x.at(start)
        wide = max(x.at(end) - left, 1.0)
        shapes.append(
            Rect(
                left,
                y - half,
                wide,
                2 * half,
                Tone.FILL if first else Tone.PAPER,
                Tone.TEXT,
                0.6,
                Pattern.SOLID if first else Pattern.HATCH,
            )
        )
    shapes += [diamond(x.at(time), y, tall * 0.46, Tone.TEXT) for time in lane.transplants]
    shapes += [Circle(x.at(time), y, tall * 0.32, Tone.PAPER, Tone.TEXT, 1.1) for time in lane.relapses]
    end = x.at(lane.end)
    if lane.ending == "died":
        shapes += cross(end, y, tall * 0.32)
    elif lane.ending == "followed":
        shapes.append(arrow_head(end, y, tall * 0.34))
    return shapes


def _key(left: float, y: float, size: float) -> list[Shape]:
    shapes: list[Shape] = []
    x = left
    middle = y - size * 0.35
    for name in _KEY:
        shapes += _sign(name, x, middle)
        shapes.append(Text(x + 18, y, name, size))
        x += 30 + text_width(name, size)
    return shapes


def _sign(name: str, x: float, y: float) -> list[Shape]:
    match name:
        case "First treatment":
            return [Rect(x, y - 3, 14, 6, Tone.FILL, Tone.TEXT, 0.6)]
        case "Later treatment":
            return [Rect(x, y - 3, 14, 6, Tone.PAPER, Tone.TEXT, 0.6, Pattern.HATCH)]
        case "Transplant":
            return [diamond(x + 9, y, 4.0, Tone.TEXT)]
        case "Relapse":
            return [Circle(x + 9, y, 2.9, Tone.PAPER, Tone.TEXT, 1.1)]
        case "Died":
            return [*cross(x + 9, y, 2.9)]
        case _:
            return [arrow_head(x + 8, y, 3.0)]
