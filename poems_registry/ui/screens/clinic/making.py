"""Puts the clinic's lists together with the services that they need."""

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.clinic_lists import ClinicListService
from poems_registry.services.patients import PatientService
from poems_registry.ui.care.choosing import Choosing
from poems_registry.ui.care.entering import Entering
from poems_registry.ui.screens.clinic.presenter import ClinicPresenter, Navigator
from poems_registry.ui.screens.clinic.view import ClinicScreen
from poems_registry.ui.tasks import Tasks


def clinic_lists(
    view: ClinicScreen, me: SignedIn, entering: Entering, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
) -> ClinicPresenter:
    """Who decides on the lists, begun with the referrals that wait."""
    choosing = Choosing(view, PatientService(me), tasks)
    presenter = ClinicPresenter(view, ClinicListService(me), entering, choosing, tasks, feed, navigator)
    view.attend(presenter, choosing)
    presenter.open()
    return presenter
