"""A contact at the real window: begun by keys, filled in, closed, seen in the list, and given back after a lock."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, PatientFile
from poems_registry.rehearsal.typed_visit import ask
from poems_registry.rehearsal.window import enter, rest, until
from poems_registry.services.patients import PatientService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.services.visits import VisitService
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.screens.unlock.view import UnlockScreen
from poems_registry.ui.screens.visit.dialogs import ClosingDialog
from poems_registry.ui.screens.visit.offered import OfferedEditor
from poems_registry.ui.screens.visit.view import VisitView
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped
from tests.noise import Noise

Key = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

NO_DISPLAY = r"This plugin does not support (raise\(\)|grabbing the keyboard)"
"""Said by Qt where a menu opens and there is no real display."""


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def type_keys(text: str) -> None:
    for each in text:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, each)


def living(window: Open) -> PatientFile:
    people = PatientService(window.me)

    def look() -> PatientFile:
        files = [people.open(row.id).file for row in people.find("", (), 100).rows]
        return max((f for f in files if f.patient.died is None), key=lambda f: len(f.counted))

    return ask(window.program, look)


def record_of(window: Open, file: PatientFile) -> RecordScreen:
    window.rooms.patient(file.patient.id)
    rest(window.program, 3)
    window.program.shell.activateWindow()
    rest(window.program, 1)
    found = window.program.shell.findChildren(RecordScreen)[-1]
    assert isinstance(found, RecordScreen)
    return found


def begin_by_keys(window: Open, record: RecordScreen, name: str) -> VisitView:
    """Ctrl+Shift+N, then down to the entry, then Return."""
    record.setFocus()
    press(Key.Key_N, CTRL_SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = [action.text() for action in menu.actions()]
    for _ in range(entries.index(name)):
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    return view_of(window)


def begin(window: Open, record: RecordScreen, name: str) -> VisitView:
    """The same entry of the menu, chosen at once."""
    next(action for action in record.contacts_menu().actions() if action.text() == name).trigger()
    return view_of(window)


def lock(window: Open) -> None:
    """Until what was typed is kept, the registry closed, and the door shown."""
    window.program.lock()
    until(lambda: any(door.isVisible() for door in window.program.shell.findChildren(UnlockScreen)))
    rest(window.program, 1)


def view_of(window: Open) -> VisitView:
    rest(window.program, 4)
    window.program.shell.activateWindow()
    rest(window.program, 1)
    view = window.program.shell.findChildren(VisitView)[-1]
    assert isinstance(view, VisitView)
    view.finish_building()
    return view


def contacts_of(window: Open, file: PatientFile) -> list[Encounter]:
    people = PatientService(window.me)
    now = ask(window.program, lambda: people.open(file.patient.id).file)
    known = {e.id for e in file.encounters}
    return [e for e in now.encounters if e.id not in known]


def fill_in(window: Open, view: VisitView) -> None:
    """What a physiotherapist enters, without the mouse."""
    view.go_to("contact_reason")
    type_keys("Balance")
    press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    view.finish_building()
    assert view.section() == "measures"
    for code, text in (("onls_arm", "2"), ("onls_leg", "3")):
        view.go_to(code)
        type_keys(text)
    view.go_to("walk_10m")
    press(Key.Key_F9)
    view.open_section("outcome")
    view.finish_building()
    view.go_to("leaflets")
    press(Key.Key_Down, ALT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Key.Key_Return)
    window.program.shell.activateWindow()
    rest(window.program, 1)


def test_a_physiotherapy_contact_is_begun_filled_in_and_closed_by_keys_and_stands_in_the_list(
    window: Open, noise: Noise
) -> None:
    noise.expect(NO_DISPLAY)
    lock(window)
    enter(window.program, window.place, "okoro", PASSWORD)
    rest(window.program, 2)
    file = living(window)
    view = begin_by_keys(window, record_of(window, file), "New physiotherapy contact")
    assert view.sections() == ("visit", "measures", "outcome")
    fill_in(window, view)
    assert clipped(view) == []
    press(Key.Key_F, ALT)
    rest(window.program, 1)
    dialog = window.program.shell.findChildren(ClosingDialog)[-1]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert dialog.isAncestorOf(focus), "the keyboard is at the question"
    press(Key.Key_Return)
    rest(window.program, 4)
    (contact,) = contacts_of(window, file)
    assert (contact.kind, contact.closed) == (EncounterKind.PHYSIOTHERAPY, True)
    assert contact.signature is not None
    assert contact.signature.name == "Sister J Okoro"
    values = {f.item: f.value for f in contact.findings}
    assert (values["onls_arm"], values["onls_leg"], values["walk_10m"]) == (2.0, 3.0, None)
    assert values["leaflets"] == "Living with POEMS syndrome"
    record = record_of(window, file)
    record._go("visits")
    rest(window.program, 2)
    row = next(row for row in record.visits._rows if row.id == contact.id)
    assert (row.kind, row.kind_icon, row.state) == ("Physiotherapy", "dumbbell", "Closed by Sister J Okoro")


def test_a_contact_that_a_lock_cut_short_is_given_back_as_it_was_typed(window: Open) -> None:
    file = living(window)
    view = begin(window, record_of(window, file), "New occupational therapy contact")
    view.go_to("contact_reason")
    type_keys("Cooking with weak hands")
    lock(window)
    enter(window.program, window.place, "rahman", PASSWORD)
    rest(window.program, 3)
    (contact,) = contacts_of(window, file)
    assert contact.state is EncounterState.DRAFT
    visits = VisitService(window.me)
    opened = ask(window.program, lambda: visits.open(contact.id))
    assert opened.draft.fields["contact_reason"].text == "Cooking with weak hands"
    messages = window.program.shell.messages
    assert "occupational therapy contact" in messages.cause()


@pytest.mark.parametrize("size", [(1024, 500), (1366, 768), (1920, 1080)])
def test_nothing_of_a_contact_is_cut_at_any_size(window: Open, size: tuple[int, int]) -> None:
    window.program.shell.resize(*size)
    file = living(window)
    view = begin(window, record_of(window, file), "New nurse specialist contact")
    for section in view.sections():
        view.open_section(section)
        view.finish_building()
        rest(window.program, 1)
        assert clipped(window.program.shell) == [], section


def test_a_closed_contact_is_opened_from_the_list_read_only_and_can_be_amended(window: Open) -> None:
    file, visits = living(window), VisitService(window.me)

    def close() -> Encounter:
        begun = visits.open(visits.start_contact(file.patient.id, EncounterKind.PSYCHOLOGY)).encounter
        form = VisitDraft(on="19-Nov-2026", visit_type="new", fields={"contact_found": FieldDraft(text="Low mood")})
        return visits.close(begun.id, file.patient.id, begun.version, form)[0]

    contact = ask(window.program, close)
    window.rooms.visit(contact.id)
    rest(window.program, 4)
    view = window.program.shell.findChildren(VisitView)[-1]
    assert isinstance(view, VisitView)
    foot = view._foot
    assert foot._state.text().startswith("Closed by Dr A Rahman")
    assert (foot._letter.isVisible(), foot._amend.isVisible(), foot._finish.isVisible()) == (False, True, False)
    assert view.findChildren(OfferedEditor) == [], "what is only read has no fields"
    assert clipped(window.program.shell) == []
