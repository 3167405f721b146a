"""Cohort figures in words, the same on screen, on paper and in every file; `*` stands for what is withheld."""

import math
from collections.abc import Iterable

from poems_registry.catalogue.kinds import show_number
from poems_registry.cohort.figures import Share, Spread
from poems_registry.cohort.outcomes import Comparison, Curve
from poems_registry.cohort.summary import Summary
from poems_registry.cohort.survival import Step
from poems_registry.cohort.table_one import Group, TableRow
from poems_registry.domain.intervals import Interval
from poems_registry.domain.small_numbers import SUPPRESSED

NONE_ASSESSED = "none assessed"


def count(number: int | None) -> str:
    """`1,946`, or the mark of what is withheld."""
    return SUPPRESSED if number is None else f"{number:,}"


def of_assessed(share: Share) -> str:
    """`131 / 136`."""
    return f"{count(share.present)} / {count(share.assessed)}"


def percent_and_interval(share: Share) -> str:
    """`96 (92 to 98)`, percent with its limits."""
    if share.percent is None or share.interval is None:
        return NONE_ASSESSED if share.assessed == 0 else SUPPRESSED
    low, high = share.interval
    return f"{whole(share.percent)} ({whole(low)} to {whole(high)})"


def cell(figure: Share | Spread, decimals: int = 0, *, whole_range: bool = False) -> str:
    """One cell of Table 1: `89 (63%)`, `13 (8 to 21)`."""
    if isinstance(figure, Share):
        return _share(figure)
    if figure.assessed == 0:
        return NONE_ASSESSED
    if figure.median is None:
        return SUPPRESSED
    around = figure.extremes if whole_range else figure.quartiles
    middle = reach(figure.median, decimals)
    if around is None:
        return middle
    apart = "; " if around[0].censored or around[1].censored else " to "
    return f"{middle} ({reach(around[0], decimals)}{apart}{reach(around[1], decimals)})"


def response_cell(share: Share) -> str:
    """`12 / 30 (40%)`: how many, of those assessed in this column."""
    if share.assessed == 0:
        return NONE_ASSESSED
    percent = f" ({whole(share.percent)}%)" if share.percent is not None else ""
    return f"{of_assessed(share)}{percent}"


def response_row(row: TableRow) -> tuple[str, ...]:
    """Label, a cell for each column, and in how many of all it was not assessed."""
    shares = [figure for _, figure in row.cells if isinstance(figure, Share)]
    everyone = row.cell(Group.ALL)
    return (row.label, *map(response_cell, shares), count(everyone.unassessed))


RESPONSES = "Best response to the first treatment"
"""The table of responses."""


def _share(share: Share) -> str:
    if share.assessed == 0:
        return NONE_ASSESSED
    if share.present is None or share.percent is None:
        return count(share.present)
    return f"{count(share.present)} ({whole(share.percent)}%)"


def reach(value: Interval, decimals: int) -> str:
    """A number, or what censored values leave of it: `at least 8,000`, `at most 31`, `between 31 and 40`."""
    low, high = show_number(value.low, decimals), ""
    if value.low == value.high:
        return low
    if math.isinf(value.high):
        return f"at least {low}"
    high = show_number(value.high, decimals)
    return f"at most {high}" if value.low <= 0 else f"between {low} and {high}"


def row_label(row: TableRow) -> str:
    """`Age, years, median (range)`, `Men, n (%)`."""
    if isinstance(row.cells[0][1], Share):
        return f"{row.label}, n (%)"
    return f"{row.label}, median ({'range' if row.whole_range else 'IQR'})"


def whole(number: float) -> str:
    """A whole number, halves upwards."""
    return show_number(number, 0)


def share_of_one(share: float) -> str:
    """`87%` of 0.87."""
    return f"{whole(100 * share)}%"


def marks(curve: Curve) -> str:
    """`5 years 87%, 10 years 81%`; a time that nobody has reached yet, or that is withheld, is not named."""
    told = [f"{year} years {share_of_one(step.share)}" for year, step in curve.marks if step is not None]
    return ", ".join(told)


def limits(step: Step) -> str:
    """`81% (72 to 87)`, or the estimate alone where no limit exists."""
    if step.low is None or step.high is None:
        return share_of_one(step.share)
    return f"{share_of_one(step.share)} ({whole(100 * step.low)} to {whole(100 * step.high)})"


def comparison(found: Comparison) -> str:
    """The log-rank test in one sentence."""
    sizes = f"n = {count(found.sizes[0])} and {count(found.sizes[1])}"
    if found.test is None:
        return f"{found.words} ({sizes}): not compared, too few."
    p = "p < 0.01" if found.test.p < 0.01 else f"p = {found.test.p:.2f}"
    return f"{found.words} ({sizes}): log-rank {p}."


def left_out(summary: Summary) -> str:
    """`142 of 151 patients. Left out: 5 criteria cannot tell, 3 another diagnosis, 1 never seen.`"""
    start = f"{count(summary.size)} of {count(summary.everyone)} patients."
    if not summary.left_out:
        return f"{start} Nobody is left out."
    return f"{start} Left out: {', '.join(f'{count(each.count)} {each.reason}' for each in summary.left_out)}."


def withheld_or(value: str | None, summary: Summary) -> str:
    """A figure that can be missing because it is withheld, or because it cannot be told."""
    if value is not None:
        return value
    return SUPPRESSED if summary.release is not None else "not reached"


def sentence(parts: Iterable[str]) -> str:
    """Parts joined by semicolons."""
    return "; ".join(part for part in parts if part)


NOT_FOR_RELEASE = "NOT FOR RELEASE: clinic use only"
"""The band over every page, and the first line of every file, with true counts."""


def release_rules(threshold: int) -> str:
    """What was done to a summary that may leave the team, in words that go with it."""
    enough, quarters = threshold + 1, 4 * (threshold + 1)
    return (
        f"Counts of 1 to {threshold} are shown as {SUPPRESSED}; every other count is rounded to the nearest 5 by"
        " itself, so parts need not add up to their total. Percentages and intervals are worked out from the counts"
        " shown."
        f" Medians only of {enough} people or more, quartiles of {quarters} or more; no lowest or highest values."
        f" Survival at whole years while {enough} or more are at risk, in steps that stand for five people or more."
        " No lines or dates of single patients."
    )


def standing(summary: Summary) -> str:
    """Whether this may leave the team, in one line."""
    return "Made for release: small numbers are withheld." if summary.release is not None else NOT_FOR_RELEASE
