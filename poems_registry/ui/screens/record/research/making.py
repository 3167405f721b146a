"""Puts the tab of research together with the services that it needs."""

from typing import Protocol

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.form_drafts import FormDraftService
from poems_registry.services.research import ResearchService
from poems_registry.ui.screens.record.research.presenter import ResearchPresenter
from poems_registry.ui.screens.record.research.view import ResearchPage
from poems_registry.ui.sheets.presenter import SheetPresenter
from poems_registry.ui.tasks import Tasks


class Record(Protocol):
    """The record's screen, which makes the tab when it is first wanted."""

    @property
    def research(self) -> ResearchPage: ...
    def attend_research(self, actions: ResearchPresenter, sheets: SheetPresenter) -> None: ...


def research_on(view: Record, me: SignedIn, tasks: Tasks, feed: ChangeFeed) -> ResearchPresenter:
    """Who decides on a person's part in research, at a record."""
    forms = None if me.read_only else FormDraftService(me)
    presenter = ResearchPresenter(lambda: view.research, ResearchService(me), tasks, feed, forms)
    view.attend_research(presenter, presenter.sheets)
    return presenter
