"""A training registry of twelve, and the whole window open on a copy of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from poems_registry.app import Program
from poems_registry.rehearsal.window import enter, rest
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.system.clock import FixedClock
from poems_registry.ui.theme.theme import Theme
from tests.gui.app.open_window import NOON, OneDay, Open


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole-way")
    make_demo(folder, 12, 5, FixedClock(NOON))
    return folder


@pytest.fixture
def window(
    made: Path, tmp_path: Path, theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    monkeypatch.setenv("POEMS_REGISTRY_HOME", str(tmp_path / "home"))
    for name in ("training.registry", "training.keys"):
        shutil.copy(made / name, tmp_path / name)
    program = Program(qapp, theme, clock=OneDay())
    program.shell.resize(1366, 768)
    program.shell.show()
    enter(program, tmp_path / "training.registry", "rahman", PASSWORD)
    rest(program, 2)
    yield Open(program, tmp_path / "training.registry")
    if program.signed_in is not None:
        program.lock()
    rest(program, 2)
    program.shell.allow_closing()
    program.close_threads()
    program.shell.deleteLater()
    qapp.processEvents()
