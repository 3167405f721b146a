"""The decisions of the tab of access: a page is read when it is wanted, filtered, and gone on with."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.services.record_access import AccessPage, Asked, Cursor, Line
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.screens.record.access.shown import AccessShown, Actions, Period, ValuesShown
from poems_registry.ui.screens.record.access.telling import EVERYBODY, asked_for, told, values_of
from poems_registry.ui.screens.record.shown import Page
from poems_registry.ui.tasks import Tasks


class Desk(Protocol):
    """Who works here, and on which day."""

    @property
    def today(self) -> date: ...
    def may(self, permission: Permission) -> bool: ...


class Trail(Protocol):
    """What is needed of `RecordAccessService`."""

    @property
    def signed_in(self) -> Desk: ...
    def of(self, patient_id: int, asked: Asked | None = None, after: Cursor | None = None) -> AccessPage: ...


class View(Protocol):
    """What can be shown; none of it decides."""

    def reset(self) -> None: ...
    def show_access(self, shown: AccessShown) -> None: ...
    def show_values(self, shown: ValuesShown) -> None: ...
    def say(self, message: Message | None) -> None: ...


class AccessPresenter:
    """Works on the record that is open; `view` gives the tab, which is made when it is first wanted."""

    page = Page.ACCESS

    def __init__(self, view: Callable[[], View], trail: Trail, tasks: Tasks) -> None:
        self._view, self._trail, self._tasks = view, trail, tasks
        self._patient: Patient | None = None
        self._asked = 0
        self._filters = (Actions.ALL, EVERYBODY, Period.ALL)
        self._lines: list[Line] = []
        self._goes_on: Cursor | None = None
        self._fresh = True

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """Another record, or this one as it is now; what is listed is read when the tab is wanted."""
        if self._patient is None or file.patient.id != self._patient.id:
            self._filters, self._fresh = (Actions.ALL, EVERYBODY, Period.ALL), True
        self._patient = file.patient

    def want(self, patient: Patient) -> None:
        """The tab is opened, or the record was read again."""
        self._patient = patient
        if self._fresh:
            self._view().reset()
        self._fresh = False
        self._read(None)

    def narrow(self, actions: str, person: str, period: str) -> None:
        """Only these acts, this person's, since then."""
        filters = (Actions(actions), person or EVERYBODY, Period(period))
        if filters != self._filters:
            self._filters = filters
            self._read(None)

    def older(self) -> None:
        """The list goes on with what came before."""
        if self._goes_on is not None:
            self._read(self._goes_on)

    def values(self, key: int) -> None:
        """What this line changed, value by value."""
        line = next((each for each in self._lines if each.key == key), None)
        if line is None or self._patient is None:
            return
        desk = self._trail.signed_in
        shown = values_of(line, self._patient, desk.today, clinical=desk.may(Permission.VIEW_CLINICAL))
        if shown.values or shown.note:
            self._view().show_values(shown)

    def _read(self, after: Cursor | None) -> None:
        if self._patient is None:
            return
        patient_id, filters = self._patient.id, self._filters
        before = tuple(self._lines) if after is not None else ()
        self._asked += 1
        asked = self._asked
        self._view()  # the tab is there before its words are

        def read() -> tuple[AccessPage, AccessShown]:
            """In words where the registry is read, so that the window never waits."""
            page = self._trail.of(patient_id, asked_for(*filters, self._trail.signed_in.today), after)
            narrowed = filters != (Actions.ALL, EVERYBODY, Period.ALL)
            return page, told((*before, *page.lines), page, narrowed=narrowed)

        def found(answer: tuple[AccessPage, AccessShown]) -> None:
            if asked == self._asked:
                page, shown = answer
                self._lines, self._goes_on = [*before, *page.lines], page.goes_on
                self._view().say(None)
                self._view().show_access(shown)

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._view().say(message_for(error))

        self._tasks.run(read, found, refused)
