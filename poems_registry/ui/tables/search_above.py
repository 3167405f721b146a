"""The field over a list of what was found: the caret stays in it while the arrows move the list's bar."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.fields import SearchBox

Row = TypeVar("Row")


class SearchAbove(SearchBox):
    """Up, Down and the page keys move the bar by one row and by a screenful of `page` rows."""

    def __init__(self, theme: Theme, name: str, hint: str, list_: TableView[Row], page: int) -> None:
        super().__init__(theme, name, hint)
        self._list = list_
        key = Qt.Key
        self._steps = {key.Key_Up: -1, key.Key_Down: 1, key.Key_PageUp: -page, key.Key_PageDown: page}

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows are the list's, everything else is text."""
        step = self._steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        last = self._list.model().rowCount() - 1
        self._list.selectRow(max(0, min(last, self._list.currentIndex().row() + step)))
