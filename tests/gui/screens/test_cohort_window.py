"""The cohort screen over a real encrypted file: nothing cut at any size, all by keyboard, files as promised."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.domain.access import Permission
from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.cohort import CohortService
from poems_registry.services.registry import open_registry
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.storage import audit
from poems_registry.system import paths
from poems_registry.system.clock import FixedClock
from poems_registry.ui.screens.cohort.choosing_who import WhoDialog
from poems_registry.ui.screens.cohort.presenter import CohortPresenter
from poems_registry.ui.screens.cohort.question import WriteQuestion
from poems_registry.ui.screens.cohort.shown import FileKind
from poems_registry.ui.screens.cohort.view import CohortScreen
from poems_registry.ui.tasks import Inline
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Look
from poems_registry.ui.widgets.labels import Label
from tests.gui.clipping import clipped

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
INSIDE = (QSize(944, 448), QSize(1013, 562), QSize(1222, 716), QSize(1776, 1028))
"""The windows of design/screens.md, less bar, rail and status line."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training registry of 40; copied for each test."""
    folder = tmp_path_factory.mktemp("training")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_demo(folder, 40, 1, FixedClock(NOW))
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of one's own."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    for name in ("training.registry", "training.keys"):
        shutil.copy(made / name, tmp_path / name)
    return tmp_path / "training.registry"


@pytest.fixture
def admin(place: Path) -> Iterator[SignedIn]:
    """The registry's administrator inside."""
    opened = open_registry(place, "castellan", PASSWORD, FixedClock(NOW))
    yield opened
    opened.close()


class Screen(CohortScreen):
    """Asked for a place, it gives the one it was told."""

    def __init__(self, theme: Theme, folder: Path | None = None) -> None:
        super().__init__(theme)
        self.folder = folder

    def ask_file(self, name: str, kind: FileKind) -> Path | None:
        assert name.endswith(kind.ending)
        return self.folder / name if self.folder is not None else None


class Status:
    """The status line."""

    def __init__(self) -> None:
        self.words = ""

    def say_saved(self, words: str) -> None:
        self.words = words


class Window:
    """The screen, shown over real figures."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, signed_in: SignedIn, size: QSize, folder: Path | None = None
    ) -> None:
        self.view, self.status, self._qtbot = Screen(theme, folder), Status(), qtbot
        self.presenter = CohortPresenter(self.view, CohortService(signed_in), Inline(), ChangeFeed(), self.status)
        self.view.attend(self.presenter)
        qtbot.addWidget(self.view)
        self.view.resize(size)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.view.activateWindow()
        self.presenter.open()
        self.presenter.shown()
        self.settle()

    def settle(self) -> None:
        """Until the figures are drawn for the room there is."""
        self._qtbot.waitUntil(lambda: not self.view.is_settling, timeout=5000)
        for _ in range(20):  # a height that follows a width passes through every layout between, one at a time
            QApplication.processEvents()

    def who(self) -> WhoDialog:
        """The conditions in view."""
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, WhoDialog) and w.isVisible()]
        assert len(found) == 1
        return found[0]

    def question(self) -> WriteQuestion:
        """The question in view."""
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, WriteQuestion) and w.isVisible()]
        assert len(found) == 1
        return found[0]


@pytest.mark.parametrize("size", INSIDE, ids=lambda size: f"{size.width()}x{size.height()}")
def test_nothing_is_cut_at_any_size_true_or_for_release_as_chart_or_table(
    qtbot: QtBot, theme: Theme, admin: SignedIn, size: QSize
) -> None:
    window = Window(qtbot, theme, admin, size)
    assert window.view.size() == size
    window.view.who.button.click()
    window.settle()
    assert clipped(window.view) == []
    for card in (window.view.cards.survival, window.view.cards.courses):
        card.choice.parts()[1].click()
    window.settle()
    assert clipped(window.view) == []
    window.view.toggle.click()
    window.settle()
    assert clipped(window.view) == []


def test_a_window_made_smaller_lets_its_figures_follow(qtbot: QtBot, theme: Theme, admin: SignedIn) -> None:
    window = Window(qtbot, theme, admin, INSIDE[-1])
    for size in (*reversed(INSIDE), INSIDE[2]):
        window.view.resize(size)
        window.settle()
        assert window.view.size() == size
        for room in (window.view.cards.survival.room, window.view.cards.features.room, window.view.cards.courses.lanes):
            assert room.chart.width() == pytest.approx(room.width(), abs=2)


def test_the_bars_stand_exactly_beside_their_rows(qtbot: QtBot, theme: Theme, admin: SignedIn) -> None:
    window = Window(qtbot, theme, admin, INSIDE[2])
    card = window.view.cards.features
    top = card.table.mapTo(card, card.table.rect().topLeft()).y()
    assert card.room.mapTo(card, card.room.rect().topLeft()).y() == top
    assert [card.table.rowHeight(row) for row in range(11)] == [44] * 11


def test_the_lines_of_patients_stand_over_their_axis(qtbot: QtBot, theme: Theme, admin: SignedIn) -> None:
    window = Window(qtbot, theme, admin, INSIDE[0])
    card = window.view.cards.courses
    assert card.lanes.mapTo(card, card.lanes.pos()).x() == card.axis.mapTo(card, card.axis.rect().topLeft()).x()
    assert card.lanes.chart.width() == card.axis.chart.width()
    assert card.lanes.height() > card.lane_scroll.viewport().height()


def test_tab_reaches_all_of_it_and_keys_read_the_curves(qtbot: QtBot, theme: Theme, admin: SignedIn) -> None:
    window = Window(qtbot, theme, admin, INSIDE[2])
    window.view.make_export.setFocus()
    seen: list[QWidget] = []
    for _ in range(13):
        now = QApplication.focusWidget()
        assert now is not None
        if now in seen:
            break
        seen.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    cards = window.view.cards
    wanted: list[QWidget] = [window.view.make_report, window.view.toggle, window.view.who.change]
    wanted += [window.view.who.button, cards.size_card.table, cards.size_card.responses]
    wanted += [cards.survival.room.chart, cards.features.table, cards.courses.lane_scroll]
    assert [widget for widget in seen if widget in wanted] == wanted
    chart = cards.survival.room.chart
    chart.setFocus()
    for _ in range(3):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert "survival, year 1\n" in chart.accessibleDescription()
    QTest.keyClick(cards.courses.lane_scroll, Qt.Key.Key_End)
    bar = cards.courses.lane_scroll.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_a_screen_reader_hears_every_cell_of_the_tables(qtbot: QtBot, theme: Theme, admin: SignedIn) -> None:
    window = Window(qtbot, theme, admin, INSIDE[2])
    view = QAccessible.queryAccessibleInterface(window.view.cards.features.table)
    assert view.text(QAccessible.Text.Name) == "Features ever present"
    parts = [view.child(place) for place in range(view.childCount())]
    cells = [part.text(QAccessible.Text.Name) for part in parts if part.role() == QAccessible.Role.Cell]
    titles = [part.text(QAccessible.Text.Name) for part in parts if part.role() == QAccessible.Role.ColumnHeader]
    assert len(cells) == 11 * 4
    assert titles == ["Feature", "Present / assessed", "Not assessed", "% (95% Wilson)"]
    told = cells[cells.index("Polyneuropathy") + 1]
    assert " / " in told
    assert "as recorded at visits" in told


def test_a_release_is_written_by_keyboard_with_its_manifest_and_stands_in_the_audit(
    qtbot: QtBot, theme: Theme, admin: SignedIn, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    window = Window(qtbot, theme, admin, INSIDE[2], folder)
    window.view.make_export.setFocus()
    QTest.keyClick(window.view.make_export, Qt.Key.Key_Return)
    question = window.question()
    assert question.versions[0].isChecked()
    question.versions[1].setFocus()
    QTest.keyClick(question.versions[1], Qt.Key.Key_Space)
    question.kinds[1].setFocus()
    QTest.keyClick(question.kinds[1], Qt.Key.Key_Space)
    question.main.setFocus()
    QTest.keyClick(question.main, Qt.Key.Key_Return)
    names = {path.name for path in folder.iterdir()}
    stem = "cohort-20-Nov-2026-for-release"
    assert names == {f"{stem}.csv", f"{stem}.dictionary.csv", f"{stem}.manifest.json"}
    manifest = json.loads((folder / f"{stem}.manifest.json").read_text(encoding="utf-8"))
    assert manifest["what"] == "cohort summary for release"
    with admin.store.reading() as session:
        newest = [entry.action for entry in audit.entries(session, limit=2)]
    assert newest == ["export", "view"]
    assert window.status.words == "Cohort views are written to the audit log"


@pytest.mark.parametrize("size", INSIDE, ids=lambda size: f"{size.width()}x{size.height()}")
def test_who_is_in_the_cohort_is_changed_by_keyboard_and_said_over_the_figures(
    qtbot: QtBot, theme: Theme, admin: SignedIn, size: QSize
) -> None:
    window = Window(qtbot, theme, admin, size)
    everybody = window.view.cards.size_card.table.model().index(0, 4).data()
    window.view.who.change.setFocus()
    QTest.keyClick(window.view.who.change, Qt.Key.Key_Return)
    dialog = window.who()
    QTest.keyClicks(dialog.days["diagnosed_from"], "31/02/2019")
    dialog.main.click()
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.days["diagnosed_from"]
    window.settle()  # the words of the mistake get their room when the layout is at rest
    assert clipped(dialog) == []
    dialog.days["diagnosed_from"].clear()
    QTest.keyClicks(dialog.days["diagnosed_from"], "2016")
    dialog.main.setFocus()
    QTest.keyClick(dialog.main, Qt.Key.Key_Return)
    window.settle()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, WhoDialog) and w.isVisible()]
    assert "1\u00a0January\u00a02016" in window.view.who.findChildren(Label)[0].text()
    assert window.view.cards.size_card.table.model().index(0, 4).data() != everybody
    assert clipped(window.view) == []


def test_the_release_view_hides_lines_of_patients_and_comes_back(qtbot: QtBot, theme: Theme, admin: SignedIn) -> None:
    window = Window(qtbot, theme, admin, INSIDE[2])
    cards = window.view.cards
    assert cards.courses.lane_scroll.isVisible()
    window.view.toggle.click()
    window.settle()
    assert window.view.toggle.text() == "Show true counts"
    assert not cards.courses.lane_scroll.isVisible()
    assert not cards.courses.choice.isVisible()
    window.view.toggle.click()
    window.settle()
    assert cards.courses.lane_scroll.isVisible()


def test_a_nurse_reads_why_there_are_no_figures(qtbot: QtBot, theme: Theme, place: Path) -> None:
    nurse = open_registry(place, "okoro", PASSWORD, FixedClock(NOW))
    try:
        assert not nurse.may(Permission.COHORT)
        window = Window(qtbot, theme, nurse, INSIDE[0])
        assert not window.view.cards.isVisible()
        assert not window.view.make_report.isEnabled()
        assert clipped(window.view) == []
    finally:
        nurse.close()


@pytest.mark.parametrize("look", [Look.DARK, Look.HIGH_CONTRAST])
def test_another_look_changes_no_size(
    qtbot: QtBot, theme: Theme, qapp: QApplication, admin: SignedIn, look: Look
) -> None:
    theme.put_on(qapp, look)
    window = Window(qtbot, theme, admin, INSIDE[1])
    assert clipped(window.view) == []
