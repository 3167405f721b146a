"""Entries of care as lines in cards: the day, whose it is, what it says, how far it is, and one button."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.care.shown import GroupShown, LineShown
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, link
from poems_registry.ui.widgets.cards import Card, Rule
from poems_registry.ui.widgets.labels import IconLabel, Label

ACT_WIDTH, DAY_WIDTH, STATE_WIDTH, NAME_WIDTH, TEXT_WIDTH = 148, 104, 150, 180, 220
_TOP = Qt.AlignmentFlag.AlignTop


class CareLines(QWidget):
    """Groups of lines, each in its card. `acted` tells the line whose button was pressed, `opened` whose record."""

    acted = Signal(object)
    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._groups: tuple[GroupShown, ...] | None = None
        self._narrow = False
        self._cards: list[Card] = []
        self.buttons: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Size.GAP)

    def show_groups(self, groups: Sequence[GroupShown]) -> None:
        """These; nothing is made anew if they are those that are shown. The button in focus keeps the focus."""
        if tuple(groups) != self._groups:
            self._groups = tuple(groups)
            self._fill()

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 pixels how far it is stands under what it is."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fill()

    def focus_first(self) -> bool:
        """The keyboard goes to the first act; False if there is none."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(self.buttons)

    def _fill(self) -> None:
        """The cards anew. Where the button in focus is gone, as its line was settled, the first one gets the focus."""
        focus = next((button.accessibleName() for button in self.buttons if button.hasFocus()), "")
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.buttons = []
        self._cards = [self._card(group) for group in self._groups or ()]
        for card in self._cards:
            self._column.addWidget(card)
        same = [button for button in self.buttons if button.accessibleName() == focus]
        if focus and (same or self.buttons):
            (same or self.buttons)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, group: GroupShown) -> Card:
        card = Card(self._theme, padding=12)
        if group.title:
            head = QHBoxLayout()
            head.setSpacing(Size.GRID)
            title = IconLabel(self._theme, group.icon, group.title, icon_tone=group.tone)
            title.set_weight(Weight.SEMIBOLD)
            head.addWidget(title)
            head.addWidget(Label(self._theme, f"{len(group.lines) + group.more:,}", tone=Tone.SUB))
            head.addStretch(1)
            card.column.addLayout(head)
        if not group.lines:
            card.column.addWidget(Label(self._theme, group.empty, tone=Tone.SUB, wrap=True))
            return card
        card.column.addLayout(_Rows(self._theme, group.lines, self._button, self._name, narrow=self._narrow).grid)
        if group.more:
            more = tr("{count} more: they stand in the records.", count=group.more)
            card.column.addWidget(Label(self._theme, more, tone=Tone.SUB, wrap=True))
        return card

    def _button(self, line: LineShown) -> Button:
        button = Button(self._theme, line.act, Kind.SECONDARY, small=True, said=line.said)
        button.setMinimumWidth(ACT_WIDTH)
        button.clicked.connect(partial(self._act, line))
        self.buttons.append(button)
        return button

    def _name(self, line: LineShown) -> QWidget:
        if not line.patient_id:
            return Label(self._theme, line.name, weight=Weight.SEMIBOLD, wrap=True)
        name = link(self._theme, line.name, said=tr("{name}, open record", name=line.name))
        name.clicked.connect(partial(self._open, line.patient_id))
        return name

    def _act(self, line: LineShown, *_checked: object) -> None:
        self.acted.emit(line)

    def _open(self, patient_id: int, *_checked: object) -> None:
        self.opened.emit(patient_id)


class _Rows:
    """One grid for the lines of a card, so that their columns stand under each other."""

    def __init__(
        self,
        theme: Theme,
        lines: Sequence[LineShown],
        button: Callable[[LineShown], Button],
        name: Callable[[LineShown], QWidget],
        *,
        narrow: bool,
    ) -> None:
        self._theme, self._button, self._name, self._narrow = theme, button, name, narrow
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(Size.GRID)
        self.grid.setColumnMinimumWidth(0, DAY_WIDTH)
        self._named = any(line.name for line in lines)
        self.grid.setColumnMinimumWidth(1, NAME_WIDTH if self._named else 0)
        self.grid.setColumnMinimumWidth(2, TEXT_WIDTH)
        self.grid.setColumnStretch(2, 1)
        self.grid.setColumnMinimumWidth(3, 0 if narrow else STATE_WIDTH)
        self.grid.setColumnMinimumWidth(4, ACT_WIDTH)
        for place, line in enumerate(lines):
            if place:
                self.grid.addWidget(Rule(theme), 2 * place - 1, 0, 1, 5)
            self._add(2 * place, line)

    def _add(self, row: int, line: LineShown) -> None:
        day = self._stack(Label(self._theme, line.day, weight=Weight.MEDIUM), self._sub(line.ago))
        self.grid.addLayout(day, row, 0, _TOP)
        if self._named:
            whose = self._stack(self._name(line), *(self._sub(words) for words in line.identity))
            self.grid.addLayout(whose, row, 1, _TOP)
        tone = Tone.SUB if line.in_error else Tone.TEXT
        title = IconLabel(self._theme, line.icon, line.title, tone=tone, icon_tone=Tone.SUB, wrap=True)
        title.set_weight(Weight.MEDIUM)
        texts = [Label(self._theme, text, tone=tone, wrap=True) for text in line.texts]
        state = IconLabel(self._theme, line.state_icon, line.state, icon_tone=line.tone, wrap=True)
        under = [state] if self._narrow and line.state else []
        self.grid.addLayout(self._stack(title, *texts, *under), row, 2, _TOP)
        if not self._narrow:
            self.grid.addWidget(state, row, 3, _TOP)
        if line.act:
            self.grid.addWidget(self._button(line), row, 4, _TOP)

    def _sub(self, words: str) -> Label:
        return Label(self._theme, words, tone=Tone.SUB, wrap=True)

    def _stack(self, *parts: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return column
