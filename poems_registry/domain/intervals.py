"""A measured value as the interval in which the truth lies: `<31` decides only what holds for all of 0 to 31."""

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from poems_registry.domain.findings import Sign
from poems_registry.domain.kleene import Verdict, opposite

KEPT = 4096
"""Products and words that are kept: a record is judged anew with each key press, of which one value changed."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All values the true result may have; a comparison decides only if all of them lie on one side (decision 2).

    `low` and `high` are in the unit of the result; an open end is not itself a possible value.
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high):
            raise ValueError("an interval needs two numbers")
        empty_point = self.low == self.high and (self.low_open or self.high_open)
        if self.low > self.high or empty_point:
            raise ValueError("no value lies in this interval")

    @classmethod
    def exactly(cls, number: float) -> "Interval":
        """A value that was measured."""
        return cls(number, number)

    @classmethod
    def of(cls, sign: Sign, number: float) -> "Interval":
        """The interval behind a reported result: `<31` is 0 up to but not 31, `>8000` all above 8000.

        Results are amounts, so nothing lies below 0. Raises ValueError for `<0` and for a number that is not finite.
        """
        if not math.isfinite(number):
            raise ValueError("a result is a finite number")
        if sign is Sign.BELOW:
            return cls(0.0, number, high_open=True)
        if sign is Sign.ABOVE:
            return cls(number, math.inf, low_open=True, high_open=True)
        return cls.exactly(number)

    def at_least(self, level: float) -> Verdict:
        """Whether the value is `level` or more."""
        if self.low >= level:
            return Verdict.MET
        below = self.high < level or (self.high == level and self.high_open)
        return Verdict.NOT_MET if below else Verdict.CANNOT_TELL

    def at_most(self, level: float) -> Verdict:
        """Whether the value is `level` or less."""
        if self.high <= level:
            return Verdict.MET
        above = self.low > level or (self.low == level and self.low_open)
        return Verdict.NOT_MET if above else Verdict.CANNOT_TELL

    def above(self, level: float) -> Verdict:
        """Whether the value is more than `level`."""
        return opposite(self.at_most(level))

    def below(self, level: float) -> Verdict:
        """Whether the value is less than `level`."""
        return opposite(self.at_least(level))

    def scaled(self, factor: float) -> "Interval":
        """The same result in another unit; `factor` is above 0 and applied in decimal, so 0.771 x 1000 is 771."""
        return Interval(times(self.low, factor), times(self.high, factor), self.low_open, self.high_open)

    def over(self, divisor: "Interval") -> "Interval":
        """All quotients of the two, both amounts from 0 up; without an upper bound where the divisor may be near 0.

        ValueError if the divisor is 0 for certain.
        """
        if divisor.high <= 0:
            raise ValueError("nothing can be divided by 0")
        low = 0.0 if math.isinf(divisor.high) else _quotient(self.low, divisor.high)
        endless = divisor.low <= 0 or math.isinf(self.high)
        high = math.inf if endless else _quotient(self.high, divisor.low)
        low_open = self.low_open or (divisor.high_open and self.low > 0)
        return Interval(low, high, low_open, endless or self.high_open or divisor.low_open)

    @property
    def censored(self) -> bool:
        """Whether only a bound is known."""
        return self.low != self.high

    @property
    def words(self) -> str:
        """The result for reading: `3,500`, `below 31`, `above 8,000`."""
        if self.low == self.high:
            return plain(self.low)
        if math.isinf(self.high):
            return f"{'above' if self.low_open else 'at least'} {plain(self.low)}"
        if self.low <= 0:
            return f"{'below' if self.high_open else 'at most'} {plain(self.high)}"
        return f"{plain(self.low)} to {plain(self.high)}"


@lru_cache(maxsize=KEPT)
def times(number: float, factor: float) -> float:
    """A product without binary rounding: both factors are taken as the decimals they were typed as."""
    if math.isinf(number):
        return number
    return float(Decimal(repr(number)) * Decimal(repr(factor)))


def _quotient(number: float, divisor: float) -> float:
    return float(Decimal(repr(number)) / Decimal(repr(divisor)))


@lru_cache(maxsize=KEPT)
def plain(number: float) -> str:
    """A number as people write it: thousands parted by commas, no trailing zeros."""
    text = f"{number:,.6f}"
    return text.rstrip("0").rstrip(".")
