"""Offers what a person left open, after every signing in: after a crash, a lock or the end of the day alike."""

from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import RegistryError
from poems_registry.services.access import SignedIn
from poems_registry.services.form_drafts import DETAILS, RESEARCH_FORMS, LeftForm, is_of_results
from poems_registry.services.open_visits import OpenDraft
from poems_registry.ui.care.shown import What
from poems_registry.ui.screens.drafts.shown import LeftWork, PromptShown
from poems_registry.ui.screens.drafts.telling import left_work, prompt
from poems_registry.ui.tasks import Tasks

CARE = frozenset(what.value for what in What)
"""The names of the forms around the visits."""


class Visits(Protocol):
    """What is needed of `VisitService`."""

    @property
    def signed_in(self) -> SignedIn: ...
    def open_drafts(self) -> tuple[OpenDraft, ...]: ...


class Forms(Protocol):
    """What is needed of `FormDraftService`."""

    def mine(self) -> tuple[LeftForm, ...]: ...


class Navigator(Protocol):
    """Where work is gone on with."""

    def visit(self, encounter_id: int) -> None: ...
    def results(self, patient_id: int, form: str = "") -> None: ...
    def treatment(self, patient_id: int) -> None: ...
    def care(self, patient_id: int) -> None: ...
    def clinic(self, part: str = ...) -> None: ...
    def research(self, patient_id: int) -> None: ...
    def details(self, patient_id: int) -> None: ...
    def add_patient(self) -> None: ...


class View(Protocol):
    """The window's message line and a list over it."""

    def offer(self, shown: PromptShown) -> None: ...
    def list_all(self, work: tuple[LeftWork, ...]) -> None: ...
    def withdraw(self) -> None: ...


class DraftsPresenter:
    """Asks once, when somebody has come in; says nothing to who left nothing."""

    def __init__(self, view: View, visits: Visits, forms: Forms, tasks: Tasks, navigator: Navigator) -> None:
        self._view, self._visits, self._forms = view, visits, forms
        self._tasks, self._navigator = tasks, navigator
        self.work: tuple[LeftWork, ...] = ()

    def open(self) -> None:
        """Look what there is; that it cannot be looked up hinders nobody: each draft is at its place too."""
        if not self._visits.signed_in.read_only:
            self._tasks.run(self._ask, self._offer, self._nothing)

    def go_on(self) -> None:
        """With what was left last."""
        self.go_on_with(self.work[0])

    def go_on_with(self, work: LeftWork) -> None:
        """Where it was left."""
        self._view.withdraw()
        if work.encounter_id:
            self._navigator.visit(work.encounter_id)
        elif is_of_results(work.form):
            self._navigator.results(work.patient_id, work.form)
        elif work.form in CARE and work.patient_id:
            self._navigator.care(work.patient_id)
        elif work.form in CARE:
            self._navigator.clinic("calls" if work.form == What.CALL else "referrals")
        elif work.form in RESEARCH_FORMS:
            self._navigator.research(work.patient_id)
        elif work.form != DETAILS:
            self._navigator.treatment(work.patient_id)
        elif work.patient_id:
            self._navigator.details(work.patient_id)
        else:
            self._navigator.add_patient()

    def all(self) -> None:
        """Choose among them."""
        self._view.list_all(self.work)

    def later(self) -> None:
        """It stays where it is."""
        self._view.withdraw()

    def _ask(self) -> tuple[LeftWork, ...]:
        signed_in = self._visits.signed_in
        visits = self._visits.open_drafts() if signed_in.may(Permission.VIEW_CLINICAL) else ()
        return left_work(visits, self._forms.mine(), signed_in.today)

    def _offer(self, work: tuple[LeftWork, ...]) -> None:
        self.work = work
        if work:
            self._view.offer(prompt(work))

    def _nothing(self, _error: RegistryError) -> None:
        self.work = ()
