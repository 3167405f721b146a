"""Another registry: a file, or a database on a server by its address."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

EXAMPLE = "postgresql://poems_app@db.hospital.example/poems"


def ask_which(button: QWidget, file: Callable[[], None], server: Callable[[], None]) -> QMenu:
    """A file or a server: a menu below the button that asks."""
    menu = QMenu(button)
    menu.addAction(tr("A file…")).triggered.connect(file)
    menu.addAction(tr("On a server…")).triggered.connect(server)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    menu.setActiveAction(menu.actions()[0])
    return menu


class ServerDialog(Dialog):
    """The address of a registry on a PostgreSQL server; what is wrong with it is said below it."""

    named = Signal(str)

    def __init__(self, theme: Theme) -> None:
        words = tr("Whoever keeps the server gives you its address. Your own name and password are asked for next.")
        super().__init__(theme, tr("Open a registry on a server"), icon="database", explanation=words)
        self.address = LineEdit(theme, placeholder=EXAMPLE)
        self.address.setAccessibleName(tr("Address"))
        self._wrong = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._wrong.hide()
        never = tr("Never with a password in it: the server's own password belongs into PostgreSQL's password file.")
        self._never = Label(theme, never, tone=Tone.SUB, wrap=True)
        self.body.addWidget(labelled(theme, tr("Address"), self.address, weight=Weight.SEMIBOLD))
        self.body.addWidget(self.address)
        self.body.addWidget(self._wrong)
        self.body.addWidget(self._never)
        self.body.addStretch(1)
        go = Button(theme, tr("Open"), Kind.PRIMARY)
        back = Button(theme, tr("Go back"), Kind.SECONDARY)
        self.set_actions(go, (back,))
        go.clicked.connect(self._name)
        self.address.returnPressed.connect(self._name)
        back.clicked.connect(self.reject)

    def say(self, words: str) -> None:
        """Why it cannot be one."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        self._never.setVisible(not words)
        self.address.set_mark(Mark.ERROR if words else Mark.NONE)
        self.address.setFocus()
        self.fit()

    def _name(self) -> None:
        self.named.emit(self.address.text())
