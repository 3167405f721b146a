"""Counts are told of those assessed only, and medians of what censored values leave of them."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.cohort import words
from poems_registry.cohort.figures import Share, Spread, rounded
from poems_registry.domain.findings import Sign
from poems_registry.domain.intervals import Interval

exactly = Interval.exactly


def test_the_denominator_is_those_assessed_and_never_everybody() -> None:
    share = Share.of([True, True, False, None, None, None])
    assert (share.present, share.assessed, share.unassessed) == (2, 3, 3)
    assert words.of_assessed(share) == "2 / 3"
    assert words.percent_and_interval(share) == "67 (21 to 94)"


def test_of_nobody_assessed_nothing_is_said() -> None:
    share = Share.of([None, None])
    assert (share.percent, share.interval) == (None, None)
    assert words.cell(share) == words.percent_and_interval(share) == "none assessed"
    assert words.cell(Spread.of([None])) == "none assessed"


def test_what_is_withheld_has_no_percentage() -> None:
    assert words.cell(Share(None, 20, 5)) == "*"
    assert words.percent_and_interval(Share(None, 20, 5)) == "*"
    assert words.cell(Share(0, None, 0)) == "0"
    assert words.cell(Spread(None, 0)) == "*"


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=40))
def test_quartiles_are_those_of_the_statistics_library(values: list[float]) -> None:
    spread = Spread.of(map(exactly, values))
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    assert spread.median is not None
    assert spread.quartiles is not None
    assert spread.median.low == pytest.approx(middle)
    assert [each.low for each in spread.quartiles] == [pytest.approx(low), pytest.approx(high)]
    assert spread.extremes == (exactly(min(values)), exactly(max(values)))


@given(
    st.lists(st.tuples(st.sampled_from(Sign), st.floats(1, 10_000)), min_size=1, max_size=15),
    st.lists(st.floats(0, 1), min_size=15, max_size=15),
)
def test_the_true_median_lies_in_what_censored_values_leave(
    values: list[tuple[Sign, float]], luck: list[float]
) -> None:
    intervals = [Interval.of(sign, number) for sign, number in values]
    truth = [
        number if sign is Sign.EQUAL else number * part if sign is Sign.BELOW else number + 5000 * part
        for (sign, number), part in zip(values, luck, strict=False)
    ]
    found = Spread.of(intervals).median
    assert found is not None
    assert found.low - 1e-6 <= statistics.median(truth) <= found.high + 1e-6


def test_a_median_that_censored_values_do_not_touch_is_exact() -> None:
    values = [exactly(100), exactly(200), exactly(300), Interval.of(Sign.ABOVE, 8000), Interval.of(Sign.BELOW, 31)]
    spread = Spread.of(values)
    assert words.cell(spread) == "200 (100 to 300)"
    assert words.cell(spread, whole_range=True) == "200 (at most 31; at least 8,000)"


def test_a_median_among_censored_values_says_so() -> None:
    values = [exactly(4000), Interval.of(Sign.ABOVE, 8000), Interval.of(Sign.ABOVE, 9000)]
    assert words.cell(Spread.of(values)) == "at least 8,000 (at least 6,000; at least 8,500)"
    assert words.reach(Interval(31, 40), 0) == "between 31 and 40"


def test_figures_are_rounded_halves_upwards() -> None:
    assert rounded(exactly(56.5), 0) == exactly(57)
    assert rounded(Interval(10.25, float("inf")), 1) == Interval(10.3, float("inf"))
    assert words.whole(62.5) == "63"
