"""The small cards of the overview: measures over time, what is due, the last letter."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.shown import (
    CONTINUE,
    OPEN_CONTACT,
    OPEN_LETTER,
    WRITE_LETTER,
    LineShown,
    MeasureShown,
)
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import link
from poems_registry.ui.widgets.cards import Card
from poems_registry.ui.widgets.labels import IconLabel, Label

ACTS = {CONTINUE: "Continue", WRITE_LETTER: "Write letter", OPEN_LETTER: "Open", OPEN_CONTACT: "Open"}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MeasuresCard(Card):
    """First, lowest and latest value of each measure with their dates."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, padding=14)
        self._table = QWidget()
        self.column.addWidget(self._table)
        self.column.addStretch(1)

    def show_measures(self, measures: Sequence[MeasureShown]) -> None:
        """Nothing hides the card."""
        self.setVisible(bool(measures))
        self.column.removeWidget(self._table)
        self._table.hide()
        self._table.deleteLater()
        self._table = QWidget()
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Label(self._theme, tr("Course"), size=15, weight=Weight.SEMIBOLD), 0, 0)
        for place, title in enumerate((tr("First"), tr("Lowest"), tr("Latest")), start=1):
            head = Label(self._theme, title, weight=Weight.SEMIBOLD, tone=Tone.SUB)
            grid.addWidget(head, 0, place, _RIGHT)
        for row, measure in enumerate(measures, start=1):
            self._add(grid, 2 * row, measure)
        self.column.insertWidget(0, self._table)
        self._table.show()

    def _add(self, grid: QGridLayout, row: int, measure: MeasureShown) -> None:
        grid.addWidget(Label(self._theme, measure.name), row, 0)
        if measure.move:
            moved = IconLabel(
                self._theme,
                measure.icon,
                tr("{move} last time", move=measure.move),
                icon_tone=measure.tone,
                tone=Tone.SUB,
            )
            grid.addWidget(moved, row + 1, 0)
        for place, (value, day) in enumerate((measure.first, measure.lowest, measure.latest), start=1):
            weight = Weight.SEMIBOLD if place == 3 else Weight.REGULAR
            grid.addWidget(Label(self._theme, value, weight=weight), row, place, _RIGHT)
            grid.addWidget(Label(self._theme, day, tone=Tone.SUB), row + 1, place, _RIGHT)


class LinesCard(Card):
    """A title and lines with an icon, words, how soon, and a link where there is something to do."""

    asked = Signal(str, int)

    def __init__(self, theme: Theme, title: str, nothing: str) -> None:
        super().__init__(theme, title, padding=14)
        self._nothing = nothing
        self._rows = QWidget()
        self.column.addWidget(self._rows)
        self.column.addStretch(1)

    def show_lines(self, lines: Sequence[LineShown]) -> None:
        """Other lines; none says so in words."""
        self.column.removeWidget(self._rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for line in lines:
            column.addLayout(self._line(line))
        if not lines:
            column.addWidget(Label(self._theme, self._nothing, tone=Tone.SUB, wrap=True))
        self.column.insertWidget(1, self._rows)
        self._rows.show()

    def _line(self, shown: LineShown) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel(self._theme, shown.icon, shown.words, icon_tone=shown.tone, wrap=True), 1)
        if shown.right:
            row.addWidget(Label(self._theme, shown.right, weight=Weight.SEMIBOLD))
        if shown.act:
            words = tr(ACTS[shown.act])
            button = link(self._theme, words, said=f"{words}, {shown.words}")
            button.clicked.connect(lambda: self.asked.emit(shown.act, shown.target))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row
