"""Values and dates find their place, and ticks are numbers people read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.charts.scale import Scale, TimeScale, linear_ticks, log_limits, log_ticks, time_ticks


def test_a_logarithmic_scale_gives_each_decade_the_same_room() -> None:
    scale = Scale(10, 1000, 0, 200, logarithmic=True)
    assert (scale.at(10), scale.at(100), scale.at(1000)) == pytest.approx((0, 100, 200))


def test_a_value_beyond_the_axis_is_held_at_its_edge_not_dropped() -> None:
    scale = Scale(0, 12, 100, 0)
    assert (scale.at(-3), scale.at(40)) == (100, 0)


@pytest.mark.parametrize(("low", "logarithmic"), [(0.0, True), (-1.0, True)])
def test_a_logarithmic_scale_refuses_zero_and_less(low: float, logarithmic: bool) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Scale(low, 10, 0, 1, logarithmic=logarithmic)


def test_a_scale_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        Scale(3, 3, 0, 1)
    with pytest.raises(ValueError, match="one day"):
        TimeScale(date(2026, 1, 1), date(2026, 1, 1), 0, 1)


def test_ticks_of_a_score_and_of_vegf() -> None:
    assert linear_ticks(0, 12, 4) == (0, 5, 10)
    assert linear_ticks(0, 100, 4) == (0, 25, 50, 75, 100)
    assert log_ticks(300, 10000) == (300, 1000, 3000, 10000)
    assert log_ticks(1, 1_000_000) == tuple(10.0**k for k in range(7))


@given(st.floats(0.001, 1e6), st.floats(0.001, 1e6))
def test_ticks_lie_inside_and_rise(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    for ticks in (linear_ticks(low, high), log_ticks(low, high)):
        assert list(ticks) == sorted(ticks)
        assert all(low * 0.998 <= tick <= high * 1.002 for tick in ticks)


@given(st.floats(0.001, 1e6), st.floats(0.001, 1e6))
def test_a_logarithmic_axis_holds_its_data_over_at_least_a_decade(one: float, other: float) -> None:
    low, high = log_limits(min(one, other), max(one, other))
    assert low <= min(one, other)
    assert high >= max(one, other)
    assert high / low >= 9.99


def test_years_thin_out_when_there_is_no_room_for_all() -> None:
    short = [tick.words for tick in time_ticks(date(2021, 3, 1), date(2026, 11, 1), 10)]
    assert short == ["2021", "2022", "2023", "2024", "2025", "2026"]
    long = [tick.words for tick in time_ticks(date(1986, 3, 1), date(2026, 11, 1), 10)]
    assert long == ["1990", "1995", "2000", "2005", "2010", "2015", "2020", "2025"]


def test_a_short_course_is_counted_in_months() -> None:
    words = [tick.words for tick in time_ticks(date(2026, 1, 10), date(2026, 11, 1), 6)]
    assert words == ["Jan 2026", "Mar 2026", "May 2026", "Jul 2026", "Sep 2026", "Nov 2026"]


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 30000), st.integers(1, 20))
def test_there_are_never_more_labels_than_room(first: date, days: int, room: int) -> None:
    assert len(time_ticks(first, first + timedelta(days=days), room)) <= max(room, 3)
