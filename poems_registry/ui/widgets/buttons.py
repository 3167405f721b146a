"""Buttons of the kit: one filled main action a view, edged ones beside it, quiet ones, links and row buttons."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look, Size, Tone


class Kind(StrEnum):
    """How loud a button is."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    ROW = "row"
    LINK = "link"
    DANGER = "danger"


_PADDING = {Kind.QUIET: 8, Kind.ROW: 12, Kind.LINK: 2}
_GAP = 8


class Button(QPushButton):
    """A real push button in this look. Return and Space press it; Return in a field never does.

    `icon` names an icon; `hint` shows its shortcut. `said` is the name for a screen reader where the word alone is not
    clear ("Unchanged, ONLS arm"); it should begin with the word that is seen.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: Kind = Kind.SECONDARY,
        *,
        icon: str = "",
        hint: str = "",
        said: str = "",
        small: bool = False,
    ) -> None:
        super().__init__(text)
        self._theme, self._kind, self._icon_name, self._hint = theme, kind, icon, hint
        self._height = Size.SMALL_CONTROL if small else Size.CONTROL
        self._confirmed = self._trailing = False
        self._hovered = False
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setProperty("radius", Size.RADIUS)
        self.setFont(theme.font(Size.BODY, Weight.SEMIBOLD if kind is Kind.PRIMARY else Weight.MEDIUM))
        if said:
            self.setAccessibleName(said)

    def set_icon_name(self, icon: str) -> None:
        """Another icon, or none."""
        self._icon_name = icon
        self.updateGeometry()
        self.update()

    def set_hint(self, hint: str) -> None:
        """Another shortcut shown on the button, or none where room is short."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    def set_trailing(self) -> None:
        """The icon behind the word, as on a button that opens something below."""
        self._trailing = True
        self.update()

    def set_confirmed(self, confirmed: bool) -> None:
        """A row button after its act: a tick, green ground and edge."""
        self._confirmed = confirmed
        self.set_icon_name("check" if confirmed else "")

    @property
    def confirmed(self) -> bool:
        """Whether the act of this row button was done."""
        return self._confirmed

    def sizeHint(self) -> QSize:  # noqa: N802
        """Icon, word and shortcut with their padding; no less is ever given."""
        metrics = self.fontMetrics()
        width = metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width() + 1
        width += 16 + _GAP if self._icon_name else 0
        width += metrics.horizontalAdvance(self._hint) + 12 if self._hint else 0
        height = 24 if self._kind is Kind.LINK else self._height
        return QSize(width + 2 * _PADDING.get(self._kind, 16), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint: a word on a button is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return presses the button that has the focus, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """The mouse came."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """The mouse went."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Ground, edge and letters in the state of now."""
        look, kind = self._theme.tokens, self._kind
        pressed, hovered = self.isDown(), self._hovered
        if not self.isEnabled():
            flat = kind in (Kind.QUIET, Kind.LINK)
            return (None if flat else QColor(look.neutral), None if flat else QColor(look.line), QColor(look.sub))
        if self._confirmed:
            return QColor(look.green_tint), QColor(look.green), QColor(look.green_text)
        if kind is Kind.PRIMARY:
            return QColor(look.blue_hover if pressed or hovered else look.blue), None, QColor(look.on_blue)
        quiet = {True: QColor(look.tint_2), False: QColor(look.tint) if hovered else None}[pressed]
        if kind in (Kind.QUIET, Kind.LINK):
            return quiet, None, QColor(look.blue_hover if hovered else look.blue)
        if kind is Kind.DANGER:
            return QColor(look.red_tint if hovered or pressed else look.card), QColor(look.red), QColor(look.red_text)
        edge = QColor(look.line if kind is Kind.ROW and self._theme.look is not Look.HIGH_CONTRAST else look.edge)
        return quiet or QColor(look.card), edge, QColor(look.blue)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Ground, edge, then icon, word and shortcut in the middle."""
        painter = QPainter(self)
        ground, edge, ink = self._colours()
        if ground is not None or edge is not None:
            box(painter, QRectF(self.rect()), Size.RADIUS, ground, edge)
        metrics = self.fontMetrics()
        room = self.sizeHint().width() - 2 * _PADDING.get(self._kind, 16)
        left = (self.width() - room) / 2 if self._kind is not Kind.LINK else _PADDING[Kind.LINK]
        words = metrics.size(int(Qt.TextFlag.TextShowMnemonic), self.text()).width() + 1
        if self._icon_name:
            place = QRectF(left + (words + _GAP if self._trailing else 0), 0, 16, self.height())
            self._theme.paint_icon(painter, place, self._icon_name, ink, 16)
            left += 0 if self._trailing else 16 + _GAP
        painter.setFont(self.font())
        painter.setPen(ink)
        place = QRectF(left, 0, words, self.height())
        flags = int(Qt.TextFlag.TextShowMnemonic | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(place, flags, self.text())
        if self._kind is Kind.LINK:
            rule(painter, QRectF(left, self.height() / 2 + metrics.ascent() / 2 + 2, words - 1, 1), ink)
        if self._hint:
            painter.drawText(QRectF(left + words + 12, 0, room, self.height()), flags, self._hint)
        painter.end()


def primary(theme: Theme, text: str, icon: str = "", hint: str = "") -> Button:
    """The one main action of a view."""
    return Button(theme, text, Kind.PRIMARY, icon=icon, hint=hint)


def secondary(theme: Theme, text: str, icon: str = "", hint: str = "", said: str = "") -> Button:
    """An action beside the main one."""
    return Button(theme, text, Kind.SECONDARY, icon=icon, hint=hint, said=said)


def quiet(theme: Theme, text: str, icon: str = "", said: str = "") -> Button:
    """An action that is seldom wanted."""
    return Button(theme, text, Kind.QUIET, icon=icon, said=said)


def link(theme: Theme, text: str, said: str = "") -> Button:
    """Leads to a place: a field that blocks signing, a letter."""
    return Button(theme, text, Kind.LINK, said=said)


def row_button(theme: Theme, text: str, said: str) -> Button:
    """The act of a form's row, such as Unchanged; `said` names the row too."""
    return Button(theme, text, Kind.ROW, said=said)


class KeyCap(QPushButton):
    """A key in its frame beside what it does, as in a foot line; pressing it does the same."""

    def __init__(self, theme: Theme, key: str, said: str) -> None:
        super().__init__(key)
        self._theme = theme
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key itself is the keyboard's way
        self.setAccessibleName(said)
        self.setFont(theme.font(Size.BODY, Weight.MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Wide enough for F10, 24 high so that a finger can hit it."""
        return QSize(max(36, self.fontMetrics().horizontalAdvance(self.text()) + 16), 24)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A frame and the key's name."""
        painter = QPainter(self)
        look = self._theme.tokens
        box(painter, QRectF(self.rect()).adjusted(0, 1, 0, -1), 4, look.tint if self.isDown() else look.card, look.line)
        painter.setFont(self.font())
        painter.setPen(self._theme.text(Tone.SUB))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()
