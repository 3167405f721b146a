"""The timeline of treatment: lines, their parts and events over one axis, drawn for the width there is."""

from PySide6.QtGui import QResizeEvent

from poems_registry.charts.journey import journey
from poems_registry.charts.journey_data import JourneyData
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.widgets.cards import Card
from poems_registry.ui.widgets.drawing import DrawingView

TYPE = 9.75  # points: 13 px
LEAST_WIDTH = 360


class TimelineCard(Card):
    """Hidden where nothing has a day."""

    PADDING = 14

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Timeline"), padding=self.PADDING)
        self._chart = DrawingView(theme)
        self._data: JourneyData | None = None
        self._width = 0
        self.column.addWidget(self._chart)
        self.column.addStretch(1)
        self.setMinimumWidth(LEAST_WIDTH)  # else it would stay as wide as it was once drawn

    def show_data(self, data: JourneyData | None) -> None:
        """Another record's."""
        self._data, self._width = data, 0
        self.setVisible(data is not None)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """As wide as the page lets it."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        room = self.width() - 2 * self.PADDING
        if self._data is None or room < 200 or room == self._width:
            return
        self._width = room
        self._chart.show_drawing(journey(self._data, room / self._chart.scale, 0, paper=False, font_size=TYPE))
