"""Paints the cells of lists, and tells how high a row must be so that nothing is cut."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import CELL_ROLE, HATCH_ROLE
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import hatch, rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.chips import Feature, paint_feature
from poems_registry.ui.widgets.drawing import paint_drawing

Index = QModelIndex | QPersistentModelIndex
LINE = 18
FIRST_INSET, INSET = 16, 8  # of words to the left edge of the first cell of a row, and of the others
RIGHT_INSET = 0
_ICON = 20
_CHIP = 25
_GAP = 12
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Words at their place: x within the cell, which line, with the icon of its span if it is the first."""

    x: float
    line: int
    text: str
    span: Span
    icon: bool


class Setting:
    """Sets a cell's words into lines of a given width, breaking only between words."""

    def __init__(self, theme: Theme) -> None:
        self._metrics = {
            False: QFontMetricsF(theme.font()),
            True: QFontMetricsF(theme.font(Size.BODY, Weight.SEMIBOLD)),
        }
        self._widths: dict[tuple[str, bool], float] = {}

    def pieces(self, cell: Cell, width: float) -> tuple[list[Piece], int]:
        """The words at their places, and how many lines they take."""
        pieces: list[Piece] = []
        line = 0
        for spans in (cell.first, cell.second):
            if spans:
                placed, line = self._line(spans, width, line)
                pieces.extend(placed)
        return pieces, line

    def lines(self, cell: Cell, width: float) -> int:
        """How many lines a cell takes at this width."""
        return self.pieces(cell, width)[1]

    def width(self, text: str, bold: bool) -> float:
        """Of words in pixels; remembered, since every key in a search measures mostly the same words."""
        known = self._widths.get((text, bold))
        if known is None:
            if len(self._widths) >= MOST_REMEMBERED:
                self._widths.clear()
            known = self._widths[text, bold] = self._metrics[bold].horizontalAdvance(text)
        return known

    def _line(self, spans: tuple[Span, ...], width: float, line: int) -> tuple[list[Piece], int]:
        placed: list[Piece] = []
        x = 0.0
        for span in spans:
            whole = self.width(span.text, span.bold) + (_ICON if span.icon else 0)
            if span.right:
                if x and x + whole > width:
                    line, x = line + 1, 0.0
                placed.append(Piece(max(x, width - whole - 4), line, span.text, span, bool(span.icon)))
                x = width
                continue
            for piece, wide in self._fragments(span, whole, width):
                if x and x + wide > width:
                    line, x = line + 1, 0.0
                placed.append(Piece(x, line, piece, span, bool(span.icon) and not any(p.span is span for p in placed)))
                x += wide
            x += _GAP
        return placed, line + 1

    def _fragments(self, span: Span, whole: float, width: float) -> Iterator[tuple[str, float]]:
        """The span in one piece where it fits a line, else its words."""
        if whole <= width:
            yield span.text, whole
            return
        icon = _ICON if span.icon else 0
        words = span.text.split(" ")
        for place, word in enumerate(words):
            text = word + (" " if place < len(words) - 1 else "")
            for part in self._parts(text, span.bold, width - icon):
                yield part, self.width(part, span.bold) + icon
                icon = 0

    def _parts(self, word: str, bold: bool, width: float) -> list[str]:
        """A word longer than a line goes on in the next one, after a hyphen where it has one there."""
        parts = [word]
        while self.width(parts[-1].rstrip(" "), bold) > width and len(parts[-1]) > 1:
            last = parts.pop()
            fits = max((n for n in range(1, len(last)) if self.width(last[:n], bold) <= width), default=1)
            hyphen = last.rfind("-", 0, fits) + 1
            cut = hyphen or fits
            parts += [last[:cut], last[cut:]]
        return parts


def inset(column: int) -> int:
    """Pixels from a cell's left edge to its words."""
    return INSET if column else FIRST_INSET


class CellDelegate(QStyledItemDelegate):
    """Selection as tint with a bar of 3 px at the row's left, words, chips, small charts, a line below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._setting = Setting(theme)

    def lines(self, cell: Cell, width: float, column: int) -> int:
        """How many lines a cell takes in this column of this width."""
        return self._setting.lines(cell, self._room(cell, width, column))

    def _room(self, cell: Cell, width: float, column: int) -> float:
        return width - inset(column) - RIGHT_INSET - (len(cell.chips) * _CHIP if cell.chips else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Everything of a cell."""
        rect = QRectF(option.rect)
        look = self._theme.tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(look.tint if selected else look.card))
        if index.data(HATCH_ROLE):
            painter.setBrushOrigin(0, 0)
            hatch(painter, rect, look.line, 7.0)
        if selected and index.column() == 0:
            rule(painter, QRectF(rect.left(), rect.top(), 3, rect.height()), look.blue)
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            right = index.data(Qt.ItemDataRole.TextAlignmentRole) is not None
            self._paint_cell(painter, rect, cell, index.column(), right=right)
        rule(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.hair)
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRectF, cell: Cell, column: int, *, right: bool) -> None:
        left, room = rect.left() + inset(column), self._room(cell, rect.width(), column)
        if cell.chips:
            top = rect.top() + (rect.height() - 22) / 2
            for number, (letter, state) in enumerate(cell.chips):
                chip = QRectF(left + number * _CHIP, top, 22, 22)
                paint_feature(painter, self._theme, chip, letter, Feature(state), Size.BODY)
            left += len(cell.chips) * _CHIP
        pieces, lines = self._setting.pieces(cell, room)
        top = rect.top() + (rect.height() - lines * LINE) / 2
        shift = 0.0
        if right and pieces and lines == 1:
            shift = room - 4 - (pieces[-1].x + self._setting.width(pieces[-1].text, pieces[-1].span.bold))
        for piece in pieces:
            self._paint_piece(painter, piece, left + shift, top)
        if cell.drawing is not None:
            place = QRectF(rect.right() - RIGHT_INSET - 62, rect.top() + 5, 60, 18)
            paint_drawing(painter, self._theme, cell.drawing, place)

    def _paint_piece(self, painter: QPainter, piece: Piece, left: float, top: float) -> None:
        x, y = left + piece.x, top + piece.line * LINE
        if piece.icon:
            tone = piece.span.icon_tone or piece.span.tone
            self._theme.paint_icon(painter, QRectF(x, y, 14, LINE), piece.span.icon, self._theme.shape(tone), 14)
        if piece.span.icon and piece.icon:
            x += _ICON
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD if piece.span.bold else Weight.REGULAR))
        painter.setPen(self._theme.text(piece.span.tone))
        wide = self._setting.width(piece.text, piece.span.bold) + 2
        painter.drawText(QRectF(x, y, wide, LINE), int(Qt.AlignmentFlag.AlignVCenter), piece.text)
