"""What starting the program loads, and what a second process is told; each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from poems_registry.services.registry import open_registry
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.system import paths
from tests.tree import ROOT

HEAVY = (
    "sqlalchemy",
    "alembic",
    "sqlcipher3",
    "psycopg",
    "reportlab",
    "pikepdf",
    "pypdfium2",
    "xlsxwriter",
    "openpyxl",
)
"""What must not be loaded before it is used: together it takes a second (stack.md, start-up budget)."""


def in_a_process(*arguments: str, home: Path, lines: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, paths.HOME_VARIABLE: str(home), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("POEMS_REGISTRY_PASSWORD", None)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def loaded_after(code: str, home: Path) -> set[str]:
    """The top-level modules a fresh process has after running this."""
    tell = "import json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    done = in_a_process("-c", f"{code}\n{tell}", home=home)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import poems_registry.__main__",
        "from poems_registry.cli.parser import make_parser; make_parser().format_help()",
    ],
)
def test_starting_loads_neither_qt_nor_anything_heavy(code: str, tmp_path: Path) -> None:
    assert loaded_after(code, tmp_path) & {*HEAVY, "PySide6"} == set()


LATER = {"alembic", "reportlab", "pikepdf", "pypdfium2", "xlsxwriter", "openpyxl"}
"""What not even unlocking loads: an upgrade, a letter or an export does."""

DOOR = """
from poems_registry.app import Program
from poems_registry.ui.screens.unlock import presenter, view
"""


def test_the_door_is_painted_before_the_database_is_loaded(tmp_path: Path) -> None:
    loaded = loaded_after(DOOR, tmp_path)
    assert "PySide6" in loaded
    assert loaded & set(HEAVY) == set()


DOOR_ONLY = """
import gc, json, linecache, os, sys
os.environ["POEMS_REGISTRY_LEAVE_AFTER_PAINT"] = "1"
seen = []
def painted():
    read = [name for name in linecache.cache if "poems_registry" in name]
    seen.append((sorted(sys.modules), read, gc.isenabled()))
from poems_registry.__main__ import window
window({registry!r}, "rahman", None, painted)
print(json.dumps(seen))
"""

NOT_FOR_THE_DOOR = {
    "poems_registry.domain.records",
    "poems_registry.domain.dates",
    "poems_registry.ui.frame",
    "poems_registry.ui.identity",
    "poems_registry.ui.widgets.banner",
    "poems_registry.ui.widgets.rail",
    "poems_registry.ui.widgets.dialog",
    "poems_registry.ui.wheel_guard",
    "poems_registry.ui.screens.unlock.recovery_page",
    "poems_registry.ui.screens.first_start.view",
    "poems_registry.system.key_file",
    "poems_registry.rooms",
    "concurrent.futures",
    "secrets",
    "hashlib",
    "sqlalchemy",
    "cryptography",
}
"""What the door does not show: it is loaded after the first paint, while the password is typed."""


def test_the_door_is_painted_before_anything_is_loaded_that_it_does_not_show(tmp_path: Path) -> None:
    told = in_a_process("-c", DOOR_ONLY.format(registry=str(tmp_path / "x.registry")), home=tmp_path)
    assert told.returncode == 0, told.stderr
    [[loaded, sources_read, collecting]] = json.loads(told.stdout.splitlines()[-1])
    assert "poems_registry.ui.screens.unlock.view" in loaded
    assert set(loaded) & NOT_FOR_THE_DOOR == set()
    assert sources_read == []
    assert collecting


def test_unlocking_loads_the_database_and_nothing_that_is_needed_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    made = make_demo(tmp_path, 1, 1)
    unlock = f"""
from pathlib import Path
from poems_registry.services.doors import Doors
Doors().look(Path({str(made.path)!r}))
me = Doors().open(Path({str(made.path)!r}), "rahman", {PASSWORD!r})
import poems_registry.rooms
from poems_registry.services.patients import PatientService
assert PatientService(me).find().total == 1
me.close()
"""
    loaded = loaded_after(DOOR + unlock, tmp_path / "home")
    assert "sqlalchemy" in loaded
    assert loaded & LATER == set()


def test_a_command_is_known_by_its_module_and_its_script(tmp_path: Path) -> None:
    done = in_a_process("-m", "poems_registry", "--version", home=tmp_path)
    assert (done.returncode, done.stdout.split()[0]) == (0, "poems-registry")


def test_a_second_process_is_told_who_has_the_registry_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    made = make_demo(tmp_path, 1, 1)
    me = open_registry(made.path, "rahman", PASSWORD)
    command = ("-m", "poems_registry", "--registry", str(made.path), "--user", "okoro", "show", "P-0001")
    try:
        refused = in_a_process(*command, home=tmp_path / "other", lines=f"{PASSWORD}\n")
    finally:
        me.close()
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "rahman" in refused.stderr
    assert "Traceback" not in refused.stderr
    shown = in_a_process(*command, home=tmp_path / "other", lines=f"{PASSWORD}\n")
    assert shown.returncode == 0
    assert "Diagnosis by rule set" in shown.stdout
