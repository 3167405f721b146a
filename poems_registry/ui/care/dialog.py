"""The form of one entry of care: two columns of fields, the patient's name on top, what is wrong under its field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from poems_registry.ui.care.shown import FieldShown, FormShown
from poems_registry.ui.forms.control import FieldControl
from poems_registry.ui.forms.entry_form import EntryForm, Frame
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.labels import Label, labelled

_TOP = Qt.AlignmentFlag.AlignTop


class CareField(FieldControl):
    """A label, its control, and below it what may be typed or what is wrong."""

    def __init__(self, theme: Theme, shown: FieldShown) -> None:
        super().__init__(theme, shown, lines=shown.lines)
        self.put(labelled(theme, shown.label, self.first, weight=Weight.MEDIUM), self.inner)
        if shown.hint:
            self.put(Label(theme, shown.hint, tone=Tone.SUB, wrap=True))


class CareDialog(EntryForm[CareField]):
    """Two columns; a heading begins another part."""

    def __init__(self, theme: Theme, form: FormShown) -> None:
        frame = Frame(form.title, form.icon, form.button, form.who, form.known, form.explanation, form.first, width=760)
        fields = {shown.code: CareField(theme, shown) for shown in form.fields}
        super().__init__(theme, frame, fields, _grid(theme, form.fields, fields))


def _grid(theme: Theme, asked: Sequence[FieldShown], fields: Mapping[str, CareField]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Size.GAP)
    grid.setVerticalSpacing(Size.GRID)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    row, column = 0, 0
    for shown in asked:
        if column and (shown.wide or shown.heading):
            row, column = row + 1, 0
        if shown.heading:
            title = Label(theme, shown.heading, tone=Tone.SUB, weight=Weight.SEMIBOLD)
            grid.addWidget(title, row, 0, 1, 2)
            row += 1
        grid.addWidget(fields[shown.code], row, column, 1, 2 if shown.wide else 1, _TOP)
        row, column = (row, 1) if not (column or shown.wide) else (row + 1, 0)
    return grid
