"""On which days something can have happened to a person."""

from datetime import date

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.person import Patient
from poems_registry.domain.possible_days import after_death, why_not

TODAY = date(2026, 11, 22)
ANN = Patient(born=PartialDate(1955, 7), died=PartialDate(2026, 3))


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 11, 23), "lies in the future"),
        (date(1955, 6, 30), "lies before the patient was born"),
        (date(1955, 7, 1), ""),
        (date(2026, 3, 31), ""),
        (date(2026, 4, 1), "lies after the patient died"),
    ],
)
def test_a_day_is_refused_only_if_it_surely_cannot_be(on: date, words: str) -> None:
    assert why_not(ANN, on, TODAY) == words
    assert after_death(ANN, on) == (on > date(2026, 3, 31))


def test_nothing_lies_after_a_death_that_nobody_told_of() -> None:
    assert not after_death(Patient(), TODAY)
