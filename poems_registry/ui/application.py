"""The Qt application as this program wants it: one style, our look, a ring at the focus, no wheel in fields."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from poems_registry.ui.shell import NAME
from poems_registry.ui.theme.fonts import load_fonts
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look
from poems_registry.ui.widgets.focus_ring import FocusRings

_GUARDED = "guardedFromWheel"


def make_application(arguments: Sequence[str]) -> QApplication:
    """The application object: Fusion on every system, our name on the bus. Made once a process.

    The style is asked for as an argument: `setStyle` gives it back, and to show Python one style PySide makes a class
    of every list of constants that styles have.
    """
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication([*arguments, "-style", "Fusion"])
    application.setApplicationName(NAME)  # its name on the accessibility bus
    application.setApplicationDisplayName(NAME)
    application.setOrganizationName(NAME)
    return application


def dress(application: QApplication, look: Look = Look.LIGHT) -> Theme:
    """Type, look and focus ring; gives the theme that every widget is handed."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    load_fonts()
    theme = Theme(look)
    theme.put_on(application, look)
    FocusRings(application, theme)
    return theme


def guard_from_wheel(application: QApplication) -> None:
    """From now on the wheel changes no value. It looks at every event, so it comes after the first paint."""
    from poems_registry.ui.wheel_guard import WheelGuard

    if application.property(_GUARDED) is None:
        application.setProperty(_GUARDED, True)
        application.installEventFilter(WheelGuard(application))
