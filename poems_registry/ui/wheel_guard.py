"""Keeps the wheel from changing values: in fields it scrolls the page, as everywhere else (nhs.md 6.2)."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar


class WheelGuard(QObject):
    """Hears every event of the program, and stops those of the wheel over a field."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stop a wheel over a combo box, a spin box or a slider; whatever they lie in gets it."""
        if event.type() is not QEvent.Type.Wheel or isinstance(watched, QScrollBar):
            return False
        if not isinstance(watched, QComboBox | QAbstractSpinBox | QAbstractSlider):
            return False
        event.ignore()
        return True
