"""The tab of visits in the window: compare and mark by keyboard, entries in error on demand, nothing cut."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from poems_registry.system import paths
from poems_registry.ui.reason_dialog import ReasonDialog
from poems_registry.ui.screens.record.shown import Page
from poems_registry.ui.screens.record.visits.comparison import ComparisonDialog
from poems_registry.ui.screens.record.visits.view import VisitsPage
from poems_registry.ui.theme.theme import Theme
from tests.gui.clipping import clipped
from tests.gui.screens.test_record_window import Opened
from tests.gui.screens.test_visit_amending import press
from tests.gui.screens.visit_window import copy_training, make_training, sign_in

SIZES = ((944, 402), (1013, 516), (1222, 670), (1776, 980))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training registry, made once."""
    folder = tmp_path_factory.mktemp("visits-tab")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_training(folder)
    return folder


@pytest.fixture
def opened(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: Theme) -> Iterator[Opened]:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    signed_in = sign_in(copy_training(made, tmp_path))
    yield Opened(theme, signed_in)
    signed_in.close()


def tab(opened: Opened, qtbot: QtBot, width: int, height: int) -> VisitsPage:
    """The tab of visits of the longest record."""
    opened.show(qtbot, opened.somebody(), QSize(width, height))
    opened.view.activateWindow()
    opened.presenter.go(Page.VISITS)
    QApplication.processEvents()
    return opened.view.visits


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_two_visits_side_by_side_can_be_read_at_every_size(
    opened: Opened, qtbot: QtBot, width: int, height: int
) -> None:
    page = tab(opened, qtbot, width, height)
    press(page.compare)
    QApplication.processEvents()
    (dialog,) = page.window().findChildren(ComparisonDialog)
    faults = list(clipped(dialog))
    QTest.keyClick(dialog.older, Qt.Key.Key_End)
    QApplication.processEvents()
    assert dialog.older.code() != dialog.newer.code()
    faults += [*clipped(dialog), *clipped(opened.view)]
    assert not faults, "\n".join(faults)
    dialog.reject()


def test_an_entry_in_error_goes_is_shown_on_demand_and_counts_again_by_keyboard(opened: Opened, qtbot: QtBot) -> None:
    page = tab(opened, qtbot, 1222, 670)
    row = page.table.current()
    assert row is not None

    def why(words: str) -> None:
        press(page.mark)
        QApplication.processEvents()
        (dialog,) = [each for each in page.window().findChildren(ReasonDialog) if each.isVisible()]
        QTest.keyClicks(dialog.reason, words)
        press(dialog.go)
        for _ in range(4):
            QApplication.processEvents()

    assert not page.errors.isVisible()
    why("entered for the wrong patient")
    assert page.errors.isVisible()
    assert page.table.select(row.id) is False, "it is out of the list"
    QTest.keyClick(page.errors, Qt.Key.Key_Space)
    assert page.table.select(row.id)
    shown = page.table.current()
    assert shown is not None
    assert shown.state == f"In error: entered for the wrong patient, {opened.me.person.name}"
    assert not clipped(opened.view)
    assert page.mark.text() == "Count it again…"
    assert not page.compare.isEnabled()
    why("it was the right one")
    assert not page.errors.isVisible()
    assert page.table.select(row.id)
