"""Lay out a new registry on a server, or bring an older one up to date: only when asked, after its keeper's backup."""

import logging
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from poems_registry.domain.errors import CannotOpen, RegistryError
from poems_registry.storage import migrate
from poems_registry.storage.failures import code_of
from poems_registry.storage.server import (
    is_read_only_server,
    open_server,
    passing_server,
    reached,
    refuse_taken,
    refuse_without_registry,
)

log = logging.getLogger(__name__)

_NOT_ALLOWED = "42501"
_NOT_THE_OWNER = (
    "This login may not make or change tables on the server. Nothing has been changed. Use the login that owns the"
    " database for this: put its name into the address."
)
_OLDER = (
    "This registry was written by an older version of the program and must be brought up to date, once for everybody."
    " Nothing has been changed. Whoever keeps the server makes a backup of it first (pg_dump) and tries that it can be"
    " restored, everybody closes the registry, and then `poems-registry migrate --backed-up` does it."
)


def create_server(address: str, migrations: Path, set_up: Callable[[Engine], None]) -> None:
    """Make a new registry in an empty database: tables, then `set_up` (card, first people, keys) in one transaction.

    CannotOpen if something is there. Stopped between the two, the tables stay and the next try goes on from there.
    """
    engine = passing_server(address)
    with reached(engine) as connection:
        refuse_taken(connection)
    _lay_out(engine, migrations)
    set_up(engine)


def open_current_server(address: str, upgrading: migrate.Upgrading | None) -> tuple[Engine, bool]:
    """Open a registry on a server, and whether it can only be read there.

    An older one is brought up to date if `upgrading` is given, which says that a backup was made; else CannotOpen.
    NewerFile if it is newer.
    """
    engine = open_server(address)
    try:
        with reached(engine) as connection:
            refuse_without_registry(connection)
            read_only = is_read_only_server(connection)
        if migrate.is_older(engine):
            if upgrading is None:
                raise CannotOpen(_OLDER)
            engine.dispose()
            _lay_out(passing_server(address), upgrading.migrations, upgrading.program)
    except BaseException:
        engine.dispose()
        raise
    return engine, read_only


def _lay_out(engine: Engine, migrations: Path, program: str = "") -> None:
    try:
        migrate.lay_out(engine, migrations, program)
    except RegistryError:
        raise
    except ProgrammingError as error:
        if code_of(error) == _NOT_ALLOWED:
            raise CannotOpen(_NOT_THE_OWNER) from None
        raise _failed(error) from None
    except Exception as error:  # noqa: BLE001 - a revision may fail in any way; the database is as it was
        raise _failed(error) from None


def _failed(error: Exception) -> migrate.UpgradeFailed:
    log.error("laying out failed: %s", type(error).__name__)
    return migrate.UpgradeFailed("as a change that did not finish is undone whole")
