"""Messages inside the window: a bar that stays until solved, a box beside a form, a list of what to put right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, link
from poems_registry.ui.widgets.labels import Label

_ICONS = {Tone.RED: "circle-x", Tone.AMBER: "triangle-alert", Tone.BLUE: "info", Tone.GREEN: "circle-check"}


@dataclass(frozen=True, slots=True)
class Action:
    """What a person can do about a message; `act` is held as long as its button."""

    words: str
    act: Callable[[], None]
    icon: str = ""


def _call(act: Callable[[], None]) -> Callable[[], None]:
    """Holds the act: Qt keeps a bound method of a plain object only weakly."""
    return lambda: act()  # noqa: PLW0108


class _Icon(QWidget):
    """Only a shape; the words beside it say the same."""

    def __init__(self, theme: Theme, name: str, tone: Tone, size: int) -> None:
        super().__init__()
        self._theme, self.name, self.tone, self._size = theme, name, tone, size
        self.setFixedSize(size + 2, size + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The icon."""
        painter = QPainter(self)
        self._theme.paint_icon(painter, self.rect(), self.name, self._theme.shape(self.tone), self._size)
        painter.end()


class MessageBar(QWidget):
    """Cause in bold, then what is safe and what to do, then at most two actions; part of the layout, covers nothing.

    It has no close button: it goes when its cause is gone (`clear`).
    """

    def __init__(self, theme: Theme, tone: Tone = Tone.RED) -> None:
        super().__init__()
        self._theme, self._tone = theme, tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._icon = _Icon(theme, _ICONS[tone], tone, 18)
        self._cause = Label(theme, weight=Weight.SEMIBOLD, tone=tone, wrap=True)
        self._rest = Label(theme, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._cause)
        words.addWidget(self._rest)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(10)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(Size.GAP)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addLayout(self._actions)
        self.hide()

    def say(self, cause: str, rest: str = "", actions: Sequence[Action] = (), tone: Tone | None = None) -> None:
        """Show a message with at most two actions; another message takes its place."""
        if len(actions) > 2:
            raise ValueError("a message bar has two actions at most")
        self._tone = tone or self._tone
        self._icon.name, self._icon.tone = _ICONS[self._tone], self._tone
        self._cause.setText(cause)
        self._cause.set_tone(self._tone)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        _empty(self._actions)
        for action in actions:
            button = Button(self._theme, action.words, Kind.SECONDARY, icon=action.icon)
            button.clicked.connect(_call(action.act))
            self._actions.addWidget(button)
        self.show()
        self.update()

    def clear(self) -> None:
        """The cause is gone, and so are its words: they may name somebody."""
        self.hide()
        self._cause.setText("")
        self._rest.setText("")
        _empty(self._actions)

    def cause(self) -> str:
        """The words in bold."""
        return self._cause.text()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Tint, bar of 4 px at the left, rule below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tint(self._tone))
        shape = self._theme.shape(self._tone)
        rule(painter, QRectF(0, 0, 4, self.height()), shape)
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1), shape)
        painter.end()


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class NoteBox(QWidget):
    """A framed line beside what it is about: icon, a word in bold, the rest."""

    def __init__(self, theme: Theme, icon: str, tone: Tone) -> None:
        super().__init__()
        self._theme, self._tone = theme, tone
        self._bold = Label(theme, weight=Weight.SEMIBOLD, tone=tone)
        self._rest = Label(theme, tone=tone, wrap=True)
        self._rest.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(Size.GRID)
        row.addWidget(_Icon(theme, icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._bold, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._rest, 1, Qt.AlignmentFlag.AlignTop)

    def say(self, bold: str, rest: str = "") -> None:
        """Other words."""
        self._bold.setText(bold)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Tint and edge."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), Size.RADIUS, self._theme.tint(self._tone), self._theme.shape(self._tone))
        painter.end()


class Summary(QWidget):
    """Everything that needs correction, on top of a form; each line's link tells its field's code (`asked`)."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = Label(theme, weight=Weight.SEMIBOLD, tone=Tone.RED)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addLayout(self._lines)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP, 10, Size.GAP, 8)
        row.setSpacing(Size.GRID)
        row.addWidget(_Icon(theme, "circle-alert", Tone.RED, 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.hide()

    def say(self, problems: Sequence[tuple[str, str, str]]) -> None:
        """(code of the field, its label, what is wrong), in the order of the form; nothing hides the box."""
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._title.setText(tr_count("{count} thing to put right", "{count} things to put right", len(problems)))
        for code, label, words in problems:
            self._lines.addWidget(self._line(code, label, words))
        self.setVisible(bool(problems))

    def _line(self, code: str, label: str, words: str) -> QWidget:
        line = QWidget()
        go = link(self._theme, label, said=tr("{field}: go to the field", field=label))
        go.clicked.connect(lambda: self.asked.emit(code))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(go)
        row.addWidget(Label(self._theme, words, wrap=True), 1)
        return line

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Red tint and edge."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), Size.RADIUS, self._theme.tint(Tone.RED), self._theme.shape(Tone.RED))
        painter.end()
