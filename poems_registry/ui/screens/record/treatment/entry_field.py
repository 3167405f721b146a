"""One field of a form of treatment: what may be typed stands beside it, or below a wide one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from poems_registry.ui.forms.control import FieldControl
from poems_registry.ui.screens.record.treatment.reading import FieldShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.labels import Label

SHORT, NUMBERS = 148, ("number", "cycles_planned", "cycles_given", "dose", "dose_gy", "fractions", "cd34", "melphalan")
NUMBER = 72


class EntryField(FieldControl):
    """The control without its label, which stands in the form's first column."""

    def __init__(self, theme: Theme, shown: FieldShown) -> None:
        width = NUMBER if shown.code in NUMBERS else SHORT
        super().__init__(theme, shown, several=shown.several, width=0 if shown.wide else width)
        self.when = shown.when
        self._column.setSpacing(2)
        self.put(self.inner if shown.several else self._with_hint(theme, shown))

    def _with_hint(self, theme: Theme, shown: FieldShown) -> QHBoxLayout | QVBoxLayout:
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if shown.wide else QHBoxLayout()
        row.setSpacing(2 if shown.wide else Size.GRID)
        row.addWidget(self.inner)
        if shown.hint or not shown.wide:
            hint = Label(theme, shown.hint, tone=Tone.SUB, wrap=True)
            hint.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(hint, 0 if shown.wide else 1)
        return row
