"""Opening: every protection is on, and each thing that is not our registry gets a sentence of its own, unchanged."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from poems_registry.domain.errors import AlreadyOpen, CannotOpen, NotAllowedNow, NotSaved
from poems_registry.storage import audit, patients
from poems_registry.storage.engine import (
    OLDEST_SQLITE,
    PAGE_BYTES,
    Damaged,
    FileKind,
    first_bytes,
    is_read_only_place,
    new_file,
    open_file,
)
from poems_registry.storage.server import open_server
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import ANN, AUDIT_KEY, KEY, NURSE, Clock
from tests.tree import ROOT

OTHER_KEY = bytes(32)


def refusal(path: Path, key: bytes = KEY) -> str:
    """The sentence for a file that does not open; the file must be as it was, and nothing new beside it."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(path.parent.iterdir())
    with pytest.raises(CannotOpen) as refused:
        open_file(path, key)
    assert sorted(path.parent.iterdir()) == beside
    assert (path.read_bytes() if path.is_file() else None) == before
    return str(refused.value)


def test_each_thing_that_is_not_a_registry_has_its_own_sentence(file: Path, tmp_path: Path) -> None:
    sentences = {}
    places = tmp_path / "odd"
    places.mkdir()
    sentences["missing"] = refusal(places / "missing.registry")
    sentences["folder"] = refusal(places)
    for name, content in {
        "empty": b"",
        "plain": b"SQLite format 3\0" + bytes(8192),
        "letter": b"%PDF-1.7\n" + os.urandom(9000),
        "cut": file.read_bytes()[: PAGE_BYTES // 2],
    }.items():
        path = places / f"{name}.registry"
        path.write_bytes(content)
        sentences[name] = refusal(path)
    sentences["wrong key"] = refusal(file, OTHER_KEY)
    damaged = bytearray(file.read_bytes())
    damaged[5000] ^= 1
    (places / "damaged.registry").write_bytes(damaged)
    sentences["damaged"] = refusal(places / "damaged.registry")
    assert sentences.pop("cut") == sentences["damaged"]
    assert len(set(sentences.values())) == len(sentences)
    assert "0 bytes" in sentences["empty"]
    assert "without encryption" in sentences["plain"]
    assert "Damage" in sentences["damaged"]


def test_the_first_bytes_tell_kinds_apart_without_a_connection(file: Path, tmp_path: Path) -> None:
    assert first_bytes(file).kind is FileKind.PLAUSIBLE
    note = tmp_path / "note.registry"
    note.write_text("Dear reader, " * 1000)
    assert first_bytes(note).kind is FileKind.FOREIGN


def test_one_flipped_bit_on_any_page_is_found_at_opening(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    bent_file = tmp_path / "bent.registry"
    for page in range(len(whole) // PAGE_BYTES):
        for place in (17, 1999, 4090):
            bent = bytearray(whole)
            bent[page * PAGE_BYTES + place] ^= 0x10
            bent_file.write_bytes(bent)
            with pytest.raises(Damaged):
                open_file(bent_file, KEY)


def test_a_damaged_salt_is_survived_because_the_key_brings_its_own(file: Path) -> None:
    bent = bytearray(file.read_bytes())
    bent[:16] = os.urandom(16)
    file.write_bytes(bent)
    engine = open_file(file, KEY)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_head")).scalar() == 1
    engine.dispose()
    assert "do not belong together" in refusal(file, OTHER_KEY)


def test_a_cut_registry_is_found_at_opening(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // PAGE_BYTES // 2 * PAGE_BYTES])
    assert "Damage" in refusal(file)


def test_every_protection_reads_back(file: Path) -> None:
    engine = open_file(file, KEY)
    wanted = {
        "journal_mode": "wal",
        "synchronous": "2",
        "locking_mode": "exclusive",
        "foreign_keys": "1",
        "trusted_schema": "0",
        "cell_size_check": "1",
        "temp_store": "2",
        "cache_size": "-65536",
        "cipher_log_level": "NONE",
    }
    with engine.connect() as connection:
        found = {name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()).lower() for name in wanted}
        version = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar())
    engine.dispose()
    assert found == {name: value.lower() for name, value in wanted.items()}
    assert tuple(int(part) for part in version.split(".")) >= OLDEST_SQLITE
    assert engine.hide_parameters
    assert KEY.hex() not in str(engine.url) + repr(engine)


def test_the_file_holds_no_readable_word(file_store: Store, file: Path) -> None:
    with file_store.writing(NURSE) as session:
        patients.add(session, ANN)
    beside = file.with_name(file.name + "-wal").read_bytes()
    file_store.close()
    for content in (file.read_bytes(), beside):
        for word in (b"SQLite format", b"Brien", b"9990000050", b"patient"):
            assert word not in content
    assert sorted(p.name for p in file.parent.iterdir()) == [file.name]


OPEN_ELSEWHERE = """
import sys
from pathlib import Path
from poems_registry.domain.errors import CannotOpen
from poems_registry.storage.engine import open_file
try:
    open_file(Path(sys.argv[1]), bytes(range(32)))
except CannotOpen as error:
    print(type(error).__name__, error)
"""


def test_a_second_process_is_told_at_once_and_changes_nothing(file: Path) -> None:
    engine = open_file(file, KEY)
    said = subprocess.run(
        [sys.executable, "-c", OPEN_ELSEWHERE, str(file)], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    engine.dispose()
    assert said.startswith("AlreadyOpen Another program has this registry open.")
    open_file(file, KEY).dispose()


def test_a_second_engine_in_the_same_process_is_refused_too(file: Path) -> None:
    engine = open_file(file, KEY)
    with pytest.raises(AlreadyOpen):
        open_file(file, KEY)
    engine.dispose()


def test_a_read_only_place_can_be_read_and_not_written(file: Path) -> None:
    store = Store(open_file(file, KEY), AUDIT_KEY, Clock())
    with store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
    store.close()
    before = file.read_bytes()
    reader = Store(open_file(file, KEY, read_only=True), AUDIT_KEY, Clock())
    with reader.reading() as session:
        assert patients.load(session, ann.id) == ann
    with pytest.raises(NotSaved, match="only be read"), reader.writing(NURSE) as session:
        patients.add(session, ANN.__class__(family_name="New"))
    reader.close()
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]
    reader = Store(open_file(file, KEY, read_only=True), AUDIT_KEY, Clock(), read_only=True)
    with reader.writing(NURSE) as session:  # a look is shown, though nothing can note it here
        audit.record_event(session, "view", 1)
    with pytest.raises(NotSaved), reader.writing(NURSE) as session:
        audit.record_event(session, "print", 1)
    reader.close()
    for read_only in (True, False):  # once closed it can be opened again, either way
        open_file(file, KEY, read_only=read_only).dispose()


def test_a_read_only_place_with_unfinished_saves_is_not_shown_without_them(file: Path) -> None:
    Path(f"{file}-wal").write_bytes(b"left over")
    with pytest.raises(CannotOpen, match="side file"):
        open_file(file, KEY, read_only=True)


def test_a_file_that_cannot_be_written_is_known_before_it_is_opened(file: Path) -> None:
    assert not is_read_only_place(file)
    assert is_read_only_place(file.parent / "away" / "a.registry")


def test_a_new_file_is_never_made_over_another(file: Path) -> None:
    with pytest.raises(CannotOpen, match="already a file"):
        new_file(file, KEY)


def test_an_address_never_carries_a_password() -> None:
    with pytest.raises(CannotOpen, match="password") as refused:
        open_server("postgresql://ann:secret@localhost/registry", "")
    assert "secret" not in str(refused.value)


def test_a_server_password_shows_nowhere() -> None:
    engine = open_server("postgresql://ann@localhost/registry", "secret words")
    assert "secret" not in str(engine.url) + repr(engine) + repr(engine.url)


def test_a_copied_registry_opens_with_the_same_key(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.registry"
    shutil.copyfile(file, copy)
    engine = open_file(copy, KEY)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_head")).scalar() == 1
    engine.dispose()


def test_a_registry_that_was_closed_is_not_opened_again_by_somebody_who_asks_late(file_store: Store) -> None:
    file_store.close()
    with pytest.raises(NotAllowedNow, match="locked"), file_store.reading():
        pass
    with pytest.raises(NotAllowedNow, match="locked"), file_store.writing(NURSE):
        pass
