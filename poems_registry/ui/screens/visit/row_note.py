"""The second line of a row: what is wrong or doubtful, the button that confirms, the quiet details of a result."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.field_shown import FieldShown
from poems_registry.ui.screens.visit.field_box import FieldBox
from poems_registry.ui.screens.visit.form_columns import Columns
from poems_registry.ui.screens.visit.keyboard import controls_in
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.labels import IconLabel, Label


class RowNote(QWidget):
    """The second line: what is wrong or doubtful, the button that confirms, the quiet details of a result."""

    def __init__(self, theme: Theme, confirm: Callable[[str], None]) -> None:
        super().__init__()
        self._told, self._code = confirm, ""
        self._words = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._yes = Button(theme, "", Kind.SECONDARY, icon="check", small=True)
        self._details = Label(theme, tone=Tone.SUB, wrap=True)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(Size.GRID)
        line.addWidget(self._words)
        line.addWidget(self._yes)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._details)
        self._yes.clicked.connect(self._confirm)

    def indent(self, columns: Columns) -> None:
        """Stand below the fields."""
        self._column.setContentsMargins(columns.label + columns.gap, 0, 0, 0)

    def come_after(self, box: FieldBox) -> None:
        """The button's place in the order of Tab."""
        controls = controls_in(box)
        if controls:
            QWidget.setTabOrder(controls[-1], self._yes)

    def show_field(self, field: FieldShown | None, details: str) -> None:
        """Words of the first field of the row that has any."""
        self._code = field.code if field is not None else ""
        if field is not None:
            doubt = field.mark is Mark.DOUBT
            tone = Tone.AMBER if doubt else Tone.RED
            self._words.show_state("triangle-alert" if doubt else "circle-alert", field.words, tone)
            self._yes.setText(field.confirm_words)
        self._words.setVisible(field is not None)
        self._yes.setVisible(field is not None and bool(field.confirm_words))
        self._details.setText(details)
        self._details.setVisible(bool(details))
        self.setVisible(field is not None or bool(details))

    def _confirm(self) -> None:
        self._told(self._code)
