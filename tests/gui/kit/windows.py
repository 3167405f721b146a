"""A window for a part of the kit, and what a screen reader hears of it."""

from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


def said(widget: QWidget) -> str:
    """Its name, as a screen reader gets it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def shown(qtbot: QtBot, *parts: QWidget, width: int = 600, height: int = 300) -> QWidget:
    """The parts below each other in a window."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(16, 16, 16, 16)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    qtbot.addWidget(holder, before_close_func=lambda _closing: holder.hide())  # holds it: qtbot does so only weakly
    holder.resize(width, height)
    holder.show()
    QTest.qWaitForWindowActive(holder)
    return holder
