"""The first start as a person sees it: a panel of steps and one page at a time; shows and passes on."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from poems_registry.ui.errors import Message
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.first_start.pages import (
    ChoosePage,
    DonePage,
    KeyPage,
    MakingPage,
    PeoplePage,
    PlacePage,
    TrainedPage,
    TypeBackPage,
)
from poems_registry.ui.screens.first_start.parts import StepsPanel
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size
from poems_registry.ui.widgets.cards import Card, ScrollColumn
from poems_registry.ui.widgets.message import MessageBar
from poems_registry.ui.widgets.which_registry import ServerDialog, ask_which

PEOPLE = (("admin1", "First administrator"), ("admin2", "Second administrator"), ("clinician", "First clinician"))
_STEPS = {"place": 0, "people": 1, "key": 2, "type_back": 2, "done": 3}


class FirstStartActions(Protocol):
    """What a person can do here."""

    def make_new(self) -> None: ...
    def open_existing(self) -> None: ...
    def other_server(self) -> None: ...
    def server_named(self, text: str) -> None: ...
    def try_training(self) -> None: ...
    def choose_folder(self) -> None: ...
    def back(self) -> None: ...
    def placed(self, texts: Mapping[str, str]) -> None: ...
    def password_typed(self, person: str, texts: Mapping[str, str]) -> None: ...
    def suggest(self, person: str) -> None: ...
    def named(self, texts: Mapping[str, str]) -> None: ...
    def print_key(self) -> None: ...
    def save_key(self) -> None: ...
    def kept(self, by_hand: bool) -> None: ...
    def typed_back(self, typed: str) -> None: ...
    def enter(self) -> None: ...
    def stop(self) -> None: ...
    def enter_training(self, user: str) -> None: ...


class FirstStartScreen(QWidget):
    """One card at a time beside the steps."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: FirstStartActions | None = None
        self._server: ServerDialog | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._panel = StepsPanel(theme)
        self._bar = MessageBar(theme)
        self.choose, self.place, self.key = ChoosePage(theme), PlacePage(theme), KeyPage(theme)
        self.people = PeoplePage(theme, [(code, tr(title)) for code, title in PEOPLE])
        self.type_back, self.making = TypeBackPage(theme), MakingPage(theme)
        self.done, self.trained = DonePage(theme), TrainedPage(theme)
        self._pages: dict[str, QWidget] = {
            "choose": self.choose,
            "place": self.place,
            "people": self.people,
            "key": self.key,
            "type_back": self.type_back,
            "making": self.making,
            "done": self.done,
            "trained": self.trained,
        }
        self._card = Card(theme, padding=32)
        self._card.setMinimumWidth(560)
        self._card.setMaximumWidth(820)
        for page in self._pages.values():
            self._card.column.addWidget(page)
        self._lay_out()
        self._wire()

    def attend(self, actions: FirstStartActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions
        self.choose.new.connect(actions.make_new)
        self.choose.existing.connect(self._ask_which)
        self.choose.training.connect(actions.try_training)
        self.place.folder_asked.connect(actions.choose_folder)
        self.people.phrase_asked.connect(actions.suggest)
        self.key.print_asked.connect(actions.print_key)
        self.key.save_asked.connect(actions.save_key)
        self.done.onward.connect(actions.enter)
        self.making.steps.stop.clicked.connect(actions.stop)
        self.trained.chosen.connect(actions.enter_training)
        for sheet in (self.place, self.people, self.key, self.type_back, self.trained):
            sheet.back.connect(actions.back)

    def show_page(self, page: str) -> None:
        """This page, with the focus in its first field."""
        for name, widget in self._pages.items():
            widget.setVisible(name == page)
        self._panel.show_step(_STEPS.get(page, -1))
        if page in ("choose", "done"):
            for person in self.people.people.values():
                person.clear()
            self.type_back.typed.clear()
            self.show_key([""] * 8)
            self.key.show_kept("")
            self.key.by_hand.setChecked(False)
        self._focus(page)

    def show_place(self, folder: str) -> None:
        """Which folder is meant."""
        self.place.show_folder(folder)

    def mark(self, problems: Mapping[str, str]) -> None:
        """Beside each field that cannot be taken."""
        self.place.mark(problems)
        self.people.mark(problems)
        self.type_back.mark(problems.get("recovery_key", ""))

    def judge(self, person: str, words: str, good: bool) -> None:
        """A password so far."""
        self.people.field(person).judge(words, good)

    def offer_phrase(self, person: str, phrase: str) -> None:
        """Five words to take as the password."""
        self.people.people[person].offer(phrase)

    def show_key(self, groups: Sequence[str]) -> None:
        """The eight groups."""
        for widget, group in zip(self.key.groups, groups, strict=True):
            widget.show_group(group)

    def show_kept(self, words: str) -> None:
        """What became of the key."""
        self.key.show_kept(words)

    def show_made(self, name: str, place: str) -> None:
        """Which file was made."""
        self.done.show_made(name, place)

    def show_training(self, place: str, people: Sequence[tuple[str, str, str]], password: str) -> None:
        """Who can go in."""
        self.trained.show_people(place, people, password)

    def show_progress(self, done: int, total: int, words: str, can_stop: bool) -> None:
        """How far the work is."""
        self.making.steps.show_steps(done, total, words)
        self.making.steps.stop.setVisible(can_stop)

    def say(self, message: Message | None) -> None:
        """Why something was not done."""
        if message is None:
            self._bar.clear()
        else:
            self._bar.say(message.cause, message.rest)

    def ask_registry(self) -> Path | None:
        """A file of a person's choice."""
        kinds = tr("Registries (*.registry);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Open an existing registry"), "", kinds)
        return Path(name) if name else None

    def ask_server(self, on: bool) -> None:
        """The address of one on a server, or enough of that."""
        if self._server is not None:
            self._server.accept()
            self._server = None
        if on and self._actions is not None:
            self._server = ServerDialog(self._theme)
            self._server.named.connect(self._actions.server_named)
            self._server.open_over(self)

    def refuse_server(self, words: str) -> None:
        """Why that address cannot be one."""
        if self._server is not None:
            self._server.say(words)

    def ask_folder(self, start: Path) -> Path | None:
        """A folder of a person's choice."""
        name = QFileDialog.getExistingDirectory(self, tr("Choose a folder"), str(start))
        return Path(name) if name else None

    def print_key(self, lines: Sequence[str]) -> bool:
        """On the printer of a person's choice; whether it was sent there."""
        from PySide6.QtGui import QTextDocument
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("registry")  # the queue shows this name
        if QPrintDialog(printer, self).exec() != QPrintDialog.DialogCode.Accepted:
            return False
        document = QTextDocument()
        document.setDefaultFont(self._theme.font(Size.TITLE))
        document.setPlainText("\n".join(lines))
        document.print_(printer)
        return True

    def save_key(self, lines: Sequence[str]) -> bool:
        """Into a file of a person's choice; whether it was written."""
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the recovery key"), "recovery-key.txt", tr("Text (*.txt)"))
        if not name:
            return False
        try:
            Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError:
            self._bar.say(tr("The key was not saved."), tr("The place cannot be written. Choose another one."))
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Less padding and a narrower panel where room is short."""
        super().resizeEvent(event)
        small = event.size().width() < Size.NARROW_BELOW
        self._panel.setFixedWidth(248 if small else 320)
        padding = 24 if small else 32
        self._card.column.setContentsMargins(padding, padding, padding, padding)

    def _lay_out(self) -> None:
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(self._card, 100)
        centred.addStretch(1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(16, 16, 16, 16)
        column.addStretch(1)
        column.addLayout(centred)
        column.addStretch(2)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._bar)
        right.addWidget(ScrollColumn(middle), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._panel)
        row.addLayout(right, 1)

    def _wire(self) -> None:
        self.place.onward.connect(self._placed)
        self.people.onward.connect(self._named)
        self.people.typed.connect(self._password_typed)
        self.key.onward.connect(self._kept)
        self.type_back.onward.connect(self._typed_back)

    def _focus(self, page: str) -> None:
        first: dict[str, QWidget] = {
            "choose": self.choose.choices[0],
            "key": self.key.go,
            "type_back": self.type_back.typed,
            "making": self.making.steps.stop,
            "done": self.done.go,
        }
        if page in first:
            first[page].setFocus()
        elif page == "trained" and self.trained.choices:
            self.trained.choices[0].setFocus()
        elif page == "place":
            self.place.fields["clinic"].focus()
        elif page == "people":
            self.people.people[PEOPLE[0][0]].fields["name"].focus()

    def _ask_which(self) -> None:
        if self._actions is not None:
            ask_which(self.choose.choices[1], self._actions.open_existing, self._actions.other_server)

    def _placed(self) -> None:
        if self._actions is not None:
            self._actions.placed(self.place.texts())

    def _named(self) -> None:
        if self._actions is not None:
            self._actions.named(self.people.texts())

    def _password_typed(self, person: str) -> None:
        if self._actions is not None:
            self._actions.password_typed(person, self.people.texts())

    def _kept(self) -> None:
        if self._actions is not None:
            self._actions.kept(self.key.by_hand.isChecked())

    def _typed_back(self) -> None:
        if self._actions is not None:
            self._actions.typed_back(self.type_back.typed.toPlainText())
