"""The questions of a visit: what blocks signing, the password, and whether a draft is given up."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.visit.panel import LinkLine
from poems_registry.ui.screens.visit.shown import LinkShown, SigningShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.password import PasswordField


class SigningDialog(Dialog):
    """Says what is frozen, asks the password; the button names the patient. It stays open on a wrong password."""

    given = Signal(str)

    def __init__(self, theme: Theme, signing: SigningShown) -> None:
        super().__init__(
            theme,
            signing.title,
            who=signing.who,
            icon="signature",
            explanation=tr("Signing freezes the visit and its diagnosis. A later change is an amendment."),
        )
        for line in signing.lines:
            self.body.addWidget(IconLabel(theme, "check", line, icon_tone=Tone.GREEN, wrap=True))
        for line in signing.reminders:
            self.body.addWidget(IconLabel(theme, "triangle-alert", line, icon_tone=Tone.AMBER, wrap=True))
        self.password = PasswordField(theme)
        self.password.edit.setAccessibleName(tr("Your password"))
        self.body.addSpacing(4)
        self.body.addWidget(labelled(theme, tr("Your password"), self.password.edit, weight=Weight.MEDIUM))
        self.body.addWidget(self.password)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self._sign = primary(theme, signing.button, "pen-line")
        back = secondary(theme, tr("Go back"))
        self.set_actions(self._sign, (back,))
        back.clicked.connect(self.reject)
        self._sign.clicked.connect(self._go)
        self.password.entered.connect(self._go)
        self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Why it was not signed; the password is typed again."""
        self._problem.setText(words)
        self._problem.show()
        self._sign.setEnabled(True)
        self.password.clear()
        self.password.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal(self._problem)

    def _go(self) -> None:
        if self._sign.isEnabled() and self.password.text():
            self._sign.setEnabled(False)
            self._problem.hide()
            self.given.emit(self.password.text())


class ClosingDialog(Dialog):
    """Says what will count when a contact of a profession is closed; the button names the patient. No password."""

    def __init__(self, theme: Theme, closing: SigningShown) -> None:
        words = tr("It counts as recorded, under your name, and is not signed. A later change is an amendment.")
        super().__init__(theme, closing.title, who=closing.who, icon="circle-check", explanation=words)
        for line in closing.lines:
            self.body.addWidget(IconLabel(theme, "check", line, icon_tone=Tone.GREEN, wrap=True))
        self.body.addStretch(1)
        close, back = primary(theme, closing.button, "check"), secondary(theme, tr("Go back"))
        self.set_actions(close, (back,))
        back.clicked.connect(self.reject)
        close.clicked.connect(self.accept)
        close.setFocus(Qt.FocusReason.OtherFocusReason)


class BlocksDialog(Dialog):
    """Everything to put right before signing or closing; a link closes it and goes to the field."""

    asked = Signal(str)

    def __init__(self, theme: Theme, blocks: tuple[LinkShown, ...], *, closes: bool = False) -> None:
        one, many = "{count} thing to put right before signing", "{count} things to put right before signing"
        if closes:
            one, many = "{count} thing to put right before closing", "{count} things to put right before closing"
        kept = tr("What you typed is kept as a draft.")
        super().__init__(theme, tr_count(one, many, len(blocks)), icon="list-x", icon_tone=Tone.RED, explanation=kept)
        for block in blocks:
            line = LinkLine(theme, "circle-x", Tone.RED)
            line.show_link(block)
            line.asked.connect(self._go)
            self.body.addWidget(line)
        self.body.addStretch(1)
        close = primary(theme, tr("Go to the first"), "arrow-right")
        back = secondary(theme, tr("Close"))
        self._first = blocks[0].code
        self.set_actions(close, (back,))
        back.clicked.connect(self.reject)
        close.clicked.connect(self._go_first)

    def _go_first(self) -> None:
        self._go(self._first)

    def _go(self, code: str) -> None:
        self.accept()
        self.asked.emit(code)


class DiscardDialog(Dialog):
    """A draft begun by mistake; the button names the patient."""

    def __init__(self, theme: Theme, who: Identity, words: str, button: str) -> None:
        super().__init__(theme, tr("Discard this draft?"), who=who, icon="triangle-alert", icon_tone=Tone.AMBER)
        self.body.addWidget(Label(theme, words, wrap=True))
        self.body.addStretch(1)
        go, back = Button(theme, button, Kind.DANGER), secondary(theme, tr("Go back"))
        self.set_actions(go, (back,))
        back.clicked.connect(self.reject)
        go.clicked.connect(self.accept)
        back.setFocus(Qt.FocusReason.OtherFocusReason)


def open_over(dialog: Dialog, window: QWidget) -> None:
    """Show a dialog in the middle of the window; it is gone when it closes."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open_over(window)
