"""Whatever is asked wrongly: one sentence, exit code 3, nothing made or changed, never a traceback."""

import io
import logging
import os
import sqlite3
import subprocess
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from poems_registry.cli.main import Faces, run
from poems_registry.services.training.demo import PASSWORD
from poems_registry.system import logs, paths
from tests.integration.cli.conftest import NoWindow, Type
from tests.noise import Noise
from tests.tree import ROOT


def wrong_files(folder: Path) -> dict[str, Path]:
    """A file of each wrong kind."""
    empty, text, plain = folder / "empty.registry", folder / "letter.registry", folder / "plain.registry"
    empty.touch()
    text.write_text("Dear colleague, " * 500, encoding="utf-8")
    with sqlite3.connect(plain) as connection:
        connection.execute("CREATE TABLE patient (id INTEGER)")
    connection.close()
    return {"There is no": folder / "none", "a folder": folder, "is empty": empty, "something else": text,
            "unencrypted": plain}  # fmt: skip


def test_each_wrong_file_has_its_own_sentence_and_stays_as_it_was(type_: Type, tmp_path: Path) -> None:
    told = set()
    for words, path in wrong_files(tmp_path).items():
        before = sorted(tmp_path.iterdir())
        said = type_("--registry", path, "--user", "rahman", "verify", lines=f"{PASSWORD}\n")
        assert (said.code, said.out) == (3, "")
        assert words in said.err
        assert set(tmp_path.iterdir()) - set(before) <= {tmp_path / "home"}
        told.add(said.err)
    assert len(told) == 5


def test_a_damaged_registry_is_told_from_a_wrong_password(type_: Type, registry: Path) -> None:
    wrong = type_("--registry", registry, "--user", "rahman", "verify", lines="not this one at all\n")
    assert wrong.code == 3
    assert "password is not right" in wrong.err
    with registry.open("rb+") as file:
        file.seek(registry.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    damaged = type_("--registry", registry, "--user", "okoro", "show", "P-0001", lines=f"{PASSWORD}\n")
    assert (damaged.code, damaged.out) == (3, "")
    assert "Damage was found" in damaged.err
    assert damaged.err != wrong.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "1"), "--registry FILE"),
        (("--registry", "r", "show", "1"), "--user NAME"),
    ],
)
def test_what_was_not_said_is_asked_for(type_: Type, words: tuple[str, ...], sentence: str) -> None:
    said = type_(*words)
    assert said.code == 3
    assert sentence in said.err


def test_without_any_password_nothing_is_opened(type_: Type, registry: Path) -> None:
    before = (registry.read_bytes(), registry.stat().st_mtime_ns)
    said = type_("--registry", registry, "--user", "rahman", "verify")
    assert said.code == 3
    assert "No password was given" in said.err
    assert (registry.read_bytes(), registry.stat().st_mtime_ns) == before


def test_a_mistake_of_ours_gets_a_number_and_tells_no_word_of_a_patient(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noise: Noise
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    noise.expect("log ERROR poems_registry.cli.main")

    def broken(folder: Path) -> int:
        raise ValueError(f"Ann Smith was not found in {folder}")

    none = NoWindow()
    assert run(["tour", "somewhere"], Faces(none.window, broken, none.bench)) == 1
    said = capsys.readouterr()
    number = said.err.split("(number ")[1].split(")")[0]
    log = (tmp_path / "logs" / logs.FILE).read_text(encoding="utf-8")
    assert number in log
    assert "broken" in log
    for words in (said.out, said.err, log):
        assert "Smith" not in words
        assert "Traceback" not in words
    assert not [h for h in logging.getLogger().handlers if isinstance(h, RotatingFileHandler)]


def test_not_even_a_broken_window_prints_an_error_of_python(tmp_path: Path) -> None:
    code = (
        "import sys; from poems_registry.cli.main import Faces, run\n"
        "def broken(*_): raise ValueError('Ann Smith')\n"
        "sys.exit(run([], Faces(broken, broken, broken)))"
    )
    environment = {**os.environ, paths.HOME_VARIABLE: str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "number" in done.stderr
    assert "Smith" not in done.stderr
    assert "Traceback" not in done.stderr
    assert "ValueError" in (tmp_path / "logs" / logs.FILE).read_text(encoding="utf-8")


def test_without_a_command_the_window_opens_with_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setenv("POEMS_REGISTRY_PASSWORD", "five words")

    def window(*what: object) -> int:
        asked.append(what)
        return 0

    none = NoWindow()
    assert run(["--registry", "file.registry", "--user", "okoro"], Faces(window, none.tour, none.bench)) == 0
    assert asked == [("file.registry", "okoro", "five words")]


def test_names_in_any_script_reach_a_terminal_of_any_code_page() -> None:
    from poems_registry.cli.main import speak_utf8

    below = io.BytesIO()
    terminal = io.TextIOWrapper(below, encoding="cp1252")
    speak_utf8(terminal)
    print("Łucja Ṣọlá Гриб \udc80", file=terminal, flush=True)
    assert below.getvalue().decode("utf-8").strip() == "Łucja Ṣọlá Гриб \\udc80"
    speak_utf8(None)
