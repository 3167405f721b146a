"""The day is the clinic's, the instant is UTC's."""

from datetime import UTC, date, datetime

from poems_registry.system.clock import FixedClock, SystemClock


def test_shortly_after_midnight_in_summer_the_clinic_is_a_day_ahead_of_utc() -> None:
    clock = FixedClock(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert clock.now() == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert clock.today() == date(2026, 7, 1)


def test_the_pcs_clock_gives_aware_instants() -> None:
    assert SystemClock().now().utcoffset() is not None
