"""The whole window on a server: in by the door, a patient added, locked, in again; the address is noted, no secret."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from poems_registry.app import Program
from poems_registry.domain.records import Patient
from poems_registry.rehearsal.window import enter, rest
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.system import paths
from poems_registry.ui.application import dress
from poems_registry.ui.theme.tokens import Look
from tests.integration.server.conftest import PASSWORD, Clinic


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    """The window, closed whatever happens."""
    made = Program(qapp, dress(qapp, Look.LIGHT))
    made.shell.resize(1366, 768)
    made.shell.show()
    yield made
    if made.signed_in is not None:
        made.lock()
    rest(made, 2)
    made.shell.allow_closing()
    made.tasks.close()
    made.shell.deleteLater()
    qapp.processEvents()


def words(program: Program) -> str:
    """Everything the window says just now."""
    return "\n".join(label.text() for label in program.shell.findChildren(QLabel) if label.isVisible())


def inside(program: Program) -> SignedIn:
    """Who is signed in."""
    assert program.signed_in is not None
    return program.signed_in


def test_the_window_opens_works_and_locks_on_a_server(program: Program, clinic: Clinic) -> None:
    enter(program, clinic.address, "osei", PASSWORD)
    rest(program, 2)
    assert not inside(program).training
    PatientService(inside(program)).add(Patient(family_name="Brien", given_name="Ann"))
    assert clinic.address.name in words(program)
    program.lock()
    rest(program, 4)
    assert "PostgreSQL on this PC" in words(program)
    assert "The server keeps the records" in words(program)
    assert "Everything in a registry is encrypted" not in words(program)
    enter(program, clinic.address, "osei", PASSWORD)
    rest(program, 2)
    service = PatientService(inside(program))
    (row,) = service.find().rows
    assert service.open(row.id).file.patient.family_name == "Brien"


def test_the_pc_remembers_the_address_and_nothing_else(program: Program, clinic: Clinic) -> None:
    enter(program, clinic.address, "osei", PASSWORD)
    rest(program, 2)
    noted = [path for path in paths.data_folder().rglob("*") if path.is_file()]
    assert PASSWORD not in "".join(path.read_text(encoding="utf-8", errors="replace") for path in noted)
    assert (paths.data_folder() / "last-registry").read_text(encoding="utf-8") == str(clinic.address)
