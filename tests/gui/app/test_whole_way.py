"""The program as one window over a real encrypted file: what fits, what stays when it locks, and what does not."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from poems_registry.rehearsal.typed_visit import ask, type_visit
from poems_registry.rehearsal.window import enter, rest, until
from poems_registry.services.letters import LetterService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.message import MessageBar
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped

SIZES = ((1024, 600), (1093, 614), (1366, 768), (1920, 1080))


def everything_said(widget: QWidget) -> str:
    """Every text that this window holds, seen or hidden."""
    said = [widget.windowTitle(), QApplication.clipboard().text()]
    for part in widget.findChildren(QWidget):
        said += [part.toolTip(), part.accessibleName(), part.accessibleDescription()]
        if isinstance(part, QLabel | QAbstractButton | QLineEdit):
            said.append(part.text())
        if isinstance(part, QPlainTextEdit):
            said.append(part.toPlainText())
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            said += _cells(part.model())
    return "\n".join(said)


def _cells(model: QAbstractItemModel) -> list[str]:
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole)) for row in rows for column in columns]


def the_screens(window: Open) -> dict[str, Callable[[], None]]:
    patient, encounter_id = window.longest()
    letters, visits = LetterService(window.me), VisitService(window.me)
    letter_id = ask(window.program, lambda: letters.start(encounter_id))
    draft_id = ask(window.program, lambda: visits.start(patient.id))
    rooms = window.rooms
    return {
        "patients": rooms.patients,
        "a new patient": rooms.add_patient,
        "a patient": lambda: rooms.patient(patient.id),
        "a patient's details": lambda: rooms.details(patient.id),
        "a visit": lambda: rooms.visit(draft_id),
        "a letter": lambda: rooms.letter(letter_id),
        "letters": rooms.letters,
        "cohort": rooms.cohort,
    }


def test_every_screen_can_be_read_in_full_on_every_size_of_screen(window: Open) -> None:
    faults = []
    for name, go in the_screens(window).items():
        go()
        for width, height in SIZES:
            window.program.shell.resize(width, height)
            rest(window.program)
            faults += [f"{name} at {width} x {height}: {fault}" for fault in clipped(window.program.shell)]
    assert not faults, "\n".join(sorted(set(faults)))


def test_after_locking_nothing_of_any_patient_is_left_in_the_window(window: Open) -> None:
    patient, _ = window.longest()
    for go in the_screens(window).values():
        go()
        rest(window.program)
    window.rooms.patient(patient.id)
    rest(window.program)
    assert patient.family_name.casefold() in everything_said(window.program.shell).casefold()
    QApplication.clipboard().setText(patient.family_name)

    window.program.lock()
    rest(window.program)

    said = everything_said(window.program.shell).casefold()
    assert patient.family_name.casefold() not in said
    assert patient.nhs_number[-4:] not in said
    assert not [each.value for each in patient.hospital_numbers if each.value.casefold() in said]


def test_what_was_typed_into_a_visit_is_there_after_the_window_locked_itself(window: Open) -> None:
    patient, _ = window.longest()
    visits = VisitService(window.me)
    draft_id = ask(window.program, lambda: visits.start(patient.id))
    window.rooms.visit(draft_id)
    rest(window.program)
    type_visit(window.program, draft_id, {"haemoglobin": "134"})
    window.program.lock()
    rest(window.program)
    assert window.program.signed_in is None

    enter(window.program, window.place, "rahman", PASSWORD)
    kept = ask(window.program, lambda: VisitService(window.me).open(draft_id)).draft
    assert kept.fields["haemoglobin"].text == "134"


def test_a_wrong_password_leads_to_the_door_and_to_nothing_else(window: Open) -> None:
    window.program.lock()
    rest(window.program)
    window.program.enter(window.place, "rahman", "not the password at all")
    until(lambda: "password" in everything_said(window.program.shell).casefold())
    rest(window.program, 2)
    assert window.program.signed_in is None
    assert window.program.rooms is None


def test_details_typed_and_not_saved_are_there_after_another_screen_and_after_locking(window: Open) -> None:
    def typed() -> str:
        focused = window.program.shell.focusWidget()
        assert isinstance(focused, QLineEdit), focused
        return focused.text()

    window.rooms.add_patient()
    rest(window.program)
    QTest.keyClicks(window.program.shell.focusWidget(), "Zweifel")
    window.rooms.cohort()
    rest(window.program)
    window.rooms.add_patient()
    rest(window.program)
    assert typed() == "Zweifel"

    window.program.lock()
    rest(window.program)
    assert "zweifel" not in everything_said(window.program.shell).casefold()
    enter(window.program, window.place, "rahman", PASSWORD)
    rest(window.program)
    offer = window.program.shell.messages
    assert offer.cause() == "You left this open: A new patient, details"
    go_on = next(each for each in offer.findChildren(Button) if each.text() == "Go on with A new patient")
    go_on.setFocus()
    QTest.keyClick(go_on, Qt.Key.Key_Space)
    rest(window.program)
    assert typed() == "Zweifel"
    assert offer.cause() == "", "an offer about one person never stands over the record of another"


def test_another_person_at_the_same_window_does_not_see_what_was_typed_before(window: Open) -> None:
    window.rooms.add_patient()
    rest(window.program)
    QTest.keyClicks(window.program.shell.focusWidget(), "Zweifel")
    window.program.lock()
    rest(window.program)
    enter(window.program, window.place, "castellan", PASSWORD)
    rest(window.program)
    window.rooms.add_patient()
    rest(window.program)
    assert "zweifel" not in everything_said(window.program.shell).casefold()


def test_a_refusal_at_the_door_is_read_over_the_door_and_gone_with_the_next_door(window: Open) -> None:
    program = window.program
    program.lock()
    rest(program)
    program.enter(window.place, "rahman", "not the password at all")
    rest(program)
    bars = [bar for bar in program.shell.findChildren(MessageBar) if bar.isVisible()]
    assert "password" in " ".join(words.text() for bar in bars for words in bar.findChildren(QLabel))
    assert clipped(program.shell) == []
    program.unlock(window.place)
    rest(program)
    assert not [bar for bar in program.shell.findChildren(MessageBar) if bar.isVisible()]
