"""The letter desk in the real window: from what blocks a letter to the very field that mends it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from poems_registry.app import Program
from poems_registry.domain.records import LetterState
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest, until
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.system.clock import FixedClock
from poems_registry.ui.screens.letter.gate import GateCard
from poems_registry.ui.screens.letter.view import LetterScreen
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.buttons import Button
from tests.gui.app.open_window import NOON, opened
from tests.gui.clipping import clipped


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letter-desk")
    make_demo(folder, 6, 3, FixedClock(NOON))
    return folder


@pytest.fixture
def program(
    made: Path, tmp_path: Path, theme: Theme, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setenv("POEMS_REGISTRY_HOME", str(tmp_path / "home"))
    with opened(made, tmp_path, theme, qapp) as window:
        yield window.program


def spoken(widget: QWidget | None) -> str:
    """What a screen reader says of the field that has the keyboard."""
    while widget is not None and not widget.accessibleName():
        widget = widget.parentWidget()
    return widget.accessibleName() if widget is not None else ""


def press(program: Program, words: str) -> None:
    """The link of the gate that says these words."""

    def found() -> list[Button]:
        seen = [each for each in program.shell.findChildren(Button) if each.isVisible()]
        return [each for each in seen if words in each.accessibleName()]

    until(lambda: len(found()) == 1)
    (only,) = found()
    only.click()
    rest(program, 2)


def test_what_blocks_a_letter_leads_into_the_very_field_under_the_patients_banner(program: Program) -> None:
    me, rooms = program.signed_in, program.rooms
    assert me is not None
    assert rooms is not None
    people, letters = PatientService(me), LetterService(me)

    def blocked() -> tuple[int, str]:
        files = [people.open(row.id).file for row in people.find("", (), 10).rows]
        file = next(file for file in files if file.counted and file.patient.died is None)
        people.change(replace(file.patient, address_checked_on=None))
        return letters.start(file.counted[-1].id), file.patient.family_name

    letter_id, family_name = ask(program, blocked)
    rooms.letter(letter_id)
    rest(program, 2)
    press(program, "Address not checked at this visit")
    assert "Checked with the person" in spoken(program.shell.focusWidget())
    banner = " ".join(label.text() for label in program.shell.banner.findChildren(QLabel))
    assert family_name.upper() in banner
    assert program.shell.banner.isVisible()


def test_a_signed_letters_copies_are_noted_one_by_one_and_other_letters_begin_from_its_desk(program: Program) -> None:
    me, rooms = program.signed_in, program.rooms
    assert me is not None
    assert rooms is not None
    people, letters = PatientService(me), LetterService(me)

    def signed() -> int:
        files = [people.open(row.id).file for row in people.find("", (), 10).rows]
        file = next(file for file in files if file.counted and file.patient.died is None)
        people.change(replace(file.patient, address_checked_on=me.today))
        letter = letters.open(letters.start(file.counted[-1].id)).letter
        if letter.signature is None:
            letters.sign(letter.id, letter.row_version, PASSWORD)
        return letter.id

    letter_id = ask(program, signed)
    rooms.letter(letter_id)
    rest(program, 2)
    (desk,) = program.shell.findChildren(LetterScreen)
    first, second = ask(program, lambda: letters.copies(letter_id))
    press(program, f"Sent: {first.name}")
    press(program, f"Sent: {second.name}")
    said = " ".join(label.text() for label in desk.findChildren(QLabel))
    assert f"by {me.person.name}" in said
    assert ask(program, lambda: letters.open(letter_id)).letter.state is LetterState.DISPATCHED
    offered = [action.text() for action in desk.findChildren(QMenu)[0].actions()]
    assert offered == [
        "Save as PDF…",
        "In plain words…",
        "For a screen reader…",
        "Withdraw…",
        "Letter to a colleague",
        "Results letter",
        "Missed appointment…",
        "Appointment reminder…",
    ]
    (gate,) = desk.findChildren(GateCard)
    for size in ((1024, 500), (1093, 614), (1366, 768)):
        program.shell.resize(*size)
        rest(program)
        faults = clipped(gate)
        assert not faults, f"{size}\n" + "\n".join(faults)
