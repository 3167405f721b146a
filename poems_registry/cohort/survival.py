"""Survival by Kaplan and Meier, its limits, how long people were followed, and whether two groups differ."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from poems_registry.domain.wilson import Z_95

DAYS_A_YEAR = 365.25
_NEARLY = 1e-9


@dataclass(frozen=True, slots=True, order=True)
class Followed:
    """One person: days from the start to the event, or to when they were last known to be without it."""

    days: int
    event: bool

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError("nobody is followed for less than no time")

    @property
    def years(self) -> float:
        """In years of 365.25 days."""
        return self.days / DAYS_A_YEAR


@dataclass(frozen=True, slots=True)
class Step:
    """From `time` (years) on, the share still free of the event, with 95 % limits; None where no limit exists."""

    time: float
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A survival curve: one step at 0 and one at each time of an event."""

    steps: tuple[Step, ...]
    followed: tuple[Followed, ...]

    def at(self, years: float) -> Step | None:
        """The estimate at a time; None beyond the longest follow-up, where nothing is known."""
        if not self.followed or years > self.followed[-1].years + _NEARLY:
            return None
        return max((step for step in self.steps if step.time <= years + _NEARLY), key=lambda step: step.time)

    def at_risk(self, years: float) -> int:
        """How many were still followed, and free of the event, just before a time."""
        return sum(each.years >= years - _NEARLY for each in self.followed)

    @property
    def median(self) -> float | None:
        """The first time (years) at which half or fewer are free of the event; None if that was not reached."""
        return next((step.time for step in self.steps if step.share <= 0.5 + _NEARLY), None)

    @property
    def events(self) -> int:
        """How many had the event."""
        return sum(each.event for each in self.followed)


def kaplan_meier(people: Iterable[Followed]) -> Estimate:
    """The product-limit estimate (Kaplan and Meier, J Am Stat Assoc 1958;53:457-81).

    Limits: Greenwood's variance on the scale log(-log S) (Kalbfleisch and Prentice 1980), which stay between 0 and 1.
    Who is last seen on the day of another's event counts as at risk on that day.
    """
    ordered = sorted(people)
    steps = [Step(0.0, 1.0)]
    share, spread, left = 1.0, 0.0, len(ordered)
    for days, same in groupby(ordered, key=lambda each: each.days):
        today = list(same)
        events = sum(each.event for each in today)
        if events:
            share *= 1 - events / left
            # Nobody is left after the last one's event: the share is 0 and has no limits on this scale.
            spread = spread + events / (left * (left - events)) if left > events else math.inf
            steps.append(_step(days / DAYS_A_YEAR, share, spread))
        left -= len(today)
    return Estimate(tuple(steps), tuple(ordered))


def _step(time: float, share: float, spread: float) -> Step:
    if math.isinf(spread):
        return Step(time, 0.0)
    width = Z_95 * math.sqrt(spread) / abs(math.log(share))
    return Step(time, share, share ** math.exp(width), share ** math.exp(-width))


def median_follow_up(people: Iterable[Followed]) -> float | None:
    """Years, by reverse Kaplan-Meier: the end of follow-up is the event (Schemper, Control Clin Trials 1996;17:343)."""
    return kaplan_meier(Followed(each.days, not each.event) for each in people).median


@dataclass(frozen=True, slots=True)
class LogRank:
    """Two groups compared: chi-square on 1 degree of freedom and its two-sided p."""

    chi_square: float
    p: float


def log_rank(first: Sequence[Followed], second: Sequence[Followed]) -> LogRank | None:
    """The log-rank test (Mantel 1966; Peto and Peto 1972); None if no event can tell the groups apart."""
    both = sorted([(each.days, each.event, True) for each in first] + [(e.days, e.event, False) for e in second])
    left, left_first = len(both), len(first)
    surplus = variance = 0.0
    for _, same in groupby(both, key=lambda each: each[0]):
        today = list(same)
        events = sum(event for _, event, _ in today)
        if events:
            share = left_first / left
            surplus += sum(event for _, event, mine in today if mine) - events * share
            if left > 1:
                variance += events * share * (1 - share) * (left - events) / (left - 1)
        left -= len(today)
        left_first -= sum(mine for _, _, mine in today)
    if variance <= 0:
        return None
    chi_square = surplus * surplus / variance
    return LogRank(chi_square, math.erfc(math.sqrt(chi_square / 2)))
