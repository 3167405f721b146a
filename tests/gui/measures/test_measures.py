"""The door and the lists of the real window have names, are read in full and are walked in the order of reading."""

import os
import subprocess
import sys

from tests.tree import ROOT


def test_nothing_on_the_way_to_a_record_is_nameless_cut_or_out_of_order() -> None:
    """At one scale, up to the first record; `dev.py measures` goes everywhere at all three."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.gui.measures.sweep",
            "--scales",
            "1.25",
            "--patients",
            "12",
            "--until",
            "a new patient",
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{done.stdout[-6000:]}{done.stderr[-2000:]}"
