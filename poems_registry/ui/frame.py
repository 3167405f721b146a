"""What stands around every screen of an open registry: side rail, patient banner, messages, undo, status line."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.content import Content
from poems_registry.ui.entries import Entry
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.banner import PatientBanner
from poems_registry.ui.widgets.bars import StatusLine, UndoStrip, WayBackBar
from poems_registry.ui.widgets.message import MessageBar
from poems_registry.ui.widgets.rail import SideRail


class Frame(QWidget):
    """The rail at the left; from top to bottom beside it banner, way back, messages, the screen, undo, status line."""

    def __init__(self, theme: Theme, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.rail = SideRail(theme, entries)
        self.banner = PatientBanner(theme)
        self.status = StatusLine(theme)
        self.messages = MessageBar(theme)
        self.way_back = WayBackBar(theme)
        self.undo = UndoStrip(theme)
        self.content = Content()
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (self.banner, self.way_back, self.messages):
            right.addWidget(part)
        right.addWidget(self.content, 1)
        right.addWidget(self.undo)
        right.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    def set_narrow(self, narrow: bool) -> None:
        """The form for windows below 1200 px."""
        self.rail.set_narrow(narrow)
        self.banner.set_narrow(narrow)
