"""GP practices in the real window: a list looked at and loaded in Admin, a practice taken by keyboard in Details."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from poems_registry.domain.records import Patient
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest
from poems_registry.services.patients import PatientService
from poems_registry.services.practices import PracticeService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.screens.admin.view import AdminScreen
from poems_registry.ui.screens.details.practice_line import PracticeLine
from poems_registry.ui.screens.details.view import DetailsScreen
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped

LIST = Path(__file__).parents[2] / "data" / "practices" / "list.csv"


@pytest.fixture
def listed(window: Open) -> Open:
    """A clinic that loaded the list."""
    service = PracticeService(window.me)
    ask(window.program, lambda: service.load(LIST))
    return window


def form_of(window: Open, patient: Patient) -> tuple[DetailsScreen, PracticeLine]:
    window.rooms.details(patient.id, "practice_name")
    rest(window.program, 3)
    form = next(screen for screen in window.program.shell.findChildren(DetailsScreen) if screen.isVisible())
    control = form.boxes["practice_name"]._control
    assert isinstance(control, PracticeLine)
    window.program.shell.activateWindow()
    form.boxes["practice_name"].take_focus()
    rest(window.program, 1)
    return form, control


def type_into(window: Open, control: PracticeLine, text: str) -> None:
    control.edit.selectAll()
    QTest.keyClicks(control.edit, text)
    rest(window.program, 2)


def test_a_practice_is_taken_by_keyboard_with_its_address_postcode_and_code(listed: Open) -> None:
    patient, _ = listed.longest()
    form, control = form_of(listed, patient)
    type_into(listed, control, "nr99 1ad")
    assert not control.rows.isHidden()
    assert control.rows.model().rowCount() == 1
    assert control.rows.current() is None, "nothing is chosen before a person chooses"
    QTest.keyClick(control.edit, Qt.Key.Key_Down)
    QTest.keyClick(control.edit, Qt.Key.Key_Return)
    rest(listed.program, 2)
    assert control.rows.isHidden()
    form._ask_save()
    rest(listed.program, 3)
    people = PatientService(listed.me)
    practice = ask(listed.program, lambda: people.who(patient.id)).practice
    assert (practice.name, practice.address, practice.postcode, practice.ods_code) == (
        "The Doctor's House", ("3 Chapel Hill", "Trialcombe"), "NR99 1AD", "ZZ9903",
    )  # fmt: skip


def test_a_closed_practice_is_marked_in_the_list_and_beside_its_code(listed: Open) -> None:
    patient, _ = listed.longest()
    form, control = form_of(listed, patient)
    type_into(listed, control, "zz9902")
    QTest.keyClick(control.edit, Qt.Key.Key_Down)
    row = control.rows.current()
    assert row is not None
    assert row.state == "Closed 31-Mar-2024"
    QTest.keyClick(control.edit, Qt.Key.Key_Return)
    rest(listed.program, 2)
    assert "Closed 31-Mar-2024" in form.boxes["practice_code"].words()


def test_a_practice_typed_by_hand_is_kept_without_a_code_and_said_not_to_be_in_the_list(listed: Open) -> None:
    patient, _ = listed.longest()
    form, control = form_of(listed, patient)
    type_into(listed, control, "zz9901")
    QTest.keyClick(control.edit, Qt.Key.Key_Down)
    QTest.keyClick(control.edit, Qt.Key.Key_Return)
    rest(listed.program, 2)
    type_into(listed, control, "The Old Forge")
    QTest.keyClick(control.edit, Qt.Key.Key_Tab)
    rest(listed.program, 2)
    assert "typed by hand" in form.boxes["practice_code"].words()
    form._ask_save()
    rest(listed.program, 3)
    people = PatientService(listed.me)
    practice = ask(listed.program, lambda: people.who(patient.id)).practice
    assert (practice.name, practice.ods_code) == ("The Old Forge", "")


def test_the_list_goes_with_escape_and_the_field_keeps_what_was_typed(listed: Open) -> None:
    patient, _ = listed.longest()
    _, control = form_of(listed, patient)
    type_into(listed, control, "surg")
    QTest.keyClick(control.edit, Qt.Key.Key_Escape)
    assert control.rows.isHidden()
    assert control.edit.text() == "surg"


def test_a_list_is_looked_at_before_it_is_loaded_and_the_counts_add_up(window: Open) -> None:
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, "castellan", PASSWORD)
    rest(window.program, 2)
    window.program.shell.chosen.emit("admin")
    rest(window.program, 2)
    screen = next(each for each in window.program.shell.findChildren(AdminScreen) if each.isVisible())
    screen.show_page("practices")
    rest(window.program, 2)
    page = screen.practices
    assert "No list was loaded yet" in page.in_force.text()
    page._look(str(LIST))
    rest(window.program, 2)
    assert page._sum.text() == "4 read = 3 new + 0 changed + 0 unchanged + 1 ignored + 0 set aside"
    service = PracticeService(window.me)
    assert ask(window.program, lambda: service.find("zz99")) == (), "only looked at"
    page.day.setText("01-Nov-2026")
    page.load.click()
    rest(window.program, 3)
    assert len(ask(window.program, lambda: service.find("zz99"))) == 3
    assert "of 01-Nov-2026" in page.in_force.text()
    assert page.plan.isHidden()
    window.program.shell.resize(1024, 500)
    page._look(str(LIST))
    rest(window.program, 2)
    assert clipped(screen) == []
