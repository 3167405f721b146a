"""Copies of a registry file, each verified by opening it before it bears its name (reliability 4)."""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from poems_registry.domain.errors import CannotOpen, NotAllowedNow, NotSaved, RegistryError
from poems_registry.storage.counting import row_counts
from poems_registry.storage.engine import FileKind, first_bytes, is_file, open_copy

_NO_COPY = (
    "The copy could not be written, so there is no new copy; the registry itself is safe."
    " Check the place and its free space."
)
_BAD_COPY = "The copy did not pass its check and was removed; the registry itself is safe. Copy again to another place."


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What checking a copy found: rows of each table, its revision, and problems in words (none when it is good)."""

    path: Path
    rows: dict[str, int] = field(default_factory=dict)
    revision: str = ""
    problems: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the copy may be relied on."""
        return not self.problems


def copy_to(engine: Engine, key: bytes, target: Path) -> CopyReport:
    """Copy the open registry to a new file: written aside, opened and checked, flushed, then named (trap: full disk).

    NotSaved if it could not be written or checked; the target is then not there. NotAllowedNow if it exists already or
    the registry is on a server, whose copies its keeper makes.
    """
    if not is_file(engine):
        raise NotAllowedNow("This registry is on a server: its copies are made there. Nothing was copied.")
    if target.exists():
        raise NotAllowedNow("There is already a file of this name. Nothing was copied; choose another name.")
    part = target.with_name(target.name + ".part")
    try:
        with engine.connect() as connection:
            rows = row_counts(connection)
            connection.rollback()
            _remove(part)
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("VACUUM INTO ?", (str(part),))
        report = verify(part, key, rows)
        if not report.good:
            raise NotSaved(_BAD_COPY)
        settle(part, target)
    except (OSError, DBAPIError, sqlcipher.Error):
        _remove(part)
        raise NotSaved(_NO_COPY) from None
    except RegistryError:
        _remove(part)
        raise
    return CopyReport(target, report.rows, report.revision)


def verify(path: Path, key: bytes, rows: dict[str, int] | None = None) -> CopyReport:
    """Open a closed copy, read-only, and check every page, every reference and, if given, the rows of each table."""
    if first_bytes(path).kind is not FileKind.PLAUSIBLE:
        return CopyReport(path, problems=("it is not a registry file",))
    engine = open_copy(path, key)
    try:
        with engine.connect() as connection:
            return _checked(path, connection, rows)
    except (sqlcipher.Error, DBAPIError, CannotOpen):
        return CopyReport(path, problems=("it cannot be read",))
    finally:
        engine.dispose()


def check(engine: Engine) -> CopyReport:
    """The same checks on the open registry itself; on a server its keeper checks pages and structure."""
    with engine.connect() as connection:
        if not is_file(connection):
            return CopyReport(Path(), row_counts(connection))
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # before it, the scan may raise a false alarm
        return _checked(Path(), connection, None)


def settle(part: Path, target: Path) -> None:
    """Flush a closed file to the disk and give it its name, so that a power cut leaves all of it or none."""
    descriptor = os.open(part, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    part.replace(target)
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checked(path: Path, connection: Connection, rows: dict[str, int] | None) -> CopyReport:
    problems = []
    if connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall():
        problems.append("pages are damaged")
    if connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() != ["ok"]:
        problems.append("its structure is damaged")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        problems.append("references are broken")
    found = row_counts(connection)
    if rows is not None and found != rows:
        problems.append("rows are missing")
    known = found.get("alembic_version", 0)
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if known else ""
    return CopyReport(path, found, str(revision or ""), tuple(problems))


def _remove(path: Path) -> None:
    for name in (path.name, path.name + "-journal", path.name + "-wal"):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)
