"""Somebody without the right to manage people changes their own password in the real window, and comes in with it."""

import pytest

from poems_registry.rehearsal.window import enter, rest, until
from poems_registry.services.training.demo import PASSWORD
from poems_registry.ui.own_password.view import OwnPasswordDialog
from poems_registry.ui.widgets.signed_in import SignedIn
from tests.gui.app.open_window import Open
from tests.gui.clipping import clipped

NEW = "meadow thimble copper glacier sonnet"


@pytest.fixture
def dialog(window: Open) -> OwnPasswordDialog:
    """Opened as a person does: their name at the foot of the rail, the first entry of its menu."""
    me = window.program.shell.rail.findChild(SignedIn)
    assert me is not None
    first = me.menu_of_person().actions()[0]
    assert first.text() == "Change my password…"
    first.trigger()
    rest(window.program, 1)
    found = window.program.shell.findChild(OwnPasswordDialog)
    assert found is not None
    return found


def fill(dialog: OwnPasswordDialog, old: str, new: str, again: str) -> None:
    for field, text in ((dialog.old, old), (dialog.new, new), (dialog.again, again)):
        field.edit.setText(text)
    dialog.main.click()


def test_a_wrong_old_password_or_two_that_differ_change_nothing(window: Open, dialog: OwnPasswordDialog) -> None:
    fill(dialog, PASSWORD, NEW, "something else entirely here")
    rest(window.program, 1)
    assert "not the same" in dialog.fields["again"]._words.text()
    fill(dialog, PASSWORD, "Password1234567", "Password1234567")
    rest(window.program, 1)
    assert "too easy" in dialog.fields["password"]._words.text()
    fill(dialog, "not my password at all, really", NEW, NEW)
    until(lambda: dialog.main.isEnabled() and bool(dialog.fields["old"]._words.text()))
    assert dialog.isVisible()
    assert clipped(dialog) == []
    dialog.reject()


def test_the_new_password_opens_the_registry(window: Open, dialog: OwnPasswordDialog) -> None:
    fill(dialog, PASSWORD, NEW, NEW)
    until(lambda: window.program.shell.findChild(OwnPasswordDialog) is None or not dialog.isVisible())
    rest(window.program, 2)
    window.program.lock()
    rest(window.program, 3)
    enter(window.program, window.place, "rahman", NEW)
    rest(window.program, 2)
    assert window.me.person.user == "rahman"
