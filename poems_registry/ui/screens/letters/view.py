"""The board of letters: four columns, or as many tabs where the window is small, and the dock below."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.letters.column import Column
from poems_registry.ui.screens.letters.dialogs import (
    ConfirmQuestion,
    CopiesDialog,
    HoldQuestion,
    PrintQuestion,
    Question,
    StoppedQuestion,
)
from poems_registry.ui.screens.letters.dock import Dock
from poems_registry.ui.screens.letters.shown import (
    PLACE_WORDS,
    BoardShown,
    CardShown,
    ConfirmAsked,
    CopiesShown,
    HoldAsked,
    Place,
    PrintAsked,
    StoppedAsked,
)
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.labels import Label, labelled
from poems_registry.ui.widgets.message import Action, MessageBar
from poems_registry.ui.widgets.tabs import Tab, TabBar

COLUMN = 224
"""The narrowest column that a card is read well in."""
LOW = 420
"""Below this height of the board a dock under four columns would leave no room for cards."""
TONES = {"red": Tone.RED, "amber": Tone.AMBER, "green": Tone.GREEN}


class Actions(Protocol):
    """What the view passes on."""

    def opened(self, card: CardShown) -> None: ...
    def show_copies(self, card: CardShown) -> None: ...
    def tick(self, card: CardShown) -> None: ...
    def tick_all(self, place: str) -> None: ...
    def choose_day(self, code: str) -> None: ...
    def choose_doctor(self, code: str) -> None: ...
    def pressed(self, act: str) -> None: ...
    def print_ticked(self) -> None: ...
    def print_on(self, printer: str, both_sides: bool) -> None: ...


class BatchActions(Protocol):
    """What a person says about a batch."""

    def confirmed(self, right: list[int]) -> None: ...
    def stopped_there(self) -> None: ...


class CopyActions(Protocol):
    """What a person does with one letter's copies."""

    def act(self, copy_id: int, act: str) -> None: ...
    def all_sent(self) -> None: ...


class HoldActions(Protocol):
    """What a person says about holding copies."""

    def given(self, reason: str, until: str) -> None: ...


class LettersScreen(QWidget):
    """Shows the board; decides nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: Actions | None = None
        self._batch: BatchActions | None = None
        self._copies: CopyActions | None = None
        self._holding: HoldActions | None = None
        self._dialog: Question | None = None
        self._shown: BoardShown | None = None
        self._place = Place.PRINT
        self.setObjectName("page")
        self._counts = Label(theme, tone=Tone.SUB, wrap=True)
        self._message = MessageBar(theme)
        self._day = ComboBox(theme, [("all", tr("All clinic days"))])
        self._doctor = ComboBox(theme, [("all", tr("All doctors"))])
        self._doctor.setAccessibleName(tr("Doctor"))
        self._tabs = TabBar(theme, [Tab(place.value, tr(PLACE_WORDS[place])) for place in Place], flat=True)
        self.columns = {place: Column(theme, place) for place in Place}
        self.dock = Dock(theme)
        self._build()
        self._wire()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(self._theme, tr("Letters"), size=Size.BIG, weight=Weight.SEMIBOLD))
        words.addWidget(self._counts)
        head = QHBoxLayout()
        head.setSpacing(Size.GRID)
        head.addLayout(words, 1)
        head.addWidget(labelled(self._theme, tr("Show"), self._day), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._day, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._doctor, 0, Qt.AlignmentFlag.AlignVCenter)
        tabs = QHBoxLayout()
        tabs.addWidget(self._tabs)
        tabs.addStretch(1)
        board = QHBoxLayout()
        board.setSpacing(Size.GAP)
        for column in self.columns.values():
            board.addWidget(column, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(Size.PAGE, Size.GAP, Size.PAGE, Size.GRID)
        page.setSpacing(Size.GRID)
        page.addWidget(self._message)
        page.addLayout(head)
        page.addLayout(tabs)
        page.addLayout(board, 1)
        page.addWidget(self.dock)
        self.dock.hide()

    def _wire(self) -> None:
        self._day.chosen.connect(lambda code: self._act(lambda actions: actions.choose_day(code)))
        self._doctor.chosen.connect(lambda code: self._act(lambda actions: actions.choose_doctor(code)))
        self._tabs.chosen.connect(self._show_place)
        self.dock.pressed.connect(lambda act: self._act(lambda actions: actions.pressed(act)))
        for place, column in self.columns.items():
            self._wire_column(place, column)
        print_them = QShortcut(QKeySequence("Ctrl+P"), self)
        print_them.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        print_them.activated.connect(lambda: self._act(lambda actions: actions.print_ticked()))

    def _wire_column(self, place: Place, column: Column) -> None:
        cards = column.list
        cards.opened.connect(lambda card: self._act(lambda actions: actions.opened(card)))
        cards.ticked.connect(lambda card: self._act(lambda actions: actions.tick(card)))
        cards.all_ticked.connect(lambda: self._act(lambda actions: actions.tick_all(place.value)))
        cards.copies_asked.connect(lambda card: self._act(lambda actions: actions.show_copies(card)))
        cards.across.connect(lambda step: self._across(place, step))

    def attend(self, actions: Actions, batch: BatchActions, copies: CopyActions, holding: HoldActions) -> None:
        """Pass on to these from now on."""
        self._actions, self._batch, self._copies, self._holding = actions, batch, copies, holding

    # -- what is shown

    def show_board(self, board: BoardShown) -> None:
        """All of it; what did not change stays as it is."""
        self._counts.setText(board.words)
        if self._shown is None or self._shown.days != board.days:
            self._day.set_options(board.days)
        self._day.choose(board.day)
        if self._shown is None or self._shown.doctors != board.doctors:
            self._doctor.set_options(board.doctors)
        self._doctor.choose(board.doctor)
        for column in board.columns:
            self.columns[column.place].show_column(column)
            words = f"{tr(PLACE_WORDS[column.place])}  {column.count:,}"
            self._tabs.show_tab(Tab(column.place.value, words, state=column.words))
        self._shown = board
        self.dock.show_dock(board.chosen, board.job)
        self._arrange()

    def say(self, message: Message | None, tone: str = "red") -> None:
        """A refusal, or that something is done."""
        if message is None:
            self._message.clear()
            return
        close = Action(tr("Close message"), self._message.clear, "x")
        self._message.say(message.cause, message.rest, (close,), TONES[tone])

    def ask_print(self, asked: PrintAsked) -> None:
        """On which printer."""
        dialog = PrintQuestion(self._theme, asked)
        dialog.given.connect(lambda name, both: self._act(lambda actions: actions.print_on(name, both)))
        self._open(dialog)

    def ask_confirm(self, asked: ConfirmAsked) -> None:
        """What came out right."""
        dialog = ConfirmQuestion(self._theme, asked)
        if self._batch is not None:
            dialog.given.connect(self._batch.confirmed)
        self._open(dialog)

    def ask_copies(self, shown: CopiesShown) -> None:
        """What became of one letter's copies; the dialog is made anew after each step."""
        self.close_dialog()
        dialog = CopiesDialog(self._theme, shown)
        if self._copies is not None:
            dialog.act.connect(self._copies.act)
            dialog.all_sent.connect(self._copies.all_sent)
        self._open(dialog)

    def ask_stopped(self, asked: StoppedAsked) -> None:
        """Whether somebody else still prints."""
        dialog = StoppedQuestion(self._theme, asked)
        if self._batch is not None:
            dialog.given.connect(self._batch.stopped_there)
        self._open(dialog)

    def ask_hold(self, asked: HoldAsked) -> None:
        """Why copies are held, and until when."""
        dialog = HoldQuestion(self._theme, asked)
        if self._holding is not None:
            dialog.given.connect(self._holding.given)
        self._open(dialog)

    def refuse(self, words: str) -> None:
        """The question stays, with why."""
        if self._dialog is not None:
            self._dialog.refuse(words)

    def close_dialog(self) -> None:
        """Answered."""
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.accept()

    def ask_file(self, name: str) -> Path | None:
        """Where the list goes; None when it is not wanted."""
        kinds = "PDF (*.pdf);;CSV (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save the list of what was printed"), name, kinds)
        return Path(chosen) if chosen else None

    # -- inside

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Columns where there is room for them, else tabs."""
        super().resizeEvent(event)
        self._arrange()

    @property
    def as_tabs(self) -> bool:
        """Whether one column at a time is shown."""
        room = self.width() - 2 * Size.PAGE
        return room < len(Place) * COLUMN + (len(Place) - 1) * Size.GAP or self.height() < LOW

    def _arrange(self) -> None:
        tabs = self.as_tabs
        self._tabs.setVisible(tabs)
        self._tabs.mark_tab(self._place.value)
        self.setFocusProxy(self.columns[self._place].list)
        for place, column in self.columns.items():
            column.show_head(not tabs)
            column.setVisible(not tabs or place is self._place)

    def _show_place(self, key: str) -> None:
        self._place = Place(key)
        self._arrange()
        self.columns[self._place].list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _across(self, place: Place, step: int) -> None:
        """To the next column that holds a card, or to the next tab."""
        order = list(Place)
        at = order.index(place) + step
        while 0 <= at < len(order):
            if self.as_tabs or self.columns[order[at]].list.cards.rowCount():
                self._place = order[at]
                self._arrange()
                self.columns[order[at]].list.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            at += step

    def _act(self, call: Callable[[Actions], None]) -> None:
        if self._actions is not None:
            call(self._actions)

    def _open(self, dialog: Question) -> None:
        self._dialog = dialog
        dialog.open_over(self.window())
