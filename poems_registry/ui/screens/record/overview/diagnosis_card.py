"""The diagnosis panel: verdict, each criterion with its finding, the frozen verdict, cautions, the clinician's own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.overview.shown import CriterionShown, DiagnosisShown, GroupShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.cards import Card, Rule
from poems_registry.ui.widgets.chips import StatusPill
from poems_registry.ui.widgets.labels import IconLabel, Label

_MARKS = {
    "met": ("circle-check", Tone.GREEN, Tone.GREEN),
    "not_met": ("circle-minus", Tone.TEXT, Tone.SUB),
    "cannot_tell": ("circle-question-mark", Tone.AMBER, Tone.AMBER),
}
_PILLS = {
    "met": ("circle-check", "Criteria met", Tone.GREEN),
    "not_met": ("circle-minus", "Not met so far", Tone.TEXT),
    "cannot_tell": ("circle-question-mark", "Cannot tell yet", Tone.AMBER),
}
DAY, FINDING = 3, 4
"""Columns: a finding stands beside its day, however wide the window is."""

_TOP = Qt.AlignmentFlag.AlignTop


class CriteriaGrid(QWidget):
    """Sign, name, answer, and the finding behind it or what would decide it, in columns through all groups."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(FINDING, 1)

    def show_groups(self, groups: tuple[GroupShown, ...]) -> None:
        """All rows anew."""
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        row = 0
        for group in groups:
            title = Label(self._theme, group.title, weight=Weight.SEMIBOLD, tone=Tone.SUB)
            self._grid.addWidget(title, row, 0, 1, 2)
            self._grid.addWidget(Label(self._theme, group.count, tone=Tone.SUB), row, 2, 1, 3)
            row += 1
            for criterion in group.rows:
                self._add(row, criterion)
                row += 1

    def _add(self, row: int, shown: CriterionShown) -> None:
        icon, tone, icon_tone = _MARKS[shown.verdict]
        sign = IconLabel(self._theme, icon, shown.sign, icon_tone=icon_tone)
        sign.set_weight(Weight.SEMIBOLD)
        sign.setMinimumHeight(sign.minimumSizeHint().height())
        name = Label(self._theme, shown.name)
        answer = Label(self._theme, shown.verdict_words, weight=Weight.SEMIBOLD, tone=tone)
        quiet = Tone.AMBER if shown.verdict == "cannot_tell" else Tone.TEXT
        finding = Label(self._theme, shown.finding, wrap=True, tone=quiet)
        parts: list[tuple[Label, int, int]] = [(sign, 0, 1), (name, 1, 1), (answer, 2, 1)]
        if shown.on:
            parts += [(Label(self._theme, shown.on, tone=Tone.SUB), DAY, 1), (finding, FINDING, 1)]
        else:
            parts.append((finding, DAY, 2))
        for part, column, span in parts:
            part.setToolTip(shown.everything)
            self._grid.addWidget(part, row, column, 1, span, _TOP)


class DiagnosisCard(Card):
    """The computed verdict and all that a clinician needs to agree with it or not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, padding=14)
        self._pill = StatusPill(theme, "circle-question-mark", "", Tone.AMBER)
        self._rules = Label(theme, tone=Tone.SUB)
        self.head.addWidget(Label(theme, tr("Diagnosis"), size=15, weight=Weight.SEMIBOLD))
        self.head.addWidget(self._pill)
        self.head.addStretch(1)
        self.head.addWidget(self._rules)
        self.column.insertLayout(0, self.head)
        self._differs = IconLabel(theme, "history", "", icon_tone=Tone.AMBER, wrap=True)
        self._grid = CriteriaGrid(theme)
        self._caution_lines: list[IconLabel] = []
        self._clinician = IconLabel(theme, "stethoscope", "", icon_tone=Tone.SUB, wrap=True)
        self._second = Label(theme, tone=Tone.SUB, wrap=True)
        self.column.setSpacing(6)
        for part in (self._differs, self._grid, Rule(theme)):
            self.column.addWidget(part)
        self.column.addWidget(self._clinician)
        self.column.addWidget(self._second)
        self.column.addStretch(1)

    def show_diagnosis(self, shown: DiagnosisShown) -> None:
        """Another verdict."""
        icon, words, tone = _PILLS[shown.verdict]
        self._pill.show_state(icon, tr(words), tone)
        self._pill.setToolTip(shown.dated)
        self._rules.setText(shown.rule_set)
        self._rules.setToolTip(shown.dated)
        self._differs.setText(shown.differs)
        self._differs.setVisible(bool(shown.differs))
        self._grid.show_groups(shown.groups)
        self._show_cautions(shown.cautions)
        self._clinician.setText(shown.clinician)
        self._second.setText(shown.second)

    def _show_cautions(self, words: tuple[str, ...]) -> None:
        for old in self._caution_lines:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._caution_lines = []
        place = self.column.indexOf(self._clinician)
        for each in words:
            line = IconLabel(
                self._theme, "triangle-alert", tr("Caution: {words}", words=each), icon_tone=Tone.AMBER, wrap=True
            )
            self._caution_lines.append(line)
            self.column.insertWidget(place, line)
            place += 1
