"""Guards against Qt bindings that crash this Python (PySide6 6.12.0 on Python 3.10 and 3.11)."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_into_qt_that_return_nothing_do_not_eat_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("warm")
    before = sys.getrefcount(None)
    for number in range(200):
        label.setText(str(number))
    lost = before - sys.getrefcount(None)
    assert lost < 50, f"{lost} references to None lost in 200 calls: this PySide6 crashes after some thousand calls"
