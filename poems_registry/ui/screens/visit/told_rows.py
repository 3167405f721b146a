"""Rows that nobody types into: a value that is computed, and what was recorded in a visit that is only read."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from poems_registry.catalogue.wording import NOT_RECORDED_WORDS
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.screens.visit.column_label import ColumnLabel
from poems_registry.ui.screens.visit.form_columns import Columns, lay_out
from poems_registry.ui.screens.visit.form_row import FormRow
from poems_registry.ui.screens.visit.rows import Row
from poems_registry.ui.screens.visit.shown import RowShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.chips import StatusPill
from poems_registry.ui.widgets.labels import Label


class DerivedRow(QWidget):
    """A computed value: large, with its scale and how it moved; never typed."""

    def __init__(self, theme: Theme, row: Row, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self._label = ColumnLabel(theme, row.label, weight=Weight.MEDIUM)
        self._value = Label(theme, size=Size.HEADING, weight=Weight.SEMIBOLD)
        self._of = Label(theme, tone=Tone.SUB)
        self._missing = ColumnLabel(theme, tone=Tone.SUB)
        self._change = StatusPill(theme, "equal", "", Tone.TEXT)
        fields = QHBoxLayout()
        fields.setSpacing(Size.GRID)
        fields.addWidget(self._value)
        fields.addWidget(self._of)
        fields.addWidget(self._change)
        fields.addWidget(self._missing)
        fields.addStretch(1)
        self._last = ColumnLabel(theme, tone=Tone.SUB)
        self._columns = lay_out(self, self._label, fields, self._last, QWidget())
        self._moved = Label(theme, tone=Tone.SUB, wrap=True)
        self._columns.outer.addWidget(self._moved)

    def show_row(self, row: RowShown) -> None:
        """The value of now, how it moved, and last time's."""
        self._moved.setText(row.moved)
        self._moved.setVisible(bool(row.moved))
        self._value.setText(row.derived)
        self._value.setVisible(bool(row.derived))
        self._of.setText(row.derived_of if row.derived else "")
        self._missing.setText("" if row.derived else row.derived_of)
        self._missing.setVisible(not row.derived)
        self._of.setVisible(bool(row.derived))
        icon, tone = {
            "better": ("trending-down", Tone.GREEN),
            "worse": ("trending-up", Tone.AMBER),
            "same": ("equal", Tone.TEXT),
        }.get(row.change_tone, ("activity", Tone.TEXT))
        self._change.show_state(icon, row.change, tone)
        self._change.setVisible(bool(row.change))
        self._last.setText(f"{row.last}\n{row.last_on}" if row.last_on else row.last)

    def show_field(self, field: FieldShown) -> None:
        """It has no field."""

    def set_columns(self, columns: Columns, *, narrow: bool) -> None:
        """Other widths."""
        self._columns.apply(columns)
        self._moved.setContentsMargins(columns.label + columns.gap, 0, 0, 0)
        self._missing.set_room(248 if narrow else 360)


class ReadRow(QWidget):
    """A row of a visit that is only read: the words of what was recorded."""

    def __init__(self, theme: Theme, row: Row, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self._said: dict[str, FieldShown] = {}
        self._label = ColumnLabel(theme, row.label, weight=Weight.MEDIUM)
        self._value = Label(theme, wrap=True)
        fields = QHBoxLayout()
        fields.addWidget(self._value, 1)
        self._last = ColumnLabel(theme, tone=Tone.SUB)
        self._columns = lay_out(self, self._label, fields, self._last, QWidget())
        self._below = Label(theme, tone=Tone.SUB, wrap=True)
        self._columns.outer.addWidget(self._below)
        self._below.hide()

    def show_field(self, field: FieldShown) -> None:
        """The value's words, with a result's details."""
        self._said[field.code] = field
        told = [f for code in self.row.codes if (f := self._said.get(code)) is not None and f.visible]
        blank = all(f.said == NOT_RECORDED_WORDS for f in told)
        sides = {part.code: part.lead for part in self.row.parts if len(part.lead) == 1}
        words = [
            f"{'' if blank else sides.get(f.code, '')} {f.said}{f' ({f.details})' if f.details else ''}".strip()
            for f in told
            if blank or f.said != NOT_RECORDED_WORDS
        ]
        self._value.setText("; ".join(dict.fromkeys(words)))
        self._value.set_tone(Tone.SUB if blank else Tone.TEXT)

    def show_row(self, row: RowShown) -> None:
        """Last time as it stood before that visit."""
        self._last.setText(f"{row.last}\n{row.last_on}" if row.last_on else row.last)
        said = ". ".join(words for words in (row.moved, row.tasks) if words)
        if said:
            self._below.setText(said)
        self._below.setVisible(bool(said))
        self.setVisible(row.visible and not self.row.key.startswith("cause:"))

    def set_columns(self, columns: Columns, *, narrow: bool) -> None:
        """Other widths."""
        self._columns.apply(columns)
        self._below.setContentsMargins(columns.label + columns.gap, 0, 0, 0)


AnyRow = FormRow | DerivedRow | ReadRow
