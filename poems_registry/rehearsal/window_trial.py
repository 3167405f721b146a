"""One trial of the window in a process of its own, for benchmarks: prints what it measured as one line of JSON."""

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QWidget

QUIET_SECONDS = 10
SEARCHES = ("s", "m", "i", "t", "h")


def main(arguments: list[str]) -> None:
    """`bare`, `start PLACE USER`, or `work PLACE USER` with the password on standard input."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    match arguments:
        case ["bare"]:
            _bare()
        case ["start", place, user]:
            _start(Path(place), user)
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
    """The program's door, painted: what a person waits for."""
    import poems_registry.cli.main  # noqa: F401 - the program itself starts by it
    from poems_registry.app import Program, leave_when_painted
    from poems_registry.ui.application import dress, make_application

    application = make_application(["poems-registry"])
    program = Program(application, dress(application))
    program.unlock(place, user)
    program.shell.show()
    leave_when_painted(application, program.shell, lambda: _leave_with(painted=time.time()))
    application.exec()


def _work(place: Path, user: str, password: str) -> None:
    """Unlock, search by keys, then stand still: seconds to the painted list, to painted rows, and memory in MB."""
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
    began = time.perf_counter()
    program.signed_in.confirm(password)
    derived = time.perf_counter() - began
    rest(program)
    searched = _search(program.shell)
    until(lambda: False, QUIET_SECONDS)
    _leave_with(opened=opened, derived=derived, searched=searched, memory=_memory())


def _list_in_view(shell: "QWidget") -> "QAbstractItemView | None":
    """The list on the screen, once it holds rows."""
    from PySide6.QtWidgets import QAbstractItemView

    for table in shell.findChildren(QAbstractItemView):
        if table.isVisible() and table.model() is not None and table.model().rowCount():
            return table
    return None


def _search(shell: "QWidget") -> float:
    """Seconds from a key in the search field to painted rows: the slowest of a few."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    from poems_registry.rehearsal.window import until

    table = _list_in_view(shell)
    field = next(each for each in shell.findChildren(QLineEdit) if each.isVisible() and each.isEnabled())
    assert table is not None
    told: list[float] = []
    model = table.model()
    for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
        signal.connect(lambda *_: told.append(time.perf_counter()))
    took = []
    for key in SEARCHES:
        told.clear()
        began = time.perf_counter()
        QTest.keyClicks(field, key)
        until(lambda: bool(told), 5)
        table.viewport().repaint()
        took.append(time.perf_counter() - began)
        until(lambda: False, 0.3)
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
