"""A framed message in a narrow card: the cause in bold, below it what is safe and what to do."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.labels import Label


class RefusalBox(QWidget):
    """Red, with a shape; hidden until something is said."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cause = Label(theme, weight=Weight.SEMIBOLD, tone=Tone.RED, wrap=True)
        self._rest = Label(theme, tone=Tone.RED, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 7, 10, 7)
        column.setSpacing(2)
        column.addWidget(self._cause)
        column.addWidget(self._rest)
        self.hide()

    def say(self, cause: str, rest: str = "") -> None:
        """Show these words; no cause hides the box."""
        self._cause.setText(cause)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.setVisible(bool(cause))

    def words(self) -> str:
        """All that is said now."""
        return " ".join(part for part in (self._cause.text(), self._rest.text()) if part) if not self.isHidden() else ""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never lower than its icon."""
        return super().minimumSizeHint().expandedTo(QSize(80, 32))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Tint, edge, shape."""
        painter = QPainter(self)
        edge, ground = self._theme.shape(Tone.RED), self._theme.tint(Tone.RED)
        box(painter, QRectF(self.rect()), Size.RADIUS, ground, edge)
        self._theme.paint_icon(painter, QRectF(10, 8, 16, 16), "circle-x", edge, 16)
        painter.end()
