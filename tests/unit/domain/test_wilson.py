"""Wilson intervals against scipy and against their own defining equation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from poems_registry.domain.wilson import Z_95, wilson


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    assessed = draw(st.integers(1, 20_000))
    return draw(st.integers(0, assessed)), assessed


@given(shares())
def test_the_interval_is_that_of_scipy(share: tuple[int, int]) -> None:
    present, assessed = share
    oracle = binomtest(present, assessed).proportion_ci(0.95, method="wilson")
    assert wilson(present, assessed) == pytest.approx((oracle.low, oracle.high), abs=1e-12)


@given(shares(), st.floats(0.5, 4))
def test_the_limits_are_those_shares_that_lie_z_errors_away(share: tuple[int, int], z: float) -> None:
    present, assessed = share
    seen = present / assessed
    for limit in wilson(present, assessed, z):
        assert (seen - limit) ** 2 == pytest.approx(z * z * limit * (1 - limit) / assessed, abs=1e-9)


@given(shares())
def test_the_interval_holds_the_share_and_stays_between_none_and_all(share: tuple[int, int]) -> None:
    present, assessed = share
    low, high = wilson(present, assessed)
    assert 0 <= low <= present / assessed <= high <= 1
    assert wilson(assessed - present, assessed) == pytest.approx((1 - high, 1 - low))


def test_a_published_example_comes_out() -> None:
    # Newcombe 1998, table I: 81 of 263 has 0.2553 to 0.3662; 0 of 20 has 0 to 0.1611; 1 of 29 has 0.0061 to 0.1718.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)
    assert pytest.approx(1.959964) == Z_95


def test_of_nobody_nothing_is_known() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("present", "assessed"), [(-1, 5), (6, 5), (1, 0), (0, -1)])
def test_counts_that_cannot_be_are_refused(present: int, assessed: int) -> None:
    with pytest.raises(ValueError, match="none to all"):
        wilson(present, assessed)
