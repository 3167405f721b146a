"""Survival agrees with independent programs (lifelines, scipy), and says nothing where nothing is known."""

import warnings
from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
from scipy import stats

from poems_registry.cohort.survival import DAYS_A_YEAR, Followed, kaplan_meier, log_rank, median_follow_up

FOLLOWED = st.builds(Followed, st.integers(0, 4000), st.booleans())
TIED = st.builds(Followed, st.integers(1, 12), st.booleans())
PEOPLE = st.lists(FOLLOWED, min_size=2, max_size=60) | st.lists(TIED, min_size=2, max_size=60)


def fitted(people: Sequence[Followed]) -> KaplanMeierFitter:
    """The same people in lifelines."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of its own library's future
        return KaplanMeierFitter().fit([p.days for p in people], [p.event for p in people])


@given(PEOPLE)
@settings(max_examples=60)
def test_the_estimate_and_its_limits_are_those_of_lifelines(people: list[Followed]) -> None:
    theirs = fitted(people)
    limits = theirs.confidence_interval_survival_function_
    for step in kaplan_meier(people).steps[1:]:
        days = round(step.time * DAYS_A_YEAR)
        assert step.share == pytest.approx(float(theirs.survival_function_.loc[days].iloc[0]), abs=1e-9)
        if step.low is not None and step.high is not None:
            low, high = (float(value) for value in limits.loc[days])
            assert step.low == pytest.approx(low, abs=1e-6)
            assert step.high == pytest.approx(high, abs=1e-6)
            assert 0 <= step.low <= step.share <= step.high <= 1


@given(PEOPLE, st.integers(0, 12))
@settings(max_examples=60)
def test_the_numbers_at_risk_are_those_not_yet_gone(people: list[Followed], year: int) -> None:
    assert kaplan_meier(people).at_risk(year) == sum(each.days >= year * DAYS_A_YEAR for each in people)


@given(PEOPLE)
@settings(max_examples=60)
def test_median_follow_up_is_the_reverse_estimate_of_lifelines(people: list[Followed]) -> None:
    theirs = fitted([Followed(each.days, not each.event) for each in people]).median_survival_time_
    mine = median_follow_up(people)
    reverse = kaplan_meier(Followed(each.days, not each.event) for each in people)
    # At exactly one half its sums of logarithms fall on either side by chance.
    assume(not any(step.share == pytest.approx(0.5) for step in reverse.steps))
    if mine is None:
        assert theirs == float("inf")
    else:
        assert mine == pytest.approx(theirs / DAYS_A_YEAR)


@given(PEOPLE, PEOPLE)
@settings(max_examples=60)
def test_the_log_rank_test_is_that_of_lifelines_and_of_scipy(first: list[Followed], second: list[Followed]) -> None:
    found = log_rank(first, second)
    if found is None:
        return
    events = [p.event for p in first], [p.event for p in second]
    theirs = logrank_test([p.days for p in first], [p.days for p in second], *events)
    assert found.chi_square == pytest.approx(theirs.test_statistic, rel=1e-6, abs=1e-9)
    assert found.p == pytest.approx(theirs.p_value, rel=1e-6, abs=1e-9)


def test_the_log_rank_test_of_a_published_example() -> None:
    """Remission in weeks under 6-MP and placebo (Freireich, Blood 1963;21:699): chi-square 16.79."""
    treated = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    first = [Followed(weeks, place < 9) for place, weeks in enumerate(treated)]
    second = [Followed(weeks, True) for weeks in placebo]
    found = log_rank(first, second)
    assert found is not None
    assert found.chi_square == pytest.approx(16.79, abs=0.01)
    censored = stats.CensoredData.right_censored([f.days for f in first], [not f.event for f in first])
    assert found.p == pytest.approx(stats.logrank(censored, [float(f.days) for f in second]).pvalue, rel=1e-6)
    steps = {round(step.time * DAYS_A_YEAR): step.share for step in kaplan_meier(first).steps}
    assert [round(steps[week], 3) for week in (6, 7, 10, 13, 16, 22, 23)] == [
        0.857,
        0.807,
        0.753,
        0.690,
        0.627,
        0.538,
        0.448,
    ]


def test_nothing_is_known_beyond_the_longest_follow_up() -> None:
    estimate = kaplan_meier([Followed(730, True), Followed(1461, False)])
    inside = estimate.at(3)
    assert inside is not None
    assert inside.share == pytest.approx(0.5)
    assert estimate.at(4) is not None
    assert estimate.at(5) is None
    assert kaplan_meier([]).at(1) is None
    assert kaplan_meier([]).median is None


def test_when_the_last_one_dies_the_share_is_nought_without_limits() -> None:
    last = kaplan_meier([Followed(10, True), Followed(20, True)]).steps[-1]
    assert (last.share, last.low, last.high) == (0.0, None, None)


def test_groups_without_an_event_cannot_be_compared() -> None:
    assert log_rank([Followed(5, False)], [Followed(9, False)]) is None
    assert log_rank([], [Followed(9, True)]) is None


def test_a_time_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="no time"):
        Followed(-1, True)
