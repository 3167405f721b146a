"""The door and the lists of the real window have names, are read in full and are walked in the order of reading."""

import os
import subprocess
import sys

from tests.gui.measures.kinds import DIALOGS, LEFT_OUT, SCREENS, every_dialog, every_screen, not_shown
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


def test_a_new_dialog_or_screen_stands_in_the_rounds_or_is_named_with_its_reason() -> None:
    """`dev.py measures` itself counts what is named here and was not shown."""
    there = [*(each.__name__ for each in every_dialog()), *every_screen()]
    assert sorted(there) == sorted([*DIALOGS, *SCREENS, *LEFT_OUT])
    assert all(reason for reason in LEFT_OUT.values())


def test_what_the_rounds_should_have_shown_and_did_not_is_told() -> None:
    seen = {place: {name} for name, place in DIALOGS.items()}
    for name, place in SCREENS.items():
        seen.setdefault(place, set()).add(name)
    assert not_shown(seen) == []
    seen["a visit, sign"] = {"VisitView"}
    del seen["two records of one person, found"]
    assert not_shown(seen) == [
        "SigningDialog at 'a visit, sign'",
        "joining at 'two records of one person, found'",
    ]
