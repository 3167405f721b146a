"""Allergies above the medicines: which of the four states holds, and the way to where that is changed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.labels import Label


class AllergyLine(QWidget):
    """`wanted` asks to change them."""

    wanted = Signal()

    def __init__(self, theme: Theme, *, read_only: bool) -> None:
        super().__init__()
        self._words = Label(theme, wrap=True)
        change = Button(theme, tr("Change"), Kind.QUIET, small=True, said=tr("Change allergies"))
        change.setToolTip(tr("Opens the patient's details; what was typed here is kept"))
        change.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 8)
        row.setSpacing(Size.GAP)
        row.addWidget(Label(theme, tr("Allergies"), weight=Weight.MEDIUM))
        row.addWidget(self._words, 1)
        row.addWidget(change)
        if read_only:
            change.hide()

    def show_words(self, words: str) -> None:
        """The state, the substances, the day."""
        self._words.setText(words)
