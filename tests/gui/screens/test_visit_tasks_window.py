"""The sheet of tasks behind a score, by the keyboard alone, on a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from poems_registry.services.access import SignedIn
from poems_registry.system import paths
from poems_registry.ui.screens.visit.form_row import FormRow
from poems_registry.ui.screens.visit.task_sheet import RowTasks
from poems_registry.ui.theme.theme import Theme
from tests.gui.clipping import clipped
from tests.gui.screens.visit_window import Window, copy_training, make_training, sign_in

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key copies and logs stay in the test's own folder."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_training(folder)
    return folder


@pytest.fixture
def signed_in(training: Path, tmp_path: Path) -> Iterator[SignedIn]:
    me = sign_in(copy_training(training, tmp_path))
    yield me
    me.close()


@pytest.fixture
def window(theme: Theme, signed_in: SignedIn) -> Iterator[Window]:
    made = Window(theme, signed_in)
    yield made
    made.close()


def keyboard() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(keyboard(), key, held)
    QApplication.processEvents()


def tasks(window: Window, code: str) -> RowTasks:
    row = window.view.row(code)
    assert isinstance(row, FormRow)
    assert row.tasks is not None
    return row.tasks


def test_seven_digits_and_seven_enters_give_the_arm_grade_and_lead_back_to_it(window: Window) -> None:
    window.begin()
    window.view.go_to("onls_arm")
    window.settle()
    grade = keyboard()
    assert not tasks(window, "onls_arm").is_open
    press(Qt.Key.Key_T, ALT)
    assert tasks(window, "onls_arm").is_open
    assert keyboard().accessibleName() == "Tingling, numbness or weakness in the hands"
    for digit in "1012001":
        QTest.keyClicks(keyboard(), digit)
        press(Qt.Key.Key_Return)
    assert not tasks(window, "onls_arm").is_open
    assert keyboard() is grade
    fields = window.presenter.draft.fields
    assert fields["onls_arm"].text == "3"
    assert (fields["arm_symptoms"].text, fields["task_cutlery"].text) == ("present", "prevented")


def test_escape_leaves_the_sheet_and_another_digit_replaces_the_first(window: Window) -> None:
    window.begin()
    window.view.go_to("onls_leg")
    window.settle()
    press(Qt.Key.Key_T, ALT)
    QTest.keyClicks(keyboard(), "1")
    QTest.keyClicks(keyboard(), "0")
    assert window.presenter.draft.fields["leg_activities"].text == "absent"
    press(Qt.Key.Key_Down)
    assert keyboard().accessibleName() == "Gait looks abnormal"
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Escape)
    assert keyboard().accessibleName().startswith("ONLS leg")
    assert not tasks(window, "onls_leg").is_open


def test_what_is_no_answer_is_refused_beside_the_task_and_its_link_opens_the_sheet(window: Window) -> None:
    window.begin()
    window.view.go_to("onls_leg")
    window.settle()
    press(Qt.Key.Key_T, ALT)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    QTest.keyClicks(keyboard(), "7")
    window.settle()
    sheet = tasks(window, "onls_leg").sheet
    assert sheet is not None
    assert "choose one of" in sheet.boxes["leg_support"].shown.words.lower()
    press(Qt.Key.Key_Escape)
    window.view.go_to("leg_support")
    window.settle()
    assert tasks(window, "onls_leg").is_open
    assert keyboard().accessibleName() == "Support for 10 m"


def test_a_person_who_types_the_grade_meets_no_stop_more(window: Window) -> None:
    window.begin()
    window.view.go_to("onls_arm")
    window.settle()
    QTest.keyClicks(keyboard(), "2")
    press(Qt.Key.Key_Tab)
    assert keyboard().accessibleName().startswith("ONLS leg")


@pytest.mark.parametrize(("width", "height"), [(1024, 500), (1093, 614), (1366, 768), (1920, 1080)])
def test_no_word_of_an_open_sheet_is_cut(theme: Theme, signed_in: SignedIn, width: int, height: int) -> None:
    window = Window(theme, signed_in, width, height)
    window.begin()
    for section, codes in (
        ("neuropathy", ("onls_arm", "onls_leg", "mrc_sum")),
        ("scores", ("incat_arm", "mrs", "ecog")),
    ):
        window.view.open_section(section)
        window.settle()
        for code in codes:
            tasks(window, code).open()
        window.presenter.typed("mrc_variant", "14")
        window.presenter.typed("onls_arm", "4")
        window.presenter.typed("walk_10m", "9")
        window.settle()
        assert [words for words in clipped(window.view) if not words.startswith("CriterionChip")] == []
    window.close()
