"""How one gets in, in five sentences."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.labels import Label

HELP = (
    "Your user name and password were given to you by an administrator of your clinic.",
    "Passwords are case sensitive. Show lets you read what you typed.",
    "After a wrong try you wait 1 second, then 2, 4, 8 and so on, at most 5 minutes. Nothing is lost by waiting.",
    "A forgotten password is set anew by an administrator, or here by the recovery key on paper.",
    "If a registry cannot be opened, it is left as it is: the message says why and what to do.",
)


class HelpPage(QWidget):
    """Sentences, and the way back."""

    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        for sentence in HELP:
            column.addWidget(Label(theme, tr(sentence), wrap=True))
        go_back = Button(theme, tr("Go back"), Kind.SECONDARY)
        column.addWidget(go_back, 0, Qt.AlignmentFlag.AlignLeft)
        go_back.clicked.connect(self.back)
        self.setFocusProxy(go_back)
