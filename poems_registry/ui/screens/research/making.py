"""Puts the screen of research together with the services that it needs."""

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.studies import SampleShelfService, StudyService
from poems_registry.ui.screens.research.presenter import Navigator, ResearchPresenter
from poems_registry.ui.screens.research.view import ResearchScreen
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.theme import Theme


def research_lists(
    theme: Theme, me: SignedIn, tasks: Tasks, feed: ChangeFeed, navigator: Navigator
) -> tuple[ResearchScreen, ResearchPresenter]:
    """The screen and who decides on it, begun with the samples, or with the studies for who sees no findings."""
    view = ResearchScreen(theme)
    presenter = ResearchPresenter(view, StudyService(me), SampleShelfService(me), tasks, feed, navigator)
    view.attend(presenter)
    view.sheets.attend(presenter.sheets)
    presenter.open()
    return view, presenter
