"""Hands for the real window: sign in, press a button by its words, open a row, close a question unanswered."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView, QWidget

from poems_registry.app import Program
from poems_registry.rehearsal.window import enter, rest
from poems_registry.rooms import Rooms
from poems_registry.services.access import SignedIn
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.mounted import Mounted
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.tabs import TabButton
from tests.gui.measures.kinds import names_of

View = TypeVar("View", bound=QWidget)

NOT_OPENED = "NOT OPENED: "
"""Begins what is told of a dialog that should be open and is not."""


class Hands:
    """What a person can do with a window, without a person."""

    def __init__(self, program: Program, place: Path) -> None:
        self.program, self._place = program, place

    @property
    def _me(self) -> SignedIn:
        assert self.program.signed_in is not None
        return self.program.signed_in

    @property
    def _rooms(self) -> Rooms:
        assert self.program.rooms is not None
        return self.program.rooms

    def in_view(self) -> QWidget:
        """The sheet or the dialog on top, or the window."""
        return QApplication.activePopupWidget() or self._dialog() or self.program.shell

    def shown(self) -> set[str]:
        """What it is that is in view, by name."""
        return names_of(self._dialog() or self._mounted())

    def _sign_in(self, user: str) -> None:
        enter(self.program, self._place, user, PASSWORD)
        rest(self.program, 3)

    def _dialog(self) -> Dialog | None:
        shown = [each for each in self.program.shell.findChildren(Dialog) if each.isVisible()]
        return shown[-1] if shown else None

    def _asked(self, name: str) -> Iterator[str]:
        """The dialog that should be open now; it is closed unanswered."""
        rest(self.program, 1)
        yield name if self._dialog() is not None else f"{NOT_OPENED}{name}"
        self.program.shell.close_dialogs()
        rest(self.program, 1)

    def _mounted(self) -> QWidget:
        screen = self.program.shell.screen_in_view()
        assert isinstance(screen, Mounted)
        return screen.view

    def _view(self, kind: type[View]) -> View:
        view = self._mounted()
        assert isinstance(view, kind), view
        return view

    def _button(self, words: str) -> QAbstractButton | None:
        root = self._dialog() or self.program.shell
        for each in root.findChildren(QAbstractButton):
            said = (each.text(), each.accessibleName())
            if each.isVisible() and any(one.startswith(words) for one in said):
                return each
        return None

    def _may_press(self, words: str) -> bool:
        button = self._button(words)
        return button is not None and button.isEnabled()

    def _press(self, words: str) -> None:
        button = self._button(words)
        if button is not None and button.isEnabled():
            button.click()
        rest(self.program, 2)

    def _tabs(self) -> list[str]:
        return [each.text() for each in self._mounted().findChildren(TabButton) if each.isVisible()]

    def _press_tab(self, words: str) -> None:
        for each in self._mounted().findChildren(TabButton):
            if each.isVisible() and each.text() == words:
                each.click()
                rest(self.program, 2)
                return

    def _open_row(self, row: int) -> None:
        table = next((each for each in self._mounted().findChildren(QTableView) if each.isVisible()), None)
        if table is None:
            return
        table.setFocus()
        table.setCurrentIndex(table.model().index(row, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
        rest(self.program, 2)

    def _keyboard(self) -> QWidget:
        root = self._dialog() or self.program.shell
        found: QWidget | None = QApplication.focusWidget() or root.focusWidget()
        return found if found is not None else root

    def _type_at(self, text: str) -> None:
        QTest.keyClicks(self._keyboard(), text)
        rest(self.program, 2)
