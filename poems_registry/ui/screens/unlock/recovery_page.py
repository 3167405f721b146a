"""The page of the unlock card where a new password is set by the recovery key on paper."""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.unlock.name_box import name_box
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.fields import TextArea
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.password import PasswordField


class Marked(Protocol):
    """A field whose edge can say that something is wrong."""

    def set_mark(self, mark: Mark) -> None: ...


class RecoveryPage(QWidget):
    """Asks for the eight groups, whose password it is, and the new one; judges it while it is typed."""

    asked = Signal(str, str, str)
    """user, recovery key, new password"""
    password_typed = Signal(str, str)
    phrase_asked = Signal()
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._key = TextArea(theme, lines=2)
        self._key.setAccessibleName(tr("Recovery key"))
        self._key.setFixedHeight(64)
        self.user = name_box(theme)
        self._password = PasswordField(theme)
        self._password.edit.setAccessibleName(tr("New password"))
        self._words = {name: _problem(theme) for name in ("recovery_key", "user", "password")}
        self._judged = IconLabel(theme, "info", tr("At least 15 characters, or five words."), tone=Tone.SUB, wrap=True)
        suggest = Button(theme, tr("Suggest five words"), Kind.LINK)
        self._go = Button(theme, tr("Set the password and unlock"), Kind.PRIMARY, icon="key-round")
        back = Button(theme, tr("Go back"), Kind.SECONDARY)
        self._lay_out(theme, suggest, back)
        self._password.edit.textEdited.connect(self._typed)
        self._password.entered.connect(self._ask)
        self._go.clicked.connect(self._ask)
        back.clicked.connect(self.back)
        suggest.clicked.connect(self.phrase_asked)
        self.setFocusProxy(self._key)

    def _lay_out(self, theme: Theme, suggest: Button, back: Button) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(Size.GRID)
        foot.addWidget(self._go, 1)
        foot.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(labelled(theme, tr("Recovery key"), self._key, weight=Weight.SEMIBOLD))
        column.addWidget(Label(theme, tr("Eight groups of eight signs, from the paper."), tone=Tone.SUB))
        column.addWidget(self._key)
        column.addWidget(self._words["recovery_key"])
        column.addSpacing(4)
        column.addWidget(labelled(theme, tr("Whose password"), self.user, weight=Weight.SEMIBOLD))
        column.addWidget(self.user)
        column.addWidget(self._words["user"])
        column.addSpacing(4)
        column.addWidget(labelled(theme, tr("New password"), self._password.edit, weight=Weight.SEMIBOLD))
        column.addWidget(self._password)
        column.addWidget(self._words["password"])
        line = QHBoxLayout()
        line.addWidget(self._judged, 1)
        line.addWidget(suggest)
        column.addLayout(line)
        column.addSpacing(8)
        column.addLayout(foot)

    def mark(self, problems: dict[str, str]) -> None:
        """Words beside each field that cannot be taken."""
        fields: dict[str, Marked] = {"recovery_key": self._key, "user": self.user, "password": self._password.edit}
        for name, words in self._words.items():
            problem = problems.get(name, "")
            words.setText(_sentence(problem))
            words.setVisible(bool(problem))
            fields[name].set_mark(Mark.ERROR if problem else Mark.NONE)
        self._judged.setVisible(not problems.get("password"))

    def judge(self, words: str, good: bool) -> None:
        """What is thought of the password so far."""
        self._words["password"].hide()
        self._password.edit.set_mark(Mark.NONE)
        icon = "circle-check" if good else "info"
        self._judged.show_state(icon, words or tr("At least 15 characters, or five words."), _tone(good))
        self._judged.show()

    def offer(self, phrase: str) -> None:
        """Put a phrase in, where it can be read."""
        show = self._password.findChild(Button)
        if show is not None and self._password.edit.echoMode() is not QLineEdit.EchoMode.Normal:
            show.click()
        self._password.edit.setText(phrase)
        self._typed()

    def clear(self) -> None:
        """Nothing secret stays."""
        self._key.clear()
        self._password.clear()
        self.judge("", good=False)

    def _typed(self) -> None:
        self.password_typed.emit(self.user.currentText(), self._password.text())

    def _ask(self) -> None:
        self.asked.emit(self.user.currentText(), self._key.toPlainText(), self._password.text())


def _tone(good: bool) -> Tone:
    return Tone.GREEN if good else Tone.SUB


def _problem(theme: Theme) -> IconLabel:
    words = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
    words.hide()
    return words


def _sentence(problem: str) -> str:
    """A problem said of a field ('is empty') begins with a capital where it stands alone."""
    return problem[:1].upper() + problem[1:]
