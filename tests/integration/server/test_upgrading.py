"""An older registry on a server is brought up to date when its keeper asks, with nobody in it, all or nothing."""

from contextlib import closing
from pathlib import Path

import pytest

from poems_registry import __version__
from poems_registry.cli.signing_in import VARIABLE
from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.errors import AlreadyOpen, CannotOpen
from poems_registry.domain.locations import ServerAddress
from poems_registry.domain.records import Person
from poems_registry.services.registry import SETTING_UP, look, open_registry
from poems_registry.services.safekeeping import SafekeepingService
from poems_registry.storage import audit, migrate, people, registry
from poems_registry.storage.counting import row_counts
from poems_registry.storage.registry import RegistryCard
from poems_registry.storage.server import OPEN_LOCK, open_server, passing_server
from poems_registry.storage.server_layout import open_current_server
from poems_registry.storage.tables.naming import SCHEMA
from poems_registry.storage.unit_of_work import Store
from poems_registry.system.clock import FixedClock
from poems_registry.system.key_file import KeyDraft
from poems_registry.system.keys import KeyRing, derive
from tests.integration.cli.conftest import Type, type_
from tests.integration.server.conftest import CLINIC, NOW, PASSWORD, RECOVERY
from tests.integration.storage.test_upgrading import lay_out_first_release
from tests.noise import Noise

__all__ = ["type_"]

DEK = bytes(range(32))
RIGHTS = DEFAULTS[Role.ADMIN] | {Permission.MANAGE}


@pytest.fixture
def older(database: str, tmp_path: Path) -> ServerAddress:
    """A registry of the first release, with its people and keys and twenty entries of the audit."""
    clock, keys = FixedClock(NOW), KeyDraft()
    KeyRing.create(keys, clock.now, "uid-1", DEK, RECOVERY).add_user(DEK, "adams", PASSWORD)
    engine = passing_server(database)
    lay_out_first_release(engine, tmp_path / "first")
    store = Store(engine, derive(DEK, "audit"), clock.now)
    with store.writing(SETTING_UP) as session:
        registry.create(session, RegistryCard("uid-1", CLINIC.name, False, NOW, CLINIC, "0.0.1"))
        people.add(session, Person(user="adams", name="P Adams", role=Role.ADMIN, permissions=RIGHTS))
        registry.save_key_document(session, keys.read())
        for number in range(18):
            audit.record_event(session, "made_up", number=number)
    return ServerAddress.read(database)


def state(address: ServerAddress) -> tuple[str, dict[str, int]]:
    """The layout and how many rows each table has."""
    engine = passing_server(str(address))
    with engine.connect() as connection:
        return migrate.revision(engine), row_counts(connection)


def enter(address: ServerAddress, *, backed_up: bool = False) -> None:
    open_registry(address, "adams", PASSWORD, FixedClock(NOW), backed_up=backed_up).close()


def test_opening_alone_never_changes_an_older_registry_and_says_what_to_do(older: ServerAddress) -> None:
    before = state(older)
    assert before[0] == "0001"
    assert look(older).users == ("adams",)
    with pytest.raises(CannotOpen, match=r"pg_dump.*--backed-up"):
        enter(older)
    assert state(older) == before


def test_with_a_backup_made_it_comes_up_to_date_and_keeps_every_row(older: ServerAddress) -> None:
    _, before = state(older)
    enter(older, backed_up=True)
    found, after = state(older)
    assert found == SCHEMA
    assert {name: after[name] for name in before} == before | {"audit": before["audit"] + 1}  # the sign-in
    with closing(open_registry(older, "adams", PASSWORD, FixedClock(NOW))) as signed_in:
        assert SafekeepingService(signed_in).check().problems == ()
        with signed_in.store.reading() as session:
            assert registry.load(session).program == __version__


def test_it_waits_for_everybody_to_leave(older: ServerAddress) -> None:
    before = state(older)
    somebody = open_server(str(older))
    with somebody.connect():
        with pytest.raises(AlreadyOpen, match="Somebody has this registry open"):
            enter(older, backed_up=True)
        assert state(older) == before
    somebody.dispose()
    enter(older, backed_up=True)
    assert state(older)[0] == SCHEMA


def test_while_it_lasts_nobody_comes_in(older: ServerAddress) -> None:
    upgrading = passing_server(str(older))
    with upgrading.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({OPEN_LOCK:d})")
        with pytest.raises(CannotOpen, match="being brought up to date"):
            open_current_server(str(older), None)


def test_one_that_fails_changes_nothing_and_can_be_tried_again(
    older: ServerAddress, tmp_path: Path, noise: Noise
) -> None:
    before = state(older)
    broken = tmp_path / "first"
    (broken / "versions" / "0002_trial.py").write_text(
        '"""A trial."""\nfrom alembic import op\nrevision = "0002"\ndown_revision = "0001"\n\n\n'
        "def upgrade() -> None:\n"
        '    op.execute("DELETE FROM audit_head")\n'
        '    raise KeyError("Ann Smith")\n'
    )
    noise.expect("log ERROR poems_registry.storage.server_layout: laying out failed")
    with pytest.raises(migrate.UpgradeFailed, match="exactly as it was") as refused:
        open_current_server(str(older), migrate.Upgrading(broken, Path()))
    assert "Smith" not in str(refused.value)
    assert state(older) == before
    enter(older, backed_up=True)
    assert state(older)[0] == SCHEMA


def test_the_command_brings_it_up_to_date_only_with_the_keepers_word(
    older: ServerAddress, type_: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    refused = type_("--registry", older, "--user", "adams", "migrate")
    assert (refused.code, refused.out) == (3, "")
    assert "--backed-up" in refused.err
    done = type_("--registry", older, "--user", "adams", "migrate", "--backed-up")
    assert (done.code, done.err) == (0, "")
    assert f"layout: {SCHEMA}" in done.out
