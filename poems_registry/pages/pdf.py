"""A document printed: A4, embedded fonts, tagged, in archive form; the same document always gives the same bytes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from poems_registry.charts.shapes import Text, Tone
from poems_registry.pages import columns, typesetting
from poems_registry.pages.archive import check_archive, finish
from poems_registry.pages.blocks import lay_out
from poems_registry.pages.document import (
    Actions,
    Band,
    Block,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Numbered,
    Paragraph,
    Style,
    Table,
    TwoColumns,
    plain,
)
from poems_registry.pages.flow import Break, Piece, Placed, Room, outlines, paginate
from poems_registry.pages.fonts import Face, begin, check_printable, font
from poems_registry.pages.front import Front, lay_out_front
from poems_registry.pages.furniture import Furniture, texts_of
from poems_registry.pages.geometry import MM, PAGE_HEIGHT, PAGE_WIDTH, TypeScale, tightened
from poems_registry.pages.pen import Pen
from poems_registry.pages.setting import Setting
from poems_registry.pages.structure import Node

__all__ = ["check_archive", "render"]

_BOX_RADIUS = 2 * MM
_ONE_SHEET = 2
_ALMOST_EMPTY = 0.4
_CLOSER, _CLOSEST = (0.6, 0.97), (0.3, 0.945)
"""Shares of gaps and leadings tried when a letter's last page would hold almost nothing; sizes of type stay.

The least leading is 1.15 of the size, as single spacing is.
"""


def render(document: Document, *, archive: bool = True) -> bytes:
    """`document` as PDF bytes.

    With `archive` the file is tagged and in the form of PDF/A-2b; without it is quicker, for a live preview only.
    Raises MissingGlyph before anything is laid out, AddressDoesNotFit and UnknownEnvelope.
    """
    check_printable(all_texts(document))
    try:
        return _rendered(document, archive=archive)
    finally:
        typesetting.forget()
        columns.forget()


def _rendered(document: Document, *, archive: bool) -> bytes:
    root = Node("Document")
    furniture = Furniture(document)
    front = lay_out_front(document, furniture, root) if document.style is Style.LETTER else None
    pages = _paged(document, furniture, front, root)
    out = BytesIO()
    canvas = _canvas(document, out)
    pen = Pen(canvas)
    for index, page in enumerate(pages):
        _paint_page(pen, furniture, front if index == 0 else None, page, (index, len(pages)))
    canvas.save()
    return finish(out.getvalue(), document, root, pen.marks) if archive else out.getvalue()


def _paged(document: Document, furniture: Furniture, front: Front | None, root: Node) -> list[list[Placed]]:
    blocks: list[Block] = []
    if front is not None:
        blocks = [Paragraph(plain(line), small=True, quiet=True) for line in front.left_over]
    blocks += document.blocks
    first_top = front.body_top if front is not None else furniture.header_bottom

    def room(page: int) -> Room:
        return Room(first_top if page == 0 else furniture.header_bottom, furniture.body_bottom)

    def paged(scale: TypeScale) -> list[list[Placed]]:
        setting = Setting(document, scale, furniture.frame.left, furniture.frame.width, root)
        pieces = lay_out(setting, blocks)
        pages = paginate(pieces, room)
        if len(pages) <= _ONE_SHEET:
            return pages
        flowing = paginate([_unbroken(piece) for piece in pieces], room)
        return flowing if len(flowing) < len(pages) else pages

    pages = paged(furniture.scale)
    if front is None or len(pages) == 1 or _filled(pages, room) > _ALMOST_EMPTY:
        return pages
    closest = paged(tightened(furniture.scale, *_CLOSEST))
    if len(closest) >= len(pages):
        return pages  # and nothing looser would spare the page
    closer = paged(tightened(furniture.scale, *_CLOSER))
    return closer if len(closer) < len(pages) else closest


def _unbroken(piece: Piece) -> Piece:
    """Without the new page that is only wished for: where text would need one sheet more, it flows instead."""
    return replace(piece, breaks=Break.NONE) if piece.breaks is Break.FROM_FIRST else piece


def _filled(pages: list[list[Placed]], room: Callable[[int], Room]) -> float:
    """How much of the last page is used."""
    area, last = room(len(pages) - 1), pages[-1][-1]
    return (last.top + last.piece.height - area.top) / (area.bottom - area.top)


def _paint_page(
    pen: Pen, furniture: Furniture, front: Front | None, page: list[Placed], number: tuple[int, int]
) -> None:
    furniture.paint_under(pen, number[0])
    if front is not None:
        front.paint(pen)
    for outline, top, bottom in outlines(page):
        pen.artefact()
        pen.rect((outline.left, top, outline.width, bottom - top), stroke=Tone.TEXT, line=1.4, radius=_BOX_RADIUS)
    for placed in page:
        placed.piece.paint(pen, placed.top)
    furniture.paint_over(pen, *number)
    pen.end_page()


def _canvas(document: Document, out: BytesIO) -> Any:
    """A ReportLab canvas that knows no font but ours (its default would be Helvetica, not embedded)."""
    for face in Face:
        font(face)
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # streams as bytes: text armour costs a fifth of the time and PDF/A does not ask for it

    options: dict[str, Any] = {
        "pagesize": (PAGE_WIDTH * MM, PAGE_HEIGHT * MM),
        "invariant": 1,
        "pageCompression": 1,
        "initialFontName": Face.REGULAR.value,
        "lang": document.language,
    }
    canvas: Any = Canvas(out, **options)
    begin(canvas._doc)
    canvas.setTitle(document.printed_title)
    canvas.setAuthor(document.author)
    canvas.setSubject(document.subject)
    return canvas


def all_texts(document: Document) -> Iterator[str]:
    """Every text that will be printed."""
    yield from texts_of(document)
    for block in document.blocks:
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
            yield block.note
        case Paragraph() | Band():
            yield from (run.text for run in block.runs)
        case Numbered():
            yield from (run.text for item in block.items for run in item.runs)
        case Actions():
            yield from _action_texts(block)
        case Table():
            yield from (column.head for column in block.columns)
            yield from (run.text for row in block.rows for part in (*row.cells, *row.lines) for run in part)
        case Figure():
            yield from (run.text for run in block.caption)
            yield from (shape.text for shape in block.drawing.shapes if isinstance(shape, Text))
        case KeyFigures():
            yield from (text for figure in block.figures for text in (figure.number, figure.word))
        case TwoColumns():
            for part in (*block.left, *block.right):
                yield from _texts(part)
        case _:
            return


def _action_texts(block: Actions) -> Iterator[str]:
    yield from (block.title, block.when_label, block.nothing)
    for group in block.groups:
        yield group.who
        for action in group.actions:
            yield action.when
            yield from (run.text for run in action.what)
