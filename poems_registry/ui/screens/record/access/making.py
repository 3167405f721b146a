"""Puts the tab of access together with the service that it needs."""

from typing import Protocol

from poems_registry.services.access import SignedIn
from poems_registry.services.record_access import RecordAccessService
from poems_registry.ui.screens.record.access.presenter import AccessPresenter
from poems_registry.ui.screens.record.access.view import AccessTab
from poems_registry.ui.tasks import Tasks


class Record(Protocol):
    """The record's screen, which makes the tab when it is first wanted."""

    @property
    def access(self) -> AccessTab: ...
    def attend_access(self, actions: AccessPresenter) -> None: ...


def access_on(view: Record, me: SignedIn, tasks: Tasks) -> AccessPresenter:
    """Who decides on the list of who saw and changed what, at a record."""
    presenter = AccessPresenter(lambda: view.access, RecordAccessService(me), tasks)
    view.attend_access(presenter)
    return presenter
