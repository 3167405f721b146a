"""The decisions of the tab of care: read when it is first wanted and when something changed, begun from its buttons."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.services.care import CareFile
from poems_registry.ui.care.entering import Entering
from poems_registry.ui.care.ports import Care
from poems_registry.ui.care.shown import LineShown, What
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.screens.record.care.shown import CareShown
from poems_registry.ui.screens.record.care.telling import told
from poems_registry.ui.screens.record.shown import Page
from poems_registry.ui.tasks import Tasks


class CareOf(Care, Protocol):
    """What is needed of `CareService`."""

    def of(self, patient_id: int) -> CareFile: ...


class View(Protocol):
    """What can be shown; none of it decides."""

    def show_care(self, shown: CareShown) -> None: ...
    def say(self, message: Message | None) -> None: ...


class CarePresenter:
    """Works on the record that is open; `view` gives the tab, which is made when it is first wanted."""

    page = Page.CARE

    def __init__(self, view: Callable[[], View], care: CareOf, entering: Entering, tasks: Tasks) -> None:
        self._view, self._care, self._entering, self._tasks = view, care, entering, tasks
        self._patient_id = 0
        self._asked = 0
        self._file: CareFile | None = None
        self._with_mistakes = False

    def show_file(self, file: PatientFile, today: date, *, may_record: bool) -> None:
        """Another record, or this one as it is now; it is read when the tab is wanted."""
        if file.patient.id != self._patient_id:
            self._file, self._with_mistakes = None, False
        self._patient_id = file.patient.id

    def want(self, patient: Patient) -> None:
        """The tab is opened, or the record was read again."""
        self._patient_id = patient.id
        self._asked += 1
        asked = self._asked
        self._view()  # the tab is there before its words are

        def found(file: CareFile) -> None:
            if asked == self._asked:
                self._file = file
                self._view().say(None)
                self._show()

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._view().say(message_for(error))

        self._tasks.run(lambda: self._care.of(patient.id), found, refused)

    def add(self, what: What) -> None:
        """An empty form for this person."""
        self._entering.add(what, self._patient_id)

    def act(self, line: LineShown) -> None:
        """The one act of a line: go on with it."""
        self._entering.change(line.what, line.id)

    @property
    def has_unkept(self) -> bool:
        """Whether something typed into a form is in the registry neither as saved nor as kept."""
        return self._entering.has_unkept

    def shown(self) -> None:
        """The record is in view again; a form keeps what stands in it."""

    def leave(self) -> None:
        """Another screen comes, or the window closes: keep what stands in a form."""
        self._entering.leave()

    def show_mistakes(self, on: bool) -> None:
        """Entries in error among the others, or hidden again."""
        self._with_mistakes = on
        self._show()

    def _show(self) -> None:
        if self._file is None:
            return
        desk = self._care.signed_in
        may = frozenset(what for what in What if self._entering.may_record(what))
        clinical = desk.may(Permission.VIEW_CLINICAL)
        shown = told(self._file, desk.today, may, clinical=clinical, with_mistakes=self._with_mistakes)
        self._view().show_care(shown)
