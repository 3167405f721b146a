"""The question where two people changed the same fields: as it was, yours, theirs; nothing is chosen for anybody."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.domain.merging import Side
from poems_registry.ui.conflict.answer import Answer
from poems_registry.ui.conflict.shown import ClashShown, ConflictShown
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, primary, secondary
from poems_registry.ui.widgets.cards import Rule
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.labels import IconLabel, Label

_LABEL, _BEFORE, _SIDE = 160, 190, 224


class ConflictDialog(Dialog):
    """`chosen` gives a dictionary: each field's key to its `Side`. Going back chooses nothing and loses nothing."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, conflict: ConflictShown) -> None:
        super().__init__(
            theme,
            conflict.title,
            who=conflict.who,
            icon="git-merge",
            icon_tone=Tone.AMBER,
            explanation=tr("Nothing is lost and nothing was overwritten. Choose a value for each field."),
            width=Size.DIALOG_WIDTH,
        )
        self._lines = conflict.lines
        self._chosen: dict[str, Side] = {}
        self._answers: dict[tuple[str, Side], Answer] = {}
        self._groups: list[QButtonGroup] = []
        self.body.addLayout(self._grid(conflict))
        for words in conflict.taken:
            self.body.addWidget(IconLabel(theme, "check", words, icon_tone=Tone.GREEN, tone=Tone.SUB, wrap=True))
        self.body.addStretch(1)
        self._left = IconLabel(theme, "circle-alert", "", tone=Tone.RED, wrap=True)
        self.save = primary(theme, conflict.button, "check")
        self._add_left_over(self._left)
        self._buttons(theme)
        self._tell()

    def choose(self, side: Side) -> None:
        """All fields alike; each can still be changed."""
        for line in self._lines:
            self._answers[line.key, side].setChecked(True)

    def _grid(self, conflict: ConflictShown) -> QGridLayout:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(Size.GAP)
        grid.setVerticalSpacing(Size.GRID)
        count = tr_count("{count} differs", "{count} differ", len(conflict.lines))
        heads = (
            (tr("Field"), count),
            (tr("Before"), conflict.before_when),
            (tr("Yours"), conflict.mine_when),
            (tr("Theirs"), conflict.theirs_by),
        )
        for place, (head, below) in enumerate(heads):
            grid.addWidget(_heading(theme, head, below), 0, place, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Rule(theme), 1, 0, 1, 4)
        for number, line in enumerate(conflict.lines, 2):
            self._add_line(grid, number, line)
        grid.setColumnStretch(4, 1)
        return grid

    def _add_line(self, grid: QGridLayout, row: int, line: ClashShown) -> None:
        label = Label(self._theme, line.label, weight=Weight.MEDIUM, wrap=True)
        before = Label(self._theme, line.before, tone=Tone.SUB, wrap=True)
        label.setFixedWidth(_LABEL)
        before.setFixedWidth(_BEFORE)
        grid.addWidget(label, row, 0)
        grid.addWidget(before, row, 1)
        group = QButtonGroup(self)
        for place, side, words in ((2, Side.MINE, line.mine), (3, Side.THEIRS, line.theirs)):
            whose = tr("yours") if side is Side.MINE else tr("theirs")
            said = tr("{field}, {whose}: {value}", field=line.label, whose=whose, value=words)
            answer = Answer(self._theme, words, said, _SIDE)
            answer.toggled.connect(lambda on, key=line.key, side=side: self._choose(key, side) if on else None)
            group.addButton(answer)
            self._answers[line.key, side] = answer
            grid.addWidget(answer, row, place, Qt.AlignmentFlag.AlignTop)
        self._groups.append(group)

    def _add_left_over(self, words: IconLabel) -> None:
        """Above the buttons and outside the scrolled part: what is still open is always in view."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(24, 4, 24, 0)
        line.addWidget(words)
        self._column.insertWidget(self._column.count() - 1, holder)

    def _buttons(self, theme: Theme) -> None:
        back = secondary(theme, tr("Go back"))
        mine, theirs = Button(theme, tr("Keep all mine"), Kind.QUIET), Button(theme, tr("Take all theirs"), Kind.QUIET)
        self.set_actions(self.save, (back,), (mine, theirs))
        back.clicked.connect(self.reject)
        mine.clicked.connect(lambda: self.choose(Side.MINE))
        theirs.clicked.connect(lambda: self.choose(Side.THEIRS))
        self.save.clicked.connect(self._go)

    def _choose(self, key: str, side: Side) -> None:
        self._chosen[key] = side
        self._tell()

    def _tell(self) -> None:
        open_ones = [line.label for line in self._lines if line.key not in self._chosen]
        if open_ones:
            count = tr_count("{count} field still to choose", "{count} fields still to choose", len(open_ones))
            self._left.show_state("circle-alert", f"{count}: {', '.join(open_ones)}", Tone.RED, Tone.RED)
        else:
            self._left.show_state("circle-check", tr("Every field is chosen."), Tone.SUB, Tone.GREEN)
        self.save.setEnabled(not open_ones)

    def _go(self) -> None:
        self.accept()
        self.chosen.emit(dict(self._chosen))


def _heading(theme: Theme, words: str, below: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(Label(theme, words, weight=Weight.SEMIBOLD))
    column.addWidget(Label(theme, below or " ", tone=Tone.SUB, wrap=True))
    return holder
