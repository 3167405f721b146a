"""One trial of the window in a process of its own, for benchmarks: prints what it measured as one line of JSON."""

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QWidget

    from poems_registry.app import Program

QUIET_SECONDS = 10
SEARCHES = ("smith", "999 0", "14/7/1955", "zz")


def main(arguments: list[str]) -> None:
    """`bare`, `start PLACE USER`, `chart`, or `work PLACE USER` with the password on standard input."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    match arguments:
        case ["bare"]:
            _bare()
        case ["start", place, user]:
            _start(Path(place), user)
        case ["chart"]:
            _chart()
        case ["work", place, user]:
            _work(Path(place), user, sys.stdin.readline().rstrip("\n"))


def _leave_with(**measured: float) -> None:
    sys.stdout.write(json.dumps(measured) + "\n")
    sys.stdout.flush()
    os._exit(0)


def _bare() -> None:
    """A window of PySide6 with nothing in it, painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication(["bare"])
    window = QWidget()
    window.resize(1280, 760)
    window.show()
    window.repaint()
    QTimer.singleShot(0, lambda: _leave_with(painted=time.time()))
    application.exec()


def _start(place: Path, user: str) -> None:
    """The program's door, painted: what a person waits for, from the command line on."""
    from poems_registry.cli.main import Faces, run

    def painted() -> None:
        _leave_with(painted=time.time())

    def door(registry: Path | str | None, name: str | None, password: str | None) -> int:
        from poems_registry.ui.plain_import import load_qt

        load_qt()
        from poems_registry.app import run_window

        return run_window(registry, name, password, painted)

    def no(*_: object, **__: object) -> int:
        return 1

    run(["--registry", str(place), "--user", user], Faces(door, no, no))


def _chart() -> None:
    """A long journey drawn, as the overview does."""
    from poems_registry.rehearsal.long_journey import milliseconds_to_draw
    from poems_registry.rehearsal.window import open_window

    open_window()
    _leave_with(drawn=milliseconds_to_draw())


def _work(place: Path, user: str, password: str) -> None:
    """Unlock, search by keys, then stand still: seconds to the painted list, to painted rows, and memory in MB."""
    from poems_registry.ui.plain_import import load_qt

    load_qt()
    from poems_registry.rehearsal.window import enter, open_window, rest, until

    program = open_window()
    program.unlock(place, user)
    rest(program)
    began = time.perf_counter()
    enter(program, place, user, password)
    until(lambda: _list_in_view(program.shell) is not None)
    program.shell.repaint()
    opened = time.perf_counter() - began
    assert program.signed_in is not None
    derived = _until_the_key(place, user, password)
    rest(program)
    searched = _search(program)
    until(lambda: False, QUIET_SECONDS)
    _leave_with(opened=opened, derived=derived, searched=searched, memory=_memory())


def _until_the_key(place: Path, user: str, password: str) -> float:
    """Seconds from the password to the data key: the try is counted on the disk, then the key is derived."""
    from poems_registry.system import paths
    from poems_registry.system.clock import SystemClock
    from poems_registry.system.key_file import KeyFile
    from poems_registry.system.keys import KeyRing

    ring = KeyRing(KeyFile(paths.key_file(place), (paths.key_copy(place),)), SystemClock().now)
    began = time.perf_counter()
    ring.try_password(user, password)
    took = time.perf_counter() - began
    ring.forgive(user)
    return took


def _list_in_view(shell: "QWidget") -> "QAbstractItemView | None":
    """The list on the screen, once it holds rows."""
    from PySide6.QtWidgets import QAbstractItemView

    for table in shell.findChildren(QAbstractItemView):
        if table.isVisible() and table.model() is not None and table.model().rowCount():
            return table
    return None


def _search(program: "Program") -> float:
    """Seconds from a key in the search field to painted rows: the slowest of all keys of a few searches.

    The window runs as it does for a person: nothing is asked to paint, and the time ends when it has nothing left to
    do after the answer was shown, with the whole window painted.
    """
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    from poems_registry.rehearsal.window import at_rest, rest

    shell = program.shell
    field = next(each for each in shell.findChildren(QLineEdit) if each.isVisible() and each.isEnabled())
    took = []
    for text in SEARCHES:
        for key in text:
            began = time.perf_counter()
            QTest.keyClicks(field, key)
            at_rest(program)
            took.append(time.perf_counter() - began)
            rest(program, 1)
        field.clear()
        field.textEdited.emit("")
        rest(program, 2)
    return max(took)


def _memory() -> float:
    """Resident memory in MB where the system tells it, else the most it ever was."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main(sys.argv[1:])
