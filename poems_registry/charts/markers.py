"""The marks that tell series apart without colour: filled when measured, open when beyond a limit."""

from enum import StrEnum

from poems_registry.charts.shapes import Circle, Line, Polygon, Rect, Shape, Tone


class Marker(StrEnum):
    """The shape of a series' points."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    OPEN_SQUARE = "open square"
    TRIANGLE = "triangle"


def marker(kind: Marker, x: float, y: float, radius: float, tone: Tone, *, filled: bool = True) -> Shape:
    """A mark around (x, y)."""
    fill = tone if filled and kind is not Marker.OPEN_SQUARE else Tone.PAPER
    if kind is Marker.CIRCLE:
        return Circle(x, y, radius, fill, tone)
    if kind in (Marker.SQUARE, Marker.OPEN_SQUARE):
        side = radius * 0.92
        return Rect(x - side, y - side, 2 * side, 2 * side, fill, tone, 1.0)
    if kind is Marker.DIAMOND:
        return diamond(x, y, radius * 1.25, tone, filled=filled)
    return triangle(x, y, radius, tone, up=True, filled=filled)


def triangle(x: float, y: float, radius: float, tone: Tone, *, up: bool, filled: bool = False) -> Polygon:
    """A triangle pointing up (beyond the upper limit) or down (below the lower one)."""
    turn = -1 if up else 1
    r = radius * 1.3
    points = ((x, y + turn * r), (x - r, y - turn * r * 0.75), (x + r, y - turn * r * 0.75))
    return Polygon(points, tone if filled else Tone.PAPER, tone, 1.1)


def diamond(x: float, y: float, radius: float, tone: Tone, *, filled: bool = True) -> Polygon:
    """A square on its corner."""
    points = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return Polygon(points, tone if filled else Tone.PAPER, tone, 1.0)


def arrow_head(x: float, y: float, size: float, tone: Tone = Tone.TEXT) -> Polygon:
    """A filled head pointing right, its tip at x + size."""
    return Polygon(((x, y - size), (x + size, y), (x, y + size)), tone, None)


def cross(x: float, y: float, radius: float, tone: Tone = Tone.TEXT, width: float = 1.4) -> tuple[Line, Line]:
    """Two strokes across (x, y)."""
    return (
        Line(x - radius, y - radius, x + radius, y + radius, tone, width),
        Line(x - radius, y + radius, x + radius, y - radius, tone, width),
    )
