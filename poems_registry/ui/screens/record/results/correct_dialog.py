"""The form in which a recorded result is corrected: as it stands, as it should stand, and why."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from poems_registry.domain.findings import STATE_WORDS, State
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.results.correct_shown import CorrectShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.ticks import CheckBox

FIELDS = (
    ("text", "Result"),
    ("limit_low", "Lab lower limit"),
    ("limit_high", "Lab upper limit"),
    ("assay", "Assay"),
    ("sample_time", "Sample time"),
    ("note", "Note"),
)
PLACES = {
    "text": (0, 0),
    "limit_low": (1, 0),
    "limit_high": (1, 2),
    "assay": (2, 0),
    "sample_time": (2, 2),
    "note": (3, 0),
}
LIMITS = ("limit_low", "limit_high")


class CorrectActions(Protocol):
    """What a person does to the result."""

    def open(self, encounter_id: int, code: str) -> None: ...
    def go_to_visit(self, encounter_id: int) -> None: ...
    def typed(self, texts: Mapping[str, str]) -> None: ...
    def confirm(self, *, right: bool) -> None: ...
    def reason(self, words: str) -> None: ...
    def drop(self) -> None: ...
    def closed(self) -> None: ...
    def save(self, reason: str) -> None: ...
    def mark(self, reason: str) -> None: ...
    def woken(self) -> None: ...
    def go_on(self) -> None: ...
    def discard(self) -> None: ...


class CorrectDialog(Dialog):
    """It stays open until the correction is saved or given up."""

    def __init__(self, theme: Theme, shown: CorrectShown, actions: CorrectActions) -> None:
        kept = tr("The old and the new result are both kept, with who, when and why.")
        super().__init__(theme, shown.title, who=shown.who, icon="pen-line", explanation=kept)
        self._actions = actions
        self._meanwhile = IconLabel(theme, "triangle-alert", "", icon_tone=Tone.AMBER, wrap=True)
        self._recorded = Label(theme, wrap=True)
        self._told = IconLabel(theme, "info", "", tone=Tone.SUB, wrap=True)
        self.right = CheckBox(theme, tr("It is unusual, and it is right"))
        self.right.clicked.connect(lambda on: actions.confirm(right=bool(on)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(Size.GRID)
        grid.setColumnStretch(1, 1)
        self.fields: dict[str, LineEdit] = {}
        states = [("", tr("a value")), *((s.value, tr(STATE_WORDS[s])) for s in State if s is not State.RECORDED)]
        self.state = ComboBox(theme, states, small=True)
        self.state.chosen.connect(lambda _code: self._pass_on())
        self._labels: dict[str, Label] = {}
        for name, words in FIELDS:
            field = self.fields[name] = LineEdit(theme, small=True)
            field.setAccessibleName(tr(words))
            field.textEdited.connect(lambda _text: self._pass_on())
            self._labels[name] = labelled(theme, tr(words), field)
            place = PLACES[name]
            grid.addWidget(self._labels[name], place[0], place[1])
            grid.addWidget(field, place[0], place[1] + 1)
        grid.addWidget(labelled(theme, tr("or in its place"), self.state), 0, 2)
        grid.addWidget(self.state, 0, 3)
        self.reason = LineEdit(theme, placeholder=tr("Such as: final report, wrong patient's sheet"))
        self.reason.setAccessibleName(tr("Why"))
        grid.addWidget(labelled(theme, tr("Why"), self.reason), 4, 0)
        grid.addWidget(self.reason, 4, 1, 1, 3)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        for above in (self._meanwhile, self._recorded):
            self.body.addWidget(above)
        self.body.addLayout(grid)
        self.body.addWidget(self._told)
        self.body.addWidget(self.right)
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self._buttons(shown)
        self.show_correct(shown)

    def _buttons(self, shown: CorrectShown) -> None:
        actions = self._actions
        self.save = primary(self._theme, shown.save, icon="check")
        self.mark = Button(self._theme, tr("Whole sample entered in error"), Kind.DANGER)
        back = secondary(self._theme, tr("Go back"))
        self.set_actions(self.save, (back,), (self.mark,))
        self.mark.setVisible(shown.may_mark)
        back.clicked.connect(self._drop)
        self.rejected.connect(lambda: actions.closed())  # noqa: PLW0108 - holds the presenter
        self.reason.textEdited.connect(lambda words: actions.reason(words))  # noqa: PLW0108
        self.save.clicked.connect(lambda: actions.save(self.reason.text().strip()))
        self.mark.clicked.connect(lambda: actions.mark(self.reason.text().strip()))

    def show_correct(self, shown: CorrectShown) -> None:
        """After a key, or after somebody else saved."""
        field = shown.field
        for name, control in self.fields.items():
            control.show_text(getattr(field, name))
        self.reason.show_text(shown.reason)
        self.state.choose(field.state.value if field.state is not None else "")
        for name in LIMITS:
            self.fields[name].setVisible(shown.numeric)
            self._labels[name].setVisible(shown.numeric)
        self._recorded.setText(shown.recorded)
        self._meanwhile.setText(shown.meanwhile)
        self._meanwhile.setVisible(bool(shown.meanwhile))
        words = field.words or field.meaning
        tone = Tone.RED if field.problem else Tone.AMBER if field.doubt else Tone.SUB
        icon = "circle-alert" if field.problem else "triangle-alert" if field.doubt else "info"
        self._told.show_state(icon, f"{words[:1].upper()}{words[1:]}", Tone.TEXT if field.doubt else tone, tone)
        self._told.setVisible(bool(words))
        self.right.setVisible(shown.unusual)
        self.right.setChecked(shown.confirmed)
        self.fields["text"].set_mark(Mark(field.mark.value))
        self._problem.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc is the same as Go back; a lock closes the form by `reject`, and what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self._drop()
        else:
            super().keyPressEvent(event)

    def _drop(self) -> None:
        self._actions.drop()
        self.reject()

    def refuse(self, words: str) -> None:
        """Why nothing was saved."""
        self._problem.setText(words)
        self._problem.show()
        if not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pass_on(self) -> None:
        texts = {name: field.text() for name, field in self.fields.items()}
        self._actions.typed(texts | {"state": self.state.code()})
