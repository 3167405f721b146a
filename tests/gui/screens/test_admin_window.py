"""Admin by keyboard on a real encrypted file: a right given, somebody added, a threshold confirmed; nothing cut."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.domain.access import Permission
from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.doors import Doors
from poems_registry.services.registry import open_registry
from poems_registry.services.settings import SettingsService
from poems_registry.services.staff import StaffService
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.system import paths
from poems_registry.system.clock import FixedClock
from poems_registry.ui.screens.admin.people_presenter import PeoplePresenter
from poems_registry.ui.screens.admin.presenter import AdminPresenter
from poems_registry.ui.screens.admin.settings_presenter import SettingsPresenter
from poems_registry.ui.screens.admin.shown import PEOPLE, SETTINGS
from poems_registry.ui.screens.admin.view import AdminScreen
from poems_registry.ui.tasks import Inline
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.dialog import Dialog
from tests.gui.clipping import clipped

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
INSIDE = (QSize(944, 448), QSize(1013, 562), QSize(1222, 716), QSize(1776, 1028))
"""The windows of design/screens.md, less bar, rail and status line."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training registry of two; copied for each test."""
    folder = tmp_path_factory.mktemp("training")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_demo(folder, 2, 1, FixedClock(NOW))
    return folder


@pytest.fixture
def me(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SignedIn]:
    """The administrator of a registry of one's own."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    for name in ("training.registry", "training.keys"):
        shutil.copy(made / name, tmp_path / name)
    opened = open_registry(tmp_path / "training.registry", "castellan", PASSWORD, FixedClock(NOW))
    yield opened
    opened.close()


def window(qtbot: QtBot, theme: Theme, me: SignedIn, size: QSize = INSIDE[2]) -> AdminScreen:
    screen = AdminScreen(theme)
    people = PeoplePresenter(screen, StaffService(me), Inline(), "castellan", Doors().phrase, lambda _: None)
    settings = SettingsPresenter(screen, SettingsService(me), Inline(), ChangeFeed(), lambda _: None)
    presenter = AdminPresenter(screen, people, settings)
    screen.attend(people, settings)
    screen.setProperty("presenter", presenter)
    qtbot.addWidget(screen)
    screen.resize(size)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    presenter.open()
    settle()
    return screen


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def form(screen: AdminScreen) -> Dialog:
    (dialog,) = [each for each in screen.findChildren(Dialog) if each.isVisible()]
    return dialog


def press(within: QWidget, words: str) -> None:
    (button,) = [each for each in within.findChildren(Button) if each.text() == words and each.isVisible()]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    settle()


def named(within: QWidget, kind: type[QWidget], name: str) -> QWidget:
    (found,) = [each for each in within.findChildren(kind) if each.accessibleName() == name]
    return found


def right(dialog: Dialog, words: str) -> QCheckBox:
    (found,) = [each for each in dialog.findChildren(QCheckBox) if each.text() == words]
    return found


def test_a_right_is_given_by_keyboard(qtbot: QtBot, theme: Theme, me: SignedIn) -> None:
    screen = window(qtbot, theme, me)
    assert screen.people.select("okoro")
    screen.people.setFocus()
    QTest.keyClick(screen.people, Qt.Key.Key_Return)
    settle()
    QTest.keyClick(right(form(screen), "Sign and amend visits and letters"), Qt.Key.Key_Space)
    press(form(screen), "Save")
    assert not [each for each in screen.findChildren(Dialog) if each.isVisible()]
    (okoro,) = [each for each in StaffService(me).everyone() if each.user == "okoro"]
    assert Permission.SIGN in okoro.permissions
    assert "sign and amend" in screen.people.model().index(2, 2).data()


def test_somebody_is_added_and_what_is_missing_stands_beside_its_field(
    qtbot: QtBot, theme: Theme, me: SignedIn
) -> None:
    screen = window(qtbot, theme, me)
    press(screen, "Add somebody")
    dialog = form(screen)
    QTest.keyClicks(named(dialog, QLineEdit, "Name"), "Ada Finch")
    press(dialog, "Add")
    assert dialog.isVisible()
    assert "Is empty" in " ".join(label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text"))
    QTest.keyClicks(named(dialog, QLineEdit, "User name"), "finch")
    role = named(dialog, QComboBox, "Role")
    QTest.keyClick(role, Qt.Key.Key_C)  # the list goes to Clinician
    press(dialog, "Suggest five words")
    password = named(dialog, QLineEdit, "Password")
    assert isinstance(password, QLineEdit)
    assert len(password.text().split()) == 5
    press(dialog, "Add")
    assert "finch" in {each.user for each in StaffService(me).everyone()}


def test_a_threshold_is_confirmed_against_the_paper(qtbot: QtBot, theme: Theme, me: SignedIn) -> None:
    screen = window(qtbot, theme, me)
    screen.show_page(SETTINGS)
    assert screen.settings.select("platelets")
    screen.settings.setFocus()
    QTest.keyClick(screen.settings, Qt.Key.Key_Return)
    settle()
    QTest.keyClick(right(form(screen), "I read this value in the source"), Qt.Key.Key_Space)
    press(form(screen), "Save")
    (row,) = [each for each in SettingsService(me).everything() if each.threshold.name == "platelets"]
    assert (row.confirmed_by, row.confirmed_on) == (me.person.name, NOW.date())


def test_ones_own_right_to_manage_people_and_way_in_cannot_be_unticked(
    qtbot: QtBot, theme: Theme, me: SignedIn
) -> None:
    screen = window(qtbot, theme, me)
    screen.people.select("castellan")
    screen.people.setFocus()
    QTest.keyClick(screen.people, Qt.Key.Key_Return)
    settle()
    dialog = form(screen)
    manage = right(dialog, "Manage people, keys, settings, backups and the audit")
    assert (manage.isChecked(), manage.isEnabled()) == (True, False)
    assert not right(dialog, "May sign in").isEnabled()


@pytest.mark.parametrize("size", INSIDE, ids=lambda size: f"{size.width()}x{size.height()}")
def test_nothing_is_cut_at_any_size(qtbot: QtBot, theme: Theme, me: SignedIn, size: QSize) -> None:
    screen = window(qtbot, theme, me, size)
    for page in (PEOPLE, SETTINGS):
        screen.show_page(page)
        settle()
        assert clipped(screen) == []
        assert screen.width() <= size.width()
    screen.ask_password("okoro", "Sister J Okoro")
    settle()
    assert clipped(form(screen)) == []
