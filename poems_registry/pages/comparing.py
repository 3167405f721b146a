"""Holds a finished file against the document it was made from: every word, once, in reading order, inside the page."""

from collections.abc import Iterator

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
    Row,
    Style,
    Table,
    TwoColumns,
    words,
)
from poems_registry.pages.fonts import tidy
from poems_registry.pages.front import lay_out_front
from poems_registry.pages.furniture import Furniture
from poems_registry.pages.geometry import page_frame
from poems_registry.pages.reading import Read, read_back
from poems_registry.pages.structure import Node

Ways = tuple[str, ...]
"""The forms in which one block may be set: a table has columns or lines, a box of actions has columns or is stacked."""

_SLACK = 0.6
"""Points by which ink may pass the text area: rounding, and the narrow side of a letter."""


def differences(document: Document, pdf: bytes) -> list[str]:
    """In words, what the file does not say that was composed, says besides, or says outside the page; empty: equal."""
    read = read_back(pdf)
    return [*_words(document, read), *_figures(document, read), *_furniture(document, read), *_places(document, read)]


def squeezed(text: str) -> str:
    """Letters without blanks."""
    return "".join(tidy(text).split())


def spaced(text: str) -> str:
    """Words with one blank between them, whatever blank or line end it was."""
    return " ".join(tidy(text).split())


def _words(document: Document, read: Read) -> Iterator[str]:
    left = spaced(read.tagged)
    for ways in _said(document):
        wanted = [spaced(way) for way in ways]
        found = next((way for way in wanted if left == way or left.startswith(f"{way} ") or not way), None)
        if found is None:
            yield f"composed {wanted[0][:60]!r}, read {left[:60]!r}"
            return
        left = left[len(found) :].lstrip()
    if left:
        yield f"read besides what was composed: {left[:60]!r}"


def _figures(document: Document, read: Read) -> Iterator[str]:
    drawn = [block for block in document.blocks if isinstance(block, Figure) and not document.large_print]
    if [block.drawing.alt_text for block in drawn] != read.figures:
        yield f"{len(drawn)} figures composed, {len(read.figures)} told in words"


def _furniture(document: Document, read: Read) -> Iterator[str]:
    """Who, which letter, which page: on every page, and that a draft is one."""
    pages = len(read.furniture)
    footer = document.footer
    for index, text in enumerate(read.furniture):
        said = squeezed(text).replace(squeezed(footer.note), "") if footer.note else squeezed(text)
        wanted = [footer.name, *footer.facts, f"Page {index + 1} of {pages}"]
        wanted += [document.draft_words] if document.draft else []
        yield from (f"page {index + 1} lacks {each!r}" for each in wanted if squeezed(each) not in said)
        named = squeezed(footer.reference) in said or (footer.short and squeezed(footer.short) in said)
        if not named:
            yield f"page {index + 1} does not say which letter it is"


def _places(document: Document, read: Read) -> Iterator[str]:
    frame = page_frame(document.style)
    for each in read.printed:
        if each.mark < 0 or not each.text.strip():
            continue
        if each.left < frame.left - _SLACK or each.right > frame.right + each.size * 0.3 + _SLACK:
            yield f"page {each.page + 1}: {each.text[:40]!r} stands outside the text area"
        if each.baseline < 0:
            yield f"page {each.page + 1}: {each.text[:40]!r} stands below the page"


def _said(document: Document) -> Iterator[Ways]:
    envelope = document.envelope
    left_over: tuple[str, ...] = ()
    if document.style is Style.LETTER:
        left_over = lay_out_front(document, Furniture(document), Node("Document")).left_over
    count = len(envelope.letterhead) - len(left_over)
    yield from ((line,) for line in (*envelope.letterhead[:count], *envelope.address))
    if envelope.identity is not None:
        yield (envelope.identity.name,)
        for row in envelope.identity.rows:
            both = (f"{row.label} {row.value}",)
            yield (*both, row.value) if row.clear and document.large_print else both
    yield from ((line,) for line in left_over)
    for block in document.blocks:
        yield from _block(document, block)


def _block(document: Document, block: Block) -> Iterator[Ways]:
    match block:
        case Heading():
            yield (f"{block.text} {block.note}",)
        case Paragraph() | Band():
            yield (words(block.runs),)
        case Numbered():
            yield from ((f"{number}. {words(item.runs)}",) for number, item in enumerate(block.items, 1))
        case Actions():
            yield from _actions(block)
        case Table():
            yield from _table(document, block)
        case Figure():
            yield (words(block.caption) if block.caption_in_large_print or not document.large_print else "",)
        case KeyFigures():
            yield from ((f"{figure.number} {figure.word}",) for figure in block.figures)
        case TwoColumns():
            for part in (*block.left, *block.right):
                yield from _block(document, part)
        case _:
            return


def _actions(block: Actions) -> Iterator[Ways]:
    yield (block.title,)
    number = 1
    for group in block.groups:
        yield (group.who if group.actions else f"{group.who} {block.nothing}",)
        for action in group.actions:
            stacked = action.when[:1].upper() + action.when[1:]
            dot = "" if not stacked or stacked.endswith((".", "!", "?")) else "."
            what = words(action.what)
            yield f"{number}. {what} {stacked}{dot}", f"{number} {what} {action.when}"
            number += 1


def _table(document: Document, table: Table) -> Iterator[Ways]:
    heads = " ".join(column.head for column in table.columns)
    cells = heads + " " + " ".join(words(cell) for row in table.rows for cell in row.cells)
    lines = " ".join(_lines(table, row) for row in table.rows)
    yield (lines,) if document.large_print else (cells, lines)


def _lines(table: Table, row: Row) -> str:
    if row.lines:
        return " ".join(words(line) for line in row.lines)
    named = table.columns[0].head if table.columns[0].spans_next else ""
    others = zip(table.columns[1:], row.cells[1:], strict=True)
    told = [(column.head or named, words(cell)) for column, cell in others if words(cell).strip()]
    return " ".join([words(row.cells[0]), *(f"{head}: {cell}" if head else cell for head, cell in told)])
