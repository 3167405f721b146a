"""Which days are under treatment, and which are too soon after steroids."""

from datetime import date

import pytest

from poems_registry.domain.treatment_periods import (
    TreatmentPeriod,
    months_later,
    on_treatment,
    steroids_within,
    treatment_begun,
)

COURSE = TreatmentPeriod(date(2024, 1, 10), date(2024, 4, 10), steroids=True)
PREDNISOLONE = TreatmentPeriod(date(2023, 1, 1), date(2023, 2, 1), anti_plasma_cell=False, steroids=True)


@pytest.mark.parametrize(
    ("day", "begun", "under", "steroids"),
    [
        (date(2024, 1, 9), False, False, False),
        (date(2024, 1, 10), False, False, False),
        (date(2024, 1, 11), True, True, True),
        (date(2024, 4, 10), True, True, True),
        (date(2024, 4, 11), True, False, True),
        (date(2024, 7, 10), True, False, True),
        (date(2024, 7, 11), True, False, False),
    ],
    ids=["before", "first day, before the first dose", "second day", "last day", "day after",
         "three months after", "more than three months after"],
)  # fmt: skip
def test_a_day_lies_before_in_or_after_a_course(day: date, begun: bool, under: bool, steroids: bool) -> None:
    assert treatment_begun([COURSE], day) is begun
    assert on_treatment([COURSE], day) is under
    assert steroids_within([COURSE], day, 3) is steroids


def test_steroids_alone_are_no_treatment_of_plasma_cells() -> None:
    day = date(2023, 1, 15)
    assert not treatment_begun([PREDNISOLONE], day)
    assert not on_treatment([PREDNISOLONE], day)
    assert steroids_within([PREDNISOLONE], day, 3)


def test_treatment_without_an_end_is_still_going_on() -> None:
    assert on_treatment([TreatmentPeriod(date(2024, 1, 10))], date(2034, 1, 10))


def test_months_are_calendar_months_and_end_with_the_month() -> None:
    assert months_later(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert months_later(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert months_later(date(2024, 1, 15), 0) == date(2024, 1, 15)
    assert months_later(date(9999, 12, 31), 3) == date.max
