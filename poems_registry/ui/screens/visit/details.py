"""A small sheet under a field for what stands beside a result: the laboratory's limits, assay, time, note."""

from typing import Protocol

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.catalogue.item import Item
from poems_registry.ui.field_shown import Detail, FieldShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.painting import box
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import Label, labelled


class DetailActions(Protocol):
    """Where a detail goes."""

    def gave_detail(self, code: str, detail: Detail, text: str) -> None: ...


class DetailsSheet(QFrame):
    """Each key is passed on at once, so that closing it, in whatever way, loses nothing."""

    def __init__(self, theme: Theme, item: Item, field: FieldShown, actions: DetailActions, below: QWidget) -> None:
        super().__init__(below, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme, self._code, self._actions, self._below = theme, item.code, actions, below
        self.setAccessibleName(tr("Details, {item}", item=item.label))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(Size.GRID)
        column.addWidget(Label(theme, item.label, size=Size.TITLE))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(Size.GRID)
        if item.lab:
            self._add(grid, Detail.LIMIT_LOW, tr("Laboratory's lower limit"), field.limit_low, 80)
            self._add(grid, Detail.LIMIT_HIGH, tr("Laboratory's upper limit"), field.limit_high, 80)
            self._add(grid, Detail.ASSAY, tr("Assay"), field.assay, 200)
            self._add(grid, Detail.SAMPLE_TIME, tr("Sample taken at, 24-hour"), field.sample_time, 80)
        self._add(grid, Detail.NOTE, tr("Note"), field.reason if field.state is not None else field.note, 240)
        column.addLayout(grid)
        if item.help:
            column.addWidget(Label(theme, item.help, tone=Tone.SUB, wrap=True))
        close = Button(theme, tr("Close"), Kind.SECONDARY, small=True)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)

    def show_below(self) -> None:
        """Open under the field, inside the screen, the first field ready."""
        self.setFixedWidth(460)
        self.adjustSize()
        place = QRect(self._below.mapToGlobal(QPoint(0, self._below.height() + 4)), self.size())
        screen = self._below.screen().availableGeometry()
        if place.bottom() > screen.bottom():
            place.moveBottom(self._below.mapToGlobal(QPoint(0, -4)).y())
        place.moveRight(min(place.right(), screen.right()))
        place.moveTop(max(place.top(), screen.top()))
        self.move(place.topLeft())
        self.show()
        first = self.findChild(LineEdit)
        if isinstance(first, LineEdit):
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc, Return and F4 close it."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4):
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """A card over the form."""
        painter = QPainter(self)
        look = self._theme.tokens
        painter.fillRect(self.rect(), look.card)
        box(painter, QRectF(self.rect()), 2, look.card, look.edge)
        painter.end()

    def _add(self, grid: QGridLayout, detail: Detail, words: str, text: str, width: int) -> None:
        edit = LineEdit(self._theme, width=width)
        edit.show_text(text)
        edit.setAccessibleName(words)
        edit.setProperty("detail", str(detail))
        edit.textEdited.connect(lambda typed, which=detail: self._actions.gave_detail(self._code, which, typed))
        row = grid.rowCount()
        grid.addWidget(labelled(self._theme, words, edit), row, 0)
        grid.addWidget(edit, row, 1, Qt.AlignmentFlag.AlignLeft)
