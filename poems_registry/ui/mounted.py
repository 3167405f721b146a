"""A view in its place in the window, with the coming and going of its presenter."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.shell import Narrowing


class Coming(Protocol):
    """What every presenter answers to the window."""

    def shown(self) -> None:
        """It is in view again."""

    def leave(self) -> None:
        """Another screen will be shown: keep what was typed."""


@runtime_checkable
class Keeping(Protocol):
    """A presenter that may hold something typed which is not in the registry yet."""

    @property
    def has_unkept(self) -> bool:
        """Whether it does."""


@runtime_checkable
class Closing(Protocol):
    """A presenter that wants to know that its view is gone."""

    def close(self) -> None:
        """Listen no more."""


ROUNDS = 4
"""A save that ran when one left, the one of what was typed meanwhile, and one more for each."""

Ask = Callable[[Callable[[], None]], None]


class _Nobody:
    """Stands where a view has no presenter yet."""

    def shown(self) -> None: ...
    def leave(self) -> None: ...


class Mounted(QWidget):
    """Passes on what the window tells: narrow or wide, seen again, left."""

    def __init__(self, view: QWidget, presenter: Coming | None = None) -> None:
        """A view that is made ready before anybody signed in gets its presenter by `serve`."""
        super().__init__()
        self.view = view
        self._presenter: Coming = presenter or _Nobody()
        self._seen: Callable[[], None] | None = None
        self._settle: Ask | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        self.setFocusProxy(view)

    def serve(self, presenter: Coming, seen: Callable[[], None], settle: Ask) -> None:
        """`settle` calls back when all work asked for so far was answered; `seen` is told first that one came."""
        self._presenter, self._seen, self._settle = presenter, seen, settle

    def set_narrow(self, narrow: bool) -> None:
        """The form for windows below 1200 px."""
        if isinstance(self.view, Narrowing):
            self.view.set_narrow(narrow)

    def help_topic(self) -> str:
        """The page of the help: it has the name of the screen's folder."""
        return type(self.view).__module__.split(".")[-2]

    def shown(self) -> None:
        """It is in view now: the banner of whoever was shown before goes, and the keyboard comes here."""
        if self._seen is not None:
            self._seen()
        self._take_keyboard()
        self._presenter.shown()

    def _take_keyboard(self) -> None:
        """To the field the view names; a view that names none is not ringed as a whole, its first control is."""
        from poems_registry.ui.widgets.tabbing import stops_in

        first = next(stops_in(self.view), None)
        if self.view.focusProxy() is not None or self.view.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.setFocus()
        elif first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.view.focusNextChild()

    def leave(self, go_on: Callable[[], None]) -> None:
        """Keep what was typed, then go on; what cannot be kept keeps its screen."""
        self.keep(lambda kept: go_on() if kept else self.shown())

    def keep(self, then: Callable[[bool], None], rounds: int = ROUNDS) -> None:
        """Leave, wait for the saves that follow from it, and say whether all that was typed is in the registry."""
        self._presenter.leave()
        self._kept(then, rounds)

    def _kept(self, then: Callable[[bool], None], rounds: int) -> None:
        unkept = isinstance(self._presenter, Keeping) and self._presenter.has_unkept
        if not unkept or self._settle is None or rounds == 0:
            then(not unkept)
        else:
            self._settle(lambda: self._kept(then, rounds - 1))
