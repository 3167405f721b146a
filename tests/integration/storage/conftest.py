"""The same registry on both engines: an encrypted file, and a PostgreSQL server started once for the session."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from poems_registry.storage.engine import open_file
from poems_registry.storage.migrate import create_file, lay_out
from poems_registry.storage.server import open_server
from poems_registry.storage.unit_of_work import Store
from tests.integration.conftest import address_of
from tests.integration.storage.made_up import AUDIT_KEY, KEY, Clock
from tests.tree import ROOT

MIGRATIONS = ROOT / "migrations"
_numbers = count(1)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laid-out registry file without a row; copied, never opened."""
    path = tmp_path_factory.mktemp("empty") / "poems.registry"
    create_file(path, KEY, MIGRATIONS, lambda _: None)
    return path


@pytest.fixture(scope="session")
def empty_registry(server: Any) -> Any:
    """The server with an empty, laid-out database `empty_registry` to be copied."""
    server.psql("CREATE DATABASE empty_registry")
    engine = open_server(address_of(server, "empty_registry"))
    lay_out(engine, MIGRATIONS)
    engine.dispose()
    return server


@pytest.fixture
def file(empty_file: Path, tmp_path: Path) -> Path:
    """A registry file of one's own."""
    path = tmp_path / "poems.registry"
    shutil.copyfile(empty_file, path)
    return path


@pytest.fixture
def server_address(empty_registry: Any) -> Iterator[str]:
    """A database of one's own."""
    name = f"registry_{next(_numbers)}"
    empty_registry.psql(f"CREATE DATABASE {name} TEMPLATE empty_registry")
    yield address_of(empty_registry, name)
    empty_registry.psql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["file", "server"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An open registry, once on each engine."""
    if request.param == "file":
        opened = open_file(request.getfixturevalue("file"), KEY)
    else:
        opened = open_server(request.getfixturevalue("server_address"), "")
    yield opened
    opened.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    """A store on each engine."""
    return Store(engine, AUDIT_KEY, Clock())


@pytest.fixture
def file_store(file: Path) -> Iterator[Store]:
    """A store on an encrypted file."""
    opened = Store(open_file(file, KEY), AUDIT_KEY, Clock())
    yield opened
    opened.close()
