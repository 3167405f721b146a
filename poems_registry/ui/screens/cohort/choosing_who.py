"""Asked on the cohort screen: by which rules, diagnosed when, treated how, and up to which day."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.field_mark import Mark
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.shown import Who
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import primary, secondary
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled

RULES = (
    ("A", "A: Dispenzieri and IMWG (the registry's verdict)"),
    ("B", "B: Suichi and Kuwabara 2019"),
)
TREATMENTS = (("", "Any"), ("transplant", "Transplant"), ("other", "Another treatment"), ("none", "None recorded"))
EVERYBODY = Who("A", "", "", "", "")
DAY = 148


class WhoDialog(Dialog):
    """`answered` tells the fields as they stand; it stays open until it is accepted."""

    answered = Signal(object)

    def __init__(self, theme: Theme, who: Who) -> None:
        words = tr("Figures, files and their manifest say these conditions. Every count is made anew.")
        super().__init__(theme, tr("Who is in the cohort"), icon="users", explanation=words, width=640)
        self.rule = ComboBox(theme, [(code, tr(name)) for code, name in RULES])
        self.first_treatment = ComboBox(theme, [(code, tr(name)) for code, name in TREATMENTS])
        self.days = {code: LineEdit(theme, width=DAY) for code in ("diagnosed_from", "diagnosed_to", "data_date")}
        self._wrong = {code: IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True) for code in self.days}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(Size.GRID)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        self._add(tr("Criteria"), self.rule, self.rule)
        self._add_day("diagnosed_from", tr("Diagnosed from"), tr("A year or a month is enough. Blank: any date."))
        self._add_day("diagnosed_to", tr("Diagnosed up to"), tr("A year means to its last day."))
        self._add(tr("First treatment"), self.first_treatment, self.first_treatment)
        self._add_day("data_date", tr("Data up to"), tr("Blank: today. What came later is not counted."))
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.body.addSpacing(28)  # room for what is wrong with a date
        self.main = primary(theme, tr("Count these"), "check")
        back = secondary(theme, tr("Go back"))
        self.everybody = secondary(theme, tr("Clear conditions"))
        self.set_actions(self.main, (back,), (self.everybody,))
        back.clicked.connect(self.reject)
        self.everybody.clicked.connect(lambda: self.show_who(EVERYBODY))
        self.main.clicked.connect(lambda: self.answered.emit(self.answer()))
        self.show_who(who)

    def show_who(self, who: Who) -> None:
        """Put these into the fields."""
        self.rule.choose(who.rule)
        self.first_treatment.choose(who.first_treatment)
        for code, text in (
            ("diagnosed_from", who.diagnosed_from),
            ("diagnosed_to", who.diagnosed_to),
            ("data_date", who.data_date),
        ):
            self.days[code].show_text(text)
        self.show_wrong({})

    def answer(self) -> Who:
        """The fields as they stand."""
        start, end, until = (self.days[code].text() for code in ("diagnosed_from", "diagnosed_to", "data_date"))
        return Who(self.rule.code(), start, end, self.first_treatment.code(), until)

    def show_wrong(self, problems: Mapping[str, str]) -> None:
        """What is wrong under each field; the first such field gets the focus."""
        for code, words in self._wrong.items():
            words.setText(problems.get(code, ""))
            words.setVisible(code in problems)
            self.days[code].set_mark(Mark.ERROR if code in problems else Mark.NONE)
        first = next((code for code in self.days if code in problems), "")
        if first:
            self.days[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_day(self, code: str, name: str, hint: str) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(Size.GRID)
        row.addWidget(self.days[code])
        row.addWidget(Label(self._theme, hint, tone=Tone.SUB, wrap=True), 1)
        column.addLayout(row)
        column.addWidget(self._wrong[code])
        self.days[code].setAccessibleDescription(hint)
        self._add(name, holder, self.days[code])

    def _add(self, name: str, holder: QWidget, control: QWidget) -> None:
        row = self._grid.rowCount()
        label = labelled(self._theme, name, control)
        label.setMinimumHeight(Size.CONTROL)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(holder, row, 1, Qt.AlignmentFlag.AlignTop)
