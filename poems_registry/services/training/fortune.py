"""Chance with names: every draw comes from one seeded source, so that the same seed gives the same clinic."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fortune:
    """Draws for one patient; never used for anything secret."""

    source: Random

    @classmethod
    def of(cls, seed: int, index: int, matter: str = "") -> "Fortune":
        """The draws of the `index`-th patient, the same however many patients are made.

        A `matter` has draws of its own, which change no others.
        """
        return cls(Random(f"{seed}/{index}/{matter}" if matter else f"{seed}/{index}"))

    def happens(self, probability: float) -> bool:
        """Whether something of that probability happens."""
        return self.source.random() < probability

    def one_of(self, choices: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """One of several, by weight if given."""
        return self.source.choices(choices, weights)[0]

    def between(self, low: float, high: float) -> float:
        """Evenly between two numbers."""
        return self.source.uniform(low, high)

    def near(self, centre: float, spread: float, low: float, high: float) -> float:
        """Around a centre, never outside the limits."""
        return float(min(high, max(low, self.source.gauss(centre, spread))))

    def skewed(self, median: float, spread: float, low: float, high: float) -> float:
        """Log-normal around a median, never outside the limits; `spread` is the standard deviation of the logarithm."""
        return float(min(high, max(low, self.source.lognormvariate(math.log(median), spread))))

    def about(self, value: float, part: float) -> float:
        """A measurement of `value` with a relative error."""
        return value * max(0.2, self.source.gauss(1.0, part))

    def day(self, first: date, last: date) -> date:
        """A working day between two dates."""
        span = max(0, (last - first).days)
        return working_day(first + timedelta(days=self.source.randint(0, span)))


def working_day(day: date) -> date:
    """The Friday before, for a Saturday or Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 4))
