"""The decisions of a patient's record: what is loaded once and shown on which tab, and what can be begun from it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from poems_registry.domain.access import Permission
from poems_registry.domain.encounter_kinds import CONTACTS, EncounterKind
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.open_visits import own_open
from poems_registry.services.patients import OpenFile
from poems_registry.ui.errors import message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.correspondence.telling import letter_rows
from poems_registry.ui.screens.record.overview.shown import (
    CONTINUE,
    OPEN_CONTACT,
    OPEN_LETTER,
    WRITE_LETTER,
    OverviewShown,
)
from poems_registry.ui.screens.record.overview.telling import Reader, leads_to, overview
from poems_registry.ui.screens.record.particulars.telling import particulars
from poems_registry.ui.screens.record.ports import Company, Letters, Navigator, Paged, Patients, Typing, View, Visits
from poems_registry.ui.screens.record.results.telling import Choice, grid
from poems_registry.ui.screens.record.shown import FrameShown, Page
from poems_registry.ui.screens.record.treatment.shown import treatment
from poems_registry.ui.screens.record.visits.telling import visit_rows
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.visit_words import called

Answer = TypeVar("Answer")
NOT_CLINICAL = (Page.DETAILS, Page.CARE, Page.LETTERS, Page.ACCESS)
"""What a role without the permission to view findings sees of a record (decision 19)."""


class RecordPresenter:
    """One record at a time: read once, told tab by tab as each is wanted, and read again when it changed."""

    def __init__(
        self,
        view: View,
        patients: Patients,
        visits: Visits,
        letters: Letters,
        tasks: Tasks,
        feed: ChangeFeed,
        navigator: Navigator,
    ) -> None:
        self._view, self._patients, self._visits, self._letters = view, patients, visits, letters
        self._tasks, self._feed, self._navigator = tasks, feed, navigator
        self._asked = 0
        self._patient_id = 0
        self._page = Page.OVERVIEW
        self._choice = Choice.ALL
        self._opened: OpenFile | None = None
        self._overview: OverviewShown | None = None
        self._told: set[Page] = set()
        self._visible = self._stale = False
        self._starting = False
        self._unlisten: Callable[[], None] = lambda: None
        self._company: list[Company] = []
        self._of_person: list[Company] = []
        self._typing: list[Typing] = []

    def accompany(self, company: Company, *, of_person: bool = False) -> None:
        """Somebody else who works on the record that is open: the forms of treatment, the tab of visits.

        `of_person`: about the person, so also for a role that sees no findings.
        """
        self._company.append(company)
        if of_person:
            self._of_person.append(company)
        if isinstance(company, Typing):
            self._typing.append(company)

    # -- coming and going

    def open(self, patient_id: int, page: Page | None = None) -> None:
        """Load a record; the service notes the view before anything is shown."""
        self._unlisten()
        self._unlisten = self._feed.listen(self._changed)
        self._patient_id, self._visible = patient_id, True
        may = self._patients.signed_in.may
        self._page = page or (Page.OVERVIEW if may(Permission.VIEW_CLINICAL) else Page.DETAILS)
        self._view.loading()
        self._load()

    def shown(self) -> None:
        """In view again: whose record it is, and what changed meanwhile."""
        self._visible = True
        for typing in self._typing:
            typing.shown()
        if self._opened is not None:
            self._navigator.show_patient(self._opened.file.patient)
        if self._stale:
            self._load()

    def leave(self) -> None:
        """Another screen comes; whoever holds something typed keeps it."""
        self._visible = False
        self._unlisten()
        for typing in self._typing:
            typing.leave()

    @property
    def page(self) -> Page:
        """The tab in view."""
        return self._page

    @property
    def has_unkept(self) -> bool:
        """Whether something typed is in the registry neither as saved nor as kept (the window waits for it)."""
        return any(typing.has_unkept for typing in self._typing)

    def _load(self) -> None:
        self._stale = False
        patient_id = self._patient_id
        if self._patients.signed_in.may(Permission.VIEW_CLINICAL):
            self._tasks.run(lambda: self._read(patient_id), self._answer(self._loaded), self._refused)
        else:
            self._tasks.run(lambda: self._person_only(patient_id), self._answer(self._loaded_person), self._refused)

    def _read(self, patient_id: int) -> tuple[OpenFile, OverviewShown]:
        """The record and its overview in words: judged where the registry is read, so that the window never waits."""
        opened = self._patients.open(patient_id)
        today = self._patients.signed_in.today
        return opened, overview(opened.file, opened.thresholds, today, self._reader(), opened.schedule)

    def _answer(self, then: Callable[[Answer], None]) -> Callable[[Answer], None]:
        """Drops the answer to a question that is no longer asked."""
        self._asked += 1
        asked = self._asked

        def answered(answer: Answer) -> None:
            if asked == self._asked:
                then(answer)

        return answered

    def _changed(self, changed: Changed) -> None:
        if not changed.concerns(self._patient_id):
            return
        if self._visible:
            self._load()
        else:
            self._stale = True

    def _refused(self, error: RegistryError) -> None:
        self._starting = False
        self._view.say(message_for(error))

    # -- what was loaded

    def _loaded(self, answer: tuple[OpenFile, OverviewShown]) -> None:
        opened, self._overview = answer
        self._opened = opened
        self._view.say(None)
        self._arrived(opened.file.patient)
        self._navigator.show_patient(opened.file.patient)
        self._told.clear()
        self._view.show_frame(self._frame(opened.file))
        may_record = self._reader().may_record
        for company in self._company:
            company.show_file(opened.file, self._patients.signed_in.today, may_record=may_record)
        self.go(self._page if self._page in self._allowed(Page) else Page.OVERVIEW)

    def _person_only(self, patient_id: int) -> OpenFile:
        """The person and the states of their letters, for a role that sees no findings."""
        from poems_registry.domain.thresholds import Thresholds

        file = self._patients.person(patient_id)
        own = [card.letter for card in self._letters.board() if card.patient.id == file.patient.id]
        return OpenFile(replace(file, letters=tuple(each for each in own if each is not None)), Thresholds())

    def _arrived(self, patient: Patient) -> None:
        """At the record that was asked for, or, if that was joined to another one, at that."""
        if patient.id != self._patient_id:
            self._patient_id = patient.id
            words = tr("The record you asked for was joined to this one. Details tells when and why.")
            self._view.tell_joined(words)

    def _loaded_person(self, opened: OpenFile) -> None:
        self._opened = opened
        self._view.say(None)
        self._arrived(opened.file.patient)
        self._navigator.show_patient(opened.file.patient)
        self._told.clear()
        words = tr("Your role sees the person, dates and letters; no clinical findings.")
        pages = self._allowed(NOT_CLINICAL)
        self._view.show_frame(FrameShown(pages, "", "", 0, words, self._may_change(opened.file.patient)))
        for company in self._of_person:
            company.show_file(opened.file, self._patients.signed_in.today, may_record=False)
        self.go(self._page if self._page in pages else Page.DETAILS)

    def _allowed(self, pages: Iterable[Page]) -> tuple[Page, ...]:
        """Without who saw and changed what, for who may not manage the audit (decision 19)."""
        may = self._patients.signed_in.may(Permission.MANAGE)
        return tuple(page for page in pages if may or page is not Page.ACCESS)

    def _frame(self, file: PatientFile) -> FrameShown:
        desk = self._patients.signed_in
        may_record = desk.may(Permission.RECORD_CLINICAL) and not desk.read_only
        draft = own_open(file, desk.person.id, EncounterKind.CLINIC)
        visit_words = ""
        if may_record and draft is not None:
            visit_words = tr("Continue visit")
        elif may_record and file.patient.died is None:
            visit_words = tr("New visit")
        waiting = file.without_letter if may_record and file.patient.died is None else None
        died = file.patient.died is not None and may_record and not visit_words
        return FrameShown(
            pages=self._allowed(Page),
            visit_words=visit_words,
            letter_words=tr("Write letter") if waiting is not None else "",
            unwritten=waiting.id if waiting is not None else 0,
            explanation=tr("This person has died: no visit can be added.") if died else "",
            may_change_details=self._may_change(file.patient),
            contacts=tuple(self._contacts(file)) if may_record else (),
        )

    def _contacts(self, file: PatientFile) -> Iterator[tuple[str, str]]:
        """A new contact of each profession, or one's own that is open; of who has died only the latter."""
        for kind in CONTACTS:
            mine = own_open(file, self._patients.signed_in.person.id, kind)
            if mine is not None:
                yield kind.value, tr("Continue {contact}", contact=called(kind))
            elif file.patient.died is None:
                yield kind.value, tr("New {contact}", contact=called(kind))

    def _may_change(self, _patient: Patient) -> bool:
        desk = self._patients.signed_in
        return desk.may(Permission.EDIT_DEMOGRAPHICS) and not desk.read_only

    # -- tabs

    def go(self, page: Page) -> None:
        """Open a tab; it is told when it is first wanted."""
        if self._opened is None or page not in self._allowed(Page):
            return
        self._page = page
        if page not in self._told:
            self._told.add(page)
            self._tell(page, self._opened)
        self._view.show_page(page)

    def _tell(self, page: Page, opened: OpenFile) -> None:
        file, today = opened.file, self._patients.signed_in.today
        clinical = self._patients.signed_in.may(Permission.VIEW_CLINICAL)
        for company in self._company:
            if isinstance(company, Paged) and company.page is page:
                company.want(file.patient)
                return
        if page is Page.OVERVIEW and self._overview is not None:
            self._view.show_overview(self._overview)
        elif page is Page.VISITS:
            self._view.show_visits(visit_rows(file, today))
        elif page is Page.RESULTS:
            shown = grid(file, today, self._choice, thresholds=opened.thresholds)
            self._view.show_results(shown, self._choice, newest=True)
            self._see_results(file.patient.id)
        elif page is Page.TREATMENT:
            self._view.show_treatment(treatment(file, opened.thresholds, today))
        elif page is Page.RESEARCH:
            self._view.show_research()
        elif page is Page.LETTERS:
            self._view.show_letters(letter_rows(file))
        elif page is Page.DETAILS:
            self._view.show_details(particulars(file, clinical=clinical))

    def _see_results(self, patient_id: int) -> None:
        """Results that came from outside a visit are seen now; the list of the day counts again."""

        def seen(new: bool) -> None:
            if new:
                self._feed.publish(Changed())

        self._tasks.run(lambda: self._patients.see_results(patient_id), seen, self._refused)

    def _reader(self) -> Reader:
        desk = self._patients.signed_in
        return Reader(desk.person.id, desk.may(Permission.RECORD_CLINICAL) and not desk.read_only)

    def choose(self, choice: Choice) -> None:
        """Other tests in the grid of results."""
        self._choice = choice
        if self._opened is not None:
            opened, today = self._opened, self._patients.signed_in.today
            shown = grid(opened.file, today, choice, thresholds=opened.thresholds)
            self._view.show_results(shown, choice, newest=False)

    # -- acts

    def new_visit(self) -> None:
        """Begin a visit, or go on with one's own draft; a second press while the first is under way does nothing."""
        if self._starting:
            return
        self._starting = True
        patient_id = self._patient_id
        self._tasks.run(lambda: self._visits.start(patient_id), self._begun, self._refused)
        self._navigator.hold_keys()

    def new_contact(self, kind: str) -> None:
        """Begin a profession's contact, or go on with one's own of that kind."""
        if self._starting:
            return
        self._starting = True
        patient_id = self._patient_id
        self._tasks.run(lambda: self._visits.start_contact(patient_id, EncounterKind(kind)), self._begun, self._refused)
        self._navigator.hold_keys()

    def _begun(self, encounter_id: int) -> None:
        self._starting = False
        if self._visible:
            self._navigator.visit(encounter_id)

    def write_letter(self, encounter_id: int) -> None:
        """Begin the letter of a signed visit, or go on with it."""
        if self._starting:
            return
        self._starting = True
        self._tasks.run(lambda: self._letters.start(encounter_id), self._letter_begun, self._refused)
        self._navigator.hold_keys()

    def _letter_begun(self, letter_id: int) -> None:
        self._starting = False
        if self._visible:
            self._navigator.letter(letter_id)

    def act(self, act: str, target: int) -> None:
        """A link of the overview."""
        acts = {
            CONTINUE: self._navigator.visit,
            OPEN_CONTACT: self._navigator.visit,
            WRITE_LETTER: self.write_letter,
            OPEN_LETTER: self._navigator.letter,
        }
        acts[act](target)

    def take(self, how: str, then: Callable[[], None]) -> None:
        """A chart is about to leave as a picture: it does so once that stands in the audit."""
        patient_id = self._patient_id
        self._tasks.run(lambda: self._patients.note_picture(patient_id, how), lambda _: then(), self._refused)

    def open_visit(self, encounter_id: int) -> None:
        """A visit on the form, to read or to go on with."""
        self._navigator.visit(encounter_id)

    def open_letter(self, letter_id: int) -> None:
        """A letter on the desk."""
        if self._patients.signed_in.may(Permission.VIEW_CLINICAL):
            self._navigator.letter(letter_id)

    def point(self, day: str) -> None:
        """A point of the journey: its visit or contact, or the results where it came between them."""
        if self._opened is None:
            return
        visits = leads_to(self._opened.file)
        if day in visits:
            self._navigator.visit(visits[day])
        else:
            self.go(Page.RESULTS)

    def details(self) -> None:
        """Change names, addresses, practice, consents."""
        self._navigator.details(self._patient_id)
