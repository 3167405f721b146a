"""The visit in its window: everything readable at every size, reached by keyboard, named for a screen reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.rehearsal.scripted_visit import weight_like_last
from poems_registry.services.access import SignedIn
from poems_registry.services.training.demo import PASSWORD
from poems_registry.system import paths
from poems_registry.ui.screens.visit.dialogs import BlocksDialog, SigningDialog
from poems_registry.ui.screens.visit.form_row import FormRow
from poems_registry.ui.screens.visit.shown import Reminder
from poems_registry.ui.theme.theme import Theme
from tests.gui.clipping import clipped
from tests.gui.screens.visit_window import Window, copy_training, make_training, sign_in, wait_a_minute

SIZES = [(1024, 500), (1093, 614), (1366, 768), (1920, 1080)]
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="session")
def training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that is copied."""
    folder = tmp_path_factory.mktemp("visit_training")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        make_training(folder)
    return folder


@pytest.fixture
def signed_in(training: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SignedIn]:
    """The clinician at a registry of the test's own."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    opened = sign_in(copy_training(training, tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def window(theme: Theme, signed_in: SignedIn) -> Iterator[Window]:
    """A ward PC's window."""
    made = Window(theme, signed_in)
    yield made
    made.close()


def cut(widget: QWidget) -> list[str]:
    """What cannot be read; a criterion's chip paints its sign, its words are for the screen reader."""
    return [words for words in clipped(widget) if not words.startswith("CriterionChip")]


def keyboard() -> QWidget:
    """The control that has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def fill(window: Window) -> None:
    """Every kind of thing a row can show."""
    visit = window.presenter
    for code, text in {
        "p_status": "present", "onls_arm": "3", "onls_leg": "4", "grip_right_kg": "96", "walk_10m": "2.5",
        "pain_nrs": "twelve", "motor_weakness": "present", "weakness_sites": "distal_legs|foot_drop_left",
        "platelets": "1980", "haemoglobin": "12.1 g/dL", "vegf_serum": "<31", "plethora": "present",
        "o_status": "absent", "splenomegaly": "present", "next_visit": "+3m", "axis_gonadal": "abnormal",
    }.items():  # fmt: skip
        visit.typed(code, text)
    visit.gave_cause("plethora", "other", "rosacea")
    visit.unchanged("falls")
    visit.lines.add_medicine()
    visit.lines.type_medicine(len(visit.lines.listed) - 1, "dose", "15 mg once a day, days 1 to 21 of 28")
    visit.lines.add_action("gp")
    visit.woken(Reminder.JUDGE)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_at_any_size_in_any_section(theme: Theme, signed_in: SignedIn, width: int, height: int) -> None:
    window = Window(theme, signed_in, width, height)
    window.begin()
    fill(window)
    for section in window.view.sections():
        window.view.open_section(section)
        window.settle()
        assert cut(window.view) == [], section
    window.close()


def test_a_long_page_that_is_made_a_few_rows_at_a_time_ends_as_it_should(
    qtbot: QtBot, theme: Theme, signed_in: SignedIn
) -> None:
    window = Window(theme, signed_in, 1024, 500)
    window.begin()
    fill(window)
    for section in ("neuropathy", "monoclonal", "blood"):
        window.view.open_section(section)
        page = window.view.page(section)
        assert not page.complete, "the first rows are shown before the last are made"
        qtbot.waitUntil(lambda page=page: page.complete)  # type: ignore[misc]
        for _ in range(4):
            QApplication.processEvents()
        assert cut(window.view) == [], section
    window.close()


def test_tab_goes_through_each_section_from_top_to_bottom_and_then_to_panel_and_foot(window: Window) -> None:
    window.begin()
    fill(window)
    for section in window.view.sections():
        window.view.open_section(section)
        window.settle()
        places: list[tuple[int, int]] = []
        page = window.view.page(section)
        widget = keyboard()
        while page.isAncestorOf(widget):
            places.append(
                (widget.mapTo(page, QPoint(0, widget.height() // 2)).y(), widget.mapTo(page, QPoint(0, 0)).x())
            )
            QTest.keyClick(widget, Qt.Key.Key_Tab)
            QApplication.processEvents()
            widget = keyboard()
        lines = [(round(y / 24), x) for y, x in places]
        assert lines == sorted(lines), section
        assert len(places) >= 2, section


def test_every_control_has_a_name_for_a_screen_reader(window: Window) -> None:
    window.begin()
    fill(window)
    nameless = []
    for section in window.view.sections():
        window.view.open_section(section)
        window.settle()
        for widget in window.view.findChildren(QWidget):
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None and widget.isVisible():
                text = getattr(widget, "text", str)() if not isinstance(widget, QLineEdit) else ""
                if not (widget.accessibleName() or text):
                    nameless.append((section, type(widget).__name__))
    assert nameless == []


def wheel_over(widget: QWidget) -> QWheelEvent:
    """One notch towards the person."""
    at, none = QPointF(4, 4), Qt.KeyboardModifier.NoModifier
    notch, buttons, phase = QPoint(0, -120), Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(at, widget.mapToGlobal(at), notch, notch, buttons, none, phase, False)


def test_return_and_the_wheel_change_nothing(window: Window) -> None:
    window.begin()
    window.view.open_section("neuropathy")
    window.settle()
    before = dict(window.presenter.draft.fields)
    for widget in window.view.page("neuropathy").findChildren(QWidget):
        if isinstance(widget, QComboBox | QLineEdit) and widget.isVisible():
            QTest.keyClick(widget, Qt.Key.Key_Return)
            QApplication.sendEvent(widget, wheel_over(widget))
    assert window.presenter.draft.fields == before
    assert window.frame.findChildren(SigningDialog) == []


def test_the_keys_of_a_field_say_why_there_is_no_value_and_confirm_last_time(window: Window) -> None:
    window.begin()
    window.view.go_to("falls")
    QTest.keyClick(keyboard(), Qt.Key.Key_U, ALT)
    row = window.view.row("falls")
    assert isinstance(row, FormRow)
    assert (row.confirm.confirmed, row.confirm.text()) == (True, "Confirmed")
    assert window.presenter.draft.fields["falls"].confirmed_from is not None
    window.view.go_to("walk_10m")
    QTest.keyClick(keyboard(), Qt.Key.Key_F9)
    QTest.keyClicks(keyboard(), "Wrist in plaster")
    assert window.presenter.draft.fields["walk_10m"].note == "Wrist in plaster"
    QTest.keyClick(keyboard(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(keyboard(), Qt.Key.Key_Delete)
    assert "walk_10m" not in window.presenter.draft.fields
    QTest.keyClick(keyboard(), Qt.Key.Key_F6)
    assert window.presenter.draft.fields["walk_10m"].state == "not_done"


def test_a_link_to_a_field_scrolls_to_it(window: Window) -> None:
    window.begin()
    window.view.go_to("ncs_ulnar_dml")
    window.settle()
    field = keyboard()
    assert field.accessibleName() == "Ulnar distal latency"
    assert not field.visibleRegion().isEmpty()


def test_sections_open_by_their_keys_and_ctrl_return_goes_on(window: Window) -> None:
    window.begin()
    for key, section in ((Qt.Key.Key_P, "neuropathy"), (Qt.Key.Key_M, "monoclonal"), (Qt.Key.Key_3, "blood")):
        QTest.keyClick(keyboard(), key, ALT)
        assert window.view.section() == section
    QTest.keyClick(keyboard(), Qt.Key.Key_Return, CTRL)
    assert window.view.section() == "hormones"


class Hand:
    """Types as a person does, and counts the keys that are no value."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.keys = 0

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier, times: int = 1) -> None:
        """One key, perhaps with Alt or Ctrl held."""
        held = Qt.KeyboardModifier.NoModifier
        for each in modifiers:
            held |= each
        for _ in range(times):
            self.keys += 1
            QTest.keyClick(keyboard(), key, held)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """A value; its letters are not counted."""
        QTest.keyClicks(keyboard(), text)

    def tab_to(self, name: str) -> None:
        """Tab until the field of this name; each Tab is counted."""
        for _ in range(40):
            if keyboard().accessibleName().startswith(name):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"no way to {name}")


NERVES = (
    ("ONLS arm", "2"),
    ("ONLS leg", "3"),
    ("Grip left", "24"),
    ("Grip right", "26"),
    ("10 m walk", "9.8"),
    ("Pain", "4"),
)
STATUSES = {
    "p_status": "present",
    "o_status": "absent",
    "e_status": "absent",
    "m_status": "present",
    "s_status": "absent",
}


def enter_features(hand: Hand) -> None:
    """The five statuses, and under P what is measured."""
    hand.press(Qt.Key.Key_P, ALT)
    hand.press(Qt.Key.Key_Space)
    for name, value in NERVES:
        hand.tab_to(name)
        hand.type(value)
    for present in (False, False, True, False):
        hand.press(Qt.Key.Key_Return, CTRL)
        hand.press(Qt.Key.Key_Space if present else Qt.Key.Key_Right, times=1 if present else 2)


def enter_results(hand: Hand, weight: str) -> None:
    """Weight and two results."""
    hand.press(Qt.Key.Key_Return, CTRL)
    hand.tab_to("Weight")
    hand.type(weight)
    hand.press(Qt.Key.Key_3, ALT)
    hand.tab_to("VEGF, serum")
    hand.type("640")
    hand.tab_to("Platelets")
    hand.type("210")


def enter_plan(hand: Hand) -> None:
    """A medicine at another dose, the plan, the next visit."""
    hand.press(Qt.Key.Key_5, ALT)
    hand.tab_to("Dose and how often, medicine 1")
    hand.press(Qt.Key.Key_A, CTRL)
    hand.type("15 mg")
    hand.tab_to("Why, medicine 1")
    hand.type("Better counts")
    hand.press(Qt.Key.Key_6, ALT)
    hand.tab_to("What happens next")
    hand.type("Go on with treatment. Blood tests monthly.")
    hand.tab_to("Next visit")
    hand.type("+3m")


def test_a_normal_follow_up_takes_at_most_sixty_keys_beside_its_values(window: Window) -> None:
    """The script of decision 22, from the open visit to the signature."""
    encounter_id = window.begin(window.with_medicines())
    hand = Hand(window)
    enter_features(hand)
    enter_results(hand, weight_like_last(window.visits.open(encounter_id).file))
    enter_plan(hand)
    hand.press(Qt.Key.Key_F, ALT)
    assert window.frame.findChildren(BlocksDialog) == []
    hand.type(PASSWORD)
    hand.press(Qt.Key.Key_Return)
    window.settle()
    signed = window.visits.open(encounter_id).encounter
    values = {f.item: f.value for f in signed.findings}
    assert (signed.state, values["grip_right_kg"], values["platelets"], values["s_status"]) == (
        "signed",
        26,
        210,
        "absent",
    )
    assert (signed.medicines[0].change, signed.medicines[0].dose) == ("changed", "15 mg")
    assert window.presenter.draft.fields["next_visit"].text == "20-Feb-2027"
    assert hand.keys <= 60


def test_signing_on_the_real_file_freezes_the_visit_and_offers_its_letter(window: Window, signed_in: SignedIn) -> None:
    encounter_id = window.begin()
    for code, answer in STATUSES.items():
        window.presenter.typed(code, answer)
    window.presenter.finish()
    dialog = window.frame.findChildren(SigningDialog)[0]
    QTest.keyClicks(dialog.password.edit, "not the password")
    QTest.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    window.settle()
    assert window.visits.open(encounter_id).encounter.state == "draft"
    assert dialog.isVisible()
    dialog.reject()
    wait_a_minute(signed_in)
    window.presenter.finish()
    window.settle()
    dialog = next(d for d in window.frame.findChildren(SigningDialog) if d.isVisible())
    assert cut(dialog) == []
    signed = window.visits.open(encounter_id).encounter
    assert signed.state == "draft"
    window.presenter.sign(PASSWORD)
    window.settle()
    signed = window.visits.open(encounter_id).encounter
    assert (signed.state, signed.verdict is not None) == ("signed", True)
    assert window.view.page(window.view.section()).findChildren(QRadioButton) == []
    window.presenter.write_letter()
    assert window.nowhere.went == [("letter", 70)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_signed_visit_is_read_from_its_top_and_nothing_of_it_is_cut(
    theme: Theme, signed_in: SignedIn, width: int, height: int
) -> None:
    window = Window(theme, signed_in, width, height)
    file = window.patients.open(window.longest_record()).file
    window.presenter.open(file.counted[-1].id)
    window.settle()
    for section in window.view.sections():
        window.view.open_section(section)
        window.settle()
        assert cut(window.view) == [], section
        top = window.view.page(section).mapTo(window.view, QPoint(0, 0)).y()
        assert top == keyboard().mapTo(window.view, QPoint(0, 0)).y(), section
    window.close()


def test_what_was_typed_is_in_the_registry_after_the_timer_and_comes_back_in_another_window(
    qtbot: QtBot, theme: Theme, window: Window, signed_in: SignedIn
) -> None:
    encounter_id = window.begin()
    window.view.go_to("onls_arm")
    QTest.keyClicks(keyboard(), "9x")
    qtbot.waitUntil(lambda: window.nowhere.saved != [], timeout=3000)
    assert window.visits.open(encounter_id).draft.fields["onls_arm"].text == "9x"
    other = Window(theme, signed_in)
    other.presenter.open(encounter_id)
    other.view.go_to("onls_arm")
    other.settle()
    field = keyboard()
    assert isinstance(field, QLineEdit)
    assert field.text() == "9x"
    other.close()
