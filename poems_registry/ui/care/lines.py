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
LINK_TOP = 4  # pixels a link keeps above its words
DAY, NAME, TEXT, STATE, ACT = range(5)
LEAST = {DAY: DAY_WIDTH, NAME: NAME_WIDTH, STATE: STATE_WIDTH, ACT: ACT_WIDTH}
"""Columns of one width in every card; what is left is for what it says."""
_TOP = Qt.AlignmentFlag.AlignTop


class CareLines(QWidget):
    """Groups of lines, each in its card. `acted` tells the line whose button was pressed, `opened` whose record.

    `named` tells the line of which it is to be said whose it is.
    """

    acted = Signal(object)
    opened = Signal(int)
    named = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._groups: tuple[GroupShown, ...] | None = None
        self._narrow = False
        self._cards: list[Card] = []
        self._rows: list[_Rows] = []
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
        self._rows = []
        self._cards = [self._card(group) for group in self._groups or ()]
        _align(self._rows)
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
        named = any(line.name for each in self._groups or () for line in each.lines)
        rows = _Rows(self._theme, group.lines, self._button, self._names, narrow=self._narrow, named=named)
        self._rows.append(rows)
        card.column.addLayout(rows.grid)
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

    def _names(self, line: LineShown) -> tuple[QWidget, ...]:
        if not line.patient_id:
            nobody = Label(self._theme, line.name, weight=Weight.SEMIBOLD, wrap=True)
            if not line.to_name:
                return (nobody,)
            way = link(self._theme, line.to_name, said=f"{line.to_name.rstrip('…')}: {line.title}, {line.day}")
            way.clicked.connect(partial(self._to_name, line))
            return (nobody, way)
        name = link(self._theme, line.name, said=tr("{name}, open record", name=line.name))
        name.clicked.connect(partial(self._open, line.patient_id))
        return (name,)

    def _to_name(self, line: LineShown, *_checked: object) -> None:
        self.named.emit(line)

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
        names: Callable[[LineShown], tuple[QWidget, ...]],
        *,
        narrow: bool,
        named: bool,
    ) -> None:
        self._theme, self._button, self._names, self._narrow = theme, button, names, narrow
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(Size.GRID)
        self._named = named
        self.cells: dict[int, list[QWidget]] = {column: [] for column in LEAST}
        self.columns = tuple(c for c in LEAST if (named or c != NAME) and not (narrow and c == STATE))
        self.grid.setColumnMinimumWidth(TEXT, TEXT_WIDTH)
        self.grid.setColumnStretch(TEXT, 1)
        for place, line in enumerate(lines):
            if place:
                self.grid.addWidget(Rule(theme), 2 * place - 1, 0, 1, 5)
            self._add(2 * place, line)

    def _add(self, row: int, line: LineShown) -> None:
        self._put(row, DAY, Label(self._theme, line.day, weight=Weight.MEDIUM), self._sub(line.ago))
        if self._named:
            self._put(row, NAME, *self._names(line), *(self._sub(words) for words in line.identity))
        tone = Tone.SUB if line.in_error else Tone.TEXT
        title = IconLabel(self._theme, line.icon, line.title, tone=tone, icon_tone=Tone.SUB, wrap=True)
        title.set_weight(Weight.MEDIUM)
        texts = [Label(self._theme, text, tone=tone, wrap=True) for text in line.texts]
        state = IconLabel(self._theme, line.state_icon, line.state, icon_tone=line.tone, wrap=True)
        under = [state] if self._narrow and line.state else []
        self.grid.addLayout(self._stack(title, *texts, *under), row, TEXT, _TOP)
        if not self._narrow:
            self._put(row, STATE, state)
        if line.act:
            self._put(row, ACT, self._button(line))

    def _put(self, row: int, column: int, *parts: QWidget) -> None:
        self.cells[column] += parts
        self.grid.addLayout(self._stack(*parts), row, column, _TOP)

    def _sub(self, words: str) -> Label:
        return Label(self._theme, words, tone=Tone.SUB, wrap=True)

    def _stack(self, *parts: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        if self._named and not isinstance(parts[0], Button):  # the first lines stand on that of the name's link
            column.setContentsMargins(0, LINK_TOP, 0, 0)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return column


def _align(every: Sequence[_Rows]) -> None:
    """One width for each column through all cards, as its widest cell needs at least: texts of it go on in lines."""
    for column, least in LEAST.items():
        cells = [cell for rows in every for cell in rows.cells[column]]
        width = max([least, *(cell.minimumSizeHint().width() for cell in cells)])
        for rows in every:
            rows.grid.setColumnMinimumWidth(column, width if column in rows.columns else 0)
        for cell in cells:
            cell.setMaximumWidth(width)
