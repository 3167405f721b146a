"""Puts the pages of Admin together with the services that they need."""

from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.doors import Doors
from poems_registry.services.joining import JoiningService
from poems_registry.services.letter_templates import TemplateService
from poems_registry.services.practices import PracticeService
from poems_registry.services.settings import SettingsService
from poems_registry.services.staff import StaffService
from poems_registry.ui.screens.admin.joined_presenter import JoinedRecordsPresenter, Navigator
from poems_registry.ui.screens.admin.people_presenter import PeoplePresenter
from poems_registry.ui.screens.admin.practices_presenter import PracticesPresenter, Saved
from poems_registry.ui.screens.admin.presenter import AdminPresenter, OwnPage
from poems_registry.ui.screens.admin.settings_presenter import SettingsPresenter
from poems_registry.ui.screens.admin.shown import JOINED, PRACTICES, TEMPLATES
from poems_registry.ui.screens.admin.templates_presenter import TemplatesPresenter
from poems_registry.ui.screens.admin.view import AdminScreen
from poems_registry.ui.tasks import Tasks


def admin_on(
    view: AdminScreen,
    me: SignedIn,
    tasks: Tasks,
    feed: ChangeFeed,
    saved: Saved,
    navigator: Navigator,
) -> AdminPresenter:
    """Who decides on the pages of Admin; `saved` says in the status line what was kept."""
    people = PeoplePresenter(view, StaffService(me), tasks, me.person.user, Doors().phrase, saved)
    settings = SettingsPresenter(view, SettingsService(me), tasks, feed, saved)
    listed = PracticesPresenter(view.practices, PracticeService(me), tasks, saved)
    joined = JoinedRecordsPresenter(view.joined, JoiningService(me), tasks, feed, navigator)
    wording = TemplatesPresenter(view.templates, TemplateService(me), tasks, saved)
    others: dict[str, OwnPage] = {PRACTICES: listed, JOINED: joined, TEMPLATES: wording}
    presenter = AdminPresenter(view, people, settings, others)
    view.attend(people, settings)
    view.practices.attend(listed)
    view.joined.attend(joined)
    view.templates.attend(wording)
    view.page_shown.connect(presenter.page)
    return presenter
