"""The key file is replaced whole or not at all, and its copy steps in when it is gone."""

import stat
import sys
from pathlib import Path

import pytest

from poems_registry.domain.errors import CannotOpen, NotSaved
from poems_registry.system.key_file import KeyDocument, KeyFile

OLD = KeyDocument("uid-1").text()
NEW = KeyDocument("uid-1", generation=1).text()


def test_a_key_file_and_its_copy_are_written_alike_and_only_for_their_owner(tmp_path: Path) -> None:
    (tmp_path / "local").mkdir()
    keys = KeyFile(tmp_path / "a.keys", [tmp_path / "local" / "a.keys"])
    assert keys.read() == ""
    keys.write(OLD)
    keys.write(NEW)
    for path in (keys.path, *keys.copies):
        assert path.read_text() == NEW
        assert sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["a.keys", "a.keys"]


@pytest.mark.parametrize("harm", [None, "", "rubbish", OLD[:-40]])
def test_the_copy_steps_in_when_the_file_is_gone_or_damaged(tmp_path: Path, harm: str | None) -> None:
    keys = KeyFile(tmp_path / "a.keys", [tmp_path / "b.keys"])
    keys.write(OLD)
    if harm is None:
        keys.path.unlink()
    else:
        keys.path.write_text(harm)
    assert keys.read() == OLD
    keys.write(NEW)
    assert KeyFile(keys.path).read() == NEW


def test_a_damaged_file_without_a_copy_is_told_from_a_missing_one(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "a.keys")
    with pytest.raises(CannotOpen, match="missing"):
        KeyDocument.from_text(keys.read())
    keys.path.write_text(OLD[:-40])
    with pytest.raises(CannotOpen, match="damaged"):
        KeyDocument.from_text(keys.read())


def test_a_place_that_is_gone_leaves_nothing_half_written(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "away" / "a.keys", [tmp_path / "b.keys"])
    with pytest.raises(NotSaved):
        keys.write(NEW)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_cannot_be_written_does_not_stop_the_file(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path / "a.keys", [tmp_path / "away" / "a.keys"])
    keys.write(NEW)
    assert keys.read() == NEW
