"""What docs/postgresql.md tells the server's keeper works word for word, and guards what it says it guards."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from poems_registry.domain.errors import CannotOpen
from poems_registry.domain.locations import ServerAddress
from poems_registry.domain.records import Patient
from poems_registry.services.patients import PatientService
from poems_registry.services.registry import create, open_registry
from poems_registry.services.safekeeping import SafekeepingService
from poems_registry.services.staff import StaffService
from poems_registry.storage.migrate import Upgrading
from poems_registry.storage.server import passing_server
from poems_registry.storage.server_layout import open_current_server
from poems_registry.storage.tables.naming import SCHEMA
from poems_registry.storage.triggers import FROZEN
from poems_registry.system import paths
from poems_registry.system.clock import FixedClock
from tests.integration.conftest import address_of
from tests.integration.server.conftest import CLINIC, NOW, PASSWORD, PEOPLE, Clinic, SignIn, at_floor
from tests.tree import ROOT

GUIDE = ROOT / "docs" / "postgresql.md"
BEFORE, AFTER = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture(scope="module")
def kept(server: Any) -> Iterator[Clinic]:
    """A registry set up by the guide, named by the login of every day."""
    server.psql(BEFORE)
    create(ServerAddress.read(address_of(server, "poems", "poems_owner")), CLINIC, PEOPLE, FixedClock(NOW), at_floor)
    server.psql(AFTER)

    def psql(statement: str) -> str:
        return str(server.psql(f"\\connect poems poems_app\n{statement}"))

    yield Clinic(ServerAddress.read(address_of(server, "poems", "poems_app")), psql)
    server.psql("DROP DATABASE poems WITH (FORCE); DROP ROLE poems_owner, poems_app")


def test_the_daily_login_does_the_daily_work(kept: Clinic) -> None:
    with closing(open_registry(kept.address, "osei", PASSWORD, FixedClock(NOW))) as signed_in:
        saved, _ = PatientService(signed_in).add(Patient(family_name="Brien"))
        assert PatientService(signed_in).open(saved.id).file.patient == saved
    with closing(open_registry(kept.address, "adams", PASSWORD, FixedClock(NOW))) as signed_in:
        StaffService(signed_in).allow("osei", "import", granted=False)
        assert SafekeepingService(signed_in).check().problems == ()


FORBIDDEN = (
    "UPDATE audit SET seq = seq",
    "UPDATE letter_page SET letter_id = letter_id",
    "DELETE FROM audit",
    "DELETE FROM letter_page",
    "DELETE FROM patient",
    "DELETE FROM audit_head",
    "TRUNCATE audit",
    "ALTER TABLE audit DISABLE TRIGGER ALL",
    "DROP TRIGGER patient_no_delete ON patient",
    "UPDATE alembic_version SET version_num = '9999'",
    "CREATE TABLE theirs (id integer)",
    "SET session_replication_role = replica",
)


def test_the_guide_takes_the_right_to_change_from_every_table_that_never_changes() -> None:
    (named,) = re.findall(r"REVOKE UPDATE, DELETE ON (.*) FROM poems_app;", AFTER)
    assert set(named.split(", ")) == set(FROZEN)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_somebody_with_a_sql_tool_and_the_daily_login_can_neither_alter_nor_delete(
    server: Any, kept: Clinic, statement: str
) -> None:
    count = "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM patient), (SELECT count(*) FROM pg_trigger)"
    before = kept.psql(count)
    refused = subprocess.run(
        [server.bin_path / "psql", str(kept.address), "--set=ON_ERROR_STOP=1", "--command", statement],
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode != 0
    assert re.search("permission denied|must be owner|_no_delete", refused.stderr)
    assert kept.psql(count) == before


def test_the_daily_login_cannot_bring_a_registry_up_to_date_and_is_told_which_can(kept: Clinic) -> None:
    owner = passing_server(str(ServerAddress(kept.address.host, kept.address.database, "postgres")))
    with owner.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(CannotOpen, match="login that owns"):
        open_current_server(str(kept.address), Upgrading(paths.migrations(), Path()))
    with owner.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": SCHEMA})
    open_registry(kept.address, "osei", PASSWORD, FixedClock(NOW)).close()


def test_a_dump_restores_to_a_registry_that_opens_with_the_same_passwords_and_checks(
    server: Any, clinic: Clinic, sign_in: SignIn, database: str, tmp_path: Path
) -> None:
    saved, _ = PatientService(sign_in("osei")).add(Patient(family_name="Okello", given_name="Sam"))
    dump = tmp_path / "poems.dump"
    drill = ServerAddress.read(database)
    for command in (
        ["pg_dump", "--format=custom", f"--file={dump}", str(clinic.address)],
        ["pg_restore", "--exit-on-error", f"--dbname={drill}", str(dump)],
    ):
        subprocess.run([server.bin_path / command[0], *command[1:]], check=True, capture_output=True)
    with closing(open_registry(drill, "adams", PASSWORD, FixedClock(NOW))) as signed_in:
        checked = SafekeepingService(signed_in).check()
        assert checked.problems == ()
        assert checked.rows["patient"] == 1
    with closing(open_registry(drill, "lund", PASSWORD, FixedClock(NOW))) as signed_in:
        assert PatientService(signed_in).open(saved.id).file.patient == saved


def test_a_server_that_lost_an_entry_of_the_audit_does_not_check(clinic: Clinic, sign_in: SignIn) -> None:
    for name in ("Brien", "Okello", "Silva"):
        PatientService(sign_in("osei")).add(Patient(family_name=name))
    clinic.psql("ALTER TABLE audit DISABLE TRIGGER ALL; DELETE FROM audit WHERE seq = 9")
    checked = SafekeepingService(sign_in("adams")).check()
    assert checked.problems == ("audit entry 9: 1 entries are missing",)
