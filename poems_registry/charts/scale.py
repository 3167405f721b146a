"""From values and dates to places on a chart, and back to the ticks a reader expects."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Scale:
    """A mapping of [low, high] onto [start, end] points; values beyond are held at the edge.

    `logarithmic` scales need low > 0. Held, not dropped: a value off the chart must still be seen.
    """

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __post_init__(self) -> None:
        if self.logarithmic and self.low <= 0:
            raise ValueError("a logarithmic scale begins above 0")
        if not self.high > self.low:
            raise ValueError("a scale needs room between low and high")

    def at(self, value: float) -> float:
        """The place in points of `value`."""
        held = min(max(value, self.low), self.high)
        if self.logarithmic:
            share = math.log(held / self.low) / math.log(self.high / self.low)
        else:
            share = (held - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def linear_ticks(low: float, high: float, wanted: int = 4) -> tuple[float, ...]:
    """Round numbers inside [low, high], about `wanted` of them."""
    if not high > low:
        return (low,)
    rough = (high - low) / max(wanted, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(nice * power for nice in _NICE if nice * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(k * step, 10) for k in range(first, last + 1))


def year_ticks(last: float, wanted: int = 6) -> tuple[float, ...]:
    """Years from 0 to `last` by 1, 2, 5 or 10, at most `wanted` + 2 and 0; quarters and halves of short times."""
    step = next((s for s in (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0) if last / s <= wanted + 2), 50.0)
    return tuple(k * step for k in range(int(last / step + 1e-9) + 1))


def log_ticks(low: float, high: float, wanted: int = 4) -> tuple[float, ...]:
    """1 and 3 of each decade inside [low, high]; only the decades when that would be more than `wanted` + 2."""
    decades = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    both = [step * 10.0**decade for decade in decades for step in (1, 3)]
    ticks = [tick for tick in both if low * 0.999 <= tick <= high * 1.001]
    if len(ticks) > wanted + 2:
        ones = [10.0**decade for decade in decades if low * 0.999 <= 10.0**decade <= high * 1.001]
        ticks = ones or ticks
    return tuple(ticks)


def log_limits(low: float, high: float) -> tuple[float, float]:
    """Limits of a logarithmic axis a little outside the data, never narrower than one decade."""
    low, high = low / 1.15, high * 1.15
    if high / low < 10:
        middle = math.sqrt(low * high)
        low, high = middle / math.sqrt(10), middle * math.sqrt(10)
    return low, high


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A mapping of days onto points, proportional to time (spec nhs.md 2.9)."""

    first: date
    last: date
    start: float
    end: float

    def __post_init__(self) -> None:
        if not self.last > self.first:
            raise ValueError("a time scale needs at least one day")

    def at(self, day: date) -> float:
        """The place in points of `day`; days outside are held at the edge."""
        share = (day - self.first).days / (self.last - self.first).days
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class TimeTick:
    """The first day of a year (or month) that gets a line, and the words in the middle of what follows it."""

    on: date
    words: str
    middle: date


def time_ticks(first: date, last: date, room: int) -> tuple[TimeTick, ...]:
    """Year ticks, every 1, 2, 5 or 10 years so that at most `room` labels stand; months when under two years."""
    years = last.year - first.year + 1
    if (last - first).days <= 1.5 * _DAYS_A_YEAR:
        return _month_ticks(first, last, room)
    step = next((s for s in (1, 2, 5, 10, 20) if years / s <= max(room, 1)), 50)
    ticks = []
    for year in range(first.year, last.year + 1):
        if year % step and step > 1:
            continue
        begin, end = max(date(year, 1, 1), first), min(date(year, 12, 31), last)
        ticks.append(TimeTick(date(year, 1, 1), str(year), begin + (end - begin) / 2))
    return tuple(ticks)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _month_ticks(first: date, last: date, room: int) -> tuple[TimeTick, ...]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((s for s in (1, 2, 3, 6, 12) if count / s <= max(room, 1)), 12)
    ticks = []
    for index in range(count):
        year, month = divmod(first.year * 12 + first.month - 1 + index, 12)
        if month % step:
            continue
        begin = date(year, month + 1, 1)
        middle = begin + timedelta(days=14)
        ticks.append(TimeTick(begin, f"{_MONTHS[month]} {year}", middle))
    return tuple(ticks)


def years_between(earlier: date, later: date) -> float:
    """Time in years of 365.25 days, as survival figures use it."""
    return (later - earlier).days / _DAYS_A_YEAR
