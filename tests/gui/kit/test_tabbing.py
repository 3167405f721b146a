"""Tab goes through a window in the order of reading, whatever was made late and whoever stands for another one."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.ui.shell import Shell
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.cards import ScrollColumn
from poems_registry.ui.widgets.message import Action
from poems_registry.ui.widgets.tabbing import go_on, stops_in
from tests.gui.measures.order import keyboard_in, walk


def named(theme: Theme, *words: str) -> list[Button]:
    return [Button(theme, each) for each in words]


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Shell:
    shell = Shell(theme)
    qtbot.addWidget(shell)
    shell.resize(1200, 700)
    return shell


def words_of(widget: QWidget) -> list[str]:
    return [getattr(each, "text", str)() for each in stops_in(widget)]


def test_two_columns_are_read_one_after_the_other_and_a_grid_by_its_lines(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    one, two, three, four, five, six = named(theme, "1", "2", "3", "4", "5", "6")
    left, right, grid = QVBoxLayout(), QVBoxLayout(), QGridLayout()
    for column, parts in ((right, (three, four)), (left, (one, two))):
        for part in parts:
            column.addWidget(part)
    grid.addWidget(six, 1, 0)
    grid.addWidget(five, 0, 1)
    both = QHBoxLayout()
    both.addLayout(left)
    both.addLayout(right)
    outer = QVBoxLayout(page)
    outer.addLayout(both)
    outer.addLayout(grid)
    page.show()
    assert words_of(page) == ["1", "2", "3", "4", "5", "6"]
    two.hide()
    four.setEnabled(False)
    assert words_of(page) == ["1", "3", "5", "6"]


def test_a_screen_that_stands_for_its_list_is_not_entered_at_the_list(window: Shell, theme: Theme) -> None:
    screen = QWidget()
    column = QVBoxLayout(screen)
    above, below = named(theme, "Filter", "List")
    column.addWidget(above)
    column.addWidget(below)
    screen.setFocusProxy(below)
    window.show_screen(screen)
    window.show()
    below.setFocus()
    assert keyboard_in(window) is below
    for _ in list(stops_in(window)):
        QTest.keyClick(keyboard_in(window) or window, Qt.Key.Key_Tab)
        if keyboard_in(window) is above:
            break
    assert keyboard_in(window) is above
    QTest.keyClick(above, Qt.Key.Key_Tab)
    assert keyboard_in(window) is below
    QTest.keyClick(below, Qt.Key.Key_Backtab)
    assert keyboard_in(window) is above


def test_the_buttons_of_a_message_come_where_the_message_stands(window: Shell, theme: Theme) -> None:
    screen = QWidget()
    (act,) = named(theme, "Act")
    QVBoxLayout(screen).addWidget(ScrollColumn(act))
    window.show_screen(screen)
    window.show()
    window.messages.say("The draft was not saved.", "", (Action("Try again", screen.update),))
    found = words_of(window)
    assert found.index("Try again") < found.index("Act")
    act.setFocus()
    assert walk(window).faults == ()


def test_where_nothing_takes_the_keyboard_tab_says_so(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    assert not go_on(page, forward=True)


@pytest.mark.parametrize("goes", [QWidget.hide, lambda widget: widget.setEnabled(False)], ids=["hidden", "off"])
def test_where_a_control_goes_from_under_ones_hands_the_keyboard_stays_near_it(
    window: Shell, theme: Theme, qtbot: QtBot, goes: Callable[[QWidget], None]
) -> None:
    screen = QWidget()
    column = QVBoxLayout(screen)
    buttons = named(theme, "First", "Gone", "After", "Last")
    for button in buttons:
        column.addWidget(button)
    window.show_screen(screen)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    buttons[1].setFocus()
    goes(buttons[1])
    assert window.focusWidget() is buttons[2], "and not the first entry of the rail"
