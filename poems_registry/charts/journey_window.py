"""A part of a journey's time: nearer, farther, earlier, later; values keep their height, so that nothing jumps."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from poems_registry.charts.journey_data import JourneyData, Series
from poems_registry.charts.journey_panel import axis_limits

LEAST = timedelta(days=120)
"""Nothing nearer: tests are weeks apart."""
_STEP = 3
"""Earlier and later go by this part of what is in view."""


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day in view."""

    first: date
    last: date

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.last - self.first


def whole(data: JourneyData) -> Window:
    """All of a journey: from its first day to today, or to what is dated later."""
    days = [point.on for one in data.series for point in one.points]
    days += [bar.start for bar in data.bars] + [flag.on for flag in data.flags]
    first = data.since or min(days, default=data.until)
    last = max([data.until, *days])
    return Window(min(first, last - LEAST), last)


def nearer(window: Window, around: date | None = None) -> Window:
    """Half as long, around a day (else the end, where the newest values are); never shorter than 120 days."""
    length = max(window.length / 2, LEAST)
    if around is None or not window.first <= around <= window.last:
        return Window(window.last - length, window.last)
    share = (around - window.first) / window.length
    first = around - length * share
    return Window(first, first + length)


def farther(window: Window, data: JourneyData) -> Window:
    """Twice as long, as far as there is anything."""
    return _held(Window(window.first - window.length / 2, window.last + window.length / 2), data)


def moved(window: Window, steps: int, data: JourneyData) -> Window:
    """Later by so many thirds of what is in view, or earlier for a negative number; it stays on the journey."""
    by = window.length * steps / _STEP
    return _held(Window(window.first + by, window.last + by), data)


def last_years(data: JourneyData, years: int) -> Window:
    """The newest years."""
    end = whole(data).last
    return _held(Window(end - timedelta(days=round(365.25 * years)), end), data)


def _held(window: Window, data: JourneyData) -> Window:
    every = whole(data)
    if window.length >= every.length:
        return every
    if window.first < every.first:
        return Window(every.first, every.first + window.length)
    if window.last > every.last:
        return Window(every.last - window.length, every.last)
    return window


def within(data: JourneyData, window: Window) -> JourneyData:
    """What a window shows: values and events inside it, treatments that reach into it.

    A series without a value inside keeps no panel. Axes are those of the whole journey.
    """
    if window == whole(data):
        return data
    return replace(
        data,
        series=tuple(_inside(one, window) for one in data.series),
        bars=tuple(bar for bar in data.bars if bar.start <= window.last and (bar.end or data.until) >= window.first),
        flags=tuple(flag for flag in data.flags if window.first <= flag.on <= window.last),
        since=window.first,
        to=window.last,
    )


def _inside(series: Series, window: Window) -> Series:
    low, high = axis_limits(series)
    points = tuple(point for point in series.points if window.first <= point.on <= window.last)
    return replace(series, points=points, axis=(low, high))
