"""The rooms of an open registry: which screen is made with which services, and how one leads to another."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.cohort import CohortService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.visits import VisitService
from poems_registry.services.worklist import Worklist, WorklistService
from poems_registry.ui.entries import ENTRIES
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.mounted import Coming
from poems_registry.ui.navigator import Places, Way
from poems_registry.ui.shell import Shell
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from poems_registry.ui.printing.works import PrintWorks
    from poems_registry.ui.screens.find.presenter import Command
    from poems_registry.ui.screens.patients.view import PatientsScreen


RENEWED_AT_ONCE = 8
"""Patients whose line of the list is made anew in one go: a search meanwhile waits no longer than that."""


class House(Protocol):
    """What the rooms share: the look, the window, the one database thread, the news."""

    theme: Theme
    shell: Shell
    feed: ChangeFeed
    places: Places[QWidget]

    @property
    def tasks(self) -> Tasks: ...
    @property
    def works(self) -> "PrintWorks": ...
    @property
    def signed_in(self) -> SignedIn | None: ...
    def patients_screen(self) -> "PatientsScreen": ...
    def mount(self, view: QWidget, presenter: Coming) -> QWidget: ...
    def hold_keys(self) -> None: ...


class Rooms:
    """Makes each screen when it is first wanted, and is the navigator that presenters ask."""

    def __init__(self, program: House, signed_in: SignedIn) -> None:
        self._program, self._signed_in = program, signed_in
        self._patients = PatientService(signed_in)
        self._visits = VisitService(signed_in)
        self._letters = LetterService(signed_in)
        self._worklist = WorklistService(signed_in)
        program.places.register("patients", self._patients_room)
        program.places.register("today", self._today_room)
        program.places.register("letters", self._letters_room)
        program.places.register("clinic", self._clinic_room)
        program.places.register("cohort", self._cohort_room)
        program.places.register("research", self._research_room)
        program.places.register("admin", self._admin_room)
        program.feed.listen(lambda _: self._count_waiting())
        self._counting = False
        self._clinic: Callable[[str], None] | None = None
        self._print: Callable[[Sequence[int]], None] | None = None
        self._page_left: Callable[[], str] = str
        self._item_left: Callable[[], str] = str

    # -- the navigator

    def patients(self) -> None:
        """The list of patients."""
        self._program.places.go("patients")

    def today(self) -> None:
        """What needs somebody."""
        self._program.places.go("today")

    def letters(self) -> None:
        """The nurse's list of letters."""
        self._program.places.go("letters")

    def print_copies(self, copy_ids: Sequence[int]) -> None:
        """Copies of a letter, at the board that prints them and asks what came out right."""
        self._program.places.go("letters")
        if self._print is not None:
            self._print(copy_ids)

    def clinic(self, part: str = "") -> None:
        """What waits at the clinic beside the visits; at this part of it."""
        self._program.places.go("clinic")
        if self._clinic is not None and part:
            self._clinic(part)

    def care(self, patient_id: int) -> None:
        """One patient's record, at what goes on around the visits."""
        self._record(patient_id, "care")

    def cohort(self) -> None:
        """The cohort summary."""
        self._program.places.go("cohort")

    def patient(self, patient_id: int) -> None:
        """One patient's record, at its overview."""
        self._record(patient_id)

    def results(self, patient_id: int, form: str = "") -> None:
        """One patient's record, at its results; with the name of a form that was left there, going on with it."""
        self._record(patient_id, "results", form)

    def treatment(self, patient_id: int) -> None:
        """One patient's record, at its treatment."""
        self._record(patient_id, "treatment")

    def research(self, patient_id: int) -> None:
        """One patient's record, at its research."""
        self._record(patient_id, "research")

    def add_patient(self) -> None:
        """An empty form for somebody new."""
        self._program.places.open("patients", lambda: self._details_room(None))

    def details(self, patient_id: int, field: str = "") -> None:
        """Who the person is, to look at or change; the keyboard goes into `field`, if there is such a one.

        From a letter, a visit or a record there is a way back.
        """
        self._program.places.open("patients", lambda: self._details_room(patient_id, field), to_mend=True)

    def visit(self, encounter_id: int, item: str = "", *, to_mend: bool = False) -> None:
        """One visit on the form; the keyboard goes into the field of `item`, or to the start.

        `to_mend`: somebody is sent there from a letter or a record, with a way back.
        """
        way = Way(tr("Back to the visit"), lambda: self.visit(encounter_id, self._item_left()))
        self._program.places.open("patients", lambda: self._visit_room(encounter_id, item), way, to_mend=to_mend)

    def letter(self, letter_id: int) -> None:
        """One letter on the desk."""
        way = Way(tr("Back to the letter"), lambda: self.letter(letter_id))
        self._program.places.open("letters", lambda: self._letter_room(letter_id), way)

    def _record(self, patient_id: int, at: str = "", form: str = "") -> None:
        """A record at one of its tabs; who comes back to it finds the tab that was in view."""
        way = Way(tr("Back to the record"), lambda: self._record(patient_id, self._page_left()))
        self._program.places.open("patients", lambda: self._record_room(patient_id, at, form), way)

    def find(self) -> None:
        """A patient or a command, asked for over whatever is in view; one question at a time."""
        from poems_registry.ui.screens.find.presenter import FindPresenter
        from poems_registry.ui.screens.find.view import FindDialog

        shell = self._program.shell
        if any(dialog.isVisible() for dialog in shell.findChildren(Dialog)):
            return
        view = FindDialog(self._program.theme)
        presenter = FindPresenter(view, self._patients, self._program.tasks, self, self._commands())
        view.attend(presenter)
        presenter.open()
        shell.open_dialog(view)

    def own_password(self) -> None:
        """One's own password, over whatever is in view."""
        from poems_registry.ui.own_password.making import ask_own_password

        program = self._program
        ask_own_password(program.theme, program.shell, self._signed_in, program.tasks, self.say_saved)

    def _commands(self) -> tuple["Command", ...]:
        """Where one can go by the rail, then what one can do from anywhere."""
        from poems_registry.ui.screens.find.presenter import Command

        shell, go = self._program.shell, self._program.places.go
        entries = [entry for entry in ENTRIES if entry.key in shell.rail.entries()]
        return (
            *(Command(entry.key, entry.words, entry.icon, "", partial(go, entry.key)) for entry in entries),
            Command("add", "Add a patient", "user-plus", "Ctrl+N", self.add_patient),
            Command("password", "Change my password", "key-round", "", self.own_password),
            Command("lock", "Lock the registry", "lock", "Ctrl+L", shell.lock_asked.emit),
            Command("help", "Help for this screen", "circle-question-mark", "F1", shell.ask_help),
            Command("keys", "Keyboard shortcuts", "keyboard", "Ctrl+F1", shell.show_shortcuts),
        )

    def hold_keys(self) -> None:
        """Something was asked that leads to another screen: what is typed from now on is for that."""
        self._program.hold_keys()

    def show_patient(self, patient: Patient) -> None:
        """Whose record is in view: the banner."""
        clinical = self._signed_in.may(Permission.VIEW_CLINICAL)
        self._program.shell.show_patient(identity_of(patient, self._signed_in.today, clinical=clinical))

    def say_saved(self, words: str) -> None:
        """What was kept, in the status line."""
        self._program.shell.status.show_draft(words)

    def offer_drafts(self) -> None:
        """What whoever came in had left open: visits, amendments, details."""
        from poems_registry.services.form_drafts import FormDraftService
        from poems_registry.ui.screens.drafts.line import OfferLine
        from poems_registry.ui.screens.drafts.presenter import DraftsPresenter

        line, forms = OfferLine(self._program.theme, self._program.shell), FormDraftService(self._signed_in)
        presenter = DraftsPresenter(line, self._visits, forms, self._program.tasks, self)
        line.attend(presenter)
        presenter.open()

    # -- the rooms

    def _patients_room(self) -> QWidget:
        from poems_registry.services.saved_filters import SavedFilterService
        from poems_registry.ui.screens.patients.presenter import PatientsPresenter
        from poems_registry.ui.screens.patients.saved import SavedFilters

        view = self._program.patients_screen()
        presenter = PatientsPresenter(view, self._patients, self._program.tasks, self._program.feed, self)
        view.attend(presenter)
        saved = SavedFilters(view, SavedFilterService(self._signed_in), presenter, self._program.tasks)
        view.attend_saved(saved, may_change=not self._signed_in.read_only)
        presenter.open()
        saved.open()
        self._renew()
        return self._program.mount(view, presenter)

    def _record_room(self, patient_id: int, at: str = "", form: str = "") -> QWidget:
        from poems_registry.ui.screens.record.making import record_with
        from poems_registry.ui.screens.record.shown import Page

        program = self._program
        view, presenter = record_with(program.theme, self._signed_in, program.tasks, program.feed, self, form)
        presenter.open(patient_id, Page(at) if at else None)
        self._page_left = lambda: presenter.page
        return program.mount(view, presenter)

    def join(self, patient_id: int, other_id: int = 0) -> None:
        """Two records of one person: find the other one, or compare with the one that is known, and join them."""
        self._program.places.open("patients", lambda: self._joining_room(patient_id, other_id))

    def _joining_room(self, patient_id: int, other_id: int) -> QWidget:
        from poems_registry.ui.screens.joining.making import proposing

        program = self._program
        view, presenter = proposing(program.theme, self._signed_in, program.tasks, program.feed, self)
        presenter.open(patient_id, other_id)
        return program.mount(view, presenter)

    def proposal(self, proposal_id: int) -> None:
        """Two records that somebody proposed to join: side by side, to be decided."""
        self._program.places.open("patients", lambda: self._deciding_room(proposal_id))

    def _deciding_room(self, proposal_id: int) -> QWidget:
        from poems_registry.ui.screens.joining.making import deciding

        program = self._program
        view, presenter = deciding(program.theme, self._signed_in, program.tasks, program.feed, self)
        presenter.open(proposal_id)
        return program.mount(view, presenter)

    def _clinic_room(self) -> QWidget:
        from poems_registry.ui.screens.clinic.making import clinic_lists

        program = self._program
        view, presenter = clinic_lists(program.theme, self._signed_in, program.tasks, program.feed, self)
        self._clinic = presenter.choose_named
        return program.mount(view, presenter)

    def _research_room(self) -> QWidget:
        from poems_registry.ui.screens.research.making import research_lists

        house = self._program
        return house.mount(*research_lists(house.theme, self._signed_in, house.tasks, house.feed, self))

    def _details_room(self, patient_id: int | None, field: str = "") -> QWidget:
        from poems_registry.services.form_drafts import FormDraftService
        from poems_registry.services.practices import PracticeService
        from poems_registry.ui.screens.details.presenter import DetailsPresenter
        from poems_registry.ui.screens.details.view import DetailsScreen

        view = DetailsScreen(self._program.theme)
        program = self._program
        forms = FormDraftService(self._signed_in)
        practices = PracticeService(self._signed_in)
        presenter = DetailsPresenter(view, self._patients, program.tasks, program.feed, self, forms, practices)
        view.attend(presenter)
        if patient_id is None:
            presenter.add()
        else:
            presenter.open(patient_id, field)
        return self._program.mount(view, presenter)

    def _visit_room(self, encounter_id: int, item: str = "") -> QWidget:
        from poems_registry.ui.screens.visit.presenter import VisitPresenter
        from poems_registry.ui.screens.visit.view import VisitView

        view = VisitView(self._program.theme)
        program = self._program
        presenter = VisitPresenter(view, self._visits, self._letters, program.tasks, program.feed, self)
        view.attend(presenter)
        presenter.open(encounter_id, item)
        self._item_left = view.first_in_section
        mounted = program.mount(view, presenter)

        def known(patient: Patient) -> None:
            if program.shell.screen_in_view() is mounted:
                self.show_patient(patient)

        program.tasks.run(lambda: self._visits.whose(encounter_id), known, lambda _refused: None)
        return mounted

    def _today_room(self) -> QWidget:
        from poems_registry.ui.screens.today.presenter import TodayPresenter
        from poems_registry.ui.screens.today.view import TodayScreen

        view = TodayScreen(self._program.theme)
        program = self._program
        presenter = TodayPresenter(view, self._worklist, self._letters, program.tasks, program.feed, self)
        view.attend(presenter)
        presenter.open()
        return program.mount(view, presenter)

    # -- what goes on beside the screens

    def _count_waiting(self) -> None:
        """How much waits, beside Today in the rail; asked once however much changes meanwhile."""
        if self._counting:
            return
        self._counting = True

        def counted(found: Worklist) -> None:
            self._counting = False
            if self._program.signed_in is self._signed_in:
                self._program.shell.show_counts({"today": found.total})

        def refused(_: RegistryError) -> None:
            self._counting = False

        self._program.tasks.run(lambda: self._worklist.today(0), counted, refused)

    def _renew(self) -> None:
        """What the list keeps of patients is made anew where time left it outdated, a few at a time, then counted."""

        def renewed(changed: Changed) -> None:
            if self._program.signed_in is not self._signed_in:
                return
            if changed.patients:
                self._program.feed.publish(changed)
                self._renew()
            else:
                self._count_waiting()

        self._program.tasks.run(lambda: self._worklist.renew(RENEWED_AT_ONCE), renewed, lambda _refused: None)

    def _letters_room(self) -> QWidget:
        from poems_registry.ui.screens.letters.making import letters_board

        board, self._print = letters_board(self._program, self._signed_in, self._letters, self)
        return board

    def _letter_room(self, letter_id: int) -> QWidget:
        from poems_registry.ui.screens.letter.presenter import LetterPresenter
        from poems_registry.ui.screens.letter.view import LetterScreen

        view = LetterScreen(self._program.theme)
        program = self._program
        presenter = LetterPresenter(view, self._letters, program.tasks, program.feed, self)
        view.attend(presenter)
        presenter.open(letter_id)
        return program.mount(view, presenter)

    def _cohort_room(self) -> QWidget:
        from poems_registry.ui.screens.cohort.presenter import CohortPresenter
        from poems_registry.ui.screens.cohort.view import CohortScreen

        view = CohortScreen(self._program.theme)
        program = self._program
        presenter = CohortPresenter(view, CohortService(self._signed_in), program.tasks, program.feed, self)
        view.attend(presenter)
        presenter.open()
        return program.mount(view, presenter)

    def _admin_room(self) -> QWidget:
        from poems_registry.ui.screens.admin.making import admin_on
        from poems_registry.ui.screens.admin.view import AdminScreen

        view, program = AdminScreen(self._program.theme), self._program
        presenter = admin_on(view, self._signed_in, program.tasks, program.feed, self.say_saved, self)
        presenter.open()
        return program.mount(view, presenter)
