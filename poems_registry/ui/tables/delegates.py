"""Paints the cells of lists, and tells how high a row must be so that nothing is cut."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap, QStaticText

from poems_registry.charts.shapes import Drawing
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import RowsModel
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import hatch, rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.chips import Feature, paint_feature
from poems_registry.ui.widgets.drawing import paint_drawing

LINE = 18
FIRST_INSET, INSET = 16, 8  # of words to the left edge of the first cell of a row, and of the others
RIGHT_INSET = 0
_ICON = 20
_CHIP = 25
_GAP = 12
MOST_REMEMBERED = 10_000
MOST_PICTURES = 500


@dataclass(frozen=True, slots=True)
class Piece:
    """Words at their place: x within the cell, which line, with the icon of its span if it is the first."""

    x: float
    line: int
    text: str
    span: Span
    icon: bool


class Setting:
    """Sets a cell's words into lines of a given width, breaking only between words.

    Every key in a search sets and draws mostly the same words again: what was set once is remembered, bounded.
    """

    def __init__(self, theme: Theme) -> None:
        self._metrics = {
            False: QFontMetricsF(theme.font()),
            True: QFontMetricsF(theme.font(Size.BODY, Weight.SEMIBOLD)),
        }
        self._widths: dict[tuple[str, bool], float] = {}
        self._texts: dict[tuple[str, bool], QStaticText] = {}
        self._set: dict[tuple[int, float], tuple[Cell, list[Piece], int]] = {}

    def pieces(self, cell: Cell, width: float) -> tuple[list[Piece], int]:
        """The words at their places, and how many lines they take."""
        key = (id(cell), width)
        known = self._set.get(key)
        if known is None or known[0] is not cell:  # the cell is kept beside: its number is not given to another one
            _forget_when_full(self._set, MOST_REMEMBERED)
            known = self._set[key] = (cell, *self._pieces(cell, width))
        return known[1], known[2]

    def text(self, text: str, bold: bool) -> QStaticText:
        """Words laid out for drawing."""
        known = self._texts.get((text, bold))
        if known is None:
            _forget_when_full(self._texts, MOST_REMEMBERED)
            known = self._texts[text, bold] = QStaticText(text)
            known.setTextFormat(Qt.TextFormat.PlainText)
            known.setPerformanceHint(QStaticText.PerformanceHint.ModerateCaching)
        return known

    def _pieces(self, cell: Cell, width: float) -> tuple[list[Piece], int]:
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
        """Of words in pixels."""
        known = self._widths.get((text, bold))
        if known is None:
            _forget_when_full(self._widths, MOST_REMEMBERED)
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


def _forget_when_full(remembered: dict[Any, Any], most: int) -> None:
    if len(remembered) >= most:
        remembered.clear()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands in a row: its number, and its left edge and width in pixels."""

    column: int
    left: float
    width: float


class RowPainter:
    """Selection as tint with a bar of 3 px at the row's left, words, chips, small charts, a line below.

    A row at a time instead of a cell at a time through Qt's delegates: a key in the search repaints all of them.
    """

    def __init__(self, theme: Theme, rows: RowsModel[Any]) -> None:
        self._theme, self._rows = theme, rows
        self._setting = Setting(theme)
        self._pictures: dict[Hashable, QPixmap] = {}
        self._drawings: dict[int, object] = {}
        self._fonts = {False: theme.font(), True: theme.font(Size.BODY, Weight.SEMIBOLD)}
        self._lift = {bold: (LINE - QFontMetricsF(font).height()) / 2 for bold, font in self._fonts.items()}
        theme.changed.connect(self._forget_pictures)

    def lines(self, cell: Cell, width: float, column: int) -> int:
        """How many lines a cell takes in this column of this width."""
        return self._setting.lines(cell, self._room(cell, width, column))

    def _room(self, cell: Cell, width: float, column: int) -> float:
        return width - inset(column) - RIGHT_INSET - (len(cell.chips) * _CHIP if cell.chips else 0)

    def paint(self, painter: QPainter, rect: QRectF, row: int, places: Sequence[Place], *, selected: bool) -> None:
        """Everything of a row."""
        look = self._theme.tokens
        painter.fillRect(rect, QColor(look.tint if selected else look.card))
        if self._rows.hatched(row):
            hatch(painter, rect, look.line, 7.0)
        if selected:
            rule(painter, QRectF(rect.left(), rect.top(), 3, rect.height()), look.blue)
        for place in places:
            cell = self._rows.cell(row, place.column)
            self._paint_cell(painter, QRectF(place.left, rect.top(), place.width, rect.height()), cell, place.column)
        rule(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.hair)

    def _paint_cell(self, painter: QPainter, rect: QRectF, cell: Cell, column: int) -> None:
        left, room = rect.left() + inset(column), self._room(cell, rect.width(), column)
        if cell.chips:
            top = rect.top() + (rect.height() - 22) / 2
            for number, (letter, state) in enumerate(cell.chips):
                self._paint_chip(painter, QRectF(left + number * _CHIP, top, 22, 22), letter, state)
            left += len(cell.chips) * _CHIP
        pieces, lines = self._setting.pieces(cell, room)
        top = rect.top() + (rect.height() - lines * LINE) / 2
        shift = 0.0
        if self._rows.columns[column].right and pieces and lines == 1:
            shift = room - 4 - (pieces[-1].x + self._setting.width(pieces[-1].text, pieces[-1].span.bold))
        for piece in pieces:
            self._paint_piece(painter, piece, left + shift, top)
        if cell.drawing is not None:
            self._paint_drawing(painter, QRectF(rect.right() - RIGHT_INSET - 62, top + 1, 60, 18), cell.drawing)

    def _paint_piece(self, painter: QPainter, piece: Piece, left: float, top: float) -> None:
        x, y = left + piece.x, top + piece.line * LINE
        span = piece.span
        if piece.icon:
            tone = span.icon_tone or span.tone
            self._theme.paint_icon(painter, QRectF(x, y, 14, LINE), span.icon, self._theme.shape(tone), 14)
            x += _ICON
        painter.setFont(self._fonts[span.bold])
        painter.setPen(self._theme.text(span.tone))
        painter.drawStaticText(QPointF(x, y + self._lift[span.bold]), self._setting.text(piece.text, span.bold))
        if span.struck:
            middle = y + LINE / 2 + 1
            wide = self._setting.width(piece.text.rstrip(" "), span.bold)
            painter.drawLine(QPointF(x, middle), QPointF(x + wide, middle))

    def _paint_chip(self, painter: QPainter, place: QRectF, letter: str, state: str) -> None:
        def draw(own: QPainter, rect: QRectF) -> None:
            paint_feature(own, self._theme, rect, letter, Feature(state), Size.BODY)

        self._paint_picture(painter, place, ("chip", letter, state), draw)

    def _paint_drawing(self, painter: QPainter, place: QRectF, drawing: Drawing) -> None:
        def draw(own: QPainter, rect: QRectF) -> None:
            paint_drawing(own, self._theme, drawing, rect)

        self._drawings[id(drawing)] = drawing  # kept, so that its number is not given to another one
        self._paint_picture(painter, place, ("drawing", id(drawing)), draw)

    def _paint_picture(
        self, painter: QPainter, place: QRectF, what: Hashable, draw: Callable[[QPainter, QRectF], None]
    ) -> None:
        """Draw something small once for each screen, then put it on whole device pixels, where it is sharp."""
        ratio = painter.device().devicePixelRatio()
        picture = self._pictures.get((what, ratio))
        if picture is None:
            if len(self._pictures) >= MOST_PICTURES:
                self._forget_pictures()
            picture = self._pictures[what, ratio] = _picture(place, ratio, draw)
        left, top = round((place.left() - 1) * ratio) / ratio, round((place.top() - 1) * ratio) / ratio
        painter.drawPixmap(QPointF(left, top), picture)

    def _forget_pictures(self) -> None:
        self._pictures.clear()
        self._drawings.clear()


def _picture(place: QRectF, ratio: float, draw: Callable[[QPainter, QRectF], None]) -> QPixmap:
    """A pixel of room around it: strokes on the edge are half outside."""
    picture = QPixmap(round((place.width() + 2) * ratio), round((place.height() + 2) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    own = QPainter(picture)
    draw(own, QRectF(1, 1, place.width(), place.height()))
    own.end()
    return picture
