"""An upgrade keeps every row or changes nothing; the tables of the program are the tables of the revisions."""

import ast
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from poems_registry.domain.errors import CannotOpen, NewerFile, NotAllowedNow
from poems_registry.domain.records import LetterRecord
from poems_registry.storage import audit, drafts, encounters, letters, migrate, patients, people, triggers
from poems_registry.storage.backup import verify
from poems_registry.storage.counting import row_counts
from poems_registry.storage.engine import is_file, open_file
from poems_registry.storage.migrate import UpgradeFailed, Upgrading
from poems_registry.storage.tables.every import METADATA
from poems_registry.storage.tables.naming import SCHEMA
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.conftest import MIGRATIONS
from tests.integration.storage.made_up import ANN, AUDIT_KEY, KEY, NURSE, PERSON, SIGNATURE, Clock, slot_of, visit
from tests.noise import Noise

NEXT = f"{int(SCHEMA) + 1:04d}"

HEAD = f'''"""A trial revision."""
import sqlalchemy as sa
from alembic import op
revision = "{NEXT}"
down_revision = "{SCHEMA}"
branch_labels = None
depends_on = None

def upgrade() -> None:
'''

COPY_THE_PARENT = """
    with op.batch_alter_table("patient", recreate="always") as batch:
        batch.add_column(sa.Column("consent_on", sa.Date()))
    with op.batch_alter_table("encounter", recreate="always") as batch:
        batch.alter_column("time", new_column_name="at_time")
"""

HALF_WAY = """
    op.add_column("patient", sa.Column("consent_on", sa.Date()))
    op.execute("INSERT INTO audit_head (id, seq, mac) VALUES (1, 0, 'x')")
"""

LOSES_ROWS = """
    op.execute("DROP TRIGGER encounter_no_delete")
    op.execute("DELETE FROM medicine")
"""

BREAKS_REFERENCES = """
    op.execute("UPDATE encounter SET patient_id = 4711")
"""

FAILS_IN_PYTHON = """
    op.add_column("patient", sa.Column("consent_on", sa.Date()))
    raise KeyError("Ann Smith")
"""


def fill(engine: Engine) -> dict[str, int]:
    """A row in every table that has a parent or children."""
    store = Store(engine, AUDIT_KEY, Clock())
    with store.writing(NURSE) as session:
        person = people.add(session, PERSON)
        ann = patients.add(session, ANN)
        open_one = encounters.add(session, slot_of, visit(ann.id))
        signed = encounters.add(session, slot_of, visit(ann.id))
        encounters.sign(session, signed.id, signed.version, SIGNATURE, None)
        drafts.save_draft(session, open_one.id, person.id, {"a": 1})
        card = letters.add(session, LetterRecord(patient_id=ann.id, encounter_id=signed.id))
        pages = letters.SignedPages(b"%PDF", "words", "{}", "clinic-1", 1)
        letters.store_signed(session, card.id, card.row_version, pages, SIGNATURE, "")
    with engine.connect() as connection:
        return row_counts(connection)


@pytest.fixture
def revisions(tmp_path: Path) -> Callable[[str], Path]:
    """The project's revisions with one more, whose body is given."""

    def with_one_more(body: str) -> Path:
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / f"{NEXT}_trial.py").write_text(HEAD + body)
        return folder

    return with_one_more


@pytest.fixture
def filled(file: Path) -> tuple[Path, dict[str, int]]:
    engine = open_file(file, KEY)
    rows = fill(engine)
    engine.dispose()
    return file, rows


def counts_of(path: Path) -> dict[str, int]:
    engine = open_file(path, KEY)
    with engine.connect() as connection:
        rows = row_counts(connection)
    engine.dispose()
    return rows


def test_the_tables_are_what_the_revisions_make(engine: Engine) -> None:
    assert migrate.differences(engine, METADATA) == []
    assert migrate.revision(engine) == SCHEMA


def test_the_difference_test_can_fail(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():
        connection.execute(text("ALTER TABLE event ADD COLUMN surplus INTEGER"))
    assert len(migrate.differences(engine, METADATA)) == 1


def test_the_schema_the_program_wants_is_the_newest_revision() -> None:
    numbers = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert numbers[-1] == SCHEMA
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]


def test_a_revision_imports_nothing_of_ours() -> None:
    for path in (MIGRATIONS / "versions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith(("poems_registry", "tests")) for name in names), path.name


def test_copying_a_parent_table_keeps_every_child_and_every_trigger(
    filled: tuple[Path, dict[str, int]], revisions: Callable[[str], Path]
) -> None:
    path, before = filled
    migrate.upgrade_file(path, KEY, Upgrading(revisions(COPY_THE_PARENT), path.parent))
    assert counts_of(path) == before
    engine = open_file(path, KEY)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        made = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        assert sorted(made) == sorted(triggers.names())
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == NEXT
    with Store(engine, AUDIT_KEY, Clock()).reading() as session:
        assert audit.verify(session, AUDIT_KEY) == []
    engine.dispose()


@pytest.mark.parametrize(
    "body", [HALF_WAY, LOSES_ROWS, BREAKS_REFERENCES, FAILS_IN_PYTHON], ids=["half-way", "rows", "references", "python"]
)
def test_an_upgrade_that_fails_leaves_the_registry_exactly_as_it_was(
    filled: tuple[Path, dict[str, int]], revisions: Callable[[str], Path], body: str, noise: Noise
) -> None:
    noise.expect("log ERROR poems_registry.storage.migrate: upgrade failed")
    path, before = filled
    schema = schema_of(path)
    with pytest.raises(UpgradeFailed) as refused:
        migrate.upgrade_file(path, KEY, Upgrading(revisions(body), path.parent))
    assert "Smith" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert counts_of(path) == before
    assert schema_of(path) == schema
    engine = open_file(path, KEY)
    assert migrate.revision(engine) == SCHEMA
    assert migrate.differences(engine, METADATA) == []
    engine.dispose()


def schema_of(path: Path) -> list[tuple[str, str]]:
    engine = open_file(path, KEY)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name")).all()
    engine.dispose()
    return [(row[0], row[1]) for row in rows]


def test_an_upgrade_on_a_server_rolls_back_too(server_address: str, revisions: Callable[[str], Path]) -> None:
    from poems_registry.storage.server import open_server

    engine = open_server(server_address, "")
    before = fill(engine)
    with pytest.raises(KeyError):
        migrate.lay_out(engine, revisions(FAILS_IN_PYTHON))
    assert migrate.differences(engine, METADATA) == []
    with engine.connect() as connection:
        assert row_counts(connection) == before
    engine.dispose()


def set_revision(path: Path, value: str) -> None:
    engine = open_file(path, KEY)
    with engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = :value"), {"value": value})
    engine.dispose()


def test_an_older_registry_is_copied_first_then_brought_up_to_date(
    filled: tuple[Path, dict[str, int]], tmp_path: Path
) -> None:
    path, before = filled
    # the tables are those of today; only the number says older, so that no revision but a trial one need run
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for each in (folder / "versions").glob("[0-9]*.py"):
        body = r"def upgrade\(\) -> None:\n.*?(\n\n\n|\Z)"
        each.write_text(re.sub(body, "def upgrade() -> None:\n    pass\n\n\n", each.read_text(), flags=re.DOTALL))
    first = folder / "versions" / "0001_first_tables.py"
    older = folder / "versions" / "0000_before.py"
    older.write_text(HEAD.replace(f'"{NEXT}"', '"0000"').replace(f'"{SCHEMA}"', "None") + "    pass\n")
    first.write_text(first.read_text().replace("down_revision = None", 'down_revision = "0000"'))
    set_revision(path, "0000")
    copies = tmp_path / "copies"
    engine = migrate.open_current(path, KEY, Upgrading(folder, copies, "9.9"))
    assert migrate.revision(engine) == SCHEMA
    with engine.connect() as connection:
        assert row_counts(connection) == before
    engine.dispose()
    (copy,) = copies.iterdir()
    report = verify(copy, KEY, before)
    assert report.good
    assert report.revision == "0000"
    set_revision(path, "0000")
    with pytest.raises(CannotOpen, match="brought up to date"):
        migrate.open_current(path, KEY, Upgrading(folder, copies), read_only=True)


@pytest.mark.parametrize("found", [NEXT, "9999", "abc"])
def test_a_newer_registry_is_refused_and_untouched(file: Path, tmp_path: Path, found: str) -> None:
    set_revision(file, found)
    before = file.read_bytes()
    with pytest.raises(NewerFile, match="newer version"):
        migrate.open_current(file, KEY, Upgrading(MIGRATIONS, tmp_path / "copies"))
    assert file.read_bytes() == before
    assert not (tmp_path / "copies").exists()


def test_an_encrypted_file_without_our_tables_is_no_registry(tmp_path: Path) -> None:
    from poems_registry.storage.engine import new_file

    path = tmp_path / "other.registry"
    engine = new_file(path, KEY)
    with engine.connect() as connection, connection.begin():
        connection.execute(text("CREATE TABLE other (id INTEGER)"))
    engine.dispose()
    with pytest.raises(CannotOpen, match="never set up"):
        migrate.open_current(path, KEY, Upgrading(MIGRATIONS, tmp_path))


def test_a_registry_whose_making_fails_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "new.registry"

    def fail(_: Engine) -> None:
        raise NotAllowedNow("no")

    with pytest.raises(NotAllowedNow):
        migrate.create_file(path, KEY, MIGRATIONS, fail)
    assert list(tmp_path.iterdir()) == []
    migrate.create_file(path, KEY, MIGRATIONS, lambda engine: None if is_file(engine) else fail(engine))
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(CannotOpen, match="already a file"):
        migrate.create_file(path, KEY, MIGRATIONS, lambda _: None)


def test_a_program_that_only_opens_a_current_registry_does_not_load_alembic(file: Path) -> None:
    import subprocess
    import sys

    from tests.tree import ROOT

    words = (
        "import sys; from pathlib import Path; from poems_registry.storage import migrate;"
        "migrate.open_current(Path(sys.argv[1]), bytes(range(32)), migrate.Upgrading(Path('x'), Path('y'))).dispose();"
        "print([m for m in sys.modules if m.startswith(('alembic', 'reportlab', 'PySide6', 'psycopg'))])"
    )
    said = subprocess.run(
        [sys.executable, "-c", words, str(file)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"
