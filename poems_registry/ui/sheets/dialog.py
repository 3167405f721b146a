"""The sheet over the window: fields side by side, what is wrong under its field, the buttons always in view."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from poems_registry.ui.i18n import tr
from poems_registry.ui.sheets.control import SheetControl
from poems_registry.ui.sheets.shown import Sheet, SheetField
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel

WIDE = 760


class SheetDialog(Dialog):
    """`typed` and `saved` tell the texts by field; `withdrawn` the reason why the entry is taken back.

    Esc asks before anything typed is dropped: a second Esc, or the button, drops it.
    """

    typed = Signal(dict)
    saved = Signal(dict)
    withdrawn = Signal(str)
    dropped = Signal()

    def __init__(self, theme: Theme, sheet: Sheet) -> None:
        super().__init__(theme, sheet.title, who=sheet.who, icon=sheet.icon, explanation=sheet.explanation, width=WIDE)
        self._theme, self._save_words = theme, sheet.button
        self._asking = self._filling = False
        self._summary = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._summary.hide()
        self.body.addWidget(self._summary)
        self.fields = {field.code: SheetControl(theme, field) for field in sheet.fields}
        self._lay_out(sheet.fields)
        why = SheetField("error_reason", tr("Why it was entered in error"), wide=True)
        self.reason = SheetControl(theme, why)
        self.reason.hide()
        self.body.addWidget(self.reason)
        self.body.addStretch(1)
        self.main = primary(theme, sheet.button, "check")
        self.back = secondary(theme, tr("Go back"))
        self.in_error = Button(theme, tr("Entered in error"), Kind.DANGER)
        self.in_error.setVisible(sheet.known)
        self.set_actions(self.main, (self.back,), (self.in_error,))
        self.back.clicked.connect(self._leave)
        self.main.clicked.connect(self._save)
        self.in_error.clicked.connect(self._take_back)
        self._show_asked()
        self._before = self.texts()

    def texts(self) -> dict[str, str]:
        """What stands in the sheet, by field."""
        return {code: field.text() for code, field in self.fields.items()}

    def show_left(self, texts: Mapping[str, str], words: str) -> None:
        """What was typed before, or came of two people's words, stands in the sheet."""
        self._filling = True
        for code, text in texts.items():
            if code in self.fields:
                self.fields[code].show_text(text)
        self._filling = False
        self._show_asked()
        self._say(words, tone=Tone.AMBER)

    def show_problems(self, problems: Mapping[str, str], words: str) -> None:
        """What is wrong, over the sheet and under each field; the first such field gets the focus."""
        self._say(words)
        every = {**self.fields, "error_reason": self.reason}
        for code, field in every.items():
            field.say(problems.get(code, ""))
        first = next((field for code, field in every.items() if code in problems and not field.isHidden()), None)
        if first is not None:
            first.focus()
        self._fit()

    def show_doubts(self, doubts: Sequence[str]) -> None:
        """What is held back, and that it may be saved all the same; none: back to the usual words."""
        self.main.setText(tr("Save all the same") if doubts else self._save_words)
        self.main.updateGeometry()
        if doubts:
            self._say(" ".join((*doubts, tr("Nothing has been saved yet."))), tone=Tone.AMBER)
        else:
            self._summary.hide()
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc is the same as Go back; a lock closes the sheet by `reject`, which asks nobody."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, fields: Sequence[SheetField]) -> None:
        """Two columns; a wide field and one that nothing stands beside has half a row or a whole one."""
        rows: list[list[SheetControl]] = []
        for field in fields:
            if field.beside and rows:
                rows[-1].append(self.fields[field.code])
            else:
                rows.append([self.fields[field.code]])
        for parts in rows:
            row = QHBoxLayout()
            row.setSpacing(Size.GAP)
            for part in parts:
                row.addWidget(part, 1)
                part.changed.connect(self._changed)
            if len(parts) == 1 and not parts[0].field.wide:
                row.addStretch(1)
            self.body.addLayout(row)

    def _changed(self) -> None:
        if self._filling:
            return
        if self._asking:
            self._asking = False
            self._summary.hide()
            self.back.setText(tr("Go back"))
        self._show_asked()
        self.typed.emit(self.texts())

    def _show_asked(self) -> None:
        """Only the fields that are asked, by what is chosen in others."""
        for field in self.fields.values():
            when = field.field.when
            there = when is None or self.fields[when[0]].text() in when[1]
            field.setVisible(there)
        self._fit()

    def _fit(self) -> None:
        if self.isVisible():
            QTimer.singleShot(0, self, self.fit)  # once the layout knows what is shown

    def _leave(self) -> None:
        """What was typed is not dropped by one key."""
        if not self._asking and self.texts() != self._before:
            self._asking = True
            self._say(tr("What you typed is not saved. Press again to drop it, or go on typing."), tone=Tone.AMBER)
            self.back.setText(tr("Drop what I typed"))
            self.back.updateGeometry()
            return
        self.dropped.emit()
        self.reject()

    def _say(self, words: str, *, tone: Tone = Tone.RED) -> None:
        self._summary.show_state("circle-alert", words, tone, tone)
        self._summary.show()
        self._scroll.verticalScrollBar().setValue(0)
        self._fit()

    def _save(self) -> None:
        self.saved.emit(self.texts())

    def _take_back(self) -> None:
        """First ask why; a second press does it."""
        if self.reason.isHidden():
            self.reason.show()
            self.in_error.setText(tr("Take it back"))
            self._fit()
            self.reason.focus()
            return
        self.withdrawn.emit(self.reason.text())
