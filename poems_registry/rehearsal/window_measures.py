"""Benchmarks of the window: start, unlock, search to painted rows, memory; each trial in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from poems_registry.domain.errors import CannotOpen
from poems_registry.rehearsal.measure import Measure

TRIALS = 7
GOAL_RATIO, GOAL_LIST, GOAL_MEMORY, GOAL_CHART = 1.5, 350.0, 250.0, 50.0


def start_measures(place: Path, user: str) -> Iterator[Measure]:
    """From starting the process to the painted door, beside a bare window, turn by turn."""
    bare, ours = [], []
    _to_paint("start", str(place), user)  # compiles what was not
    for _ in range(TRIALS):
        bare.append(_to_paint("bare"))
        ours.append(_to_paint("start", str(place), user))
    ratio = median(ours) / median(bare)
    note = f"{median(ours) * 1000:,.0f} ms beside {median(bare) * 1000:,.0f} ms for a bare PySide6 window, warm"
    yield Measure("start", "start to painted unlock window, in bare windows", ratio, "times", GOAL_RATIO, note)


def window_measures(place: Path, user: str, password: str, size: int, *, whole: bool = True) -> Iterator[Measure]:
    """Unlock, search and memory in the window; of a bigger registry only the search."""
    told = _trial(["work", str(place), user], password)
    goal = 100.0 if size >= 100_000 else 50.0
    if whole:
        opened = (told["opened"] - told["derived"]) * 1000
        note = f"integrity scan included; deriving the key takes another {told['derived'] * 1000:,.0f} ms, as it should"
        yield Measure("unlock", "unlock to painted list, key derived", opened, "ms", GOAL_LIST, note)
    note = "slowest of the keys of four searches, the whole window painted; delay of typing included"
    what = f"search, key to painted rows, {size:,} patients"
    yield Measure(f"search_painted_{size}", what, told["searched"] * 1000, "ms", goal, note)
    if whole:
        note = "five series of 200 values over 40 years: from figures to a painted picture"
        yield Measure("journey", "journey chart of 40 years", _trial(["chart"])["drawn"], "ms", GOAL_CHART, note)
        note = "resident, 10 s after unlocking"
        yield Measure("memory", "memory with the training registry open", told["memory"], "MB", GOAL_MEMORY, note)


def _to_paint(*arguments: str) -> float:
    began = time.time()
    return _trial(list(arguments))["painted"] - began


def _as_installed() -> dict[str, str]:
    """An installed program is compiled already; a source tree may forbid that, and is left as it is."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return environment | {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "poems-bench-compiled")}


def _trial(arguments: list[str], line: str = "") -> dict[str, float]:
    command = [sys.executable, "-m", "poems_registry.rehearsal.window_trial", *arguments]
    done = subprocess.run(
        command, input=f"{line}\n", capture_output=True, text=True, check=False, timeout=300, env=_as_installed()
    )
    if done.returncode != 0 or not done.stdout.strip():
        raise CannotOpen("A trial of the window did not come to its end, so it was not measured. Nothing was changed.")
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told
