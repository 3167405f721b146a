"""The Qt application as this program wants it: one style, our look, no wheel in fields, a ring at the focus."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar

from poems_registry.ui.shell import NAME
from poems_registry.ui.theme.fonts import load_fonts
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look
from poems_registry.ui.widgets.focus_ring import FocusRings


class WheelGuard(QObject):
    """Keeps the wheel from changing values: in fields it scrolls the page, as everywhere else (nhs.md 6.2)."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stop a wheel over a combo box, a spin box or a slider; whatever they lie in gets it."""
        if event.type() is not QEvent.Type.Wheel or isinstance(watched, QScrollBar):
            return False
        if not isinstance(watched, QComboBox | QAbstractSpinBox | QAbstractSlider):
            return False
        event.ignore()
        return True


def make_application(arguments: Sequence[str]) -> QApplication:
    """The application object: Fusion on every system, our name on the bus. Made once a process."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(list(arguments))
    application.setApplicationName(NAME)  # its name on the accessibility bus
    application.setApplicationDisplayName(NAME)
    application.setOrganizationName(NAME)
    return application


def dress(application: QApplication, look: Look = Look.LIGHT) -> Theme:
    """Style, type, look, wheel guard and focus ring; gives the theme that every widget is handed."""
    application.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    load_fonts()
    theme = Theme(look)
    theme.put_on(application, look)
    application.installEventFilter(WheelGuard(application))
    FocusRings(application, theme)
    return theme
