"""The program's own sign, for the rail and the unlock screen."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme


class _Mark(QWidget):
    """The program's own sign; its name stands beside it."""

    def __init__(self, theme: Theme, side: int, *, on_panel: bool = False) -> None:
        super().__init__()
        self._theme, self._on_panel = theme, on_panel
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A helix on a square."""
        painter = QPainter(self)
        look = self._theme.tokens
        ground, ink = (look.on_panel, look.panel) if self._on_panel else (look.blue, look.on_blue)
        box(painter, QRectF(self.rect()), self.height() * 0.22, ground)
        self._theme.paint_icon(painter, self.rect(), "dna", ink, round(self.height() * 0.62))
        painter.end()


def mark(theme: Theme, side: int, *, on_panel: bool = False) -> QWidget:
    """The program's sign, for the rail and the unlock screen."""
    return _Mark(theme, side, on_panel=on_panel)
