"""The finder of cut words finds them: each fault made on purpose, and the same thing whole."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from poems_registry.ui.tables.rows_model import Column, RowsModel
from poems_registry.ui.tables.view import TableView
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.bars import TrainingBar
from poems_registry.ui.widgets.buttons import primary
from poems_registry.ui.widgets.combo import ComboBox
from poems_registry.ui.widgets.fields import LineEdit
from poems_registry.ui.widgets.labels import Label
from tests.gui.clipping import clipped

WORDS = "KOWALSKI-ŁUKASIEWICZ, Ewa (Mrs)"


def hint(theme: Theme) -> QWidget:
    return LineEdit(theme, placeholder=WORDS)


def reading(theme: Theme) -> QWidget:
    field: QLineEdit = LineEdit(theme)
    field.setText(WORDS)
    field.setReadOnly(True)
    return field


def scrolled(_theme: Theme) -> QWidget:
    area = QScrollArea()
    content = QWidget()
    content.setFixedWidth(250)
    area.setWidget(content)
    return area


def listed(theme: Theme) -> QWidget:
    model: RowsModel[str] = RowsModel([Column("Patient", str, width=280)])
    model.set_rows([WORDS])
    return TableView(theme, model, "Patients")


def chosen(theme: Theme) -> QWidget:
    combo = ComboBox(theme, [("k", WORDS)])
    combo.choose("k")
    return combo


MAKERS: dict[str, Callable[[Theme], QWidget]] = {
    "label": lambda theme: Label(theme, WORDS),
    "button": lambda theme: primary(theme, WORDS),
    "hint": hint,
    "read-only text": reading,
    "list": chosen,
    "scrolled": scrolled,
    "table": listed,
    "training bar": TrainingBar,
}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("width", [60, 420])
def test_what_does_not_fit_is_found_and_what_fits_is_not(theme: Theme, qtbot: QtBot, kind: str, width: int) -> None:
    widget = MAKERS[kind](theme)
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setFixedSize(width, 200)
    widget.setParent(holder)
    widget.resize(width, 120 if kind in ("table", "scrolled") else 32)
    holder.show()
    assert bool(clipped(holder)) == (width == 60)


def test_a_wrapped_text_that_is_too_low_is_found(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "one two three four five six seven eight nine ten", wrap=True)
    qtbot.addWidget(label)
    label.resize(100, label.heightForWidth(100))
    label.show()
    assert clipped(label) == []
    label.setFixedHeight(20)
    assert len(clipped(label)) == 1


def test_what_sticks_out_of_its_parent_is_found(theme: Theme, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(200, 100)
    label = Label(theme, "short")
    label.setParent(parent)
    label.setGeometry(100, 20, 60, 20)
    parent.show()
    assert clipped(parent) == []
    label.move(170, 20)
    assert len(clipped(parent)) == 1
    label.move(10, 90)
    assert len(clipped(parent)) == 1
    label.hide()
    assert clipped(parent) == []
