"""The journey on screen: drawn for the width there is, read point by point with mouse or keys; a click opens."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from poems_registry.charts.journey import journey
from poems_registry.charts.journey_data import JourneyData
from poems_registry.charts.journey_window import Window, farther, last_years, moved, nearer, whole, within
from poems_registry.charts.shapes import Drawing
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.ui.i18n import tr
from poems_registry.ui.theme.theme import Theme
from poems_registry.ui.theme.tokens import Tone
from poems_registry.ui.widgets.buttons import Button, Kind
from poems_registry.ui.widgets.cards import Card
from poems_registry.ui.widgets.choice import Option, SegmentedChoice
from poems_registry.ui.widgets.drawing import DrawingView
from poems_registry.ui.widgets.labels import Label

TYPE = 9.75  # points: 13 px
PANEL = 44.0  # points for a panel of weight 1
GAP = 9.0
LANE = 18.0
LEAST_WIDTH = 420
LEAST_SHARE, MOST_SHARE = 0.62, 1.3
"""Of a panel's height: as low as two figures on its axis can be told apart, and as high as the eye still takes in."""
AROUND = 78
"""Pixels of the card that are not the chart: its head, its edges."""
ALL = "all"
SPANS = (Option(ALL, "All"), Option("5", "5 years"), Option("2", "2 years"))


class JourneyCard(Card):
    """All series over one time axis. `opened` tells the day of a point, as ISO text.

    Ctrl+Plus and Ctrl+Minus go nearer and farther, Ctrl+0 shows all, Shift+arrow goes earlier and later.
    """

    opened = Signal(str)
    PADDING = 14

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Journey"), padding=self.PADDING)
        self._hint = Label(theme, tr("Open marker: beyond the assay's limit"), tone=Tone.SUB, wrap=True)
        self.span = SegmentedChoice(theme, tr("Journey over"), SPANS)
        self.head.addWidget(self.span)
        self._period = Label(theme, tone=Tone.SUB)
        self.earlier = Button(theme, tr("Earlier"), Kind.QUIET, icon="chevron-left", small=True)
        self.later = Button(theme, tr("Later"), Kind.QUIET, icon="chevron-right", small=True)
        self._chart = DrawingView(theme)
        self._nothing = Label(theme, tr("No results, treatment or events are recorded yet."), tone=Tone.SUB, wrap=True)
        self._data: JourneyData | None = None
        self._window: Window | None = None
        self._drawing: Drawing | None = None
        self._asked = (0, 0)
        self._room = 0
        self._part = self._part_row()
        for part in (self._part, self._chart, self._hint, self._nothing):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.setMinimumWidth(LEAST_WIDTH)
        self._chart.opened.connect(self._opened)
        self._chart.zoomed.connect(self._zoom)
        self._chart.moved.connect(self._move)
        self.span.chosen.connect(self._choose_span)
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self._part.hide()

    @property
    def drawing(self) -> Drawing | None:
        """The chart as it was drawn for this width."""
        return self._drawing

    def show_data(self, data: JourneyData | None) -> None:
        """Another record's journey, or that there is none."""
        self._data = data
        self._look_at(None)
        for part in (self._chart, self._hint, self.span):
            part.setVisible(data is not None)
        self._nothing.setVisible(data is None)

    def give_room(self, height: int) -> None:
        """Panels as high as all of the chart fits into, pixels: the treatment stands at its foot."""
        self._room = height - AROUND
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
        data = self._data if self._window is None else within(self._data, self._window)
        self._drawing = journey(data, room / self._chart.scale, wanted[1], paper=False, font_size=TYPE)
        self._chart.caption = tr("Data to {day}. Open marker: beyond the assay's limit.", day=_day(self._data.until))
        self._chart.show_drawing(self._drawing)

    # -- a part of the time

    def _look_at(self, window: Window | None) -> None:
        """This part, or all of it; the words say which."""
        self._window, self._asked = window, (0, 0)
        if window is None:
            self.span.choose(ALL)
        else:
            self._period.setText(tr("{first} to {last}", first=_day(window.first), last=_day(window.last)))
        self._part.setVisible(window is not None)
        self._draw()

    def _choose_span(self, code: str) -> None:
        if self._data is None or code in ("", ALL):
            self._look_at(None)
        else:
            self._part_of(last_years(self._data, int(code)))
            self.span.choose(code)

    def _zoom(self, way: int, place: int) -> None:
        if self._data is None:
            return
        now = self._window or whole(self._data)
        around = self._drawing.hits[place].on if self._drawing is not None and place >= 0 else None
        ways = {1: lambda: nearer(now, around), -1: lambda: farther(now, self._data), 0: lambda: whole(self._data)}
        self._part_of(ways[way]())

    def _move(self, steps: int) -> None:
        if self._data is not None and self._window is not None:
            self._part_of(moved(self._window, steps, self._data))

    def _part_of(self, window: Window) -> None:
        everything = self._data is None or window == whole(self._data)
        self.span.choose("")
        self._look_at(None if everything else window)

    def _part_row(self) -> QWidget:
        """Which part is in view, and the way to what lies before and after it."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._period)
        row.addStretch(1)
        row.addWidget(self.earlier)
        row.addWidget(self.later)
        return holder

    def _height(self) -> int:
        """Points: as the panels and lanes need."""
        data = self._data
        if data is None:
            return 0
        weights = sum(series.weight for series in data.series)
        panels = PANEL * max(weights, 1.0)
        around = GAP * len(data.series) + LANE * min(len(data.bars), 3) + 4 * TYPE
        share = (self._room / self._chart.scale - around) / panels
        return round(around + panels * min(MOST_SHARE, max(LEAST_SHARE, share)))

    def _opened(self, place: int) -> None:
        if self._drawing is not None:
            self.opened.emit(self._drawing.hits[place].on.isoformat())


def _day(day: date) -> str:
    return show_date(PartialDate.of(day))
