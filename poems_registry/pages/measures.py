"""Millimetres on a page that tries a printer and an envelope: the address zone, what must stay clear, a line."""

from poems_registry.charts.shapes import Tone
from poems_registry.pages.fonts import Face
from poems_registry.pages.geometry import MM, WindowProfile
from poems_registry.pages.pen import Pen
from poems_registry.pages.typesetting import text_width

LINE = 150
"""Millimetres of the line by which a person sees whether the printer keeps the size."""
_LINE_PLACE = (30.0, 268.0)
_FIGURES = 6.0
_SHORT, _LONG = 1.2, 2.4


def paint_measures(pen: Pen, window: WindowProfile) -> None:
    """Furniture: no screen reader needs it, and whoever holds the sheet reads it through the window."""
    pen.artefact()
    left, top, right, bottom = window.guard
    x, y = window.address
    pen.rect((left * MM, top * MM, (right - left) * MM, (bottom - top) * MM), stroke=Tone.SUB, line=0.4, dash=(3, 2))
    pen.rect((x * MM, y * MM, window.address_width * MM, window.address_height * MM), stroke=Tone.TEXT, line=0.6)
    for at in range(round(left), round(right) + 1):
        long = at % 10 == 0
        for edge, way in ((top, 1), (bottom, -1)):
            _stroke(pen, (at, edge), (at, edge + way * (_LONG if long else _SHORT)))
        if long and left + 4 < at < right - 4:
            _figure(pen, at, (at, top + _LONG + 2.4))
            _figure(pen, at, (at, bottom - _LONG - 0.6))
    for at in range(round(top), round(bottom) + 1):
        long = at % 10 == 0
        for edge, way in ((left, 1), (right, -1)):
            _stroke(pen, (edge, at), (edge + way * (_LONG if long else _SHORT), at))
        if long and top + 5 < at < bottom - 5:
            _figure(pen, at, (left + _LONG + 2, at + 0.8))
            _figure(pen, at, (right - _LONG - 2, at + 0.8))
    x, y = _LINE_PLACE
    _stroke(pen, (x, y), (x + LINE, y), 0.8)
    for at in range(0, LINE + 1, 10):
        _stroke(pen, (x + at, y), (x + at, y - _LONG))
        _figure(pen, at, (x + at, y - _LONG - 0.8))


def _stroke(pen: Pen, begin: tuple[float, float], end: tuple[float, float], width: float = 0.4) -> None:
    pen.stroke(begin[0] * MM, begin[1] * MM, end[0] * MM, end[1] * MM, width)


def _figure(pen: Pen, number: int, place: tuple[float, float]) -> None:
    words = f"{number}"
    x = place[0] * MM - text_width(words, _FIGURES) / 2
    pen.text(x, place[1] * MM, words, Face.REGULAR, _FIGURES, Tone.SUB)
