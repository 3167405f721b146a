"""One field of a sheet: its label above it, what may be typed and what is wrong below it."""

from poems_registry.ui.forms.control import FieldControl
from poems_registry.ui.sheets.shown import SheetField
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.labels import Label, labelled


class SheetControl(FieldControl):
    """The control with its label, as high as its row."""

    def __init__(self, theme: Theme, field: SheetField) -> None:
        super().__init__(theme, field, several=field.several)
        self.field = field
        self.put(labelled(theme, field.label, self.first), self.inner)
        if field.hint:
            self.put(Label(theme, field.hint, tone=Tone.SUB, wrap=True))
        self._column.addStretch(1)
