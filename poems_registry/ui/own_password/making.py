"""Asks a person for their own new password over whatever is in view; one question at a time."""

from collections.abc import Callable

from poems_registry.services.access import SignedIn
from poems_registry.services.doors import Doors
from poems_registry.services.own_password import OwnPassword
from poems_registry.ui.own_password.presenter import OwnPasswordPresenter
from poems_registry.ui.own_password.view import OwnPasswordDialog
from poems_registry.ui.shell import Shell
from poems_registry.ui.tasks import Tasks
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.dialog import Dialog


def ask_own_password(theme: Theme, shell: Shell, me: SignedIn, tasks: Tasks, say_saved: Callable[[str], None]) -> None:
    """Open the dialog, unless another one is open."""
    if any(dialog.isVisible() for dialog in shell.findChildren(Dialog)):
        return
    view = OwnPasswordDialog(theme, me.person.name)
    view.attend(OwnPasswordPresenter(view, OwnPassword(me), tasks, Doors().phrase, say_saved))
    shell.open_dialog(view)
