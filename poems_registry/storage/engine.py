"""Open an encrypted registry file and check every protection; tell a file from a server (`storage.server`)."""

import hashlib
import hmac
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from poems_registry.domain.errors import AlreadyOpen, CannotOpen

KEY_BYTES = 32
SALT_BYTES = 16
PAGE_BYTES = 4096
OLDEST_SQLITE = (3, 51, 3)
READING = "poems_reading"
"""Execution option of a connection that only reads: plain BEGIN instead of BEGIN IMMEDIATE (trap 4)."""

_UNTOUCHED = "Nothing has been changed."


class FileKind(StrEnum):
    """What a file's size and first bytes say before it is ever opened (decision 16)."""

    MISSING = "missing"
    FOLDER = "folder"
    EMPTY = "empty"
    PLAIN_SQLITE = "plain_sqlite"
    FOREIGN = "foreign"
    PLAUSIBLE = "plausible"


_REFUSALS = {
    FileKind.MISSING: "There is no registry at this place. Check that the drive is connected, or choose another place;"
    " nothing has been created.",
    FileKind.FOLDER: f"This place is a folder, not a registry file. {_UNTOUCHED} Choose the file inside it.",
    FileKind.EMPTY: "This file is empty (0 bytes), so it holds no registry: something emptied it."
    f" {_UNTOUCHED} Restore the last verified copy.",
    FileKind.PLAIN_SQLITE: "This file is a database without encryption, so it is not one of our registries."
    f" {_UNTOUCHED} Choose another file.",
    FileKind.FOREIGN: f"This file is not a POEMS registry. {_UNTOUCHED} Choose another file.",
}
_DAMAGED = (
    f"Damage was found in the registry file. {_UNTOUCHED} Do not work with this file:"
    " keep it, and restore the last verified copy."
)
_NOT_THIS_KEY = (
    "This file and its key file do not belong together, or the start of the file is damaged."
    f" {_UNTOUCHED} Check that both come from the same place, or restore the last verified copy."
)
_AWAY = f"The drive with the registry does not answer. {_UNTOUCHED} Check the connection, then try again."
_LOCKED = f"Another program has this registry open. {_UNTOUCHED} Close it there, then try again."
_OLD_SQLITE = (
    "This installation carries a database library with a known fault that can lose saves."
    f" {_UNTOUCHED} Install the program again from its own package."
)
_LEFT_OVER = (
    "The last saves of this registry still lie in a side file, and this place is read-only, so they could not be shown."
    f" {_UNTOUCHED} Open the registry once where it can be written, close it, then try again."
)

_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff\xe0", b"\x7fELF", b"\x1f\x8b\x08\x00", b"GIF8")
"""Four signs at least: a registry begins with 16 random ones, and one in 256 registries begins with any given sign."""


class Damaged(CannotOpen):
    """The key is right and the file is not: pages were altered, cut or lost."""

    def __init__(self) -> None:
        super().__init__(_DAMAGED)


@dataclass(frozen=True, slots=True)
class FirstBytes:
    """What the one look at a file gave: its kind, and the salt that stands in its first 16 bytes."""

    kind: FileKind
    salt: bytes = b""


def first_bytes(path: Path) -> FirstBytes:
    """Look at a file once, before any connection to it exists in this process (decision 16; reliability 0.3).

    AlreadyOpen if there is one: closing our own look would drop its locks, and another process could write unseen.
    """
    if _is_open_here(path):
        raise AlreadyOpen(_LOCKED)
    try:
        if path.is_dir():
            return FirstBytes(FileKind.FOLDER)
        if not path.exists():
            return FirstBytes(FileKind.MISSING)
        size = path.stat().st_size
        if size == 0:
            return FirstBytes(FileKind.EMPTY)
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
    except OSError:
        raise CannotOpen(_AWAY) from None
    if head.startswith(b"SQLite format 3"):
        return FirstBytes(FileKind.PLAIN_SQLITE)
    foreign = size < PAGE_BYTES or head.startswith(_MAGIC) or _reads_as_text(head)
    return FirstBytes(FileKind.FOREIGN if foreign else FileKind.PLAUSIBLE, head)


def _reads_as_text(head: bytes) -> bool:
    return all(byte in (9, 10, 13) or 32 <= byte < 127 for byte in head)


def salt_of(key: bytes) -> bytes:
    """The file's explicit salt: made from the key, so that a damaged start of the file can be told and repaired."""
    return hmac.new(key, b"poems-registry file salt", hashlib.sha256).digest()[:SALT_BYTES]


def is_read_only_place(path: Path) -> bool:
    """Whether the file or its folder cannot be written, so that the registry opens read-only."""
    return not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def open_file(path: Path, key: bytes, *, read_only: bool = False) -> Engine:
    """Open an existing encrypted registry and check that every protection holds (reliability 0, D-21).

    `key` is the raw data key of 32 bytes. Raises CannotOpen, Damaged or AlreadyOpen, each cause in its own sentence;
    never creates a file. The engine holds one connection for one thread, in exclusive mode.
    """
    first = first_bytes(path)
    ours = hmac.compare_digest(first.salt, salt_of(key))
    if first.kind is not FileKind.PLAUSIBLE and not ours:
        raise CannotOpen(_REFUSALS[first.kind])
    if read_only and _has_content(path.with_name(path.name + "-wal")):
        raise CannotOpen(_LEFT_OVER)
    engine = _file_engine(path, key, mode="ro" if read_only else "rw", lasting=True)
    try:
        with engine.connect().execution_options(**{READING: True}) as connection:
            if not read_only:
                _finish_saves(connection)
            if connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall():
                raise Damaged
    except (DBAPIError, sqlcipher.Error) as error:
        engine.dispose()
        raise why_not_opened(getattr(error, "orig", None) or error, right_key=ours) from None
    except CannotOpen:
        engine.dispose()
        raise
    _mark_as_open_here(path, engine)
    return engine


def _finish_saves(connection: Connection) -> None:
    """Bring confirmed saves from the side file home before the scan.

    A power cut in the middle of that leaves half-written pages that the side file still holds whole: not damage.
    """
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def new_file(path: Path, key: bytes) -> Engine:
    """Make a new encrypted file with nothing in it; refuses a place that is taken.

    The engine is for laying out the tables: each connection is closed after use.
    """
    if path.exists():
        raise CannotOpen("There is already a file at this place. Nothing has been created; choose another name.")
    return _file_engine(path, key, mode="rwc", lasting=False)


def migrating_engine(path: Path, key: bytes) -> Engine:
    """A throw-away engine for an upgrade (trap 2): no pool, so nothing of it outlives the upgrade."""
    return _file_engine(path, key, mode="rw", lasting=False)


def open_copy(path: Path, key: bytes) -> Engine:
    """Open a finished copy for verification only, leaving nothing beside it."""
    return _file_engine(path, key, mode="ro", lasting=False)


def is_file(engine: Engine | Connection) -> bool:
    """Whether the registry is an encrypted file rather than on a server."""
    return engine.dialect.name == "sqlite"


def why_not_opened(error: BaseException, *, right_key: bool = True) -> CannotOpen:
    """The one sentence for what the driver could not open."""
    name = str(getattr(error, "sqlite_errorname", None) or "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return AlreadyOpen(_LOCKED)
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return CannotOpen(_AWAY)
    return Damaged() if right_key else CannotOpen(_NOT_THIS_KEY)


_OPEN_HERE: set[tuple[int, int]] = set()
"""Device and number of each file this process has open: the operating system's own bookkeeping, not ours to choose."""


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_open_here(path: Path) -> bool:
    return _identity(path) in _OPEN_HERE


def _mark_as_open_here(path: Path, engine: Engine) -> None:
    identity = _identity(path)
    if identity is not None:
        _OPEN_HERE.add(identity)
        event.listen(engine, "engine_disposed", lambda _: _OPEN_HERE.discard(identity))


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _file_engine(path: Path, key: bytes, *, mode: str, lasting: bool) -> Engine:
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise CannotOpen(_OLD_SQLITE)
    if len(key) != KEY_BYTES:
        raise ValueError("the data key has 32 bytes")
    engine = create_engine(
        "sqlite://",
        creator=_connector(path, key, mode),
        module=sqlcipher,
        hide_parameters=True,
        **({"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0} if lasting else {"poolclass": NullPool}),
    )
    event.listen(engine, "begin", _begin)
    return engine.execution_options(**{READING: True}) if mode == "ro" else engine


def _begin(connection: Connection) -> None:
    """Writers take the lock at once; a read that turns into a write would fail (traps 3 and 4)."""
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _connector(path: Path, key: bytes, mode: str) -> Callable[[], Any]:
    uri = f"{path.resolve().as_uri()}?mode={mode}" + ("&immutable=1" if mode == "ro" else "")

    def connect() -> Any:
        connection = sqlcipher.connect(uri, uri=True, check_same_thread=False, isolation_level=None, timeout=0.3)
        try:
            _unlock(connection, key)
            for pragma, wanted in _pragmas(mode).items():
                _set_and_read_back(connection, pragma, wanted)
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def _unlock(connection: Any, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f"PRAGMA key=\"x'{(key + salt_of(key)).hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise CannotOpen(_OLD_SQLITE)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("SELECT count(*) FROM sqlite_master")  # a wrong key shows only now


def _pragmas(mode: str) -> dict[str, str]:
    """Each protection and how it reads back (reliability 0.2, D-21)."""
    always = {
        "foreign_keys": "1",
        "trusted_schema": "0",
        "cell_size_check": "1",
        "temp_store": "2",
        "cache_size": "-65536",
        "locking_mode": "exclusive",
    }
    return always if mode == "ro" else {"journal_mode": "wal", "synchronous": "2", **always}


def _set_and_read_back(connection: Any, pragma: str, wanted: str) -> None:
    with suppress(TypeError):
        connection.execute(f"PRAGMA {pragma}={wanted}").fetchone()
    (found,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    if str(found).lower() != wanted:
        raise CannotOpen(f"The database library does not keep the setting {pragma}. {_UNTOUCHED} {_OLD_SQLITE}")
