"""Paints one card of the board and says how high it is: nothing of it is ever cut, however narrow the column."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from poems_registry.ui.screens.letters.shown import CardShown, Stage
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, hatch
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone

LINE, PADDING, BETWEEN = 18, 10, 8
TICK, TICK_GAP = 20, 10
DAYS, CELL, CELL_GAP = 7, 9, 2
BAR = DAYS * (CELL + CELL_GAP) + 8
_ICON = 20
_KEPT = 4096


class CardPainter:
    """Sets the words of cards at a width, remembers how they were set, and paints them."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._set: dict[tuple[str, int, bool], list[str]] = {}

    def height(self, card: CardShown, width: int) -> int:
        """Of the card at this width, with the gap below it."""
        lines = len(self._lines(card.name, self._name_width(card, width), bold=True))
        lines += len(self._lines(card.identity, self._room(width)))
        if card.day_words:
            lines += len(self._lines(card.day_words, self._day_width(card, width), bold=True))
        lines += sum(len(self._lines(words, self._room(width))) for words in (card.words,) if words)
        lines += sum(
            len(self._lines(words, self._room(width) - _ICON))
            for words in (card.warning, card.held, card.printing)
            if words
        )
        return lines * LINE + 2 * PADDING + BETWEEN

    def tick_box(self, rect: QRectF) -> QRectF:
        """Where a card in this place has its box."""
        return QRectF(rect.left() + PADDING, rect.top() + PADDING - 1, TICK, TICK)

    def paint(self, painter: QPainter, rect: QRectF, card: CardShown, *, current: bool) -> None:
        """A card in its place."""
        look = self._theme.tokens
        place = rect.adjusted(0, 0, 0, -BETWEEN)
        edge = look.blue if card.ticked or current else look.line
        ground = look.tint if card.ticked else look.card
        box(painter, place, Size.RADIUS, ground, edge, 2.0 if card.ticked else 1.0)
        if card.deceased:
            hatch(painter, place.adjusted(2, 2, -2, -2), look.hair)
        left, top = place.left() + PADDING, place.top() + PADDING
        self._paint_tick(painter, place, card)
        start = left + (TICK + TICK_GAP if card.may_tick else 0)
        width = int(rect.width())
        top = self._paint_lines(
            painter,
            (start, top),
            self._lines(card.name, self._name_width(card, width), bold=True),
            Tone.TEXT,
            bold=True,
        )
        top = self._paint_lines(painter, (left, top), self._lines(card.identity, self._room(width)), Tone.SUB)
        top = self._paint_days(painter, (left, top), card, width)
        if card.warning:
            lines = self._lines(card.warning, self._room(width) - _ICON)
            top = self._paint_said(painter, (left, top), lines, ("octagon-x", Tone.RED))
        top = self._paint_lines(painter, (left, top), self._lines(card.words, self._room(width)), Tone.TEXT)
        if card.held:
            lines = self._lines(card.held, self._room(width) - _ICON)
            top = self._paint_said(painter, (left, top), lines, ("pause", Tone.AMBER))
        if card.printing:
            lines = self._lines(card.printing, self._room(width) - _ICON)
            self._paint_said(painter, (left, top), lines, ("printer", Tone.BLUE))

    # -- parts

    def _paint_tick(self, painter: QPainter, place: QRectF, card: CardShown) -> None:
        if not card.may_tick:
            return
        look, where = self._theme.tokens, self.tick_box(place)
        box(painter, where, 4, look.blue if card.ticked else look.field, None if card.ticked else look.edge)
        if card.ticked:
            self._theme.paint_icon(painter, where, "check", look.on_blue, 14)

    def _paint_days(self, painter: QPainter, at: tuple[float, float], card: CardShown, width: int) -> float:
        """Seven cells, as many filled as days have gone; dark when it is soon, red with a triangle when it is late."""
        left, top = at
        if not card.day_words:
            return top
        look = self._theme.tokens
        if card.stage is Stage.SENT:
            lines = self._lines(card.day_words, self._day_width(card, width))
            return self._paint_lines(painter, (left, top), lines, Tone.TEXT)
        shade = look.red if card.late else look.text if card.soon else look.sub
        for cell in range(DAYS):
            where = QRectF(left + cell * (CELL + CELL_GAP), top + (LINE - CELL) / 2, CELL, CELL)
            box(painter, where, 3, shade if cell < card.days else look.field, shade if cell < card.days else look.edge)
        start = left + BAR
        if card.late:
            self._theme.paint_icon(painter, QRectF(start, top, 16, LINE), "triangle-alert", look.red, 14)
            start += _ICON
        strong = card.late or card.soon
        lines = self._lines(card.day_words, self._day_width(card, width), bold=True)
        return self._paint_lines(painter, (start, top), lines, Tone.RED if card.late else Tone.TEXT, bold=strong)

    def _paint_said(
        self, painter: QPainter, at: tuple[float, float], lines: list[str], icon: tuple[str, Tone]
    ) -> float:
        left, top = at
        name, tone = icon
        self._theme.paint_icon(painter, QRectF(left, top, 16, LINE), name, self._theme.shape(tone), 14)
        return self._paint_lines(painter, (left + _ICON, top), lines, tone)

    def _paint_lines(
        self, painter: QPainter, at: tuple[float, float], lines: list[str], tone: Tone, *, bold: bool = False
    ) -> float:
        left, top = at
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD if bold else Weight.REGULAR))
        painter.setPen(QColor(self._theme.text(tone)))
        for line in lines:
            painter.drawText(QRectF(left, top, 4000, LINE), int(Qt.AlignmentFlag.AlignVCenter), line)
            top += LINE
        return top

    # -- measures

    def _room(self, width: int) -> int:
        return max(40, width - 2 * PADDING)

    def _name_width(self, card: CardShown, width: int) -> int:
        return self._room(width) - (TICK + TICK_GAP if card.may_tick else 0)

    def _day_width(self, card: CardShown, width: int) -> int:
        if card.stage is Stage.SENT:
            return self._room(width)
        return max(40, self._room(width) - BAR - (_ICON if card.late else 0))

    def _lines(self, text: str, width: int, *, bold: bool = False) -> list[str]:
        """Broken at blanks only, so that no date or number is torn; a word wider than the card is broken inside."""
        key = (text, width, bold)
        if key not in self._set:
            if len(self._set) > _KEPT:
                self._set.clear()
            self._set[key] = self._break(text, width, bold)
        return self._set[key]

    def _break(self, text: str, width: int, bold: bool) -> list[str]:
        metrics = QFontMetricsF(self._theme.font(Size.BODY, Weight.SEMIBOLD if bold else Weight.REGULAR))
        lines = [""]
        for blanks, word in _words(text):
            joined = lines[-1] + blanks + word if lines[-1] else word
            if not lines[-1] or metrics.horizontalAdvance(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(word)
            while metrics.horizontalAdvance(lines[-1]) > width and len(lines[-1]) > 1:
                fits = next(
                    n
                    for n in range(len(lines[-1]) - 1, 0, -1)
                    if n == 1 or metrics.horizontalAdvance(lines[-1][:n]) <= width
                )
                lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
        return lines


def _words(text: str) -> list[tuple[str, str]]:
    """Each word with the blanks before it; a number stays with the word it counts."""
    found: list[tuple[str, str]] = []
    blanks = ""
    for part in text.split(" "):
        if part and found and blanks == " " and found[-1][1].isdigit():
            found[-1] = (found[-1][0], f"{found[-1][1]} {part}")
        elif part:
            found.append((blanks, part))
            blanks = " "
        else:
            blanks += " "
    return found
