"""The program's own window with somebody signed in, for tests of the whole way."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from poems_registry.app import Program
from poems_registry.domain.records import Patient
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest
from poems_registry.rooms import Rooms
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.theme.theme import Theme

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class OneDay:
    """A clock that runs, always from the noon of one day: what a made-up clinic has left to do depends on the day."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return NOON + timedelta(seconds=time.monotonic() - self._began)

    def today(self) -> date:
        return NOON.date()


@dataclass
class Open:
    """A window with the clinician signed in."""

    program: Program
    place: Path

    @property
    def me(self) -> SignedIn:
        assert self.program.signed_in is not None
        return self.program.signed_in

    @property
    def rooms(self) -> Rooms:
        assert self.program.rooms is not None
        return self.program.rooms

    def longest(self) -> tuple[Patient, int]:
        """Whoever has most visits, and the last of them."""
        people = PatientService(self.me)

        def look() -> tuple[Patient, int]:
            files = [people.open(row.id).file for row in people.find("", (), 100).rows]
            chosen = max(files, key=lambda file: len(file.counted))
            return chosen.patient, chosen.counted[-1].id

        return ask(self.program, look)


@contextmanager
def opened(made: Path, folder: Path, theme: Theme, qapp: QApplication) -> Iterator[Open]:
    """The whole window with the clinician signed in, on a copy of this registry; at the end it is locked and gone."""
    for name in ("training.registry", "training.keys"):
        shutil.copy(made / name, folder / name)
    program = Program(qapp, theme, clock=OneDay())
    program.shell.resize(1366, 768)
    program.shell.show()
    enter(program, folder / "training.registry", "rahman", PASSWORD)
    rest(program, 2)
    yield Open(program, folder / "training.registry")
    if program.signed_in is not None:
        program.lock()
    rest(program, 2)
    program.shell.allow_closing()
    program.close_threads()
    program.shell.deleteLater()
    qapp.processEvents()
