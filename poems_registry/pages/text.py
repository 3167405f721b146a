"""The same document as plain text in reading order, for screen readers, for searching and for golden tests."""

from collections.abc import Iterator

from poems_registry.pages.actions import told
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
    Table,
    TwoColumns,
    words,
)
from poems_registry.pages.fonts import tidy

CHANGED = "New wording: "
"""What stands for the bar at the left edge, where none can be heard; "changed" is what is said of medicines."""


def marked(line: str, *, changed: bool) -> str:
    """The line, with a word where the page has a bar."""
    return f"{CHANGED}{line}" if changed and line.strip() else line


def to_text(document: Document) -> str:
    """`document` as lines of text: the front, every block, the footer once. Tables become "head: cell" lines."""
    parts = [*_front(document), *(part for block in document.blocks for part in _block(block)), *_foot(document)]
    return tidy("\n\n".join(part for part in parts if part.strip())).replace("\u00a0", " ") + "\n"


def _front(document: Document) -> Iterator[str]:
    if document.draft:
        yield document.draft_words
    if document.band:
        yield document.band
    envelope = document.envelope
    yield "\n".join(envelope.letterhead)
    yield "\n".join(envelope.address)
    if envelope.identity is not None:
        rows = [f"{row.label} {row.value}".strip() for row in envelope.identity.rows]
        yield "\n".join([envelope.identity.name, *rows])


def _foot(document: Document) -> Iterator[str]:
    footer = document.footer
    yield "\n".join(part for part in (footer.reference, footer.note) if part)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{block.text} ({block.note})" if block.note else block.text
        case Paragraph() | Band():
            yield marked(words(block.runs), changed=isinstance(block, Paragraph) and block.changed)
        case Numbered():
            yield "\n".join(
                marked(f"{number}. {words(item.runs)}", changed=item.changed)
                for number, item in enumerate(block.items, 1)
            )
        case Actions():
            yield from _actions(block)
        case Table():
            yield "\n".join(marked(_row(block, row), changed=row.changed) for row in block.rows)
        case Figure():
            yield f"Figure: {block.drawing.alt_text}"
            yield words(block.caption)
        case TwoColumns():
            for part in (*block.left, *block.right):
                yield from _block(part)
        case KeyFigures():
            yield "\n".join(f"{figure.number} {figure.word}" for figure in block.figures)
        case _:
            return


def _actions(block: Actions) -> Iterator[str]:
    yield block.title
    number = 1
    for group in block.groups:
        lines = [group.who]
        for action in group.actions:
            lines.append(marked(told(action, number), changed=action.changed))
            number += 1
        yield "\n".join(lines if group.actions else [*lines, block.nothing])


def _row(table: Table, row: Row) -> str:
    if row.lines:
        return " ".join(words(line) for line in row.lines)
    head = f"{words(row.cells[0])}: "
    cells = []
    for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
        text = words(cell)
        if text.strip():
            cells.append(f"{column.head} {text}" if column.head else text)
    return head + "; ".join(cells)
