"""The coloured half of the unlock window: what the registry is for, and that everything in it is encrypted."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.labels import IconLabel, Label

LETTERS = (
    ("P", "Polyneuropathy"),
    ("O", "Organomegaly"),
    ("E", "Endocrinopathy"),
    ("M", "Monoclonal plasma cells"),
    ("S", "Skin"),
)


class _Square(QWidget):
    """A letter, or the program's mark, on a lighter square."""

    def __init__(self, theme: Theme, side: int, letter: str = "") -> None:
        super().__init__()
        self._theme, self._letter = theme, letter
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Square and letter; the mark without one."""
        painter = QPainter(self)
        look = self._theme.tokens
        place = QRectF(self.rect())
        if self._letter:
            light = QColor(look.on_panel)
            light.setAlphaF(0.16)
            box(painter, place, 5, light)
            painter.setFont(self._theme.font(Size.TITLE, Weight.BOLD))
            painter.setPen(QColor(look.on_panel))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self._letter)
        else:
            box(painter, place, Size.CARD_RADIUS, look.on_panel)
            self._theme.paint_icon(painter, place, "dna", look.panel, 26)
        painter.end()


class DoorPanel(QWidget):
    """480 wide, narrower where the window is; the motto gives way before the letters do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        name = Label(theme, tr("POEMS Registry"), size=Size.HEADING, weight=Weight.BOLD, tone=Tone.ON_PANEL)
        self._clinic = Label(theme, tone=Tone.ON_PANEL, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(self._clinic)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(_Square(theme, 40))
        head.addLayout(words, 1)
        motto = tr("One record for each person, across all five letters.")
        self._motto = Label(theme, motto, size=Size.BIG, weight=Weight.SEMIBOLD, tone=Tone.ON_PANEL, wrap=True)
        self._letters = QWidget()
        list_of = QVBoxLayout(self._letters)
        list_of.setContentsMargins(0, 8, 0, 0)
        list_of.setSpacing(8)
        for letter, meaning in LETTERS:
            list_of.addLayout(self._line(letter, tr(meaning)))
        self.column = QVBoxLayout(self)
        self.column.setSpacing(Size.PAGE)
        self.column.addLayout(head)
        self.column.addStretch(1)
        self.column.addWidget(self._motto)
        self.column.addWidget(self._letters)
        self.column.addStretch(1)
        self._locked = IconLabel(theme, "lock", "", tone=Tone.ON_PANEL, wrap=True)
        self.column.addWidget(self._locked)
        self.say_where(on_server=False)

    def say_where(self, *, on_server: bool) -> None:
        """What guards the records: their own encryption in a file, the server's keeper on a server."""
        where = tr("For one clinic, on its server") if on_server else tr("For one clinic, on this computer")
        guard = tr("Locked. The server keeps the records, and whoever keeps the server guards them.")
        self._clinic.setText(where)
        self._locked.setText(guard if on_server else tr("Locked. Everything in a registry is encrypted."))

    def fit(self, window: QSize) -> None:
        """Its share of the window: a third at most, and no motto where height is short."""
        narrow = window.width() < Size.NARROW_BELOW
        self.setFixedWidth(300 if narrow else min(480, max(400, window.width() * 35 // 100)))
        side = 32 if narrow else 56
        self.column.setContentsMargins(side, 40 if window.height() < 620 else 56, side, 24)
        self._motto.setVisible(window.height() >= 540)

    def _line(self, letter: str, meaning: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(_Square(self._theme, 28, letter))
        line.addWidget(Label(self._theme, meaning, size=Size.TITLE, weight=Weight.MEDIUM, tone=Tone.ON_PANEL), 1)
        return line

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """From the lighter to the deeper shade."""
        painter = QPainter(self)
        shade = QLinearGradient(QPointF(0, 0), QPointF(self.width() * 0.4, self.height()))
        shade.setColorAt(0, QColor(self._theme.tokens.panel))
        shade.setColorAt(1, QColor(self._theme.tokens.panel_deep))
        painter.fillRect(self.rect(), shade)
        painter.end()
