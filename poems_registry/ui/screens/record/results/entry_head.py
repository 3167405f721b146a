"""The line above the grid while one types: day of the sample and why it may be after a death, a test, save, discard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.results.sheet_shown import ColumnShown
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.buttons import primary, quiet
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import labelled


class _Finder(LineEdit):
    """Return and Down go on to what was found."""

    on = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The grid takes over."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.on.emit()
        else:
            super().keyPressEvent(event)


class EntryHead(QWidget):
    """`dated` tells the day as typed, `explained` why it lies after the death, `sought` what is looked for.

    `on` tells that the grid is wanted.
    """

    dated = Signal(str)
    sought = Signal(str)
    on = Signal()
    explained = Signal(str)
    saved = Signal()
    discarded = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.day = LineEdit(theme, width=120, placeholder=tr("dd-Mmm-yyyy"))
        self.day.setAccessibleName(tr("Day the sample was taken"))
        self.day.textEdited.connect(self.dated)
        self.seek = _Finder(theme, width=190, placeholder=tr("Go to a test (Ctrl+F)"))
        self.seek.setAccessibleName(tr("Go to a test by its name or code"))
        self.seek.textEdited.connect(self.sought)
        self.seek.on.connect(self.on)
        self.save = primary(theme, tr("Save results"), icon="check", hint="Ctrl+S")
        self.save.clicked.connect(self.saved)
        self.discard = quiet(theme, tr("Discard"))
        self.discard.clicked.connect(self.discarded)
        row = QHBoxLayout()
        row.setSpacing(Size.GRID)
        row.addWidget(labelled(theme, tr("Sample of"), self.day))
        row.addWidget(self.day)
        row.addSpacing(Size.GRID)
        row.addWidget(self.seek)
        row.addStretch(1)
        row.addWidget(self.discard)
        row.addWidget(self.save)
        why = tr("say why, or take another day: nothing is saved without it")
        self.late = LineEdit(theme, placeholder=why)
        self.late.setAccessibleDescription(why)
        self._explaining = QWidget()
        second = QHBoxLayout(self._explaining)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(Size.GRID)
        second.addWidget(labelled(theme, tr("Reason for a result after the death"), self.late))
        second.addWidget(self.late, 1)
        self.late.setAccessibleName(tr("Reason for a result after the death"))
        self.late.textEdited.connect(self.explained)
        self._explaining.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._explaining)

    def show_state(self, shown: ColumnShown) -> None:
        """The day and how much there is to save."""
        self.day.show_text(shown.day)
        asked = shown.late is not None
        self.day.set_mark(Mark.ERROR if shown.day_problem and not asked else Mark.NONE)
        self.late.show_text(shown.late or "")
        self.late.set_mark(Mark.ERROR if shown.day_problem and asked else Mark.NONE)
        self._explaining.setVisible(asked)
        if self.save.text() != shown.save:
            self.save.setText(shown.save)
            self.save.updateGeometry()
