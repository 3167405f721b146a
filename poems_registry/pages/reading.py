"""Reads a finished file back from its bytes: the words under its tags in reading order, and where they stand.

It knows nothing of how pages were set: it follows the structure tree and each font's own table of characters, as a
screen reader does. So what it reads can be held against what was composed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

FIGURE = "Figure"
_HEX = r"<([0-9A-Fa-f]+)>"
_CHARACTER = re.compile(rf"{_HEX}\s*{_HEX}")
_RANGE = re.compile(rf"{_HEX}\s*{_HEX}\s*(?:{_HEX}|\[([^\]]*)\])")
_BLOCK = re.compile(r"begin(bfchar|bfrange)(.*?)endbf", re.S)


@dataclass(frozen=True, slots=True)
class Printed:
    """Words set at a place: page from 0, left edge, right edge and baseline in points from the bottom left, size.

    `mark` is the marked-content id, -1 for furniture.
    """

    page: int
    mark: int
    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(slots=True)
class Read:
    """One file read: all that is printed in the order of painting, and the words and figures under the tags."""

    printed: list[Printed] = field(default_factory=list)
    tagged: str = ""
    """The words under the tags without those inside a figure, in reading order."""

    figures: list[str] = field(default_factory=list)
    """What each figure is said to show."""

    fonts: dict[str, bool] = field(default_factory=dict)
    """Each font, and whether its program is in the file."""

    furniture: list[str] = field(default_factory=list)
    """For each page, what no screen reader reads: header, footer, the mark of a draft."""


def read_back(data: bytes) -> Read:
    """Everything that the bytes of a finished, tagged file say. ValueError if it has no tags."""
    import pikepdf

    read = Read()
    with pikepdf.open(BytesIO(data)) as pdf:
        for index, page in enumerate(pdf.pages):
            read.printed += _printed(index, page, read.fonts)
        if "/StructTreeRoot" not in pdf.Root:
            raise ValueError("the file has no tags")
        words: dict[tuple[int, int], str] = {}
        for each in read.printed:
            key = (each.page, each.mark)
            words[key] = words.get(key, "") + each.text
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        said: list[str] = []
        for tag, place in _walk(pdf.Root.StructTreeRoot.K, pages, ""):
            if tag == FIGURE and isinstance(place, str):
                read.figures.append(place)
            elif tag != FIGURE and isinstance(place, tuple):
                said.append(words.pop(place, ""))
        read.tagged = "\n".join(said)
        read.furniture = [words.get((index, -1), "") for index in range(len(pdf.pages))]
    return read


Place = tuple[int, int] | str
"""Page and marked-content id, or what a figure shows."""


def _walk(element: "pikepdf.Object", pages: dict[tuple[int, int], int], tag: str) -> Iterator[tuple[str, Place]]:
    """Every piece of marked content in reading order with the tag it hangs under; a figure's words come before it."""
    import pikepdf

    tag = str(element.S).lstrip("/") if tag != FIGURE else tag
    if tag == FIGURE:
        yield tag, str(element.get("/Alt", ""))
    own = pages.get(element.Pg.objgen, -1) if "/Pg" in element else -1
    kids = element.K
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            yield tag, (own, int(kid))
        elif "/MCID" in kid:
            yield tag, (pages[kid.Pg.objgen], int(kid.MCID))
        else:
            yield from _walk(kid, pages, tag)


def _printed(index: int, page: "pikepdf.Page", embedded: dict[str, bool]) -> Iterator[Printed]:
    import pikepdf

    fonts = {str(name): _Font(font) for name, font in page.Resources.Font.items()}
    for font in fonts.values():
        embedded[font.name] = font.embedded
    font, size, mark, place = next(iter(fonts.values())), 0.0, -1, (0.0, 0.0)
    for step in pikepdf.parse_content_stream(page):
        match str(step.operator), list(step.operands):
            case "BDC", (_, properties) if isinstance(properties, pikepdf.Dictionary):
                mark = int(properties.get("/MCID", -1))
            case "EMC", _:
                mark = -1
            case "Tf", (name, given):
                font, size = fonts[str(name)], float(given)
            case "Tm", (_, _, _, _, x, y):
                place = (float(x), float(y))
            case "Tj", (shown,):
                text, width = font.read(bytes(shown))
                right = place[0] + width * size / 1000
                yield Printed(index, mark, text, place[0], right, place[1], size)
                place = (right, place[1])


class _Font:
    """One font of the file: its characters and widths by code."""

    def __init__(self, font: "pikepdf.Object") -> None:
        self.name = str(font.BaseFont).lstrip("/")
        descriptor = font.get("/FontDescriptor")
        self.embedded = descriptor is not None and "/FontFile2" in descriptor
        self._first = int(font.FirstChar)
        self._widths = [float(width) for width in font.Widths]
        self._characters = dict(_characters(font.ToUnicode.read_bytes().decode("latin-1")))

    def read(self, codes: bytes) -> tuple[str, float]:
        """The words and their width in thousandths of the size; a code without a character reads as U+FFFD."""
        text = "".join(self._characters.get(code, "\ufffd") for code in codes)
        return text, sum(self._widths[code - self._first] for code in codes)


def _characters(table: str) -> Iterator[tuple[int, str]]:
    for kind, body in _BLOCK.findall(table):
        if kind == "bfchar":
            yield from ((int(code, 16), _unicode(to)) for code, to in _CHARACTER.findall(body))
            continue
        for low, high, start, listed in _RANGE.findall(body):
            codes = range(int(low, 16), int(high, 16) + 1)
            if start:
                yield from ((code, chr(int(start, 16) + step)) for step, code in enumerate(codes))
            else:
                found = re.findall(_HEX, listed)
                yield from ((code, _unicode(to)) for code, to in zip(codes, found, strict=False))


def _unicode(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")
