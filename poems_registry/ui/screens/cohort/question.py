"""Asked before a cohort summary is written: for the team or for release, and as which file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.shown import Question
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.ticks import RadioButton

VERSIONS = (
    (
        "For the team: true counts",
        "Every page and file says NOT FOR RELEASE. Small counts can tell who a patient is: keep it inside the clinic.",
    ),
    (
        "For release: small numbers withheld",
        "Counts of a few people are hidden and the others rounded. Lines of single patients are left out.",
    ),
)


class WriteQuestion(Dialog):
    """Two questions at most, answered beforehand by what is on screen; `answered` tells kind (a place) and release."""

    answered = Signal(int, bool)

    def __init__(self, theme: Theme, question: Question) -> None:
        words = tr("It is written to the audit log, with a manifest that names every file and its checksum.")
        super().__init__(theme, question.title, icon="file-down", explanation=words, width=600)
        self.versions = self._group(
            tr("Who is it for?"), [(tr(name), tr(words)) for name, words in VERSIONS], int(question.release)
        )
        self.kinds: list[RadioButton] = []
        if len(question.kinds) > 1:
            kinds = [(tr(kind.name), tr(kind.words)) for kind in question.kinds]
            self.kinds = self._group(tr("Which file?"), kinds, 0)
        self.body.addStretch(1)
        self.main = primary(theme, tr("Choose where…"), "save")
        back = secondary(theme, tr("Go back"))
        self.set_actions(self.main, (back,))
        back.clicked.connect(self.reject)
        self.main.clicked.connect(self._answer)

    def _group(self, title: str, answers: Sequence[tuple[str, str]], chosen: int) -> list[RadioButton]:
        holder = QWidget()
        holder.setAccessibleName(title)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(Label(self._theme, title, weight=Weight.SEMIBOLD))
        column.addSpacing(4)  # for the ring of the focus
        group = QButtonGroup(self)
        buttons = []
        for place, (name, words) in enumerate(answers):
            button = RadioButton(self._theme, name)
            button.setAccessibleDescription(words)
            button.setChecked(place == chosen)
            group.addButton(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            explained = Label(self._theme, words, tone=Tone.SUB, wrap=True)
            explained.setContentsMargins(28, 1, 0, 4)
            column.addWidget(explained)
            buttons.append(button)
        self.body.addWidget(holder)
        return buttons

    def _answer(self) -> None:
        kind = next((place for place, button in enumerate(self.kinds) if button.isChecked()), 0)
        self.accept()
        self.answered.emit(kind, self.versions[1].isChecked())
