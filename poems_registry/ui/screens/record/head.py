"""The head of a record: its tabs at the left, what can be begun at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from poems_registry.ui.theme.painting import rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.tabs import TabBar


class Head(QWidget):
    """Tabs at the left, what can be begun at the right, on the card's ground."""

    def __init__(self, theme: Theme, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(Size.TABS)
        self._tabs = QHBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAGE, 0, Size.PAGE, 0)
        row.setSpacing(Size.GRID)
        row.addLayout(self._tabs)
        row.addStretch(1)
        for part in parts:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)

    def put(self, tabs: TabBar) -> None:
        """These tabs, once."""
        self._tabs.addWidget(tabs)

    def needs(self) -> int:
        """The width of the tabs and of every action that can be seen now."""
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        return layout.minimumSize().width()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """White ground and a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.card))
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1), self._theme.tokens.line)
        painter.end()


def in_two_lines(words: str) -> str:
    """A sentence parted at the space nearest to its middle."""
    spaces = [place for place, sign in enumerate(words) if sign == " "]
    if not spaces:
        return words
    middle = min(spaces, key=lambda place: abs(place - len(words) // 2))
    return f"{words[:middle]}\n{words[middle + 1 :]}"
