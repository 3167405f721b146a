"""A view in its place in the window, with the coming and going of its presenter."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.shell import Helped, Narrowing


class Coming(Protocol):
    """What every presenter answers to the window."""

    def shown(self) -> None:
        """It is in view again."""

    def leave(self) -> None:
        """Another screen will be shown: keep what was typed."""


class Mounted(QWidget):
    """Passes on what the window tells: narrow or wide, seen again, left."""

    def __init__(self, view: QWidget, presenter: Coming, seen: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.view = view
        self._presenter, self._seen = presenter, seen
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        self.setFocusProxy(view)

    def set_narrow(self, narrow: bool) -> None:
        """The form for windows below 1200 px."""
        if isinstance(self.view, Narrowing):
            self.view.set_narrow(narrow)

    def help_topic(self) -> str:
        """The view's own page of the help."""
        return self.view.help_topic() if isinstance(self.view, Helped) else ""

    def shown(self) -> None:
        """It is in view now: the banner of whoever was shown before goes, and the keyboard comes here."""
        if self._seen is not None:
            self._seen()
        self._take_keyboard()
        self._presenter.shown()

    def _take_keyboard(self) -> None:
        """To the field the view names; a view that names none is not ringed as a whole."""
        if self.view.focusProxy() is not None or self.view.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.setFocus()
        else:
            self.view.focusNextChild()

    def leave(self, go_on: Callable[[], None]) -> None:
        """Keep drafts, then go on; nothing is asked."""
        self._presenter.leave()
        go_on()
