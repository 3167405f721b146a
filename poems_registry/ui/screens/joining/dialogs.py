"""The question that makes a merge: what will happen, and the password of the second person."""

from PySide6.QtCore import Qt, Signal

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.joining.shown import ConfirmShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel, labelled
from poems_registry.ui.widgets.password import PasswordField


class ConfirmMergeDialog(Dialog):
    """Says what moves, asks the password; the button names the patient. It stays open on a wrong password."""

    given = Signal(str)

    def __init__(self, theme: Theme, asked: ConfirmShown) -> None:
        super().__init__(theme, asked.title, who=asked.who, icon="git-merge", explanation=asked.words)
        for line in asked.lines:
            self.body.addWidget(IconLabel(theme, "arrow-right", line, icon_tone=Tone.SUB, wrap=True))
        self.password = PasswordField(theme)
        self.password.edit.setAccessibleName(tr("Your password"))
        self.body.addSpacing(4)
        self.body.addWidget(labelled(theme, tr("Your password"), self.password.edit, weight=Weight.MEDIUM))
        self.body.addWidget(self.password)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self.go = primary(theme, asked.button, "git-merge")
        back = secondary(theme, tr("Go back"))
        self.set_actions(self.go, (back,))
        back.clicked.connect(self.reject)
        self.go.clicked.connect(self._give)
        self.password.entered.connect(self._give)
        self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Why it was not done; the password is typed again."""
        self._problem.setText(words)
        self._problem.show()
        self.go.setEnabled(True)
        self.password.clear()
        self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal(self._problem)

    def _give(self) -> None:
        if self.go.isEnabled() and self.password.text():
            self.go.setEnabled(False)
            self._problem.hide()
            self.given.emit(self.password.text())
