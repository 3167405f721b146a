"""Who is signed in, at the foot of the rail; a press opens what one can do about oneself."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.labels import Label

_TITLES = {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sister", "sir", "dame"}


def own_names(name: str) -> list[str]:
    """The parts of a person's name without title."""
    parts = name.split()
    own = [part for part in parts if part.strip(".").lower() not in _TITLES]
    return own or parts


def initials(name: str) -> str:
    """'Dr Aleksandra Rahman' -> 'AR'."""
    own = [part for part in own_names(name) if part[:1].isalpha()]
    return "".join(part[0] for part in (own[:1] + own[-1:] if len(own) > 1 else own)).upper()


def short_name(name: str) -> str:
    """'Dr Aleksandra Rahman' -> 'A Rahman', for the narrow rail."""
    own = own_names(name)
    return f"{own[0][0]} {own[-1]}" if len(own) > 1 else " ".join(own)


class _PersonName(Label):
    """A name that goes on in further lines within the rail, whatever its length."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The rail is never made wider by a name."""
        return QSize(40, self.fontMetrics().lineSpacing())


class SignedIn(QPushButton):
    """Initials, name and role of who is signed in; on a narrow rail the short name, or the initials if it is long.

    A press opens the person's menu: `password_asked`, `lock_asked`.
    """

    password_asked = Signal()
    lock_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._whole, self._narrow = theme, "", False
        self.setAutoDefault(False)
        self.setProperty("radius", Size.RADIUS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(self._open_menu)
        self.name = _PersonName(theme, weight=Weight.SEMIBOLD, wrap=True)
        self.role = Label(theme, tone=Tone.SUB, wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.role)
        self._row = QHBoxLayout(self)
        self._row.addLayout(words)
        for label in (self.name, self.role):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def menu_of_person(self) -> QMenu:
        """What one can do about oneself; made anew each time."""
        menu = QMenu(self)
        menu.setAccessibleName(tr("You, {name}", name=self._whole))
        menu.addAction(tr("Change my password…")).triggered.connect(self.password_asked)
        menu.addAction(tr("Lock")).triggered.connect(self.lock_asked)
        return menu

    def _open_menu(self) -> None:
        menu = self.menu_of_person()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As its words need; a button would ask for its own text only."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As its words need."""
        return self._row.minimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return opens it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def show_person(self, name: str, role: str) -> None:
        """Another person, or nobody."""
        self._whole = name
        self.role.setText(role)
        self.setToolTip(", ".join(part for part in (name, role) if part))
        self.setAccessibleName(tr("You, {name}", name=name))
        self.setAccessibleDescription(self.toolTip())
        self._write()

    def set_narrow(self, narrow: bool) -> None:
        """The name alone where room is short."""
        self._narrow = narrow
        self.role.setVisible(not narrow)
        self.name.setAlignment(Qt.AlignmentFlag.AlignHCenter if narrow else Qt.AlignmentFlag.AlignLeft)
        self._row.setContentsMargins(*((2, 4, 2, 4) if narrow else (44, 2, 0, 2)))
        self._write()

    def _write(self) -> None:
        """On a narrow rail in at most two lines, no word torn apart."""
        words = self._whole
        if self._narrow:
            words, room = short_name(self._whole), Size.RAIL_NARROW - 17
            metrics = self.name.fontMetrics()
            if any(metrics.horizontalAdvance(word) > room for word in words.split()):
                words = initials(self._whole)
        self.name.setText(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The initials in a circle."""
        painter = QPainter(self)
        look = self._theme.tokens
        if self.underMouse():
            box(painter, QRectF(self.rect()), Size.RADIUS, look.neutral)
        if self._narrow or not self._whole:
            painter.end()
            return
        circle = QRectF(4, (self.height() - 32) / 2, 32, 32)
        box(painter, circle, 16, look.tint_2)
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD))
        painter.setPen(QColor(look.text))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), initials(self._whole))
        painter.end()
