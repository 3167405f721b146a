"""Who decides at a record on consents, and who tells which records were joined to it or are proposed to be."""

from collections.abc import Callable
from typing import Protocol

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.consents import ConsentService
from poems_registry.services.proposing import ProposalService
from poems_registry.ui.screens.record.particulars.consenting import ConsentPresenter
from poems_registry.ui.screens.record.particulars.joined import JoinedPresenter
from poems_registry.ui.screens.record.particulars.view import ConsentActions, DetailsPage, JoinedActions
from poems_registry.ui.screens.record.ports import Company
from poems_registry.ui.screens.record.proposed import ProposedPresenter
from poems_registry.ui.screens.record.proposed_view import ProposedBar
from poems_registry.ui.tasks import Tasks


class Screen(Protocol):
    """The record's screen, which makes the tab when it is first wanted."""

    @property
    def particulars(self) -> DetailsPage: ...
    @property
    def proposed(self) -> ProposedBar: ...
    def attend_joining(self, actions: JoinedActions) -> None: ...
    def attend_consents(self, actions: ConsentActions) -> None: ...


class Record(Protocol):
    """Who works on the record."""

    def accompany(self, company: Company, *, of_person: bool = False) -> None: ...


class Navigator(Protocol):
    """Where both lead."""

    def join(self, patient_id: int) -> None: ...
    def proposal(self, proposal_id: int) -> None: ...
    def say_saved(self, words: str) -> None: ...


def joined_on(
    view: Screen, record: Record, signed_in: SignedIn, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
) -> None:
    """The card of details, and the bar over every tab."""
    service = ProposalService(signed_in)
    joined = JoinedPresenter(lambda: view.particulars, service, tasks, feed, navigator)
    view.attend_joining(joined)
    proposed = ProposedPresenter(view.proposed, service, tasks, navigator)
    view.proposed.attend(proposed)
    record.accompany(joined, of_person=True)
    record.accompany(proposed, of_person=True)


def consents_on(
    view: Screen, record: Record, signed_in: SignedIn, tasks: Tasks, feed: ChangeFeed, say_saved: Callable[[str], None]
) -> None:
    """Who decides on consents at a record."""
    consents = ConsentPresenter(lambda: view.particulars, ConsentService(signed_in), tasks, feed, say_saved)
    view.attend_consents(consents)
    record.accompany(consents, of_person=True)
