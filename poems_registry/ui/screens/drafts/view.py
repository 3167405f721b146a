"""All work that was left, to choose from; by keyboard as by mouse."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.drafts.shown import LeftWork
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, row_button, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import Label


class DraftsDialog(Dialog):
    """`chosen` gives the work to go on with. Closing leaves everything as it is."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, work: tuple[LeftWork, ...]) -> None:
        kept = tr("Everything you typed is kept here for you alone; it counts nowhere until you finish it.")
        super().__init__(theme, tr("Work you left open"), icon="file-pen-line", explanation=kept, width=760)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.PAGE)
        grid.setVerticalSpacing(Size.GRID)
        grid.setColumnStretch(1, 1)
        for row, each in enumerate(work):
            grid.addWidget(Label(theme, each.who, weight=Weight.SEMIBOLD, wrap=True), row, 0)
            grid.addWidget(Label(theme, each.what, wrap=True), row, 1)
            grid.addWidget(Label(theme, each.when, tone=Tone.SUB), row, 2)
            go = row_button(theme, tr("Go on"), tr("Go on with {who}, {what}", who=each.who, what=each.what))
            go.clicked.connect(lambda _=False, each=each: self._go(each))
            grid.addWidget(go, row, 3)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        first, close = primary(theme, tr("Go on with the newest"), "arrow-right"), secondary(theme, tr("Close"))
        self.set_actions(first, (close,))
        first.clicked.connect(lambda: self._go(work[0]))
        close.clicked.connect(self.reject)

    def _go(self, work: LeftWork) -> None:
        self.accept()
        self.chosen.emit(work)
