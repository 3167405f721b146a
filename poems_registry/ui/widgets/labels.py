"""Texts: always plain, so that what a person typed is never read as markup, and never cut."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone


def restyle(widget: QWidget) -> None:
    """Have the style sheet look again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Label(QLabel):
    """One plain text. A screen reader reads its words; it never gets an accessible name of its own."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        size: int = Size.BODY,
        weight: Weight = Weight.REGULAR,
        tone: Tone = Tone.TEXT,
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, weight))
        self.setProperty("tone", str(tone))
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Another colour."""
        if self.property("tone") != str(tone):
            self.setProperty("tone", str(tone))
            restyle(self)

    def set_weight(self, weight: Weight, size: int = Size.BODY) -> None:
        """Another weight."""
        self.setFont(self._theme.font(size, weight))


class IconLabel(Label):
    """An icon before its word: the shape of a state beside its name."""

    GAP = 6

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        *,
        tone: Tone = Tone.TEXT,
        icon_tone: Tone | None = None,
        icon_size: int = 16,
        wrap: bool = False,
    ) -> None:
        super().__init__(theme, text, tone=tone, wrap=wrap)
        self._icon, self._icon_tone, self._icon_size = icon, icon_tone or tone, icon_size
        self._make_room()

    def show_state(self, icon: str, text: str, tone: Tone = Tone.TEXT, icon_tone: Tone | None = None) -> None:
        """Another state: shape, word and colour together."""
        self._icon, self._icon_tone = icon, icon_tone or tone
        self._make_room()
        self.setText(text)
        self.set_tone(tone)
        self.update()

    def _make_room(self) -> None:
        self.setIndent(0)
        self.setContentsMargins(self._icon_size + self.GAP if self._icon else 0, 0, 0, 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never lower than the icon."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._icon_size + 2))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The text as any label, and the icon at its first line."""
        super().paintEvent(event)
        if self._icon:
            painter = QPainter(self)
            middle = self.height() / 2
            if self.wordWrap():  # beside the first line
                middle = min(middle, self.fontMetrics().height() / 2 + 1)
            box = self.rect()
            box.setWidth(self._icon_size)
            box.setTop(round(middle - self._icon_size / 2))
            box.setHeight(self._icon_size)
            self._theme.paint_icon(painter, box, self._icon, self._theme.shape(self._icon_tone), self._icon_size)
            painter.end()


def labelled(theme: Theme, text: str, field: QWidget, *, weight: Weight = Weight.MEDIUM) -> Label:
    """The label of a field, tied to it: by its mnemonic (if `text` has one), by a click and for a screen reader."""
    label = Label(theme, text, weight=weight)
    label.setBuddy(field)
    return label
