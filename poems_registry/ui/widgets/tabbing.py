"""Where the Tab key goes: through all controls of a window in the order in which a person reads them.

Qt goes by the order in which widgets were made, so that what is made late (a message with its buttons, a further line)
comes last; and it enters a screen at whatever that names as its focus proxy, so that the filters above a list were
never reached. Here the layouts say what comes first: from top to bottom, in a line from left to right.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QScrollArea,
    QWidget,
)


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Put the keyboard into the next control, or with `forward=False` into the one before; False if there is none."""
    stops = list(stops_in(window))
    if not stops:
        return False
    place = _place(stops, window)
    if forward:
        following = stops[(place + 1) % len(stops)]
        following.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        before = stops[place - 1 if place >= 0 else -1]
        before.setFocus(Qt.FocusReason.BacktabFocusReason)
    return True


def stops_in(widget: QWidget) -> Iterator[QWidget]:
    """Every control in view at which Tab halts, in the order of reading."""
    wants = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    if wants and widget.focusProxy() is None and widget.isEnabled():
        yield widget
    for part in _parts(widget):
        if not part.isHidden() and not part.isWindow():
            yield from stops_in(part)


def _place(stops: list[QWidget], window: QWidget) -> int:
    """Where the keyboard is among the stops; in a part of one, as the cell of a table, at that one; else before all."""
    at: QWidget | None = window.focusWidget()
    while at is not None and at is not window:
        if at in stops:
            return stops.index(at)
        at = at.parentWidget()
    return -1


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """What stands in it: first what its layout holds, then what was put there by hand."""
    if isinstance(widget, QComboBox | QAbstractSpinBox):
        return
    if isinstance(widget, QAbstractScrollArea):
        content = widget.widget() if isinstance(widget, QScrollArea) else None
        if content is not None:
            yield content
        return
    layout = widget.layout()
    laid = list(_laid(layout)) if layout is not None else []
    yield from laid
    by_hand = [each for each in widget.children() if isinstance(each, QWidget) and each not in laid]
    yield from sorted(by_hand, key=lambda each: (each.y(), each.x()))


def _laid(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout and of those inside it."""
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda place: layout.getItemPosition(place)[:2])  # type: ignore[assignment, index]
    for place in places:
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)
