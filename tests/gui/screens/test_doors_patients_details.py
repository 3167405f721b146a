"""From the unlock window to an added patient by keyboard, on a real encrypted file; nothing cut at any size."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.domain.locations import Location
from poems_registry.domain.records import Patient
from poems_registry.services.access import SignedIn
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.doors import Doors
from poems_registry.services.form_drafts import FormDraftService
from poems_registry.services.patients import PatientService
from poems_registry.services.registry import open_registry
from poems_registry.services.training.demo import PASSWORD, make_demo
from poems_registry.system import paths
from poems_registry.system.clock import FixedClock
from poems_registry.ui.screens.details.presenter import DetailsPresenter
from poems_registry.ui.screens.details.view import DetailsScreen
from poems_registry.ui.screens.first_start.presenter import FirstStartPresenter
from poems_registry.ui.screens.first_start.view import FirstStartScreen
from poems_registry.ui.screens.patients.presenter import PatientsPresenter
from poems_registry.ui.screens.patients.view import PatientsScreen
from poems_registry.ui.screens.unlock.presenter import UnlockPresenter
from poems_registry.ui.screens.unlock.view import UnlockScreen
from poems_registry.ui.tasks import Inline
from poems_registry.ui.theme.theme import Theme
from tests.gui.clipping import clipped

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SIZES = (QSize(1024, 476), QSize(1093, 590), QSize(1366, 744), QSize(1920, 1056))
"""Windows of design/screens.md, less the training bar."""
INSIDE = (QSize(944, 448), QSize(1013, 562), QSize(1222, 716), QSize(1776, 1028))
"""The same windows, less bar, rail and status line."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A training registry of 60; copied for each test."""
    folder = tmp_path_factory.mktemp("training")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_demo(folder, 60, 1, FixedClock(NOW))
    return folder


@pytest.fixture
def file(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of one's own."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    for name in ("training.registry", "training.keys"):
        shutil.copy(made / name, tmp_path / name)
    return tmp_path / "training.registry"


@pytest.fixture
def signed_in(file: Path) -> Iterator[SignedIn]:
    """A clinician inside."""
    opened = open_registry(file, "rahman", PASSWORD, FixedClock(NOW))
    yield opened
    opened.close()


class Going:
    """Where the screens led to."""

    def __init__(self) -> None:
        self.inside: list[SignedIn] = []
        self.opened: list[int] = []
        self.doors: list[Location] = []
        self.said: list[str] = []
        self.forms = self.starts = self.lists = 0

    def entered(self, signed_in: SignedIn) -> None:
        self.inside.append(signed_in)

    def unlock(self, place: Location, user: str = "") -> None:
        self.doors.append(place)

    def first_start(self) -> None:
        self.starts += 1

    def patient(self, patient_id: int) -> None:
        self.opened.append(patient_id)

    def join(self, patient_id: int, other_id: int = 0) -> None:
        self.opened.append(other_id)

    def show_patient(self, patient: Patient) -> None:
        self.opened.append(patient.id)

    def patients(self) -> None:
        self.lists += 1

    def add_patient(self) -> None:
        self.forms += 1

    def hold_keys(self) -> None:
        """Nothing is typed here."""

    def say_saved(self, words: str) -> None:
        self.said.append(words)


def show(qtbot: QtBot, screen: QWidget, size: QSize) -> None:
    qtbot.addWidget(screen)
    screen.resize(size)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    for _ in range(6):
        QApplication.processEvents()


def unlock_window(qtbot: QtBot, theme: Theme, file: Path, size: QSize) -> tuple[UnlockScreen, UnlockPresenter, Going]:
    going, screen = Going(), UnlockScreen(theme)
    presenter = UnlockPresenter(screen, Doors(), Inline(), going)
    screen.attend(presenter)
    show(qtbot, screen, size)
    presenter.open(file, "rahman")
    return screen, presenter, going


def list_window(qtbot: QtBot, theme: Theme, me: SignedIn, size: QSize) -> tuple[PatientsScreen, ChangeFeed, Going]:
    going, screen, feed = Going(), PatientsScreen(theme), ChangeFeed()
    presenter = PatientsPresenter(screen, PatientService(me), Inline(), feed, going)
    screen.attend(presenter)
    show(qtbot, screen, size)
    presenter.open()
    return screen, feed, going


def test_the_unlock_window_is_painted_without_the_database_or_paper() -> None:
    program = (
        "import sys\n"
        "from poems_registry.ui.screens.unlock import view, presenter\n"
        "from poems_registry.ui.screens.first_start import view, presenter\n"
        "from poems_registry.services.doors import Doors\n"
        "heavy = {'sqlalchemy', 'alembic', 'sqlcipher3', 'reportlab', 'pikepdf', 'xlsxwriter', 'openpyxl'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_wrong_password_is_told_and_the_right_one_leads_in(qtbot: QtBot, theme: Theme, file: Path) -> None:
    screen, _, going = unlock_window(qtbot, theme, file, SIZES[2])
    field = next(each for each in screen.findChildren(QLineEdit) if each.accessibleName() == "Password")
    QTest.keyClicks(field, "not the password")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert going.inside == []
    assert "Wrong name or password." in screen.wrong_words()
    qtbot.waitUntil(screen.may_try, timeout=5000)
    field.selectAll()
    QTest.keyClicks(field, PASSWORD)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [each.person.user for each in going.inside] == ["rahman"]
    going.inside[0].close()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_nothing_is_cut_at_the_doors(qtbot: QtBot, theme: Theme, file: Path, size: QSize) -> None:
    screen, presenter, _ = unlock_window(qtbot, theme, file, size)
    said = {"as it opens": settled(screen)}
    presenter.open(file.with_name("missing.registry"))
    said["a file that is not there"] = settled(screen)
    presenter.use_recovery(True)
    presenter.recover("", "", "short")
    said["recovery with all fields wrong"] = settled(screen)
    presenter.use_recovery(False)
    presenter.help(True)
    said["help"] = settled(screen)
    assert {where: words for where, words in said.items() if words} == {}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
def test_nothing_is_cut_on_the_first_start(qtbot: QtBot, theme: Theme, tmp_path: Path, size: QSize) -> None:
    screen = FirstStartScreen(theme)
    presenter = FirstStartPresenter(screen, Doors(), Inline(), Going(), tmp_path)
    screen.attend(presenter)
    show(qtbot, screen, size)
    presenter.open()
    said = {"choose": settled(screen)}
    presenter.make_new()
    screen.place.go.click()
    said["place"] = settled(screen)
    presenter.placed({"clinic": "National POEMS Clinic", "hospital": "", "file": "ours"})
    screen.people.go.click()
    said["people"] = settled(screen)
    for person, user in zip(screen.people.people.values(), ("adams", "baker", "osei"), strict=True):
        person.fields["name"].show_text(user.title())
        person.fields["user"].show_text(user)
        person.offer(Doors().phrase())
    screen.people.go.click()
    said["key"] = settled(screen)
    screen.key.go.click()
    screen.key.by_hand.setChecked(True)
    screen.key.go.click()
    screen.type_back.go.click()
    said["type back"] = settled(screen)
    assert {where: words for where, words in said.items() if words} == {}
    assert list(tmp_path.glob("*.registry")) == []


def settled(screen: QWidget) -> list[str]:
    """What is cut after the layout came to rest; a chip paints its letter only and says the rest."""
    for _ in range(6):
        QApplication.processEvents()
    return [words for words in clipped(screen) if not words.startswith("LetterChip")]


def test_typing_narrows_the_list_and_return_opens(qtbot: QtBot, theme: Theme, signed_in: SignedIn) -> None:
    screen, _, going = list_window(qtbot, theme, signed_in, INSIDE[2])
    assert screen.search.hasFocus()
    everyone = PatientService(signed_in).find(limit=500).rows
    wanted = everyone[7]
    QTest.keyClicks(screen.search, wanted.nhs_number)
    assert [row.id for row in screen.rows()] == [wanted.id]
    QTest.keyClick(screen.search, Qt.Key.Key_Return)
    assert going.opened == [wanted.id]
    QTest.keyClick(screen.search, Qt.Key.Key_Escape)
    assert len(screen.rows()) > 8
    QTest.keyClick(screen.search, Qt.Key.Key_Down)  # the bar is still on the one that was found
    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    ids = [row.id for row in screen.rows()]
    assert going.opened[-1] == ids[ids.index(wanted.id) + 1]


def test_tab_goes_through_the_list_as_one_reads_it(qtbot: QtBot, theme: Theme, signed_in: SignedIn) -> None:
    screen, _, _ = list_window(qtbot, theme, signed_in, INSIDE[2])
    settled(screen)
    passed: list[QWidget] = []
    while QApplication.focusWidget() is not screen.table and len(passed) < 30:
        focus = QApplication.focusWidget()
        assert focus is not None
        passed.append(focus)
        QTest.keyClick(passed[-1], Qt.Key.Key_Tab)
    names = [type(each).__name__ for each in passed]
    assert names == ["SearchBox", "SavedButton", "Button", *["FilterChip"] * 7]
    heights = [each.mapTo(screen, each.rect().center()).y() for each in passed]
    assert heights == sorted(heights)


def test_scrolling_to_the_end_fetches_everybody_and_keeps_the_place(
    qtbot: QtBot, theme: Theme, signed_in: SignedIn
) -> None:
    screen, _, _ = list_window(qtbot, theme, signed_in, INSIDE[2])
    screen.table.scrollToBottom()
    qtbot.waitUntil(lambda: len(screen.rows()) == 60)
    assert screen.table.verticalScrollBar().value() > 0


def test_a_column_title_sorts_the_whole_registry(qtbot: QtBot, theme: Theme, signed_in: SignedIn) -> None:
    screen, _, _ = list_window(qtbot, theme, signed_in, INSIDE[2])
    screen.table.sort_by(4)
    screen.table.sort_by(4)
    latest = max(row.last_visit for row in PatientService(signed_in).find(limit=500).rows if row.last_visit)
    shown = PatientService(signed_in).who(screen.rows()[0].id)
    found = PatientService(signed_in).find(shown.nhs_number).rows[0]
    assert found.last_visit == latest


@pytest.mark.parametrize("size", INSIDE, ids=lambda size: f"{size.width()}x{size.height()}")
def test_nothing_is_cut_in_the_list(qtbot: QtBot, theme: Theme, signed_in: SignedIn, size: QSize) -> None:
    screen, _, _ = list_window(qtbot, theme, signed_in, size)
    said = {"everyone": settled(screen)}
    screen.table.sort_by(5)
    said["by next due"] = settled(screen)
    QTest.keyClicks(screen.search, "zzzz")
    said["nobody found"] = settled(screen)
    assert {where: words for where, words in said.items() if words} == {}


def test_an_administrator_sees_no_clinical_column(qtbot: QtBot, theme: Theme, file: Path) -> None:
    admin = open_registry(file, "castellan", PASSWORD, FixedClock(NOW))
    try:
        screen, _, _ = list_window(qtbot, theme, admin, INSIDE[2])
        shown = [place for place in range(8) if not screen.table.isColumnHidden(place)]
        assert shown == [0, 4, 5, 7]
        assert settled(screen) == []
    finally:
        admin.close()


def test_a_patient_is_added_by_keyboard_and_stands_in_the_list(qtbot: QtBot, theme: Theme, signed_in: SignedIn) -> None:
    listed, feed, going = list_window(qtbot, theme, signed_in, INSIDE[2])
    QTest.keyClick(listed.search, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert going.forms == 1
    screen = DetailsScreen(theme)
    presenter = DetailsPresenter(screen, PatientService(signed_in), Inline(), feed, going, FormDraftService(signed_in))
    screen.attend(presenter)
    show(qtbot, screen, INSIDE[2])
    presenter.add()
    for code, text in (("family_name", "Whitlock"), ("given_name", "Iris"), ("born", "2.3.1958")):
        screen.focus_field(code)
        field = screen.focusWidget()
        assert field is not None
        QTest.keyClicks(field, text)
    screen.focus_field("nhs_number")
    field = screen.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "9990001375")
    assert field.property("text") == "999 000 1375"
    QTest.keyClick(screen, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert going.said == ["Added WHITLOCK, Iris"]
    QTest.keyClicks(listed.search, "whitlock")
    assert [row.name for row in listed.rows()] == ["WHITLOCK, Iris"]
    assert listed.rows()[0].id == going.opened[0]


@pytest.mark.parametrize("size", INSIDE, ids=lambda size: f"{size.width()}x{size.height()}")
def test_nothing_is_cut_in_the_form_with_all_its_errors(
    qtbot: QtBot, theme: Theme, signed_in: SignedIn, size: QSize
) -> None:
    screen = DetailsScreen(theme)
    people = PatientService(signed_in)
    presenter = DetailsPresenter(screen, people, Inline(), ChangeFeed(), Going(), FormDraftService(signed_in))
    screen.attend(presenter)
    show(qtbot, screen, size)
    presenter.add()
    said = {"new": settled(screen)}
    for code, text in (("born", "12/3/26"), ("nhs_number", "AB123456C"), ("postcode", "XX1 1XX"), ("died", "2031")):
        presenter.typed(code, text)
        presenter.left(code)
    presenter.save()
    assert len(screen.summary.findChildren(QWidget)) > 4
    said["errors"] = settled(screen)
    known = people.find().rows[3]
    presenter.open(known.id)
    said["known"] = settled(screen)
    twin = people.who(known.id)
    presenter.add()
    presenter.take_back()
    presenter.add()
    for code, text in (("family_name", twin.family_name), ("given_name", twin.given_name)):
        presenter.typed(code, text)
    presenter.save()
    assert screen.compare.isVisible()
    said["look-alikes"] = settled(screen)
    assert {where: words for where, words in said.items() if words} == {}
