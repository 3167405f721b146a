"""One panel of the journey: grid, levels, line, marks and the words beside them, kept apart from each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from poems_registry.charts.crowding import Box, Taken, least_crowded
from poems_registry.charts.journey_data import Level, Point, Series, said
from poems_registry.charts.lettering import text_width
from poems_registry.charts.markers import marker, triangle
from poems_registry.charts.scale import Scale, TimeScale, linear_ticks, log_limits, log_ticks
from poems_registry.charts.shapes import Anchor, Hit, Line, Place, Polyline, Rect, Shape, Text, Tone, Weight

_RADIUS = 2.3
_GAP = 3.6
_MOST_STEPS = 60
_PLACES = 24
"""How many places along a level are tried for its words."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where panels stand and how they are drawn; lengths in points."""

    left: float
    right: float
    width: float
    size: float
    paper: bool
    time: TimeScale
    until: date

    def tone(self, tone: Tone) -> Tone:
        """On paper every series is drawn in the text tone: dash and mark tell them apart."""
        return Tone.TEXT if self.paper else tone


@dataclass(slots=True)
class Panel:
    """The shapes of one panel and the room its words have taken."""

    series: Series
    look: Look
    top: float
    bottom: float
    shapes: list[Shape] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    taken: Taken = field(default_factory=Taken)
    worded: Taken = field(default_factory=Taken)
    """The room of words alone, with the blank that keeps one from being read as part of another."""

    @property
    def scale(self) -> Scale:
        """Values to y; the axis holds all data, its levels and what the series asks for."""
        low, high = axis_limits(self.series)
        return Scale(low, high, self.bottom, self.top, self.series.logarithmic)

    def draw(self) -> None:
        """All of it, from the background up."""
        scale = self.scale
        places = [(self.look.time.at(point.on), scale.at(point.value)) for point in self.series.points]
        self._background(scale)
        self._join(places)
        self._marks(places)
        for box in _along(places, self.look.size):
            self.taken.add(box)
        for level in self.series.levels:
            y = scale.at(level.value)
            self.taken.add((self.look.left, y - 0.5, self.look.right, y + 0.5))
        self._words(places)
        self._levels(scale)
        self._label(scale)

    def _background(self, scale: Scale) -> None:
        look = self.look
        if self.series.shade_above and self.series.levels:
            edge = scale.at(self.series.levels[0].value)
            self.shapes.append(Rect(look.left, self.top, look.right - look.left, edge - self.top, fill=Tone.BAND))
        if not look.paper:
            for tick in self._ticks(scale):
                y = scale.at(tick)
                self.shapes.append(Line(look.left, y, look.right, y, Tone.GRID, 0.5))
        self.shapes.append(Line(look.left, self.bottom, look.right, self.bottom, Tone.LINE, 0.6))

    def _ticks(self, scale: Scale) -> tuple[float, ...]:
        if self.series.ticks:
            inside = tuple(tick for tick in self.series.ticks if scale.low <= tick <= scale.high)
            if len(inside) > 1:
                return inside
        if scale.logarithmic:
            return log_ticks(scale.low, scale.high)
        wanted = max(int((self.bottom - self.top) / (self.look.size * 2.2)), 1)
        ticks = linear_ticks(scale.low, scale.high, wanted)
        return ticks if len(ticks) > 1 else linear_ticks(scale.low, scale.high, wanted + 1)

    def _join(self, places: Sequence[Place]) -> None:
        if len(places) < 2:
            return
        line = _staircase(places) if self.series.steps and not self.look.paper else tuple(places)
        width = 1.3 if self.series.weight > 1.5 else 1.0
        dash = self.series.dash if self.look.paper else ()
        self.shapes.append(Polyline(line, self.look.tone(self.series.tone), width, dash))

    def _marks(self, places: Sequence[Place]) -> None:
        tone = self.look.tone(self.series.tone)
        for (x, y), point in zip(places, self.series.points, strict=True):
            if point.sign == "=" or not point.detected:
                self.shapes.append(marker(self.series.marker, x, y, _RADIUS, tone, filled=point.detected))
            else:
                self.shapes.append(triangle(x, y, _RADIUS, tone, up=point.sign == ">"))
            words = f"{self.series.name} {said(point, in_words=True)}"
            unit = self.series.unit.partition(",")[0]
            words = f"{words} {unit}" if point.detected and not self.series.steps else words
            self.hits.append(Hit(x, y, point.on, f"{words}, {point.found_at}" if point.found_at else words))
            self.taken.add((x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS))

    def _words(self, places: Sequence[Place]) -> None:
        """Words beside points: the newest value (on paper), what lies beyond a limit, each value of a score.

        The newest value and the first of each censored reading always stand; the rest only where there is room.
        """
        points = self.series.points
        if not points:
            return
        last = len(points) - 1
        if self.look.paper:
            self._beside(places[last], said(points[last], in_words=True), _falls(points), Weight.BOLD, must=True)
        seen: set[str] = set()
        for place, point, before in zip(places[:last], points[:last], (None, *points), strict=False):
            beyond = point.sign != "=" or not point.detected
            if not (beyond or (self.series.every_value and self.look.paper)):
                continue
            if not beyond and before is not None and before.value == point.value:
                continue  # a score that stayed is read from the line
            words = said(point, in_words=self.look.paper)
            first = beyond and words not in seen
            if first or not beyond:
                self._beside(place, words, point.sign == "<", Weight.REGULAR, must=first)
            seen.add(words)

    def _beside(self, place: Place, words: str, below: bool, weight: Weight, *, must: bool = False) -> None:
        """Print `words` near a point where nothing else stands; where it must, at the least crowded place."""
        size = self.look.size
        wide = text_width(words, size, weight)
        spots = _spots(place, wide, size, below=below)
        boxes = [(x, base - size * 0.75, x + wide, base + size * 0.15) for x, base in spots]
        box = next((one for one in boxes if self._free(one)), None)
        if box is None:
            if not must:
                return
            anywhere = map(self._inside, [*boxes, *self._further(place, boxes[0])])
            box = least_crowded(anywhere, self.worded, self.taken)
        self._take(box)
        self.shapes.append(Text(box[0], box[3] - size * 0.15, words, size, Anchor.START, weight))

    def _take(self, box: Box) -> None:
        blank = text_width(" ", self.look.size)
        self.taken.add(box)
        self.worded.add((box[0] - blank, box[1], box[2] + blank, box[3]))

    def _further(self, place: Place, box: Box) -> list[Box]:
        """All over the panel, the nearest first: for words that must stand where everything near is taken."""
        wide, high = box[2] - box[0], box[3] - box[1]
        across = max(self.look.right - self.look.left - wide, 0.0)
        down = max(self.bottom - self.top - high, 0.0)
        corners = [
            (self.look.left + across * i / _PLACES, self.top + down * k / _PLACES)
            for i in range(_PLACES + 1)
            for k in range(_PLACES + 1)
        ]
        corners.sort(key=lambda at: abs(at[0] + wide / 2 - place[0]) + abs(at[1] + high / 2 - place[1]))
        return [(x, y, x + wide, y + high) for x, y in corners]

    def _inside(self, box: Box) -> Box:
        """`box` moved into the panel."""
        left = min(max(box[0], self.look.left + 2), self.look.right - (box[2] - box[0]))
        top = min(max(box[1], self.top), self.bottom - (box[3] - box[1]))
        return left, top, left + box[2] - box[0], top + box[3] - box[1]

    def _free(self, box: Box) -> bool:
        inside = box[0] >= self.look.left + 2 and box[2] <= self.look.right - 1
        inside = inside and box[1] >= self.top - self.look.size * 0.95 and box[3] <= self.bottom + 1
        return inside and self.taken.free(box) and self.worded.free(box)

    def _levels(self, scale: Scale) -> None:
        for level in self.series.levels:
            y = scale.at(level.value)
            self.shapes.append(Line(self.look.left, y, self.look.right, y, Tone.TEXT, 0.7, level.dash))
            if self.look.paper:
                self._level_words(level, y)

    def _level_words(self, level: Level, y: float) -> None:
        size = self.look.size
        words = f"{level.words} {level.value:,.10g}"
        wide = text_width(words, size)
        right, left = self.look.right - wide - 2, self.look.left + 3
        places = [right, left, *(right - (right - left) * k / _PLACES for k in range(1, _PLACES))]
        boxes = [
            (x, base - size * 0.75, x + wide, base + size * 0.1)
            for base in (y - 2.5, y + size * 0.85, y - size * 1.1, y + size * 1.7)
            for x in places
        ]
        box = next((one for one in boxes if self._free(one)), None) or least_crowded(boxes, self.worded, self.taken)
        self._take(box)
        self.shapes.append(Text(box[0], box[3] - size * 0.1, words, size))

    def _label(self, scale: Scale) -> None:
        """Name and unit at the far left, tick numbers at the axis."""
        size, look = self.look.size, self.look
        for tick in self._ticks(scale):
            y = scale.at(tick)
            self.shapes.append(Text(look.left - 5, y + size * 0.35, f"{tick:,.10g}", size, Anchor.END, tone=Tone.SUB))
            self.shapes.append(Line(look.left - 3, y, look.left, y, Tone.LINE, 0.6))
        second = self.series.hint if look.paper and self.series.hint else self.series.unit
        middle = self.top + size * 0.85
        self.shapes.append(Text(0, middle, self.series.name, size, weight=Weight.BOLD))
        self.shapes.append(Text(0, middle + size * 1.25, second, size, tone=Tone.SUB))


def axis_limits(series: Series) -> tuple[float, float]:
    """Low and high end of a series' axis."""
    if series.axis is not None:
        return series.axis
    values = [point.value for point in series.points] + [level.value for level in series.levels]
    values += [limit for limit in (series.at_least, series.at_most) if limit is not None]
    if series.logarithmic:
        above = [value for value in values if value > 0] or [1.0, 10.0]
        return log_limits(min(above), max(above))
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (low, high) if high > low else (low, low + 1.0)


def _spots(place: Place, wide: float, size: float, *, below: bool) -> list[Place]:
    """Where words may stand around a point, best first: (left edge, baseline)."""
    x, y = place
    right, left = x + _RADIUS + _GAP, x - _RADIUS - _GAP - wide
    over, under = (x - wide / 2, y - _RADIUS - _GAP), (x - wide / 2, y + _RADIUS + size * 0.95)
    middle = y + size * 0.35
    near = [under, (right, middle), over, (left, middle)] if below else [over, (right, middle), (left, middle), under]
    if wide > size * 3.5:
        near = [(right, middle), (left, middle), *near]
    steps = (-0.55, 0.55, -1.1, 1.1, -1.7, 1.7, -2.4, 2.4)
    return near + [(edge, middle + step * size) for step in steps for edge in (right, left)]


def _staircase(places: Sequence[Place]) -> tuple[Place, ...]:
    out = [places[0]]
    for x, y in places[1:]:
        out += [(x, out[-1][1]), (x, y)]
    return tuple(out)


def _falls(points: Sequence[Point]) -> bool:
    return len(points) > 1 and points[-1].value < points[-2].value


def _along(places: Sequence[Place], size: float) -> list[Box]:
    """Small boxes along the line between points, so that words keep off it."""
    boxes = []
    for (x1, y1), (x2, y2) in pairwise(places):
        steps = min(max(int(max(abs(x2 - x1), abs(y2 - y1)) / (size * 0.4)), 1), _MOST_STEPS)
        for step in range(1, steps):
            x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
            boxes.append((x - 1, y - 1, x + 1, y + 1))
    return boxes
