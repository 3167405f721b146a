"""Where the keyboard is, and at which widgets Tab halts."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def keyboard_at(widget: QWidget) -> QWidget | None:
    """The widget of the same window that has the keyboard, None if none has."""
    found: QWidget | None = widget.window().focusWidget()
    return found


def keyboard_within(widget: QWidget) -> bool:
    """Whether the keyboard is in this widget or in one inside it."""
    found = keyboard_at(widget)
    return found is not None and (found is widget or widget.isAncestorOf(found))


def is_stop(widget: QWidget) -> bool:
    """Whether Tab halts at this widget itself."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def controls_in(widget: QWidget) -> list[QWidget]:
    """Every control inside that can have the keyboard, in the order in which they were made: reading order.

    The parts of a row of answers are all in it: which of them Tab halts at changes with the answer.
    """
    window = widget.window()
    return [
        each
        for each in widget.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.focusProxy() is None and each.window() is window
    ]


def put_in_order(controls: list[QWidget]) -> None:
    """Have Tab go through these, one after the other."""
    for one, following in pairwise(controls):
        QWidget.setTabOrder(one, following)
