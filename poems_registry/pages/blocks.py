"""Each kind of block laid out as pieces, one function a kind; a new kind is a class, a function and a line here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from poems_registry.charts.shapes import Tone
from poems_registry.pages.actions import actions_pieces
from poems_registry.pages.document import (
    Actions,
    Band,
    Block,
    Figure,
    Heading,
    KeyFigures,
    NewPage,
    Numbered,
    Paragraph,
    Style,
    Table,
    TwoColumns,
    bold,
    plain,
)
from poems_registry.pages.drawing import paint_drawing
from poems_registry.pages.flow import Break, Piece, cuts
from poems_registry.pages.geometry import MM
from poems_registry.pages.pen import Pen
from poems_registry.pages.setting import BAR, Setting, Type, baseline, change_bar, paint_lines, text_pieces
from poems_registry.pages.structure import Node
from poems_registry.pages.tables import table_pieces
from poems_registry.pages.typesetting import Line, natural_width, set_lines

Layout = Callable[[Setting, Any, float], list[Piece]]
_TIGHT = 2.4
_TALLEST_FIGURE = 235 * MM


def lay_out(setting: Setting, blocks: Sequence[Block]) -> list[Piece]:
    """All blocks as pieces in reading order."""
    pieces: list[Piece] = []
    pending = Break.NONE
    after = 0.0
    for index, block in enumerate(blocks):
        if isinstance(block, NewPage):
            pending = Break.FROM_FIRST if block.only_from_first else Break.ALWAYS
            continue
        new = LAYOUTS[type(block)](setting, block, max(after, _before(setting, block)))
        if isinstance(block, Heading) and new and index + 1 < len(blocks):
            new[-1] = replace(new[-1], keep=True)
        if isinstance(block, TwoColumns) and pieces and pending is Break.NONE:
            pieces[-1] = replace(pieces[-1], keep=True)
        if new and pending is not Break.NONE:
            new[0] = replace(new[0], breaks=pending, space=max(new[0].space, setting.scale.body * 0.6))
            pending = Break.NONE
        after = _after(setting, block)
        pieces.extend(new)
    return pieces


def _before(setting: Setting, block: Block) -> float:
    if isinstance(block, Heading):
        return {1: 0.0, 2: setting.scale.head * 0.5}.get(block.level, setting.scale.head * 0.3)
    return 0.0


def _after(setting: Setting, block: Block) -> float:
    report = setting.document.style is Style.REPORT
    if isinstance(block, Heading):
        return setting.scale.space if report and block.level == 2 else _TIGHT
    if isinstance(block, Actions | KeyFigures):
        return setting.scale.space + 1.5
    if isinstance(block, Figure | Table):
        return setting.scale.space + (8 if report else 1)
    return setting.scale.space


def _heading(setting: Setting, block: Heading, space: float) -> list[Piece]:
    scale = setting.scale
    size = {1: scale.title, 2: scale.head}.get(block.level, scale.body if setting.document.large_print else scale.small)
    node = setting.node.child(f"H{min(block.level, 3)}")
    type_ = Type(size, size * 1.22, bold=True)
    if setting.document.style is Style.REPORT and block.level == 2:
        return [_ruled_heading(setting, block, type_, node, space)]
    pieces = text_pieces(setting, bold(block.text), type_, node, space=space, keep_last=True)
    if block.note:
        note = Type(scale.small, scale.small_leading, Tone.SUB)
        pieces += text_pieces(setting, plain(block.note), note, setting.node.child("P"), keep_last=True)
    return pieces


def _ruled_heading(setting: Setting, block: Heading, type_: Type, node: Node, space: float) -> Piece:
    """A report's section: heading at the left, its count at the right, a rule under both."""
    note = Type(setting.scale.small, setting.scale.small_leading, Tone.SUB)
    wide = natural_width(plain(block.note), note.size)
    beside = wide + 12 < setting.width - natural_width(bold(block.text), type_.size)
    lines = set_lines(bold(block.text), type_.size, setting.width)
    under = [] if beside or not block.note else set_lines(plain(block.note), note.size, setting.width)
    height = len(lines) * type_.leading + len(under) * note.leading + 4
    said = setting.node.child("P") if block.note else node

    def paint(pen: Pen, top: float) -> None:
        pen.tag(node)
        paint_lines(pen, lines, setting.left, setting.width, top, type_)
        if block.note:
            pen.tag(said)
        below = top + len(lines) * type_.leading
        if beside and block.note:
            base = below - type_.leading + baseline(type_)
            paint_lines(
                pen,
                set_lines(plain(block.note), note.size, setting.width),
                setting.left + setting.width - wide,
                wide,
                base - baseline(note),
                note,
            )
        paint_lines(pen, under, setting.left, setting.width, below, note)
        pen.artefact()
        pen.stroke(setting.left, top + height - 0.5, setting.left + setting.width, top + height - 0.5, 0.9)

    return Piece(height, paint, space, keep=True)


def _paragraph(setting: Setting, block: Paragraph, space: float) -> list[Piece]:
    scale = setting.scale
    size, leading = (scale.small, scale.small_leading) if block.small else (scale.body, scale.leading)
    type_ = Type(size, leading, Tone.SUB if block.quiet else Tone.TEXT)
    node = setting.node.child("P")
    return text_pieces(setting, block.runs, type_, node, space=space, keep_last=block.leads, changed=block.changed)


def _numbered(setting: Setting, block: Numbered, space: float) -> list[Piece]:
    scale = setting.scale
    type_ = Type(scale.small, scale.small_leading)
    list_node = setting.node.child("L")
    widest = natural_width(plain(f"{len(block.items)}."), scale.small)
    indent = max(widest + scale.small * 0.5, scale.small * 1.62)
    pieces: list[Piece] = []
    for number, item in enumerate(block.items, 1):
        entry = list_node.child("LI")
        label, body = entry.child("Lbl"), entry.child("LBody")
        inner = setting.inside(setting.left + indent, setting.width - indent)
        texts = text_pieces(inner, item.runs, type_, body, space=space if number == 1 else scale.small * 0.16)
        texts[0] = _labelled(setting, texts[0], f"{number}.", label, type_)
        if item.changed:
            texts = [_with_bar(setting, text, type_.leading) for text in texts]
        pieces.extend(texts)
    return pieces


def _labelled(setting: Setting, piece: Piece, words: str, node: Node, type_: Type) -> Piece:
    label = set_lines(plain(words), type_.size, setting.width)

    def paint(pen: Pen, top: float) -> None:
        pen.tag(node)
        paint_lines(pen, label, setting.left, setting.width, top, type_)
        piece.paint(pen, top)

    return replace(piece, paint=paint)


def _with_bar(setting: Setting, piece: Piece, height: float) -> Piece:
    def paint(pen: Pen, top: float) -> None:
        change_bar(pen, setting.left, top, height)
        piece.paint(pen, top)

    return replace(piece, paint=paint)


def _band(setting: Setting, block: Band, space: float) -> list[Piece]:
    scale = setting.scale
    type_ = Type(scale.small, scale.small_leading)
    inset = BAR + 4.5
    lines = set_lines(block.runs, type_.size, setting.width - inset - 3)
    node = setting.node.child("P")
    pieces = []
    for start, end in cuts(len(lines)):
        ends = (start == 0, end == len(lines))
        pieces.append(_band_piece(setting, lines[start:end], (type_, node), space if start == 0 else 0.0, ends=ends))
    return pieces


def _band_piece(
    setting: Setting, lines: Sequence[Line], how: tuple[Type, Node], space: float, *, ends: tuple[bool, bool]
) -> Piece:
    """Some lines of a notice; `ends` says whether it begins and whether it ends with them."""
    type_, node = how
    above, below = (2.2 if ends[0] else 0.0), (2.8 if ends[1] else 0.0)
    inset, height = BAR + 4.5, len(lines) * type_.leading + above + below

    def paint(pen: Pen, top: float) -> None:
        pen.artefact()
        if not setting.document.draft:
            pen.rect((setting.left, top, setting.width, height), fill=Tone.BAND)
        pen.rect((setting.left - 1, top, BAR, height), fill=Tone.TEXT)
        pen.tag(node)
        place = setting.left + inset, setting.width - inset
        paint_lines(pen, lines, *place, top + above, type_, more=not ends[1])

    return Piece(height, paint, space)


def _figure(setting: Setting, block: Figure, space: float) -> list[Piece]:
    scale = setting.scale
    caption = Type(scale.small, scale.small_leading, Tone.SUB)
    pieces: list[Piece] = []
    if not setting.document.large_print:
        drawing = block.drawing
        shrink = min(1.0, setting.width / drawing.width, _TALLEST_FIGURE / drawing.height)
        node = setting.node.child("Figure", alt=drawing.alt_text)

        def paint(pen: Pen, top: float) -> None:
            pen.tag(node)
            paint_drawing(pen, drawing, setting.left, top, shrink)
            node.box = (setting.left, top, setting.left + drawing.width * shrink, top + drawing.height * shrink)

        pieces.append(Piece(drawing.height * shrink, paint, space, keep=bool(block.caption)))
    if block.caption and (pieces or block.caption_in_large_print):
        gap = 2.0 if pieces else space
        pieces += text_pieces(setting, block.caption, caption, setting.node.child("P"), space=gap)
    return pieces


def _key_figures(setting: Setting, block: KeyFigures, space: float) -> list[Piece]:
    if not block.figures:
        return []
    scale = setting.scale
    number, word = Type(scale.number, scale.number * 1.2, bold=True), Type(scale.small, scale.small_leading, Tone.SUB)
    step = setting.width / len(block.figures)
    parts = []
    for index, figure in enumerate(block.figures):
        indent = 0.0 if index == 0 else 6.0
        room = step - indent - 4
        numbers = set_lines(bold(figure.number), number.size, room)
        under = set_lines(plain(figure.word), word.size, room)
        parts.append((setting.left + index * step, indent, room, numbers, under, setting.node.child("P")))
    tall = max(len(numbers) for _, _, _, numbers, _, _ in parts) * number.leading
    height = tall + max(len(under) for *_, under, _ in parts) * word.leading + 4

    def paint(pen: Pen, top: float) -> None:
        for left, indent, room, numbers, under, node in parts:
            if indent:
                pen.artefact()
                pen.stroke(left, top, left, top + height, 0.6, Tone.LINE)
            pen.tag(node)
            paint_lines(pen, numbers, left + indent, room, top + 1, number, more=True)
            paint_lines(pen, under, left + indent, room, top + 1 + tall, word)

    return [Piece(height, paint, space + 4)]


def _two_columns(setting: Setting, block: TwoColumns, space: float) -> list[Piece]:
    if setting.document.large_print:
        return _stacked(setting, block, space)
    gutter = 5 * MM
    side = (setting.width - gutter) / 2
    left = lay_out(setting.inside(setting.left, side), block.left)
    right = lay_out(setting.inside(setting.left + side + gutter, side), block.right)
    height = max(_height(left), _height(right))
    if height > _TALLEST_FIGURE:
        return _stacked(setting, block, space)

    def paint(pen: Pen, top: float) -> None:
        for column in (left, right):
            y = top
            for index, piece in enumerate(column):
                y += piece.space if index else 0.0
                piece.paint(pen, y)
                y += piece.height

    return [Piece(height, paint, max(space, setting.scale.body))]


def _stacked(setting: Setting, block: TwoColumns, space: float) -> list[Piece]:
    """One under the other and on one page: a signature never stands apart from its "Yours sincerely"."""
    first = lay_out(setting, block.left)
    second = lay_out(setting, block.right)
    for pieces in (first, second):
        if pieces:
            pieces[0] = replace(pieces[0], space=max(space, setting.scale.body))
    together = first + second
    return [replace(piece, keep=True) for piece in together[:-1]] + together[-1:]


def _height(pieces: Sequence[Piece]) -> float:
    return sum(piece.height + (piece.space if index else 0.0) for index, piece in enumerate(pieces))


LAYOUTS: dict[type, Layout] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Numbered: _numbered,
    Actions: actions_pieces,
    Table: table_pieces,
    Band: _band,
    Figure: _figure,
    KeyFigures: _key_figures,
    TwoColumns: _two_columns,
}
