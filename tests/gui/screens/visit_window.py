"""A visit in a window over a real encrypted training file: made once, copied for each test."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from poems_registry.catalogue.drafting import carried_medicines
from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.patients import PatientService
from poems_registry.services.registry import open_registry
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.services.visits import VisitService
from poems_registry.system.clock import FixedClock
from poems_registry.ui.screens.visit.presenter import VisitPresenter
from poems_registry.ui.screens.visit.view import VisitView
from poems_registry.ui.tasks import Inline
from poems_registry.ui.theme.theme import Theme

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FILES = ("training.registry", "training.keys")
RAIL, RAIL_NARROW, ABOVE = 144, 80, 100


def make_training(folder: Path) -> None:
    """Six made-up patients, closed."""
    make_demo(folder, 6, 7, FixedClock(NOW))


def copy_training(source: Path, target: Path) -> Path:
    """A registry of the test's own."""
    for name in FILES:
        shutil.copy(source / name, target / name)
    return target / FILES[0]


def sign_in(registry: Path) -> SignedIn:
    """As the clinician."""
    return open_registry(registry, "rahman", PASSWORD, FixedClock(NOW))


def wait_a_minute(signed_in: SignedIn) -> None:
    """After a wrong password the right one is taken only after a while."""
    clock = signed_in.clock
    if isinstance(clock, FixedClock):
        clock.at += timedelta(minutes=1)


@dataclass
class Nowhere:
    """A navigator that remembers."""

    went: list[tuple[str, int]] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)

    def patient(self, patient_id: int) -> None:
        """To a patient."""
        self.went.append(("patient", patient_id))

    def letter(self, letter_id: int) -> None:
        """To a letter."""
        self.went.append(("letter", letter_id))

    def details(self, patient_id: int, field: str = "") -> None:
        """To the patient's details."""
        self.went.append((f"details:{field}", patient_id))

    def hold_keys(self) -> None:
        """Nothing is typed here."""

    def say_saved(self, words: str) -> None:
        """The status line."""
        self.saved.append(words)


class OneLetter:
    """The service of letters."""

    def start(self, encounter_id: int) -> int:
        """Always the same letter."""
        return 70


class Window:
    """A window of this logical size, and in it the visit where the shell puts it."""

    def __init__(self, theme: Theme, signed_in: SignedIn, width: int = 1366, height: int = 768) -> None:
        self.visits = VisitService(signed_in)
        self.patients = PatientService(signed_in)
        self.nowhere = Nowhere()
        self.frame = QWidget()
        self.frame.resize(width, height)
        self.view = VisitView(theme)
        self.presenter = VisitPresenter(self.view, self.visits, OneLetter(), Inline(), ChangeFeed(), self.nowhere)
        self.view.attend(self.presenter)
        self.view.setParent(self.frame)
        rail = RAIL if width >= 1200 else RAIL_NARROW
        self.view.setGeometry(rail, 72, width - rail, height - ABOVE)
        self.frame.show()
        self.frame.activateWindow()
        self.settle()

    def longest_record(self) -> int:
        """The patient with most visits."""
        rows = self.patients.find("", (), 100).rows
        return max((len(self.patients.open(row.id).file.encounters), row.id) for row in rows)[1]

    def with_medicines(self) -> int:
        """A patient whose last visit lists medicines that go on."""
        rows = self.patients.find("", (), 100).rows
        files = [self.patients.open(row.id).file for row in rows]
        return next(f.patient.id for f in files if carried_medicines(f.counted[-1]))

    def begin(self, patient_id: int | None = None) -> int:
        """An empty visit, open."""
        encounter_id = self.visits.start(patient_id or self.longest_record())
        self.presenter.open(encounter_id)
        self.settle()
        return encounter_id

    def settle(self) -> None:
        """Let the window do what it has to do, the rest of the page included."""
        for _ in range(8):
            QApplication.processEvents()
        self.view.finish_building()
        for _ in range(3):
            QApplication.processEvents()

    def close(self) -> None:
        """Take it off the display."""
        self.frame.hide()
        self.frame.deleteLater()
        QApplication.processEvents()
