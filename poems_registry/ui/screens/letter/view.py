"""The letter desk: parts at the left, the real pages in the middle, the gate at the right."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.letter.dialogs import CameOutQuestion, PasswordQuestion, WordsQuestion
from poems_registry.ui.screens.letter.gate import GateCard
from poems_registry.ui.screens.letter.parts import Parts
from poems_registry.ui.screens.letter.shown import (
    AskedShown,
    CameOutAsked,
    GateLine,
    LetterShown,
    PartShown,
    Reminder,
    SigningShown,
)
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import Action, MessageBar
from poems_registry.ui.widgets.pdf_pages import PageImage, PdfPages, page_words

TONES = {"red": Tone.RED, "amber": Tone.AMBER, "green": Tone.GREEN}
PARTS_WIDE, PARTS_NARROW = 430, 330


class Actions(Protocol):
    """What the view passes on."""

    def typed(self, key: str, text: str) -> None: ...
    def put_back(self, key: str) -> None: ...
    def woken(self, what: Reminder) -> None: ...
    def save(self) -> None: ...
    def sign(self) -> None: ...
    def password_given(self, password: str) -> None: ...
    def print_letter(self) -> None: ...
    def came_out(self, right: bool) -> None: ...
    def sent(self) -> None: ...
    def amend(self) -> None: ...
    def words_given(self, words: str) -> None: ...
    def chosen(self, act: str) -> None: ...
    def copy_act(self, copy_id: int, act: str) -> None: ...
    def ticked(self, line: str, on: bool) -> None: ...
    def link(self, target: str) -> None: ...


class LetterScreen(QWidget):
    """Shows one letter; decides nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: Actions | None = None
        self._dialog: PasswordQuestion | WordsQuestion | CameOutQuestion | None = None
        self.setObjectName("page")
        self._title = Label(theme, "", size=Size.HEADING, weight=Weight.SEMIBOLD)
        self._state = Label(theme, "", tone=Tone.SUB)
        self._recipients = Label(theme, "", tone=Tone.SUB, wrap=True)
        self._size = Label(theme, "", tone=Tone.SUB)
        self._message = MessageBar(theme)
        self._parts, self._gate = Parts(theme), GateCard(theme)
        self._left = Card(theme, padding=1)
        self._left.column.addWidget(ScrollColumn(self._parts), 1)
        self._pages = PdfPages(theme, tr("The letter, page by page"))
        self._page = Label(theme, "", weight=Weight.SEMIBOLD)
        self._pages.page_changed.connect(lambda page, count: self._page.setText(page_words(page, count)))
        self._timers = {what: self._timer(what) for what in Reminder}
        self._lay_out(theme)
        self.setFocusProxy(self._pages)
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.activated.connect(lambda: self._act(lambda actions: actions.save()))

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        for thing in (self._title, self._state):
            head.addWidget(thing)
        head.addStretch(1)
        head.addWidget(self._recipients, 2)
        head.addWidget(self._size)
        middle = Card(theme, padding=8)
        middle.column.addWidget(self._page)
        middle.column.addWidget(self._pages, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._left)
        row.addWidget(middle, 1)
        row.addWidget(self._gate)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._message)
        column.addLayout(row, 1)
        self.set_narrow(False)

    def attend(self, actions: Actions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        self._parts.typed.connect(actions.typed)
        self._parts.put_back.connect(actions.put_back)
        self._gate.asked.connect(actions.link)
        self._gate.sign_asked.connect(actions.sign)
        self._gate.save_asked.connect(actions.save)
        self._gate.print_asked.connect(actions.print_letter)
        self._gate.sent_asked.connect(actions.sent)
        self._gate.amend_asked.connect(actions.amend)
        self._gate.chosen.connect(actions.chosen)
        self._gate.copy_act.connect(actions.copy_act)
        self._gate.ticked.connect(actions.ticked)

    def set_narrow(self, narrow: bool) -> None:
        """Less room for the parts on a small window."""
        self._left.setFixedWidth(PARTS_NARROW if narrow else PARTS_WIDE)
        self._gate.setFixedWidth(232 if narrow else 288)
        self._size.setVisible(not narrow)

    # -- what is shown

    def loading(self) -> None:
        """Until the letter comes."""
        self._title.setText(tr("Opening the letter…"))
        self._message.clear()

    def show_letter(self, letter: LetterShown) -> None:
        """The frame and the acts."""
        self._title.setText(letter.title)
        self._state.setText(letter.state)
        self._recipients.setText(letter.recipients)
        self._size.setText(f"{letter.size}\n{letter.wording}")
        self._gate.show_letter(letter)

    def show_parts(self, parts: tuple[PartShown, ...]) -> None:
        """All parts in print order."""
        self._parts.show_parts(parts)

    def show_part(self, part: PartShown) -> None:
        """One part with other words."""
        self._parts.show_part(part)

    def show_gate(self, lines: tuple[GateLine, ...]) -> None:
        """What blocks."""
        self._gate.show_gate(lines)

    def show_pages(self, pages: tuple[tuple[int, int, bytes], ...]) -> None:
        """The real pages."""
        self._pages.show_pages([PageImage(rgba, width, height) for width, height, rgba in pages])

    def say(self, message: Message | None, tone: str = "red") -> None:
        """A refusal, or that something is done."""
        if message is None:
            self._message.clear()
            return
        close = Action(tr("Close message"), self._message.clear, "x")
        self._message.say(message.cause, message.rest, (close,), TONES[tone])

    def go_to(self, key: str) -> None:
        """Into a part."""
        self._parts.go_to(key)

    def ask_password(self, signing: SigningShown) -> None:
        """The question before signing."""
        dialog = PasswordQuestion(self._theme, signing)
        dialog.given.connect(lambda password: self._act(lambda actions: actions.password_given(password)))
        self._open(dialog)

    def ask_words(self, asked: AskedShown) -> None:
        """Why the letter is replaced or withdrawn, and the like."""
        dialog = WordsQuestion(self._theme, asked)
        dialog.given.connect(lambda words: self._act(lambda actions: actions.words_given(words)))
        self._open(dialog)

    def ask_came_out(self, asked: CameOutAsked) -> None:
        """What was seen on paper; to leave the question is to say that it has not come out yet."""
        dialog = CameOutQuestion(self._theme, asked)
        dialog.given.connect(lambda right: self._act(lambda actions: actions.came_out(right)))
        self._open(dialog)

    def password_refused(self, words: str) -> None:
        """The question stays, with why."""
        if self._dialog is not None:
            self._dialog.refuse(words)

    def close_dialog(self) -> None:
        """Answered."""
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.accept()

    def ask_file(self, name: str) -> Path | None:
        """Where the copy goes; None when it is not wanted."""
        kinds = "PDF (*.pdf)" if name.endswith(".pdf") else "HTML (*.html);;" + tr("Text") + " (*.txt)"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save a copy of the signed letter"), name, kinds)
        return Path(chosen) if chosen else None

    def remind(self, what: Reminder, after_ms: int) -> None:
        """Wake the presenter; asked again, only the last counts for pages, the first for keeping."""
        timer = self._timers[what]
        if what is Reminder.PREVIEW or not timer.isActive():
            timer.start(after_ms)

    # -- inside

    def _timer(self, what: Reminder) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._act(lambda actions: actions.woken(what)))
        return timer

    def _act(self, call: Callable[[Actions], None]) -> None:
        if self._actions is not None:
            call(self._actions)

    def _open(self, dialog: PasswordQuestion | WordsQuestion | CameOutQuestion) -> None:
        self._dialog = dialog
        dialog.open_over(self.window())
