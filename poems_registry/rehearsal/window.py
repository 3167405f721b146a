"""Drive the real window without anybody in front of it: open it, wait until it is at rest, look at it."""

import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from poems_registry.app import Program
from poems_registry.domain.errors import CannotOpen, RegistryError
from poems_registry.domain.locations import Location
from poems_registry.ui.application import dress, make_application
from poems_registry.ui.theme.tokens import Look

QUIET = 40
"""Milliseconds without work after which the window is at rest; longer than any of its own short delays at a time."""
ROUNDS = 6
PATIENCE = 60.0


def open_window(look: Look = Look.LIGHT) -> Program:
    """The program's own window, shown and locked."""
    qInstallMessageHandler(_without_hints)
    application = make_application(["poems-registry"])
    program = Program(application, dress(application, look), at_once=False)
    program.shell.show()
    program.begin()
    return program


def _without_hints(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Without a screen there are no size hints, which Qt says at every window; everything else is passed on."""
    if "propagateSizeHints" not in text and kind is not QtMsgType.QtDebugMsg:
        sys.stderr.write(f"{text}\n")


def rest(program: Program, rounds: int = ROUNDS) -> None:
    """Let everything finish that was asked for, and everything that follows from it."""
    for _ in range(rounds):
        _wait(QUIET)
        _barrier(program)


def enter(program: Program, place: Location, user: str, password: str) -> None:
    """Sign in; CannotOpen with the window's own words if it does not let us in."""
    program.enter(place, user, password)
    until(lambda: program.signed_in is not None)
    if program.signed_in is None:
        raise CannotOpen("The window did not open the registry. Nothing was changed.")


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Run the window until something holds, at most so long."""
    clock = QElapsedTimer()
    clock.start()
    while not holds() and clock.elapsed() < seconds * 1000:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def at_rest(program: Program) -> None:
    """Wait, without keeping the machine busy, until what was asked for is answered, shown and painted."""
    loop = QEventLoop()

    def shown(*_: object) -> None:
        QTimer.singleShot(0, loop.quit)  # comes after the layouts and paints that the answer gave rise to

    program.tasks.run(lambda: None, shown, shown)
    loop.exec()


def close_window(program: Program) -> None:
    """Close file and window as a person would."""
    program.shell.close()
    rest(program, 2)
    program.close_threads()


def seconds_since(start: float) -> float:
    """On the clock that benchmarks use."""
    return time.perf_counter() - start


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _barrier(program: Program) -> None:
    """Come back when all work asked for so far has been answered; TimeoutError if nobody works any more."""
    reached: list[bool] = []

    def done(_: None) -> None:
        reached.append(True)

    def failed(_: RegistryError) -> None:
        reached.append(False)

    program.tasks.run(lambda: None, done, failed)
    until(lambda: bool(reached))
    if not reached:
        raise TimeoutError("nothing that was asked of the registry is answered any more")
