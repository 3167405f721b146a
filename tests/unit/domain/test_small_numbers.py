"""Counts that may leave the team."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.small_numbers import released, show_released

COUNTS = st.integers(0, 100_000)


def test_the_first_counts_are_released_as_decided() -> None:
    shown = [show_released(count) for count in range(24)]
    assert shown == ["0", *["*"] * 7, *["10"] * 5, *["15"] * 5, *["20"] * 5, "25"]


@given(COUNTS)
def test_no_released_cell_is_one_to_seven(count: int) -> None:
    number = released(count)
    assert number is None or number == 0 or number >= 10
    assert (number is None) == (1 <= count <= 7)
    assert (show_released(count) == "*") == (number is None)


@given(COUNTS, st.integers(5, 30))
def test_what_is_shown_is_the_nearest_five_and_what_is_hidden_is_small(count: int, threshold: int) -> None:
    number = released(count, threshold)
    if number is None:
        assert 1 <= count <= threshold
    else:
        assert count == 0 or count > threshold
        assert number % 5 == 0
        assert abs(number - count) <= 2


@given(COUNTS, COUNTS)
def test_rounding_never_puts_a_part_above_its_whole(one: int, other: int) -> None:
    part, whole = sorted((released(one) or 0, released(other) or 0))
    assert (released(min(one, other)) or 0, released(max(one, other)) or 0) == (part, whole)


def test_an_unsafe_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 5"):
        released(3, threshold=4)
    with pytest.raises(ValueError, match="negative"):
        released(-1)
