"""A training registry of twelve, and the whole window open on a copy of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from poems_registry.services.training.demo import make_demo
from poems_registry.system.clock import FixedClock
from poems_registry.ui.theme.theme import Theme
from tests.gui.app.open_window import NOON, Open, opened


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
    with opened(made, tmp_path, theme, qapp) as window:
        yield window
