"""The questions around a signed visit: why, whether beside somebody else, and which versions there are."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.visit.correcting_shown import VersionShown, VersionsShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, row_button, secondary
from poems_registry.ui.widgets.cards import Rule
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel, Label


class BesideDialog(Dialog):
    """Somebody else is amending: go back, or go on beside them."""

    def __init__(self, theme: Theme, who: Identity, message: Message, button: str) -> None:
        super().__init__(theme, message.cause, who=who, icon="triangle-alert", icon_tone=Tone.AMBER)
        both = tr("If both of you sign, the second is asked field by field; nothing is overwritten unseen.")
        for words in (message.rest, both):
            self.body.addWidget(Label(theme, words, wrap=True))
        self.body.addStretch(1)
        go, back = Button(theme, button, Kind.DANGER), secondary(theme, tr("Go back"))
        self.set_actions(go, (back,))
        back.clicked.connect(self.reject)
        go.clicked.connect(self.accept)
        back.setFocus(Qt.FocusReason.OtherFocusReason)


class VersionsDialog(Dialog):
    """Every version with who, when, why and what it changed; `chosen` gives the number of one to look at."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, shown: VersionsShown) -> None:
        kept = tr("Each version stays exactly as it was signed.")
        super().__init__(theme, shown.title, who=shown.who, icon="history", explanation=kept, width=Size.DIALOG_WIDTH)
        for place, version in enumerate(shown.versions):
            if place:
                self.body.addWidget(Rule(theme))
            self._add(version)
        self.body.addStretch(1)
        close = primary(theme, tr("Close"))
        self.set_actions(close)
        close.clicked.connect(self.accept)

    def _add(self, version: VersionShown) -> None:
        head = QHBoxLayout()
        head.setSpacing(Size.GRID)
        title = tr("Version {number}, signed {signed}", number=version.number, signed=version.signed)
        head.addWidget(Label(self._theme, title, weight=Weight.SEMIBOLD, wrap=True), 1)
        if version.stands:
            head.addWidget(IconLabel(self._theme, "circle-check", tr("Counts now"), icon_tone=Tone.GREEN))
        else:
            show = row_button(self._theme, tr("Show"), tr("Show version {number}", number=version.number))
            show.clicked.connect(lambda: self._go(version.number))
            head.addWidget(show)
        self.body.addLayout(head)
        if version.reason:
            self.body.addWidget(Label(self._theme, tr("Reason: {reason}", reason=version.reason), wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(2)
        for row, line in enumerate(version.changes):
            for column, words in enumerate((line.label, line.before, "→", line.after)):
                tone = Tone.SUB if column == 1 else Tone.TEXT
                grid.addWidget(Label(self._theme, words, tone=tone, wrap=column != 2), row, column)
        for column, stretch in ((0, 3), (1, 4), (3, 4)):
            grid.setColumnStretch(column, stretch)
        self.body.addLayout(grid)

    def _go(self, number: int) -> None:
        self.accept()
        self.chosen.emit(number)
