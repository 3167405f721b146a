"""The look in use: handed to every widget of the kit, which asks it for colours, type and icons while painting."""

from PySide6.QtCore import QObject, QRect, QRectF, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from poems_registry.ui.theme.fonts import Weight, font
from poems_registry.ui.theme.icons import Icons
from poems_registry.ui.theme.stylesheet import stylesheet
from poems_registry.ui.theme.tokens import LOOKS, Look, Size, Tokens, Tone, shape_colour, text_colour, tint_colour


class Theme(QObject):
    """Colours, type and icons of the look in use; `changed` is told after another look was put on."""

    changed = Signal()

    def __init__(self, look: Look = Look.LIGHT) -> None:
        super().__init__()
        self._look = look
        self._icons = Icons()
        self._fonts: dict[tuple[int, Weight], QFont] = {}

    @property
    def look(self) -> Look:
        """Which of the three looks is on."""
        return self._look

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return LOOKS[self._look]

    def put_on(self, application: QApplication, look: Look) -> None:
        """Dress the whole program in this look."""
        self._look = look
        self._icons.forget()
        application.setPalette(self._palette())
        application.setFont(self.font())
        application.setStyleSheet(stylesheet(self.tokens))
        self.changed.emit()

    def font(self, size: int = Size.BODY, weight: Weight = Weight.REGULAR) -> QFont:
        """Type of this size in logical pixels."""
        key = (size, weight)
        if key not in self._fonts:
            self._fonts[key] = font(size, weight)
        return QFont(self._fonts[key])

    def text(self, tone: Tone) -> QColor:
        """The colour of letters of this tone."""
        return QColor(text_colour(self.tokens, tone))

    def shape(self, tone: Tone) -> QColor:
        """The colour of icons and borders of this tone."""
        return QColor(shape_colour(self.tokens, tone))

    def tint(self, tone: Tone) -> QColor:
        """The ground behind text of this tone."""
        return QColor(tint_colour(self.tokens, tone))

    def paint_icon(
        self, painter: QPainter, box: QRect | QRectF, name: str, colour: QColor | str, size: int = 16
    ) -> None:
        """Draw an icon in the middle of `box`, on whole device pixels so that it stays sharp."""
        ratio = painter.device().devicePixelRatio()
        shade = colour if isinstance(colour, str) else colour.name()
        picture = self._icons.picture(name, shade, size, ratio)
        middle = QRectF(box).center()
        left, top = middle.x() - size / 2, middle.y() - size / 2
        painter.drawPixmap(
            QRectF(round(left * ratio) / ratio, round(top * ratio) / ratio, size, size), picture, QRectF(picture.rect())
        )

    def _palette(self) -> QPalette:
        """What Fusion draws by itself: menus, scroll bars, tool tips, text selection."""
        look, palette, role = self.tokens, QPalette(), QPalette.ColorRole
        shades = {
            role.Window: look.page,
            role.WindowText: look.text,
            role.Base: look.field,
            role.AlternateBase: look.head,
            role.Text: look.text,
            role.PlaceholderText: look.sub,
            role.Button: look.card,
            role.ButtonText: look.text,
            role.BrightText: look.on_blue,
            role.Highlight: look.blue,
            role.HighlightedText: look.on_blue,
            role.Link: look.blue,
            role.LinkVisited: look.blue,
            role.ToolTipBase: look.card,
            role.ToolTipText: look.text,
            role.Light: look.card,
            role.Midlight: look.hair,
            role.Mid: look.line,
            role.Dark: look.edge,
            role.Shadow: look.shadow,
        }
        for which, shade in shades.items():
            palette.setColor(which, QColor(shade))
        for which in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.sub))
        return palette


def look_of_the_system() -> Look:
    """Light or dark, as this PC is set; light when it does not say."""
    from PySide6.QtCore import Qt

    hints = QGuiApplication.styleHints()
    return Look.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Look.LIGHT
