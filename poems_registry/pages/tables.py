"""Tables on paper: columns as wide as their words need, heads repeated, lines instead of columns in large print."""

from collections.abc import Sequence
from dataclasses import dataclass

from poems_registry.charts.shapes import Tone
from poems_registry.pages.columns import SIDE, column_widths
from poems_registry.pages.document import Column, Row, Run, Runs, Style, Table, bold, words
from poems_registry.pages.flow import Paint, Piece, cuts
from poems_registry.pages.pen import Pen
from poems_registry.pages.setting import Setting, Type, change_bar, paint_lines, text_pieces
from poems_registry.pages.structure import Node
from poems_registry.pages.typesetting import Line, set_lines

_HAIR = 0.3


@dataclass(frozen=True, slots=True)
class _Plan:
    """A table whose columns have found their widths."""

    setting: Setting
    table: Table
    widths: tuple[float, ...]
    node: Node

    @property
    def lefts(self) -> tuple[float, ...]:
        """Left edges of the columns."""
        edges = [self.setting.left]
        for width in self.widths[:-1]:
            edges.append(edges[-1] + width)
        return tuple(edges)

    def type_of(self, column: Column, *, quiet: bool = False) -> Type:
        """How the cells of a column are set."""
        scale = self.setting.scale
        tone = Tone.SUB if column.quiet or quiet else Tone.TEXT
        return Type(scale.small, scale.small_leading, tone, column.bold, column.align)


def table_pieces(setting: Setting, table: Table, space: float) -> list[Piece]:
    """The table as rows that may part at a page's end; as lines where columns cannot hold their words."""
    widths = None if setting.document.large_print else column_widths(setting, table)
    if widths is None:
        return _as_lines(setting, table, space)
    plan = _Plan(setting, table, widths, setting.node.child("Table"))
    head = _head_piece(plan, space)
    again = _repeated(head)
    pieces = [head]
    count = len(table.rows)
    for index, row in enumerate(table.rows):
        keep = index in (0, count - 2) and index < count - 1
        pieces.extend(_row_pieces(plan, row, again, keep=keep))
    return pieces


def _head_piece(plan: _Plan, space: float) -> Piece:
    scale = plan.setting.scale
    leading = scale.table_head * 1.2
    row = plan.node.child("TR")
    cells: list[tuple[float, float, Sequence[Line], Type, Node]] = []
    skip = False
    for index, column in enumerate(plan.table.columns):
        if skip:
            skip = False
            continue
        width = plan.widths[index] + (plan.widths[index + 1] if column.spans_next else 0.0)
        skip = column.spans_next
        type_ = Type(scale.table_head, leading, bold=True, align=column.align)
        lines = set_lines(bold(column.head), scale.table_head, width - 2 * SIDE, all_bold=True)
        cells.append((plan.lefts[index] + SIDE, width - 2 * SIDE, lines, type_, row.child("TH", scope="Column")))
    height = max(len(lines) for _, _, lines, _, _ in cells) * leading + 4

    def paint(pen: Pen, top: float) -> None:
        for left, width, lines, type_, node in cells:
            pen.tag(node)
            paint_lines(pen, lines, left, width, top + height - 2.4 - len(lines) * leading, type_)
        pen.artefact()
        rule = 0.8 if plan.setting.document.style is Style.REPORT else 1.0
        pen.stroke(plan.setting.left, top + height, plan.setting.left + plan.setting.width, top + height, rule)

    return Piece(height, paint, space, keep=True)


def _repeated(head: Piece) -> Piece:
    def paint(pen: Pen, top: float) -> None:
        with pen.repeating():
            head.paint(pen, top)

    return Piece(head.height, paint)


def _row_pieces(plan: _Plan, row: Row, head: Piece, *, keep: bool) -> list[Piece]:
    node = plan.node.child("TR")
    cells: list[Sequence[Line]] = []
    for column, width, runs in zip(plan.table.columns, plan.widths, row.cells, strict=True):
        cells.append(set_lines(runs, plan.setting.scale.small, width - 2 * SIDE, all_bold=column.bold))
    nodes = [node.child("TH" if index == 0 else "TD", scope="Row" if index == 0 else "") for index in range(len(cells))]
    tallest = max(len(lines) for lines in cells)
    above, below = _pads(plan)
    again = (head, _continued(plan, row))
    pieces = []
    for start, end in cuts(tallest):
        part = _Part(cells, start, end, above if start == 0 else 0.0, below if end == tallest else 0.0)
        height = (end - start) * plan.setting.scale.small_leading + part.above + part.below
        paint = _row_painter(plan, row, part, nodes)
        pieces.append(Piece(height, paint, keep=keep and end == tallest, head=again if start else (head,)))
    return pieces


def _continued(plan: _Plan, row: Row) -> Piece:
    """Over the lines of a row that was begun on the page before: whose they are."""
    type_ = Type(plan.setting.scale.small, plan.setting.scale.small_leading, Tone.SUB)
    width = plan.setting.width - 2 * SIDE
    named = (*row.cells[0], Run(" "), *row.cells[1]) if plan.table.columns[0].spans_next else row.cells[0]
    lines = set_lines((*named, Run(", continued")), type_.size, width)[:1] if words(named).strip() else []

    def paint(pen: Pen, top: float) -> None:
        with pen.repeating():
            pen.artefact()
            paint_lines(pen, lines, plan.setting.left + SIDE, width, top + _pads(plan)[0], type_)

    return Piece(len(lines) * type_.leading + _pads(plan)[0], paint)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some lines of a row's cells, with the padding above its first and below its last one."""

    cells: Sequence[Sequence[Line]]
    start: int
    end: int
    above: float
    below: float

    @property
    def last(self) -> bool:
        """Whether the row ends here."""
        return self.end >= max(len(lines) for lines in self.cells)

    def lines(self, cell: int) -> tuple[Sequence[Line], bool]:
        """Those of one cell, and whether it goes on after them."""
        return self.cells[cell][self.start : self.end], len(self.cells[cell]) > self.end


def _pads(plan: _Plan) -> tuple[float, float]:
    """Padding above and below a row's words."""
    return (2.2, 2.4) if plan.setting.document.style is Style.REPORT else (1.4, 2.1)


def _row_painter(plan: _Plan, row: Row, part: _Part, nodes: Sequence[Node]) -> Paint:
    leading = plan.setting.scale.small_leading
    height = (part.end - part.start) * leading + part.above + part.below
    centred = plan.setting.document.style is Style.REPORT and part.start == 0 and part.last
    left, right = plan.setting.left, plan.setting.left + plan.setting.width

    def paint(pen: Pen, top: float) -> None:
        _shade(pen, plan, row, (top, height), begins=part.start == 0)
        for index, (column, edge, width, node) in enumerate(
            zip(plan.table.columns, plan.lefts, plan.widths, nodes, strict=True)
        ):
            lines, more = part.lines(index)
            if not lines and part.start:
                continue
            pen.tag(node)
            free = height - part.above - part.below - len(lines) * leading
            start = top + part.above + (free / 2 if centred else 0.0)
            type_ = plan.type_of(column, quiet=index in row.quiet)
            paint_lines(pen, lines, edge + SIDE, width - 2 * SIDE, start, type_, more=more)
        pen.artefact()
        if part.last:
            pen.stroke(left, top + height, right, top + height, 0.4, Tone.LINE)
        if row.changed:
            change_bar(pen, left + 2, top, height)

    return paint


def _shade(pen: Pen, plan: _Plan, row: Row, place: tuple[float, float], *, begins: bool) -> None:
    """The fill that says "look here"; never in a draft, where it would hide the mark under the words."""
    if plan.setting.document.draft:
        return
    hair = _HAIR if begins else 0.0
    top, height = place[0] + hair, place[1] - hair
    pen.artefact()
    if row.emphasised:
        pen.rect((plan.setting.left, top, plan.setting.width, height), fill=Tone.BAND)
        return
    for column, edge, width in zip(plan.table.columns, plan.lefts, plan.widths, strict=True):
        if column.emphasised:
            pen.rect((edge, top, width, height), fill=Tone.BAND)


def _as_lines(setting: Setting, table: Table, space: float) -> list[Piece]:
    """Every row as a short passage: its own lines, or the first cell in bold and then "head: cell"."""
    scale = setting.scale
    type_ = Type(scale.small, scale.small_leading)
    pieces: list[Piece] = []
    for row in table.rows:
        texts = row.lines or _told(table.columns, row)
        for index, runs in enumerate(texts):
            gap = (space if not pieces else scale.small * 0.45) if index == 0 else 0.0
            pieces.extend(
                text_pieces(
                    setting,
                    runs,
                    type_,
                    setting.node.child("P"),
                    space=gap,
                    keep_last=index < min(len(texts) - 1, 2),
                    changed=row.changed,
                )
            )
    return pieces


def _told(columns: Sequence[Column], row: Row) -> tuple[Runs, ...]:
    lines: list[Runs] = [tuple(Run(run.text, bold=True) for run in row.cells[0])]
    head = columns[0].head if columns[0].spans_next else ""
    for column, cell in zip(columns[1:], row.cells[1:], strict=True):
        if not words(cell).strip():
            continue
        named = column.head or head
        lines.append((Run(f"{named}: "), *cell) if named else cell)
    return tuple(lines)
