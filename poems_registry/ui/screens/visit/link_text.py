"""A link of several words that goes on in a second line where room is short: it is never cut."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size

_INSET, _LEAST = 2, 24


class LinkText(QPushButton):
    """A real button that looks like a link; Return and Space press it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAutoDefault(False)
        self.setFont(theme.font(Size.BODY, Weight.MEDIUM))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("radius", 4)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)  # fixed, it stays one line high
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Its height follows its width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Of all lines, at least high enough for a finger."""
        lines = len(self._lines(width - 2 * _INSET))
        return _LEAST if lines == 1 else lines * self.fontMetrics().lineSpacing() + 6

    def sizeHint(self) -> QSize:  # noqa: N802
        """In one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * _INSET + 1, _LEAST)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Its longest word."""
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self.text().split(" ")), default=0)
        return QSize(longest + 2 * _INSET + 1, _LEAST)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return goes there, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Each line with its rule below."""
        painter = QPainter(self)
        look = self._theme.tokens
        ink = QColor(look.blue_hover if self.underMouse() or self.isDown() else look.blue)
        painter.setFont(self.font())
        painter.setPen(ink)
        metrics, spacing = self.fontMetrics(), self.fontMetrics().lineSpacing()
        lines = self._lines(self.width() - 2 * _INSET)
        top = (self.height() - spacing * len(lines)) / 2
        for number, line in enumerate(lines):
            place = QRectF(_INSET, top + number * spacing, self.width() - _INSET, spacing)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), line)
            under = place.center().y() + metrics.ascent() / 2 + 2
            rule(painter, QRectF(_INSET, under, metrics.horizontalAdvance(line), 1), ink)
        painter.end()

    def _lines(self, room: int) -> list[str]:
        metrics = self.fontMetrics()
        lines: list[str] = []
        for word in self.text().split(" "):
            if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= room:
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines.append(word)
        return lines
