"""The same document as one HTML page for screen readers: headings, lists, tables as such; text literal, no script."""

from collections.abc import Iterator
from html import escape

from poems_registry.pages.document import (
    Action,
    Actions,
    Band,
    Block,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Numbered,
    Paragraph,
    Run,
    Runs,
    Table,
    TwoColumns,
)
from poems_registry.pages.fonts import tidy
from poems_registry.pages.text import CHANGED

_STYLE = (
    "body{font:1.1rem/1.5 Arial,sans-serif;color:#212b32;max-width:44rem;margin:1rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;"
    "border-bottom:1px solid #aeb7bd}.band,.changed{border-left:4px solid #212b32;padding-left:.6rem}"
)


def to_html(document: Document) -> str:
    """`document` as a whole page in its own language. Nothing is fetched from anywhere, nothing runs."""
    title = escape(tidy(document.printed_title))
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(document.language)}">',
        f'<head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head>',
        "<body>",
        *_front(document),
        "<main>",
        *(line for block in document.blocks for line in _block(block)),
        "</main>",
        *_foot(document),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _said(text: str) -> str:
    """Literal text; a typed line stays a line."""
    return escape(tidy(text)).replace("\n", "<br>")


def _runs(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    return f"<strong>{_said(run.text)}</strong>" if run.bold else _said(run.text)


def _front(document: Document) -> Iterator[str]:
    envelope = document.envelope
    yield "<header>"
    if document.draft:
        yield f"<p><strong>{_said(document.draft_words)}</strong></p>"
    if document.band:
        yield f"<p><strong>{_said(document.band)}</strong></p>"
    for lines in (envelope.letterhead, envelope.address):
        if lines:
            yield f"<p>{'<br>'.join(_said(line) for line in lines)}</p>"
    if envelope.identity is not None:
        rows = [f"<dt>{_said(row.label)}</dt><dd>{_said(row.value)}</dd>" for row in envelope.identity.rows]
        yield f"<p><strong>{_said(envelope.identity.name)}</strong></p><dl>{''.join(rows)}</dl>"
    yield "</header>"


def _foot(document: Document) -> Iterator[str]:
    said = [_said(part) for part in (document.footer.reference, document.footer.note) if part]
    if said:
        yield f"<footer><p>{'<br>'.join(said)}</p></footer>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            level = min(block.level, 6)
            note = f" ({_said(block.note)})" if block.note else ""
            yield f"<h{level}>{_said(block.text)}{note}</h{level}>"
        case Paragraph():
            yield f"<p{_class(block.changed)}>{_bar(block.changed)}{_runs(block.runs)}</p>"
        case Band():
            yield f'<p class="band">{_runs(block.runs)}</p>'
        case Actions():
            yield from _actions(block)
        case Table():
            yield from _table(block)
        case TwoColumns():
            for part in (*block.left, *block.right):
                yield from _block(part)
        case _:
            yield from _listed(block)


def _listed(block: Block) -> Iterator[str]:
    match block:
        case Numbered():
            items = (f"<li{_class(each.changed)}>{_bar(each.changed)}{_runs(each.runs)}</li>" for each in block.items)
            yield f"<ol>{''.join(items)}</ol>"
        case KeyFigures():
            yield f"<ul>{''.join(f'<li>{_said(each.number)} {_said(each.word)}</li>' for each in block.figures)}</ul>"
        case Figure():
            caption = f"<figcaption>{_runs(block.caption)}</figcaption>"
            yield f"<figure><p>{_said(block.drawing.alt_text)}</p>{caption}</figure>"


def _actions(block: Actions) -> Iterator[str]:
    """Numbers run through all groups, as in print."""
    yield f"<section><h2>{_said(block.title)}</h2>"
    number = 1
    for group in block.groups:
        yield f"<h3>{_said(group.who)}</h3>"
        if group.actions:
            items = "".join(
                f"<li{_class(action.changed)}>{_bar(action.changed)}{_action(action, block.when_label)}</li>"
                for action in group.actions
            )
            yield f'<ol start="{number}">{items}</ol>'
        else:
            yield f"<p>{_said(block.nothing)}</p>"
        number += len(group.actions)
    yield "</section>"


def _action(action: Action, label: str) -> str:
    when = f" ({_said(label)}: {_said(action.when)})" if action.when else ""
    return _runs(action.what) + when


def _table(table: Table) -> Iterator[str]:
    heads = "".join(_head(table, index) for index in range(len(table.columns)))
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        first, *others = (_runs(cell) for cell in row.cells)
        cells = "".join(f"<td>{cell}</td>" for cell in others)
        yield f'<tr><th scope="row"{_class(row.changed)}>{_bar(row.changed)}{first}</th>{cells}</tr>'
    yield "</tbody></table>"


def _head(table: Table, index: int) -> str:
    """A head over its column; one that stands over the next column too leaves no empty head beside it."""
    if index and table.columns[index - 1].spans_next:
        return ""
    column = table.columns[index]
    over = ' colspan="2" scope="colgroup"' if column.spans_next else ' scope="col"'
    return f"<th{over}>{_said(column.head)}</th>"


def _class(changed: bool) -> str:
    return ' class="changed"' if changed else ""


def _bar(changed: bool) -> str:
    """The word beside the bar, for who hears the page."""
    return f"<strong>{CHANGED}</strong>" if changed else ""
