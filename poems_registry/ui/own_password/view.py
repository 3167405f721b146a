"""Asks for the password one has and, twice, for the one to come; shows and passes on, decides nothing."""

from typing import Protocol

from poems_registry.ui.forms.asked import Asked
from poems_registry.ui.forms.password_dialog import PasswordDialog
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.password import PasswordField


class Actions(Protocol):
    """What can be done here."""

    def typed(self, password: str) -> None: ...
    def suggest(self) -> None: ...
    def change(self, old: str, new: str, again: str) -> None: ...


class OwnPasswordDialog(PasswordDialog):
    """Three fields; nothing of them outlives the dialog."""

    def __init__(self, theme: Theme, name: str) -> None:
        words = tr("The old one opens nothing any more. Copies of the registry made before keep the old password.")
        title, button = tr("Change your password, {name}", name=name), (tr("Change my password"), "key-round")
        super().__init__(theme, title, icon="key-round", explanation=words, button=button)
        self._actions: Actions | None = None
        self.old, self.again = PasswordField(theme), PasswordField(theme)
        self.fields = {
            "old": Asked(theme, tr("The password you have now"), self.old, self.old.edit),
            "password": Asked(theme, tr("New password"), self.new, self.new.edit),
            "again": Asked(theme, tr("New password again"), self.again, self.again.edit),
        }
        self._stack("old", "password", "again")
        self.main.clicked.connect(self._change)
        self.phrase_asked.connect(self._suggest)
        self.new.edit.textEdited.connect(self._typed)

    def attend(self, actions: Actions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def close_form(self) -> None:
        """It is done."""
        self.accept()

    def _change(self) -> None:
        if self._actions is not None:
            self._actions.change(self.old.text(), self.new.text(), self.again.text())

    def _suggest(self) -> None:
        if self._actions is not None:
            self._actions.suggest()

    def _typed(self, text: str) -> None:
        if self._actions is not None:
            self._actions.typed(text)
