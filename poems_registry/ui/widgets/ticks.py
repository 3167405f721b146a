"""Boxes to tick and round buttons for longer answers, drawn large enough to hit."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy

from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size

_BOX, _GAP = 20, 8


class CheckBox(QCheckBox):
    """A box of 20 px in a row of 32 with its words; the words tick it too. Connect `toggled`, not `clicked`."""

    def __init__(self, theme: Theme, text: str, *, said: str = "") -> None:
        super().__init__(text)
        self._theme = theme
        self.setFont(theme.font())
        self.setProperty("radius", 4)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if said:
            self.setAccessibleName(said)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Box and words."""
        words = self.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width() + 1
        return QSize(_BOX + (_GAP + words if self.text() else 0), Size.CONTROL)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        """Words and box alike."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The box, its tick or dash, the words."""
        painter = QPainter(self)
        look = self._theme.tokens
        place = QRectF(0, (self.height() - _BOX) / 2, _BOX, _BOX)
        on = self.checkState() is not Qt.CheckState.Unchecked
        fills = (look.blue, look.field) if self.isEnabled() else (look.edge, look.neutral)
        fill = fills[0] if on else fills[1]
        box(painter, place, 4, fill, None if on else look.edge, 1)
        if on:
            name = "minus" if self.checkState() is Qt.CheckState.PartiallyChecked else "check"
            self._theme.paint_icon(painter, place, name, look.on_blue, 14)
        _words(painter, self, self._theme)
        painter.end()


Answer = TypeVar("Answer", bound=QRadioButton)


def begun_with(letter: str, answers: Sequence[Answer], now: object) -> Answer | None:
    """The answer whose words begin with this letter, the next of them after `now` if several do; None if none does."""
    start = next((place + 1 for place, each in enumerate(answers) if each is now), 0)
    begun = letter.strip().casefold()
    in_turn = (*answers[start:], *answers[:start])
    return next((each for each in in_turn if begun and each.text().casefold().startswith(begun)), None)


class RadioButton(QRadioButton):
    """One of several answers, one below the other: arrows go from one to the next, a letter to what begins so."""

    def __init__(self, theme: Theme, text: str, *, said: str = "") -> None:
        super().__init__(text)
        self._theme = theme
        self.setFont(theme.font())
        self.setProperty("radius", 10)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if said:
            self.setAccessibleName(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The letters of the answers that stand with it."""
        around = self.parentWidget()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        answers = around.findChildren(RadioButton, options=direct) if around is not None else [self]
        found = begun_with(event.text(), answers, next((each for each in answers if each.isChecked()), None))
        if found is None:
            super().keyPressEvent(event)
            return
        found.setFocus(Qt.FocusReason.TabFocusReason)
        found.click()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Circle and words."""
        words = self.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width() + 1
        return QSize(_BOX + _GAP + words, Size.CONTROL)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        """Words and circle alike."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The circle, its dot, the words."""
        painter = QPainter(self)
        look = self._theme.tokens
        place = QRectF(0, (self.height() - _BOX) / 2, _BOX, _BOX)
        on = self.isChecked()
        box(painter, place, _BOX / 2, look.field, look.blue if on else look.edge, 2 if on else 1)
        if on:
            box(painter, place.adjusted(5, 5, -5, -5), 5, look.blue if self.isEnabled() else look.edge)
        _words(painter, self, self._theme)
        painter.end()


def _words(painter: QPainter, button: QCheckBox | QRadioButton, theme: Theme) -> None:
    painter.setFont(button.font())
    painter.setPen(QColor(theme.tokens.text if button.isEnabled() else theme.tokens.sub))
    place = QRectF(_BOX + _GAP, 0, button.width() - _BOX - _GAP, button.height())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic), button.text())
