"""The fields of the visit itself: its day, time, type and who saw the patient; and the way to give a draft up."""

from typing import Protocol

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.form_columns import Columns
from poems_registry.ui.screens.visit.shown import Head, HeadShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.visit_words import VISIT_TYPE_WORDS
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled


class HeadActions(Protocol):
    """What a person can do here."""

    def typed_head(self, head: Head, text: str) -> None: ...
    def ask_discard(self) -> None: ...


class HeadFields(QWidget):
    """Rows like those of the form, without last time: a visit has its own day."""

    def __init__(self, theme: Theme, actions: HeadActions, *, read_only: bool) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self.on = LineEdit(theme, width=132, placeholder=tr("dd-Mmm-yyyy"))
        self.time = LineEdit(theme, width=96, placeholder="" if read_only else tr("hh:mm"))
        self.kind = ComboBox(theme, [(kind.value, tr(words)) for kind, words in VISIT_TYPE_WORDS.items()])
        self.seen_by = LineEdit(theme, placeholder=tr("Names, with ; between them"))
        self._on_words = Label(theme, tone=Tone.SUB)
        self._on_problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._time_problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(Size.GRID)
        self._grid.setColumnStretch(1, 1)
        self._add(tr("Visit date"), self.on, self._on_words, self._on_problem)
        self._add(tr("Time, 24-hour"), self.time, None, self._time_problem)
        self._add(tr("Type"), self.kind, None, None)
        self._add(tr("Seen by"), self.seen_by, None, None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addLayout(self._grid)
        self.discard = Button(theme, tr("Discard draft…"), Kind.QUIET)
        for widget in (self.on, self.time, self.kind, self.seen_by):
            widget.setEnabled(not read_only)
        self.on.textEdited.connect(self._typed_on)
        self.time.textEdited.connect(self._typed_time)
        self.kind.chosen.connect(self._chose_kind)
        self.seen_by.textEdited.connect(self._typed_seen_by)
        self.discard.clicked.connect(actions.ask_discard)
        if read_only:
            self.discard.hide()

    def show_head(self, head: HeadShown) -> None:
        """As typed, and what is wrong."""
        self.on.show_text(head.on)
        self.on.set_mark(Mark.ERROR if head.on_problem else Mark.NONE)
        self._on_words.setText("" if head.on_problem or head.on_words == head.on else head.on_words)
        self._say(self._on_problem, head.on_problem)
        self.time.show_text(head.time)
        self.time.set_mark(Mark.ERROR if head.time_problem else Mark.NONE)
        self._say(self._time_problem, head.time_problem)
        self.kind.choose(head.visit_type)
        if not self.seen_by.hasFocus():
            self.seen_by.show_text(head.seen_by)

    def set_columns(self, columns: Columns) -> None:
        """The label column is the form's."""
        self._grid.setHorizontalSpacing(columns.gap)
        self._grid.setColumnMinimumWidth(0, columns.label)

    def focus_field(self, code: str) -> bool:
        """Put the keyboard into one of them; False if it is none of them."""
        field = {Head.ON: self.on, Head.TIME: self.time, Head.VISIT_TYPE: self.kind, Head.SEEN_BY: self.seen_by}
        found = {str(head): widget for head, widget in field.items()}.get(code)
        if found is not None:
            found.setFocus()
        return found is not None

    def _add(self, words: str, field: QWidget, beside: Label | None, problem: Label | None) -> None:
        place = self._grid.rowCount()
        self._grid.addWidget(labelled(self._theme, words, field, weight=Weight.MEDIUM), place, 0)
        field.setAccessibleName(words)
        line = QHBoxLayout()
        line.setSpacing(Size.GRID)
        line.addWidget(field, 1 if field is self.seen_by else 0)
        if beside is not None:
            line.addWidget(beside)
        if field is not self.seen_by:
            line.addStretch(1)
        self._grid.addLayout(line, place, 1)
        if problem is not None:
            problem.hide()
            self._grid.addWidget(problem, place + 1, 1)

    def _say(self, label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _typed_on(self, text: str) -> None:
        self._actions.typed_head(Head.ON, text)

    def _typed_time(self, text: str) -> None:
        self._actions.typed_head(Head.TIME, text)

    def _chose_kind(self, code: str) -> None:
        self._actions.typed_head(Head.VISIT_TYPE, code)

    def _typed_seen_by(self, text: str) -> None:
        self._actions.typed_head(Head.SEEN_BY, text)
