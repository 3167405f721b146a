"""Finds what cannot be read: cut labels, buttons, hints, titles, cells, and what sticks out, overlaps or goes aside."""

from collections.abc import Callable, Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QTableView,
    QWidget,
)

from poems_registry.ui.screens.record.results.table import ResultsTable
from poems_registry.ui.tables.cells import Cell
from poems_registry.ui.tables.delegates import LINE, RIGHT_INSET, Setting, inset
from poems_registry.ui.tables.rows_model import CELL_ROLE
from poems_registry.ui.tables.view import Header, TableView
from poems_registry.ui.widgets.bars import TrainingBar
from poems_registry.ui.widgets.chips import CriterionChip, LetterChip
from poems_registry.ui.widgets.dialog import Scrim
from poems_registry.ui.widgets.focus_ring import FocusRing

FIELD_MARGINS = 24  # of text to both edges of a field
CHEVRON = 26


_PAINTED = FocusRing | Scrim | QScrollBar | LetterChip | CriterionChip
"""Their words, if any, are for the screen reader."""


def clipped(widget: QWidget) -> list[str]:
    """A sentence for each thing under this shown widget that a person could not read in full; none when all is well."""
    found: list[str] = []
    for part in (widget, *widget.findChildren(QWidget)):
        if part.isVisible() and not isinstance(part, _PAINTED) and not _inside_a_view(part):
            found += [f"{_name(part)}: {words}" for words in _faults(part, widget)]
    return found


def _name(part: QWidget) -> str:
    said = part.accessibleName() or getattr(part, "text", str)() or part.objectName()
    return f"{type(part).__name__} {said!r}"


def _inside_a_view(part: QWidget) -> bool:
    """Qt's own parts of item views and combo boxes: their owner is judged."""
    parent = part.parentWidget()
    return isinstance(parent, QComboBox | QHeaderView) or (
        isinstance(parent, QTableView) and not isinstance(part, QHeaderView)
    )


def _faults(part: QWidget, root: QWidget) -> Iterator[str]:
    if part is not root:
        yield from _sticking_out(part, root)
    if isinstance(part, QHeaderView):
        return
    yield from _overlapping(part)
    if isinstance(part, QAbstractScrollArea):
        yield from _sideways(part)
    for kind, judge in _JUDGES:
        if isinstance(part, kind):
            yield from judge(part)
            return
    ours = type(part).__module__.startswith("poems_registry.")
    if (
        ours and part.layout() is None and not isinstance(part, QAbstractScrollArea)
    ):  # which scrolls what it cannot show
        yield from _painted(part)


def _painted(part: QWidget) -> Iterator[str]:
    """What paints its own words says in its smallest size how much room they need."""
    needs = part.minimumSizeHint()
    if needs.isValid() and (part.width() < needs.width() or part.height() < needs.height()):
        yield f"needs {needs.width()} x {needs.height()} and has {part.width()} x {part.height()}"


def _overlapping(parent: QWidget) -> Iterator[str]:
    """Two parts of one layout that lie on each other."""
    layout = parent.layout()
    if layout is None or isinstance(parent, QStackedWidget):
        return
    parts = [
        each
        for each in parent.children()
        if isinstance(each, QWidget) and each.isVisible() and not each.isWindow() and not isinstance(each, _PAINTED)
    ]
    for one, other in combinations(parts, 2):
        both = one.geometry().intersected(other.geometry())
        if both.width() > 1 and both.height() > 1:
            yield f"{_name(one)} lies on {_name(other)} by {both.width()} x {both.height()}"


def _sideways(area: QAbstractScrollArea) -> Iterator[str]:
    """Nothing is scrolled sideways but the grid of results by dates, whose tests and newest column stay in view."""
    bar = area.horizontalScrollBar()
    if bar.isVisible() and bar.maximum() > bar.minimum() and not isinstance(area, ResultsTable):
        yield f"must be scrolled sideways by {bar.maximum() - bar.minimum()}"


def _bar(bar: TrainingBar) -> Iterator[str]:
    if bar.width() < bar.minimumSizeHint().width():
        yield "words need more room"


def _scrolled(area: QScrollArea) -> Iterator[str]:
    content: QWidget | None = area.widget()
    if content is None:
        return
    if content.width() > area.viewport().width():
        yield f"content {content.width()} wide in a view of {area.viewport().width()}"
    elif content.minimumSizeHint().width() > content.width():
        yield f"content needs {content.minimumSizeHint().width()} and has {content.width()}"


def _label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    needs = label.minimumSizeHint()
    if label.width() < needs.width():
        yield f"needs {needs.width()} and is {label.width()} wide"
    height = label.heightForWidth(label.width()) if label.hasHeightForWidth() else needs.height()
    if label.height() < height:
        yield f"needs {height} and is {label.height()} high"


def _small(button: QAbstractButton) -> Iterator[str]:
    needs = button.minimumSizeHint()
    if button.width() < needs.width() or button.height() < needs.height():
        yield f"needs {needs.width()} x {needs.height()} and has {button.width()} x {button.height()}"
    elif button.hasHeightForWidth() and button.height() < button.heightForWidth(button.width()):
        yield f"needs {button.heightForWidth(button.width())} and is {button.height()} high"


def _field(field: QLineEdit) -> Iterator[str]:
    margins = field.textMargins()
    room = field.width() - FIELD_MARGINS - margins.left() - margins.right()
    metrics = field.fontMetrics()
    if not field.text() and metrics.horizontalAdvance(field.placeholderText()) > room + 4:
        yield f"hint {field.placeholderText()!r} does not fit {room}"
    if field.isReadOnly() and metrics.horizontalAdvance(field.text()) > room + 4:
        yield "text does not fit, and the field cannot be scrolled by typing"
    if field.height() < metrics.height() + 2:
        yield f"is {field.height()} high"


def _combo(combo: QComboBox) -> Iterator[str]:
    words = combo.currentText() or combo.placeholderText()
    if combo.fontMetrics().horizontalAdvance(words) > combo.width() - CHEVRON - 9:
        yield f"{words!r} does not fit {combo.width()}"


def _table(table: TableView[object]) -> Iterator[str]:
    header = table.horizontalHeader()
    if header.length() > table.viewport().width():
        yield f"columns of {header.length()} in a view of {table.viewport().width()}"
    setting = Setting(table.theme)
    model = table.model()
    for column in range(model.columnCount()):
        if table.isColumnHidden(column):
            continue
        if isinstance(header, Header) and header.sectionSize(column) < header.needs(column):
            yield f"title {model.headerData(column, header.orientation())!r} is cut"
        for row in range(model.rowCount()):
            cell = model.index(row, column).data(CELL_ROLE)
            if isinstance(cell, Cell):
                yield from _cell(table, setting, cell, row, column)


def _cell(table: TableView[object], setting: Setting, cell: Cell, row: int, column: int) -> Iterator[str]:
    room = table.columnWidth(column) - inset(column) - RIGHT_INSET - 25 * len(cell.chips)
    pieces, lines = setting.pieces(cell, room)
    if lines * LINE > table.rowHeight(row):
        yield f"row {row} needs {lines} lines"
    for piece in pieces:
        icon = 20 if piece.icon else 0
        if piece.x + icon + setting.width(piece.text.rstrip(), piece.span.bold) > room + 1:
            yield f"{piece.text!r} does not fit column {column}"
    if room < 0:
        yield f"chips do not fit column {column}"


def _sticking_out(part: QWidget, root: QWidget) -> Iterator[str]:
    """Beyond an ancestor's edge; below a scrolled view's edge is where scrolling leads."""
    if part.isWindow():
        return  # a sheet over it, which the screen bounds
    area = QRect(part.mapTo(root, QPoint(0, 0)), part.size())
    scrolled = False
    parent = part.parentWidget()
    while parent is not None:
        edge = QRect(parent.mapTo(root, QPoint(0, 0)) if parent is not root else QPoint(0, 0), parent.size())
        owner = parent.parentWidget()
        if isinstance(owner, QAbstractScrollArea) and owner.viewport() is parent:
            scrolled = True
        if area.left() < edge.left() or area.right() > edge.right():
            yield f"sticks out sideways of {type(parent).__name__} ({area} in {edge})"
            return
        if not scrolled and (area.top() < edge.top() or area.bottom() > edge.bottom()):
            yield f"sticks out of {type(parent).__name__} ({area} in {edge})"
            return
        if parent is root or parent.isWindow():
            return
        parent = owner


_JUDGES: tuple[tuple[type[QWidget], Callable[..., Iterator[str]]], ...] = (
    (TrainingBar, _bar),
    (QLabel, _label),
    (QAbstractButton, _small),
    (QLineEdit, _field),
    (QComboBox, _combo),
    (QScrollArea, _scrolled),
    (TableView, _table),
)
