"""Where a page shows its sheets: one at a time over the window; passes on what a person does."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from poems_registry.domain.merging import Side
from poems_registry.ui.conflict.shown import ConflictShown
from poems_registry.ui.conflict.view import ConflictDialog
from poems_registry.ui.sheets.dialog import SheetDialog
from poems_registry.ui.sheets.shown import Sheet
from poems_registry.ui.theme.theme import Theme


class SheetActions(Protocol):
    """What a person can do in a sheet."""

    def typed(self, texts: Mapping[str, str]) -> None: ...
    def save(self, texts: Mapping[str, str]) -> None: ...
    def withdraw(self, reason: str) -> None: ...
    def dropped(self) -> None: ...
    def closed(self) -> None: ...
    def woken(self) -> None: ...
    def settled(self, choices: Mapping[str, Side]) -> None: ...


class SheetPlace(QObject):
    """Belongs to the page over whose window it opens sheets; `dialog` is the open one."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._theme, self._page = theme, page
        self._actions: SheetActions | None = None
        self.dialog: SheetDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._wake)

    def attend(self, actions: SheetActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def ask(self, sheet: Sheet) -> None:
        """The sheet of one entry, over the window."""
        self.close()
        dialog = self.dialog = SheetDialog(self._theme, sheet)
        if self._actions is not None:
            dialog.typed.connect(self._actions.typed)
            dialog.saved.connect(self._actions.save)
            dialog.withdrawn.connect(self._actions.withdraw)
            dialog.dropped.connect(self._actions.dropped)
            dialog.finished.connect(self._actions.closed)
        dialog.finished.connect(self._closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self._page.window())

    def problems(self, problems: Mapping[str, str], words: str) -> None:
        """What is wrong in the sheet that is open."""
        if self.dialog is not None:
            self.dialog.show_problems(problems, words)

    def doubts(self, doubts: tuple[str, ...]) -> None:
        """What is asked once about the sheet that is open."""
        if self.dialog is not None:
            self.dialog.show_doubts(doubts)

    def left(self, texts: Mapping[str, str], words: str) -> None:
        """What stands in the sheet that is open now."""
        if self.dialog is not None:
            self.dialog.show_left(texts, words)

    def ask_conflict(self, conflict: ConflictShown) -> None:
        """Two people changed the same fields: which value is right."""
        dialog = ConflictDialog(self._theme, conflict)
        if self._actions is not None:
            dialog.chosen.connect(self._actions.settled)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_over(self._page.window())

    def remind(self, after_ms: int) -> None:
        """Wake the presenter after this time."""
        self._timer.start(after_ms)

    def close(self) -> None:
        """It was kept."""
        if self.dialog is not None:
            self.dialog.accept()

    def _closed(self) -> None:
        self.dialog = None

    def _wake(self) -> None:
        if self._actions is not None:
            self._actions.woken()
