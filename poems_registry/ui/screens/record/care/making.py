"""Puts the tab of care together with the services that it needs."""

from collections.abc import Callable
from typing import Protocol

from poems_registry.services.access import SignedIn
from poems_registry.services.care import CareService
from poems_registry.services.changes import ChangeFeed
from poems_registry.ui.care.entering import Entering
from poems_registry.ui.care.making import forms_of_care
from poems_registry.ui.screens.record.care.presenter import CarePresenter
from poems_registry.ui.screens.record.care.view import CarePage
from poems_registry.ui.tasks import Tasks


class Record(Protocol):
    """The record's screen, which makes the tab when it is first wanted."""

    @property
    def care(self) -> CarePage: ...
    def attend_care(self, actions: CarePresenter, entering: Entering) -> None: ...


def care_on(view: Record, me: SignedIn, tasks: Tasks, feed: ChangeFeed, saved: Callable[[str], None]) -> CarePresenter:
    """Who decides on what goes on around the visits, at a record."""
    entering = forms_of_care(lambda: view.care.desk, me, tasks, feed, saved)
    presenter = CarePresenter(lambda: view.care, CareService(me), entering, tasks)
    view.attend_care(presenter, entering)
    return presenter
