"""The copies of a signed letter, one below the other: who gets it, what became of it, and the next step as a link."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.screens.letter.shown import CopyShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import link
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import IconLabel, Label


class Copies(QWidget):
    """`act` tells the id of a copy and what is to become of it."""

    act = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[CopyShown, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Size.GRID)

    def show_copies(self, copies: tuple[CopyShown, ...]) -> None:
        """These, anew only where something changed: the keyboard stays where it is."""
        if copies == self._shown:
            return
        self._shown = copies
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for copy in copies:
            self._column.addWidget(self._row(copy))

    def _row(self, copy: CopyShown) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(self._theme, copy.name, weight=Weight.SEMIBOLD, wrap=True))
        icon, tone = ("mail-check", Tone.GREEN) if copy.gone else ("mail", Tone.SUB)
        column.addWidget(IconLabel(self._theme, icon, copy.words, icon_tone=tone, wrap=True))
        links = FlowRow(gap=Size.GRID * 2)
        for act, words in copy.acts:
            made = link(self._theme, words, f"{words}: {copy.name}")
            made.clicked.connect(partial(self.act.emit, copy.id, act))
            links.add(made)
        column.addWidget(links)
        return row
