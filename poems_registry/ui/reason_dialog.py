"""Asks why something that counts already is corrected; by keyboard as by mouse."""

from PySide6.QtCore import Qt, Signal

from poems_registry.ui.i18n import tr
from poems_registry.ui.reasons import Act, ReasonShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import TextArea
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

_ICONS = {Act.AMEND: "pen-line", Act.ERROR: "ban", Act.TAKE_BACK: "undo-2", Act.DECLINE: "x"}


class ReasonDialog(Dialog):
    """Asks why; the button names the patient. It stays open until the act is done or given up."""

    given = Signal(str)

    def __init__(self, theme: Theme, asked: ReasonShown) -> None:
        tone = Tone.BLUE if asked.act is Act.AMEND else Tone.AMBER
        super().__init__(theme, asked.title, who=asked.who, icon=_ICONS[asked.act], icon_tone=tone)
        self.body.addWidget(Label(theme, asked.words, wrap=True))
        self.reason = TextArea(theme)
        self.reason.setFixedHeight(64)
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName(asked.label)
        self.body.addWidget(labelled(theme, asked.label, self.reason, weight=Weight.MEDIUM))
        self.body.addWidget(self.reason)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        danger = asked.act is Act.ERROR
        self.go = Button(theme, asked.button, Kind.DANGER) if danger else primary(theme, asked.button)
        back = secondary(theme, tr("Go back"))
        self.set_actions(self.go, (back,))
        back.clicked.connect(self.reject)
        self.go.clicked.connect(self._give)

    def refuse(self, words: str) -> None:
        """What is wrong with the reason."""
        self._problem.setText(words)
        self._problem.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        self.given.emit(self.reason.toPlainText().strip())
