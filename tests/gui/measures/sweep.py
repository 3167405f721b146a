"""Counts what cannot be named, read in full or reached in order, over every screen, and prints a table."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.tree import ROOT

SCALES = ("1", "1.25", "1.5")
KINDS = ("nameless", "cut", "order", "mouse only", "not shown")
WINDOW = (1024, 500)
PATIENTS, SEED = 40, 1


def main() -> int:
    """All scales, each in a process of its own, as Qt wants it; gives 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", metavar="PLACE", help="measure at the scale of this process and tell as JSON")
    parser.add_argument("--pictures", type=Path, help="keep a picture of each place in this folder")
    parser.add_argument("--size", default="x".join(map(str, WINDOW)), help="logical pixels of the window")
    parser.add_argument("--scales", default=",".join(SCALES))
    parser.add_argument("--only", default="", help="only places that begin so")
    parser.add_argument("--until", default="", help="end the round before the first place that begins so")
    parser.add_argument("--patients", type=int, default=PATIENTS)
    chosen = parser.parse_args()
    width, height = (int(part) for part in chosen.size.split("x"))
    if chosen.one:
        from tests.gui.measures.measuring import measure

        told = measure(Path(chosen.one), (width, height), chosen.pictures, chosen.only, chosen.until)
        sys.stdout.write(json.dumps(told) + "\n")
        return 0
    return _all(chosen.scales.split(","), chosen.patients, sys.argv[1:])


def _all(scales: list[str], patients: int, arguments: list[str]) -> int:
    from poems_registry.services.training.demo import make_demo
    from poems_registry.system.paths import HOME_VARIABLE

    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    with tempfile.TemporaryDirectory(prefix="poems-measures-") as name:
        made = make_demo(Path(name) / "made", patients, SEED).path
        for scale in scales:
            home = Path(name) / f"home-{scale}"
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": scale,
                HOME_VARIABLE: str(home),
            }
            command = [sys.executable, "-m", "tests.gui.measures.sweep", *arguments, "--one", str(made)]
            done = subprocess.run(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False
            )
            if done.returncode != 0:
                return done.returncode
            found[scale] = json.loads(done.stdout.splitlines()[-1])
    return _tell(found)


def _tell(found: dict[str, dict[str, dict[str, list[str]]]]) -> int:
    """Each fault once with where it is, then the table."""
    where: dict[tuple[str, str], set[str]] = defaultdict(set)
    for scale, places in found.items():
        for place, kinds in places.items():
            for kind, faults in kinds.items():
                for fault in faults:
                    where[kind, fault].add(f"{place} at {float(scale):.0%}")
    lines = []
    for (kind, fault), places_of in sorted(where.items()):
        lines.append(f"{kind}: {fault}\n    {'; '.join(sorted(places_of)[:4])}{' ...' if len(places_of) > 4 else ''}")
    head = ["place", *(f"{kind} {float(scale):.0%}" for kind in KINDS for scale in found)]
    lines.append("\n| " + " | ".join(head) + " |\n" + "| --- " * len(head) + "|")
    names = list(dict.fromkeys(place for places in found.values() for place in places))
    for name in names:
        counts = [len(found[scale].get(name, {}).get(kind, [])) for kind in KINDS for scale in found]
        if any(counts):
            lines.append(f"| {name} | " + " | ".join(map(str, counts)) + " |")
    sums = [sum(len(each.get(kind, ())) for each in found[scale].values()) for kind in KINDS for scale in found]
    lines.append(f"| all {len(names)} places | " + " | ".join(map(str, sums)) + " |")
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if any(sums) else 0


if __name__ == "__main__":
    sys.exit(main())
