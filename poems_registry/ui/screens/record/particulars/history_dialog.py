"""Every answer about consent, question by question; what was recorded by mistake is marked, never taken out."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.particulars.shown import AnswerShown, HistoryShown, QuestionShown, Standing
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.cards import Rule
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel, Label

_WORDS = {Standing.IN_FORCE: "In force", Standing.EARLIER: "Earlier", Standing.IN_ERROR: "Entered in error"}
_ICONS = {Standing.IN_FORCE: "circle-check", Standing.EARLIER: "history", Standing.IN_ERROR: "ban"}
_TONES = {Standing.IN_FORCE: Tone.GREEN, Standing.EARLIER: Tone.SUB, Standing.IN_ERROR: Tone.AMBER}


class ConsentHistoryDialog(Dialog):
    """`wrong` tells the id of an answer that was a mistake, `record` that another answer is to be recorded."""

    wrong = Signal(int)
    record = Signal()

    def __init__(self, theme: Theme, shown: HistoryShown) -> None:
        super().__init__(
            theme, tr("What the person agreed to"), who=shown.who, icon="signature", explanation=shown.stays_inside,
            width=760,
        )  # fmt: skip
        self._theme = theme
        self.marks: dict[int, Button] = {}
        for question in shown.questions:
            self._add_question(question, may_correct=shown.may_correct)
        if shown.never:
            self._add_list(tr("Not recorded"), (shown.never,))
        if shown.shared:
            self._add_list(tr("Left for research before consent was taken back"), shown.shared)
        self.body.addStretch(1)
        back = secondary(theme, tr("Go back"))
        main = primary(theme, tr("Record consent…"), "signature")
        self.set_actions(main if shown.may_correct else back, (back,) if shown.may_correct else ())
        back.clicked.connect(self.reject)
        main.clicked.connect(self.record)

    def _add_question(self, question: QuestionShown, *, may_correct: bool) -> None:
        self.body.addWidget(Label(self._theme, question.title, size=Size.TITLE, weight=Weight.SEMIBOLD, wrap=True))
        for answer in question.answers:
            self.body.addWidget(self._answer(question, answer, may_correct=may_correct))
        self.body.addWidget(Rule(self._theme))

    def _answer(self, question: QuestionShown, answer: AnswerShown, *, may_correct: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(Size.GAP)
        standing = answer.standing
        state = IconLabel(self._theme, _ICONS[standing], tr(_WORDS[standing]), tone=_TONES[standing])
        state.setFixedWidth(140)
        row.addWidget(state, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        weight = Weight.SEMIBOLD if standing is Standing.IN_FORCE else Weight.REGULAR
        words.addWidget(Label(self._theme, answer.words, weight=weight, wrap=True))
        for each in (*answer.beside, answer.recorded):
            if each:
                words.addWidget(Label(self._theme, each, tone=Tone.SUB, wrap=True))
        if answer.error:
            words.addWidget(Label(self._theme, tr("Mistake: {why}", why=answer.error), tone=Tone.AMBER, wrap=True))
        row.addLayout(words, 1)
        if may_correct and standing is not Standing.IN_ERROR:
            said = tr("Entered in error: {question}, {answer}", question=question.title, answer=answer.words)
            mark = Button(self._theme, tr("Entered in error…"), Kind.QUIET, icon="ban", said=said)
            mark.clicked.connect(partial(self._tell_wrong, answer.id))
            self.marks[answer.id] = mark
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _add_list(self, title: str, lines: tuple[str, ...]) -> None:
        self.body.addWidget(Label(self._theme, title, weight=Weight.SEMIBOLD, wrap=True))
        for each in lines:
            self.body.addWidget(Label(self._theme, each, tone=Tone.SUB, wrap=True))

    def _tell_wrong(self, consent_id: int, *_: object) -> None:
        self.wrong.emit(consent_id)
