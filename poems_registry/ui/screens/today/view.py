"""The list of the day on the screen: groups in one card, a line for each thing, a button for its act."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.today.shown import GroupShown, Line
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button, Kind, link
from poems_registry.ui.widgets.cards import Card, EmptyState, Rule, ScrollColumn
from poems_registry.ui.widgets.choice import Option, SegmentedChoice
from poems_registry.ui.widgets.labels import IconLabel, Label
from poems_registry.ui.widgets.message import MessageBar

ACT_WIDTH, NAME_WIDTH = 124, 196
MINE, EVERYONE = "mine", "everyone"
_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class TodayActions(Protocol):
    """What a person can do here."""

    def act(self, line: Line) -> None: ...
    def everything(self) -> None: ...
    def choose(self, *, mine: bool) -> None: ...
    def print_list(self) -> None: ...
    def patients(self) -> None: ...


class TodayScreen(QWidget):
    """Title and day above, then one card with all groups; below 1200 pixels a line takes two rows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: TodayActions | None = None
        self._groups: tuple[GroupShown, ...] = ()
        self._narrow = False
        self.buttons: list[Button] = []
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar = MessageBar(theme)
        self.choice = SegmentedChoice(
            theme, tr("Whose work"), (Option(MINE, tr("Mine")), Option(EVERYONE, tr("Everyone")))
        )
        self.choice.choose(EVERYONE)
        self.choice.chosen.connect(self._choose)
        self.print_list = Button(theme, tr("Print list…"), Kind.SECONDARY, icon="printer", small=True)
        self.print_list.setToolTip(tr("A PDF of this list, to print; the names stand on the paper alone"))
        self.print_list.clicked.connect(self._print)
        self._day = Label(theme, tone=Tone.SUB)
        self._words = Label(theme, tone=Tone.SUB)
        self._explanation = Label(theme, tone=Tone.SUB, wrap=True)
        self._to_patients = Button(theme, tr("Go to patients"), Kind.SECONDARY, icon="users")
        self._to_patients.clicked.connect(self._go_to_patients)
        self._empty = EmptyState(theme, "circle-check", "", "", self._to_patients)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(4, 4, 8, 4)
        self._scroll = ScrollColumn(self._content)
        self._card: Card | None = None
        self._lay_out()
        self._empty.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def attend(self, actions: TodayActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def show_head(self, day: str, words: str, explanation: str) -> None:
        """Which day it is, how much waits, and why a role sees less."""
        self._day.setText(day)
        self._words.setText(words)
        self._explanation.setText(explanation)
        self._explanation.setVisible(bool(explanation))

    def show_choice(self, *, mine: bool, may_print: bool) -> None:
        """Whose work is shown, and whether it can be printed."""
        self.choice.choose(MINE if mine else EVERYONE)
        self.print_list.setVisible(may_print)

    def ask_file(self, name: str) -> Path | None:
        """Where the list goes; None when it is not wanted."""
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the list to print"), name, "PDF (*.pdf)")
        return Path(chosen) if chosen else None

    def tell(self, message: Message) -> None:
        """What was done."""
        self._bar.say(message.cause, message.rest, (), Tone.GREEN)

    def show_groups(self, groups: Sequence[GroupShown]) -> None:
        """These groups; nothing is made anew if they are those that are shown."""
        self._empty.hide()
        self._scroll.show()
        if tuple(groups) != self._groups or self._card is None:
            self._groups = tuple(groups)
            self._fill()

    def show_nothing(self, title: str, words: str) -> None:
        """The list is empty."""
        self._groups = ()
        self._fill()
        self._scroll.hide()
        self._empty.show_words(title, words)
        self._empty.show()

    def focus_first(self) -> None:
        """The keyboard goes to the first act, or to the way on where nothing waits."""
        first = self.buttons[0] if self.buttons else self._to_patients
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, message: Message | None) -> None:
        """Why something cannot be shown or done."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def set_narrow(self, narrow: bool) -> None:
        """Two rows a line below 1200 pixels of window."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fill()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Size.GAP)
        head.addWidget(Label(self._theme, tr("Today"), size=Size.BIG, weight=Weight.SEMIBOLD))
        self._day.setContentsMargins(0, 5, 0, 0)  # on the line of the large word beside it
        head.addWidget(self._day, 0, _MIDDLE)
        head.addStretch(1)
        head.addWidget(self._words, 0, _MIDDLE)
        head.addWidget(self.choice, 0, _MIDDLE)
        head.addWidget(self.print_list, 0, _MIDDLE)
        page = QVBoxLayout()
        page.setContentsMargins(Size.PAGE - 4, Size.PAGE, Size.PAGE - 8, Size.GRID)
        page.setSpacing(Size.GRID)
        inset = QVBoxLayout()
        inset.setContentsMargins(4, 0, 8, 0)
        inset.setSpacing(Size.GRID)
        inset.addLayout(head)
        inset.addWidget(self._explanation)
        page.addLayout(inset)
        page.addWidget(self._scroll, 1)
        page.addWidget(self._empty)
        page.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addLayout(page, 1)

    def _fill(self) -> None:
        """The card anew. The button that had the focus keeps it, if its line is still there."""
        focus = next((button.accessibleName() for button in self.buttons if button.hasFocus()), "")
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
        while self._column.count():
            self._column.takeAt(0)
        self.buttons = []
        self._card = Card(self._theme, padding=12)
        self._card.column.addLayout(_Rows(self._theme, self._narrow, self._groups, self._add_button, self._more).grid)
        self._column.addWidget(self._card)
        self._column.addStretch(1)
        for button in self.buttons:
            if focus and button.accessibleName() == focus:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_button(self, line: Line) -> Button:
        """The first act of the list is its main one."""
        kind = Kind.SECONDARY if self.buttons else Kind.PRIMARY
        button = Button(self._theme, line.act_words, kind, small=True, said=line.said)
        button.setMinimumWidth(ACT_WIDTH)
        button.clicked.connect(partial(self._act, line))
        self.buttons.append(button)
        return button

    def _act(self, line: Line) -> None:
        if self._actions is not None:
            self._actions.act(line)

    def _choose(self, code: str) -> None:
        """One of the two always stands: to take the answer back means everyone."""
        if not code:
            self.choice.choose(EVERYONE)
        if self._actions is not None:
            self._actions.choose(mine=code == MINE)

    def _print(self) -> None:
        if self._actions is not None:
            self._actions.print_list()

    def _more(self) -> None:
        if self._actions is not None:
            self._actions.everything()

    def _go_to_patients(self) -> None:
        if self._actions is not None:
            self._actions.patients()


class _Rows:
    """One grid for all groups, so that their columns stand under each other."""

    def __init__(
        self,
        theme: Theme,
        narrow: bool,
        groups: Sequence[GroupShown],
        button: Callable[[Line], Button],
        more: Callable[[], None],
    ) -> None:
        self._theme, self._narrow, self._button, self._more = theme, narrow, button, more
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(Size.PAGE)
        self.grid.setVerticalSpacing(3 if narrow else 6)
        self._columns = 4 if narrow else 7
        self.grid.setColumnMinimumWidth(0, 8)
        self.grid.setColumnStretch(2 if narrow else 5, 1)
        self.grid.setColumnMinimumWidth(1, 0 if narrow else NAME_WIDTH)  # most names in one line
        self._row = 0
        for place, group in enumerate(groups):
            if place:
                self.grid.addWidget(Rule(theme), self._next(), 0, 1, self._columns)
            self._add_group(group)

    def _next(self) -> int:
        self._row += 1
        return self._row - 1

    def _add_group(self, group: GroupShown) -> None:
        head = QHBoxLayout()
        head.setSpacing(Size.GRID)
        title = IconLabel(self._theme, group.icon, group.title, icon_tone=group.tone)
        title.set_weight(Weight.SEMIBOLD)
        head.addWidget(title)
        head.addWidget(Label(self._theme, f"{group.total:,}", tone=Tone.SUB))
        head.addStretch(1)
        if group.more > 0:
            every = link(
                self._theme,
                tr("Show all {count}", count=f"{group.total:,}"),
                said=tr("Show all {count}, {group}", count=f"{group.total:,}", group=group.title),
            )
            every.clicked.connect(self._more)
            head.addWidget(every)
        self.grid.addLayout(head, self._next(), 0, 1, self._columns)
        for line in group.lines:
            if self._narrow:
                self._add_narrow(line)
            else:
                self._add_wide(line)

    def _add_wide(self, line: Line) -> None:
        row = self._next()
        for column, label in enumerate((self._name(line), self._sub(line.born), self._sub(line.number)), start=1):
            self.grid.addWidget(label, row, column, _MIDDLE)
        self.grid.addWidget(Label(self._theme, line.what, wrap=True), row, 4, _MIDDLE)
        self.grid.addWidget(self._since(line), row, 5, _MIDDLE)
        self.grid.addWidget(self._button(line), row, 6, _MIDDLE)

    def _add_narrow(self, line: Line) -> None:
        first, second = self._next(), self._next()
        self.grid.addWidget(self._name(line), first, 1)
        self.grid.addWidget(self._sub(f"{line.born}   {line.number}".strip()), second, 1, _TOP)
        self.grid.addWidget(Label(self._theme, line.what, wrap=True), first, 2)
        self.grid.addWidget(self._since(line), second, 2, _TOP)
        self.grid.addWidget(self._button(line), first, 3, 2, 1, _MIDDLE)
        self.grid.setRowMinimumHeight(self._next(), 2)

    def _name(self, line: Line) -> Label:
        return Label(self._theme, line.name, weight=Weight.SEMIBOLD, wrap=True)

    def _sub(self, words: str) -> Label:
        return Label(self._theme, words, tone=Tone.SUB)

    def _since(self, line: Line) -> Label:
        if not line.icon:
            return Label(self._theme, line.since, tone=Tone.SUB)
        late = line.tone is Tone.RED
        label = IconLabel(
            self._theme, line.icon, line.since, tone=Tone.RED if late else Tone.TEXT, icon_tone=line.tone, icon_size=14
        )
        label.set_weight(Weight.SEMIBOLD if late else Weight.REGULAR)
        return label
