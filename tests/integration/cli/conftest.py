"""A training registry on a real encrypted file, and a way to type commands at it."""

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from poems_registry.cli.main import Faces, run
from poems_registry.cli.signing_in import VARIABLE
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.system import paths


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed and how it left."""

    code: int
    out: str
    err: str


Type = Callable[..., Said]


class NoWindow:
    """Stands where the window would open; a command that asks for it fails the test."""

    def window(self, *_: object) -> int:
        raise AssertionError("no window was asked for")

    def tour(self, _: Path) -> int:
        raise AssertionError("no tour was asked for")

    def bench(self, *, full: bool, as_json: bool) -> int:
        raise AssertionError("no bench was asked for")


@pytest.fixture(scope="session")
def ready_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six made-up patients; closed, so that the files may be copied."""
    folder = tmp_path_factory.mktemp("commands")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_demo(folder, 6, 3)
    return folder


@pytest.fixture
def type_(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type a command; `lines` are what stands on standard input, which is no terminal."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.delenv(VARIABLE, raising=False)
    none = NoWindow()

    def typed(*words: object, lines: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        capsys.readouterr()
        code = run([str(word) for word in words], Faces(none.window, none.tour, none.bench))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return typed


@pytest.fixture
def registry(ready_made: Path, tmp_path: Path) -> Path:
    """A registry of the test's own."""
    for name in ("training.registry", "training.keys"):
        shutil.copy(ready_made / name, tmp_path / name)
    return tmp_path / "training.registry"


@pytest.fixture
def as_(type_: Type, registry: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type a command as one of the registry's people: `as_("rahman", "show", 1)`."""
    monkeypatch.setenv(VARIABLE, PASSWORD)

    def typed(user: str, *words: object, lines: str = "") -> Said:
        return type_("--registry", registry, "--user", user, *words, lines=lines)

    return typed
