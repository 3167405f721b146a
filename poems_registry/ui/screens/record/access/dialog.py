"""What one act changed: each value before and after."""

from PySide6.QtCore import Qt

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.access.shown import ValueShown, ValuesShown
from poems_registry.ui.tables.cells import Cell, Span
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableCard, TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import Label


class ValuesDialog(Dialog):
    """A list to read; *Close* and Esc are the same."""

    def __init__(self, theme: Theme, shown: ValuesShown) -> None:
        super().__init__(
            theme, shown.title, who=shown.who, icon="history", explanation=shown.said, width=Size.DIALOG_WIDTH
        )
        model: RowsModel[ValueShown] = RowsModel(_columns())
        self.table: TableView[ValueShown] = TableView(theme, model, tr("Values before and after"), row_height=32)
        model.set_rows(shown.values)
        if shown.values:
            self.table.setMinimumHeight(200)
            self.body.addWidget(TableCard(theme, self.table), 1)
            self.table.select_first()
        if shown.note:
            self.body.addWidget(Label(theme, shown.note, tone=Tone.SUB, wrap=True))
        if not shown.values:
            self.body.addStretch(1)
        close = primary(theme, tr("Close"))
        self.set_actions(close)
        close.clicked.connect(self.accept)
        first = self.table if shown.values else close
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _columns() -> list[Column[ValueShown]]:
    return [
        Column(tr("What"), lambda one: one.label, width=250),
        Column(tr("Before"), lambda one: one.before, None, lambda one: _quiet(one.before), 260),
        Column(tr("After"), lambda one: one.after, width=260, stretch=True),
    ]


def _quiet(words: str) -> Cell:
    return Cell((Span(words, tone=Tone.SUB),))
