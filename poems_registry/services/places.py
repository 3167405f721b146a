"""The two kinds of place a registry can be at, behind one face: look, open, make, and where its keys lie."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from poems_registry import __version__
from poems_registry.domain.errors import CannotOpen
from poems_registry.domain.locations import Location
from poems_registry.storage import engine, migrate, registry, server_layout
from poems_registry.storage.engine import FileKind
from poems_registry.storage.server_keys import ServerKeys
from poems_registry.storage.unit_of_work import Engine, Session
from poems_registry.system import paths
from poems_registry.system.key_file import KeyFile, KeyPlace
from poems_registry.system.lock import Holder, ProcessLock

SetUp = Callable[[Engine], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """An open registry; `let_go` gives back what others wait for, after the engine was closed."""

    engine: Engine
    read_only: bool
    let_go: Callable[[], None]
    shared: bool = False
    """Whether other PCs may have it open too."""


class Place(Protocol):
    """Where a registry is, or is to be."""

    @property
    def keys(self) -> KeyPlace:
        """Where its key slots lie."""
        ...

    def look(self) -> None:
        """CannotOpen, each cause in its own sentence, unless a registry may be here; nothing is changed."""
        ...

    def open(self, dek: bytes, holder: Holder, *, backed_up: bool = False) -> Opened:
        """Open it, brought up to date. On a server that is done only if a backup of it was made."""
        ...

    def make(self, dek: bytes, set_up: SetUp) -> None:
        """Lay out a new registry and let `set_up` write its first rows. CannotOpen if the place is taken."""
        ...

    def keep_keys(self, session: Session, document: str) -> None:
        """Put the first key slots where they belong, from within `set_up`."""
        ...


def place_of(location: Location) -> Place:
    """The place a location names."""
    return FilePlace(location) if isinstance(location, Path) else ServerPlace(str(location))


class FilePlace:
    """An encrypted file with its keys beside it, for one process at a time (decision 15)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys = KeyFile(paths.key_file(path), (paths.key_copy(path),))

    @property
    def keys(self) -> KeyPlace:
        """The key file, and its copy in this user's own folder."""
        return self._keys

    def look(self) -> None:
        """By the first bytes alone."""
        kind = engine.first_bytes(self._path).kind
        if kind is not FileKind.PLAUSIBLE:
            raise CannotOpen(_WHY[kind])

    def open(self, dek: bytes, holder: Holder, *, backed_up: bool = False) -> Opened:
        """Take the lock, check every page, upgrade after a copy of our own, whoever else made one."""
        read_only = engine.is_read_only_place(self._path)
        lock = None if read_only else ProcessLock.take(paths.lock_file(self._path), holder)
        let_go = lock.release if lock is not None else _nothing
        try:
            upgrading = migrate.Upgrading(paths.migrations(), paths.copies_folder(self._path), __version__)
            return Opened(migrate.open_current(self._path, dek, upgrading, read_only=read_only), read_only, let_go)
        except BaseException:
            let_go()
            raise

    def make(self, dek: bytes, set_up: SetUp) -> None:
        """The file gets its name last, when its keys are on the disk; whatever fails, nothing is left."""
        path = self._path
        if paths.is_keys_name(path):
            raise CannotOpen(
                "This name is kept for the key file, which would be lost under it. Nothing has been created; choose a"
                " name that ends otherwise."
            )
        if path.exists() or paths.key_file(path).exists():
            raise CannotOpen("There is already a file at this place. Nothing has been created; choose another name.")
        path.parent.mkdir(parents=True, exist_ok=True)
        paths.key_copy(path).unlink(missing_ok=True)
        try:
            migrate.create_file(path, dek, paths.migrations(), set_up)
        except BaseException:
            for keys in (paths.key_file(path), paths.key_copy(path)):
                keys.unlink(missing_ok=True)
            raise

    def keep_keys(self, session: Session, document: str) -> None:
        """Beside the file, before it has its name: a crash between never leaves a file nobody can open."""
        self._keys.write(document)


class ServerPlace:
    """A database on a PostgreSQL server, open at several PCs at once: no lock, conflicts are told by versions."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._keys = ServerKeys(address)

    @property
    def keys(self) -> KeyPlace:
        """A row of the database."""
        return self._keys

    def look(self) -> None:
        """By reaching it, and finding keys in it."""
        if not self._keys.read():
            raise CannotOpen(
                "This database holds no registry yet: making one in it was stopped. Nothing was changed. Make it again"
                " with `poems-registry new`."
            )

    def open(self, dek: bytes, holder: Holder, *, backed_up: bool = False) -> Opened:
        """The data key opens nothing here: it is for the audit. The server itself guards the rows."""
        upgrading = migrate.Upgrading(paths.migrations(), Path(), __version__) if backed_up else None
        opened, read_only = server_layout.open_current_server(self._address, upgrading)
        return Opened(opened, read_only, _nothing, shared=True)

    def make(self, dek: bytes, set_up: SetUp) -> None:
        """In an empty database."""
        server_layout.create_server(self._address, paths.migrations(), set_up)

    def keep_keys(self, session: Session, document: str) -> None:
        """In the same transaction as the registry's card: both are there, or neither."""
        registry.save_key_document(session, document)


def _nothing() -> None:
    """Nobody waits."""


_WHY = {
    FileKind.MISSING: "There is no registry at this place. Nothing was created. Choose another file or make a new one.",
    FileKind.FOLDER: "This is a folder, not a registry. Nothing was changed. Choose the file inside it.",
    FileKind.EMPTY: "This file is empty: it holds no registry. Nothing was changed. Restore the last verified copy if"
    " it should hold one.",
    FileKind.PLAIN_SQLITE: "This file is an unencrypted database, not a registry of this program. Nothing was changed.",
    FileKind.FOREIGN: "This file is not a registry: it looks like something else. Nothing was changed.",
}
