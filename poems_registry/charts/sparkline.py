"""A word-sized line of a test's course, for table rows and cards."""

from collections.abc import Sequence

from poems_registry.charts.journey_data import Point, ordered, said
from poems_registry.charts.scale import Scale, TimeScale
from poems_registry.charts.shapes import Circle, Drawing, Hit, Line, Polyline, Shape, Tone

_EDGE = 3.0


def sparkline(
    points: Sequence[Point],
    width: float,
    height: float,
    *,
    level: float | None = None,
    logarithmic: bool = False,
    tone: Tone = Tone.BLUE,
) -> Drawing:
    """The course of `points` in a box of points; the last one marked, open when it is beyond a limit.

    `level` draws a dashed line. Values of 0 or less are held at the axis' end on a logarithmic scale.
    """
    known = ordered(points)
    if not known:
        return Drawing(width, height, (), "No results recorded.")
    values = [point.value for point in known] + ([level] if level is not None else [])
    scale = _scale([value for value in values if value > 0] or [1.0] if logarithmic else values, height, logarithmic)
    first, last = known[0].on, known[-1].on
    time = TimeScale(first, last, _EDGE, width - _EDGE) if last > first else None
    places = [(time.at(point.on) if time else width / 2, scale.at(max(point.value, scale.low))) for point in known]
    shapes: list[Shape] = []
    if level is not None:
        y = scale.at(level)
        shapes.append(Line(0, y, width, y, Tone.LINE, 0.7, (2.5, 2.0)))
    if len(places) > 1:
        shapes.append(Polyline(tuple(places), tone, 1.2))
    x, y = places[-1]
    beyond = known[-1].sign != "=" or not known[-1].detected
    shapes.append(Circle(x, y, 2.0, Tone.PAPER if beyond else tone, tone, 1.0))
    hits = tuple(Hit(*place, point.on, said(point, in_words=True)) for place, point in zip(places, known, strict=True))
    count = "1 value" if len(known) == 1 else f"{len(known)} values"
    return Drawing(width, height, tuple(shapes), f"{count}, last {said(known[-1], in_words=True)}.", hits)


def _scale(values: Sequence[float], height: float, logarithmic: bool) -> Scale:
    low, high = min(values), max(values)
    if high <= low:
        low, high = (low / 2, high * 2) if logarithmic else (low - 1, high + 1)
    return Scale(low, high, height - _EDGE, _EDGE, logarithmic)
