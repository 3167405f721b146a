"""Pages as pictures: for the live preview, for looking at what was made, and in strips for a printer.

PDFium must not be called by two threads at once: the window looks at one letter while another one is printed, so every
call stands under one lock, and no longer than for one picture.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

_ALONE = threading.Lock()
_STRIP_PIXELS = 2_000_000
_POINTS = 72
_NEARLY_GREY = 48
"""How far apart the parts of a colour may be that is printed as a grey: our own inks on paper are bluish greys."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: RGBA bytes, row after row from the top."""

    width: int
    height: int
    rgba: bytes


@dataclass(frozen=True, slots=True)
class Strip:
    """The rows of a page from `top` down, as wide as the page: one byte a pixel if `grey`, else three (RGB)."""

    top: int
    width: int
    height: int
    grey: bool
    pixels: bytes


def page_count(data: bytes) -> int:
    """The number of pages of a PDF."""
    with _opened(data) as document:
        return len(document)


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in points. ValueError for bytes that are no PDF."""
    from pypdfium2 import PdfiumError

    try:
        with _opened(data) as document:
            return tuple(document.get_page_size(page) for page in range(len(document)))
    except PdfiumError as error:
        raise ValueError(str(error)) from None


def picture(data: bytes, page: int, scale: float = 1.5) -> Picture:
    """Page `page` (from 0) at `scale` pixels a point."""
    image = _bitmap(data, page, scale).convert("RGBA")
    return Picture(image.width, image.height, image.tobytes())


def png(data: bytes, page: int, scale: float = 1.5) -> bytes:
    """Page `page` (from 0) as a PNG file's bytes."""
    out = BytesIO()
    _bitmap(data, page, scale).save(out, format="PNG")
    return out.getvalue()


def strips(data: bytes, page: int, dots: int, *, grey: bool) -> Iterator[Strip]:
    """Page `page` (from 0) at `dots` an inch, from top to bottom, in greys or in colour.

    A whole page at 600 dots would be 100 MB and a second of work: a strip is a few, and others get a turn between.
    """
    scale = dots / _POINTS
    with _opened(data) as document:
        width, height = document.get_page_size(page)
        wide, high = _up(width * scale), _up(height * scale)
    rows = max(1, _STRIP_PIXELS // wide)
    for top in range(0, high, rows):
        count = min(rows, high - top)
        crop = (0.0, _points(high - top - count, scale), 0.0, _points(top, scale))
        with _opened(data) as document:
            bitmap = document[page].render(scale=scale, crop=crop, grayscale=grey, rev_byteorder=True)
            packed = bytes(bitmap.buffer)
            size, stride, channels = (bitmap.width, bitmap.height), bitmap.stride, 1 if grey else 3
        yield Strip(top, size[0], size[1], grey, _unpadded(packed, size, stride, channels))


def _points(pixels: int, scale: float) -> float:
    """As PDFium's binding counts: it rounds up, so a hair less gives just these pixels."""
    return max(0.0, (pixels - 0.01) / scale)


def _up(size: float) -> int:
    return -int(-size // 1)


def _unpadded(pixels: bytes, size: tuple[int, int], stride: int, channels: int) -> bytes:
    width, height = size
    row = width * channels
    if stride == row:
        return pixels[: row * height]
    return b"".join(pixels[start : start + row] for start in range(0, stride * height, stride))


def has_colour(data: bytes) -> bool:
    """Whether any page holds a colour that grey would change, as a logo may."""
    return any(_coloured(data, page) for page in range(page_count(data)))


def _coloured(data: bytes, page: int) -> bool:
    from PIL import ImageChops

    red, green, blue = _bitmap(data, page, 1.0).convert("RGB").split()
    pairs = ((red, green), (green, blue), (red, blue))
    spans = [ImageChops.difference(one, other).getextrema() for one, other in pairs]
    return any(isinstance(span[1], (int, float)) and span[1] > _NEARLY_GREY for span in spans)


def _bitmap(data: bytes, page: int, scale: float) -> "Image":
    with _opened(data) as document:
        return document[page].render(scale=scale).to_pil().copy()


@contextmanager
def _opened(data: bytes) -> "Iterator[PdfDocument]":
    """The document, for nobody else meanwhile."""
    from pypdfium2 import PdfDocument

    with _ALONE:
        document = PdfDocument(data)
        try:
            yield document
        finally:
            document.close()
