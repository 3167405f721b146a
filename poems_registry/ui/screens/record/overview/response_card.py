"""The response card: four domains with baseline, nadir and latest, what each open one needs, and what progressed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.shown import DomainShown, LineShown, ResponseShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.cards import Card, Rule
from poems_registry.ui.widgets.labels import IconLabel, Label

_RIGHT_TOP = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_TOP = Qt.AlignmentFlag.AlignTop
COLUMNS = 4
INDENT = 23
"""Pixels from the edge of an icon to its words."""


class ResponseCard(Card):
    """The line in force by domain; the lines of therapy that progressed stand below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, padding=14)
        self._about = Label(theme, tone=Tone.SUB)
        self.head.addWidget(Label(theme, tr("Response"), size=15, weight=Weight.SEMIBOLD))
        self.head.addWidget(self._about)
        self.head.addStretch(1)
        self._rules = Label(theme, tone=Tone.SUB)
        self.head.addWidget(self._rules)
        self.column.insertLayout(0, self.head)
        self._differs = IconLabel(theme, "history", "", icon_tone=Tone.AMBER, wrap=True)
        self._body = QWidget()
        self.column.setSpacing(6)
        self.column.addWidget(self._differs)
        self.column.addWidget(self._body)
        self.column.addStretch(1)

    def show_response(self, shown: ResponseShown) -> None:
        """Another answer."""
        self._about.setText(shown.about)
        self._rules.setText(shown.rule_set)
        self._differs.setText(shown.differs)
        self._differs.setVisible(bool(shown.differs))
        place = self.column.indexOf(self._body)
        self.column.removeWidget(self._body)
        self._body.hide()
        self._body.deleteLater()
        self._body = self._made(shown)
        self.column.insertWidget(place, self._body)
        self._body.show()

    def _made(self, shown: ResponseShown) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        heads = ("Baseline", "Nadir", "Latest") if shown.treated else ("", "", "Latest")
        for place, title in enumerate(heads, start=1):
            if title:
                head = Label(self._theme, tr(title), weight=Weight.SEMIBOLD, tone=Tone.SUB)
                grid.addWidget(head, 0, place, _RIGHT_TOP)
        row = 1
        for each in shown.rows:
            row = self._add(grid, row, each, treated=shown.treated)
        column.addLayout(grid)
        if shown.lines:
            column.addWidget(Rule(self._theme))
        for line in shown.lines:
            column.addWidget(self._line(line))
        return body

    def _add(self, grid: QGridLayout, row: int, shown: DomainShown, *, treated: bool) -> int:
        """Two rows for a domain, a third for what it needs; gives the row after them."""
        icon = IconLabel(
            self._theme, shown.icon, shown.grade, icon_tone=shown.tone, tone=_readable(shown.tone), wrap=True
        )
        icon.setToolTip(shown.everything)
        name = Label(self._theme, shown.name, weight=Weight.SEMIBOLD)
        name.setToolTip(shown.everything)
        grid.addWidget(name, row, 0, _TOP)
        grid.addWidget(icon, row + 1, 0, _TOP)
        values = (shown.baseline, shown.nadir, shown.latest) if treated else (("", ""), ("", ""), shown.baseline)
        for place, (value, day) in enumerate(values, start=1):
            weight = Weight.SEMIBOLD if place == COLUMNS - 1 else Weight.REGULAR
            grid.addWidget(Label(self._theme, value, weight=weight), row, place, _RIGHT_TOP)
            grid.addWidget(Label(self._theme, day, tone=Tone.SUB), row + 1, place, _RIGHT_TOP)
        row += 2
        for words, tone in ((shown.open_words, Tone.AMBER), *((note, Tone.SUB) for note in shown.notes)):
            if words:
                below = Label(self._theme, words, wrap=True, tone=tone)
                below.setContentsMargins(INDENT, 0, 0, 0)
                grid.addWidget(below, row, 0, 1, COLUMNS)
                row += 1
        grid.setRowMinimumHeight(row, 5)
        return row + 1

    def _line(self, shown: LineShown) -> QWidget:
        words = f"{shown.words}, {shown.right}" if shown.right else shown.words
        return IconLabel(self._theme, shown.icon, words, icon_tone=shown.tone, wrap=True)


def _readable(tone: Tone) -> Tone:
    """Words of what is settled stand in plain text; their icon carries the tone."""
    return tone if tone in (Tone.AMBER, Tone.RED, Tone.SUB) else Tone.TEXT
