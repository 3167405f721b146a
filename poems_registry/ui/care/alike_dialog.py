"""The referred person beside whom the registry knows already: a choice that has to be made before anything is saved."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from poems_registry.ui.care.shown import AlikeShown, CandidateShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import Label

MOST = 5
_TOP = Qt.AlignmentFlag.AlignTop


class AlikeDialog(Dialog):
    """`chosen` tells whose record it is; `another` that it is somebody else. Going back harms nobody."""

    chosen = Signal(int)
    another = Signal()

    def __init__(self, theme: Theme, alike: AlikeShown) -> None:
        words = tr("Somebody like this is in the registry already. Nothing has been saved.")
        if not alike.may_be_another:
            words = tr(
                "This NHS number belongs to somebody in the registry. Nothing has been saved. Hang the referral on that"
                " record, or go back and correct the number."
            )
        super().__init__(
            theme, tr("Is this the same person?"), icon="users", explanation=words, width=Size.DIALOG_WIDTH
        )
        self._theme = theme
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Size.GAP)
        self._grid.setVerticalSpacing(Size.GRID)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(4, 2)
        heads = ("", tr("Name"), tr("Born"), tr("NHS No."), tr("Address"))
        for column, head in enumerate(heads):
            self._grid.addWidget(Label(theme, head, tone=Tone.SUB), 0, column)
        self._row(1, (tr("Typed now"), alike.name, alike.born, alike.number, ""))
        self.buttons = [self._candidate(row, each) for row, each in enumerate(alike.candidates[:MOST], start=2)]
        self.body.addLayout(self._grid)
        more = len(alike.candidates) - MOST
        if more > 0:
            said = tr("{count} more are like this: search the list of patients.", count=more)
            self.body.addWidget(Label(theme, said, tone=Tone.SUB, wrap=True))
        self.body.addStretch(1)
        back = secondary(theme, tr("Go back to the form"))
        self.other = Button(theme, tr("This is another person"), Kind.SECONDARY, icon="user-plus")
        self.other.setVisible(alike.may_be_another)
        self.set_actions(self.other, (), (back,))
        back.clicked.connect(self.reject)
        self.other.clicked.connect(self.another)

    def _row(self, row: int, words: tuple[str, ...]) -> None:
        for column, said in enumerate(words):
            weight = Weight.SEMIBOLD if column == 1 else Weight.REGULAR
            tone = Tone.SUB if column == 0 else Tone.TEXT
            self._grid.addWidget(Label(self._theme, said, weight=weight, tone=tone, wrap=column in (1, 4)), row, column)

    def _candidate(self, row: int, each: CandidateShown) -> Button:
        self._row(row, (tr("In the registry"), each.name, each.born, each.number, each.address))
        said = tr("This record, {name}, born {born}", name=each.name, born=each.born)
        button = Button(self._theme, tr("This record"), Kind.SECONDARY, small=True, said=said)
        button.clicked.connect(lambda _=False, patient_id=each.patient_id: self.chosen.emit(patient_id))
        self._grid.addWidget(button, row, 5)
        return button
