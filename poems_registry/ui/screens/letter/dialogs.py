"""The questions of a letter: the password that signs it, and the few words that other acts need."""

from PySide6.QtCore import Qt, Signal

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.letter.shown import AskedShown, CameOutAsked, SigningShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, labelled
from poems_registry.ui.widgets.password import PasswordField


class PasswordQuestion(Dialog):
    """The button names the patient; a wrong password leaves the dialog open."""

    given = Signal(str)

    def __init__(self, theme: Theme, signing: SigningShown) -> None:
        words = tr("Signing freezes the letter byte for byte. A later change makes a new version.")
        super().__init__(theme, signing.title, who=signing.who, icon="signature", explanation=words)
        self._field = PasswordField(theme)
        self._field.edit.setAccessibleName(tr("Your password"))
        self.body.addWidget(labelled(theme, tr("Your password"), self._field.edit))
        self.body.addWidget(self._field)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self._main = primary(theme, signing.button, "pen-line")
        back = secondary(theme, tr("Go back"))
        self.set_actions(self._main, (back,))
        back.clicked.connect(self.reject)
        self._main.clicked.connect(self._go)
        self._field.entered.connect(self._go)
        self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Why it was not signed."""
        self._problem.setText(words)
        self._problem.show()
        self._main.setEnabled(True)
        self._field.clear()
        self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal(self._problem)

    def _go(self) -> None:
        if self._main.isEnabled() and self._field.text():
            self._main.setEnabled(False)
            self._problem.hide()
            self.given.emit(self._field.text())


class WordsQuestion(Dialog):
    """A few words that an act needs: why a letter is replaced or withdrawn, which day was missed."""

    given = Signal(str)

    def __init__(self, theme: Theme, asked: AskedShown) -> None:
        super().__init__(theme, asked.title, who=asked.who, icon="pencil", explanation=asked.words)
        self._words = LineEdit(theme)
        self._words.setText(asked.text)
        self._words.setAccessibleName(asked.label)
        self.body.addWidget(labelled(theme, asked.label, self._words))
        self.body.addWidget(self._words)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        main = primary(theme, asked.button, "pencil")
        back = secondary(theme, tr("Go back"))
        self.set_actions(main, (back,))
        back.clicked.connect(self.reject)
        main.clicked.connect(lambda: self.given.emit(self._words.text()))
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """What is missing."""
        self._problem.setText(words)
        self._problem.show()
        self.fit()


class CameOutQuestion(Dialog):
    """`given` tells whether the paper came out right; Esc and a lock leave the copy as it was."""

    given = Signal(bool)

    def __init__(self, theme: Theme, asked: CameOutAsked) -> None:
        super().__init__(theme, asked.title, who=asked.who, icon="printer", explanation=asked.words)
        note = tr("Only paper that somebody has seen counts as printed.")
        self._problem = IconLabel(theme, "info", note, icon_tone=Tone.BLUE, wrap=True)
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        main = primary(theme, tr("It came out right"), "check")
        back = secondary(theme, tr("Not yet, or not right"))
        self.set_actions(main, (back,))
        main.clicked.connect(lambda: self.given.emit(True))
        back.clicked.connect(lambda: self.given.emit(False))

    def refuse(self, words: str) -> None:
        """Why it was not noted."""
        self._problem.show_state("circle-alert", words, Tone.RED)
        self.fit()
