"""Two records side by side: each field as both say it and as it will be, what hangs on each, and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.joining.shown import After, FieldLine, LineGroup, PairShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.fields import TextArea
from poems_registry.ui.widgets.labels import IconLabel, Label, labelled
from poems_registry.ui.widgets.message import NoteBox

_TOP = Qt.AlignmentFlag.AlignTop
_LABELS = 150
_MARKS = {
    After.TAKEN: ("arrow-left", "taken over", Tone.BLUE),
    After.TOGETHER: ("plus", "put together", Tone.BLUE),
    After.NOT_TAKEN: ("triangle-alert", "not taken over", Tone.AMBER),
}


class PairPage(QWidget):
    """The upper part scrolls; `reason` is why somebody knows that they are one person."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.reason = TextArea(theme)
        self.reason.setFixedHeight(64)
        self.reason.setTabChangesFocus(True)
        words = tr("How you know that they are one person")
        self.reason.setAccessibleName(words)
        self._label = labelled(theme, words, self.reason, weight=Weight.MEDIUM)
        self._problem = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self._problem.hide()
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(Size.PAGE, 0, Size.PAGE, Size.GAP)
        self._column.setSpacing(Size.GAP)
        self._why = Card(theme)
        self._second = IconLabel(theme, "users", "", icon_tone=Tone.SUB, wrap=True)
        for part in (self._label, self.reason, self._problem, self._second):
            self._why.column.addWidget(part)
        self._made: list[QWidget] = []
        self._column.addWidget(self._why)
        self._column.addStretch(1)
        self.scrolled = ScrollColumn(self._content)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.scrolled)
        self.setFocusProxy(self.reason)

    def show_pair(self, pair: PairShown) -> None:
        """These two; what stood there before goes, but for the reason."""
        for old in self._made:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = [*self._notes(pair), *self._proposed(pair), self._steps(pair), self._side_by_side(pair)]
        self._second.setText(pair.second)
        for place, part in enumerate(self._made):
            self._column.insertWidget(place, part)
        self._column.removeWidget(self._why)
        self._column.insertWidget(len(self._made) - 1, self._why)
        self._why.setVisible(not pair.blocked and pair.proposed is None)
        self.scrolled.verticalScrollBar().setValue(0)

    def focus(self) -> None:
        """To the reason, which has to be given; the words above it are read first."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.scrolled.verticalScrollBar().setValue(0)

    def mark_reason(self, words: str) -> None:
        """What is wrong with it."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        if words:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scrolled.ensureWidgetVisible(self.reason, 0, 48)

    def _notes(self, pair: PairShown) -> list[QWidget]:
        notes: list[QWidget] = []
        if pair.blocked:
            box = NoteBox(self._theme, "octagon-x", Tone.RED)
            box.say(tr("Two people."), pair.blocked)
            notes.append(box)
        if pair.warnings:
            box = NoteBox(self._theme, "triangle-alert", Tone.AMBER)
            box.say(tr("Look twice."), " ".join(pair.warnings))
            notes.append(box)
        return notes

    def _proposed(self, pair: PairShown) -> list[QWidget]:
        """Who proposed it and why, and what that asks of whoever reads it."""
        said = pair.proposed
        if said is None:
            return []
        card = Card(self._theme, tr("The proposal"))
        card.column.addWidget(Label(self._theme, said.title, weight=Weight.MEDIUM, wrap=True))
        card.column.addWidget(Label(self._theme, tr("Because: {why}", why=said.reason), wrap=True))
        changed, others = ("triangle-alert", said.changed, Tone.AMBER), ("users", said.words, Tone.SUB)
        for icon, words, tone in (changed, others, ("info", said.ended, Tone.BLUE)):
            if words:
                card.column.addWidget(IconLabel(self._theme, icon, words, icon_tone=tone, wrap=True))
        return [card]

    def _steps(self, pair: PairShown) -> Card:
        ended = pair.proposed is not None and bool(pair.proposed.ended)
        card = Card(self._theme, tr("What would have happened") if ended else tr("What will happen"))
        for step in pair.steps:
            card.column.addWidget(IconLabel(self._theme, "arrow-right", step, icon_tone=Tone.SUB, wrap=True))
        return card

    def _side_by_side(self, pair: PairShown) -> Card:
        card = Card(self._theme, tr("Side by side"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, _LABELS)
        for column in (1, 2, 3):
            grid.setColumnStretch(column, 1)
        heads = (tr("Stays"), pair.staying), (tr("Goes into it"), pair.other), (tr("Afterwards"), "")
        for column, (word, who) in enumerate(heads, start=1):
            grid.addWidget(Label(self._theme, word, weight=Weight.SEMIBOLD, tone=Tone.SUB), 0, column, _TOP)
            grid.addWidget(Label(self._theme, who, weight=Weight.SEMIBOLD, wrap=True), 1, column, _TOP)
        row = self._hangs(grid, pair, 2)
        for group in pair.groups:
            row = self._group(grid, group, row)
        card.column.addLayout(grid)
        return card

    def _hangs(self, grid: QGridLayout, pair: PairShown, row: int) -> int:
        if pair.hangs:
            grid.addWidget(self._heading(tr("What hangs on each")), row, 0, 1, -1)
            row += 1
        for words, mine, theirs in pair.hangs:
            total = int(mine.replace(",", "")) + int(theirs.replace(",", ""))
            for column, text in enumerate((mine, theirs, f"{total:,}"), start=1):
                grid.addWidget(Label(self._theme, text), row, column, _TOP)
            grid.addWidget(Label(self._theme, words, tone=Tone.SUB, wrap=True), row, 0, _TOP)
            row += 1
        return row

    def _heading(self, words: str) -> Label:
        heading = Label(self._theme, words, weight=Weight.SEMIBOLD)
        heading.setContentsMargins(0, 8, 0, 0)
        return heading

    def _group(self, grid: QGridLayout, group: LineGroup, row: int) -> int:
        grid.addWidget(self._heading(group.title), row, 0, 1, -1)
        for line in group.lines:
            row += 1
            self._line(grid, line, row)
        return row + 1

    def _line(self, grid: QGridLayout, line: FieldLine, row: int) -> None:
        grid.addWidget(Label(self._theme, line.label, tone=Tone.SUB, wrap=True), row, 0, _TOP)
        same = line.fate is After.SAME
        grid.addWidget(Label(self._theme, line.staying, wrap=True), row, 1, _TOP)
        grid.addWidget(Label(self._theme, line.other, tone=Tone.SUB if same else Tone.TEXT, wrap=True), row, 2, _TOP)
        mark = _MARKS.get(line.fate)
        if mark is None:
            grid.addWidget(Label(self._theme, line.after, wrap=True), row, 3, _TOP)
            return
        icon, words, tone = mark
        text = f"{line.after}\n({tr(words)})"
        grid.addWidget(IconLabel(self._theme, icon, text, icon_tone=tone, wrap=True), row, 3, _TOP)
