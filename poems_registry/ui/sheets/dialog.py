"""The sheet over the window: fields side by side, what is wrong under its field, the buttons always in view."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from poems_registry.ui.forms.entry_form import EntryForm, Frame
from poems_registry.ui.sheets.control import SheetControl
from poems_registry.ui.sheets.shown import Sheet, SheetField
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size

WIDE = 760


class SheetDialog(EntryForm[SheetControl]):
    """A field that is asked only with some choices of another is hidden without them."""

    def __init__(self, theme: Theme, sheet: Sheet) -> None:
        frame = Frame(sheet.title, sheet.icon, sheet.button, sheet.who, sheet.known, sheet.explanation, width=WIDE)
        fields = {field.code: SheetControl(theme, field) for field in sheet.fields}
        super().__init__(theme, frame, fields, _rows(sheet.fields, fields))
        self._show_asked()

    def _show_asked(self) -> None:
        for field in self.fields.values():
            when = field.field.when
            field.setVisible(when is None or self.fields[when[0]].text() in when[1])
        self._refit()


def _rows(asked: Sequence[SheetField], fields: Mapping[str, SheetControl]) -> QVBoxLayout:
    """Two columns; a wide field and one that nothing stands beside has half a row or a whole one."""
    rows: list[list[SheetControl]] = []
    for field in asked:
        if field.beside and rows:
            rows[-1].append(fields[field.code])
        else:
            rows.append([fields[field.code]])
    column = QVBoxLayout()
    column.setSpacing(Size.GRID)
    for parts in rows:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        for part in parts:
            row.addWidget(part, 1)
        if len(parts) == 1 and not parts[0].field.wide:
            row.addStretch(1)
        column.addLayout(row)
    return column
