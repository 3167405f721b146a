"""Two measured values against each other: decided only if all of one interval lies on one side of the other."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from math import inf, isinf
from typing import Final

from poems_registry.domain.intervals import KEPT, Interval
from poems_registry.domain.kleene import Verdict

ANY_AMOUNT: Final = Interval(0.0, inf, high_open=True)
"""What nobody measured: any amount there can be."""


def no_more_than(value: Interval, other: Interval) -> Verdict:
    """Whether the one is the other or less, whatever both truly are."""
    if value.high <= other.low:
        return Verdict.MET
    touching = value.low == other.high and (value.low_open or other.high_open)
    return Verdict.NOT_MET if value.low > other.high or touching else Verdict.CANNOT_TELL


def fallen_by(now: Interval, before: Interval, percent: float) -> Verdict:
    """Whether at least that share of the earlier value is gone."""
    return no_more_than(now, before.scaled(_share(100 - percent)))


def risen_by(now: Interval, before: Interval, percent: float) -> Verdict:
    """Whether the value has grown by at least that share of the earlier one."""
    return no_more_than(before.scaled(_share(100 + percent)), now)


def risen_by_units(now: Interval, before: Interval, units: float) -> Verdict:
    """Whether the value has grown by at least so many of its own units."""
    grown = Interval(_sum(before.low, units), _sum(before.high, units), before.low_open, before.high_open)
    return no_more_than(grown, now)


def lowest_of(values: Iterable[Interval]) -> Interval:
    """Where the smallest of several results lies. Raises ValueError for none."""
    every = list(values)
    if len(every) == 1:
        return every[0]
    low = min(each.low for each in every)
    high = min(each.high for each in every)
    return Interval(
        low,
        high,
        all(each.low_open for each in every if each.low == low),
        any(each.high_open for each in every if each.high == high),
    )


def lowest_so_far(first: Interval | None, values: Iterable[Interval | None]) -> list[Interval]:
    """Before each value, where the smallest of all earlier ones lies; a value nobody measured is any amount."""
    lowest, found = first, []
    for value in values:
        found.append(lowest if lowest is not None else ANY_AMOUNT)
        if value is not None:
            lowest = value if lowest is None else lowest_of((lowest, value))
    return found


def percent_between(before: Interval, now: Interval) -> int | None:
    """The fall (above 0) or rise in whole per cent, towards no change; None where a value is not exact or 0."""
    if before.censored or now.censored or before.low == 0:
        return None
    return int((Decimal(repr(before.low)) - Decimal(repr(now.low))) * 100 / Decimal(repr(before.low)))


@cache
def _share(percent: float) -> float:
    return float(Decimal(repr(float(percent))) / 100)


@lru_cache(maxsize=KEPT)
def _sum(number: float, more: float) -> float:
    return number if isinf(number) else float(Decimal(repr(number)) + Decimal(repr(float(more))))
