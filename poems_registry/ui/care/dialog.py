"""The form of one entry of care: two columns of fields, the patient's name on top, what is wrong under its field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from poems_registry.ui.care.shown import FieldShown, FormShown
from poems_registry.ui.forms.control import FieldControl
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

_TOP = Qt.AlignmentFlag.AlignTop


class CareField(FieldControl):
    """A label, its control, and below it what may be typed or what is wrong."""

    def __init__(self, theme: Theme, shown: FieldShown) -> None:
        super().__init__(theme, shown, lines=shown.lines)
        self.put(labelled(theme, shown.label, self.first, weight=Weight.MEDIUM), self.inner)
        if shown.hint:
            self.put(Label(theme, shown.hint, tone=Tone.SUB, wrap=True))


class CareDialog(Dialog):
    """`typed` and `saved` tell the texts by field; `withdrawn` the reason why the entry was a mistake.

    Esc asks before anything typed is dropped: a second Esc, or the button, drops it. A lock closes it by `reject`.
    """

    typed = Signal(dict)
    saved = Signal(dict)
    withdrawn = Signal(str)
    dropped = Signal()

    def __init__(self, theme: Theme, form: FormShown) -> None:
        super().__init__(theme, form.title, who=form.who, icon=form.icon, explanation=form.explanation, width=760)
        self._asking = self._filling = False
        self.fields = {shown.code: CareField(theme, shown) for shown in form.fields}
        self._summary = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._summary.hide()
        self.body.addWidget(self._summary)
        self.body.addLayout(self._grid(theme, form.fields))
        self._add_reason(theme)
        self.body.addStretch(1)
        self._main = primary(theme, form.button or tr("Entered in error"), "check" if form.button else "ban")
        self._back = secondary(theme, tr("Go back"))
        self._withdraw = Button(theme, tr("Entered in error"), Kind.DANGER)
        self._withdraw.setVisible(form.known and bool(form.button))
        self.set_actions(self._main, (self._back,), (self._withdraw,))
        self._back.clicked.connect(self._leave)
        self._main.clicked.connect(self._save if form.button else self._take_back)
        self._withdraw.clicked.connect(self._take_back)
        if not form.button:
            self._ask_reason()
        self._before = self.texts()
        self._first = form.first

    def texts(self) -> dict[str, str]:
        """What stands in the form, by field."""
        return {code: field.text() for code, field in self.fields.items()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put in what follows from a choice."""
        self._filling = True
        for code, text in texts.items():
            if code in self.fields:
                self.fields[code].show_text(text)
        self._filling = False

    def show_left(self, texts: Mapping[str, str], words: str) -> None:
        """These texts stand in the form now, and why."""
        self._filling = True
        for code, text in texts.items():
            if code in self.fields:
                self.fields[code].show_text(text)
        self._filling = False
        self._say(words, tone=Tone.AMBER)

    def show_problems(self, problems: Mapping[str, str], words: str) -> None:
        """What is wrong, over the form and under each field; the first such field gets the keyboard."""
        self._say(words if not problems.get("reason") or "reason" in self.fields else _reason(problems["reason"]))
        for code, field in self.fields.items():
            field.say(problems.get(code, ""))
        first = next((field for code, field in self.fields.items() if code in problems), None)
        if first is not None:
            first.focus()
        self._refit()

    def showEvent(self, event: object) -> None:  # noqa: N802
        """The keyboard begins where the work is."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._first in self.fields:
            QTimer.singleShot(0, self, self._focus_first)  # once the layout knows where it is

    def _focus_first(self) -> None:
        field = self.fields[self._first]
        field.focus()
        self._scroll.ensureWidgetVisible(field, 0, 80)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc is the same as Go back, Ctrl+Return as the main button."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_Return and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._main.click()
        else:
            super().keyPressEvent(event)

    def _grid(self, theme: Theme, fields: Sequence[FieldShown]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(Size.GRID)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row, column = 0, 0
        for shown in fields:
            if column and (shown.wide or shown.heading):
                row, column = row + 1, 0
            if shown.heading:
                title = Label(theme, shown.heading, tone=Tone.SUB, weight=Weight.SEMIBOLD)
                grid.addWidget(title, row, 0, 1, 2)
                row += 1
            field = self.fields[shown.code]
            grid.addWidget(field, row, column, 1, 2 if shown.wide else 1, _TOP)
            field.changed.connect(self._changed)
            row, column = (row, 1) if not (column or shown.wide) else (row + 1, 0)
        return grid

    def _add_reason(self, theme: Theme) -> None:
        self._reason = LineEdit(theme)
        self._reason.setAccessibleName(tr("Why it was entered in error"))
        self._reason_label = labelled(theme, tr("Why it was entered in error"), self._reason)
        for part in (self._reason_label, self._reason):
            self.body.addWidget(part)
            part.hide()

    def _changed(self) -> None:
        if self._filling:
            return
        if self._asking:
            self._asking = False
            self._summary.hide()
            self._back.setText(tr("Go back"))
        self.typed.emit(self.texts())

    def _leave(self) -> None:
        """What was typed is not dropped by one key."""
        if not self._asking and self.texts() != self._before:
            self._asking = True
            self._say(tr("What you typed is not saved. Press again to drop it, or go on typing."), tone=Tone.AMBER)
            self._back.setText(tr("Drop what I typed"))
            self._back.updateGeometry()
            return
        self.dropped.emit()
        self.reject()

    def _say(self, words: str, *, tone: Tone = Tone.RED) -> None:
        self._summary.show_state("circle-alert", words, tone, tone)
        self._summary.show()
        self._scroll.verticalScrollBar().setValue(0)
        self._refit()

    def _refit(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self.fit)  # once the layout knows what is shown

    def _save(self) -> None:
        self.saved.emit(self.texts())

    def _take_back(self) -> None:
        """First ask why; a second press does it."""
        if self._reason.isHidden():
            self._ask_reason()
            self._withdraw.setText(tr("Mark as entered in error"))
            self._withdraw.updateGeometry()
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self._reason)
            return
        self.withdrawn.emit(self._reason.text())

    def _ask_reason(self) -> None:
        for part in (self._reason_label, self._reason):
            part.show()
        self._refit()


def _reason(problem: str) -> str:
    return f"{tr('Reason')}: {problem}"
