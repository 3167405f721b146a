"""Puts the program together: application, window, services of whoever signs in, and which screen is shown."""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import NotSaved, RegistryError
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.doors import Doors
from poems_registry.ui.application import dress, guard_from_wheel, make_application
from poems_registry.ui.entries import ENTRIES
from poems_registry.ui.errors import CrashHook
from poems_registry.ui.i18n import tr
from poems_registry.ui.idle import IdleLock
from poems_registry.ui.mounted import Closing, Coming, Mounted
from poems_registry.ui.navigator import Places
from poems_registry.ui.qt_bridge import UiThread
from poems_registry.ui.shell import Shell
from poems_registry.ui.tasks import OneThread
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look, Tone
from poems_registry.ui.typeahead import TypeAhead

if TYPE_CHECKING:
    from poems_registry.domain.locations import Location
    from poems_registry.rooms import Rooms
    from poems_registry.services.access import SignedIn
    from poems_registry.system.clock import Clock
    from poems_registry.ui.printing.works import PrintWorks
    from poems_registry.ui.screens.patients.view import PatientsScreen

LEAVE_AFTER_PAINT = "POEMS_REGISTRY_LEAVE_AFTER_PAINT"
"""Set, the program ends as soon as its first window was painted: to try a built program and to measure its start."""
THEME_VARIABLE = "POEMS_REGISTRY_THEME"
ROOMY, WINDOW_SHARE = QSize(1600, 900), 0.9


class Program:
    """The running window: locked, at its first start, or open with somebody signed in."""

    def __init__(
        self, application: QApplication, theme: Theme, *, at_once: bool = True, clock: "Clock | None" = None
    ) -> None:
        """`at_once=False`: a process of its own, in which work waits for `begin`, so that the door is painted first.

        `clock` is the PC's where none is given.
        """
        self._settles = not at_once
        self.application, self.theme = application, theme
        self.shell = Shell(theme, entries=[each for each in ENTRIES if each.key != "exchange"])
        self.typeahead = TypeAhead(self.shell)
        self.ui = UiThread()
        self.hook = CrashHook(lambda error: self.ui.call(lambda: self.shell.tell(error)))
        self.tasks = OneThread(self.ui.call, self.hook.report, waiting=True)
        self._works: PrintWorks | None = None
        self.feed = ChangeFeed()
        self.places: Places[QWidget] = Places(self.shell)
        self.doors = Doors(self._load_rooms, clock)
        self.signed_in: SignedIn | None = None
        self.rooms: Rooms | None = None
        self._ready: Mounted | None = None
        self._warned = False
        self._idle = IdleLock(self.lock, self._warn)
        self.shell.chosen.connect(self._go)
        self.shell.lock_asked.connect(self.lock)
        self.shell.find_asked.connect(self._find)
        self.shell.password_asked.connect(self._password)
        self.shell.help_asked.connect(self._help)
        self.shell.back_asked.connect(self.places.back)
        self.shell.closing.connect(self._close)
        if at_once:
            self.begin()

    def begin(self) -> None:
        """From now on the wheel is guarded, and what takes long is done behind the window."""
        guard_from_wheel(self.application)
        self.tasks.begin()

    # -- the door

    def unlock(self, place: "Location", user: str = "") -> None:
        """Show a registry's door."""
        from poems_registry.ui.screens.unlock.presenter import UnlockPresenter
        from poems_registry.ui.screens.unlock.view import UnlockScreen

        view = UnlockScreen(self.theme)
        presenter = UnlockPresenter(view, self.doors, self.tasks, self)
        view.attend(presenter)
        self.shell.show_alone(Mounted(view, presenter))
        presenter.open(place, user)

    def _load_rooms(self) -> None:
        """Load the code of what is shown after unlocking, on the tasks thread; then have the window make it."""
        import poems_registry.rooms
        import poems_registry.ui.frame
        import poems_registry.ui.screens.patients.presenter
        import poems_registry.ui.screens.patients.view  # noqa: F401

        if self._settles and self.signed_in is None:
            self._settles = False
            gc.freeze()  # code stays: to look for garbage in all of it, again and again, stops the window each time
        self.ui.call(self._make_ready)

    def _make_ready(self) -> None:
        """Make the list while a person types the password. It is empty: nothing of any registry is in it."""
        from poems_registry.ui.screens.patients.view import PatientsScreen

        if self.signed_in is None and self._ready is None:
            self._ready = Mounted(PatientsScreen(self.theme))
            self.shell.make_ready(self._ready)

    def patients_screen(self) -> "PatientsScreen":
        """The empty list that was made ready, or a new one."""
        from poems_registry.ui.screens.patients.view import PatientsScreen

        ready = self._ready.view if self._ready is not None else None
        return ready if isinstance(ready, PatientsScreen) else PatientsScreen(self.theme)

    def first_start(self) -> None:
        """Make a registry, open one, or try the training registry."""
        from poems_registry.ui.screens.first_start.presenter import FirstStartPresenter
        from poems_registry.ui.screens.first_start.view import FirstStartScreen

        view = FirstStartScreen(self.theme)
        presenter = FirstStartPresenter(view, self.doors, self.tasks, self, Path.home(), self.ui.call)
        view.attend(presenter)
        self.shell.show_alone(Mounted(view, presenter))
        presenter.open()

    def enter(self, place: "Location", user: str, password: str) -> None:
        """Sign in without asking, as `run` of a training registry does; a refusal leads to the door."""

        def refused(error: RegistryError) -> None:
            self.unlock(place, user)
            self.shell.tell(error)

        self.tasks.run(lambda: self.doors.open(place, user, password), self.entered, refused)

    def entered(self, signed_in: "SignedIn") -> None:
        """Somebody is in: their services, their screens, the list of patients."""
        from poems_registry.rooms import Rooms

        self.signed_in = signed_in
        self.feed = ChangeFeed()
        self.rooms = Rooms(self, signed_in)
        self.shell.set_training(signed_in.training)
        self.shell.offer_entry("admin", signed_in.may(Permission.MANAGE))
        self.shell.show_person(signed_in.person.name, signed_in.person.profession or signed_in.person.role.value)
        self.shell.status.show_registry(signed_in.place.name)
        _note_registry(signed_in.place)
        self.shell.guard_closing()
        self._idle.start(self.application)
        self._warned = False
        self.places.go("patients")
        self.rooms.offer_drafts()
        if signed_in.read_only:
            words = tr("This place is read-only. You can look at everything; nothing can be saved here.")
            self.shell.messages.say(words, "", (), Tone.AMBER)

    def lock(self) -> None:
        """Hide everything at once; what runs finishes its step, drafts are kept, then the file is closed."""
        signed_in, self.signed_in = self.signed_in, None
        if signed_in is None:
            return
        self._idle.stop(self.application)
        self.typeahead.forget()
        place, user = signed_in.place, signed_in.person.user
        left = self.shell.screen_in_view()
        curtain = QWidget()  # nothing of the record stays in the window while drafts are kept and the file closes
        curtain.setObjectName("page")
        self.shell.show_alone(curtain)
        QApplication.clipboard().clear()
        self.shell.status.show_draft("")

        def closed(kept: bool) -> None:
            self.unlock(place, user)
            if not kept:
                words = tr("What was typed last into the visit could not be saved before the window locked.")
                self.shell.tell(NotSaved(f"{words} {tr('Everything saved earlier is safe.')}"))

        def leave(kept: bool) -> None:
            self.places.forget()
            self.rooms = None
            self.works.stop(lambda: self.tasks.run(signed_in.close, lambda _: closed(kept), self.shell.tell))

        self._keep(left, leave)

    def _keep(self, screen: QWidget | None, then: Callable[[bool], None]) -> None:
        """Keep what was typed on this screen; then say whether all of it is in the registry."""
        if isinstance(screen, Mounted):
            screen.keep(then)
        else:
            then(True)

    def _settle(self, then: Callable[[], None]) -> None:
        self.tasks.run(lambda: None, lambda _: then(), lambda _: then())

    def hold_keys(self) -> None:
        """What is typed before all that was asked so far is answered is for what comes of it."""
        self._settle_holding(lambda: None)

    def _settle_holding(self, then: Callable[[], None]) -> None:
        if self.signed_in is None:
            self._settle(then)
            return
        round_ = self.typeahead.hold()

        def settled() -> None:
            try:
                then()
            finally:
                self.typeahead.release(round_)

        self._settle(settled)

    def _seen(self) -> None:
        """A screen came into view: nobody's record yet, and what it shows was asked for when it was made."""
        self.shell.show_patient(None)
        self.hold_keys()

    @property
    def works(self) -> "PrintWorks":
        """What prints; made when it is first wanted, after somebody came in."""
        from poems_registry.ui.printing.works import PrintWorks

        if self._works is None:
            self._works = PrintWorks(self.ui.call, self.hook.report)
        return self._works

    def close_threads(self) -> None:
        """Finish the steps that run, and end."""
        self.tasks.close()
        if self._works is not None:
            self._works.close()

    def _warn(self, seconds: int) -> None:
        if seconds:
            words = tr("Nobody is using this window: it locks in {seconds} seconds.", seconds=seconds)
            self.shell.messages.say(words, tr("Press any key to go on."), (), Tone.AMBER)
        else:
            self.shell.messages.clear()

    def _close(self) -> None:
        """Keep drafts, close the file, then the window. What cannot be kept is told once before it is lost."""
        signed_in = self.signed_in
        if signed_in is None:
            self.shell.allow_closing()
            return
        screen = self.shell.screen_in_view()

        def close(kept: bool) -> None:
            if not (self._warned or kept):
                self._warned = True
                if isinstance(screen, Mounted):
                    screen.shown()
                self.shell.tell(_not_kept())
                return
            self.signed_in = None
            self._idle.stop(self.application)
            go = self.shell.allow_closing
            self.works.stop(lambda: self.tasks.run(signed_in.close, lambda _: go(), lambda _: go()))

        self._keep(screen, close)

    # -- where one can go

    def _go(self, key: str) -> None:
        if self.signed_in is not None and self.shell.rail.offers(key):
            self.places.go(key)

    def _find(self) -> None:
        if self.rooms is not None:
            self.rooms.find()

    def _password(self) -> None:
        if self.rooms is not None:
            self.rooms.own_password()

    def _help(self, topic: str) -> None:
        from poems_registry.system import paths

        self.shell.show_help(paths.resource("help"), topic)

    def mount(self, view: QWidget, presenter: Coming) -> QWidget:
        """A view with its presenter, ready for the window."""
        ready, self._ready = self._ready, None
        mounted = ready if ready is not None and ready.view is view else Mounted(view)
        mounted.serve(presenter, self._seen, self._settle_holding)
        if isinstance(presenter, Closing):
            mounted.destroyed.connect(presenter.close)
        return mounted


def _not_kept() -> NotSaved:
    return NotSaved(tr("Something you typed is not saved. It is on its screen still; close again to close without it."))


def run_window(
    registry: Path | str | None,
    user: str | None,
    password: str | None,
    painted: Callable[[], None] | None = None,
) -> int:
    """The window until it is closed; with user and password it opens signed in (the training registry).

    `painted` is called after the first paint. Until then nothing is made that could be garbage: none is looked for.
    """
    gc.disable()
    application = make_application(sys.argv[:1])
    theme = dress(application, _look())
    program = Program(application, theme, at_once=False)
    put_back = program.hook.install()

    def go_on() -> None:
        gc.enable()
        if painted is not None:
            painted()
        program.begin()
        if os.environ.get(LEAVE_AFTER_PAINT):
            application.exit(0)

    program.shell.painted.connect(go_on)
    _show_door(program, str(registry) if registry else _last_registry(), user or "", password or "")
    show_at_best_size(program.shell)
    code = int(application.exec())
    program.close_threads()
    put_back()
    return code


def _show_door(program: Program, named: str, user: str, password: str) -> None:
    """Of the registry of this name, of none if there is no name; what cannot be one is said in words."""
    try:
        place = _place(named) if named else None
    except RegistryError as refusal:
        program.first_start()
        program.shell.tell(refusal)
        return
    if place is None:
        program.first_start()
        return
    program.unlock(place, user)
    if user and password:
        program.enter(place, user, password)


def show_at_best_size(window: QWidget) -> None:
    """All of a small screen, as on a ward PC; on a larger one a window that leaves room for others."""
    room = window.screen().availableGeometry()
    if room.width() < ROOMY.width() or room.height() < ROOMY.height():
        window.showMaximized()
    else:
        window.resize(ROOMY * WINDOW_SHARE)
        window.show()


def _look() -> Look:
    wanted = os.environ.get(THEME_VARIABLE, "")
    return next((look for look in Look if look.value == wanted), Look.LIGHT)


def _note_registry(place: "Location") -> None:
    """Remember which registry was opened on this PC; a folder that cannot be written only costs the convenience."""
    with suppress(OSError):
        _note().write_text(str(place), encoding="utf-8")


def _last_registry() -> str:
    """The registry that was open last on this PC, if a file still there or on a server; never created here."""
    with suppress(OSError, RegistryError):
        named = _note().read_text(encoding="utf-8").strip()
        place = _place(named) if named else None
        gone = place is None or (isinstance(place, Path) and not place.is_file())
        return "" if gone else named
    return ""


def _place(named: str) -> "Location":
    if "://" not in named:
        return Path(named)
    from poems_registry.domain.locations import location

    return location(named)


def _note() -> Path:
    from poems_registry.system import paths

    return paths.data_folder() / "last-registry"
