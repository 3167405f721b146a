"""The form of one entry, the patient's name on top, what is told of it at its side; what is wrong under its field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayoutItem, QVBoxLayout, QWidget

from poems_registry.ui.forms.entry_form import EntryForm, Frame
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.record.treatment.entry_field import EntryField
from poems_registry.ui.screens.record.treatment.keeping_in_mind import Note
from poems_registry.ui.screens.record.treatment.reading import FieldShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import link
from poems_registry.ui.widgets.cards import ScrollColumn
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


class EntryDialog(EntryForm[EntryField]):
    """Labels at the left, fields beside them; what to keep in mind at the right. `instead` names another line."""

    instead = Signal(int)

    def __init__(
        self, theme: Theme, who: Identity, title: str, button: str, fields: tuple[FieldShown, ...], *, known: bool
    ) -> None:
        alone = any(shown.when for shown in fields)  # events: the rule and the cautions say nothing of them
        controls = {shown.code: EntryField(theme, shown) for shown in fields}
        labels = {shown.code: labelled(theme, shown.label, controls[shown.code].first) for shown in fields}
        frame = Frame(title, "pill", button, who, known, width=640 if alone else Size.DIALOG_WIDTH)
        super().__init__(theme, frame, controls, _grid(labels, controls))
        self._own: set[str] = set()
        self._labels = labels
        self._notes = NotesColumn(theme)
        self._notes.instead.connect(self.instead)
        if not alone:
            self._put_notes_beside()
        self._show_asked()

    def show_notes(self, notes: Sequence[Note]) -> None:
        """What the rule of counting and the cautions say of it now."""
        self._notes.show_notes(notes)

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put in what follows from a choice, only where nobody has typed."""
        super().fill({code: text for code, text in texts.items() if code not in self._own})

    def show_left(self, texts: Mapping[str, str], words: str) -> None:
        """What was typed before and not saved stands in the form again."""
        self._own |= {code for code, text in texts.items() if self._before.get(code) != text}
        super().show_left(texts, words)

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
        if not self._filling:
            self._own.add(code)
        super()._changed(code)

    def _show_asked(self) -> None:
        """Of the parts that only some kinds have, those of the kind that is chosen."""
        kind = self.fields["kind"].text() if "kind" in self.fields else ""
        for code, field in self.fields.items():
            there = not field.when or kind in field.when
            field.setVisible(there)
            self._labels[code].setVisible(there)
        self._refit()


def _grid(labels: Mapping[str, Label], fields: Mapping[str, EntryField]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(Size.GRID)
    grid.setColumnStretch(1, 1)
    for row, (code, field) in enumerate(fields.items()):
        labels[code].setMinimumHeight(Size.CONTROL)
        grid.addWidget(labels[code], row, 0, _TOP)
        grid.addWidget(field, row, 1, _TOP)
    return grid


def _drop(item: QLayoutItem) -> None:
    widget = item.widget()
    if widget is not None:
        widget.hide()
        widget.deleteLater()
