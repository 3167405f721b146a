"""The form of one entry, the patient's name on top, what is told of it at its side; what is wrong under its field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayoutItem, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.treatment.entry_field import EntryField
from poems_registry.ui.screens.record.treatment.keeping_in_mind import Note
from poems_registry.ui.screens.record.treatment.reading import FieldShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, link, primary, secondary
from poems_registry.ui.widgets.cards import ScrollColumn
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

NOTES = 268
_TOP = Qt.AlignmentFlag.AlignTop


class NotesColumn(QWidget):
    """What to keep in mind, one below the other; the source of each in the second tone. Information, never an order."""

    instead = Signal(int)  # the line to which it is added instead

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 8)
        self._column.setSpacing(2)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """These, in order."""
        while (item := self._column.takeAt(0)) is not None:
            _drop(item)
        for note in notes:
            self._column.addWidget(IconLabel(self._theme, "info", note.about, icon_tone=Tone.BLUE, wrap=True))
            self._column.addWidget(Label(self._theme, note.words, wrap=True))
            if note.line_id:
                button = link(self._theme, tr("Add it there instead"))
                button.clicked.connect(lambda _=False, line=note.line_id: self.instead.emit(line))
                self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if note.source:
                self._column.addWidget(Label(self._theme, note.source, tone=Tone.SUB, wrap=True))
            self._column.addSpacing(Size.GRID)
        self._column.addStretch(1)


class EntryDialog(Dialog):
    """`typed` and `saved` tell the texts by field; `withdrawn` the reason why the entry is taken back.

    Esc asks before anything typed is dropped: a second Esc, or the button, drops it.
    """

    typed = Signal(dict)
    saved = Signal(dict)
    withdrawn = Signal(str)
    instead = Signal(int)
    dropped = Signal()

    def __init__(
        self, theme: Theme, who: Identity, title: str, button: str, fields: tuple[FieldShown, ...], *, known: bool
    ) -> None:
        alone = any(shown.when for shown in fields)  # events: the rule and the cautions say nothing of them
        super().__init__(theme, title, who=who, icon="pill", width=640 if alone else Size.DIALOG_WIDTH)
        self._asking = self._filling = False
        self._own: set[str] = set()
        self._fields = {shown.code: EntryField(theme, shown) for shown in fields}
        self._labels: dict[str, Label] = {}
        self._summary = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._summary.hide()
        self.body.addWidget(self._summary)
        self.body.addLayout(self._grid(theme, fields))
        self._reason = LineEdit(theme)
        self._reason_label = labelled(theme, tr("Why it was entered in error"), self._reason)
        for part in (self._reason_label, self._reason):
            self.body.addWidget(part)
            part.hide()
        self.body.addStretch(1)
        self._notes = NotesColumn(theme)
        self._notes.instead.connect(self.instead)
        if not alone:
            self._put_notes_beside()
        self._main = primary(theme, button, "check")
        self._save_words = button
        self._back = secondary(theme, tr("Go back"))
        self._withdraw = Button(theme, tr("Entered in error"), Kind.DANGER)
        self._withdraw.setVisible(known)
        self.set_actions(self._main, (self._back,), (self._withdraw,))
        self._back.clicked.connect(self._leave)
        self._main.clicked.connect(self._save)
        self._withdraw.clicked.connect(self._take_back)
        self._before = self.texts()

    def texts(self) -> dict[str, str]:
        """What stands in the form, by field."""
        return {code: field.text() for code, field in self._fields.items()}

    def show_notes(self, notes: Sequence[Note]) -> None:
        """What the rule of counting and the cautions say of it now."""
        self._notes.show_notes(notes)

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put in what follows from a choice, only where nobody has typed."""
        self._filling = True
        for code, text in texts.items():
            field = self._fields.get(code)
            if field is not None and code not in self._own:
                field.show_text(text)
        self._filling = False

    def show_left(self, texts: Mapping[str, str], words: str) -> None:
        """What was typed before and not saved stands in the form again."""
        self._filling = True
        for code, text in texts.items():
            if code in self._fields:
                self._fields[code].show_text(text)
        self._own |= {code for code, text in texts.items() if self._before.get(code) != text}
        self._filling = False
        self._show_parts()
        self._say(words, tone=Tone.AMBER)

    def show_problems(self, problems: Mapping[str, str], words: str) -> None:
        """What is wrong, over the form and under each field; the first such field gets the focus."""
        self._say(words if not problems.get("reason") else f"{tr('Reason')}: {problems['reason']}")
        for code, field in self._fields.items():
            field.say(problems.get(code, ""))
        first = next((field for code, field in self._fields.items() if code in problems), None)
        if first is not None:
            first.focus()

    def show_doubts(self, doubts: Sequence[str]) -> None:
        """What is unusual, and that it may be saved all the same; none: back to the usual words."""
        self._main.setText(tr("Save anyway") if doubts else self._save_words)
        self._main.updateGeometry()
        if doubts:
            self._say(" ".join((*doubts, tr("Nothing has been saved yet."))), tone=Tone.AMBER)
        else:
            self._summary.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc is the same as Go back; a lock closes the form by `reject`, which asks nobody."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

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

    def _grid(self, theme: Theme, fields: Sequence[FieldShown]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(Size.GRID)
        grid.setColumnStretch(1, 1)
        for row, shown in enumerate(fields):
            field = self._fields[shown.code]
            label = labelled(theme, shown.label, field.first)
            label.setMinimumHeight(Size.CONTROL)
            self._labels[shown.code] = label
            grid.addWidget(label, row, 0, _TOP)
            grid.addWidget(field, row, 1, _TOP)
            field.changed.connect(lambda code=shown.code: self._changed(code))
        self._show_parts()
        return grid

    def _put_notes_beside(self) -> None:
        """At the right of the fields, scrolled by itself."""
        place = self._column.indexOf(self._scroll)
        self._column.removeWidget(self._scroll)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 18, 0)
        beside.setSpacing(Size.GRID)
        notes = ScrollColumn(self._notes)
        notes.setFixedWidth(NOTES)
        beside.addWidget(self._scroll, 1)
        beside.addWidget(notes)
        self._column.insertLayout(place, beside, 1)

    def _changed(self, code: str) -> None:
        if self._filling:
            return
        self._own.add(code)
        if self._asking:
            self._asking = False
            self._summary.hide()
            self._back.setText(tr("Go back"))
        self._show_parts()
        self.typed.emit(self.texts())

    def _show_parts(self) -> None:
        """Of the parts that only some kinds have, those of the kind that is chosen."""
        kind = self._fields["kind"].text() if "kind" in self._fields else ""
        for code, field in self._fields.items():
            there = not field.when or kind in field.when
            field.setVisible(there)
            self._labels[code].setVisible(there)
        if self.isVisible():
            QTimer.singleShot(0, self, self.fit)  # once the layout knows what is shown

    def _save(self) -> None:
        self.saved.emit(self.texts())

    def _take_back(self) -> None:
        """First ask why; a second press does it."""
        if self._reason.isHidden():
            for part in (self._reason_label, self._reason):
                part.show()
            self._withdraw.setText(tr("Take it back"))
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.withdrawn.emit(self._reason.text())


def _drop(item: QLayoutItem) -> None:
    widget = item.widget()
    if widget is not None:
        widget.hide()
        widget.deleteLater()
