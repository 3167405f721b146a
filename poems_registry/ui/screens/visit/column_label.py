"""Labels of columns: they wrap only where their text is longer than the column, which keeps a long form quick."""

from PySide6.QtWidgets import QSizePolicy

from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.labels import Label


class ColumnLabel(Label):
    """A text in a column of known width."""

    def __init__(
        self, theme: Theme, text: str = "", *, weight: Weight = Weight.REGULAR, tone: Tone = Tone.TEXT
    ) -> None:
        super().__init__(theme, text, weight=weight, tone=tone)
        self._room = 0

    def set_room(self, width: int) -> None:
        """The column got another width."""
        self._room = width
        self.setFixedWidth(width)
        self._fit()

    def setText(self, text: str) -> None:  # noqa: N802
        """Another text."""
        if text != self.text():
            super().setText(text)
            self._fit()

    def _fit(self) -> None:
        room = getattr(self, "_room", 0)  # the first text comes before the room
        longest = max(self.fontMetrics().horizontalAdvance(part) for part in self.text().split("\n"))
        wraps = bool(room) and longest > room
        if wraps != self.wordWrap():
            self.setWordWrap(wraps)


class Beside(ColumnLabel):
    """Quiet words right of a field; they take the room that is left, `room` is the least of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tone=Tone.SUB)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_room(self, width: int) -> None:
        """The least room there is."""
        self._room = width
        self._fit()
