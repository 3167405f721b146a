"""Folders are where they are asked to be, and the log on disk holds no typed text."""

import logging
from pathlib import Path

import pytest

from poems_registry.system import logs, paths
from tests.noise import Noise


def test_resources_and_migrations_lie_in_the_tree() -> None:
    assert (paths.migrations() / "env.py").is_file()
    assert paths.resource("fonts").parent == paths.root() / "resources"


def test_this_users_folders_can_be_put_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    registry = tmp_path / "Ann Smith.registry"
    assert paths.log_folder() == tmp_path / "home" / "logs"
    copy = paths.key_copy(registry)
    assert copy.parent.is_dir()
    assert "Smith" not in copy.name
    assert paths.key_copy(tmp_path / "other.registry") != copy
    assert paths.key_file(registry).name == "Ann Smith.keys"
    assert paths.lock_file(registry).name == "Ann Smith.registry.lock"


def test_the_log_file_holds_places_and_kinds_but_no_words(tmp_path: Path, noise: Noise) -> None:
    noise.expect("log ERROR poems_registry.trial")
    path = logs.start(tmp_path)
    log = logging.getLogger("poems_registry.trial")
    try:
        log.info("opened patient %d", 17)
        try:
            raise ValueError("Ann Smith")
        except ValueError:
            log.exception("could not save %s", "Ann Smith")
    finally:
        logs.stop()
    words = path.read_text()
    assert "opened patient 17" in words
    assert "ValueError" in words
    assert "Smith" not in words
