"""Painting on a page: each stroke and each word inside a tag or marked as an artefact, y measured from the top.

The pen writes PDF operators itself (ReportLab's text objects cost three times as much) and leaves to ReportLab what is
hard: the objects of the file and the font subsets.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from poems_registry.charts.shapes import Pattern, Tone
from poems_registry.pages.fonts import Face, font, metrics, tidy
from poems_registry.pages.geometry import MM, PAGE_HEIGHT
from poems_registry.pages.structure import Node
from poems_registry.pages.typesetting import Line

PAPER_TONES = {
    Tone.TEXT: (0x21, 0x2B, 0x32),
    Tone.SUB: (0x4C, 0x62, 0x72),
    Tone.LINE: (0xAE, 0xB7, 0xBD),
    Tone.GRID: (0xD8, 0xDD, 0xE0),
    Tone.BAND: (0xEE, 0xF1, 0xF2),
    Tone.FILL: (0xC9, 0xD2, 0xD7),
    Tone.PAPER: (0xFF, 0xFF, 0xFF),
    Tone.BLUE: (0x00, 0x5E, 0xB8),
    Tone.PURPLE: (0x5B, 0x2D, 0x86),
    Tone.GREEN: (0x00, 0x6B, 0x3C),
    Tone.RED: (0xB3, 0x20, 0x0F),
    Tone.AMBER: (0x7A, 0x4F, 0x00),
}
"""Tones on paper (sRGB); letters use only the greys, told apart by dash, marker and words."""

_COLOUR = {tone: " ".join(f"{part / 255:.3g}" for part in rgb) for tone, rgb in PAPER_TONES.items()}
_ESCAPED = [chr(b) if 32 <= b < 127 and chr(b) not in "()\\" else f"\\{b:03o}" for b in range(256)]
_ESCAPED_PLAIN = {ord(sign): _ESCAPED[ord(sign)] for sign in "()\\"}
_CURVE = 0.5523
_HATCH_STEP = 3.2
_NO_NODE = Node("Artifact")
Box = tuple[float, float, float, float]
"""Left, top, width, height in points."""


class Pen:
    """Paints one document onto a ReportLab canvas, page after page."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._code: list[str] = []
        self._page = 0
        self._next_mark = 0
        self._open: Node | None = None
        self._repeating = False
        self._in_text = False
        self._ink: Tone | None = None
        self._type = ""
        self._first_subset: dict[Face, str] = {}
        self.marks: list[list[Node]] = [[]]
        """For each page, the node of each marked-content id."""

    # pages and tags

    def end_page(self) -> None:
        """Finish this page and begin the next."""
        self._close()
        self._canvas._code.append("\n".join(self._code))
        self._canvas.showPage()
        self._code = []
        self._ink, self._type = None, ""
        self._page += 1
        self._next_mark = 0
        self.marks.append([])

    def tag(self, node: Node) -> None:
        """What follows belongs to `node`."""
        if self._repeating:
            self.artefact()
            return
        if self._open is node:
            return
        self._close()
        self._code.append(f"/{node.tag} <</MCID {self._next_mark}>> BDC")
        node.kids.append((self._page, self._next_mark))
        self.marks[self._page].append(node)
        self._next_mark += 1
        self._open = node

    def artefact(self) -> None:
        """What follows is furniture: not read out."""
        if self._open is _NO_NODE:
            return
        self._close()
        self._code.append("/Artifact BMC")
        self._open = _NO_NODE

    @contextmanager
    def repeating(self) -> Iterator[None]:
        """Whatever is painted inside was said before (a repeated table head): an artefact."""
        self._repeating = True
        try:
            yield
        finally:
            self._repeating = False

    def _close(self) -> None:
        self._end_text()
        if self._open is not None:
            self._code.append("EMC")
            self._open = None

    def _emit(self, code: str) -> None:
        if self._open is None:
            raise AssertionError("painting outside a tag")
        self._end_text()
        self._code.append(code)

    def _end_text(self) -> None:
        if self._in_text:
            self._code.append("ET")
            self._in_text = False

    # words

    def text(self, x: float, baseline: float, text: str, face: Face, size: float, tone: Tone = Tone.TEXT) -> None:
        """One line of words; x, baseline and size in points."""
        self._words(f"1 0 0 1 {x:.2f} {_up(baseline)}", tidy(text), face, size, tone)

    def turned_text(
        self, x: float, baseline: float, text: str, face: Face, size: float, turn: tuple[float, float], tone: Tone
    ) -> None:
        """Words along a slope; `turn` is (cosine, sine) of its angle."""
        cos, sin = turn
        self._words(f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.2f} {_up(baseline)}", text, face, size, tone)

    def _words(self, matrix: str, text: str, face: Face, size: float, tone: Tone) -> None:
        """Words in one text object a tag; colour and font are set only where they change (fewer steps to check)."""
        if self._open is None:
            raise AssertionError("painting outside a tag")
        out = [] if self._in_text else ["BT"]
        self._in_text = True
        if self._ink is not tone:
            self._ink = tone
            out.append(f"{_COLOUR[tone]} rg")
        out.append(f"{matrix} Tm")
        for name, shown in self._in_subsets(text, face):
            type_ = f"{name} {size:g} Tf"
            if type_ != self._type:
                self._type = type_
                out.append(type_)
            out.append(f"({shown}) Tj")
        self._code.append(" ".join(out))

    def _in_subsets(self, text: str, face: Face) -> list[tuple[str, str]]:
        """Name of a font's subset and the words as PDF writes them; plain letters have their own code in the first."""
        loaded, doc = font(face), self._canvas._doc
        blank = text.replace("\u00a0", " ")
        if blank.isascii() and blank.isprintable():
            if face not in self._first_subset:
                self._first_subset[face] = loaded.getSubsetInternalName(0, doc)
            return [(self._first_subset[face], blank.translate(_ESCAPED_PLAIN))]
        return [
            (loaded.getSubsetInternalName(subset, doc), "".join([_ESCAPED[code] for code in codes]))
            for subset, codes in loaded.splitString(text, doc)
        ]

    def line_of_text(
        self, x: float, baseline: float, line: Line, size: float, tone: Tone = Tone.TEXT, *, more: bool = False
    ) -> None:
        """A set line; `more` adds the blank that joins it to the next one when the text is copied or read."""
        last = len(line.pieces) - 1
        for index, (face, words) in enumerate(line.pieces):
            blank = " " if more and index == last and not line.broken else ""
            self.text(x, baseline, words + blank, face, size, tone)
            if index < last:
                x += loaded_width(face, words, size)

    # shapes

    def stroke(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        width: float,
        tone: Tone = Tone.TEXT,
        dash: Sequence[float] = (),
    ) -> None:
        """A straight line with butt ends."""
        self.path(f"{x1:.2f} {_up(y1)} m {x2:.2f} {_up(y2)} l", "S", stroke=tone, width=width, dash=dash)

    def rect(
        self,
        box: Box,
        *,
        fill: Tone | None = None,
        stroke: Tone | None = None,
        line: float = 0.6,
        dash: Sequence[float] = (),
        radius: float = 0.0,
    ) -> None:
        """A rectangle."""
        x, y, width, height = box
        path = (
            rounded(x, y, width, height, radius) if radius else f"{x:.2f} {_up(y + height)} {width:.2f} {height:.2f} re"
        )
        self.path(path, _operator(fill, stroke), fill=fill, stroke=stroke, width=line, dash=dash)

    def path(
        self,
        path: str,
        operator: str,
        *,
        fill: Tone | None = None,
        stroke: Tone | None = None,
        width: float = 0.0,
        dash: Sequence[float] = (),
    ) -> None:
        """A path in PDF operators, painted by `operator`; nothing of its style outlives it."""
        parts = ["q"]
        if fill is not None:
            parts.append(f"{_COLOUR[fill]} rg")
        if stroke is not None:
            parts.append(f"{_COLOUR[stroke]} RG {width:g} w")
        if dash:
            parts.append(f"[{' '.join(f'{part:g}' for part in dash)}] 0 d")
        self._emit(" ".join([*parts, path, operator, "Q"]))

    def fill_pattern(self, x: float, y: float, width: float, height: float, pattern: Pattern, tone: Tone) -> None:
        """Hatch, cross-hatch or dots inside a rectangle, clipped to it."""
        strokes = _dots(x, y, width, height) if pattern is Pattern.DOTS else _hatch(x, y, width, height, pattern)
        clip = f"{x:.2f} {_up(y + height)} {width:.2f} {height:.2f} re W n"
        self._emit(f"q {clip} {_COLOUR[tone]} RG 0.5 w {strokes} S Q")

    def image(self, x: float, y: float, width: float, height: float, data: Any) -> None:
        """A picture (ReportLab's ImageReader) in the box with top left corner (x, y), in proportion, kept right."""
        wide, high = data.getSize()
        scale = min(width / wide, height / high)
        wide, high = wide * scale, high * scale
        self._emit("q")
        self._canvas._code.append("\n".join(self._code))
        self._code = []
        bottom = PAGE_HEIGHT * MM - y - high
        self._canvas.drawImage(data, x + width - wide, bottom, wide, high, mask="auto")
        self._emit("Q")


def loaded_width(face: Face, words: str, size: float) -> float:
    """Width of words as the pen sets them."""
    return metrics(face).width(tidy(words), size)


def _up(y: float) -> str:
    return f"{PAGE_HEIGHT * MM - y:.2f}"


def _operator(fill: Tone | None, stroke: Tone | None) -> str:
    if fill is not None and stroke is not None:
        return "B"
    return "f" if fill is not None else "S"


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a rectangle with round corners."""
    r = min(radius, width / 2, height / 2)
    c = r * (1 - _CURVE)
    right, bottom = x + width, y + height
    return (
        f"{x + r:.2f} {_up(y)} m {right - r:.2f} {_up(y)} l"
        f" {right - c:.2f} {_up(y)} {right:.2f} {_up(y + c)} {right:.2f} {_up(y + r)} c {right:.2f} {_up(bottom - r)} l"
        f" {right:.2f} {_up(bottom - c)} {right - c:.2f} {_up(bottom)} {right - r:.2f} {_up(bottom)} c"
        f" {x + r:.2f} {_up(bottom)} l {x + c:.2f} {_up(bottom)} {x:.2f} {_up(bottom - c)} {x:.2f} {_up(bottom - r)} c"
        f" {x:.2f} {_up(y + r)} l {x:.2f} {_up(y + c)} {x + c:.2f} {_up(y)} {x + r:.2f} {_up(y)} c h"
    )


def circle(x: float, y: float, radius: float) -> str:
    """The path of a circle."""
    return rounded(x - radius, y - radius, 2 * radius, 2 * radius, radius)


def polygon(points: Sequence[tuple[float, float]], *, closed: bool) -> str:
    """The path through `points`."""
    steps = [f"{x:.2f} {_up(y)} {'l' if index else 'm'}" for index, (x, y) in enumerate(points)]
    return " ".join(steps) + (" h" if closed else "")


def _hatch(x: float, y: float, width: float, height: float, pattern: Pattern) -> str:
    strokes = []
    step = _HATCH_STEP * 2**0.5
    offset = -height
    while offset < width:
        left = x + offset
        strokes.append(f"{left:.2f} {_up(y + height)} m {left + height:.2f} {_up(y)} l")
        if pattern is Pattern.CROSS:
            strokes.append(f"{left:.2f} {_up(y)} m {left + height:.2f} {_up(y + height)} l")
        offset += step
    return " ".join(strokes)


def _dots(x: float, y: float, width: float, height: float) -> str:
    strokes = []
    row, top = 0, y + _HATCH_STEP / 2
    while top < y + height:
        left = x + _HATCH_STEP / 2 * (1 + row % 2)
        while left < x + width:
            strokes.append(f"{left:.2f} {_up(top)} m {left + 0.7:.2f} {_up(top)} l")
            left += _HATCH_STEP
        row, top = row + 1, top + _HATCH_STEP
    return " ".join(strokes)
