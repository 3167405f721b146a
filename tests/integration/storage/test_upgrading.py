"""A registry of the first release, with something in every table, comes up to date with every word it held."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Boolean, Date, DateTime, Engine, Integer, LargeBinary, MetaData, Table, insert, select

from poems_registry.domain.errors import CannotOpen
from poems_registry.storage import migrate, triggers
from poems_registry.storage.engine import is_file, migrating_engine, new_file, open_file
from poems_registry.storage.migrate import Upgrading
from poems_registry.storage.server import open_server
from poems_registry.storage.tables.every import METADATA
from poems_registry.storage.tables.naming import SCHEMA
from tests.integration.conftest import address_of
from tests.integration.storage.conftest import MIGRATIONS
from tests.integration.storage.made_up import KEY

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
SAID: dict[str, dict[str, Any]] = {
    "encounter": {"state": "signed", "seen_by": '["Dr A"]', "verdict": '{"rule_a":"met"}', "version": 3},
    "observation": {"state": "recorded", "code": None, "text": None, "confirmed_from": None},
    "letter": {"state": "signed"},
    "draft": {"content": '{"on":"1"}'},
}
"""What a row must say to be a possible one; every other column gets a word, a number or an instant of its own."""

Old = dict[str, list[dict[str, Any]]]


def lay_out_first_release(engine: Engine, folder: Path) -> None:
    """The tables of the first release, by its revision alone; the triggers of today name tables it did not have."""
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*", "00[1-9]?_*"))
    config = Config()
    config.set_main_option("script_location", str(folder))
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def value_of(column: Any) -> Any:
    """Something that no other column would say by chance."""
    kind = column.type
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, DateTime):
        return NOON
    if isinstance(kind, Date):
        return date(2026, 11, 22)
    if isinstance(kind, LargeBinary):
        return b"%PDF-\x00\xff"
    return 1.5 if kind.python_type is float else f"{column.table.name}.{column.name} ä"[: getattr(kind, "length", None)]


def fill_every_table(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():
        then = MetaData()
        then.reflect(connection)
        for table in then.sorted_tables:
            if table.name in ("audit_head", "alembic_version"):
                continue
            row = {column.name: value_of(column) for column in table.columns} | SAID.get(table.name, {})
            connection.execute(insert(table), [row])


def all_rows(engine: Engine, like: MetaData | None = None) -> tuple[MetaData, Old]:
    """Every row; of the columns that `like` has, if it is given."""
    with engine.connect() as connection:
        found = MetaData()
        found.reflect(connection)
        rows: Old = {}
        for table in (like or found).sorted_tables:
            if table.name != "alembic_version":
                now: Table = found.tables[table.name]
                query = select(*(now.c[column.name] for column in table.columns))
                rows[table.name] = [dict(row._mapping) for row in connection.execute(query)]
        return found, rows


def revision_of(path: Path) -> str:
    engine = open_file(path, KEY)
    try:
        return migrate.revision(engine)
    finally:
        engine.dispose()


def upgraded_and_compared(make: Callable[[], Engine], folder: Path) -> Engine:
    old = make()
    lay_out_first_release(old, folder)
    fill_every_table(old)
    tables, before = all_rows(old)
    assert all(before.values()), "every table holds something"
    old.dispose()
    now = make()
    migrate.lay_out(now, MIGRATIONS)
    assert all_rows(now, tables)[1] == before
    assert migrate.revision(now) == SCHEMA
    assert migrate.differences(now, METADATA) == []
    return now


def test_a_file_of_the_first_release_keeps_every_word(tmp_path: Path) -> None:
    path = tmp_path / "old.registry"
    now = upgraded_and_compared(
        lambda: migrating_engine(path, KEY) if path.exists() else new_file(path, KEY), tmp_path / "first"
    )
    with now.connect() as connection:
        made = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        assert sorted(made) == sorted(triggers.names())
    assert is_file(now)
    now.dispose()


def test_a_server_of_the_first_release_keeps_every_word(server: Any, tmp_path: Path) -> None:
    server.psql("CREATE DATABASE first_release")
    try:
        now = upgraded_and_compared(lambda: open_server(address_of(server, "first_release"), ""), tmp_path / "first")
        assert migrate.revision(now) == SCHEMA
        now.dispose()
    finally:
        server.psql("DROP DATABASE first_release WITH (FORCE)")


def test_opening_a_file_of_the_first_release_copies_it_and_brings_it_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.registry"
    old = new_file(path, KEY)
    lay_out_first_release(old, tmp_path / "first")
    fill_every_table(old)
    old.dispose()
    with pytest.raises(CannotOpen, match="up to date"):
        migrate.open_current(path, KEY, Upgrading(MIGRATIONS, tmp_path / "copies"), read_only=True)
    migrate.open_current(path, KEY, Upgrading(MIGRATIONS, tmp_path / "copies")).dispose()
    (copy,) = (tmp_path / "copies").iterdir()
    assert (revision_of(copy), revision_of(path)) == ("0001", SCHEMA)
