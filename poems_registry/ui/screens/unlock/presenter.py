"""The decisions of the unlock window: which registry, who comes in, how long to wait after wrong tries."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from poems_registry.domain.errors import InvalidInput, RegistryError, WrongPassword
from poems_registry.domain.passwords import problem_with
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.tasks import Tasks

if TYPE_CHECKING:  # loading it loads the database, half a second before the first window
    from poems_registry.domain.locations import Location
    from poems_registry.services.access import SignedIn


class Ways(Protocol):
    """What the window needs of `services.doors.Doors`."""

    def users(self, place: "Location") -> tuple[str, ...]: ...
    def look(self, place: "Location") -> tuple[str, ...]: ...
    def open(self, place: "Location", user: str, password: str) -> "SignedIn": ...
    def recover(self, place: "Location", recovery_text: str, user: str, new_password: str) -> None: ...
    def phrase(self) -> str: ...


class Navigator(Protocol):
    """Where one can go from here."""

    def entered(self, signed_in: "SignedIn") -> None: ...
    def first_start(self) -> None: ...


class UnlockView(Protocol):
    """What the window can show and ask."""

    def show_registry(self, name: str, place: str, *, on_server: bool) -> None: ...
    def show_users(self, users: Sequence[str], chosen: str, *, go_on: bool = True) -> None: ...
    def show_recovery(self, on: bool) -> None: ...
    def say(self, message: Message | None) -> None: ...
    def say_wrong(self, cause: str, rest: str) -> None: ...
    def mark(self, problems: dict[str, str]) -> None: ...
    def judge(self, words: str, good: bool) -> None: ...
    def offer_phrase(self, phrase: str) -> None: ...
    def busy(self, words: str) -> None: ...
    def allow(self, on: bool) -> None: ...
    def tick(self, on: bool) -> None: ...
    def ask_registry(self) -> Path | None: ...
    def ask_server(self, on: bool) -> None: ...
    def refuse_server(self, words: str) -> None: ...
    def show_help(self, on: bool) -> None: ...


class UnlockPresenter:
    """Loads the names, opens, counts the waiting down, and gives a password anew by the recovery key."""

    def __init__(
        self,
        view: UnlockView,
        ways: Ways,
        tasks: Tasks,
        navigator: Navigator,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._view, self._ways, self._tasks, self._navigator, self._clock = view, ways, tasks, navigator, clock
        self._place: Location | None = None
        self._asked = 0
        self._busy = False
        self._user = ""
        self._until: dict[str, float] = {}

    def open(self, place: "Location", user: str = "") -> None:
        """Show a registry's door. Its names come first; the database library is loaded while one types.

        It is not loaded beside the first paint: two threads that both run Python only wait for each other.
        """
        self._place, self._asked, self._user = place, self._asked + 1, user
        self._until.clear()
        asked = self._asked
        self._view.show_recovery(False)
        self._view.say(None)
        self._view.say_wrong("", "")
        self._view.tick(False)
        self._idle()
        self._view.show_registry(place.name, _whereabouts(place), on_server=not isinstance(place, Path))
        self._view.show_users((), user)

        def known(users: tuple[str, ...]) -> None:
            if asked == self._asked:
                self._view.show_users(users, user)
                self._tasks.run(lambda: self._ways.look(place), lambda found: seen(users, found), refused)

        def seen(users: tuple[str, ...], found: tuple[str, ...]) -> None:
            if asked == self._asked and found != users:
                self._view.show_users(found, self._user, go_on=self._user == user)

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._view.say(message_for(error))

        self._tasks.run(lambda: self._ways.users(place), known, refused)

    def shown(self) -> None:
        """Nothing gets old here."""

    def leave(self) -> None:
        """Answers that come later are not for this window."""
        self._asked += 1
        self._view.tick(False)

    def named(self, user: str) -> None:
        """Somebody chose or typed a name: another one may have to wait for another time."""
        self._user = user
        self._view.say_wrong("", "")
        self.ticked()

    def unlock(self, user: str, password: str) -> None:
        """Try the password."""
        if self._place is None or self._busy or self._waiting(user):
            return
        self._view.say(None)
        self._view.say_wrong("", "")
        if not user.strip():
            self._view.say_wrong(tr("No name."), tr("Choose your name or type it."))
            return
        if not password:
            self._view.say_wrong(tr("No password."), tr("Type your password."))
            return
        self._enter(self._place, user, password)

    def ticked(self) -> None:
        """A second went by, or another name was chosen: say how long is left."""
        left = self._waiting(self._user)
        self._view.allow(not left and not self._busy)
        self._view.tick(bool(left))
        if left:
            self._view.say_wrong(
                tr("Wrong name or password. Nothing was opened."), tr("You can try again {wait}.", wait=_in(left))
            )
        elif self._until.pop(_folded(self._user), None) is not None:
            self._view.say_wrong(tr("Wrong name or password. Nothing was opened."), tr("You can try again now."))

    def other_registry(self) -> None:
        """Open another file."""
        path = None if self._busy else self._view.ask_registry()
        if path is not None:
            self.open(path)

    def other_server(self) -> None:
        """Ask for the address of one on a server."""
        if not self._busy:
            self._view.ask_server(True)

    def server_named(self, text: str) -> None:
        """An address was typed; what cannot be one is said beside it."""
        from poems_registry.domain.locations import ServerAddress

        try:
            place = ServerAddress.read(text)
        except RegistryError as refusal:
            self._view.refuse_server(str(refusal))
            return
        self._view.ask_server(False)
        self.open(place)

    def help(self, on: bool) -> None:
        """Say how one gets in, or go back."""
        if not self._busy:
            self._view.show_help(on)

    def first_start(self) -> None:
        """Make a new registry or try the training one."""
        if not self._busy:
            self._navigator.first_start()

    def use_recovery(self, on: bool) -> None:
        """Show the recovery page, or go back."""
        if self._busy:
            return
        self._view.say(None)
        self._view.say_wrong("", "")
        self._view.mark({})
        self._view.show_recovery(on)
        if not on:
            self.ticked()

    def password_typed(self, user: str, password: str) -> None:
        """Judge a new password while it is typed."""
        problem = problem_with(password, names=(user,)) if password else ""
        if problem is None:
            self._view.judge(tr("This password can be used."), good=True)
        else:
            self._view.judge(problem, good=False)

    def suggest(self) -> None:
        """Offer five words."""
        self._tasks.run(self._ways.phrase, self._view.offer_phrase, lambda error: self._view.say(message_for(error)))

    def recover(self, user: str, recovery_text: str, password: str) -> None:
        """Set a new password by the recovery key, then come in with it."""
        if self._place is None or self._busy:
            return
        problems = {}
        if not recovery_text.strip():
            problems["recovery_key"] = tr("is empty: type the eight groups from the paper")
        if not user.strip():
            problems["user"] = tr("is empty: choose or type whose password is set")
        problem = problem_with(password, names=(user,))
        if problem:
            problems["password"] = problem
        self._view.mark(problems)
        self._view.say(None)
        if problems:
            return
        place = self._place
        asked = self._begin(tr("Checking the recovery key…"))

        def done(_: None) -> None:
            if asked == self._asked:
                self._until.clear()
                self._enter(place, user, password)

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._idle()
                self._refused_recovery(error)

        self._tasks.run(lambda: self._ways.recover(place, recovery_text, user, password), done, refused)

    def _refused_recovery(self, error: RegistryError) -> None:
        if isinstance(error, InvalidInput):
            self._view.mark(error.problems)
        else:
            self._view.say(message_for(error))

    def _enter(self, place: "Location", user: str, password: str) -> None:
        asked = self._begin(tr("Unlocking…"))

        def entered(signed_in: "SignedIn") -> None:
            if asked != self._asked:  # nobody waits for it any more: it must not stay open
                self._tasks.run(signed_in.close, _nothing, lambda _: None)
                return
            self._idle()
            self._navigator.entered(signed_in)

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._idle()
                self._refused(user, error)

        self._tasks.run(lambda: self._ways.open(place, user, password), entered, refused)

    def _refused(self, user: str, error: RegistryError) -> None:
        if not isinstance(error, WrongPassword):
            self._view.say(message_for(error))
            return
        self._user = user
        if error.wait_seconds:
            self._until[_folded(user)] = self._clock() + error.wait_seconds
            self.ticked()
        else:
            self._view.say_wrong(tr("Wrong name or password. Nothing was opened."), tr("You can try again now."))

    def _waiting(self, user: str) -> int:
        """Whole seconds until this person may try again."""
        left = self._until.get(_folded(user), 0.0) - self._clock()
        return max(0, -int(-left // 1))

    def _begin(self, words: str) -> int:
        self._busy = True
        self._view.busy(words)
        return self._asked

    def _idle(self) -> None:
        self._busy = False
        self._view.busy("")


def _folded(user: str) -> str:
    return user.strip().casefold()


def _whereabouts(place: "Location") -> str:
    """The folder of a file, which needs nothing loaded, or which server."""
    if isinstance(place, Path):
        return str(place.parent)
    from poems_registry.domain.locations import whereabouts

    return whereabouts(place)


def _nothing(_: object) -> None:
    """An answer that only had to come."""


def _in(seconds: int) -> str:
    """'in 4 seconds', 'in 2 minutes 8 seconds'."""
    minutes, rest = divmod(seconds, 60)
    parts = [tr_count("{count} minute", "{count} minutes", minutes)] if minutes else []
    parts += [tr_count("{count} second", "{count} seconds", rest)] if rest or not minutes else []
    return tr("in {time}", time=" ".join(parts))
