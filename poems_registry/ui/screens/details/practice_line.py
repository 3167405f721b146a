"""The field for a GP practice: what the list has stands below while it is typed; arrows, Return and Esc work in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.details.shown import PracticeRow
from poems_registry.ui.tables.cells import Cell, Span, two_lines
from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.fields import LineEdit

ROW, HEAD = 44, 32
MOST_IN_VIEW = 4


class _Edit(LineEdit):
    """The keyboard never leaves the field: arrows move the bar of the list below it."""

    picked = Signal()
    gone = Signal()

    def __init__(self, theme: Theme, rows: TableView[PracticeRow]) -> None:
        super().__init__(theme)
        self._rows = rows

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down choose, Return takes, Esc closes the list; without a list they are the field's."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if self._rows.isHidden():
            super().keyPressEvent(event)
        elif key in steps:
            last = self._rows.model().rowCount() - 1
            self._rows.selectRow(max(0, min(last, self._rows.currentIndex().row() + steps[key])))
            self._say_current()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows.current() is not None:
            self.picked.emit()
        elif key == Qt.Key.Key_Escape:
            self.gone.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Done with: the list goes, unless another window only came before this one."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.gone.emit()

    def _say_current(self) -> None:
        """What a screen reader says of the row with the bar."""
        row = self._rows.current()
        if row is not None:
            self.setAccessibleDescription(", ".join(part for part in (row.name, row.place, row.state) if part))


class PracticeLine:
    """A line of text that may be typed freely, and the list below it."""

    def __init__(
        self, theme: Theme, typed: Callable[[str], None], left: Callable[[], None], picked: Callable[[str], None]
    ) -> None:
        self._picked = picked
        self._model: RowsModel[PracticeRow] = RowsModel(_columns(), key=lambda row: row.code)
        self.rows: TableView[PracticeRow] = TableView(theme, self._model, tr("Practices of the list"), row_height=ROW)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.hide()
        self.edit = _Edit(theme, self.rows)
        self.focus: QWidget = self.edit
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self.rows)
        self.widget.setFocusProxy(self.edit)
        self.edit.textEdited.connect(typed)
        self.edit.left.connect(left)
        self.edit.picked.connect(self._take)
        self.edit.gone.connect(self.rows.hide)
        self.rows.clicked.connect(self._clicked)

    def show_rows(self, rows: Sequence[PracticeRow]) -> None:
        """These; none hides the list. Nothing is taken before a person chooses."""
        self._model.set_rows(rows)
        self.rows.setFixedHeight(HEAD + ROW * min(MOST_IN_VIEW, len(rows)) + 2)
        self.rows.setVisible(bool(rows))
        self.rows.clearSelection()
        self.rows.setCurrentIndex(self._model.index(-1, -1))

    def show_text(self, text: str) -> None:
        """Put a text in without telling."""
        self.edit.show_text(text)

    def set_mark(self, mark: Mark) -> None:
        """The edge of the field."""
        self.edit.set_mark(mark)

    def set_editable(self, editable: bool) -> None:
        """Whether it may be changed."""
        self.edit.setReadOnly(not editable)

    def _clicked(self, _: object) -> None:
        self._take()

    def _take(self) -> None:
        row = self.rows.current()
        if row is not None:
            self.rows.hide()
            self._picked(row.code)


def _columns() -> tuple[Column[PracticeRow], ...]:
    return (
        Column(
            tr("Practice"),
            lambda row: ", ".join(part for part in (row.name, row.place, row.state) if part),
            None,
            lambda row: two_lines(row.name, row.place, bold=True),
            width=300,
            stretch=True,
        ),
        Column(tr("Code"), lambda row: row.code, width=90),
        Column(tr("State"), lambda row: row.state or tr("Open"), None, _state, width=150, narrow=130),
    )


def _state(row: PracticeRow) -> Cell:
    tone = Tone.AMBER if row.state else Tone.SUB
    return Cell((Span(row.state or tr("Open"), tone=tone, icon="ban" if row.state else "", icon_tone=tone),))
