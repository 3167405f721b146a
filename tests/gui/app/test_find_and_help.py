"""From anywhere: a patient or a command by Ctrl+K, help for the screen by F1, every key in one list."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from poems_registry.rehearsal.window import rest
from poems_registry.system import paths
from poems_registry.ui.help import HelpDialog
from poems_registry.ui.keys import SCREEN_KEYS
from poems_registry.ui.screens.find.view import FindDialog
from poems_registry.ui.shortcut_list import ShortcutList
from poems_registry.ui.widgets.dialog import Dialog
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped

SIZES = ((1024, 500), (1366, 768), (1920, 1080))
BY_LETTER = ("Alt+P", "Alt+O", "Alt+E", "Alt+M", "Alt+S", "Alt+V", *(f"Alt+{number}" for number in range(2, 10)))
"""Told in one line of the list: the sections of a visit."""
SAME = {"Ctrl+Enter": "Ctrl+Return"}


def dialog_of(window: Open, kind: type[Dialog]) -> Dialog:
    found = [each for each in window.program.shell.findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_patient_is_found_and_opened_from_another_screen_by_keys_alone(window: Open) -> None:
    other = window.longest()[0]
    window.rooms.cohort()
    rest(window.program)
    shell = window.program.shell
    QTest.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(window, FindDialog)
    assert isinstance(dialog, FindDialog)
    QTest.keyClicks(dialog.field, other.family_name)
    rest(window.program, 2)
    assert other.family_name.upper() in dialog.hits.model().index(0, 0).data()
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    rest(window.program)
    shown = shell.banner.identity
    assert shown is not None
    assert shown.name.startswith(other.family_name.upper())


def test_a_command_is_found_by_the_beginning_of_its_words_and_done(window: Open) -> None:
    shell = window.program.shell
    QTest.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(window, FindDialog)
    assert isinstance(dialog, FindDialog)
    for _ in range(2):
        QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.hits.currentIndex().row() == 2
    QTest.keyClicks(dialog.field, "lock")
    rest(window.program, 2)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    rest(window.program)
    assert window.program.signed_in is None


def test_find_and_help_fit_at_every_size(window: Open) -> None:
    shell = window.program.shell
    for width, height in SIZES:
        shell.resize(width, height)
        rest(window.program, 1)
        for open_it, kind in ((window.rooms.find, FindDialog), (shell.ask_help, HelpDialog)):
            open_it()
            rest(window.program, 1)
            dialog = dialog_of(window, kind)
            assert clipped(dialog) == []
            assert dialog.height() <= height
            dialog.reject()


def test_every_screen_has_its_own_page_of_help(window: Open) -> None:
    shell, rooms = window.program.shell, window.rooms
    patient, encounter_id = window.longest()
    wanted = {
        "patients": rooms.patients,
        "record": lambda: rooms.patient(patient.id),
        "details": lambda: rooms.details(patient.id),
        "visit": lambda: rooms.visit(encounter_id),
        "letters": rooms.letters,
        "today": rooms.today,
        "cohort": rooms.cohort,
    }
    for topic, go in wanted.items():
        go()
        rest(window.program, 2)
        shell.ask_help()
        dialog = dialog_of(window, HelpDialog)
        assert isinstance(dialog, HelpDialog)
        title = (paths.resource("help") / f"{topic}.md").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        assert dialog.page.toPlainText().startswith(title)
        assert "Ctrl+L" in dialog.page.toPlainText()
        dialog.others.click()
        assert dialog.page.toPlainText().startswith("POEMS Registry")
        dialog.reject()


def test_f1_opens_help_over_the_list_of_patients(window: Open) -> None:
    QTest.keyClick(window.program.shell, Qt.Key.Key_F1)
    dialog = dialog_of(window, HelpDialog)
    assert isinstance(dialog, HelpDialog)
    assert dialog.page.toPlainText().startswith("Patients")
    dialog.reject()


def test_every_key_a_screen_answers_to_is_in_the_one_list(window: Open) -> None:
    patient, encounter_id = window.longest()
    rooms, shell = window.rooms, window.program.shell
    used: set[str] = set()
    for go in (rooms.patients, lambda: rooms.details(patient.id), lambda: rooms.visit(encounter_id), rooms.letters):
        go()
        rest(window.program, 2)
        for shortcut in shell.findChildren(QShortcut):
            used.add(shortcut.key().toString(QKeySequence.SequenceFormat.PortableText))
    listed = {QKeySequence(key.keys).toString() for key in (*shell.shortcuts.all(), *SCREEN_KEYS)}
    assert {SAME.get(keys, keys) for keys in used} - set(BY_LETTER) <= listed
    shell.show_shortcuts()
    dialog = dialog_of(window, ShortcutList)
    assert clipped(dialog) == []
    dialog.reject()
    QApplication.processEvents()
