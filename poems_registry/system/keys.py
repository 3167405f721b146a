"""Who can open a registry: its data key, sealed once for each person and once for the recovery key on paper."""

import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from poems_registry.domain.errors import CannotOpen, InvalidInput, NotAllowedNow, NotSaved, RegistryError, WrongPassword
from poems_registry.system import slots
from poems_registry.system.key_file import KeyDocument, KeyPlace
from poems_registry.system.recovery import RecoveryKey
from poems_registry.system.slots import FLOOR, Binding, Kdf

LONGEST_WAIT = 300
_NOBODY = ""
"""Under this name wrong tries with unknown user names are counted."""

_RECOVERY = "recovery key"


def new_data_key() -> bytes:
    """A fresh data key: 32 bytes from the system's random source."""
    return os.urandom(slots.KEY_BYTES)


def derive(dek: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, made from the data key: 'audit' for the chain of the trail."""
    return slots.derive(dek, purpose)


def wait_after(failed: int) -> int:
    """Seconds to wait after so many wrong tries in a row: 1, 2, 4 ... and 300 from the tenth on (reliability 2.5)."""
    return 0 if failed < 1 else min(2 ** (failed - 1), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a right password opens. `failed_attempts` were made in this user's name since the last right one."""

    dek: bytes = field(repr=False)
    registry: str
    failed_attempts: int = 0


class KeyRing:
    """The slots of one registry. Each change is made to what lies there now, and written before it counts."""

    def __init__(self, place: KeyPlace, now: Callable[[], datetime]) -> None:
        self._place = place
        self._now = now
        self._document = KeyDocument.from_text(place.read())
        self._writable = True

    @classmethod
    def create(
        cls, place: KeyPlace, now: Callable[[], datetime], registry: str, dek: bytes, recovery: RecoveryKey
    ) -> "KeyRing":
        """A ring with the recovery slot only; add the first people next. NotAllowedNow if there is one already."""
        if place.read().strip():
            raise NotAllowedNow(
                "There is already a key file at this place. Nothing has been changed; choose another name."
            )
        slot = slots.seal_for_recovery(dek, recovery.secret, Binding(registry, _RECOVERY))
        place.write(KeyDocument(registry, recovery=slot).text())
        return cls(place, now)

    @property
    def registry(self) -> str:
        """The uid of the registry the keys belong to; must equal the one on the registry's card."""
        return self._document.registry

    @property
    def users(self) -> tuple[str, ...]:
        """The user names that have a slot."""
        return tuple(sorted(self._document.slots))

    def text(self) -> str:
        """The document, to be kept in every backup."""
        return self._document.text()

    def unlock(self, user: str, password: str) -> Unlocked:
        """The data key for a user name and password, or WrongPassword with the seconds to wait."""
        unlocked = self.try_password(user, password)
        self.forgive(user)
        return unlocked

    def try_password(self, user: str, password: str) -> Unlocked:
        """As `unlock`, but the try stays counted until `forgive`, so that this may be written beside other work.

        A try is counted before it is made, so that killing the program does not undo it. Unknown names take the same
        time and give the same answer.
        """
        name = _folded(user)
        with self._as_it_is_now():
            slot = self._document.slots.get(name)
            counted_as = name if slot is not None else _NOBODY
            waiting = self.seconds_to_wait(user)
            failed = self._failed(counted_as)
            if not waiting:
                self._count(counted_as, failed + 1)
        if waiting:
            raise WrongPassword(waiting)
        dek = self._dek(name, slot, password)
        if dek is None:
            raise WrongPassword(wait_after(failed + 1))
        too_cheap = slot is not None and slots.kdf_of(slot).is_below(FLOOR)
        dearer = slots.seal_for_password(dek, password, self._binding(name), FLOOR) if too_cheap else None
        if dearer is not None:
            with self._as_it_is_now():
                self._set_slot(name, dearer)
        return Unlocked(dek, self.registry, failed)

    def forgive(self, user: str) -> None:
        """After the right password: no try counts against this person any more."""
        with self._as_it_is_now():
            self._count(_folded(user), 0)

    def seconds_to_wait(self, user: str) -> int:
        """How long until the next try is accepted; 0 when it may be made now."""
        name = _folded(user)
        tries = self._document.tries.get(name if name in self._document.slots else _NOBODY)
        if tries is None:
            return 0
        wait = wait_after(int(tries["failed"]))
        passed = (self._now() - datetime.fromisoformat(tries["at"])) / timedelta(seconds=1)
        # a clock that was put back must not lengthen the wait, nor shorten it
        return math.ceil(min(max(wait - passed, 0), wait))

    def open_with_recovery(self, recovery: RecoveryKey) -> Unlocked:
        """The data key for the recovery key on paper; InvalidInput if it is another registry's."""
        slot = self._document.recovery
        dek = slots.open_with_recovery(slot, recovery.secret, self._binding(_RECOVERY)) if slot is not None else None
        if dek is None:
            raise InvalidInput({"recovery_key": "is not the recovery key of this registry"})
        return Unlocked(dek, self.registry)

    def add_user(self, dek: bytes, user: str, password: str, kdf: Kdf = FLOOR) -> None:
        """Give a person a slot. `kdf` comes from `slots.tune` on a clinic's PC. InvalidInput if the name has one."""
        name = _folded(user)
        slot = slots.seal_for_password(dek, password, self._binding(name), kdf)
        with self._as_it_is_now():
            if name in self._document.slots:
                raise InvalidInput({"user": "has a password for this registry already"})
            self._set_slot(name, slot)

    def set_password(self, dek: bytes, user: str, password: str, kdf: Kdf = FLOOR) -> None:
        """Replace a person's slot: a new password, or one forgotten and given anew by someone who has the key."""
        name = _folded(user)
        slot = slots.seal_for_password(dek, password, self._binding(name), kdf)
        with self._as_it_is_now():
            if name not in self._document.slots:
                raise InvalidInput({"user": "has no password for this registry"})
            self._set_slot(name, slot)

    @contextmanager
    def all_or_nothing(self, user: str) -> Iterator[None]:
        """What a person's slot becomes within holds only if all of it succeeds: else their earlier one stands again.

        For a slot and an audit that are written to different places: the audit is saved last, and may be refused.
        """
        name = _folded(user)
        before = self._document.slots.get(name)
        try:
            yield
        except BaseException:
            with suppress(RegistryError), self._as_it_is_now():  # the first refusal is the one to tell
                if self._document.slots.get(name) != before:
                    others = {each: slot for each, slot in self._document.slots.items() if each != name}
                    kept = {name: before} if before is not None else {}
                    self._write(replace(self._document, slots=others | kept))
            raise

    def remove_user(self, user: str) -> None:
        """Take a person's slot away; the last one stays. A copy that somebody took keeps what it had."""
        with self._as_it_is_now():
            others = {name: slot for name, slot in self._document.slots.items() if name != _folded(user)}
            if not others:
                raise NotAllowedNow("This is the last person who can open the registry, so nothing was changed.")
            tries = {name: said for name, said in self._document.tries.items() if name != _folded(user)}
            self._write(replace(self._document, slots=others, tries=tries))

    def replace_recovery(self, dek: bytes, recovery: RecoveryKey) -> None:
        """Seal the data key under a new recovery key; the old paper opens this file no more."""
        slot = slots.seal_for_recovery(dek, recovery.secret, self._binding(_RECOVERY))
        with self._as_it_is_now():
            self._write(replace(self._document, recovery=slot))

    def _dek(self, name: str, slot: dict[str, Any] | None, password: str) -> bytes | None:
        if slot is None:
            slots.spend_the_time(password)
            return None
        return slots.open_with_password(slot, password, self._binding(name))

    def _binding(self, name: str) -> Binding:
        return Binding(self._document.registry, name, self._document.generation)

    def _set_slot(self, name: str, slot: dict[str, Any]) -> None:
        tries = {other: said for other, said in self._document.tries.items() if other != name}
        self._write(replace(self._document, slots=self._document.slots | {name: slot}, tries=tries))

    def _failed(self, name: str) -> int:
        return int(self._document.tries.get(name, {}).get("failed", 0))

    @contextmanager
    def _as_it_is_now(self) -> Iterator[None]:
        """Another program may have added a person since; its slot must not be lost by what is written here."""
        if not self._writable:
            yield
            return
        with self._place.alone():
            with suppress(CannotOpen):  # gone for now: what was read before still opens the registry
                found = KeyDocument.from_text(self._place.read())
                if found.registry == self._document.registry:
                    self._document = found
            yield

    def _count(self, name: str, failed: int) -> None:
        tries = {other: said for other, said in self._document.tries.items() if other != name}
        if failed:
            tries[name] = {"failed": failed, "at": self._now().isoformat()}
        self._document = replace(self._document, tries=tries)
        try:
            self._place.write(self._document.text())
        except NotSaved:
            self._writable = False  # a read-only place: the count holds until the program ends

    def _write(self, document: KeyDocument) -> None:
        self._place.write(document.text())
        self._document = document


def _folded(user: str) -> str:
    return user.strip().casefold()
