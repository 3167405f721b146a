"""One line of the form: label, fields, last time with its date, and the act of confirming it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from poems_registry.catalogue.item import Item
from poems_registry.catalogue.wording import NOT_RECORDED_WORDS
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.column_label import Beside, ColumnLabel
from poems_registry.ui.screens.visit.details import DetailsSheet
from poems_registry.ui.screens.visit.field_box import CauseChoice, FieldActions, FieldBox
from poems_registry.ui.screens.visit.form_columns import Columns, lay_out
from poems_registry.ui.screens.visit.row_note import RowNote
from poems_registry.ui.screens.visit.rows import Part, Row, What
from poems_registry.ui.screens.visit.shown import RowShown
from poems_registry.ui.screens.visit.task_sheet import RowTasks
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, row_button
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import Label


class FormRow(QWidget):
    """A row of fields that are typed into; `FieldShown` and `RowShown` say what it shows."""

    def __init__(
        self, theme: Theme, row: Row, items: Mapping[str, Item], actions: FieldActions, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme, self.row, self._actions = theme, row, actions
        self.boxes: dict[str, FieldBox] = {}
        self._cause: CauseChoice | None = None
        self._note: RowNote | None = None
        self._moved = ""
        self._limits: Button | None = None
        self.tasks = RowTasks(theme, row, items, actions) if row.tasks else None
        self._label = ColumnLabel(theme, row.label, weight=Weight.MEDIUM)
        self._fields = QHBoxLayout()
        self._fields.setSpacing(Size.GRID)
        self._last = ColumnLabel(theme, tone=Tone.SUB)
        self.confirm = row_button(theme, tr("Unchanged"), tr("Unchanged, {row}", row=row.label))
        self.confirm.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+U from the field: a stop a row would double the way
        self.confirm.setToolTip(tr("Record last time's value again (Alt+U)"))
        self._columns = lay_out(self, self._label, self._fields, self._last, self.confirm)
        self._beside = Beside(theme)
        flows = sum(part.what is not What.TASK for part in row.parts) > 1 or any(
            items[code].own_cause for code in row.codes
        )
        self._flow = FlowRow(gap=Size.GRID) if flows else None
        if self._flow is not None:
            self._fields.addWidget(self._flow, 1)
        for part in row.parts:
            if part.what is not What.TASK:
                self._add_part(part, items)
        self._finish_fields(items)
        self._finish_tasks()
        self.confirm.clicked.connect(self._confirm)
        first = next(iter(self.boxes.values()), None)
        if first is not None and first.item.help:
            self._label.setToolTip(first.item.help)

    def show_field(self, field: FieldShown) -> None:
        """Another state of one of its fields."""
        if self.tasks is not None and field.code in self.row.tasks:
            self.tasks.show_field(field)
            return
        if self._cause is not None and field.code == self.row.parts[0].code and field.code not in self.boxes:
            self._cause.show_cause(field.cause, field.cause_words)
            return
        box = self.boxes.get(field.code)
        if box is None:
            return
        box.show_field(field)
        if self._cause is not None and field.code == self.row.parts[0].code:
            self._cause.show_cause(field.cause, field.cause_words)
        self._show_beside()
        self._show_note()

    def show_row(self, row: RowShown) -> None:
        """Last time and the act."""
        self._last.setText(f"{row.last}\n{row.last_on}" if row.last_on else row.last)
        self.confirm.setVisible(row.can_confirm)
        self.confirm.set_confirmed(row.confirmed)
        self.confirm.setText(tr("Confirmed") if row.confirmed else tr("Unchanged"))
        self.confirm.setAccessibleName(f"{self.confirm.text()}, {self.row.label}")
        self._moved = row.moved
        self._show_note()
        if self.tasks is not None:
            self.tasks.show_given(row.tasks)
        self.setVisible(row.visible)

    def set_columns(self, columns: Columns, *, narrow: bool) -> None:
        """Other widths."""
        self._columns.apply(columns)
        if self._limits is not None:
            self._limits.setVisible(not narrow)  # F4, or the field's own menu
        self._beside.set_room(max(40, columns.field - self._used()))
        if self._note is not None:
            self._note.indent(columns)
        if self.tasks is not None:
            self.tasks.set_room(columns.label + columns.field + columns.last + 2 * columns.gap)
        for box in self.boxes.values():
            box.set_narrow(narrow)

    def open_details(self) -> None:
        """Limits, assay, sample time and a note of the field that has the keyboard, else of the first."""
        box = next((b for b in self.boxes.values() if b.has_keyboard()), next(iter(self.boxes.values()), None))
        if box is not None:
            DetailsSheet(self._theme, box.item, box.shown, self._actions, box).show_below()

    def focus_field(self, code: str) -> bool:
        """Put the keyboard into a field; False if it is not in this row."""
        box = self.boxes.get(code)
        if box is not None:
            box.take_focus()
        elif self.tasks is not None and code in self.row.tasks:
            self.tasks.focus_field(code)
            return True
        return box is not None

    def _add_part(self, part: Part, units: Mapping[str, Item]) -> None:
        item = units[part.code]
        if part.what is What.CAUSE:
            self._cause = CauseChoice(self._theme, item, self._actions, first=tr("Not stated"))
            self._put([self._cause])
            return
        place = self._flow.add if self._flow is not None and not part.code.endswith("_status") else None
        box = FieldBox(self._theme, item, self._actions, place)
        box.open_details = self.open_details
        self.boxes[part.code] = box
        parts: list[QWidget] = [box]
        if part.lead:
            lead = Label(self._theme, part.lead, tone=Tone.SUB if len(part.lead) < 6 else Tone.TEXT)
            lead.setBuddy(box.editor)
            parts.insert(0, lead)
        following = [p.code for p in self.row.parts[self.row.parts.index(part) + 1 :]]
        if item.unit and not any(units[code].unit == item.unit for code in following):
            parts.append(Label(self._theme, item.unit, tone=Tone.SUB))
        self._put(parts)

    def _put(self, parts: list[QWidget]) -> None:
        """Side by side; what belongs together stays together where the row goes on in a second line."""
        if self._flow is None:
            for part in parts:
                self._fields.addWidget(part, 1 if isinstance(part, FieldBox) and part.editor.wide else 0)
            return
        group = QWidget()
        line = QHBoxLayout(group)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for part in parts:
            line.addWidget(part)
        self._flow.add(group)

    def _finish_fields(self, items: Mapping[str, Item]) -> None:
        codes = self.row.codes
        if codes and not self.boxes[codes[-1]].editor.wide:
            if self._flow is None:
                self._fields.addWidget(self._beside, 1)
            else:
                self._flow.add(self._beside)
        if any(items[code].lab for code in codes):
            said = tr("Limits, assay, {row}", row=self.row.label)
            self._limits = Button(self._theme, tr("Limits"), Kind.QUIET, small=True, said=said)
            self._limits.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F4 from the field
            self._limits.setToolTip(tr("The laboratory's own limits, assay, sample time and a note (F4)"))
            self._limits.clicked.connect(self.open_details)
            self._fields.addWidget(self._limits)
        buddy: QWidget | None = self.boxes[codes[0]].editor if self._cause is None else self._cause
        if buddy is not None:
            self._label.setBuddy(buddy)

    def _finish_tasks(self) -> None:
        if self.tasks is not None:
            if self._flow is not None:
                self._flow.add(self.tasks.button)
            else:
                self._fields.addWidget(self.tasks.button)
            grade = self.boxes[self.row.codes[0]].editor
            self.tasks.back = lambda: grade.focusProxy() or grade
            self.tasks.put_below = self._columns.outer.addWidget

    def _used(self) -> int:
        """Pixels that the fields and units of the row take, with their gaps."""
        if self._flow is not None:
            return 0
        items = (self._fields.itemAt(place) for place in range(self._fields.count()))
        widgets = [
            w for item in items if item is not None and (w := item.widget()) is not None and w is not self._beside
        ]
        return sum(w.sizeHint().width() + Size.GRID for w in widgets if w is not self._limits or not w.isHidden())

    def _show_beside(self) -> None:
        """Meanings and readings of all fields; *Not recorded* only while the whole row is."""
        said = [box.shown.meaning for box in self.boxes.values() if box.shown.visible]
        told = [words for words in said if words and words != NOT_RECORDED_WORDS]
        blank = said and all(words == NOT_RECORDED_WORDS for words in said)
        words = tr(NOT_RECORDED_WORDS) if blank else ", ".join(told)
        self._beside.setText(words)
        if self._flow is not None:
            self._beside.setVisible(bool(words))

    def _show_note(self) -> None:
        box = next((b for b in self.boxes.values() if b.shown.words and b.shown.visible), None)
        details = next((b for b in self.boxes.values() if b.shown.details), None)
        said = "; ".join(words for words in (details.shown.details if details else "", self._moved) if words)
        if self._note is None and (box is not None or said):
            self._note = RowNote(self._theme, self.confirm_doubt)
            self._columns.outer.insertWidget(1, self._note)
            self._note.indent(self._columns.columns)
            self._note.come_after(list(self.boxes.values())[-1])
        if self._note is not None:
            self._note.show_field(box.shown if box is not None else None, said)

    def confirm_doubt(self, code: str) -> None:
        """The unusual value is right."""
        self._actions.confirmed_doubt(code)

    def _confirm(self) -> None:
        self._actions.unchanged(self.row.key)
