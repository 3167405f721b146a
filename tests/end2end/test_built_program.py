"""The program as people get it: one folder, no Python, an empty environment. It is built here, which takes a minute."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from poems_registry.services.training.demo import PASSWORD
from poems_registry.system.paths import HOME_VARIABLE
from tests.tree import ROOT

NAME = "poems-registry"
NEEDED_ON_WINDOWS = ("SYSTEMROOT", "TEMP", "TMP")
MOST_MEGABYTES = 330


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built program's own executable."""
    folder = tmp_path_factory.mktemp("built")
    places = ["--distpath", str(folder / "dist"), "--workpath", str(folder / "build")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", *places, "build.spec"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "dist" / NAME / (f"{NAME}.exe" if os.name == "nt" else NAME)


def start(program: Path, folder: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it with nothing in its environment but what the system itself needs."""
    environment = {name: os.environ[name] for name in NEEDED_ON_WINDOWS if name in os.environ}
    environment |= {HOME_VARIABLE: str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"} | more
    command = [str(program), *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )


def test_the_built_program_does_the_main_job_without_python(program: Path, tmp_path: Path) -> None:
    made = start(program, tmp_path, "demo", "training", "--patients", 2, "--seed", 4)
    assert (made.returncode, made.stderr) == (0, "")
    sign_in = ("--registry", tmp_path / "training" / "training.registry", "--user", "rahman")
    password = {"POEMS_REGISTRY_PASSWORD": PASSWORD}
    for command, told in {
        ("show", "P-0001"): "Diagnosis by rule set",
        ("letter", "--visit", 1, "--out", "letters"): "1 asked = 1 written = 1 listed",
        ("cohort", "--out", "cohort.pdf"): "cohort.pdf",
        ("export", "xlsx", "export"): "encounters.xlsx",
    }.items():
        done = start(program, tmp_path, *sign_in, *command, **password)
        assert (done.returncode, done.stderr) == (0, ""), command
        assert told in done.stdout
    assert (tmp_path / "cohort.pdf").read_bytes().startswith(b"%PDF")


def test_the_built_program_opens_its_window_and_leaves(program: Path, tmp_path: Path) -> None:
    made = start(program, tmp_path, "demo", "training", "--patients", 1)
    place = tmp_path / "training" / "training.registry"
    for arguments in ((), ("--registry", place, "--user", "rahman")):
        done = start(program, tmp_path, *arguments, POEMS_REGISTRY_LEAVE_AFTER_PAINT="1")
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
    assert made.returncode == 0


# Xvfb serves X11, which Windows and macOS do not use: there the test above opens the same window.
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="another operating system: only Linux has Xvfb")
def test_the_built_program_opens_its_window_on_a_virtual_display(program: Path, tmp_path: Path) -> None:
    xvfb = shutil.which("xvfb-run")
    assert xvfb, "python3 dev.py test installs xvfb and xauth"
    environment = {
        "PATH": os.environ["PATH"],
        HOME_VARIABLE: str(tmp_path / "home"),
        "POEMS_REGISTRY_LEAVE_AFTER_PAINT": "1",
    }
    done = subprocess.run(
        [xvfb, "-a", str(program)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_the_built_program_brings_what_it_needs_and_not_more(program: Path) -> None:
    files = [path for path in program.parent.rglob("*") if path.is_file() and not path.is_symlink()]
    names = {path.name for path in files}
    assert {"env.py", "0001_first_tables.py", "words.txt", "LICENSE"} <= names
    unwanted = ("Qt6Qml", "Qt6Quick", "Qt6WebEngine", "numpy", "scipy", "pandas", "matplotlib", "pytest")
    assert [
        path.name for path in files if any(part in str(path.relative_to(program.parent)) for part in unwanted)
    ] == []
    assert sum(path.stat().st_size for path in files) / 1e6 < MOST_MEGABYTES
