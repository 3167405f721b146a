"""Keeps a draft: two seconds after the first unkept key, again after a failure, at once on leaving."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Generic, Protocol, TypeVar

from poems_registry.domain.errors import NotAllowedNow, NotFound, NotPermitted, RegistryError
from poems_registry.ui.tasks import Tasks

Typed = TypeVar("Typed")
"""What stands on a form: a visit's draft, or the texts of its fields."""

KEEP_AFTER_MS: Final = 2000
"""From the first unkept key; the write itself takes far less than the second that is left of three (decision 18)."""

TRY_AGAIN_MS: Final = 5000
FOR_GOOD: Final = (NotAllowedNow, NotPermitted, NotFound)
"""Refusals that trying again does not change: the visit is signed, or somebody else's."""


class Told(Protocol):
    """Who is told how keeping went."""

    def kept(self, at: datetime) -> None:
        """Everything typed up to the asking is in the registry."""

    def not_kept(self, error: RegistryError) -> None:
        """It is not; it stays on the form."""


class DraftKeeper(Generic[Typed]):
    """Counts edits, so that what was typed while a save ran is saved after it and nothing twice.

    `remind` asks to be woken after some milliseconds; `save` runs on the registry's thread.
    """

    def __init__(
        self, tasks: Tasks, remind: Callable[[int], None], save: Callable[[Typed], datetime], told: Told
    ) -> None:
        self._tasks, self._remind, self._save, self._told = tasks, remind, save, told
        self._draft: Typed | None = None
        self._edits = 0
        self._kept = 0
        self._waiting = False
        self._running = False
        self._stopped = False
        self._leaving = False

    @property
    def dirty(self) -> bool:
        """Whether something typed is not in the registry yet."""
        return self._edits != self._kept

    def edited(self, draft: Typed) -> None:
        """A person changed something: keep it soon. Further keys do not put the save off."""
        self._draft = draft
        self._edits += 1
        if not self._waiting and not self._stopped:
            self._waiting = True
            self._remind(KEEP_AFTER_MS)

    def woken(self) -> None:
        """The time has come."""
        self._waiting = False
        self.now()

    def leave(self) -> None:
        """Save at once, and what is typed while a save runs right after it: no timer can be counted on any more."""
        self._leaving = True
        self.now()

    def stay(self) -> None:
        """The screen is in view again."""
        self._leaving = False

    def now(self) -> None:
        """Save what is not saved; while a save runs, the next follows when it is done."""
        draft = self._draft
        if self._stopped or self._running or draft is None or not self.dirty:
            return
        self._running = True
        edits, save = self._edits, self._save
        self._tasks.run(lambda: save(draft), lambda at: self._done(edits, at), self._failed)

    def stop(self) -> None:
        """No more saves: the visit is being signed, or is not ours."""
        self._stopped = True

    def go_on(self) -> None:
        """Signing did not succeed: the draft is a draft still."""
        self._stopped = False
        if self.dirty and not self._waiting:
            self._waiting = True
            self._remind(KEEP_AFTER_MS)

    def _done(self, edits: int, at: datetime) -> None:
        self._running = False
        self._kept = edits
        self._told.kept(at)
        if self.dirty and (self._leaving or not self._waiting):
            self.now()

    def _failed(self, error: RegistryError) -> None:
        self._running = False
        self._told.not_kept(error)
        if not (isinstance(error, FOR_GOOD) or self._stopped or self._waiting):
            self._waiting = True
            self._remind(TRY_AGAIN_MS)
