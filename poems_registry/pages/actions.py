"""The outlined box of actions: who, what, by when, numbered through; one column in large print."""

from collections.abc import Sequence
from dataclasses import replace

from poems_registry.charts.shapes import Tone
from poems_registry.pages.document import Action, ActionGroup, Actions, Run, bold, plain, words
from poems_registry.pages.flow import Outline, Paint, Piece, cuts
from poems_registry.pages.geometry import MM
from poems_registry.pages.pen import Pen
from poems_registry.pages.setting import Setting, Type, baseline, change_bar, paint_lines, text_pieces
from poems_registry.pages.structure import Node
from poems_registry.pages.typesetting import Line, longest_word, natural_width, set_lines

INSET = 2.6 * MM
_LABEL, _NUMBER, _WHEN = 26.5 * MM, 5.5 * MM, 42.0 * MM
_SET_AT = 10.5
"""The type size the column widths were measured for; they grow with it."""
_ROW_GAP = 3.1
_BEFORE_WHEN = 6.0


class _Box:
    """The box's columns and type, worked out once."""

    def __init__(self, setting: Setting, block: Actions) -> None:
        self.setting, self.block = setting, block
        scale = setting.scale
        self.left, self.width = setting.left + INSET, setting.width - 2 * INSET
        self.text = Type(scale.small, scale.small_leading)
        self.strong = Type(scale.small, scale.small_leading, bold=True)
        grow = scale.small / _SET_AT
        count = sum(len(group.actions) for group in block.groups)
        number = natural_width(plain(f"{count}"), scale.small) + 5
        whens = [action.when for group in block.groups for action in group.actions]
        self.label = _column([group.who for group in block.groups], scale.small, _LABEL * grow, all_bold=True)
        self.number = max(_NUMBER * grow, number)
        self.when = _column([*whens, block.when_label], scale.small, _WHEN * grow)
        self.beside = self._is_lower_beside()
        self.label = self.label if self.beside else 0.0
        self.what = self.width - self.label - self.number - self.when

        self.outline = Outline(setting.left, setting.width, INSET * (1.2 if self.narrow else 0.75))

    def _is_lower_beside(self) -> bool:
        """Whether the box is no higher with the readers' names at the left than with each on a line of its own."""

        def lines(label: float, names: int) -> int:
            room = self.width - label - self.number - self.when - _BEFORE_WHEN
            actions = [action for group in self.block.groups for action in group.actions]
            return names + sum(len(set_lines(action.what, self.text.size, room)) for action in actions)

        return lines(self.label, 0) <= lines(0.0, len(self.block.groups))

    @property
    def narrow(self) -> bool:
        """Whether columns would leave the words too little room."""
        return self.setting.document.large_print or self.what < self.text.size * 13


def _column(texts: Sequence[str], size: float, wished: float, *, all_bold: bool = False) -> float:
    """A column as wide as its words, at most as wished, never narrower than its longest word."""
    least = max((longest_word(plain(text), size, all_bold) for text in texts), default=0.0)
    whole = max((natural_width(plain(text), size, all_bold) for text in texts), default=0.0)
    return max(least, min(whole, wished)) + 5


def actions_pieces(setting: Setting, block: Actions, space: float) -> list[Piece]:
    """The box as pieces: a title, then one piece an action, so that it may part between actions."""
    box = _Box(setting, block)
    pieces = [_title(box, space + 2)]
    number = 1
    for index, group in enumerate(block.groups):
        new = _stacked(box, group, number) if box.narrow else _columns(box, group, number, rule=index > 0)
        pieces.extend(new)
        number += len(group.actions)
    return pieces


def _title(box: _Box, space: float) -> Piece:
    scale = box.setting.scale
    head = Type(scale.head, scale.head * 1.25, bold=True)
    label = Type(scale.table_head, scale.head * 1.25, Tone.SUB, bold=True)
    node = box.setting.node.child("H2")
    lines = set_lines(bold(box.block.title), head.size, box.width, all_bold=True)
    height = len(lines) * head.leading + 1.5

    def paint(pen: Pen, top: float) -> None:
        pen.tag(node)
        paint_lines(pen, lines, box.left, box.width, top, head)
        pen.artefact()
        if not box.narrow:
            when = set_lines(bold(box.block.when_label), label.size, box.when, all_bold=True)
            base = top + baseline(head) - baseline(label)
            paint_lines(pen, when, box.left + box.width - box.when, box.when, base, label)
        pen.stroke(box.left, top + height, box.left + box.width, top + height, 0.6, Tone.LINE)

    return Piece(height, paint, space, keep=True, outline=box.outline)


def _columns(box: _Box, group: ActionGroup, first: int, *, rule: bool) -> list[Piece]:
    room = box.label - 2 if box.beside else box.width
    label = set_lines(bold(group.who), box.strong.size, room, all_bold=True)
    label_node = box.setting.node.child("H3")
    entries = group.actions or (Action(plain(box.block.nothing)),)
    list_node = box.setting.node.child("L")
    rows = []
    for index, action in enumerate(entries):
        number = str(first + index) if group.actions else ""
        rows.append(_row(box, action, number, list_node.child("LI")))
    parts = [(index, part) for index, row in enumerate(rows) for part in row]
    needed = len(label) * box.text.leading + _ROW_GAP if box.beside else 0.0
    pieces, covered = [], 0.0
    if not box.beside:
        name = _with_label(box, _nothing, label, label_node, rule=rule)
        pieces.append(Piece(len(label) * box.text.leading + _ROW_GAP * 0.6, name, 0.0, keep=True, outline=box.outline))
    for place, (index, (height, paint)) in enumerate(parts):
        last = place == len(parts) - 1
        covered += height
        tall = height + max(needed - covered, 0.0) if last else height
        whole = _with_label(box, paint, label, label_node, rule=rule) if place == 0 and box.beside else paint
        keep = not last and (covered < needed or (index == 0 and len(rows[0]) == 1))
        pieces.append(Piece(tall + (1.5 if last else 0.0), whole, 0.0, keep, outline=box.outline))
    return pieces


def _nothing(pen: Pen, top: float) -> None:
    """The label stands alone on its line."""


def _with_label(box: _Box, paint: Paint, label: Sequence[Line], node: Node, *, rule: bool) -> Paint:
    def whole(pen: Pen, top: float) -> None:
        if rule:
            pen.artefact()
            pen.stroke(box.left, top, box.left + box.width, top, 0.4, Tone.LINE)
        pen.tag(node)
        paint_lines(pen, label, box.left, box.width, top + _ROW_GAP * 0.6, box.strong)
        paint(pen, top)

    return whole


def _row(box: _Box, action: Action, number: str, node: Node) -> list[tuple[float, Paint]]:
    """Height and painter of an action; of a tall one, of each of its parts."""
    figure, nodes = node.child("Lbl"), (node.child("LBody"), node.child("LBody"))
    what = set_lines(action.what, box.text.size, box.what - _BEFORE_WHEN)
    when = set_lines(plain(action.when), box.text.size, box.when)
    label = set_lines(plain(number), box.text.size, box.number) if number else []
    parts: list[tuple[float, Paint]] = []
    tallest = max(len(what), len(when))
    for start, end in cuts(tallest):
        lines = (what[start:end], when[start:end])
        height = (end - start) * box.text.leading + (_ROW_GAP if end == tallest else 0.0)
        paint = _row_painter(box, lines, nodes, height if action.changed else 0.0)
        parts.append((height, paint if start or not label else _numbered(box, paint, label, figure)))
    return parts


def _numbered(box: _Box, paint: Paint, label: Sequence[Line], node: Node) -> Paint:
    def whole(pen: Pen, top: float) -> None:
        pen.tag(node)
        paint_lines(pen, label, box.left + box.label, box.number, top + _ROW_GAP * 0.6, box.text)
        paint(pen, top)

    return whole


def _row_painter(
    box: _Box, lines: tuple[Sequence[Line], Sequence[Line]], nodes: tuple[Node, Node], bar: float
) -> Paint:
    """What and by when side by side, each under its own tag; `bar` is the height of the mark of a changed action."""
    left = box.left + box.label

    def paint(pen: Pen, top: float) -> None:
        y = top + _ROW_GAP * 0.6
        if bar:
            change_bar(pen, left, top + 1, bar - 1)
        pen.tag(nodes[0])
        paint_lines(pen, lines[0], left + box.number, box.what, y, box.text, more=True)
        if any(line.pieces for line in lines[1]):
            pen.tag(nodes[1])
            paint_lines(pen, lines[1], left + box.number + box.what, box.when, y, box.text)

    return paint


def _stacked(box: _Box, group: ActionGroup, first: int) -> list[Piece]:
    """Large print: who as a heading, then each action and, in bold, by when."""
    inner = replace(box.setting.inside(box.left, box.width), outline=box.outline)
    gap = box.text.size * 0.45
    pieces = text_pieces(inner, bold(group.who), box.strong, box.setting.node.child("H3"), space=gap, keep_last=True)
    if not group.actions:
        node = box.setting.node.child("P")
        return pieces + text_pieces(inner, plain(box.block.nothing), box.text, node, space=gap)
    list_node = box.setting.node.child("L")
    for index, action in enumerate(group.actions):
        entry = list_node.child("LI")
        node = entry.child("LBody")
        runs = (Run(f"{first + index}. "), *action.what)
        pieces += text_pieces(
            inner,
            runs,
            box.text,
            node,
            space=gap,
            keep_last=bool(action.when),
            changed=action.changed,
        )
        if action.when:
            pieces += text_pieces(inner, bold(_sentence(action.when)), box.strong, entry.child("LBody"))
    return pieces


def _sentence(text: str) -> str:
    """ "by 3 May" as "By 3 May."."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."


def told(action: Action, number: int) -> str:
    """An action as a line of plain text."""
    when = f" {_sentence(action.when)}" if action.when else ""
    return f"{number}. {words(action.what)}{when}"
