"""What every dialog does in which a new password is given: judged while typed, suggested, and told what is wrong."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from poems_registry.ui.forms.asked import Asked
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel
from poems_registry.ui.widgets.password import PasswordField


class PasswordDialog(Dialog):
    """Fields with what is wrong below each; `new` is the password to come, `main` the button that saves.

    An heir makes its `fields` and puts them into the body in its order; `suggesting` and `problem` are put there, too.
    """

    phrase_asked = Signal()

    def __init__(
        self, theme: Theme, title: str, *, icon: str, explanation: str, button: tuple[str, str], width: int = 560
    ) -> None:
        super().__init__(theme, title, icon=icon, explanation=explanation, width=width)
        self.fields: dict[str, Asked] = {}
        self.new = PasswordField(theme)
        self.problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self.problem.hide()
        suggest = Button(theme, tr("Suggest five words"), Kind.LINK)
        suggest.clicked.connect(self.phrase_asked)
        self.suggesting = QHBoxLayout()
        self.suggesting.addWidget(suggest)
        self.suggesting.addStretch(1)
        self.main = primary(theme, *button)
        self.back = secondary(theme, tr("Go back"))
        self.back.clicked.connect(self.reject)

    def judge(self, words: str, good: bool) -> None:
        """The new password so far."""
        self.fields["password"].judge(words, good)
        self.fit()

    def mark(self, problems: Mapping[str, str]) -> None:
        """Below the fields; what belongs to none above the buttons. The first wrong field has the keyboard."""
        for name, field in self.fields.items():
            field.mark(problems.get(name, ""))
        rest = "  ".join(words for name, words in problems.items() if name not in self.fields)
        self.problem.setText(rest)
        self.problem.setVisible(bool(rest))
        self.fit()
        wrong = next((field for name, field in self.fields.items() if name in problems), None)
        if wrong is not None:
            wrong.setFocus()

    def offer(self, phrase: str) -> None:
        """Five words where they can be read and copied by hand."""
        show = self.new.findChild(Button)
        if show is not None and self.new.edit.echoMode() is not QLineEdit.EchoMode.Normal:
            show.click()
        self.new.edit.setText(phrase)

    def busy(self, words: str) -> None:
        """While the key is made, or it is being saved."""
        self.main.setEnabled(not words)

    def _stack(self, *names: str) -> None:
        """These fields one below the other, the suggestion under the new password, then the button."""
        for name in names:
            self.body.addWidget(self.fields[name])
            if name == "password":
                self.body.addLayout(self.suggesting)
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.set_actions(self.main, (self.back,))
