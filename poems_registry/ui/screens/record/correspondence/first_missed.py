"""Decides on the letter after a first appointment that nobody came to: for whom it is offered, and how it begins."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.dates import BadDate, parse_date
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.records import EncounterKind, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.ui.tasks import Tasks


class Desk(Protocol):
    """Who works here, and whether anything can be saved."""

    @property
    def today(self) -> date: ...
    @property
    def read_only(self) -> bool: ...
    def may(self, permission: Permission) -> bool: ...


class Letters(Protocol):
    """What is needed of `LetterService`."""

    @property
    def signed_in(self) -> Desk: ...
    def start_first_missed(self, patient_id: int, on: date) -> tuple[int, Changed]: ...


class Navigator(Protocol):
    """Where it leads."""

    def letter(self, letter_id: int) -> None: ...


class View(Protocol):
    """The row of the page of letters that asks for the day."""

    def offer_missed(self, *, offered: bool) -> None: ...
    def refuse_missed(self, words: str) -> None: ...


class FirstMissedPresenter:
    """Works on the record that is open (`show_file`); `view` gives the page when it is wanted."""

    def __init__(
        self, view: Callable[[], View], letters: Letters, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
    ) -> None:
        self._view, self._letters, self._tasks, self._feed, self._navigator = view, letters, tasks, feed, navigator
        self._file: PatientFile | None = None
        self._starting = False

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """Another record, or this one as it is now."""
        self._file = file

    @property
    def offered(self) -> bool:
        """For somebody alive who was never seen, to who may write letters."""
        desk, file = self._letters.signed_in, self._file
        if file is None or desk.read_only or not desk.may(Permission.RECORD_CLINICAL):
            return False
        return file.patient.died is None and not any(e.kind is EncounterKind.CLINIC for e in file.counted)

    def came(self) -> None:
        """The page is in view."""
        self._view().offer_missed(offered=self.offered)

    def missed(self, text: str) -> None:
        """Note the appointment and open its letter; a second press while the first is under way does nothing."""
        if self._file is None or self._starting or not self.offered:
            return
        try:
            day = parse_date(text, self._letters.signed_in.today, past_century_guess=True).earliest()
        except BadDate as problem:
            self._view().refuse_missed(str(problem))
            return
        self._starting = True
        patient_id = self._file.patient.id
        self._tasks.run(lambda: self._letters.start_first_missed(patient_id, day), self._begun, self._refused)

    def _begun(self, begun: tuple[int, Changed]) -> None:
        self._starting = False
        letter_id, changed = begun
        self._feed.publish(changed)
        self._navigator.letter(letter_id)

    def _refused(self, error: RegistryError) -> None:
        self._starting = False
        words = "; ".join(error.problems.values()) if isinstance(error, InvalidInput) else str(error)
        self._view().refuse_missed(words[:1].upper() + words[1:])
