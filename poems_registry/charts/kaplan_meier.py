"""Survival curves as steps, with 95% limits, ticks for those last seen, and the numbers still at risk below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from poems_registry.charts.lettering import text_width
from poems_registry.charts.scale import Scale, year_ticks
from poems_registry.charts.shapes import Anchor, Dash, Drawing, Hit, Line, Place, Polyline, Shape, Text, Tone, Weight

_TICK = 2.2


@dataclass(frozen=True, slots=True)
class Step:
    """From `time` years on, the estimate and its limits (shares of 1); None where no limit can be given."""

    time: float
    survival: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """What is read out at `time` years, where the curve stands at `survival`; `on` is the day it is known for."""

    time: float
    survival: float
    words: str
    on: date


@dataclass(frozen=True, slots=True)
class Curve:
    """One estimate: its steps from time 0, the times of those censored, and numbers at risk at the axis' ticks.

    `at_risk` maps a time in years to words ("142", or "*" when withheld); `summary` stands in the key. `points` can be
    reached by hand or key.
    """

    name: str
    steps: tuple[Step, ...]
    censored: tuple[float, ...]
    at_risk: tuple[tuple[float, str], ...]
    summary: str = ""
    points: tuple[Point, ...] = ()


_LOOKS: tuple[tuple[Tone, Dash], ...] = (
    (Tone.TEXT, ()),
    (Tone.BLUE, (5.0, 2.2)),
    (Tone.SUB, (1.5, 1.8)),
    (Tone.PURPLE, (8.0, 2.2, 1.5, 2.2)),
)


def kaplan_meier(
    curves: Sequence[Curve],
    width: float,
    height: float,
    *,
    font_size: float,
    y_label: str = "Event-free",
    x_label: str = "Years from diagnosis",
    years: float | None = None,
) -> Drawing:
    """Curves in a box of points; `years` ends the time axis, by default at the last step or censoring."""
    size = font_size
    ends = [step.time for curve in curves for step in curve.steps] + [t for c in curves for t in c.censored]
    last = years or max(ends, default=0.0) or 1.0
    names = [text_width(curve.name, size) for curve in curves] + [text_width("Number at risk", size, Weight.BOLD)]
    left = max([text_width(y_label, size, Weight.BOLD) + text_width("100%", size) + 16, *names, 0.0]) + 8 + size
    right = width - 8
    foot = size * (3.2 + 1.7 * (len(curves) + 1))
    x, y = Scale(0, last, left, right), Scale(0, 1, height - foot, size * 1.0)
    shapes = _axes(x, y, size, (x_label, y_label))
    for index, curve in enumerate(curves):
        shapes += _curve(curve, x, y, *_LOOKS[index % len(_LOOKS)])
    shapes += _key(curves, x, y, size)
    shapes += _at_risk(curves, x, height - foot + size * 4.2, size)
    alt = " ".join(f"{curve.name}: {curve.summary or 'see the table of numbers'}." for curve in curves)
    points = sorted((point for curve in curves for point in curve.points), key=lambda point: point.time)
    hits = tuple(Hit(x.at(p.time), y.at(p.survival), p.on, p.words) for p in points if p.time <= last)
    return Drawing(width, height, tuple(shapes), alt or "No patients followed.", hits)


def _axes(x: Scale, y: Scale, size: float, labels: tuple[str, str]) -> list[Shape]:
    shapes: list[Shape] = [Text(0, y.end + size * 0.35, labels[1], size, weight=Weight.BOLD)]
    for percent in (0, 25, 50, 75, 100):
        place = y.at(percent / 100)
        tone, wide = (Tone.TEXT, 0.7) if percent == 0 else (Tone.GRID, 0.5)
        shapes.append(Line(x.start, place, x.end, place, tone, wide))
        shapes.append(Text(x.start - 6, place + size * 0.35, f"{percent}%", size, Anchor.END, tone=Tone.SUB))
    for tick in _ticks(x):
        place = x.at(tick)
        shapes.append(Line(place, y.start, place, y.start + 3, Tone.TEXT, 0.6))
        shapes.append(Text(place, y.start + size * 1.4, f"{tick:g}", size, Anchor.MIDDLE, tone=Tone.SUB))
    middle = (x.start + x.end) / 2
    shapes.append(Text(middle, y.start + size * 2.7, labels[0], size, Anchor.MIDDLE, tone=Tone.SUB))
    return shapes


def _ticks(x: Scale) -> tuple[float, ...]:
    return year_ticks(x.high)


def _curve(curve: Curve, x: Scale, y: Scale, tone: Tone, dash: Dash) -> list[Shape]:
    shapes: list[Shape] = [Polyline(_stairs([(s.time, s.survival) for s in curve.steps], x, y), tone, 1.5, dash)]
    for low in (True, False):
        limits = [(s.time, s.low if low else s.high) for s in curve.steps]
        known = [(time, limit) for time, limit in limits if limit is not None]
        if len(known) > 1:
            shapes.append(Polyline(_stairs(known, x, y), tone, 0.45, (0.8, 1.8)))
    for time in curve.censored:
        place = x.at(time), y.at(_survival_at(curve, time))
        shapes.append(Line(place[0], place[1] - _TICK, place[0], place[1] + _TICK, tone, 0.6))
    return shapes


def _stairs(steps: Sequence[tuple[float, float]], x: Scale, y: Scale) -> tuple[Place, ...]:
    places: list[Place] = []
    for time, share in steps:
        if places:
            places.append((x.at(time), places[-1][1]))
        places.append((x.at(time), y.at(share)))
    return tuple(places)


def _survival_at(curve: Curve, time: float) -> float:
    share = 1.0
    for step in curve.steps:
        if step.time > time:
            break
        share = step.survival
    return share


def _key(curves: Sequence[Curve], x: Scale, y: Scale, size: float) -> list[Shape]:
    """In the lower left, which survival curves leave empty; at the upper right when a curve comes down there."""
    step = size * 1.9
    lowest = min((s.survival for curve in curves for s in curve.steps if s.time < x.high * 0.6), default=1.0)
    free = y.at(max(lowest, 0.0))
    top = y.start - size * 0.9 - step * (len(curves) - 1)
    start = x.start + 12
    if top - size < free:
        widest = max(text_width(f"{c.name}  {c.summary}", size, Weight.BOLD) for c in curves) if curves else 0.0
        start, top = x.end - widest - 36, y.end + size * 1.2
    shapes: list[Shape] = []
    for index, curve in enumerate(curves):
        tone, dash = _LOOKS[index % len(_LOOKS)]
        base = top + index * step
        shapes.append(Line(start, base - size * 0.35, start + 24, base - size * 0.35, tone, 1.5, dash))
        shapes.append(Text(start + 30, base, curve.name, size, weight=Weight.BOLD, tone=tone))
        after = start + 36 + text_width(curve.name, size, Weight.BOLD)
        shapes.append(Text(after, base, curve.summary, size, tone=tone))
    return shapes


def _at_risk(curves: Sequence[Curve], x: Scale, top: float, size: float) -> list[Shape]:
    shapes: list[Shape] = [Text(0, top, "Number at risk", size, weight=Weight.BOLD)]
    for index, curve in enumerate(curves):
        base = top + (index + 1) * size * 1.6
        shapes.append(Text(0, base, curve.name, size))
        for time, words in curve.at_risk:
            if time <= x.high:
                shapes.append(Text(x.at(time), base, words, size, Anchor.MIDDLE))
    return shapes


def risk_times(years: float) -> tuple[float, ...]:
    """The times in years at which the chart shows numbers at risk, for an axis that ends at `years`."""
    return year_ticks(years)
