"""Reading back what was printed: words with their places and sizes, tags, fonts."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pypdfium2 import PdfDocument

MM = 72 / 25.4
PAGE_HEIGHT = 297.0
PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI"}


@dataclass(frozen=True)
class Letter:
    """One printed character: page from 0, box in millimetres from the top left."""

    page: int
    character: str
    left: float
    top: float
    right: float
    bottom: float


def page_texts(data: bytes) -> list[str]:
    """The words of each page, as PDFium reads them, which calls a hyphen at a line's end U+FFFE."""
    with PdfDocument(data) as document:
        return [page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document]


def squeezed(text: str) -> str:
    """Letters without blanks, so that line ends do not matter."""
    return "".join(text.split())


def letters(data: bytes) -> Iterator[Letter]:
    """Every printed character with its ink's box; blanks left out."""
    with PdfDocument(data) as document:
        for index, page in enumerate(document):
            text = page.get_textpage()
            for k in range(text.count_chars()):
                character = text.get_text_range(k, 1)
                if not character.strip():
                    continue
                left, bottom, right, top = text.get_charbox(k)
                yield Letter(index, character, left / MM, PAGE_HEIGHT - top / MM, right / MM, PAGE_HEIGHT - bottom / MM)


def type_sizes(data: bytes) -> set[float]:
    """Every type size set anywhere in the file."""
    found = set()
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            for step in pikepdf.parse_content_stream(page):
                if str(step.operator) == "Tf":
                    found.add(float(step.operands[1]))
    return found


def painted_outside_tags(data: bytes) -> list[str]:
    """Painting operators that stand in neither a tag nor an artefact."""
    loose = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            depth = 0
            for step in pikepdf.parse_content_stream(page):
                name = str(step.operator)
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
                if name in PAINTING and depth != 1:
                    loose.append(name)
    return loose


def structure(data: bytes) -> list[tuple[str, int]]:
    """Tags in reading order with their depth."""
    found: list[tuple[str, int]] = []

    def walk(element: pikepdf.Object, depth: int) -> None:
        found.append((str(element.S), depth))
        for kid in element.K:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid, depth + 1)

    with pikepdf.open(BytesIO(data)) as pdf:
        walk(pdf.Root.StructTreeRoot.K, 0)
    return found


def fonts(data: bytes) -> dict[str, bool]:
    """Every font of the file and whether its program is embedded."""
    found: dict[str, bool] = {}
    with pikepdf.open(BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.Font:
                descriptor = item.get("/FontDescriptor")
                found[str(item.BaseFont)] = descriptor is not None and "/FontFile2" in descriptor
    return found
