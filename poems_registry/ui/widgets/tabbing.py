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
    if place is not None:
        before, after = place - 1, place + 1
    else:  # it was hidden or switched off under a person's hands: the keyboard stays near it
        before = _before(stops, window)
        after = before + 1
    if forward:
        stops[after % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
    else:
        stops[before].setFocus(Qt.FocusReason.BacktabFocusReason)
    return True


def stops_in(widget: QWidget) -> Iterator[QWidget]:
    """Every control in view at which Tab halts, in the order of reading."""
    wants = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    if wants and widget.focusProxy() is None and widget.isEnabled():
        yield widget
    for part in _parts(widget):
        if not part.isHidden() and not part.isWindow():
            yield from stops_in(part)


def _place(stops: list[QWidget], window: QWidget) -> int | None:
    """Where the keyboard is among the stops; in a part of one, as the cell of a table, at that one; None if at none."""
    at: QWidget | None = window.focusWidget()
    while at is not None and at is not window:
        if at in stops:
            return stops.index(at)
        at = at.parentWidget()
    return None


def _before(stops: list[QWidget], window: QWidget) -> int:
    """Which stop is read last before the widget that has the keyboard and is none itself; -1 if none is."""
    focused: QWidget | None = window.focusWidget()
    last, known = -1, {stop: place for place, stop in enumerate(stops)}
    for widget in _everything(window):
        if widget is focused:
            return last
        last = known.get(widget, last)
    return -1


def _everything(widget: QWidget) -> Iterator[QWidget]:
    """It and all in it, seen or not, in the order of reading."""
    yield widget
    for part in _parts(widget):
        if not part.isWindow():
            yield from _everything(part)


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
