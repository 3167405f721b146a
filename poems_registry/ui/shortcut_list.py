"""The list of all shortcuts, as a person asks for it."""

from PySide6.QtWidgets import QGridLayout

from poems_registry.ui.i18n import tr
from poems_registry.ui.shortcuts import Shortcut
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import primary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import Label


class ShortcutList(Dialog):
    """All shortcuts by place."""

    def __init__(self, theme: Theme, shortcuts: tuple[Shortcut, ...]) -> None:
        super().__init__(theme, tr("Keyboard shortcuts"), icon="keyboard", width=620)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(1, 1)
        place = ""
        for shortcut in shortcuts:
            if shortcut.where != place:
                place = shortcut.where
                grid.addWidget(Label(theme, tr(place), weight=Weight.SEMIBOLD), grid.rowCount(), 0, 1, 2)
            row = grid.rowCount()
            grid.addWidget(Label(theme, shortcut.keys, weight=Weight.MEDIUM), row, 0)
            grid.addWidget(Label(theme, tr(shortcut.words), tone=Tone.SUB, wrap=True), row, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        close = primary(theme, tr("Close"))
        close.clicked.connect(self.reject)
        self.set_actions(close)
