"""A small training registry on a real encrypted file, made once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from poems_registry.services.access import SignedIn
from poems_registry.services.registry import open_registry
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.system import paths
from poems_registry.system.clock import FixedClock

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SignIn = Callable[[str], SignedIn]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key copies and logs of the test stay in the test's own folder."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))


@pytest.fixture(scope="session")
def ready_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight made-up patients; closed, so that its files may be copied."""
    folder = tmp_path_factory.mktemp("training")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_demo(folder, 8, 7, FixedClock(NOW))
    return folder


@pytest.fixture
def registry_file(ready_made: Path, tmp_path: Path) -> Path:
    """A registry of the test's own."""
    for name in ("training.registry", "training.keys"):
        shutil.copy(ready_made / name, tmp_path / name)
    return tmp_path / "training.registry"


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still until the test moves it."""
    return FixedClock(NOW)


@pytest.fixture
def sign_in(registry_file: Path, clock: FixedClock) -> Iterator[SignIn]:
    """Open the registry as one of its people; one at a time, since a file is for one process."""
    opened: list[SignedIn] = []

    def enter(user: str) -> SignedIn:
        for each in opened:
            each.close()
        opened.clear()
        opened.append(open_registry(registry_file, user, PASSWORD, clock))
        return opened[0]

    yield enter
    for each in opened:
        each.close()


@pytest.fixture
def me(sign_in: SignIn) -> SignedIn:
    """The clinician."""
    return sign_in("rahman")
