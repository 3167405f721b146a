"""A choice starts empty, is made by Space, arrow or click, and can be taken back; nothing changes by the wheel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.cards import ScrollColumn
from poems_registry.ui.widgets.choice import Option, SegmentedChoice
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.ticks import RadioButton

CAUSES = (("poems", "POEMS"), ("diabetes", "Diabetes"), ("other", "Other"))


@pytest.fixture
def choice(theme: Theme, qtbot: QtBot) -> SegmentedChoice:
    made = SegmentedChoice(theme, "Polyneuropathy")
    qtbot.addWidget(made)
    made.show()
    return made


def told_by(choice: SegmentedChoice) -> list[str]:
    told: list[str] = []
    choice.chosen.connect(told.append)
    return told


def test_nothing_is_chosen_at_the_start(choice: SegmentedChoice) -> None:
    assert choice.code() == ""
    assert [part.isChecked() for part in choice.parts()] == [False, False, False]


def test_going_to_it_by_tab_chooses_nothing(choice: SegmentedChoice) -> None:
    told = told_by(choice)
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    assert choice.code() == ""
    assert told == []


def test_space_chooses_the_part_in_focus(choice: SegmentedChoice) -> None:
    told = told_by(choice)
    QTest.keyClick(choice.parts()[0], Qt.Key.Key_Space)
    assert told == ["present"]


def test_a_letter_chooses_the_answer_that_begins_so_and_no_other_letter_anything(choice: SegmentedChoice) -> None:
    told = told_by(choice)
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    for letter in ("n", "z", "A", "p"):
        QTest.keyClicks(
            next(part for part in choice.parts() if part.focusPolicy() == Qt.FocusPolicy.StrongFocus), letter
        )
    assert told == ["not_assessed", "absent", "present"]


def test_the_same_letter_again_goes_to_the_next_answer_that_begins_so(theme: Theme, qtbot: QtBot) -> None:
    answers = [Option("male", "Male"), Option("not_known", "Not known"), Option("not_stated", "Not stated")]
    made = SegmentedChoice(theme, "Gender", answers)
    qtbot.addWidget(made)
    made.show()
    told = told_by(made)
    for _ in range(3):
        QTest.keyClicks(next(p for p in made.parts() if p.focusPolicy() == Qt.FocusPolicy.StrongFocus), "n")
    assert told == ["not_known", "not_stated", "not_known"]


def test_answers_one_below_the_other_are_chosen_by_their_letter_too(theme: Theme, qtbot: QtBot) -> None:
    place = QWidget()
    column = QVBoxLayout(place)
    answers = [
        RadioButton(theme, words) for words in ("Known allergies", "Allergies not recorded", "Allergies unavailable")
    ]
    for each in answers:
        column.addWidget(each)
    qtbot.addWidget(place)
    place.show()
    told = []
    for letter in ("k", "z", "A", "a"):
        QTest.keyClicks(answers[0], letter)
        told += [each.text() for each in answers if each.isChecked()]
    assert told == ["Known allergies", "Known allergies", "Allergies not recorded", "Allergies unavailable"]


def test_arrows_choose_from_nothing_the_first_or_the_last_then_go_round(choice: SegmentedChoice) -> None:
    told = told_by(choice)
    for _ in range(4):
        QTest.keyClick(choice.parts()[0], Qt.Key.Key_Right)
    assert told == ["present", "absent", "not_assessed", "present"]
    choice.choose("")
    QTest.keyClick(choice.parts()[0], Qt.Key.Key_Left)
    assert told[-1] == "not_assessed"


def test_every_point_of_a_part_can_be_clicked(choice: SegmentedChoice) -> None:
    told = told_by(choice)
    part = choice.parts()[1]
    QTest.mouseClick(part, Qt.MouseButton.LeftButton, pos=QPoint(part.width() - 2, 2))
    assert told == ["absent"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_an_answer_can_be_taken_back(choice: SegmentedChoice, key: Qt.Key) -> None:
    choice.choose("absent")
    told = told_by(choice)
    QTest.keyClick(choice.parts()[1], key)
    assert told == [""]
    assert choice.code() == ""


def test_showing_an_answer_tells_nobody(choice: SegmentedChoice) -> None:
    told = told_by(choice)
    choice.choose("present")
    choice.choose("")
    assert told == []


def test_an_answer_that_is_none_is_refused(choice: SegmentedChoice) -> None:
    with pytest.raises(ValueError, match="perhaps"):
        choice.choose("perhaps")


def test_return_never_chooses_or_submits(choice: SegmentedChoice) -> None:
    told = told_by(choice)
    QTest.keyClick(choice.parts()[0], Qt.Key.Key_Return)
    assert told == []


def test_tab_reaches_the_row_once(choice: SegmentedChoice) -> None:
    def stops() -> list[int]:
        return [n for n, part in enumerate(choice.parts()) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]

    assert stops() == [0]
    choice.choose("not_assessed")
    assert stops() == [2]


def test_a_screen_reader_hears_radio_buttons(choice: SegmentedChoice) -> None:
    roles = {QAccessible.queryAccessibleInterface(part).role() for part in choice.parts()}
    assert roles == {QAccessible.Role.RadioButton}


def test_each_part_says_what_it_is_about(choice: SegmentedChoice) -> None:
    names = [part.accessibleName() for part in choice.parts()]
    assert names == ["Present, Polyneuropathy", "Absent, Polyneuropathy", "Not assessed, Polyneuropathy"]


def test_a_list_starts_with_nothing_chosen_and_tells_only_what_a_person_chose(theme: Theme, qtbot: QtBot) -> None:
    combo = ComboBox(theme, CAUSES, placeholder="Choose")
    qtbot.addWidget(combo)
    combo.show()
    told: list[str] = []
    combo.chosen.connect(told.append)
    assert combo.code() == ""
    combo.choose("diabetes")
    assert (combo.code(), told) == ("diabetes", [])
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert told == ["other"]
    with pytest.raises(ValueError, match="nothing like it"):
        combo.choose("nothing like it")


def test_other_answers_keep_the_chosen_one_if_it_is_among_them(theme: Theme, qtbot: QtBot) -> None:
    combo = ComboBox(theme, CAUSES)
    qtbot.addWidget(combo)
    combo.choose("other")
    combo.set_options(CAUSES[1:])
    assert combo.code() == "other"


def wheel_over(widget: QWidget) -> None:
    window = widget.window()
    QTest.wheelEvent(window.windowHandle(), widget.mapTo(window, QPointF(widget.rect().center())), QPoint(0, -120))
    QApplication.processEvents()


@pytest.mark.parametrize("kind", ["combo", "spin", "slider"])
def test_the_wheel_scrolls_the_page_and_changes_no_value(theme: Theme, qtbot: QtBot, kind: str) -> None:
    field: QWidget
    if kind == "combo":
        field = ComboBox(theme, CAUSES)
        field.choose("poems")
    else:
        field = QSpinBox() if kind == "spin" else QSlider(Qt.Orientation.Vertical)
        field.setProperty("value", 50)
    content = QWidget()
    column = QVBoxLayout(content)
    column.addWidget(field)
    column.addSpacing(2000)
    area = ScrollColumn(content)
    area.resize(300, 200)
    qtbot.addWidget(area)
    area.show()
    field.setFocus()
    before = field.property("currentIndex" if kind == "combo" else "value")
    wheel_over(field)
    assert field.property("currentIndex" if kind == "combo" else "value") == before
    assert area.verticalScrollBar().value() > 0
