"""The heads of the grid: dates above, tests with unit and limits at the left, always in view."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.results.model import GridModel
from poems_registry.ui.screens.record.results.telling import TestRow
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import rule
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size

HEAD, ROW, INSET = 44, 30, 12
LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class DatesHeader(QHeaderView):
    """A date and how long ago it was, the newest in blue."""

    def __init__(self, theme: Theme, model: GridModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme, self._grid_model = theme, model
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        """Two lines."""
        look = self._theme.tokens
        day, age = self._grid_model.day(logicalIndex)
        newest = logicalIndex == self._grid_model.columnCount() - 1
        painter.save()
        painter.fillRect(rect, QColor(look.tint if newest else look.head))
        place = QRectF(rect).adjusted(0, 4, -INSET, -4)
        painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD))
        painter.setPen(QColor(look.blue if newest else look.text))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight), day)
        painter.setFont(self._theme.font())
        painter.setPen(QColor(look.sub))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight), age)
        rule(painter, QRectF(rect.left(), rect.bottom(), rect.width(), 1), look.line)
        painter.restore()


class TestsHeader(QHeaderView):
    """Test, unit and the laboratory's newest limits, always in view."""

    def __init__(self, theme: Theme, model: GridModel) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._theme, self._grid_model = theme, model
        self.columns = (0, 0, 0)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)
        self.setDefaultSectionSize(ROW)

    def measure(self, *, limits: bool) -> None:
        """As wide as the longest words of each column."""
        rows = [row for row in self._grid_model.grid.rows if not row.title]
        bold = QFontMetrics(self._theme.font(Size.BODY, Weight.SEMIBOLD))
        plain = QFontMetrics(self._theme.font())
        titles = (tr("Test"), tr("Unit"), tr("Lab limits"))
        columns = (
            [row.label for row in rows],
            [row.unit for row in rows],
            [row.limits for row in rows] if limits else [],
        )
        widths = []
        for place, (title, words) in enumerate(zip(titles, columns, strict=True)):
            metrics = bold if place == 0 else plain
            widest = max([metrics.horizontalAdvance(each) for each in words], default=0)
            widths.append(max(widest, bold.horizontalAdvance(title)) + 16 if words else 0)
        self.columns = (widths[0], widths[1], widths[2])
        self.setFixedWidth(INSET + sum(widths) + 4)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803
        """One test, or the title of a group."""
        look = self._theme.tokens
        row: TestRow = self._grid_model.grid.rows[logicalIndex]
        painter.save()
        painter.fillRect(rect, QColor(look.head if row.title else look.card))
        left = rect.left() + INSET
        for place, words in enumerate((row.label, row.unit, row.limits)):
            painter.setFont(self._theme.font(Size.BODY, Weight.SEMIBOLD if place == 0 else Weight.REGULAR))
            painter.setPen(QColor(look.sub if row.title or place else look.text))
            width = rect.width() - INSET if row.title else self.columns[place]
            if width:
                painter.drawText(QRectF(left, rect.top(), width, rect.height()), LEFT, words)
            left += width
        rule(painter, QRectF(rect.left(), rect.bottom(), rect.width(), 1), look.hair)
        rule(painter, QRectF(rect.right(), rect.top(), 1, rect.height()), look.line)
        painter.restore()


class Corner(QWidget):
    """The titles over tests, units and limits."""

    def __init__(self, theme: Theme, tests: TestsHeader, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._tests = theme, tests

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Three titles."""
        painter = QPainter(self)
        look = self._theme.tokens
        painter.fillRect(self.rect(), QColor(look.head))
        painter.setFont(self._theme.font(Size.BODY, Weight.MEDIUM))
        painter.setPen(QColor(look.sub))
        left = INSET
        for words, width in zip((tr("Test"), tr("Unit"), tr("Lab limits")), self._tests.columns, strict=True):
            if width:
                painter.drawText(QRectF(left, 0, width, self.height()), LEFT, words)
            left += width
        rule(painter, QRectF(0, self.height() - 1, self.width(), 1), look.line)
        rule(painter, QRectF(self.width() - 1, 0, 1, self.height()), look.line)
        painter.end()
