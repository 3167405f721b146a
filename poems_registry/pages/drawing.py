"""Charts painted as vectors on the page, shape by shape."""

from poems_registry.charts.shapes import (
    Anchor,
    Circle,
    Drawing,
    Line,
    Pattern,
    Polygon,
    Polyline,
    Rect,
    Shape,
    Text,
    Tone,
    Weight,
)
from poems_registry.pages.fonts import Face
from poems_registry.pages.pen import Pen, circle, loaded_width, polygon


def paint_drawing(pen: Pen, drawing: Drawing, left: float, top: float, shrink: float = 1.0) -> None:
    """Paint every shape with the drawing's corner at (left, top) points, scaled by `shrink`."""
    brush = _Brush(pen, left, top, shrink)
    for shape in drawing.shapes:
        brush.paint(shape)


class _Brush:
    def __init__(self, pen: Pen, left: float, top: float, shrink: float) -> None:
        self._pen, self._left, self._top, self._k = pen, left, top, shrink

    def paint(self, shape: Shape) -> None:
        match shape:
            case Text():
                self._text(shape)
            case Line():
                self._pen.stroke(
                    *self._at(shape.x1, shape.y1),
                    *self._at(shape.x2, shape.y2),
                    shape.width * self._k,
                    shape.tone,
                    shape.dash,
                )
            case Polyline():
                path = polygon([self._at(*point) for point in shape.points], closed=False)
                self._pen.path(f"1 j {path}", "S", stroke=shape.tone, width=shape.width * self._k, dash=shape.dash)
            case Rect():
                self._rect(shape)
            case Circle():
                path = circle(*self._at(shape.x, shape.y), shape.radius * self._k)
                self._closed(path, shape.fill, shape.stroke, shape.stroke_width)
            case Polygon():
                path = polygon([self._at(*point) for point in shape.points], closed=True)
                self._closed(path, shape.fill, shape.stroke, shape.stroke_width)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self._left + x * self._k, self._top + y * self._k

    def _text(self, shape: Text) -> None:
        face = Face.BOLD if shape.weight is Weight.BOLD else Face.REGULAR
        size = shape.size * self._k
        x, y = self._at(shape.x, shape.y)
        if shape.anchor is not Anchor.START:
            width = loaded_width(face, shape.text, size)
            x -= width if shape.anchor is Anchor.END else width / 2
        self._pen.text(x, y, shape.text, face, size, shape.tone)

    def _rect(self, shape: Rect) -> None:
        x, y = self._at(shape.x, shape.y)
        width, height = shape.width * self._k, shape.height * self._k
        if shape.fill is not None:
            self._pen.rect((x, y, width, height), fill=shape.fill, radius=shape.radius)
        if shape.pattern is not Pattern.SOLID:
            self._pen.fill_pattern(x, y, width, height, shape.pattern, shape.stroke or Tone.TEXT)
        if shape.stroke is not None:
            self._pen.rect(
                (x, y, width, height), stroke=shape.stroke, line=shape.stroke_width * self._k, radius=shape.radius
            )

    def _closed(self, path: str, fill: Tone | None, stroke: Tone | None, width: float) -> None:
        operator = "B" if fill and stroke else ("f" if fill else "S")
        self._pen.path(path, operator, fill=fill, stroke=stroke, width=width * self._k)
