"""The part of the live panel that tells the response: a line for each domain, and what an open one needs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.visit.shown import ResponseLines
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.cards import Rule
from poems_registry.ui.widgets.labels import IconLabel, Label


class ResponseBox(QWidget):
    """Its lines are kept and written anew, so that nothing jumps while one types."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._about = Label(theme, tone=Tone.SUB)
        self._rows: list[tuple[Label, IconLabel, Label, Label]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Label(theme, tr("Response"), size=Size.TITLE, weight=Weight.SEMIBOLD))
        head.addStretch(1)
        self._column.addWidget(Rule(theme))
        self._column.addLayout(head)
        self._column.addWidget(self._about)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._column.addLayout(self._grid)

    def show_response(self, shown: ResponseLines | None) -> None:
        """Another answer; None hides it."""
        self.setVisible(shown is not None)
        if shown is None:
            return
        self._about.setText(shown.about[:1].upper() + shown.about[1:])
        while len(self._rows) < len(shown.lines):
            self._rows.append(self._row())
        for (name, words, why, needs), line in zip(self._rows, shown.lines, strict=True):
            name.setText(line.name)
            tone = line.tone if line.tone in (Tone.AMBER, Tone.RED, Tone.SUB) else Tone.TEXT
            words.show_state(line.icon, line.words, tone, line.tone)
            needs.setText(line.needs)
            needs.setVisible(bool(line.needs))
            why.setText(line.why)
            why.setVisible(bool(line.why))
            for part in (name, words, why, needs):
                part.setToolTip(line.everything)
            said = (f"{line.name}: {line.words}", line.why, line.needs)
            words.setAccessibleName(". ".join(each for each in said if each))

    def _row(self) -> tuple[Label, IconLabel, Label, Label]:
        name, words = Label(self._theme), IconLabel(self._theme, "equal", "", wrap=True)
        needs = Label(self._theme, tone=Tone.AMBER, wrap=True)
        needs.setContentsMargins(0, 0, 0, 4)
        why = Label(self._theme, tone=Tone.SUB, wrap=True)
        row = 3 * len(self._rows)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, row, 1)
        self._grid.addWidget(why, row + 1, 0, 1, 2)
        self._grid.addWidget(needs, row + 2, 0, 1, 2)
        return name, words, why, needs
