"""The foot of the board: what is ticked and what can be done with it, and the batch that is printed."""

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.screens.letters.shown import DockButton, DockShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import IconLabel, Label


class Bar(QWidget):
    """How far a batch is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._done, self._total = theme, 0, 0
        self.setFixedHeight(12)

    def show_share(self, done: int, total: int) -> None:
        """`total` 0 for none."""
        self._done, self._total = done, total
        self.setVisible(bool(total))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A frame, filled so far."""
        painter = QPainter(self)
        look, whole = self._theme.tokens, QRectF(self.rect())
        box(painter, whole, 4, look.field, look.edge)
        share = min(1.0, self._done / self._total) if self._total else 0.0
        if share:
            box(painter, QRectF(0, 0, max(8.0, whole.width() * share), whole.height()), 4, look.blue)
        painter.end()


class Half(QWidget):
    """One half of the dock; made anew only where something changed, so that the keyboard stays where it is."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: DockShown | None = None
        self._title = IconLabel(theme, "", "", wrap=True)
        self._title.set_weight(Weight.SEMIBOLD, Size.TITLE)
        self._words = Label(theme, tone=Tone.SUB, wrap=True)
        self._bar = Bar(theme)
        self._buttons: dict[str, Button] = {}
        self._row = FlowRow()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP, Size.GRID, Size.GAP, Size.GRID)
        column.setSpacing(Size.GRID)
        column.addLayout(words)
        column.addWidget(self._bar)
        column.addWidget(self._row)
        self.hide()

    def show_half(self, shown: DockShown | None) -> None:
        """Other words; nothing hides it."""
        if shown == self._shown:
            return
        old, self._shown = self._shown, shown
        self.setVisible(shown is not None)
        if shown is None:
            return
        self._title.show_state(shown.icon, shown.title, icon_tone=shown.tone)
        self._words.setText(shown.words)
        self._bar.show_share(shown.done, shown.total)
        if old is None or old.buttons != shown.buttons:
            self._set_buttons(shown.buttons)

    def _set_buttons(self, buttons: tuple[DockButton, ...]) -> None:
        """A button that stays keeps the keyboard; its words may be others."""
        wanted = {button.act: button for button in buttons}
        for act in [act for act in self._buttons if act not in wanted]:
            gone = self._buttons.pop(act)
            gone.hide()
            gone.deleteLater()
        for act, button in wanted.items():
            if act not in self._buttons:
                kind = Kind.DANGER if button.danger else Kind.PRIMARY if button.main else Kind.SECONDARY
                made = Button(self._theme, button.words, kind, icon=button.icon)
                made.clicked.connect(partial(self.pressed.emit, act))
                self._buttons[act] = made
                self._row.add(made)
            elif self._buttons[act].text() != button.words:
                self._buttons[act].setText(button.words)
                self._buttons[act].updateGeometry()
        self._row.setVisible(bool(wanted))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card."""
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), Size.CARD_RADIUS, self._theme.tokens.card, self._theme.tokens.line)
        painter.end()


class Dock(QWidget):
    """What is ticked at the left, the batch at the right; neither takes room while there is nothing to say."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chosen, self.job = Half(theme), Half(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP)
        row.addWidget(self.chosen, 2)
        row.addWidget(self.job, 3)
        for half in (self.chosen, self.job):
            half.pressed.connect(self.pressed)

    def show_dock(self, chosen: DockShown | None, job: DockShown | None) -> None:
        """Both halves."""
        self.chosen.show_half(chosen)
        self.job.show_half(job)
        self.setVisible(chosen is not None or job is not None)
