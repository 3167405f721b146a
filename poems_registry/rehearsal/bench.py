"""Measure this program on this machine in one run, against the goals; nothing here is ever asserted by a test."""

import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from poems_registry import __version__
from poems_registry.rehearsal.measure import HEAD, Measure, milliseconds
from poems_registry.system.paths import HOME_VARIABLE

SIZES = (10_000,)
MORE = (100_000,)
COHORT = 1_000
BIG_COHORT = 10_000


def bench(*, full: bool, as_json: bool) -> int:
    """Print the table, or with `as_json` one object; `full` adds 100,000 patients and a cohort of 10,000."""
    machine = {
        "program": __version__,
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "python": platform.python_version(),
        "load": _load(),
        "a million squares": f"{milliseconds(lambda: sum(n * n for n in range(1_000_000)), 5):.0f} ms",
    }
    if not as_json:
        print("; ".join(f"{name}: {value}" for name, value in machine.items()))
        print(f"\n{HEAD}")
    measures = []
    for measure in _measures(full=full):
        measures.append(measure)
        if not as_json:
            print(measure.line, flush=True)
    if as_json:
        told = [asdict(measure) | {"of_goal": measure.of_goal} for measure in measures]
        print(json.dumps({"machine": machine, "measures": told}, ensure_ascii=False, indent=2))
    return 0


def _measures(*, full: bool) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory(prefix="poems-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ[HOME_VARIABLE] = str(folder / "home")
        yield from _on_the_clinic(folder)
        from poems_registry.rehearsal.service_measures import crowd_measures

        for size in (*SIZES, *(MORE if full else ())):
            yield from crowd_measures(folder, size, visits=False)
        yield from crowd_measures(folder, BIG_COHORT if full else COHORT, visits=True)


def _on_the_clinic(folder: Path) -> Iterator[Measure]:
    from poems_registry.rehearsal.service_measures import clinic_measures
    from poems_registry.rehearsal.window_measures import start_measures, window_measures
    from poems_registry.services.registry import open_registry
    from poems_registry.services.training.demo import PASSWORD, PEOPLE, make_demo

    place = make_demo(folder / "clinic", 150, 1).path
    yield from start_measures(place, PEOPLE[0].user)
    yield from window_measures(place, PEOPLE[0].user, PASSWORD, 150)
    me = open_registry(place, PEOPLE[0].user, PASSWORD)
    try:
        yield from clinic_measures(me, folder)
    finally:
        me.close()


def _load() -> str:
    """How busy the machine was before we began: other work makes every figure worse."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def _processor() -> str:
    """The processor's name where the system tells it."""
    if sys.platform.startswith("linux"):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
