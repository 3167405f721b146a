"""A registry made on a PostgreSQL server as an administrator makes it, copied for each test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from poems_registry.domain.access import Role
from poems_registry.domain.locations import ServerAddress
from poems_registry.domain.records import ClinicProfile
from poems_registry.services.access import SignedIn
from poems_registry.services.registry import NewPerson, create, open_registry
from poems_registry.system import paths
from poems_registry.system.clock import FixedClock
from poems_registry.system.recovery import RecoveryKey
from poems_registry.system.slots import FLOOR, Kdf
from tests.integration.conftest import address_of

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
RECOVERY = RecoveryKey(bytes(range(32)))
CLINIC = ClinicProfile(name="Made-up Clinic", hospital="Example Hospital")
PASSWORD = "velvet harbour onion tractor lemon"
PEOPLE = (
    NewPerson("adams", "P Adams", Role.ADMIN, PASSWORD),
    NewPerson("baker", "Q Baker", Role.ADMIN, PASSWORD),
    NewPerson("osei", "Dr B Osei", Role.CLINICIAN, PASSWORD, "Consultant neurologist"),
    NewPerson("lund", "Dr C Lund", Role.CLINICIAN, PASSWORD, "Consultant haematologist"),
)
_numbers = count(1)


def at_floor() -> Kdf:
    """Passwords of tests cost the least that is allowed."""
    return FLOOR


@dataclass(frozen=True, slots=True)
class Clinic:
    """A registry on a server, and where it was copied from."""

    address: ServerAddress
    psql: Callable[[str], str]
    """Runs a statement in its database as the server's superuser."""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logs of the test stay in the test's own folder, and no login of whoever runs it is used."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    for name in ("PGPASSWORD", "PGHOST", "PGHOSTADDR", "PGUSER", "PGSERVICE", "PGSSLMODE", "PGSSLROOTCERT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))


@pytest.fixture(scope="session")
def ready_made(server: Any) -> str:
    """The name of a database with a new registry in it, never opened since."""
    server.psql("CREATE DATABASE ready_made ENCODING 'UTF8' TEMPLATE template0")
    create(ServerAddress.read(address_of(server, "ready_made")), CLINIC, PEOPLE, FixedClock(NOW), at_floor, RECOVERY)
    return "ready_made"


@pytest.fixture
def clinic(server: Any, ready_made: str) -> Iterator[Clinic]:
    """A registry of one's own."""
    name = f"clinic_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {ready_made}")

    def psql(statement: str) -> str:
        return str(server.psql(f"\\connect {name}\n{statement}"))

    yield Clinic(ServerAddress.read(address_of(server, name)), psql)
    server.psql(f"DROP DATABASE {name} WITH (FORCE)")


SignIn = Callable[..., SignedIn]


@pytest.fixture
def sign_in(clinic: Clinic) -> Iterator[SignIn]:
    """Sign somebody in at a PC of their own; several may be in at once."""
    opened: list[SignedIn] = []

    def enter(user: str = "osei", password: str = PASSWORD, clock: FixedClock | None = None) -> SignedIn:
        opened.append(open_registry(clinic.address, user, password, clock or FixedClock(NOW)))
        return opened[-1]

    yield enter
    for each in opened:
        each.close()
