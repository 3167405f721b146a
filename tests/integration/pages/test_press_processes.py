"""Real workers: they give the same bytes as one process, know no password and no registry, and end."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from poems_registry.pages.press import SECRET, Presses, press
from tests.tree import ROOT
from tests.unit.pages.test_press import MANY, documents

LOOK = """
import os, sys
from poems_registry.pages import press
press._make_ready()
own = sorted({name.split(".")[0] for name in sys.modules})
print("sqlalchemy" in own, "sqlcipher3" in own, "PySide6" in own, os.environ.get(press.SECRET, "none"))
"""


def test_two_processes_give_the_same_bytes_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET, "orchard lantern")
    wanted = documents(MANY)
    with Presses() as presses:
        presses.start(len(wanted))
        made = list(presses.press_all(wanted))
    assert presses.note == ""
    assert made == [press(each) for each in wanted]


def test_a_worker_loads_no_database_and_no_window_and_drops_the_password() -> None:
    environment = {**os.environ, SECRET: "orchard lantern"}
    told = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["False", "False", "False", "none"]


def die(_: int) -> None:
    os._exit(7)


def test_a_worker_that_dies_costs_no_letter(worker_that_dies: Callable[[Presses], None]) -> None:
    wanted = documents(MANY)
    with Presses() as presses:
        presses.start(len(wanted))
        worker_that_dies(presses)
        made = list(presses.press_all(wanted))
    assert presses.note
    assert made == [press(each) for each in wanted]


@pytest.fixture
def worker_that_dies() -> Callable[[Presses], None]:
    """Ends a worker from inside, as a lack of memory would."""

    def kill(presses: Presses) -> None:
        pool = presses._pool
        assert pool is not None
        assert pool.submit(die, 0).exception() is not None

    return kill
