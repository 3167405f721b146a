"""Finds what a screen reader could not name: controls without an accessible name, columns without a title."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from poems_registry.ui.widgets.chips import CriterionChip, LetterChip, SectionChip
from poems_registry.ui.widgets.dialog import Dialog
from poems_registry.ui.widgets.drawing import DrawingView

SPEAKING = (
    QAbstractButton
    | QAbstractItemView
    | QAbstractSpinBox
    | QComboBox
    | QLineEdit
    | QPlainTextEdit
    | QTextEdit
    | DrawingView
    | LetterChip
    | CriterionChip
    | SectionChip
)
"""What is acted on, and what is painted and yet says something."""


def nameless(root: QWidget) -> list[str]:
    """A line for each control in view that has no name, for each nameless column, and for a dialog without a title."""
    named_by_label = _buddies(root)
    found = []
    for part in (root, *root.findChildren(QWidget)):
        if part.isVisible() and not inside_another(part) and _speaks(part):
            said = part.accessibleName() or named_by_label.get(id(part), "") or _spoken(part)
            if not said.strip():
                found.append(f"{describe(part)} has no name")
    found += [words for table in root.findChildren(QTableView) if table.isVisible() for words in _columns(table)]
    if isinstance(root, Dialog) and not root.windowTitle():
        found.append(f"{type(root).__name__} has no title")
    return found


def describe(part: QWidget) -> str:
    """Its kind and where it stands, by the names of what it stands in."""
    kinds: list[str] = []
    above: QWidget | None = part
    while above is not None and not above.isWindow() and len(kinds) < 5:
        name = above.accessibleName() or str(getattr(above, "text", str)() if not isinstance(above, QLineEdit) else "")
        kinds.append(f"{type(above).__name__}{f' {name!r}' if name else ''}")
        above = above.parentWidget()
    return " in ".join(kinds)


def inside_another(part: QWidget) -> bool:
    """Qt's own parts of lists, tables, drop-downs and spin boxes: their owner is judged."""
    parent = part.parentWidget()
    if isinstance(part, QHeaderView | QScrollBar):
        return True
    if isinstance(parent, QComboBox | QAbstractSpinBox | QHeaderView):
        return True
    return isinstance(parent, QAbstractItemView) or (
        isinstance(parent, QAbstractScrollArea) and part is parent.viewport()
    )


def _speaks(part: QWidget) -> bool:
    if part.focusProxy() is not None and not isinstance(part, SPEAKING):
        return False  # stands for the control that is judged by itself
    return isinstance(part, SPEAKING) or bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _buddies(root: QWidget) -> dict[int, str]:
    """Each control with the words of the label that is its buddy."""
    words: dict[int, str] = {}
    for label in root.window().findChildren(QLabel):
        buddy: QWidget | None = label.buddy()
        while buddy is not None:
            words[id(buddy)] = label.text()
            buddy = buddy.focusProxy()
    return words


def _spoken(part: QWidget) -> str:
    """What Qt itself tells as the name; a drop-down tells its answer, which is no name."""
    if isinstance(part, QComboBox):
        return ""
    return QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)


def _columns(table: QTableView) -> Iterator[str]:
    model = table.model()
    if not table.horizontalHeader().isVisible():
        return
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    for column in range(model.columnCount()):
        said = [str(model.headerData(column, Qt.Orientation.Horizontal, role) or "") for role in roles]
        if not table.isColumnHidden(column) and not any(said):
            yield f"{describe(table)}: column {column} has no title"
