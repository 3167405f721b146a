"""Admin in the whole window: offered to whoever manages people, and not to be reached by anybody else."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from poems_registry.rehearsal.window import enter, rest
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.screens.admin.view import AdminScreen
from tests.gui.app.open_window import Open


def admin_in_view(window: Open) -> bool:
    return any(screen.isVisible() for screen in window.program.shell.findChildren(AdminScreen))


def test_a_clinician_is_not_offered_admin_and_no_key_leads_there(window: Open) -> None:
    shell = window.program.shell
    assert not shell.rail.offers("admin")
    shell.activateWindow()
    for number in range(1, 10):
        QTest.keyClick(shell, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        rest(window.program, 1)
        assert not admin_in_view(window)


def test_an_administrator_goes_there_and_finds_the_clinics_people(window: Open) -> None:
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, "castellan", PASSWORD)
    rest(window.program, 2)
    assert window.program.shell.rail.offers("admin")
    window.program.shell.chosen.emit("admin")
    rest(window.program, 3)
    assert admin_in_view(window)
    (screen,) = window.program.shell.findChildren(AdminScreen)
    assert screen.people.model().rowCount() == 3
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, "rahman", PASSWORD)
    rest(window.program, 2)
    assert not window.program.shell.rail.offers("admin")
    assert not admin_in_view(window)
