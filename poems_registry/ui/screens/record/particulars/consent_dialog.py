"""One answer about consent: what was asked, what the person said, when, on which form, and who took it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.particulars.shown import AGAIN, AskedConsent
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.choice import Option, SegmentedChoice
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, labelled

_TEXTS = (
    ("on", "Date", "Day, month or year."),
    ("study", "Name of the study", ""),
    ("form_version", "Version of the form", ""),
    ("taken_by", "Taken by", ""),
    ("on_behalf", "Given on their behalf by", "Consultee and capacity, if the person did not answer alone."),
    ("reference", "Where the form is kept", ""),
    ("note", "Note", ""),
)


class ConsentDialog(Dialog):
    """`given` carries the texts by field; `refuse` shows what is wrong beside each."""

    given = Signal(dict)

    def __init__(self, theme: Theme, asked: AskedConsent) -> None:
        words = tr("Each answer is kept with its date. A later one stands beside it; none is overwritten.")
        super().__init__(theme, tr("Record consent"), who=asked.who, icon="signature", explanation=words, width=760)
        self._theme = theme
        self.scope = ComboBox(theme, list(asked.scopes))
        self.answer = SegmentedChoice(theme, tr("Answer"), [Option(code, said) for code, said in asked.answers])
        self.studies = ComboBox(theme, asked.studies, placeholder=tr("Choose…")) if asked.studies else None
        self.edits = {name: LineEdit(theme) for name, _, _ in _TEXTS if name != "study" or self.studies is None}
        self.edits["on"].setText(asked.today)
        self._problems: dict[str, IconLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Size.GAP)
        self._grid.setVerticalSpacing(8)
        self._put(0, 0, "scope", tr("Asked about"), self.scope)
        self._put(0, 1, "answer", tr("The person's answer"), self.answer)
        for place, (name, label, help_) in enumerate(_TEXTS):
            column = place % 2
            control = self._control(name)
            self._put(1 + place // 2, column, name, tr(label), control, tr(help_) if help_ else "")
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self._study_only(self.scope.code())
        self.scope.chosen.connect(self._study_only)
        self._kept = IconLabel(theme, "check", "", tone=Tone.TEXT, icon_tone=Tone.GREEN, wrap=True)
        self._kept.hide()
        self.body.insertWidget(0, self._kept)
        main, back = primary(theme, tr("Record consent"), "check"), secondary(theme, tr("Go back"))
        self.more = secondary(theme, tr("Record, then the next answer"))
        self.set_actions(main, (back,), (self.more,))
        self.save_by_keys(main)
        main.clicked.connect(self._give)
        self.more.clicked.connect(self._give_one)
        back.clicked.connect(self.reject)
        self.scope.setFocus()

    def refuse(self, problems: Mapping[str, str]) -> None:
        """What is wrong, beside each field; the first of them gets the keyboard."""
        for name, words in self._problems.items():
            said = problems.get(name, "")
            words.show_state("circle-alert" if said else "", said[:1].upper() + said[1:], Tone.RED)
            words.setVisible(bool(said))
            control = self._control(name)
            if isinstance(control, LineEdit | ComboBox):
                control.set_mark(Mark.ERROR if said else Mark.NONE)
        wrong = next((name for name in self._problems if name in problems), "")
        if wrong:
            self._control(wrong).setFocus()
        self.fit()

    def show_next(self, kept: str) -> None:
        """That one is recorded; the next of the same form: day, version and who took it stay, the answer does not."""
        self._kept.setText(kept)
        self._kept.show()
        self.refuse({})
        self.scope.choose("")
        self.answer.choose("")
        self._study_only("")
        if self.studies is not None:
            self.studies.choose("")
        for name in ("study", "note"):
            if name in self.edits:
                self.edits[name].setText("")
        self.scope.setFocus(Qt.FocusReason.OtherFocusReason)

    def _control(self, name: str) -> QWidget:
        if name == "study" and self.studies is not None:
            return self.studies
        return self.edits.get(name) or (self.scope if name == "scope" else self.answer)

    def _put(self, row: int, column: int, name: str, label: str, control: QWidget, help_: str = "") -> None:
        control.setAccessibleName(label)
        control.setToolTip(help_)
        control.setAccessibleDescription(help_)
        words = IconLabel(self._theme, "", "", tone=Tone.RED, wrap=True)
        words.hide()
        self._problems[name] = words
        self._grid.addWidget(labelled(self._theme, label, control, weight=Weight.MEDIUM), row * 3, column)
        self._grid.addWidget(control, row * 3 + 1, column)
        self._grid.addWidget(words, row * 3 + 2, column)

    def _study_only(self, scope: str) -> None:
        self._control("study").setEnabled(scope == "study")

    def _give(self) -> None:
        self._tell(again=False)

    def _give_one(self) -> None:
        self._tell(again=True)

    def _tell(self, *, again: bool) -> None:
        texts = {name: edit.text() for name, edit in self.edits.items()}
        if self.studies is not None:
            texts["study"] = self.studies.code()
        chosen = {"scope": self.scope.code(), "answer": self.answer.code(), AGAIN: "yes" if again else ""}
        self.given.emit(texts | chosen)
