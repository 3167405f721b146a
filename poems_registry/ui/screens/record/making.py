"""Puts together a patient's record: the screen, and everybody who works on one of its tabs."""

from functools import partial
from typing import Protocol

from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.form_drafts import PASTED, RESULTS, FormDraftService
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.results import ResultService
from poems_registry.services.treatments import TreatmentService
from poems_registry.services.visits import VisitService
from poems_registry.ui.screens.record.access.making import access_on
from poems_registry.ui.screens.record.care.making import care_on
from poems_registry.ui.screens.record.correspondence.making import missed_on
from poems_registry.ui.screens.record.particulars.making import consents_on, joined_on
from poems_registry.ui.screens.record.presenter import RecordPresenter
from poems_registry.ui.screens.record.research.making import research_on
from poems_registry.ui.screens.record.results.correct_presenter import CorrectPresenter
from poems_registry.ui.screens.record.results.paste_presenter import PastePresenter
from poems_registry.ui.screens.record.results.presenter import ResultsPresenter
from poems_registry.ui.screens.record.treatment.presenter import TreatmentPresenter
from poems_registry.ui.screens.record.view import RecordScreen
from poems_registry.ui.screens.record.visits.presenter import VisitsTabPresenter
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.theme import Theme


class Navigator(Protocol):
    """Where a record and its tabs lead."""

    def visit(self, encounter_id: int, *, to_mend: bool = False) -> None: ...
    def letter(self, letter_id: int) -> None: ...
    def details(self, patient_id: int) -> None: ...
    def join(self, patient_id: int) -> None: ...
    def proposal(self, proposal_id: int) -> None: ...
    def hold_keys(self) -> None: ...
    def show_patient(self, patient: Patient) -> None: ...
    def say_saved(self, words: str) -> None: ...


def record_with(
    theme: Theme, me: SignedIn, tasks: Tasks, feed: ChangeFeed, navigator: Navigator, form: str = ""
) -> tuple[RecordScreen, RecordPresenter]:
    """The screen and who decides on it, not opened yet; with the name of a form that was left, going on with that."""
    view, visits, letters = RecordScreen(theme), VisitService(me), LetterService(me)
    presenter = RecordPresenter(view, PatientService(me), visits, letters, tasks, feed, navigator)
    view.attend(presenter)
    treatment = TreatmentPresenter(view, TreatmentService(me), tasks, feed, FormDraftService(me))
    view.attend_treatment(treatment)
    presenter.accompany(treatment)
    listed = VisitsTabPresenter(lambda: view.visits, visits, tasks, feed)
    view.attend_visits(listed)
    presenter.accompany(listed)
    _results_on(view, presenter, me, tasks, feed, navigator, form)
    consents_on(view, presenter, me, tasks, feed, navigator.say_saved)
    joined_on(view, presenter, me, tasks, feed, navigator)
    presenter.accompany(missed_on(view, letters, tasks, feed, navigator))
    presenter.accompany(care_on(view, me, tasks, feed, navigator.say_saved), of_person=True)
    presenter.accompany(research_on(view, me, tasks, feed))
    presenter.accompany(access_on(view, me, tasks), of_person=True)
    return view, presenter


def _results_on(
    view: RecordScreen,
    record: RecordPresenter,
    me: SignedIn,
    tasks: Tasks,
    feed: ChangeFeed,
    navigator: Navigator,
    form: str,
) -> None:
    """Who types a column of results, pastes a block and corrects one result."""
    service, forms = ResultService(me), FormDraftService(me)
    entering = ResultsPresenter(view, service, forms, tasks, feed, navigator)
    pasting = PastePresenter(view, service, forms, tasks, feed, navigator)
    correcting = CorrectPresenter(view, service, VisitService(me), forms, tasks, feed, navigator)
    view.attend_results(entering, pasting, correcting)
    for company in (entering, pasting, correcting):
        record.accompany(company)
    if form:
        coming = {RESULTS: entering.come_back, PASTED: pasting.come_back}
        coming.get(form, partial(correcting.come_back, form))()
