"""The head of the section that follows, below the one that is open: a real button, and how it stood last time."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size


class NextSection(QPushButton):
    """Opens the next section, as Ctrl+Enter does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._letter, self._title, self._last = "", "", ""
        self.setAutoDefault(False)
        self.setProperty("radius", Size.CARD_RADIUS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_section(self, letter: str, title: str, last: str) -> None:
        """Which section follows; '' for none hides it."""
        self._letter, self._title, self._last = letter, title, last
        self.setText(title)
        words = tr("Next section: {title}", title=title)
        self.setAccessibleName(f"{words}. {tr('Last time: {last}', last=last)}" if last else words)
        self.setToolTip(tr("Ctrl+Enter"))
        self.setVisible(bool(title))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """One line, 48 high."""
        return QSize(280, 48)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Letter, title, last time where it fits, an arrow down."""
        painter = QPainter(self)
        look = self._theme.tokens
        ground = look.tint if self.underMouse() or self.isDown() else look.card
        box(painter, QRectF(self.rect()), Size.CARD_RADIUS, ground, look.line)
        left, middle = 16.0, int(Qt.AlignmentFlag.AlignVCenter)
        if self._letter:
            chip = QRectF(left, 10, 28, 28)
            box(painter, chip, 6, look.chip)
            painter.setFont(self._theme.font(Size.TITLE, Weight.BOLD))
            painter.setPen(QColor(look.on_chip))
            painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), self._letter)
            left += 38
        painter.setFont(self._theme.font(Size.HEADING, Weight.MEDIUM))
        painter.setPen(QColor(look.text))
        title = painter.fontMetrics().horizontalAdvance(self._title)
        painter.drawText(QRectF(left, 0, title + 8, 48), middle, self._title)
        painter.setFont(self._theme.font())
        painter.setPen(QColor(look.sub))
        words = tr("Last time: {last}", last=self._last) if self._last else ""
        room = painter.fontMetrics().horizontalAdvance(words)
        if words and left + title + 24 + room < self.width() - 48:
            painter.drawText(QRectF(self.width() - 44 - room, 0, room + 4, 48), middle, words)
        self._theme.paint_icon(painter, QRectF(self.width() - 36, 0, 20, 48), "chevron-down", look.sub, 16)
        painter.end()
