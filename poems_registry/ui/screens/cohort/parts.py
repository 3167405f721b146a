"""The pieces of the cohort screen: the band, cards of figures, and room for a chart that follows its card."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from poems_registry.charts.shapes import Drawing
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.cohort.shown import KeyFigure
from poems_registry.ui.tables.rows_model import Record, RowsModel
from poems_registry.ui.tables.view import HEADER, TableView
from poems_registry.ui.theme.fonts import Weight
from poems_registry.ui.theme.painting import box, stripes
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Size, Tone
from poems_registry.ui.widgets.buttons import Button
from poems_registry.ui.widgets.cards import Card, EmptyState
from poems_registry.ui.widgets.choice import Option, SegmentedChoice
from poems_registry.ui.widgets.drawing import DrawingView
from poems_registry.ui.widgets.labels import IconLabel, Label

CHART, TABLE = "chart", "table"
HATCH = 120
"""How dark the hatch is, of 255."""
_VIEWS = (Option(CHART, "Chart", "chart-column"), Option(TABLE, "Table", "table-2"))


class ReleaseBand(QWidget):
    """Says by pattern, shape and words whether this may leave the team."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._release = False
        self.setFixedHeight(Size.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = IconLabel(theme, "shield-alert", "")
        self._words.set_weight(Weight.SEMIBOLD)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addStretch(1)
        row.addWidget(self._words)
        row.addStretch(1)

    def say(self, words: str, release: bool) -> None:
        """What it is."""
        self._release = release
        self._words.show_state("shield-check" if release else "shield-alert", words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """True counts: hatch at both sides of the words. For release: a quiet box."""
        painter = QPainter(self)
        look = self._theme.tokens
        if self._release:
            box(painter, QRectF(self.rect()), Size.RADIUS, look.card, look.edge)
        else:
            ink = QColor(look.edge)
            ink.setAlpha(HATCH)
            stripes(painter, QRectF(self.rect()), look.page, ink, 5.0)
            words = self._words.geometry()
            painter.fillRect(QRectF(words.x() - 14, 0, words.width() + 28, self.height()), QColor(look.page))
        painter.end()


class FigureRoom(QWidget):
    """Holds a chart and tells in `resized` that it has another room; never wider than its card lets it be."""

    resized = Signal()

    def __init__(self, theme: Theme, *, least: int = 0) -> None:
        super().__init__()
        self._least = least
        self._height = least
        self.chart = DrawingView(theme)
        self.chart.setParent(self)
        tall = QSizePolicy.Policy.Expanding if least else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, tall)

    def show_drawing(self, drawing: Drawing | None) -> None:
        """Another chart, or none."""
        self.chart.setVisible(drawing is not None)
        if drawing is not None:
            self.chart.show_drawing(drawing)
            self.chart.resize(self.chart.sizeHint())
            if not self._least:
                self._height = self.chart.height()
                self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its chart, or as the height it was made with and more where there is more."""
        return QSize(0, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Any width."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The chart is made anew for it."""
        super().resizeEvent(event)
        self.resized.emit()


class LaneScroll(QScrollArea):
    """Scrolls the lines of all patients over their axis, by wheel, Page Up and Down, arrows, Home and End."""

    def __init__(self, content: QWidget, name: str) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("radius", 2)
        self.setAccessibleName(name)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)  # setWidget turned it on

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Home and End besides Qt's own keys."""
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        key = Qt.Key(event.key())
        if key in ends:
            bar.setValue(ends[key])
        else:
            super().keyPressEvent(event)


class WholeTable(TableView[Record]):
    """A table as high as its rows: the page scrolls, not the table."""

    def __init__(self, theme: Theme, model: RowsModel[Record], name: str, *, row_height: int) -> None:
        super().__init__(theme, model, name, row_height=row_height)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.focus_moved.connect(self._hold_height)
        self._hold_height()

    def _hold_height(self) -> None:
        rows = sum(self.rowHeight(row) for row in range(self.model().rowCount()))
        if self.height() != HEADER + rows or self.minimumHeight() != HEADER + rows:
            self.setFixedHeight(HEADER + rows)


class FigureCard(Card):
    """A card of figures: title, whose they are, chart or table, and under them the day and the rules."""

    def __init__(self, theme: Theme, title: str, *, switch: bool = False) -> None:
        super().__init__(theme, title)
        self._note = Label(theme, tone=Tone.SUB)
        self.head.addWidget(self._note)
        self._foot = Label(theme, tone=Tone.SUB, wrap=True)
        self._sides: dict[str, list[QWidget]] = {CHART: [], TABLE: []}
        self._without = ""
        self.choice = SegmentedChoice(theme, tr("{figure} as", figure=title), _VIEWS)
        if switch:
            self.head.addSpacing(4)
            self.head.addWidget(self.choice)
            self.choice.choose(CHART)
            self.choice.chosen.connect(self.turn)
        else:
            self.choice.hide()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Size.GRID)
        self.column.addLayout(self.body, 1)
        self.column.addWidget(self._foot)

    def side(self, side: str, widgets: Sequence[QWidget]) -> None:
        """What is seen on one side: chart or table."""
        self._sides[side] = list(widgets)
        self.turn(self.choice.code() or CHART)

    def turn(self, code: str) -> None:
        """Show the chart or the table; one of them is always chosen."""
        if not code:
            self.choice.choose(CHART)
        chosen = self.choice.code() or CHART
        for side, widgets in self._sides.items():
            for widget in widgets:
                widget.setVisible(side == chosen and not self._without)

    def go_without(self, words: str) -> None:
        """There are no figures here, for the reason that another label tells; '' for figures."""
        self._without = words
        self.choice.setVisible(not words and any(self._sides[TABLE]))
        self.turn(self.choice.code() or CHART)

    def say(self, note: str, basis: str) -> None:
        """Whose figures, on which day and by which rules."""
        self._note.setText(note)
        self._foot.setText(basis)
        for chart in self.findChildren(DrawingView):
            chart.caption = f"{self.title.text()} ({note}).\n{basis}" if note else f"{self.title.text()}.\n{basis}"


class KeyFigures(QWidget):
    """Numbers in a row, each with its word below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 4)
        self._row.setSpacing(20)

    def show_figures(self, figures: Sequence[KeyFigure]) -> None:
        """Others."""
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for figure in figures:
            self._row.addWidget(self._one(figure))
        self._row.addStretch(1)

    def _one(self, figure: KeyFigure) -> QWidget:
        one = QWidget()
        column = QVBoxLayout(one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(self._theme, figure.value, size=Size.BIG, weight=Weight.SEMIBOLD))
        column.addWidget(Label(self._theme, figure.words, tone=Tone.SUB))
        return one


class Instead(EmptyState):
    """What stands where the cards would be: counting, nobody here, or a refusal."""

    def __init__(self, theme: Theme, button: Button) -> None:
        super().__init__(theme, "hourglass", "", "", button)

    def show_state(self, icon: str, title: str, words: str) -> None:
        """Shape and words together."""
        self._icon = icon
        self.show_words(title, words)
        self.update()
