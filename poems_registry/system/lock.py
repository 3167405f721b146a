"""One process for one registry file: a lock that names who holds it and vanishes with its process (decision 15)."""

import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from poems_registry.domain.dates import show_instant
from poems_registry.domain.errors import AlreadyOpen, CannotOpen

_FAR = 1 << 30
"""Windows locks bytes, not files: one far behind the text, so that the text can still be read."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a registry open, at which PC, since when."""

    person: str
    pc: str
    since: datetime


class ProcessLock:
    """Held from opening a registry until it is closed; after a crash the system itself lets it go."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, path: Path, holder: Holder) -> Self:
        """Take the lock file at `path` (`paths.lock_file`) or raise AlreadyOpen naming who has it."""
        while True:
            descriptor = _opened(path)
            if not _locked(descriptor):
                os.close(descriptor)
                raise AlreadyOpen(_sentence(holder_of(path)))
            if _is_still_there(descriptor, path):
                break
            os.close(descriptor)  # its last holder removed it between our opening and our locking
        said = {"person": holder.person, "pc": holder.pc, "since": holder.since.isoformat()}
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps(said).encode())
        return cls(path, descriptor)

    def release(self) -> None:
        """Let go and remove the file; more than once does no harm."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        if sys.platform == "win32":
            os.ftruncate(descriptor, 0)
            os.close(descriptor)  # an open file cannot be removed there
            with suppress(OSError):
                self._path.unlink()
            return
        with suppress(OSError):
            self._path.unlink()
        os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def holder_of(path: Path) -> Holder | None:
    """What the lock file says, None if there is none or it cannot be read; says nothing about who holds it still."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Holder(str(said["person"]), str(said["pc"]), datetime.fromisoformat(said["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sentence(holder: Holder | None) -> str:
    if holder is None:
        return "Another program has this registry open. Nothing has been changed. Close it there, then try again."
    here = datetime.now().astimezone().tzinfo
    since = show_instant(holder.since, here) if here is not None else ""
    return (
        f"This registry is already open by {holder.person} on {holder.pc}, since {since}."
        " Nothing has been changed. Close it there, then try again."
    )


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        raise CannotOpen(
            "The place of this registry does not let us mark it as open, so it was not opened for writing."
            " Nothing has been changed. Open it read-only, or ask for the right to write there."
        ) from None


def _is_still_there(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _locked(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _locked(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
