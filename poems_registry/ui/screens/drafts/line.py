"""The offer in the window's own message line: go on, or see all, or later."""

from typing import Protocol

from PySide6.QtCore import QMetaObject

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.drafts.shown import LeftWork, PromptShown
from poems_registry.ui.screens.drafts.view import DraftsDialog
from poems_registry.ui.shell import Shell
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.message import Action


class Actions(Protocol):
    """What a person can answer."""

    def go_on(self) -> None: ...
    def go_on_with(self, work: LeftWork) -> None: ...
    def all(self) -> None: ...
    def later(self) -> None: ...


class OfferLine:
    """Speaks through the shell's message line. `attend` it by its presenter before it is used."""

    def __init__(self, theme: Theme, shell: Shell) -> None:
        self._theme, self._shell = theme, shell
        self._actions: Actions | None = None
        self._said = ""
        self._moving: QMetaObject.Connection | None = None

    def attend(self, actions: Actions) -> None:
        """Whom the answers tell."""
        self._actions = actions

    def offer(self, shown: PromptShown) -> None:
        """What was left last, and the way to it."""
        actions = self._actions
        if actions is None:
            return
        go_on = Action(shown.go_on, actions.go_on, "pencil")
        later = Action(tr("Later"), actions.later, "clock")
        other = Action(shown.more, actions.all, "list-todo") if shown.more else later
        self._said = shown.cause
        self._moving = self._shell.moved.connect(lambda: self.withdraw())  # noqa: PLW0108 - a method is held weakly
        self._shell.messages.say(shown.cause, shown.rest, (go_on, other), Tone.BLUE)

    def list_all(self, work: tuple[LeftWork, ...]) -> None:
        """All of it."""
        dialog = DraftsDialog(self._theme, work)
        if self._actions is not None:
            dialog.chosen.connect(self._actions.go_on_with)
            dialog.rejected.connect(self._actions.later)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self._shell)

    def withdraw(self) -> None:
        """Away with the offer, unless another message took its place: it names one patient over another's record."""
        if self._moving is not None:
            self._shell.moved.disconnect(self._moving)
            self._moving = None
        if self._shell.messages.cause() == self._said:
            self._shell.messages.clear()
