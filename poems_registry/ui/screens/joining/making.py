"""Puts together the screen on which records are proposed to be joined, and the one on which that is decided."""

from typing import Protocol

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.patients import PatientService
from poems_registry.services.proposing import ProposalService
from poems_registry.ui.screens.joining.deciding import DecidingPresenter
from poems_registry.ui.screens.joining.presenter import JoiningPresenter
from poems_registry.ui.screens.joining.view import JoiningScreen
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.theme import Theme


class Navigator(Protocol):
    """Where both lead."""

    def patient(self, patient_id: int) -> None: ...
    def say_saved(self, words: str) -> None: ...


def proposing(
    theme: Theme, signed_in: SignedIn, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
) -> tuple[JoiningScreen, JoiningPresenter]:
    """Find the other record, compare, propose."""
    view, people = JoiningScreen(theme), PatientService(signed_in)
    presenter = JoiningPresenter(view, ProposalService(signed_in), people, tasks, feed, navigator)
    view.attend(presenter)
    return view, presenter


def deciding(
    theme: Theme, signed_in: SignedIn, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
) -> tuple[JoiningScreen, DecidingPresenter]:
    """Compare what somebody proposed, and decide."""
    view = JoiningScreen(theme)
    presenter = DecidingPresenter(view, ProposalService(signed_in), tasks, feed, navigator)
    view.attend_deciding(presenter)
    return view, presenter
