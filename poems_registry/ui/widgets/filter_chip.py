"""Chips that switch a filter on and off, with the number of finds behind the word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size


class FilterChip(QPushButton):
    """A switch 28 px high. On: tint, blue edge and a tick; the count stands behind two spaces.

    Connect `toggled`, not `clicked`: a screen reader switches it without a click.
    """

    PADDING, TICK = 12, 22

    def __init__(self, theme: Theme, words: str, count: int | None = None) -> None:
        super().__init__()
        self._theme, self._words, self._count = theme, words, count
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("radius", 14)
        self.setFont(theme.font(Size.BODY, Weight.MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.updateGeometry)
        self._write()

    def show_count(self, count: int | None) -> None:
        """Another number of finds; None for none told."""
        if count != self._count:
            self._count = count
            self._write()

    def _write(self) -> None:
        """The word alone is the accessible name; the count is told as its description."""
        self.setText(self._words if self._count is None else f"{self._words}  {self._count:,}")
        self.setAccessibleName(self._words)
        self.setAccessibleDescription("" if self._count is None else f"{self._count:,}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Words, and room for the tick when it is on."""
        tick = self.TICK if self.isChecked() else 0
        width = self.fontMetrics().horizontalAdvance(self.text()) + 1 + tick + 2 * self.PADDING
        return QSize(width, Size.SMALL_CONTROL)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Pill, tick, words."""
        painter = QPainter(self)
        look, on = self._theme.tokens, self.isChecked()
        ground = look.tint if on or self.underMouse() else look.card
        box(painter, QRectF(self.rect()), 14, ground, look.blue if on else look.edge)
        left = float(self.PADDING)
        ink = look.blue if on else (look.text if self.isEnabled() else look.sub)
        if on:
            self._theme.paint_icon(painter, QRectF(left, 0, 16, self.height()), "check", look.blue, 16)
            left += self.TICK
        painter.setFont(self.font())
        painter.setPen(QColor(ink))
        place = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()
