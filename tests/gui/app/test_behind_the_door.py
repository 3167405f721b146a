"""What is made while a person types the password: empty, hidden, and the very list that is shown afterwards."""

from PySide6.QtWidgets import QApplication

from poems_registry.rehearsal.window import enter, rest
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.screens.patients.view import PatientsTable
from tests.gui.app.open_window import Open


def lists(window: Open) -> list[PatientsTable]:
    return window.program.shell.findChildren(PatientsTable)


def test_the_list_is_made_behind_the_door_empty_and_is_the_one_that_is_shown(window: Open) -> None:
    program = window.program
    program.lock()
    rest(program)
    QApplication.processEvents()
    [made] = lists(window)
    assert (made.isVisible(), made.model().rowCount()) == (False, 0)
    enter(program, window.place, "rahman", PASSWORD)
    rest(program, 2)
    assert lists(window) == [made]
    assert made.isVisible()
    assert made.model().rowCount() == 12


def test_who_is_quicker_than_the_window_gets_a_list_all_the_same(window: Open) -> None:
    [shown] = lists(window)
    assert shown.isVisible()
    assert shown.model().rowCount() == 12
    assert window.me.place == window.place
