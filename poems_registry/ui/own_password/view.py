"""Asks for the password one has and, twice, for the one to come; shows and passes on, decides nothing."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from poems_registry.ui.forms.asked import Asked
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel
from poems_registry.ui.widgets.password import PasswordField


class Actions(Protocol):
    """What can be done here."""

    def typed(self, password: str) -> None: ...
    def suggest(self) -> None: ...
    def change(self, old: str, new: str, again: str) -> None: ...


class OwnPasswordDialog(Dialog):
    """Three fields; nothing of them outlives the dialog."""

    def __init__(self, theme: Theme, name: str) -> None:
        words = tr("The old one opens nothing any more. Copies of the registry made before keep the old password.")
        super().__init__(theme, tr("Change your password, {name}", name=name), icon="key-round", explanation=words)
        self._actions: Actions | None = None
        self.old, self.new, self.again = (PasswordField(theme) for _ in range(3))
        self._fields = {
            "old": Asked(theme, tr("The password you have now"), self.old, self.old.edit),
            "password": Asked(theme, tr("New password"), self.new, self.new.edit),
            "again": Asked(theme, tr("New password again"), self.again, self.again.edit),
        }
        self._rest = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._rest.hide()
        suggest = Button(theme, tr("Suggest five words"), Kind.LINK)
        line = QHBoxLayout()
        line.addWidget(suggest)
        line.addStretch(1)
        self.body.addWidget(self._fields["old"])
        self.body.addWidget(self._fields["password"])
        self.body.addLayout(line)
        self.body.addWidget(self._fields["again"])
        self.body.addWidget(self._rest)
        self.body.addStretch(1)
        self.main = primary(theme, tr("Change my password"), "key-round")
        back = secondary(theme, tr("Go back"))
        self.set_actions(self.main, (back,))
        back.clicked.connect(self.reject)
        self.main.clicked.connect(self._change)
        suggest.clicked.connect(self._suggest)
        self.new.edit.textEdited.connect(self._typed)

    def attend(self, actions: Actions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def judge(self, words: str, good: bool) -> None:
        """The new password so far."""
        self._fields["password"].judge(words, good)
        self.fit()

    def mark(self, problems: Mapping[str, str]) -> None:
        """Beside the fields; what belongs to none above the buttons. The first wrong field has the keyboard."""
        for name, field in self._fields.items():
            field.mark(problems.get(name, ""))
        rest = "  ".join(words for name, words in problems.items() if name not in self._fields)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.fit()
        wrong = next((field for name, field in self._fields.items() if name in problems), None)
        if wrong is not None:
            wrong.setFocus()

    def offer(self, phrase: str) -> None:
        """Five words where they can be read and copied by hand; they are typed again below."""
        if self.new.edit.echoMode() is not QLineEdit.EchoMode.Normal:
            show = self.new.findChild(Button)
            if show is not None:
                show.click()
        self.new.edit.setText(phrase)

    def busy(self, words: str) -> None:
        """While the key is made."""
        self.main.setEnabled(not words)

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
