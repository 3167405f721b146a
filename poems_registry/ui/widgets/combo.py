"""A drop-down list that the wheel does not change, with nothing chosen until a person chooses."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.labels import restyle


class ComboBox(QComboBox):
    """Codes with their words. `chosen` tells the code a person chose. Its label must be its buddy (`labelled`).

    `placeholder` is shown while nothing is chosen; an option ('', words) lets a person choose nothing again.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, options: Sequence[tuple[str, str]] = (), *, placeholder: str = "", small: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kit", "field")
        self.setProperty("radius", Size.RADIUS)
        self.setFont(theme.font())
        self.setFixedHeight(Size.SMALL_CONTROL if small else Size.CONTROL)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(12)
        self.setPlaceholderText(placeholder)
        self._listed = False
        self.set_options(options)
        self.activated.connect(self._activated)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Other answers; the chosen one stays if it is among them."""
        code = self.code()
        self.clear()
        for one, words in options:
            self.addItem(words, one)
        self.choose(code)

    def code(self) -> str:
        """The chosen code, '' for none."""
        return str(self.currentData() or "")

    def choose(self, code: str) -> None:
        """Show this answer, or none; tells nobody. ValueError for a code that is not among the answers."""
        place = self.findData(code)
        if place < 0 and code:
            raise ValueError(f"not an answer of this list: {code}")
        self.setCurrentIndex(place)

    def set_mark(self, mark: Mark) -> None:
        """Red or amber edge, or the usual one."""
        if (self.property("mark") or "") != str(mark):
            self.setProperty("mark", str(mark))
            restyle(self)

    def showPopup(self) -> None:  # noqa: N802
        """The list, which the style sheet can dress; made when it is first opened."""
        if not self._listed:
            from PySide6.QtWidgets import QListView

            self._listed = True
            self.setView(QListView())
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The page scrolls instead: a wheel never changes a clinical value (nhs.md 6.2)."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The box as styled, with our chevron."""
        super().paintEvent(event)
        painter = QPainter(self)
        look = self._theme.tokens
        shade = look.sub if self.isEnabled() else look.edge
        self._theme.paint_icon(painter, QRect(self.width() - 26, 0, 20, self.height()), "chevron-down", shade, 16)
        painter.end()

    def _activated(self) -> None:
        self.chosen.emit(self.code())
