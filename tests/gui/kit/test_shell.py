"""The main window: fits a ward PC, names no patient in its title, locks from everywhere, covers nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.domain.errors import NotSaved
from poems_registry.ui.entries import ENTRIES
from poems_registry.ui.shell import NAME, Shell
from poems_registry.ui.shortcuts import Shortcuts
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.buttons import Button, primary, secondary
from poems_registry.ui.widgets.dialog import Dialog, Scrim
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.message import Action
from poems_registry.ui.widgets.rail import RailItem
from tests.gui.clipping import clipped
from tests.gui.kit.test_banner import ANN

SIZES = [(960, 480), (1024, 500), (1024, 576), (1093, 614), (1366, 768), (1920, 1080)]


class Page(QWidget):
    """A screen that knows the two forms and its help."""

    def __init__(self) -> None:
        super().__init__()
        self.narrow: bool | None = None

    def set_narrow(self, narrow: bool) -> None:
        self.narrow = narrow

    def help_topic(self) -> str:
        return "patients"


@pytest.fixture
def shell(theme: Theme, qtbot: QtBot) -> Shell:
    made = Shell(theme, training=True)
    qtbot.addWidget(made)
    made.show_person("Dr Aleksandra Rahman-Featherstone", "Clinician")
    made.show_counts({"today": 14, "letters": 1250})
    made.status.show_registry("poems.registry")
    made.status.show_copy("Last verified copy 12 min ago, 2 places")
    made.status.show_draft("Draft saved 14:02")
    made.show_screen(Page())
    made.show()
    QTest.qWaitForWindowActive(made)
    return made


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_everything_can_be_read_at_every_size(shell: Shell, size: tuple[int, int]) -> None:
    shell.show_patient(ANN)
    shell.tell(NotSaved("The disk is full. Your draft is kept. Free 40 MB on this computer, then try again."))
    shell.offer_undo("Removed Pregabalin 75 mg", lambda: None)
    shell.resize(*size)
    QApplication.processEvents()
    assert (shell.width(), shell.height()) == size
    assert clipped(shell) == []


def test_below_1200_the_rail_and_the_screens_take_their_narrow_form(shell: Shell) -> None:
    page = shell.screen_in_view()
    assert isinstance(page, Page)
    shell.resize(1366, 768)
    assert (shell.rail.width(), page.narrow) == (144, False)
    shell.resize(1199, 600)
    assert (shell.rail.width(), page.narrow) == (80, True)


def test_the_title_never_names_a_patient(shell: Shell) -> None:
    shell.show_patient(ANN)
    shell.set_training(True)
    assert "SMITH" not in shell.windowTitle()
    assert shell.windowTitle() == f"Training: {NAME}"


def test_the_rail_has_only_the_entries_given_and_tells_which_was_pressed(theme: Theme, qtbot: QtBot) -> None:
    shell = Shell(theme, entries=ENTRIES[:3])
    qtbot.addWidget(shell)
    shell.show_screen(Page())
    shell.show()
    items = shell.findChildren(RailItem)
    assert [item.text() for item in items] == ["Patients", "Today", "Clinic"]
    chosen: list[str] = []
    shell.chosen.connect(chosen.append)
    QTest.mouseClick(items[1], Qt.MouseButton.LeftButton)
    QTest.keyClick(items[2], Qt.Key.Key_Return)
    assert chosen == ["today", "clinic"]
    shell.mark_entry("patients")
    assert [item.here for item in items] == [True, False, False]
    shell.mark_entry("")
    assert [item.here for item in items] == [False, False, False]


def test_ctrl_l_and_the_button_lock(shell: Shell) -> None:
    asked: list[bool] = []
    shell.lock_asked.connect(lambda: asked.append(True))
    QTest.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True]


def test_f1_asks_for_the_help_of_the_screen_in_view(shell: Shell) -> None:
    topics: list[str] = []
    shell.help_asked.connect(topics.append)
    QTest.keyClick(shell, Qt.Key.Key_F1)
    assert topics == ["patients"]


def question(theme: Theme) -> Dialog:
    dialog = Dialog(theme, "Two people changed this visit", who=ANN, icon="git-merge", explanation="Nothing is lost.")
    for _ in range(30):
        dialog.body.addWidget(LineEdit(theme))
    dialog.set_actions(primary(theme, "Save choices for SMITH, Ann"), [secondary(theme, "Go back")])
    return dialog


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_dialog_fits_the_window_and_its_buttons_are_always_in_view(
    shell: Shell, theme: Theme, size: tuple[int, int]
) -> None:
    shell.resize(*size)
    dialog = question(theme)
    shell.open_dialog(dialog)
    assert dialog.width() <= min(900, size[0])
    assert dialog.height() <= min(460, size[1])
    assert clipped(dialog) == []
    scrim = shell.findChild(Scrim)
    assert scrim is not None
    assert scrim.isVisible()
    assert scrim.size() == shell.size()
    dialog.reject()
    assert not scrim.isVisible()


def test_a_dialog_says_whom_it_is_about_and_its_first_field_has_the_focus(shell: Shell, theme: Theme) -> None:
    dialog = question(theme)
    shell.open_dialog(dialog)
    assert ANN.name in [label.text() for label in dialog.findChildren(Label)]
    assert "SMITH" not in dialog.windowTitle()
    assert isinstance(dialog.focusWidget(), LineEdit)


def test_ctrl_l_works_in_a_dialog_and_locking_closes_it_unanswered(shell: Shell, theme: Theme, qtbot: QtBot) -> None:
    asked: list[bool] = []
    shell.lock_asked.connect(lambda: asked.append(True))
    dialog, answers = question(theme), list[int]()
    dialog.finished.connect(answers.append)
    shell.open_dialog(dialog)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5000)
    QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert asked == [True]
    shell.close_dialogs()
    assert answers == [int(Dialog.DialogCode.Rejected)]


def test_a_screen_alone_leaves_no_trace_of_the_patient(shell: Shell, theme: Theme) -> None:
    shell.show_patient(ANN)
    shell.open_dialog(question(theme))
    shell.offer_undo("Removed Pregabalin", lambda: None)
    alone = QWidget()
    QVBoxLayout(alone).addWidget(Label(theme, "Unlock"))
    shell.show_alone(alone)
    seen = [label.text() for label in shell.findChildren(Label) if label.isVisible()]
    assert seen == ["Unlock"]
    assert shell.banner.identity is None
    shell.show_screen(Page())
    assert shell.rail.isVisible()


def test_only_the_screen_in_view_can_be_read_and_the_focus_comes_back(shell: Shell, theme: Theme, qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    fields = [LineEdit(theme), LineEdit(theme)]
    for field in fields:
        if first.layout() is None:
            QVBoxLayout(first)
        layout = first.layout()
        assert layout is not None
        layout.addWidget(field)
    shell.show_screen(first)
    qtbot.waitUntil(shell.isActiveWindow, timeout=5000)
    fields[1].setFocus()
    shell.show_screen(second)
    assert not shell.isAncestorOf(first)
    assert not first.isVisible()
    shell.show_screen(first)
    assert fields[1].hasFocus()
    shell.show_screen(second)
    shell.drop_screen(first)
    shell.drop_screen(second)
    assert shell.screen_in_view() is None


def test_a_refusal_pushes_the_screen_down_and_stays_until_its_cause_is_gone(shell: Shell) -> None:
    QApplication.processEvents()
    page = shell.screen_in_view()
    assert page is not None
    before = page.mapTo(shell, page.rect().topLeft()).y()
    pressed: list[str] = []
    shell.tell(
        NotSaved("The disk is full. Your draft is kept."), [Action("Try again", lambda: pressed.append("again"))]
    )
    QApplication.processEvents()
    assert shell.messages.cause() == "The disk is full."
    assert page.mapTo(shell, page.rect().topLeft()).y() > before
    shell.messages.findChildren(Button)[0].click()
    assert pressed == ["again"]
    shell.messages.clear()
    assert shell.messages.isHidden()


def test_a_window_that_may_lose_something_asks_before_it_closes(shell: Shell) -> None:
    asked: list[bool] = []
    shell.closing.connect(lambda: asked.append(True))
    shell.guard_closing()
    shell.close()
    assert (asked, shell.isVisible()) == ([True], True)
    shell.allow_closing()
    assert not shell.isVisible()


def test_the_list_of_shortcuts_shows_every_one_in_full(shell: Shell) -> None:
    shell.shortcuts.note("F6", "Not done", "In a visit")
    shell.show_shortcuts()
    dialog = shell.findChildren(Dialog)[-1]
    said = [label.text() for label in dialog.findChildren(Label)]
    for words in ("Ctrl+L", "Ctrl+K", "F1", "Everywhere", "In a visit", "F6", "Not done"):
        assert words in said
    assert clipped(dialog) == []


def test_no_shortcut_has_two_meanings_and_none_is_a_single_letter() -> None:
    known = Shortcuts()
    known.note("Ctrl+S", "Save the draft", "In a visit")
    known.note("Ctrl+S", "Save the draft", "In a visit")
    known.note("Ctrl+S", "Save the letter", "In a letter")
    with pytest.raises(ValueError, match="already means"):
        known.note("Ctrl+S", "Send everything", "In a visit")
    with pytest.raises(ValueError, match="already means"):
        known.note("Ctrl+S", "Save", "Everywhere")
    for keys in ("S", "Shift+S", "Return"):
        with pytest.raises(ValueError, match="no shortcut"):
            known.note(keys, "Sign")
    assert len(known.all()) == 2


def test_the_program_has_its_name_on_the_accessibility_bus(shell: Shell) -> None:
    window = QAccessible.queryAccessibleInterface(shell)
    assert window.text(QAccessible.Text.Name).startswith(NAME)
