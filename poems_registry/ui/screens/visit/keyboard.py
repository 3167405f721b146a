"""Where the keyboard is, and at which widgets Tab halts."""

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


def stops_in(widget: QWidget) -> list[QWidget]:
    """Every control inside at which Tab halts, seen or not, in the order of Tab from this widget on."""
    found: list[QWidget] = []
    each = widget.nextInFocusChain()
    while each is not None and each is not widget:
        if widget.isAncestorOf(each) and is_stop(each):
            found.append(each)
        each = each.nextInFocusChain()
    return found


def chain(before: QWidget, stops: list[QWidget]) -> None:
    """Have Tab go from `before` through `stops` in this order."""
    for stop in stops:
        QWidget.setTabOrder(before, stop)
        before = stop
