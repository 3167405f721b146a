"""The dialog of two visits side by side: both days choose above, what differs stands first and is marked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from poems_registry.ui.comparing import Line
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.record.visits.comparing import ComparisonShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel, Label

_LABEL, _VALUE = 230, 270


class ComparisonDialog(Dialog):
    """`chosen` gives the codes of two other visits to compare."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, shown: ComparisonShown) -> None:
        super().__init__(theme, tr("Two visits side by side"), who=shown.who, icon="columns-3", width=Size.DIALOG_WIDTH)
        self.older, self.newer = ComboBox(theme, shown.choices), ComboBox(theme, shown.choices)
        self.older.setAccessibleName(tr("Visit at the left"))
        self.newer.setAccessibleName(tr("Visit at the right"))
        self._column.insertWidget(self._column.count() - 2, self._heading())
        self._lines = QWidget()
        self.body.addWidget(self._lines)
        self.body.addStretch(1)
        close = primary(theme, tr("Close"))
        self.set_actions(close)
        close.clicked.connect(self.accept)
        for box in (self.older, self.newer):
            box.chosen.connect(self._choose)
        self.show_comparison(shown)

    def show_comparison(self, shown: ComparisonShown) -> None:
        """These two."""
        self.older.choose(shown.older)
        self.newer.choose(shown.newer)
        old = self._lines
        self._lines = QWidget()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        one, many = "{count} thing differs", "{count} things differ"
        words = tr_count(one, many, len(shown.differing)) if shown.differing else tr("Nothing differs")
        self._title(grid, words, "pencil" if shown.differing else "check")
        for line in shown.differing:
            self._add(grid, line, marked=True)
        if shown.same:
            count = tr_count("{count} thing is the same", "{count} things are the same", len(shown.same))
            self._title(grid, count, "equal")
        for line in shown.same:
            self._add(grid, line, marked=False)
        self.body.replaceWidget(old, self._lines)
        old.hide()
        old.deleteLater()

    def _heading(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(24, 0, 24, 4)
        row.setSpacing(Size.GAP)
        what = Label(self._theme, tr("Not recorded is never no"), tone=Tone.SUB)
        what.setFixedWidth(_LABEL)
        row.addWidget(what)
        for box in (self.older, self.newer):
            box.setFixedWidth(_VALUE)
            row.addWidget(box)
        row.addStretch(1)
        return holder

    def _title(self, grid: QGridLayout, words: str, icon: str) -> None:
        title = IconLabel(self._theme, icon, words, icon_tone=Tone.BLUE)
        title.set_weight(Weight.SEMIBOLD)
        grid.addWidget(title, grid.rowCount(), 0, 1, 3)

    def _add(self, grid: QGridLayout, line: Line, *, marked: bool) -> None:
        row = grid.rowCount()
        weight = Weight.SEMIBOLD if marked else Weight.REGULAR
        label = Label(self._theme, line.label, weight=weight, wrap=True)
        first = Label(self._theme, line.first, tone=Tone.TEXT if marked else Tone.SUB, wrap=True)
        said = f"{line.second} ({line.apart})" if marked and line.apart else line.second
        second = Label(self._theme, said, weight=weight, tone=Tone.TEXT if marked else Tone.SUB, wrap=True)
        for column, (part, width) in enumerate(((label, _LABEL), (first, _VALUE), (second, _VALUE))):
            part.setFixedWidth(width)
            grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop)

    def _choose(self, _code: str) -> None:
        if self.older.code() and self.newer.code():
            self.chosen.emit(self.older.code(), self.newer.code())
