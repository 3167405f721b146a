"""Who is sent from a letter to the details or the visit to mend something comes back to it by key or button."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest, until
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.ui.screens.details.view import DetailsScreen
from poems_registry.ui.screens.letter.view import LetterScreen
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.screens.visit.view import VisitView
from poems_registry.ui.widgets.bars import WayBackBar
from poems_registry.ui.widgets.buttons import Button
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped


def bar(window: Open) -> WayBackBar:
    (found,) = window.program.shell.findChildren(WayBackBar)
    return found


def seen(window: Open, kind: type[QWidget]) -> list[QWidget]:
    return [each for each in window.program.shell.findChildren(kind) if each.isVisible()]


def focused(window: Open) -> QWidget:
    if not window.program.shell.isActiveWindow():  # no window manager does it here
        window.program.shell.activateWindow()
        rest(window.program, 1)
    widget = window.program.shell.focusWidget()
    assert widget is not None
    return widget


def go_back(window: Open) -> None:
    QTest.keyClick(focused(window), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    rest(window.program, 4)


@pytest.fixture
def homeless(window: Open) -> int:
    """A letter to somebody whose address is not recorded, on the desk."""
    patient, encounter_id = window.longest()
    letters, people = LetterService(window.me), PatientService(window.me)

    def begin() -> int:
        people.change(replace(people.who(patient.id), address=(), postcode=""))
        return letters.start(encounter_id)

    letter_id = ask(window.program, begin)
    window.rooms.letter(letter_id)
    rest(window.program, 4)
    return letter_id


def gate_words(window: Open) -> list[str]:
    (desk,) = seen(window, LetterScreen)
    return [button.accessibleName() for button in desk.findChildren(Button) if "Open the" in button.accessibleName()]


@pytest.mark.usefixtures("homeless")
def test_an_address_is_mended_and_saved_and_one_comes_back_to_the_letter_by_the_keyboard(window: Open) -> None:
    assert bar(window).isHidden(), "nobody was sent to the letter"
    (desk,) = seen(window, LetterScreen)
    link = next(each for each in desk.findChildren(Button) if "Not recorded: address" in each.accessibleName())
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    rest(window.program, 4)
    assert seen(window, DetailsScreen)
    assert isinstance(focused(window), QPlainTextEdit), "the very field"
    assert (bar(window).isVisible(), bar(window).way()) == (True, "Back to the letter")
    QTest.keyClicks(focused(window), "1 Long Lane")
    QTest.keyClick(focused(window), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    rest(window.program, 4)
    assert bar(window).isVisible(), "saving does not end it"
    go_back(window)
    assert seen(window, LetterScreen)
    assert bar(window).isHidden()
    assert not any("Not recorded: address" in words for words in gate_words(window))


@pytest.mark.usefixtures("homeless")
def test_the_way_back_leads_over_the_visit_that_sent_to_the_details(window: Open) -> None:
    _, encounter_id = window.longest()
    window.rooms.visit(encounter_id, "seen_by", to_mend=True)
    rest(window.program, 4)
    assert bar(window).way() == "Back to the letter"
    (visit,) = seen(window, VisitView)
    assert isinstance(visit, VisitView)
    section = visit.sections()[2]
    visit.open_section(section)
    window.rooms.details(window.longest()[0].id, "allergy_state")
    rest(window.program, 4)
    assert bar(window).way() == "Back to the visit"
    go_back(window)
    (visit,) = seen(window, VisitView)
    assert isinstance(visit, VisitView)
    assert visit.section() == section
    assert bar(window).way() == "Back to the letter"
    go_back(window)
    assert seen(window, LetterScreen)


def test_the_details_lead_back_to_the_tab_of_the_record_they_were_opened_from(window: Open) -> None:
    patient, _ = window.longest()
    window.rooms.treatment(patient.id)
    rest(window.program, 4)
    window.rooms.details(patient.id)
    rest(window.program, 4)
    assert bar(window).way() == "Back to the record"
    assert clipped(bar(window)) == []
    (button,) = bar(window).findChildren(Button)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    rest(window.program, 4)
    (record,) = seen(window, RecordScreen)
    assert isinstance(record, RecordScreen)
    assert record.treatment.isVisible()


def test_a_lock_and_going_elsewhere_end_the_way_back_and_no_title_names_anybody(window: Open, homeless: int) -> None:
    patient, _ = window.longest()
    window.rooms.details(patient.id, "address")
    rest(window.program, 4)
    assert patient.family_name not in bar(window).way()
    assert window.program.shell.windowTitle() == "Training: POEMS Registry"
    window.rooms.today()
    rest(window.program, 4)
    assert bar(window).isHidden()
    go_back(window)
    assert not seen(window, LetterScreen)
    window.rooms.letter(homeless)
    rest(window.program, 4)
    window.rooms.details(patient.id, "address")
    rest(window.program, 4)
    assert bar(window).isVisible()
    shown = bar(window)
    window.program.lock()
    until(lambda: shown.way() == "")
    assert shown.isHidden()
