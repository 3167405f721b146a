"""Walks a screen by the Tab key and holds the way against the order in which a person reads."""

import re
from dataclasses import dataclass
from itertools import pairwise

import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout, QWidget

from tests.gui.measures.names import describe, inside_another

LONGEST = 400
_KEYS = re.compile(r"\b(Alt|Ctrl|Shift)\+|\bF[1-9]\b")
SLACK = 6
"""Logical pixels by which two things may overlap and still stand one after the other."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One level of where a control stands: a widget or a layout, and its place in the window."""

    key: int
    rect: QRect


@dataclass(frozen=True, slots=True)
class Way:
    """The stops of the Tab key in one round, and what is wrong with them."""

    stops: tuple[QWidget, ...]
    faults: tuple[str, ...]


def walk(root: QWidget) -> Way:
    """Press Tab until it comes back, then tell each step against the order of reading, and who was never reached."""
    stops, faults = _round(root)
    found = list(faults)
    if stops:
        found += _steps(root, stops)
        found += _left_out(root, stops)
    return Way(tuple(stops), tuple(found))


def keyboard_in(root: QWidget) -> QWidget | None:
    """Who has the keyboard; without a screen a window may have it without being the active one."""
    found: QWidget | None = QApplication.focusWidget()
    if found is not None and (found is root or root.isAncestorOf(found)):
        return found
    within: QWidget | None = root.window().focusWidget()
    return within


def _round(root: QWidget) -> tuple[list[QWidget], list[str]]:
    stops: list[QWidget] = []
    at = keyboard_in(root)
    if at is None:
        root.focusNextChild()
        at = keyboard_in(root)
    while at is not None and len(stops) < LONGEST:
        if at in stops:
            before = stops[-1]
            return stops, [f"{describe(at)} keeps the keyboard"] if at is before and len(stops) > 1 else []
        stops.append(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
        QApplication.processEvents()
        at = keyboard_in(root)
    return stops, ["nothing here takes the keyboard"] if not stops else ["Tab never comes back"]


def _steps(root: QWidget, stops: list[QWidget]) -> list[str]:
    """Each step that goes back; once round, the step from the last to the first must."""
    back = []
    cells = {stop: _cells(stop, root) for stop in stops}
    for one, other in (*pairwise(stops), (stops[-1], stops[0])):
        if len(stops) > 1 and _goes_back(cells[one], cells[other]):
            back.append((one, other))
    if len(back) > 1:  # the widest of them is the way home
        home = max(back, key=lambda step: _fall(root, *step))
        return [f"from {describe(one)} back to {describe(other)}" for one, other in back if (one, other) != home]
    return []


def _fall(root: QWidget, one: QWidget, other: QWidget) -> int:
    first, second = one.mapTo(root, QPoint(0, 0)), other.mapTo(root, QPoint(0, 0))
    return (first.y() - second.y()) + (first.x() - second.x())


def _goes_back(one: list[Cell], other: list[Cell]) -> bool:
    """By the inmost level at which they stand apart: above before below, left before right."""
    for first, second in zip(one, other, strict=False):
        if first.key != second.key:
            return _after(first.rect, second.rect)
    return False


def _after(first: QRect, second: QRect) -> bool:
    if second.bottom() < first.top() + SLACK:
        return True
    if first.bottom() < second.top() + SLACK:
        return False
    return second.right() < first.left() + SLACK


def _cells(widget: QWidget, root: QWidget) -> list[Cell]:
    """From the window inwards: each layout and widget around this one, and itself."""
    cells: list[Cell] = []
    at = widget
    while at is not root:
        parent = at.parentWidget()
        if parent is None:
            break
        corner = parent.mapTo(root, QPoint(0, 0)) if parent is not root else QPoint(0, 0)
        inward = [*_layouts(parent.layout(), at), (_key(at), at.geometry())]
        cells = [Cell(key, rect.translated(corner)) for key, rect in inward] + cells
        at = parent
    return cells


def _layouts(layout: QLayout | None, widget: QWidget) -> list[tuple[int, QRect]]:
    """The layouts inside this one that hold the widget, from outside inwards."""
    if layout is None or layout.indexOf(widget) >= 0:
        return []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        if inner is not None and _holds(inner, widget):
            return [(_key(inner), inner.geometry()), *_layouts(inner, widget)]
    return []


def _holds(layout: QLayout, widget: QWidget) -> bool:
    if layout.indexOf(widget) >= 0:
        return True
    inner = [item.layout() for place in range(layout.count()) if (item := layout.itemAt(place)) is not None]
    return any(each is not None and _holds(each, widget) for each in inner)


def _key(thing: QWidget | QLayout) -> int:
    return int(shiboken6.getCppPointer(thing)[0])


def _left_out(root: QWidget, stops: list[QWidget]) -> list[str]:
    """Controls that Tab should reach and did not."""
    reached = {_key(stop) for stop in stops}
    found = []
    for part in root.findChildren(QWidget):
        takes = part.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if not takes or not part.isVisible() or not part.isEnabled() or part.window() is not root.window():
            continue
        if part.focusProxy() is None and not inside_another(part) and _key(part) not in reached:
            found.append(f"Tab never reaches {describe(part)}")
    return found


def by_mouse_only(root: QWidget) -> list[str]:
    """Buttons in view that take no keyboard and tell of no key that does the same."""
    found = []
    for part in root.findChildren(QAbstractButton):
        if part.isVisible() and part.isEnabled() and part.focusPolicy() == Qt.FocusPolicy.NoFocus:
            told = f"{part.text()} {part.toolTip()} {part.accessibleDescription()} {part.accessibleName()}"
            if not _KEYS.search(told):
                found.append(f"{describe(part)} can be pressed by mouse only")
    return found
