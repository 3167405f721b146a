"""Measures every place of the window, at the scale that this process was started with."""

import re
import shutil
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from poems_registry.rehearsal.window import close_window, open_window, rest
from tests.gui.clipping import clipped
from tests.gui.measures.hands import NOT_OPENED
from tests.gui.measures.kinds import not_shown
from tests.gui.measures.names import nameless
from tests.gui.measures.order import by_mouse_only, walk
from tests.gui.measures.rounds import Rounds

Found = dict[str, dict[str, list[str]]]
"""By place: what was found of each kind."""


def measure(made: Path, size: tuple[int, int], pictures: Path | None = None, only: str = "", until: str = "") -> Found:
    """Open a copy of this training registry, go everywhere, and tell what is wrong where; `until` ends the round."""
    with tempfile.TemporaryDirectory(prefix="poems-measuring-") as folder:
        for path in made.parent.glob("training.*"):
            shutil.copy(path, folder)
        program = open_window()
        try:
            program.shell.resize(*size)
            program.shell.activateWindow()
            rounds = Rounds(program, Path(folder) / made.name)
            found: Found = {}
            seen: dict[str, set[str]] = {}
            for name in rounds.everywhere():
                if until and name.startswith(until):
                    return found
                if name.startswith(NOT_OPENED):
                    found[name] = {"not shown": [name]}
                    continue
                seen.setdefault(name, set()).update(rounds.shown())
                if name.startswith(only):
                    found[name] = judge(rounds.in_view(), f"{name}.png", pictures)
                    rest(program, 1)
            found["the rounds"] = {"not shown": not_shown(seen)}
            return found
        finally:
            close_window(program)


def judge(root: QWidget, picture: str = "", pictures: Path | None = None) -> dict[str, list[str]]:
    """Everything that is wrong with what is in view here."""
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        root.window().grab().save(str(pictures / re.sub(r"[^a-z0-9.]+", "-", picture.lower())))
    return {
        "nameless": nameless(root),
        "cut": clipped(root),
        "mouse only": by_mouse_only(root),
        "order": list(walk(root).faults),
    }
