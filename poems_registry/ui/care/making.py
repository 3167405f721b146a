"""Puts the forms of care together with the services that they need."""

from collections.abc import Callable

from poems_registry.domain.access import Permission
from poems_registry.services.access import SignedIn
from poems_registry.services.care import CareService
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.form_drafts import FormDraftService
from poems_registry.ui.care.entering import Entering
from poems_registry.ui.care.ports import View
from poems_registry.ui.tasks import Tasks


def forms_of_care(
    view: Callable[[], View], me: SignedIn, tasks: Tasks, feed: ChangeFeed, saved: Callable[[str], None]
) -> Entering:
    """Who decides on the forms; what is typed into them is kept over a lock for whoever may fill them in."""
    keeps = me.may(Permission.EDIT_DEMOGRAPHICS) and not me.read_only
    return Entering(view, CareService(me), tasks, feed, FormDraftService(me) if keeps else None, saved)
