"""A copy is called one only after it was opened and found whole."""

import shutil
from pathlib import Path

import pytest

from poems_registry.domain.errors import NotAllowedNow, NotSaved
from poems_registry.storage import patients
from poems_registry.storage.backup import copy_to, verify
from poems_registry.storage.engine import open_file
from poems_registry.storage.server import open_server
from poems_registry.storage.tables.naming import SCHEMA
from poems_registry.storage.unit_of_work import Store
from tests.integration.storage.made_up import ANN, AUDIT_KEY, KEY, NURSE, Clock


def test_a_copy_holds_what_the_registry_holds_and_leaves_nothing_else(file_store: Store, tmp_path: Path) -> None:
    with file_store.writing(NURSE) as session:
        ann = patients.add(session, ANN)
    places = tmp_path / "copies"
    places.mkdir()
    report = copy_to(file_store.engine, KEY, places / "copy.registry")
    assert (report.good, report.rows["patient"], report.revision) == (True, 1, SCHEMA)
    assert list(places.iterdir()) == [report.path]
    with file_store.writing(NURSE) as session:  # the registry goes on as before
        patients.add(session, ANN.__class__(family_name="Later"))
    copy = Store(open_file(report.path, KEY), AUDIT_KEY, Clock())
    with copy.reading() as session:
        assert patients.load(session, ann.id) == ann
        assert patients.count(session) == 1
    copy.close()


def test_damage_to_a_copy_is_found_and_the_copy_is_not_touched_by_looking(file_store: Store, tmp_path: Path) -> None:
    with file_store.writing(NURSE) as session:
        patients.add(session, ANN)
    path = copy_to(file_store.engine, KEY, tmp_path / "copy.registry").path
    whole = path.read_bytes()
    for harm in (whole[:-4096], whole[:9000] + b"\x00" + whole[9001:], whole[:100], b""):
        path.write_bytes(harm)
        assert not verify(path, KEY).good
        assert path.read_bytes() == harm
    path.write_bytes(whole)
    assert verify(path, KEY).good
    assert not verify(path, bytes(32)).good
    assert verify(path, KEY, {"patient": 2}).problems == ("rows are missing",)


def test_a_copy_never_replaces_another_file(file_store: Store, tmp_path: Path) -> None:
    other = tmp_path / "other.registry"
    other.write_bytes(b"somebody's")
    with pytest.raises(NotAllowedNow):
        copy_to(file_store.engine, KEY, other)
    assert other.read_bytes() == b"somebody's"


def test_a_place_that_is_not_there_is_said_so_and_the_registry_is_safe(file_store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="registry itself is safe"):
        copy_to(file_store.engine, KEY, tmp_path / "away" / "copy.registry")
    with file_store.writing(NURSE) as session:
        patients.add(session, ANN)


def test_what_an_earlier_try_left_behind_is_overwritten(file_store: Store, tmp_path: Path) -> None:
    shutil.copyfile(__file__, tmp_path / "copy.registry.part")
    assert copy_to(file_store.engine, KEY, tmp_path / "copy.registry").good


def test_a_server_registry_is_copied_by_its_keeper(server_address: str, tmp_path: Path) -> None:
    engine = open_server(server_address, "")
    with pytest.raises(NotAllowedNow, match="server"):
        copy_to(engine, KEY, tmp_path / "copy.registry")
    engine.dispose()
