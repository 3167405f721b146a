"""One of the two values of a field, to be chosen: a framed round button whose words may take several lines."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size

_LEFT, _EDGE = 36, 8
_BY_WORDS, _ANYWHERE = int(Qt.TextFlag.TextWordWrap), int(Qt.TextFlag.TextWrapAnywhere)


class Answer(QRadioButton):
    """`said` is its whole sense for a screen reader: the field, whose value, and the value."""

    def __init__(self, theme: Theme, words: str, said: str, width: int) -> None:
        super().__init__()
        self._theme, self.words = theme, words
        self.setAccessibleName(said)
        self.setFixedWidth(width)
        self.setFont(theme.font(Size.BODY, Weight.SEMIBOLD))  # as wide as it gets, so that choosing moves nothing
        self.setProperty("radius", Size.RADIUS)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        room = QRect(0, 0, width - _LEFT - _EDGE, 10_000)
        widest = max((self.fontMetrics().horizontalAdvance(word) for word in words.split()), default=0)
        self._wrap = _BY_WORDS if widest <= room.width() else _ANYWHERE  # an address without a space goes on anywhere
        needed = self.fontMetrics().boundingRect(room, self._wrap, words).height()
        self.setFixedHeight(max(Size.CONTROL, needed + 14))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Its fixed size."""
        return QSize(self.minimumWidth(), self.minimumHeight())

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        """Every point of the frame chooses it."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Frame, circle, words; chosen is said by ground, dot and weight, not by colour alone."""
        painter = QPainter(self)
        look, on = self._theme.tokens, self.isChecked()
        box(painter, QRectF(self.rect()), Size.RADIUS, look.tint if on else look.field, look.blue if on else look.edge)
        circle = QRectF(10, 0, 16, self.height())
        self._theme.paint_icon(painter, circle, "circle-dot" if on else "circle", look.blue if on else look.sub, 16)
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD if on else Weight.MEDIUM))
        painter.setPen(QColor(look.text))
        place = QRectF(_LEFT, 0, self.width() - _LEFT - _EDGE, self.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter) | self._wrap, self.words)
        painter.end()
