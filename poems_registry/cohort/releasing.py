"""What of a summary may leave the team: the small-number rules applied to every figure of it (decision 4, nhs.md 5.6).

Each count is released on its own, never added up from others. Percentages and intervals follow from released counts
alone. What tells of single people (lowest, highest, lines, dates of events) is left out.
"""

import math
from dataclasses import replace

from poems_registry.cohort.choosing import LeftOut
from poems_registry.cohort.figures import Share, Spread, rounded
from poems_registry.cohort.outcomes import Comparison, Curve
from poems_registry.cohort.prevalence import FeatureRow
from poems_registry.cohort.summary import FollowUp, Summary
from poems_registry.cohort.survival import Step
from poems_registry.cohort.table_one import TableRow
from poems_registry.domain import small_numbers
from poems_registry.domain.small_numbers import THRESHOLD

QUARTERS = 4
STEP = 5
"""Counts above the threshold are rounded to the nearest of these."""
_COARSE = (1, 2, 5, 10, 20, 25, 50, 100)


def released(summary: Summary, threshold: int = THRESHOLD) -> Summary:
    """The summary as it may be released; ValueError for an unsafe threshold, or a second release."""
    if summary.release is not None:
        raise ValueError("this summary was made for release already")
    rules = _Rules(threshold)
    return replace(
        summary,
        everyone=rules.count(summary.everyone),
        size=rules.count(summary.size),
        left_out=tuple(LeftOut(each.reason, rules.count(each.count)) for each in summary.left_out),
        groups=tuple((group, rules.count(count)) for group, count in summary.groups),
        complete=rules.share(summary.complete),
        table_one=tuple(rules.row(row) for row in summary.table_one),
        responses=tuple(rules.row(row) for row in summary.responses),
        features=tuple(rules.feature(row) for row in summary.features),
        curves=tuple(rules.curve(each) for each in summary.curves),
        comparison=rules.comparison(summary.comparison),
        follow_up=rules.follow_up(summary),
        died=rules.count(summary.died),
        relapsed=rules.count(summary.relapsed),
        died_or_relapsed=rules.count(summary.died_or_relapsed),
        lanes=(),
        courses=(),
        release=threshold,
    )


class _Rules:
    """The rules at one threshold: whole groups of more than `threshold` people may be told of.

    The threshold is 7, 12, 17 ...: only then do five true counts stand behind the smallest number shown. With 6, a 7
    would be the only count shown as 5; with 10, sums give single cells away (a test goes through all of them).
    """

    def __init__(self, threshold: int) -> None:
        small_numbers.released(0, threshold)  # refuses a threshold below the floor
        if (threshold - STEP // 2) % STEP:
            raise ValueError("the threshold of a release is 7, 12, 17 and so on, where rounding begins a new step")
        self.threshold = threshold

    def count(self, true: int | None) -> int | None:
        return None if true is None else small_numbers.released(true, self.threshold)

    def enough(self, people: int | None, groups: int = 1) -> bool:
        """Whether so many people can be divided into groups that may each be told of."""
        return people is not None and people >= groups * (self.threshold + 1)

    def share(self, share: Share) -> Share:
        return Share(self.count(share.present), self.count(share.assessed), self.count(share.unassessed))

    def spread(self, spread: Spread) -> Spread:
        """The median of a group large enough, quartiles if each quarter is large enough; lowest and highest never."""
        return Spread(
            self.count(spread.assessed),
            self.count(spread.unassessed),
            spread.median if self.enough(spread.assessed) else None,
            spread.quartiles if self.enough(spread.assessed, QUARTERS) else None,
        )

    def row(self, row: TableRow) -> TableRow:
        cells = tuple(
            (group, self.share(cell) if isinstance(cell, Share) else self.printed(self.spread(cell), row.decimals))
            for group, cell in row.cells
        )
        return replace(row, cells=cells, whole_range=False)

    def printed(self, spread: Spread, decimals: int) -> Spread:
        """As many figures as are printed: the rest could mark a single value."""
        median, quartiles = spread.median, spread.quartiles
        return replace(
            spread,
            median=rounded(median, decimals) if median is not None else None,
            quartiles=(rounded(quartiles[0], decimals), rounded(quartiles[1], decimals)) if quartiles else None,
        )

    def feature(self, row: FeatureRow) -> FeatureRow:
        recorded = self.share(row.recorded) if row.recorded is not None else None
        return replace(row, ever=self.share(row.ever), at_diagnosis=self.share(row.at_diagnosis), recorded=recorded)

    def curve(self, curve: Curve) -> Curve:
        """Estimates at whole years only, while enough people are at risk, in steps that stand for five people or more.

        The day of a single event, and a share so exact that one event could be told from it, are not released.
        """
        told = [year for year, left in curve.at_risk if self.enough(left)]
        unit = _unit(curve.people or 0)
        steps = [(year, step) for year in told if (step := curve.at(year)) is not None]
        return replace(
            curve,
            people=self.count(curve.people),
            events=self.count(curve.events),
            unplaced=self.count(curve.unplaced),
            steps=tuple(_coarse(step, year, unit) for year, step in steps),
            censored=(),
            at_risk=tuple((year, self.count(left)) for year, left in curve.at_risk),
            marks=tuple((year, _coarse(step, year, unit) if step and year in told else None)
                        for year, step in curve.marks),
        )  # fmt: skip

    def comparison(self, comparison: Comparison) -> Comparison:
        first, second = comparison.sizes
        enough = self.enough(first) and self.enough(second)
        test = comparison.test
        if test is not None:
            test = replace(test, chi_square=round(test.chi_square, 1), p=round(test.p, 2)) if enough else None
        return replace(comparison, sizes=(self.count(first), self.count(second)), test=test)

    def follow_up(self, summary: Summary) -> FollowUp:
        placed, true = summary.curves[0].people, summary.follow_up
        if not self.enough(placed):
            return FollowUp(None, None)
        median = round(true.median, 1) if true.median is not None else None
        years = true.person_years
        return FollowUp(median, float(round(years / 5) * 5) if years is not None else None)


def _unit(people: int) -> float:
    """The steps of released survival, as a share of 1: the finest of 1, 2, 5 ... per cent that is five people."""
    wanted = 500 / people if people else 100.0
    return next((unit for unit in _COARSE if unit >= wanted), 100) / 100


def _coarse(step: Step, year: int, unit: float) -> Step:
    low = math.floor(step.low / unit + 1e-9) * unit if step.low is not None else None
    high = min(1.0, math.ceil(step.high / unit - 1e-9) * unit) if step.high is not None else None
    return Step(float(year), round(min(1.0, round(step.share / unit) * unit), 6), low, high)
