"""The decisions of the first start: make a registry step by step, open one, or try the training registry."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from poems_registry.domain.access import Role
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.locations import Location, ServerAddress
from poems_registry.domain.passwords import problem_with
from poems_registry.services.doors import FirstPerson, Training
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.tasks import Progress, Tasks

if TYPE_CHECKING:  # loading it loads the database, half a second before the first window
    from poems_registry.services.access import SignedIn

SUFFIX = ".registry"
PEOPLE = (
    ("admin1", Role.ADMIN, "First administrator"),
    ("admin2", Role.ADMIN, "Second administrator"),
    ("clinician", Role.CLINICIAN, "First clinician"),
)
"""Two administrators, so that one can help when the other is away; colleagues are added later, under Admin."""

_USER = re.compile(r"[a-z0-9][a-z0-9._-]{1,29}")


class Page(StrEnum):
    """Where in the guided page one stands."""

    CHOOSE = "choose"
    PLACE = "place"
    PEOPLE = "people"
    KEY = "key"
    TYPE_BACK = "type_back"
    MAKING = "making"
    DONE = "done"
    TRAINED = "trained"


class Ways(Protocol):
    """What is needed of `services.doors.Doors`."""

    def look(self, path: Path) -> tuple[str, ...]: ...
    def open(self, path: Path, user: str, password: str) -> "SignedIn": ...
    def phrase(self) -> str: ...
    def new_recovery_key(self) -> str: ...
    def check_typed_back(self, recovery_text: str, typed: str) -> None: ...
    def create(
        self, path: Path, clinic_name: str, hospital: str, persons: Sequence[FirstPerson], recovery_text: str
    ) -> None: ...
    def make_training(self, folder: Path, step: Callable[[int, int], None]) -> Training: ...


class Navigator(Protocol):
    """Where one can go from here."""

    def entered(self, signed_in: "SignedIn") -> None: ...
    def unlock(self, place: Location, user: str = "") -> None: ...


class FirstStartView(Protocol):
    """What the guided page can show and ask."""

    def show_page(self, page: Page) -> None: ...
    def show_place(self, folder: str) -> None: ...
    def mark(self, problems: Mapping[str, str]) -> None: ...
    def judge(self, person: str, words: str, good: bool) -> None: ...
    def offer_phrase(self, person: str, phrase: str) -> None: ...
    def show_key(self, groups: Sequence[str]) -> None: ...
    def show_kept(self, words: str) -> None: ...
    def show_made(self, name: str, place: str) -> None: ...
    def show_training(self, place: str, people: Sequence[tuple[str, str, str]], password: str) -> None: ...
    def show_progress(self, done: int, total: int, words: str, can_stop: bool) -> None: ...
    def say(self, message: Message | None) -> None: ...
    def ask_registry(self) -> Path | None: ...
    def ask_server(self, on: bool) -> None: ...
    def refuse_server(self, words: str) -> None: ...
    def ask_folder(self, start: Path) -> Path | None: ...
    def print_key(self, lines: Sequence[str]) -> bool: ...
    def save_key(self, lines: Sequence[str]) -> bool: ...


class FirstStartPresenter:
    """Keeps what was typed on each step until the registry is made; nothing exists on disk before the last one."""

    def __init__(
        self,
        view: FirstStartView,
        ways: Ways,
        tasks: Tasks,
        navigator: Navigator,
        folder: Path,
        call_on_ui: Callable[[Callable[[], None]], None] | None = None,
    ) -> None:
        """`folder` is offered as the place; `call_on_ui` carries progress to the window's thread."""
        self._view, self._ways, self._tasks, self._navigator = view, ways, tasks, navigator
        self._folder, self._call_on_ui = folder, call_on_ui
        self._texts: dict[str, str] = {}
        self._path = folder
        self._key = ""
        self._kept = False
        self._progress: Progress | None = None
        self._training: Training | None = None
        self._page = Page.CHOOSE
        self._asked = 0

    def open(self) -> None:
        """The choice of three."""
        self._asked += 1
        self._forget()
        self._view.show_place(str(self._folder))
        self._go(Page.CHOOSE)

    def shown(self) -> None:
        """Nothing gets old here."""

    def leave(self) -> None:
        """Late answers are not for this page, and nothing secret stays in it."""
        self._asked += 1
        self._forget()

    def make_new(self) -> None:
        """Begin to make a registry."""
        self._go(Page.PLACE)

    def open_existing(self) -> None:
        """Choose a file; what is none is refused here and left as it is."""
        path = self._view.ask_registry()
        if path is None:
            return
        self._view.say(None)
        asked = self._asked

        def found(_: tuple[str, ...]) -> None:
            if asked == self._asked:
                self._navigator.unlock(path)

        self._tasks.run(lambda: self._ways.look(path), found, self._refuse(asked))

    def other_server(self) -> None:
        """Ask for the address of one on a server."""
        self._view.ask_server(True)

    def server_named(self, text: str) -> None:
        """An address was typed; what cannot be one is said beside it, what is not there at its door."""
        try:
            place = ServerAddress.read(text)
        except RegistryError as refusal:
            self._view.refuse_server(str(refusal))
            return
        self._view.ask_server(False)
        self._navigator.unlock(place)

    def choose_folder(self) -> None:
        """Another place."""
        folder = self._view.ask_folder(self._folder)
        if folder is not None:
            self._folder = folder
            self._view.show_place(str(folder))

    def back(self) -> None:
        """One step back; what was typed stays."""
        before = {Page.PEOPLE: Page.PLACE, Page.KEY: Page.PEOPLE, Page.TYPE_BACK: Page.KEY}
        self._go(before.get(self._page, Page.CHOOSE))

    def placed(self, texts: Mapping[str, str]) -> None:
        """The clinic's name and the file's were typed."""
        self._texts.update(texts)
        problems = {}
        if not texts["clinic"].strip():
            problems["clinic"] = tr("Type the clinic's name, as letters print it.")
        name = texts["file"].strip().removesuffix(SUFFIX)
        if not name or any(sign in name for sign in '\\/:*?"<>|') or name.startswith("."):
            problems["file"] = tr('Type a name for the file, without \\ / : * ? " < > |')
        self._path = self._folder / f"{name}{SUFFIX}"
        if "file" not in problems and self._path.exists():
            problems["file"] = tr("There is already a file of this name at this place. Choose another name.")
        self._view.mark(problems)
        if not problems:
            self._go(Page.PEOPLE)

    def password_typed(self, person: str, texts: Mapping[str, str]) -> None:
        """Judge a password while it is typed."""
        password = texts[f"{person}.password"]
        names = (texts[f"{person}.user"], texts[f"{person}.name"])
        problem = problem_with(password, names=names) if password else tr("At least 15 characters, or five words.")
        self._view.judge(person, problem or tr("This password can be used."), good=problem is None)

    def suggest(self, person: str) -> None:
        """Offer five words for this person."""
        self._tasks.run(
            self._ways.phrase, lambda phrase: self._view.offer_phrase(person, phrase), self._refuse(self._asked)
        )

    def named(self, texts: Mapping[str, str]) -> None:
        """The first people were typed."""
        self._texts.update(texts)
        problems = self._problems_of_people()
        self._view.mark(problems)
        if problems:
            return
        if not self._key:
            self._key = self._ways.new_recovery_key()
        self._view.show_key(self._key.split("-"))
        self._go(Page.KEY)

    def print_key(self) -> None:
        """On paper."""
        if self._view.print_key(self._sheet()):
            self._kept = True
            self._view.show_kept(tr("Printed. Check that the page is readable, then go on."))

    def save_key(self) -> None:
        """Into a file of the person's choice, for a place away from this computer."""
        if self._view.save_key(self._sheet()):
            self._kept = True
            self._view.show_kept(tr("Saved. Put the file where this computer is not, then go on."))

    def kept(self, by_hand: bool) -> None:
        """It is on paper or in a file elsewhere: the key leaves the screen and has to come back from there."""
        if self._kept or by_hand:
            self._go(Page.TYPE_BACK)
        else:
            self._view.show_kept(tr("Print or save the key first, or tick that you wrote it down."))

    def typed_back(self, typed: str) -> None:
        """The key came back from the paper: if it is right, make the registry."""
        try:
            self._ways.check_typed_back(self._key, typed)
        except InvalidInput as error:
            self._view.mark({"recovery_key": _sentence(error.problems["recovery_key"])})
            return
        self._view.mark({})
        self._make()

    def enter(self) -> None:
        """To the new registry's door."""
        self._navigator.unlock(self._path, self._texts.get("admin1.user", "").strip().casefold())

    def try_training(self) -> None:
        """Make the training registry, or use the one that is there."""
        self._go(Page.MAKING)
        self._progress = Progress(self._tell_progress, self._call_on_ui)
        self._view.show_progress(0, 0, tr("Making the training registry…"), can_stop=True)
        progress, asked, folder = self._progress, self._asked, self._folder

        def made(training: Training) -> None:
            if asked == self._asked:
                self._training = training
                self._view.show_training(str(training.path), training.people, training.password)
                self._go(Page.TRAINED)

        def step(done: int, total: int) -> None:
            progress.step(done, total, tr("Made-up patients: {done} of {total}", done=done, total=total))

        self._tasks.run(lambda: self._ways.make_training(folder, step), made, self._refuse(asked, Page.CHOOSE))

    def stop(self) -> None:
        """Stop at the next step; what was begun is removed."""
        if self._progress is not None:
            self._progress.cancel()

    def enter_training(self, user: str) -> None:
        """Sign in to the training registry as one of its people."""
        if self._training is None:
            return
        path, password, asked = self._training.path, self._training.password, self._asked
        self._view.show_progress(0, 0, tr("Unlocking…"), can_stop=False)
        self._go(Page.MAKING)

        def entered(signed_in: "SignedIn") -> None:
            if asked == self._asked:
                self._navigator.entered(signed_in)
            else:
                self._tasks.run(signed_in.close, lambda _: None, lambda _: None)

        self._tasks.run(lambda: self._ways.open(path, user, password), entered, self._refuse(asked, Page.TRAINED))

    def _make(self) -> None:
        self._view.show_progress(0, 0, tr("Making the registry and its keys…"), can_stop=False)
        self._go(Page.MAKING)
        path, key, asked = self._path, self._key, self._asked
        clinic, hospital = self._texts["clinic"].strip(), self._texts.get("hospital", "").strip()
        persons = self._persons()

        def made(_: None) -> None:
            if asked == self._asked:
                self._forget()
                self._view.show_made(path.name, str(path.parent))
                self._go(Page.DONE)

        def refused(error: RegistryError) -> None:
            if asked != self._asked:
                return
            self._go(Page.PLACE)
            self._view.say(message_for(error))

        self._tasks.run(lambda: self._ways.create(path, clinic, hospital, persons, key), made, refused)

    def _problems_of_people(self) -> dict[str, str]:
        problems: dict[str, str] = {}
        seen: set[str] = set()
        for code, _, _ in PEOPLE:
            user = self._texts[f"{code}.user"].strip().casefold()
            if not self._texts[f"{code}.name"].strip():
                problems[f"{code}.name"] = tr("Type the name, as letters print it.")
            if not _USER.fullmatch(user):
                problems[f"{code}.user"] = tr("2 to 30 letters or figures without blanks, such as arahman.")
            elif user in seen:
                problems[f"{code}.user"] = tr("Each person needs a user name of their own.")
            seen.add(user)
            password = self._texts[f"{code}.password"]
            problem = problem_with(password, names=(user, self._texts[f"{code}.name"]))
            if problem:
                problems[f"{code}.password"] = problem
        return problems

    def _persons(self) -> tuple[FirstPerson, ...]:
        said = self._texts
        return tuple(
            FirstPerson(
                said[f"{code}.user"].strip().casefold(), said[f"{code}.name"].strip(), role, said[f"{code}.password"]
            )
            for code, role, _ in PEOPLE
        )

    def _sheet(self) -> tuple[str, ...]:
        groups = self._key.split("-")
        return (
            tr("POEMS Registry: recovery key"),
            tr("Clinic: {name}", name=self._texts.get("clinic", "").strip()),
            tr("File: {name}", name=self._path.name),
            "",
            *(f"{place}   {group}" for place, group in enumerate(groups, start=1)),
            "",
            tr("With this key and the registry's file anyone can read everything. Lock it away, in a sealed envelope."),
            tr("It sets a new password when one is lost: Unlock, Use the recovery key."),
        )

    def _tell_progress(self, done: int, total: int, words: str) -> None:
        if self._page is Page.MAKING:
            self._view.show_progress(done, total, words, can_stop=True)

    def _refuse(self, asked: int, page: Page | None = None) -> Callable[[RegistryError], None]:
        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                if page is not None:
                    self._go(page)
                self._view.say(message_for(error))

        return refused

    def _forget(self) -> None:
        """Nothing secret is kept longer than it is needed."""
        self._key, self._kept = "", False
        self._texts = {name: text for name, text in self._texts.items() if not name.endswith(".password")}

    def _go(self, page: Page) -> None:
        self._page = page
        self._view.say(None)
        self._view.show_page(page)


def _sentence(problem: str) -> str:
    return tr("What you typed {problem}.", problem=problem)
