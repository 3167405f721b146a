"""Who saw and changed what, in the real window: only for whom it is meant, narrowed, opened by keyboard, in view."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from poems_registry.domain.access import Permission
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest
from poems_registry.services.patients import PatientService
from poems_registry.services.staff import StaffService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.screens.record.access.view import AccessTab
from poems_registry.ui.screens.record.shown import Page
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.widgets.drawing import DrawingView
from poems_registry.ui.widgets.tabs import TabButton
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped


def come_in(window: Open, user: str) -> None:
    window.program.lock()
    rest(window.program, 2)
    enter(window.program, window.place, user, PASSWORD)
    rest(window.program, 2)


def granted(window: Open) -> int:
    """The clinician with the audit in their hands, and a patient whose phone they changed."""
    come_in(window, "castellan")
    staff = StaffService(window.me)
    ask(window.program, partial(staff.allow, "rahman", Permission.MANAGE.value, granted=True))
    come_in(window, "rahman")
    people, patient_id = PatientService(window.me), window.longest()[0].id
    ask(window.program, lambda: people.change(replace(people.who(patient_id), phone="07700 900123")))
    return patient_id


def record(window: Open, patient_id: int) -> RecordScreen:
    window.rooms.patient(patient_id)
    rest(window.program, 3)
    screen = window.program.shell.findChild(RecordScreen)
    assert screen is not None
    return screen


def tab(window: Open, patient_id: int) -> AccessTab:
    screen = record(window, patient_id)
    screen._go(Page.ACCESS.value)
    rest(window.program, 3)
    return screen.access


def rows(page: AccessTab) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, 2).data(Qt.ItemDataRole.DisplayRole)) for row in range(model.rowCount())]


def tabs(screen: RecordScreen) -> list[str]:
    return [each.text() for each in screen.findChildren(TabButton) if each.isVisible()]


def test_only_who_manages_the_audit_has_the_tab(window: Open) -> None:
    patient_id = window.longest()[0].id
    assert "Access" not in tabs(record(window, patient_id))
    come_in(window, "castellan")
    assert tabs(record(window, patient_id))[-1] == "Access"


def test_a_change_is_listed_narrowed_to_and_opened_by_keyboard(window: Open) -> None:
    page = tab(window, granted(window))
    assert any(words.startswith("Opened the record") for words in rows(page))
    page.acts.choose("changes")
    page.acts.chosen.emit("changes")
    rest(window.program, 3)
    assert rows(page)[0] == "Changed the phone number"
    page.table.setFocus()
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    rest(window.program, 2)
    assert page.dialog is not None
    values = page.dialog.table.model()
    assert [values.index(0, column).data() for column in (0, 2)] == ["Phone", "07700 900123"]
    assert QApplication.focusWidget() is page.dialog.table
    assert clipped(page.dialog) == []
    QTest.keyClick(page.dialog, Qt.Key.Key_Escape)
    rest(window.program, 1)


def test_a_chart_of_a_record_is_copied_only_with_an_entry_in_the_list(window: Open) -> None:
    patient_id = granted(window)
    screen = record(window, patient_id)
    charts = screen.findChildren(DrawingView)
    assert charts
    QApplication.clipboard().clear()
    QTest.keyClick(charts[0], Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rest(window.program, 3)
    assert not QApplication.clipboard().image().isNull()
    assert "Took out a chart of the record as a picture" in rows(tab(window, patient_id))


def test_where_nothing_is_found_it_says_so_and_the_filters_stay(window: Open) -> None:
    page = tab(window, granted(window))
    for box, code in ((page.acts, "left"), (page.period, "today")):
        box.choose(code)
        box.chosen.emit(code)
        rest(window.program, 3)
    page.person.choose(str(window.me.person.id))
    page.person.chosen.emit(page.person.code())
    rest(window.program, 3)
    assert rows(page) == []
    assert page.acts.isVisible()
    assert not page.what_changed.isVisible()
    assert clipped(window.program.shell) == []


def test_everything_is_in_view_in_a_small_window(window: Open) -> None:
    window.program.shell.resize(1024, 500)
    page = tab(window, granted(window))
    rest(window.program, 2)
    assert clipped(window.program.shell) == []
    assert page.table.viewport().height() > 150
