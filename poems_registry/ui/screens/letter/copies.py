"""The copies of a signed letter, one below the other: who gets it, what became of it, and the next step as a link."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.ui.screens.letter.shown import CopyShown
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, link
from poems_registry.ui.widgets.flow import FlowRow
from poems_registry.ui.widgets.labels import IconLabel, Label


class Copies(QWidget):
    """`act` tells the id of a copy and what is to become of it."""

    act = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[CopyShown, ...] = ()
        self._links: dict[tuple[int, str], Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Size.GRID)

    def show_copies(self, copies: tuple[CopyShown, ...]) -> None:
        """These, anew only where something changed: the keyboard stays where it is."""
        if copies == self._shown:
            return
        self._shown = copies
        place = next((place for place, made in self._links.items() if made.hasFocus()), None)
        self._links = {}
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for copy in copies:
            self._column.addWidget(self._row(copy))
        if place is not None:
            self._give_keyboard(place)

    def _give_keyboard(self, was: tuple[int, str]) -> None:
        """To the same step of the same copy, else to what follows of it, else to the copy after it."""
        order = [copy.id for copy in self._shown]
        after = order[order.index(was[0]) :] if was[0] in order else order
        wanted = [was, *(each for copy_id in after for each in self._links if each[0] == copy_id)]
        link_there = next((self._links[each] for each in wanted if each in self._links), None)
        if link_there is not None:
            link_there.setFocus(Qt.FocusReason.OtherFocusReason)

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
            self._links[(copy.id, act)] = made
            links.add(made)
        column.addWidget(links)
        return row
