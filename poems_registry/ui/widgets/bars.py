"""The lines at the window's edges: made-up patients above, the way back, what is saved below, a removal to undo."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, rule, stripes
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.labels import IconLabel, Label


class TrainingBar(QLabel):
    """Says by words, pattern and colour that nobody here is real."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("TRAINING REGISTRY: made-up patients"))
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(Size.BODY, Weight.BOLD))
        self.setFixedHeight(Size.TRAINING_BAR)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The words on their plain ground."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 48, Size.TRAINING_BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Stripes, and the words on plain ground, readable in grey too."""
        painter = QPainter(self)
        look = self._theme.tokens
        stripes(painter, QRectF(self.rect()), look.stripe_1, look.stripe_2)
        words = self.fontMetrics().horizontalAdvance(self.text())
        room = words + 24 + 24
        ground = QRectF((self.width() - room) / 2, 0, room, self.height() - 1)
        painter.fillRect(ground, QColor(look.stripe_1))
        place = QRectF(ground.left() + 12, 0, 16, self.height() - 1)
        self._theme.paint_icon(painter, place, "graduation-cap", look.stripe_text, 16)
        painter.setFont(self.font())
        painter.setPen(QColor(look.stripe_text))
        painter.drawText(ground.adjusted(36, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1), look.amber)
        painter.end()


class StatusLine(QWidget):
    """Left: what became of the draft. Right: the last verified copy and which registry this is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(Size.STATUS)
        self._draft = IconLabel(theme, "", "")
        self._copy = IconLabel(theme, "", "", tone=Tone.SUB)
        self._registry = Label(theme, tone=Tone.SUB)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAGE, 1, Size.PAGE, 0)
        row.setSpacing(24)
        row.addWidget(self._draft)
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(self._registry)

    def show_draft(self, words: str, *, saved: bool = True) -> None:
        """'Draft saved 14:02', or what is not saved, in red; '' for no draft."""
        if not words:
            self._draft.show_state("", "")
        elif saved:
            self._draft.show_state("check", words, Tone.TEXT, Tone.GREEN)
        else:
            self._draft.show_state("circle-alert", words, Tone.RED)

    def show_copy(self, words: str, *, fresh: bool = True) -> None:
        """'Last verified copy 12 min ago, 2 places'; a stale one in amber."""
        if not words:
            self._copy.show_state("", "", Tone.SUB)
        elif fresh:
            self._copy.show_state("shield-check", words, Tone.SUB, Tone.GREEN)
        else:
            self._copy.show_state("shield-alert", words, Tone.AMBER)

    def show_registry(self, name: str) -> None:
        """The name of the registry, never of a patient."""
        self._registry.setText(tr("Registry: {name}", name=name) if name else "")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """White with a line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.card))
        rule(painter, QRectF(0, 0, self.width(), 1), self._theme.tokens.line)
        painter.end()


class WayBackBar(QWidget):
    """Over a screen to which one was sent to mend something: the way back, by button or key. Names nobody."""

    asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._button = Button(theme, "", Kind.SECONDARY, icon="arrow-left", hint="Alt+Left", small=True)
        self._button.clicked.connect(self.asked)
        self._words = Label(theme, tr("What you save here is there when you go back."), tone=Tone.SUB)
        self._words.setMinimumWidth(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAGE, 4, Size.PAGE, 5)
        row.setSpacing(Size.GAP)
        row.addWidget(self._button)
        row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_way(self, words: str) -> None:
        """'Back to the letter'; '' where nobody was sent here."""
        self._button.setText(words)
        self.setVisible(bool(words))

    def way(self) -> str:
        """What is offered; '' for nothing."""
        return self._button.text()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A quiet ground with a line below."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), 0, self._theme.tokens.tint)
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1), self._theme.tokens.line)
        painter.end()


class UndoStrip(QWidget):
    """After a removal: what was removed, and Undo for ten seconds. A line of its own: it covers nothing.

    The time does not run while the strip has the focus or the mouse is over it.
    """

    SECONDS = 10

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._undo: Callable[[], None] | None = None
        self._left = 0
        self._words = Label(theme, wrap=True)
        self._button = Button(theme, tr("Undo"), Kind.SECONDARY, icon="undo-2", small=True)
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAGE, 6, Size.PAGE, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self._clock.timeout.connect(self.tick)
        self._button.clicked.connect(self._pressed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def offer(self, words: str, undo: Callable[[], None]) -> None:
        """Offer to take this back; an older offer is over."""
        self._undo, self._left = undo, self.SECONDS
        self._words.setText(words)
        self._button.setAccessibleName(tr("Undo, {what}", what=words))
        self.show()
        self._clock.start()

    def tick(self) -> None:
        """One second has passed."""
        if self._button.hasFocus() or self.underMouse():
            return
        self._left -= 1
        if self._left <= 0:
            self.end()

    def end(self) -> None:
        """The offer is over."""
        self._undo = None
        self._clock.stop()
        self.hide()

    def _pressed(self) -> None:
        undo = self._undo
        self.end()
        if undo is not None:
            undo()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A quiet ground."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), 0, self._theme.tokens.neutral)
        rule(painter, QRectF(0, 0, self.width(), 1), self._theme.tokens.line)
        painter.end()
