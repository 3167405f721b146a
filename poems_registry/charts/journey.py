"""The patient's journey: tests over the years above the treatments that explain them, for screen and paper."""

from datetime import date, timedelta

from poems_registry.charts.journey_data import Bar, Flag, JourneyData, Level, Point, Series, said
from poems_registry.charts.journey_lanes import draw_flags, draw_lanes, flag_lines, flag_rows, lane_height, lanes
from poems_registry.charts.journey_panel import Look, Panel
from poems_registry.charts.lettering import text_width
from poems_registry.charts.scale import TimeScale, time_ticks
from poems_registry.charts.shapes import Anchor, Drawing, Hit, Line, Shape, Text, Tone, Weight

__all__ = ["Bar", "Flag", "JourneyData", "Level", "Point", "Series", "journey"]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LEAST_PANEL = 24.0
_GAP = 9.0


def journey(data: JourneyData, width: float, height: float, *, paper: bool, font_size: float) -> Drawing:
    """The journey as shapes in a box of `width` x `height` points.

    On paper series are told apart by dash and mark, values are said in words and transplants stand in the treatment
    lane; on screen by tone as well, with the newest values at the right edge. `hits` are the points for hover and
    arrow keys, in time. When panels would be lower than 24 points the drawing grows taller than asked.
    """
    look = _look(data, width, font_size, paper)
    flags = [flag for flag in data.flags if not (paper and flag.kind == "transplant")]
    rows = flag_rows(flags, look)
    packed = lanes(data.bars, data.flags, look)
    series = [one for one in data.series if one.points]
    above = len(rows) * font_size * 1.45 + font_size * 0.6
    below = font_size * 1.7 + len(packed) * lane_height(font_size) + (_GAP if packed else 0.0)
    shares = sum(one.weight for one in series) or 1.0
    gaps = _GAP * max(len(series) - 1, 0)
    room = max(height - above - below - gaps, _LEAST_PANEL * shares)
    panels, y = [], above
    for one in series:
        tall = room * one.weight / shares
        panel = Panel(one, look, y, y + tall)
        for box in flag_lines(rows, y, y + tall):
            panel.taken.add(box)
        panels.append(panel)
        y += tall + _GAP
    bottom = y + (len(packed) * lane_height(font_size) if packed else -_GAP)
    shapes = _years(look, above, bottom)
    shapes += draw_flags(rows, look, 0.0, bottom)
    for panel in panels:
        panel.draw()
        shapes += panel.shapes
    if packed:
        shapes += draw_lanes(packed, look, y)
    to_the_end = data.to is None or data.to >= data.until
    if not paper:
        shapes += _latest(panels, look, "latest" if to_the_end else "last shown")
    if not paper and to_the_end:
        shapes += _today(look, above, bottom)
    shapes.append(Line(look.left, bottom, look.right, bottom, Tone.LINE, 0.6))
    hits = sorted((hit for panel in panels for hit in panel.hits), key=lambda hit: (hit.on, hit.y))
    hits += [Hit(look.time.at(flag.on), above, flag.on, flag.label) for flag in data.flags]
    return Drawing(width, bottom + font_size * 1.7, tuple(shapes), alt_text(data), tuple(hits))


def _look(data: JourneyData, width: float, size: float, paper: bool) -> Look:
    days = [point.on for one in data.series for point in one.points]
    days += [bar.start for bar in data.bars] + [flag.on for flag in data.flags]
    first = data.since or min(days, default=data.until - timedelta(days=365))
    last = data.to or max([data.until, *days])
    span = max((last - first).days, 60)
    first, last = first - timedelta(days=max(span // 25, 5)), last + timedelta(days=max(span // 25, 5))
    names = [one.name for one in data.series] + ["Treatment"]
    seconds = [text for one in data.series for text in (one.hint if paper and one.hint else one.unit,)]
    label = max([text_width(name, size, Weight.BOLD) for name in names] + [text_width(text, size) for text in seconds])
    left = label + text_width("10,000", size) + 12
    right = width - (2 if paper else max([text_width(f"{'8,888'} decision level", size) + 8, 60]))
    return Look(left, right, width, size, paper, TimeScale(first, last, left, right), data.until)


def _years(look: Look, top: float, bottom: float) -> list[Shape]:
    """A line at the beginning of each year, its number in the year's middle, never over "Today"."""
    size = look.size
    shapes: list[Shape] = [
        Line(look.left, top, look.left, bottom, Tone.GRID, 0.5),
        Line(look.right, top, look.right, bottom, Tone.GRID, 0.5),
    ]
    room = int((look.right - look.left) / (size * 3.6))
    begin, end = look.left - 6, look.right + 6
    if not look.paper and look.until < look.time.last:
        end = look.time.at(look.until) - text_width("Today", size, Weight.BOLD) / 2 - 4
    for tick in time_ticks(look.time.first, look.time.last, room):
        if look.time.first < tick.on < look.time.last:
            x = look.time.at(tick.on)
            shapes.append(Line(x, top, x, bottom, Tone.GRID, 0.5))
        middle = look.time.at(tick.middle)
        half = text_width(tick.words, size) / 2
        if middle - half >= begin and middle + half <= end:
            begin = middle + half + 4
            shapes.append(Text(middle, bottom + size * 1.25, tick.words, size, Anchor.MIDDLE, tone=Tone.SUB))
    return shapes


def _today(look: Look, top: float, bottom: float) -> list[Shape]:
    x = look.time.at(look.until)
    words = Text(x, bottom + look.size * 1.25, "Today", look.size, Anchor.MIDDLE, Weight.BOLD)
    return [Line(x, top, x, bottom, Tone.TEXT, 0.9), words]


def _latest(panels: list[Panel], look: Look, words_for_newest: str) -> list[Shape]:
    """The newest value and the levels at the right edge, pushed apart so that none covers another."""
    shapes: list[Shape] = []
    for panel in panels:
        scale, size = panel.scale, look.size
        newest = panel.series.points[-1]
        tone = panel.series.tone
        words = [
            (scale.at(level.value), f"{level.value:,.10g} {level.words}", Tone.AMBER, Weight.REGULAR)
            for level in panel.series.levels
        ]
        words.append((scale.at(newest.value), f"{said(newest, in_words=False)} {words_for_newest}", tone, Weight.BOLD))
        floor = panel.top - size
        for y, text, one, weight in sorted(words):
            floor = max(y + size * 0.35, floor + size * 1.2)
            shapes.append(Text(look.right + 6, floor, text, size, Anchor.START, weight, one))
    return shapes


def alt_text(data: JourneyData) -> str:
    """The chart in sentences, for those who cannot see it."""
    sentences = []
    for one in data.series:
        if not one.points:
            continue
        first, last = one.points[0], one.points[-1]
        unit = one.unit.partition(",")[0]
        count = "1 value" if len(one.points) == 1 else f"{len(one.points)} values"
        sentences.append(
            f"{one.name}, {unit}: {count}; {said(first, in_words=True)} on {_long(first.on)},"
            f" {said(last, in_words=True)} on {_long(last.on)}."
        )
    for bar in data.bars:
        end = f"to {_long(bar.end)}" if bar.end else "and going on"
        sentences.append(f"Treatment: {bar.label}, from {_long(bar.start)} {end}.")
    sentences += [f"{flag.label}: {_long(flag.on)}." for flag in data.flags]
    return " ".join(sentences) or "No results recorded."


def _long(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
