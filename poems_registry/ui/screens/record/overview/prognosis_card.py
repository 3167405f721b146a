"""The prognosis card: what foretold the course at diagnosis, and below it what is response-based."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.shown import FactorShown, PrognosisShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.cards import Card
from poems_registry.ui.widgets.labels import IconLabel, Label

_TOP = Qt.AlignmentFlag.AlignTop


class PrognosisCard(Card):
    """One line a factor."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, padding=14)
        self._rules = Label(theme, tone=Tone.SUB)
        self.head.addWidget(Label(theme, tr("Prognosis at diagnosis"), size=15, weight=Weight.SEMIBOLD))
        self.head.addStretch(1)
        self.head.addWidget(self._rules)
        self.column.insertLayout(0, self.head)
        self._score = Label(theme, weight=Weight.SEMIBOLD, wrap=True)
        self._unverified = IconLabel(theme, "triangle-alert", "", icon_tone=Tone.AMBER, wrap=True)
        self._body = QWidget()
        self.column.setSpacing(6)
        for part in (self._score, self._unverified, self._body):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def show_prognosis(self, shown: PrognosisShown) -> None:
        """Another answer."""
        self._rules.setText(shown.rule_set)
        self._score.setText(shown.score)
        self._unverified.setText(shown.unverified)
        self._unverified.setVisible(bool(shown.unverified))
        place = self.column.indexOf(self._body)
        self.column.removeWidget(self._body)
        self._body.hide()
        self._body.deleteLater()
        self._body = QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for row, factor in enumerate(shown.factors):
            self._add(grid, row, factor)
        if shown.response_based:
            self._add_apart(grid, len(shown.factors), shown.response_based)
        self._body.setVisible(bool(shown.factors))
        self.column.insertWidget(place, self._body)

    def _add_apart(self, grid: QGridLayout, row: int, factors: tuple[FactorShown, ...]) -> None:
        apart = Label(
            self._theme, tr("Response-based, not a risk at diagnosis"), weight=Weight.SEMIBOLD, tone=Tone.SUB, wrap=True
        )
        grid.addWidget(apart, row, 0, 1, 2)
        for below, factor in enumerate(factors, start=row + 1):
            self._add(grid, below, factor)

    def _add(self, grid: QGridLayout, row: int, shown: FactorShown) -> None:
        name = IconLabel(self._theme, shown.icon, f"{shown.name}: {shown.answer}", icon_tone=shown.tone, wrap=True)
        grid.addWidget(name, row, 0, _TOP)
        quiet = Tone.AMBER if shown.tone is Tone.AMBER else Tone.SUB
        words = ", ".join(each for each in (shown.told, shown.on) if each)
        grid.addWidget(Label(self._theme, words, wrap=True, tone=quiet), row, 1, _TOP)
