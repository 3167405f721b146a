"""Lay out a new registry, or bring an older one up to date: all or nothing, backed up first, a newer one refused."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, inspect, update

from poems_registry.domain.errors import CannotOpen, NewerFile, RegistryError
from poems_registry.storage import triggers
from poems_registry.storage.backup import copy_to, flush_folder
from poems_registry.storage.counting import fewer_rows, row_counts
from poems_registry.storage.engine import is_file, migrating_engine, new_file, open_file
from poems_registry.storage.server import be_alone
from poems_registry.storage.tables.house import RegistryRow
from poems_registry.storage.tables.naming import ONLY, SCHEMA

log = logging.getLogger(__name__)

_NOT_SET_UP = "This place holds no registry: it was never set up completely. Nothing has been changed; choose another."


class UpgradeFailed(CannotOpen):
    """Bringing the registry up to date did not work; it is as it was."""

    def __init__(self, kept: str = "and a copy was kept beside it") -> None:
        super().__init__(
            f"The registry could not be brought up to date. It is exactly as it was, {kept}."
            " Go on with the version of the program you had, and report this."
        )


@dataclass(frozen=True, slots=True)
class Upgrading:
    """Where the revisions are, and where the copy made before an upgrade is kept."""

    migrations: Path
    copies: Path
    program: str = ""


def create_file(path: Path, key: bytes, migrations: Path, set_up: Callable[[Engine], None]) -> None:
    """Make a new registry file: tables, then `set_up` (card, first people), and only then its name.

    CannotOpen if the place is taken; whatever fails, nothing is left there.
    """
    if path.exists():
        raise CannotOpen("There is already a file at this place. Nothing has been created; choose another name.")
    part = path.with_name(path.name + ".part")
    for left_over in (part, part.with_name(part.name + "-wal")):
        left_over.unlink(missing_ok=True)
    engine = new_file(part, key)
    try:
        lay_out(engine, migrations)
        set_up(engine)
        engine.dispose()
        part.replace(path)
        flush_folder(path.parent)
    except OSError:
        raise CannotOpen(
            "The registry could not be created here: the place cannot be written. Choose another."
        ) from None
    finally:
        engine.dispose()
        for left_over in (part, part.with_name(part.name + "-wal")):
            left_over.unlink(missing_ok=True)


def open_current(path: Path, key: bytes, upgrading: Upgrading, *, read_only: bool = False) -> Engine:
    """Open a registry file and bring it up to date first if it is older. NewerFile if it is newer."""
    engine = open_file(path, key, read_only=read_only)
    try:
        if not is_older(engine):
            return engine
        if read_only:
            raise CannotOpen(
                "This registry was written by an older version and must be brought up to date, which is not possible"
                " where it can only be read. Nothing has been changed; open it once where it can be written."
            )
        keep_copy(engine, key, path, upgrading)
    except BaseException:
        engine.dispose()
        raise
    engine.dispose()
    upgrade_file(path, key, upgrading)
    return open_file(path, key)


def revision(engine: Engine) -> str:
    """The revision a registry is at, read by SQL so that Alembic need not be loaded; empty without tables."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def is_older(engine: Engine) -> bool:
    """Whether the registry must be brought up to date; NewerFile or CannotOpen if it is not for this program."""
    found = revision(engine)
    if found == SCHEMA:
        return False
    if not found:
        raise CannotOpen(_NOT_SET_UP)
    if not found.isdigit() or int(found) > int(SCHEMA):
        raise NewerFile(
            f"This registry was written by a newer version of the program (layout {found}; this one knows {SCHEMA})."
            " Nothing has been changed. Install the newer version to open it."
        )
    return True


def keep_copy(engine: Engine, key: bytes, path: Path, upgrading: Upgrading) -> Path:
    """A verified copy of the registry as it was, named after its layout and the moment."""
    upgrading.copies.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%SZ")
    target = upgrading.copies / f"{path.stem}-layout-{revision(engine)}-{moment}{path.suffix}"
    return copy_to(engine, key, target).path


def upgrade_file(path: Path, key: bytes, upgrading: Upgrading) -> None:
    """Run the missing revisions on a closed file. UpgradeFailed, and the file as it was, if anything goes wrong."""
    engine = migrating_engine(path, key)
    try:
        lay_out(engine, upgrading.migrations, upgrading.program)
    except RegistryError:
        raise
    except Exception as error:  # noqa: BLE001 - a revision may fail in any way; the file is as it was
        log.error("upgrade failed: %s", type(error).__name__)
        raise UpgradeFailed from None
    finally:
        engine.dispose()


def lay_out(engine: Engine, migrations: Path, program: str = "") -> None:
    """Bring a database, file or server, to the newest revision in one transaction, and make its triggers again.

    Raises if references break or a table holds fewer rows than before; nothing is changed then. AlreadyOpen if somebody
    has it open on its server.
    """
    with engine.connect() as connection, _references_off(connection), connection.begin():
        if not is_file(connection):
            be_alone(connection)
        before = row_counts(connection)
        _run_revisions(connection, migrations)
        if is_file(connection) and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError("the upgrade broke references between rows")
        lost = fewer_rows(before, row_counts(connection))
        if lost:
            raise RuntimeError(f"the upgrade lost rows of {', '.join(lost)}")
        triggers.remake(connection)
        if program:
            _note_program(connection, program)


def differences(engine: Engine, metadata: MetaData) -> list[object]:
    """What Alembic would still change to make the database equal the tables; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        engine_name = connection.dialect.name

        def belongs(part: Any, *_: object) -> bool:
            return bool(part.info.get(ONLY, engine_name) == engine_name)

        compared = {"compare_type": True, "compare_server_default": True, "include_object": belongs}
        context = MigrationContext.configure(connection, opts=compared)
        return list(compare_metadata(context, metadata))


@contextmanager
def _references_off(connection: Connection) -> Iterator[None]:
    """Dropping a copied table would delete or refuse its children (trap 2); only before BEGIN can this be switched."""
    if not is_file(connection):
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _run_revisions(connection: Connection, migrations: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _note_program(connection: Connection, program: str) -> None:
    connection.execute(update(RegistryRow).values(program=program))
