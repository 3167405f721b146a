"""The forms of care over the window that a page belongs to: opened, told what is wrong, closed."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from poems_registry.domain.errors import RegistryError
from poems_registry.ui.care.alike_dialog import AlikeDialog
from poems_registry.ui.care.dialog import CareDialog
from poems_registry.ui.care.shown import AlikeShown, FormShown
from poems_registry.ui.errors import message_for
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.message import MessageBar


class EntryActions(Protocol):
    """What a person can do in a form."""

    def typed(self, texts: Mapping[str, str]) -> None: ...
    def save(self, texts: Mapping[str, str]) -> None: ...
    def withdraw(self, reason: str) -> None: ...
    def dropped(self) -> None: ...
    def closed(self) -> None: ...
    def woken(self) -> None: ...
    def another_person(self) -> None: ...
    def that_person(self, patient_id: int) -> None: ...


class CareDesk(QWidget):
    """A message bar over the page, and the dialogs. It has no height until something is refused."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: EntryActions | None = None
        self.dialog: CareDialog | None = None
        self.alike: AlikeDialog | None = None
        self.bar = MessageBar(theme)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._wake)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)

    def attend(self, actions: EntryActions) -> None:
        """Pass on to these from now on."""
        self._actions = actions

    def ask_entry(self, form: FormShown) -> None:
        """The form of one entry, over the window."""
        self.close_entry()
        self.bar.clear()
        self.dialog = dialog = CareDialog(self._theme, form)
        if self._actions is not None:
            dialog.typed.connect(self._actions.typed)
            dialog.saved.connect(self._actions.save)
            dialog.withdrawn.connect(self._actions.withdraw)
            dialog.dropped.connect(self._actions.dropped)
            dialog.finished.connect(self._actions.closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._closed)
        dialog.open_over(self.window())

    def entry_fill(self, texts: Mapping[str, str]) -> None:
        """What follows from a choice in the form that is open."""
        if self.dialog is not None:
            self.dialog.fill(texts)

    def entry_problems(self, problems: Mapping[str, str], words: str) -> None:
        """What is wrong in the form that is open."""
        if self.dialog is not None:
            self.dialog.show_problems(problems, words)

    def entry_left(self, texts: Mapping[str, str], words: str) -> None:
        """What stands in the form that is open now, and why."""
        if self.dialog is not None:
            self.dialog.show_left(texts, words)

    def ask_alike(self, alike: AlikeShown) -> None:
        """Who of the registry it may be, over the form."""
        self.alike = dialog = AlikeDialog(self._theme, alike)
        if self._actions is not None:
            dialog.chosen.connect(self._actions.that_person)
            dialog.another.connect(self._actions.another_person)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._alike_closed)
        dialog.open_over(self.window())

    def close_alike(self) -> None:
        """It was chosen."""
        if self.alike is not None:
            self.alike.accept()

    def close_entry(self) -> None:
        """It was kept."""
        if self.dialog is not None:
            self.dialog.accept()

    def remind(self, after_ms: int) -> None:
        """Wake the presenter after this time."""
        self._timer.start(after_ms)

    def say_refused(self, error: RegistryError) -> None:
        """Why no form was opened."""
        message = message_for(error)
        self.bar.say(message.cause, message.rest)

    def _closed(self) -> None:
        self.dialog = None

    def _alike_closed(self) -> None:
        self.alike = None

    def _wake(self) -> None:
        if self._actions is not None:
            self._actions.woken()
