"""What a block needs to know to lay itself out: type scale, text area, the tag it hangs under."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from poems_registry.charts.shapes import Tone
from poems_registry.pages.document import Align, Document, Run, Runs
from poems_registry.pages.flow import Outline, Paint, Piece
from poems_registry.pages.geometry import TypeScale
from poems_registry.pages.pen import Pen
from poems_registry.pages.structure import Node
from poems_registry.pages.typesetting import Line, set_lines

ASCENT = 0.905
"""Height of Liberation Sans above the baseline, as a share of the size (hhea table)."""
BAR = 3.0


@dataclass(frozen=True, slots=True)
class Setting:
    """The place a block is set in: left edge and width in points, type, tag parent."""

    document: Document
    scale: TypeScale
    left: float
    width: float
    node: Node
    outline: Outline | None = None

    def inside(self, left: float, width: float) -> "Setting":
        """The same, narrower."""
        return replace(self, left=left, width=width)

    def under(self, node: Node) -> "Setting":
        """The same, tagged under `node`."""
        return replace(self, node=node)


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set."""

    size: float
    leading: float
    tone: Tone = Tone.TEXT
    bold: bool = False
    align: Align = Align.LEFT


def baseline(type_: Type) -> float:
    """From the top of a line to its baseline: the ascent, with half of the leading's surplus."""
    return (type_.leading - type_.size * 1.117) / 2 + type_.size * ASCENT


def paint_lines(
    pen: Pen, lines: Sequence[Line], left: float, width: float, top: float, type_: Type, *, more: bool = False
) -> None:
    """Set lines from `top` down; `more` says that the text goes on after the last of them."""
    y = top + baseline(type_)
    last = len(lines) - 1
    for index, line in enumerate(lines):
        x = left + width - line.width if type_.align is Align.RIGHT else left
        pen.line_of_text(x, y, line, type_.size, type_.tone, more=more or index < last)
        y += type_.leading


def text_pieces(
    setting: Setting,
    runs: Runs,
    type_: Type,
    node: Node,
    *,
    space: float = 0.0,
    keep_last: bool = False,
    changed: bool = False,
) -> list[Piece]:
    """A text as one piece a line, so that it flows over pages; never a single line left alone."""
    lines = set_lines(runs, type_.size, setting.width, all_bold=type_.bold)
    count = len(lines)
    pieces = []
    for index, line in enumerate(lines):
        widow = index in (0, count - 2) and index < count - 1
        pieces.append(
            Piece(
                type_.leading,
                _painter(setting, line, type_, node, changed=changed, more=index < count - 1),
                space if index == 0 else 0.0,
                keep=widow or (keep_last and index == count - 1),
                outline=setting.outline,
            )
        )
    return pieces


def _painter(setting: Setting, line: Line, type_: Type, node: Node, *, changed: bool, more: bool) -> Paint:
    def paint(pen: Pen, top: float) -> None:
        if changed:
            change_bar(pen, setting.left, top, type_.leading)
        pen.tag(node)
        paint_lines(pen, [line], setting.left, setting.width, top, type_, more=more)

    return paint


def change_bar(pen: Pen, left: float, top: float, height: float) -> None:
    """The bar at the left edge of a changed line, clear of the words."""
    pen.artefact()
    pen.rect((left - BAR - 2, top, BAR, height), fill=Tone.TEXT)


def embolden(runs: Runs) -> Runs:
    """All of it in bold."""
    return tuple(Run(run.text, bold=True) for run in runs)
