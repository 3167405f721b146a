"""Puts the clinic's lists together with the services that they need."""

from typing import Protocol

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.clinic_lists import ClinicListService
from poems_registry.services.patients import PatientService
from poems_registry.ui.care.choosing import Choosing
from poems_registry.ui.care.making import forms_of_care
from poems_registry.ui.screens.clinic.presenter import ClinicPresenter, Navigator
from poems_registry.ui.screens.clinic.view import ClinicScreen
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.theme import Theme


class Rooms(Navigator, Protocol):
    """Where a line leads, and where it is said what was saved."""

    def say_saved(self, words: str) -> None: ...


def clinic_lists(
    theme: Theme, me: SignedIn, tasks: Tasks, feed: ChangeFeed, rooms: Rooms
) -> tuple[ClinicScreen, ClinicPresenter]:
    """The screen and who decides on it, begun with the referrals that wait."""
    view = ClinicScreen(theme)
    entering = forms_of_care(lambda: view.desk, me, tasks, feed, rooms.say_saved)
    choosing = Choosing(view, PatientService(me), tasks)
    presenter = ClinicPresenter(view, ClinicListService(me), entering, choosing, tasks, feed, rooms)
    view.attend(presenter, choosing)
    view.desk.attend(entering)
    presenter.open()
    return view, presenter
