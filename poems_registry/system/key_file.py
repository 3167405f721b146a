"""The key file: a small JSON document with its own checksum, replaced whole or not at all, with a copy elsewhere."""

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from poems_registry.domain.errors import CannotOpen, NotSaved
from poems_registry.system.slots import FORMAT

_MISSING = (
    "The key file of this registry is missing, and without it the registry cannot be opened."
    " Nothing has been changed. Put the key file back beside the registry; a copy of it is in every backup."
)
_DAMAGED = (
    "The key file of this registry is damaged. Nothing has been changed."
    " Put back its copy; there is one in every backup."
)
_NEWER = "The key file was written by a newer version of the program. Nothing has been changed. Install that version."
_NOT_WRITTEN = (
    "The key file could not be written, so nothing about who may open the registry has changed. Check the place."
)


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """What a key file says. `slots` and `tries` are by user name; a slot's form is known to `system.slots` only."""

    registry: str
    generation: int = 0
    slots: dict[str, dict[str, Any]] = field(default_factory=dict)
    recovery: dict[str, Any] | None = None
    tries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def text(self) -> str:
        """As JSON for people who look at it, with a checksum over the rest."""
        said = {
            "format": FORMAT,
            "registry": self.registry,
            "generation": self.generation,
            "slots": self.slots,
            "recovery": self.recovery,
            "tries": self.tries,
        }
        return json.dumps(said | {"checksum": _checksum(said)}, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_text(cls, text: str) -> "KeyDocument":
        """Read what `text` wrote; CannotOpen, each in its own sentence, if it is missing, damaged or newer."""
        if not text.strip():
            raise CannotOpen(_MISSING)
        try:
            said = json.loads(text)
            checksum = said.pop("checksum")
            if int(said["format"]) > FORMAT:
                raise CannotOpen(_NEWER)
            if checksum != _checksum(said):
                raise CannotOpen(_DAMAGED)
            return cls(
                str(said["registry"]),
                int(said["generation"]),
                dict(said["slots"]),
                said["recovery"],
                dict(said["tries"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise CannotOpen(_DAMAGED) from None


class KeyPlace(Protocol):
    """Where a key document lies: a file beside the registry, or a row on the server."""

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else changes the document until the end; what is written within is kept then."""
        ...

    def read(self) -> str:
        """The document's text, empty if there is none."""
        ...

    def write(self, text: str) -> None:
        """Replace it whole or not at all; NotSaved."""
        ...


class KeyFile:
    """A key file with copies. It is read from a copy only if it is missing or damaged itself."""

    def __init__(self, path: Path, copies: Sequence[Path] = ()) -> None:
        self.path = path
        self.copies = tuple(copies)

    def alone(self) -> AbstractContextManager[None]:
        """A registry file is open in one process only (decision 15), and so are its keys."""
        return nullcontext()

    def read(self) -> str:
        """The text of the first file that is sound; the damaged one's own text if none is."""
        texts = [text for path in (self.path, *self.copies) if (text := _text_of(path))]
        for text in texts:
            with suppress(CannotOpen):
                KeyDocument.from_text(text)
                return text
        return texts[0] if texts else ""

    def write(self, text: str) -> None:
        """Replace the file, then its copies; a copy that cannot be written does not stop anything."""
        try:
            replace_whole(self.path, text)
        except OSError:
            raise NotSaved(_NOT_WRITTEN) from None
        for path in self.copies:
            with suppress(OSError):
                replace_whole(path, text)


class KeyDraft:
    """A key document in memory, until it is known where it is to lie: of a registry that is being made."""

    def __init__(self) -> None:
        self._text = ""

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else knows of it."""
        return nullcontext()

    def read(self) -> str:
        """What was written last."""
        return self._text

    def write(self, text: str) -> None:
        """Replace it."""
        self._text = text


def replace_whole(path: Path, text: str) -> None:
    """Write aside, flush, rename, flush the folder, read back. After an OSError the old file is as it was."""
    aside = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)
    if path.read_text(encoding="utf-8") != text:
        raise OSError("what was read back is not what was written")


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _checksum(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
