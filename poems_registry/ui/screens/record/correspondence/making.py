"""Puts the tab of letters together with who decides on a missed first appointment."""

from typing import Protocol

from poems_registry.services.changes import ChangeFeed
from poems_registry.ui.screens.record.correspondence.first_missed import FirstMissedPresenter, Letters, Navigator
from poems_registry.ui.screens.record.correspondence.view import LettersPage, MissedActions
from poems_registry.ui.tasks import Tasks


class Record(Protocol):
    """The record's screen, which makes the tab when it is first wanted."""

    @property
    def correspondence(self) -> LettersPage: ...
    def attend_missed(self, missed: MissedActions) -> None: ...


def missed_on(
    view: Record, letters: Letters, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
) -> FirstMissedPresenter:
    """Who decides on the letter after a missed first appointment, at a record."""
    presenter = FirstMissedPresenter(lambda: view.correspondence, letters, tasks, feed, navigator)
    view.attend_missed(presenter)
    return presenter
