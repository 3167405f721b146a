"""Pages as pictures, for the live preview and for looking at what was made."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: RGBA bytes, row after row from the top."""

    width: int
    height: int
    rgba: bytes


def page_count(data: bytes) -> int:
    """The number of pages of a PDF."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def picture(data: bytes, page: int, scale: float = 1.5) -> Picture:
    """Page `page` (from 0) at `scale` pixels a point."""
    image = _bitmap(data, page, scale).convert("RGBA")
    return Picture(image.width, image.height, image.tobytes())


def png(data: bytes, page: int, scale: float = 1.5) -> bytes:
    """Page `page` (from 0) as a PNG file's bytes."""
    out = BytesIO()
    _bitmap(data, page, scale).save(out, format="PNG")
    return out.getvalue()


def _bitmap(data: bytes, page: int, scale: float) -> "Image":
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        return document[page].render(scale=scale).to_pil()
    finally:
        document.close()
