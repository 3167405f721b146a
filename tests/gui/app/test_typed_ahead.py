"""Keys that come before the screen they are meant for: none is lost, and none goes into another field."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import rest, until
from poems_registry.services.patients import PatientService
from poems_registry.services.visits import VisitService
from poems_registry.ui.screens.details.view import DetailsScreen
from poems_registry.ui.screens.unlock.view import UnlockScreen
from poems_registry.ui.screens.visit.view import VisitView
from tests.gui.app.open_window import Open

ALT, CTRL, PLAIN = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier,
)  # fmt: skip


def front(window: Open) -> None:
    """The keyboard's own window, as a window manager sees to it: shortcuts work in no other."""
    if not window.program.shell.isActiveWindow():
        window.program.shell.activateWindow()
        until(window.program.shell.isActiveWindow)


def press(window: Open, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """As the display hands it over: to whatever has the keyboard, and nothing else happens before the next key."""
    focused: QWidget | None = window.program.shell.focusWidget()
    QTest.keyClick(focused or window.program.shell, key, modifiers)


def type_(window: Open, text: str) -> None:
    for sign in text:
        focused: QWidget | None = window.program.shell.focusWidget()
        QTest.keyClicks(focused or window.program.shell, sign)


def seen(window: Open, kind: type[QWidget]) -> QWidget:
    (found,) = [each for each in window.program.shell.findChildren(kind) if each.isVisible()]
    return found


def features(window: Open) -> int:
    """The place of the section that asks the weight."""
    visit = seen(window, VisitView)
    assert isinstance(visit, VisitView)
    return visit.sections().index(visit.section_of("weight"))


def draft_fields(window: Open, patient_id: int) -> dict[str, str]:
    visits = VisitService(window.me)
    opened = ask(window.program, lambda: visits.open(visits.start(patient_id)))
    return {code: field.text for code, field in opened.draft.fields.items() if field.text}


def test_a_visit_is_begun_and_typed_into_before_it_is_there(window: Open) -> None:
    front(window)
    patient, _ = window.longest()
    window.rooms.patient(patient.id)
    rest(window.program, 4)
    front(window)
    press(window, Qt.Key.Key_N, ALT)
    press(window, Qt.Key.Key_P, ALT)  # the shortcut of a section of a visit that is not there yet
    for letter in "papp":
        type_(window, letter)
        press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_S, CTRL)
    rest(window.program, 8)
    visit = seen(window, VisitView)
    assert isinstance(visit, VisitView)
    section, fast = visit.section(), draft_fields(window, patient.id)
    assert fast, "something was typed"
    assert "weight" not in fast
    visits = VisitService(window.me)
    window.rooms.patient(patient.id)
    rest(window.program, 4)

    def give_up() -> None:
        opened = visits.open(visits.start(patient.id))
        visits.discard(opened.encounter.id, patient.id)

    ask(window.program, give_up)
    window.rooms.patient(patient.id)
    rest(window.program, 4)
    for key, modifiers in ((Qt.Key.Key_N, ALT), (Qt.Key.Key_P, ALT)):
        front(window)
        press(window, key, modifiers)
        rest(window.program, 4)
    for letter in "papp":
        type_(window, letter)
        rest(window.program, 1)
        press(window, Qt.Key.Key_Tab)
        rest(window.program, 1)
    front(window)
    press(window, Qt.Key.Key_S, CTRL)
    rest(window.program, 4)
    visit = seen(window, VisitView)
    assert isinstance(visit, VisitView)
    assert (visit.section(), draft_fields(window, patient.id)) == (section, fast)


def test_what_is_typed_behind_the_save_of_the_details_stands_in_the_field_it_was_typed_into(window: Open) -> None:
    front(window)
    patient, _ = window.longest()
    window.rooms.details(patient.id, "practice_name")
    rest(window.program, 4)
    front(window)
    form = seen(window, DetailsScreen)
    field = window.program.shell.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    type_(window, "Old Forge")
    press(window, Qt.Key.Key_S, CTRL)
    type_(window, " House")
    press(window, Qt.Key.Key_S, CTRL)
    rest(window.program, 6)
    assert window.program.shell.focusWidget() is field
    assert field.text() == "Old Forge House"
    assert isinstance(form, DetailsScreen)
    people = PatientService(window.me)
    assert ask(window.program, lambda: people.who(patient.id)).practice.name == "Old Forge House"


def test_a_patient_is_found_opened_and_their_visit_begun_without_waiting_for_anything(window: Open) -> None:
    front(window)
    patient, _ = window.longest()
    window.rooms.patients()
    rest(window.program, 4)
    window.rooms.patient(patient.id)
    press(window, Qt.Key.Key_N, ALT)  # the record is not there yet, nor is what can be begun in it
    rest(window.program, 8)
    assert isinstance(seen(window, VisitView), VisitView)


def test_a_lock_drops_what_was_typed_for_a_record(window: Open) -> None:
    front(window)
    patient, _ = window.longest()
    window.rooms.details(patient.id)
    type_(window, "a diagnosis")
    press(window, Qt.Key.Key_L, CTRL)  # never waits
    until(lambda: bool(window.program.shell.findChildren(UnlockScreen)))
    rest(window.program, 4)
    door = seen(window, UnlockScreen)
    assert all("diagnosis" not in edit.text() for edit in door.findChildren(QLineEdit))


def test_nobody_leaves_a_page_that_is_still_being_made_from_the_middle_of_it(window: Open) -> None:
    front(window)
    patient, _ = window.longest()
    window.rooms.patient(patient.id)
    rest(window.program, 4)
    front(window)
    press(window, Qt.Key.Key_N, ALT)
    rest(window.program, 6)
    visit = seen(window, VisitView)
    assert isinstance(visit, VisitView)
    code = max(visit.sections(), key=lambda each: sum(visit.section_of(item) == each for item in visit.codes()))
    visit.open_section(code)
    page = visit.page(code)
    made = len(page.rows)
    assert made < len(page.plan.rows), "a long page is made in several goes"
    first = window.program.shell.focusWidget()
    press(window, Qt.Key.Key_Tab)
    assert len(page.rows) == len(page.plan.rows)
    assert window.program.shell.focusWidget() is not first
