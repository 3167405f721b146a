"""What a person does on the tabs of a record goes on to whoever decides, nothing else happens here."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from poems_registry.ui.screens.record.results.telling import Choice
from poems_registry.ui.screens.record.shown import Page


class RecordActions(Protocol):
    """What a person can do here."""

    def go(self, page: Page) -> None: ...
    def new_visit(self) -> None: ...
    def new_contact(self, kind: str) -> None: ...
    def write_letter(self, encounter_id: int) -> None: ...
    def act(self, act: str, target: int) -> None: ...
    def point(self, day: str) -> None: ...
    def open_visit(self, encounter_id: int) -> None: ...
    def open_letter(self, letter_id: int) -> None: ...
    def choose(self, choice: Choice) -> None: ...
    def details(self) -> None: ...
    def take(self, how: str, then: Callable[[], None]) -> None: ...


class Passing(QWidget):
    """The record's screen as far as it only passes on."""

    def __init__(self) -> None:
        super().__init__()
        self._actions: RecordActions | None = None

    def _go(self, key: str) -> None:
        if self._actions is not None:
            self._actions.go(Page(key))

    def _act(self, act: str, target: int) -> None:
        if self._actions is not None:
            self._actions.act(act, target)

    def _point(self, day: str) -> None:
        if self._actions is not None:
            self._actions.point(day)

    def _open_visit(self, encounter_id: int) -> None:
        if self._actions is not None:
            self._actions.open_visit(encounter_id)

    def _open_letter(self, letter_id: int) -> None:
        if self._actions is not None:
            self._actions.open_letter(letter_id)

    def _choose(self, code: str) -> None:
        if self._actions is not None:
            self._actions.choose(Choice(code))

    def _details(self) -> None:
        if self._actions is not None:
            self._actions.details()

    def _take(self, how: str, then: Callable[[], None]) -> None:
        if self._actions is not None:
            self._actions.take(how, then)
