"""Tabs over a patient's record or a visit's sections: real buttons in a row, with a state's shape where given."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone

AROUND, AROUND_NARROW = 8, 3
"""Pixels at each side of a tab's word."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its key, its word, a shape for its state, and what a screen reader says of that state."""

    key: str
    words: str
    icon: str = ""
    icon_tone: Tone = Tone.SUB
    state: str = ""


class TabButton(QPushButton):
    """One tab, 40 high; the open one has a bar of 3 px below. It is no check box: it is pressed as any button."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, tab: Tab) -> None:
        super().__init__(tab.words)
        self.tab = tab
        self._theme, self._here, self._around = theme, False, AROUND
        self.clicked.connect(self._tell)
        self.setAutoDefault(False)
        self.setProperty("radius", 4)
        self.setFont(theme.font(Size.BODY, Weight.SEMIBOLD))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_tab(tab)

    def show_tab(self, tab: Tab) -> None:
        """Another state of the same tab."""
        self.tab = tab
        self.setText(tab.words)
        self.setToolTip(tab.state)
        self._describe()
        self.updateGeometry()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Less room around the word where many tabs stand beside what can be begun."""
        self._around = AROUND_NARROW if narrow else AROUND
        self.updateGeometry()
        self.update()

    def mark(self, here: bool) -> None:
        """Whether it is the open one."""
        self._here = here
        self._describe()
        self.update()

    def _describe(self) -> None:
        here = tr("open now") if self._here else ""
        self.setAccessibleDescription(", ".join(part for part in (here, self.tab.state) if part))

    def _tell(self) -> None:
        self.chosen.emit(self.tab.key)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Shape and word with some room around."""
        icon = 20 if self.tab.icon else 0
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 + icon + 2 * self._around, Size.TABS)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows go along the row, Return opens."""
        if event.key() == Qt.Key.Key_Right:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Left:
            self.focusPreviousChild()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Shape, word, bar."""
        painter = QPainter(self)
        look, on = self._theme.tokens, self._here
        left = float(self._around)
        if self.tab.icon:
            shade = look.blue if on and self.tab.icon_tone is Tone.SUB else self._theme.shape(self.tab.icon_tone)
            self._theme.paint_icon(painter, QRectF(left, 0, 14, self.height()), self.tab.icon, shade, 14)
            left += 20
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD if on else Weight.MEDIUM))
        painter.setPen(QColor(look.blue if on or self.underMouse() else look.text))
        place = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if on:
            edge = self._around - 2
            rule(painter, QRectF(edge, self.height() - 3, self.width() - 2 * edge, 3), look.blue)
        painter.end()


class TabBar(QWidget):
    """A row of tabs on white. `chosen` tells the key a person pressed. `flat` leaves ground and line to its parent."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, tabs: Sequence[Tab], *, flat: bool = False) -> None:
        super().__init__()
        self._theme, self._flat = theme, flat
        self._buttons: dict[str, TabButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0 if flat else Size.PAGE, 0, 0 if flat else Size.PAGE, 0)
        row.setSpacing(4 if flat else 12)
        for tab in tabs:
            button = TabButton(theme, tab)
            self._buttons[tab.key] = button
            row.addWidget(button)
            button.chosen.connect(self._pressed)
        if not flat:
            row.addStretch(1)
        self.setFixedHeight(Size.TABS)

    def _pressed(self, key: str) -> None:
        self.mark_tab(key)
        self.chosen.emit(key)

    def set_narrow(self, narrow: bool) -> None:
        """Less room around the words."""
        for button in self._buttons.values():
            button.set_narrow(narrow)

    def mark_tab(self, key: str) -> None:
        """Show which tab is open."""
        for name, button in self._buttons.items():
            button.mark(name == key)

    def show_tab(self, tab: Tab) -> None:
        """Another state of one tab. KeyError for a key that is not in the row."""
        self._buttons[tab.key].show_tab(tab)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """White ground and a line below."""
        if self._flat:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.card))
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1), self._theme.tokens.line)
        painter.end()
