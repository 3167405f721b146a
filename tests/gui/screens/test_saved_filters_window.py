"""A filter is given its name by the keyboard: Return in the field keeps it, as its button does."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from poems_registry.ui.screens.patients.saved_view import SavedFiltersDialog
from poems_registry.ui.theme.theme import Theme


class Kept:
    """Writes down what is asked."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def apply(self, filter_id: int) -> None:
        raise AssertionError(filter_id)

    def keep(self, name: str) -> None:
        self.names.append(name)

    def rename(self, filter_id: int, name: str) -> None:
        self.names.append(f"{filter_id} {name}")

    def remove(self, filter_id: int) -> None:
        raise AssertionError(filter_id)


def test_return_in_the_name_keeps_the_filter_once_and_renames_one_that_is_chosen(theme: Theme, qtbot: QtBot) -> None:
    kept = Kept()
    dialog = SavedFiltersDialog(theme, kept)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClicks(dialog.name, "Overdue, mine")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert kept.names == ["Overdue, mine"]
    dialog.accept_name()
    dialog.show_saved(((7, "Overdue, mine"),))
    dialog._rename(7, "Overdue, mine")
    QTest.keyClicks(dialog.name, "Mine")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert kept.names[1:] == ["7 Mine"]
