"""Which screen is shown: made when first wanted, asked before it is left, told when it is seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, runtime_checkable

Screen = TypeVar("Screen")
Shown_contra = TypeVar("Shown_contra", contravariant=True)


@runtime_checkable
class Leaving(Protocol):
    """A screen with something to settle before it is left: it calls `go_on` when it may be, at once or later."""

    def leave(self, go_on: Callable[[], None]) -> None:
        """Save the draft, or ask; then call `go_on`, or never."""


@runtime_checkable
class Showing(Protocol):
    """A screen that looks again when it comes into view."""

    def shown(self) -> None:
        """It is in view now."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one comes to a record's screen again: words for a button that name nobody, and the act."""

    words: str
    go: Callable[[], None]


class Frame(Protocol[Shown_contra]):
    """What the navigator needs of the window."""

    def show_screen(self, screen: Shown_contra) -> None:
        """Put this screen into the content."""

    def drop_screen(self, screen: Shown_contra) -> None:
        """Take it out for good."""

    def mark_entry(self, key: str) -> None:
        """Show in the rail where one is."""

    def show_way_back(self, words: str) -> None:
        """Offer to go back to where one was sent from; '' offers nothing."""


class Navigator(Protocol):
    """See `Places`; this is what presenters may ask for."""

    def go(self, key: str) -> None:
        """Go to a place of the rail."""


class Places(Generic[Screen]):
    """Knows how to make the screen of each place, and keeps those made until `forget`.

    `open` shows a screen that hangs on a record (patient, visit) under an entry of the rail, and drops it when left.
    Whoever is sent from such a screen to another one to mend something can come back (`back`), also over several steps;
    going anywhere else ends that.
    """

    def __init__(self, frame: Frame[Screen]) -> None:
        self._frame = frame
        self._makers: dict[str, Callable[[], Screen]] = {}
        self._made: dict[str, Screen] = {}
        self._now: Screen | None = None
        self._passing: Screen | None = None
        self._key = ""
        self._way: Way | None = None
        self._back: tuple[Way, ...] = ()
        self._returning: tuple[Way, ...] | None = None

    def register(self, key: str, make: Callable[[], Screen]) -> None:
        """How the screen of this place is made."""
        self._makers[key] = make

    @property
    def key(self) -> str:
        """The entry of the rail under which one is; '' before the first."""
        return self._key

    def go(self, key: str) -> None:
        """Go to a place. KeyError for one nobody registered; nothing happens if the screen in view is not left."""
        if key not in self._makers:
            raise KeyError(key)
        self._leave_then(lambda: self._show_place(key))

    def open(self, key: str, make: Callable[[], Screen], way: Way | None = None, *, to_mend: bool = False) -> None:
        """Show a screen made for one record, under this entry of the rail.

        `way`: how to come here again. `to_mend`: one is sent there from the screen in view, and wants to come back.
        """
        back, self._returning = self._returning, None
        if back is None:
            back = (*self._back, self._way) if to_mend and self._way is not None else ()
        self._leave_then(lambda: self._show_passing(key, make(), way, back))

    def back(self) -> None:
        """To where one was sent from; nothing if one was not."""
        if self._back:
            self._returning = self._back[:-1]
            self._back[-1].go()

    def forget(self) -> None:
        """Drop every screen, as when the registry is locked; the next `go` makes them anew."""
        for screen in [*self._made.values(), *([self._passing] if self._passing is not None else [])]:
            self._frame.drop_screen(screen)
        self._made.clear()
        self._now = self._passing = None
        self._key = ""
        self._remember(None, ())

    def _leave_then(self, go_on: Callable[[], None]) -> None:
        if isinstance(self._now, Leaving):
            self._frame.mark_entry(self._key)  # a pressed entry is not yet where one is
            self._now.leave(go_on)
        else:
            go_on()

    def _show_place(self, key: str) -> None:
        if key not in self._made:
            self._made[key] = self._makers[key]()
        self._remember(None, ())
        self._show(key, self._made[key])

    def _show_passing(self, key: str, screen: Screen, way: Way | None, back: tuple[Way, ...]) -> None:
        self._remember(way, back)
        self._show(key, screen)
        self._passing = screen

    def _show(self, key: str, screen: Screen) -> None:
        old, self._passing = self._passing, None
        self._now, self._key = screen, key
        self._frame.mark_entry(key)
        self._frame.show_screen(screen)
        if old is not None and old is not screen:
            self._frame.drop_screen(old)
        if isinstance(screen, Showing):
            screen.shown()

    def _remember(self, way: Way | None, back: tuple[Way, ...]) -> None:
        self._way, self._back = way, back
        self._frame.show_way_back(back[-1].words if back else "")
