"""A censored value decides only if all of it lies on one side."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.findings import Sign
from poems_registry.domain.intervals import Interval, plain, times
from poems_registry.domain.kleene import Verdict

MET, NOT_MET, CANNOT_TELL = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL
amounts = st.floats(min_value=0.001, max_value=100_000, allow_nan=False).map(lambda n: round(n, 3))


@pytest.mark.parametrize(
    ("sign", "number", "level", "at_least", "at_most"),
    [
        (Sign.EQUAL, 771, 771, MET, MET),
        (Sign.EQUAL, 770.9, 771, NOT_MET, MET),
        (Sign.EQUAL, 771.1, 771, MET, NOT_MET),
        (Sign.BELOW, 31, 771, NOT_MET, MET),
        (Sign.BELOW, 771, 771, NOT_MET, MET),
        (Sign.BELOW, 800, 771, CANNOT_TELL, CANNOT_TELL),
        (Sign.ABOVE, 8000, 1771, MET, NOT_MET),
        (Sign.ABOVE, 771, 771, MET, NOT_MET),
        (Sign.ABOVE, 1500, 1771, CANNOT_TELL, CANNOT_TELL),
        (Sign.BELOW, 31, 0, MET, CANNOT_TELL),
    ],
)
def test_a_result_is_compared_with_a_level(
    sign: Sign, number: float, level: float, at_least: Verdict, at_most: Verdict
) -> None:
    value = Interval.of(sign, number)
    assert value.at_least(level) is at_least
    assert value.at_most(level) is at_most


@given(st.sampled_from(Sign), amounts, amounts, st.lists(amounts, min_size=1, max_size=20))
def test_a_comparison_says_yes_or_no_only_if_every_possible_value_does(
    sign: Sign, number: float, level: float, tries: list[float]
) -> None:
    value = Interval.of(sign, number)
    truths = {
        Sign.EQUAL: [number],
        Sign.BELOW: [0.0, *(each for each in tries if each < number)],
        Sign.ABOVE: [each + number for each in tries],
    }[sign]
    for truth in truths:
        assert value.at_least(level) in {CANNOT_TELL, MET if truth >= level else NOT_MET}
        assert value.at_most(level) in {CANNOT_TELL, MET if truth <= level else NOT_MET}
        assert value.above(level) in {CANNOT_TELL, MET if truth > level else NOT_MET}
        assert value.below(level) in {CANNOT_TELL, MET if truth < level else NOT_MET}


@given(amounts, amounts)
def test_a_measured_value_always_decides(number: float, level: float) -> None:
    value = Interval.exactly(number)
    assert value.at_least(level).settled
    assert value.at_most(level).settled
    assert not value.censored


@given(st.sampled_from(Sign), amounts, amounts)
def test_a_change_of_unit_changes_no_comparison(sign: Sign, number: float, level: float) -> None:
    value = Interval.of(sign, number)
    assert value.scaled(1000.0).at_least(times(level, 1000.0)) is value.at_least(level)
    assert value.scaled(0.001).at_most(times(level, 0.001)) is value.at_most(level)


def test_conversion_is_decimal_so_that_0_771_ng_per_ml_is_771_pg_per_ml() -> None:
    assert times(0.771, 1000.0) == 771.0
    assert times(1.1, 3.0) == 3.3
    assert times(math.inf, 1000.0) == math.inf


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Interval.exactly(3500), "3,500"),
        (Interval.exactly(489.5), "489.5"),
        (Interval.exactly(0.52), "0.52"),
        (Interval.of(Sign.BELOW, 31), "below 31"),
        (Interval.of(Sign.ABOVE, 8000), "above 8,000"),
        (Interval(0, 5), "at most 5"),
        (Interval(5, math.inf), "at least 5"),
        (Interval(4, 10), "4 to 10"),
    ],
)
def test_a_value_reads_as_people_say_it(value: Interval, words: str) -> None:
    assert value.words == words


def test_numbers_are_written_without_trailing_zeros() -> None:
    assert [plain(each) for each in (0.0, 100.0, 1771.0, 0.48)] == ["0", "100", "1,771", "0.48"]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_result_that_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Interval.of(Sign.EQUAL, number)


def test_an_interval_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="no value"):
        Interval.of(Sign.BELOW, 0)
    with pytest.raises(ValueError, match="no value"):
        Interval(5, 4)
    with pytest.raises(ValueError, match="two numbers"):
        Interval(math.nan, 1)


@given(
    st.sampled_from(Sign), amounts, st.sampled_from(Sign), amounts, st.lists(st.tuples(amounts, amounts), max_size=9)
)
def test_a_quotient_holds_every_possible_quotient_of_its_parts(
    sign: Sign, number: float, other_sign: Sign, divisor: float, tries: list[tuple[float, float]]
) -> None:
    quotient = Interval.of(sign, number).over(Interval.of(other_sign, divisor))
    for upper, lower in [*tries, (number, divisor)]:
        if _possible(sign, number, upper) and _possible(other_sign, divisor, lower):
            truth = upper / lower
            assert quotient.low - 1e-9 * truth <= truth <= quotient.high + 1e-9 * truth


def _possible(sign: Sign, number: float, truth: float) -> bool:
    return {Sign.EQUAL: truth == number, Sign.BELOW: truth < number, Sign.ABOVE: truth > number}[sign]


@pytest.mark.parametrize(
    ("numerator", "divisor", "words"),
    [
        (Interval.exactly(3.3), Interval.exactly(2), "1.65"),
        (Interval.of(Sign.BELOW, 0.3), Interval.exactly(30), "below 0.01"),
        (Interval.exactly(20), Interval.of(Sign.BELOW, 2), "above 10"),
        (Interval.of(Sign.ABOVE, 20), Interval.exactly(10), "above 2"),
        (Interval.exactly(6), Interval.of(Sign.ABOVE, 60), "below 0.1"),
    ],
)
def test_a_quotient_of_censored_results_is_censored_the_right_way(
    numerator: Interval, divisor: Interval, words: str
) -> None:
    assert numerator.over(divisor).words == words


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(ValueError, match="divided"):
        Interval.exactly(1).over(Interval.exactly(0))
