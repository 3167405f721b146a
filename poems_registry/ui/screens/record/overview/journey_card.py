"""The journey on screen: drawn for the width there is, read point by point with mouse or keys; a click opens."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from poems_registry.charts.journey import journey
from poems_registry.charts.journey_data import JourneyData
from poems_registry.charts.shapes import Drawing
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.cards import Card
from poems_registry.ui.widgets.drawing import DrawingView
from poems_registry.ui.widgets.labels import Label

TYPE = 9.75  # points: 13 px
PANEL = 44.0  # points for a panel of weight 1
GAP = 9.0
LANE = 18.0
LEAST_WIDTH = 420
USUAL_HEIGHT = 640


class JourneyCard(Card):
    """All series over one time axis. `opened` tells the day of a point, as ISO text."""

    opened = Signal(str)
    PADDING = 14

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Journey"), padding=self.PADDING)
        self._hint = Label(theme, tr("Open marker: beyond the assay's limit"), tone=Tone.SUB)
        self.head.insertWidget(1, self._hint)
        self._chart = DrawingView(theme)
        self._nothing = Label(theme, tr("No results, treatment or events are recorded yet."), tone=Tone.SUB, wrap=True)
        self._data: JourneyData | None = None
        self._drawing: Drawing | None = None
        self._asked = (0, 0)
        self._share = 1.0
        self.column.addWidget(self._chart)
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)
        self.setMinimumWidth(LEAST_WIDTH)
        self._chart.opened.connect(self._opened)

    @property
    def drawing(self) -> Drawing | None:
        """The chart as it was drawn for this width."""
        return self._drawing

    def show_data(self, data: JourneyData | None) -> None:
        """Another record's journey, or that there is none."""
        self._data, self._asked = data, (0, 0)
        self._chart.setVisible(data is not None)
        self._hint.setVisible(data is not None)
        self._nothing.setVisible(data is None)
        self._draw()

    def give_room(self, height: int) -> None:
        """Higher panels where the page is high, pixels."""
        self._share = min(1.3, max(1.0, height / USUAL_HEIGHT))
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The chart takes the room it is given."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._data is None:
            return
        room = self.width() - 2 * self.PADDING
        wanted = (room, self._height())
        if wanted == self._asked or room < 200:
            return
        self._asked = wanted
        self._drawing = journey(self._data, room / self._chart.scale, wanted[1], paper=False, font_size=TYPE)
        self._chart.show_drawing(self._drawing)

    def _height(self) -> int:
        """Points: as the panels and lanes need."""
        data = self._data
        if data is None:
            return 0
        weights = sum(series.weight for series in data.series)
        panels = PANEL * self._share * max(weights, 1.0) + GAP * len(data.series)
        return round(panels + LANE * min(len(data.bars), 3) + 4 * TYPE)

    def _opened(self, place: int) -> None:
        if self._drawing is not None:
            self.opened.emit(self._drawing.hits[place].on.isoformat())
