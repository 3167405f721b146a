"""Fields keep what was typed, say at once what is wrong, and submit nothing by Return."""

import pytest
from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.domain.dates import AmbiguousDate, PartialDate
from poems_registry.ui.field_mark import Mark
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.fields import CalendarSheet, DateField, LineEdit, NumberField, SearchBox, TextArea
from poems_registry.ui.widgets.labels import Label
from poems_registry.ui.widgets.password import PasswordField


def read(text: str) -> str:
    """A tiny parser: one good date, one with two meanings, everything else refused."""
    if text in ("14 jul 55", "14-Jul-1955"):
        return "14-Jul-1955"
    if text == "050427":
        raise AmbiguousDate((PartialDate(2027, 4, 5), PartialDate(1927, 4, 5)))
    raise ValueError("Type a date such as 14-Jul-1955.")


def shown(reading: object) -> str:
    assert isinstance(reading, PartialDate)
    return f"{reading.day:02d}-Apr-{reading.year}"


@pytest.fixture
def day(theme: Theme, qtbot: QtBot) -> DateField:
    made = DateField(theme, read, name="Born", show_reading=shown)
    qtbot.addWidget(made)
    made.show()
    return made


def words(field: QWidget) -> list[str]:
    return [label.text() for label in field.findChildren(Label) if not label.isHidden() and label.text()]


def offers(field: QWidget) -> list[Button]:
    return [button for button in field.findChildren(Button) if button.isVisible() and button.text() != "Calendar"]


def test_a_date_in_any_form_is_written_in_the_clinics_form_when_left(day: DateField) -> None:
    settled: list[str] = []
    day.settled.connect(settled.append)
    QTest.keyClicks(day.edit, "14 jul 55")
    day.settle()
    assert (day.text(), settled) == ("14-Jul-1955", ["14-Jul-1955"])


def test_a_date_that_cannot_be_read_stays_as_typed_and_says_why(day: DateField) -> None:
    failed: list[str] = []
    day.failed.connect(failed.append)
    QTest.keyClicks(day.edit, "31 foo")
    day.settle()
    assert day.text() == "31 foo"
    assert words(day) == failed == ["Type a date such as 14-Jul-1955."]
    assert day.edit.property("mark") == Mark.ERROR
    QTest.keyClicks(day.edit, "x")
    assert words(day) == []


def test_a_date_with_two_meanings_asks_and_never_guesses(day: DateField) -> None:
    day.edit.setText("050427")
    day.settle()
    assert [button.text() for button in offers(day)] == ["05-Apr-2027", "05-Apr-1927"]
    assert day.text() == "050427"


def test_an_emptied_date_is_an_answer_too(day: DateField) -> None:
    settled: list[str] = []
    day.settled.connect(settled.append)
    day.settle()
    assert settled == [""]


def test_the_calendar_writes_the_day_in_the_clinics_form_whatever_the_region(theme: Theme, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    sheet = CalendarSheet(theme, QDate(2026, 5, 9), parent)
    picked: list[str] = []
    sheet.picked.connect(picked.append)
    today = next(button for button in sheet.findChildren(Button) if button.text() == "Today")
    today.click()
    assert picked == ["09-May-2026"]


def test_a_number_stays_as_typed_and_its_meaning_stands_beside_it(theme: Theme, qtbot: QtBot) -> None:
    field = NumberField(theme, unit="pg/mL")
    qtbot.addWidget(field)
    field.show()
    typed: list[str] = []
    field.typed.connect(typed.append)
    QTest.keyClicks(field.edit, "<31")
    field.show_meaning("below 31, not 31")
    assert typed == ["<", "<3", "<31"]
    assert words(field) == ["pg/mL", "below 31, not 31"]
    field.show_text("640")
    assert typed[-1] == "<31"


def test_return_in_a_field_presses_no_button_of_a_dialog(theme: Theme, qtbot: QtBot) -> None:
    dialog = Dialog(theme, "A question")
    qtbot.addWidget(dialog)
    field = LineEdit(theme)
    dialog.body.addWidget(field)
    pressed: list[bool] = []
    main = Button(theme, "Save")
    main.clicked.connect(lambda: pressed.append(True))
    dialog.set_actions(main)
    dialog.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Enter)
    assert pressed == []
    assert dialog.isVisible()
    QTest.keyClick(main, Qt.Key.Key_Return)
    assert pressed == [True]


def test_the_search_box_passes_keys_on_to_the_list(theme: Theme, qtbot: QtBot) -> None:
    box = SearchBox(theme, "Find a patient", "Name, NHS number, hospital number or birth date", "Name or number")
    qtbot.addWidget(box)
    box.show()
    heard: list[str] = []
    box.down.connect(lambda: heard.append("down"))
    box.opened.connect(lambda: heard.append("open"))
    box.textEdited.connect(heard.append)
    QTest.keyClicks(box, "sm")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(box, key)
    assert heard == ["s", "sm", "down", "open", ""]
    assert box.text() == ""


def test_the_search_box_takes_the_short_hint_where_the_long_one_does_not_fit(theme: Theme, qtbot: QtBot) -> None:
    box = SearchBox(theme, "Find a patient", "Name, NHS number, hospital number or birth date", "Name or number")
    qtbot.addWidget(box)
    box.resize(500, 32)
    box.show()
    assert box.placeholderText().startswith("Name, NHS number")
    box.resize(200, 32)
    assert box.placeholderText() == "Name or number"


def press(field: QWidget, key: Qt.Key, text: str, shift: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key as the system sends it, with the letter that comes out."""
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, key, shift, text))


def warned(field: PasswordField) -> bool:
    return field.caps_lock_warned


def test_a_password_is_hidden_until_asked_and_hidden_again_when_cleared(theme: Theme, qtbot: QtBot) -> None:
    field = PasswordField(theme)
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field.edit, "correct horse")
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    show = next(button for button in field.findChildren(Button))
    show.click()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert (show.text(), show.accessibleName()) == ("Hide", "Hide the password")
    field.clear()
    assert (field.text(), field.edit.echoMode()) == ("", QLineEdit.EchoMode.Password)


def test_caps_lock_is_told_in_words_and_goes_with_it(theme: Theme, qtbot: QtBot) -> None:
    field = PasswordField(theme)
    qtbot.addWidget(field)
    field.show()
    press(field.edit, Qt.Key.Key_A, "A", Qt.KeyboardModifier.ShiftModifier)
    assert warned(field) is False
    press(field.edit, Qt.Key.Key_CapsLock, "")
    press(field.edit, Qt.Key.Key_A, "A")
    assert warned(field) is True
    assert "Caps Lock is on." in words(field)
    press(field.edit, Qt.Key.Key_B, "b")
    assert warned(field) is False


def test_return_in_the_password_asks_to_unlock(theme: Theme, qtbot: QtBot) -> None:
    field = PasswordField(theme)
    qtbot.addWidget(field)
    asked: list[None] = []
    field.entered.connect(lambda: asked.append(None))
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert len(asked) == 1


def test_tab_leaves_a_text_of_several_lines_and_a_reload_keeps_the_cursor(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    area, after = TextArea(theme), QPushButton("After")
    column.addWidget(area)
    column.addWidget(after)
    qtbot.addWidget(holder)
    holder.show()
    area.show_text("one\ntwo")
    cursor = area.textCursor()
    cursor.setPosition(5)
    area.setTextCursor(cursor)
    area.show_text("one\ntwo")
    assert area.textCursor().position() == 5
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_Tab)
    assert area.toPlainText() == "one\ntwo"
