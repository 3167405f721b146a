"""Holds one screen at a time: the others are out of the window, so that a hidden list is not read out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid


class Content(QWidget):
    """Holds one screen. The others are kept out of the window: a hidden list would still be read out cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self._screen: QWidget | None = None
        self._focus: dict[QWidget, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def in_view(self) -> QWidget | None:
        """The screen it holds."""
        return self._screen

    def show_only(self, screen: QWidget) -> None:
        """Put this screen in; the field that had the focus when it was left has it again."""
        if screen is self._screen:
            return
        self._take_out()
        self._screen = screen
        if self._column.indexOf(screen) < 0:
            self._column.addWidget(screen)
        screen.show()
        before = self._focus.pop(screen, None)
        if before is not None and isValid(before) and screen.isAncestorOf(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold(self, screen: QWidget) -> None:
        """Have an empty screen ready, hidden: to put a large one in makes Qt style all of it again."""
        screen.hide()
        self._column.addWidget(screen)

    def drop(self, screen: QWidget) -> None:
        """Take a screen out for good."""
        if screen is self._screen:
            self._screen = None
            self._column.removeWidget(screen)
            screen.hide()
        self._focus.pop(screen, None)
        screen.deleteLater()

    def _take_out(self) -> None:
        old, self._screen = self._screen, None
        if old is None:
            return
        focus: QWidget | None = old.window().focusWidget()
        if focus is not None and old.isAncestorOf(focus):
            self._focus[old] = focus
        self._column.removeWidget(old)
        old.hide()
        old.setParent(None)
