"""The form of one line or event, with the patient's name on top; what is wrong stands under its field."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.treatment.reading import FieldShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit, Mark
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

NUMBER, DAY = 64, 148
_TOP = Qt.AlignmentFlag.AlignTop


class _Field(QWidget):
    """A control, and below it what is wrong, or what may be typed."""

    def __init__(self, theme: Theme, shown: FieldShown) -> None:
        super().__init__()
        self.control: LineEdit | ComboBox
        if shown.options:
            combo = ComboBox(theme, shown.options, placeholder=tr("Choose"))
            if shown.text or any(code == "" for code, _ in shown.options):
                combo.choose(shown.text)
            self.control = combo
        else:
            short = NUMBER if shown.code.startswith(("number", "cycles")) else DAY
            self.control = LineEdit(theme, width=0 if shown.wide else short)
            self.control.setText(shown.text)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self._hint = Label(theme, shown.hint, tone=Tone.SUB, wrap=True)
        if not shown.wide:
            self._hint.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        elif not shown.hint:
            self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if shown.wide:
            column.addWidget(self.control)
            column.addWidget(self._hint)
        else:
            row = QHBoxLayout()
            row.setSpacing(Size.GRID)
            row.addWidget(self.control)
            row.addWidget(self._hint, 1)
            column.addLayout(row)
        column.addWidget(self._problem)

    def text(self) -> str:
        """What was typed, or the chosen code."""
        return self.control.code() if isinstance(self.control, ComboBox) else self.control.text()

    def say(self, words: str) -> None:
        """What is wrong; '' for nothing."""
        self._problem.setText(words[:1].upper() + words[1:])
        self._problem.setVisible(bool(words))
        self.control.set_mark(Mark.ERROR if words else Mark.NONE)


class EntryDialog(Dialog):
    """`saved` tells the texts by field; `withdrawn` the reason why the entry is taken back."""

    saved = Signal(dict)
    withdrawn = Signal(str)

    def __init__(
        self, theme: Theme, who: Identity, title: str, button: str, fields: tuple[FieldShown, ...], *, known: bool
    ) -> None:
        super().__init__(theme, title, who=who, icon="pill", width=640)
        self._fields = {shown.code: _Field(theme, shown) for shown in fields}
        self._summary = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._summary.hide()
        self.body.addWidget(self._summary)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(Size.GRID)
        grid.setColumnStretch(1, 1)
        for row, shown in enumerate(fields):
            field = self._fields[shown.code]
            label = labelled(theme, shown.label, field.control)
            label.setMinimumHeight(Size.CONTROL)
            grid.addWidget(label, row, 0, _TOP)
            grid.addWidget(field, row, 1, _TOP)
        self.body.addLayout(grid)
        self._reason = LineEdit(theme)
        self._reason_label = labelled(theme, tr("Why it was entered in error"), self._reason)
        for part in (self._reason_label, self._reason):
            self.body.addWidget(part)
            part.hide()
        self.body.addStretch(1)
        self._main = primary(theme, button, "check")
        back = secondary(theme, tr("Go back"))
        self._withdraw = Button(theme, tr("Entered in error"), Kind.DANGER)
        self._withdraw.setVisible(known)
        self.set_actions(self._main, (back,), (self._withdraw,))
        back.clicked.connect(self.reject)
        self._main.clicked.connect(self._save)
        self._withdraw.clicked.connect(self._take_back)

    def show_problems(self, problems: Mapping[str, str], words: str) -> None:
        """What is wrong, over the form and under each field; the first such field gets the focus."""
        self._main.setEnabled(True)
        self._summary.setText(words if not problems.get("reason") else f"{tr('Reason')}: {problems['reason']}")
        self._summary.show()
        for code, field in self._fields.items():
            field.say(problems.get(code, ""))
        first = next((code for code in self._fields if code in problems), "")
        if first:
            self._fields[first].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.saved.emit({code: field.text() for code, field in self._fields.items()})

    def _take_back(self) -> None:
        """First ask why; a second press does it."""
        if self._reason.isHidden():
            for part in (self._reason_label, self._reason):
                part.show()
            self._withdraw.setText(tr("Take it back"))
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.withdrawn.emit(self._reason.text())
