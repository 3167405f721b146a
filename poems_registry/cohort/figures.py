"""What a cohort figure is: a count beside its denominator, or the middle of measured values; true, or as released."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from poems_registry.domain.intervals import Interval
from poems_registry.domain.wilson import wilson


@dataclass(frozen=True, slots=True)
class Share:
    """How many have something, of those in whom it was assessed. A count of None is withheld from a release.

    Percent and interval follow from the counts that stand here and from nothing else, so a released share tells no
    more than its counts (decision 4). The denominator is never all patients (clinical.md 6.2).
    """

    present: int | None
    assessed: int | None
    unassessed: int | None

    @classmethod
    def of(cls, answers: Iterable[bool | None]) -> "Share":
        """True, false, and None for those in whom it was not assessed or cannot be told."""
        every = list(answers)
        known = [answer for answer in every if answer is not None]
        return cls(sum(known), len(known), len(every) - len(known))

    @property
    def percent(self) -> float | None:
        """0 to 100; None if a count is withheld or nobody was assessed."""
        if self.present is None or not self.assessed:
            return None
        return 100 * self.present / self.assessed

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % Wilson limits, 0 to 100."""
        if self.present is None or not self.assessed:
            return None
        low, high = wilson(self.present, self.assessed)
        return 100 * low, 100 * high


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of measured values. None where nobody was measured, or where the figure is withheld.

    Each is an interval, a point unless censored values (`>8000`) leave it open: the true figure lies inside it.
    """

    assessed: int | None
    unassessed: int | None
    median: Interval | None = None
    quartiles: tuple[Interval, Interval] | None = None
    extremes: tuple[Interval, Interval] | None = None

    @classmethod
    def of(cls, values: Iterable[Interval | None]) -> "Spread":
        """Median, quartiles (linear between neighbours: Hyndman and Fan 1996, type 7), lowest and highest value."""
        every = list(values)
        known = [value for value in every if value is not None]
        missing = len(every) - len(known)
        if not known:
            return cls(0, missing)
        lows, highs = sorted(v.low for v in known), sorted(v.high for v in known)
        lowest, lower, median, upper, highest = (_between(lows, highs, share) for share in (0, 0.25, 0.5, 0.75, 1))
        return cls(len(known), missing, median, (lower, upper), (lowest, highest))


def rounded(value: Interval, decimals: int) -> Interval:
    """As it is printed, halves upwards: what a release may tell."""
    high = value.high if math.isinf(value.high) else _rounded(value.high, decimals)
    return Interval(_rounded(value.low, decimals), high)


def _rounded(number: float, decimals: int) -> float:
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def _between(lows: Sequence[float], highs: Sequence[float], share: float) -> Interval:
    """A quantile never falls when a value rises: the true one lies between those of the lowest and highest readings."""
    low = _quantile(lows, share)
    return Interval(low, max(low, _quantile(highs, share)))


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    part = place - below
    if part == 0 or ordered[below] == ordered[below + 1]:
        return ordered[below]  # also keeps an infinite neighbour out of a sum it has no part in
    return ordered[below] + part * (ordered[below + 1] - ordered[below])
