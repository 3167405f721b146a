"""Whether a change matters: the minimal important changes of clinical.md 2.1."""

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.change import Tone, change_of, change_of_derived
from poems_registry.catalogue.kinds import Number


def kind(code: str) -> Number:
    found = CATALOGUE.item(code).kind
    assert isinstance(found, Number)
    return found


@pytest.mark.parametrize(
    ("code", "before", "now", "tone", "matters"),
    [
        ("mrc_sum", 50, 52, Tone.BETTER, True),
        ("mrc_sum", 50, 49, Tone.WORSE, False),
        ("grip_left_kpa", 40, 48, Tone.BETTER, True),
        ("grip_left_kpa", 40, 33, Tone.WORSE, False),
        ("grip_left_kg", 20, 24, Tone.BETTER, True),
        ("grip_left_kg", 20, 23, Tone.BETTER, False),  # 15 per cent
        ("grip_left_kg", 5, 6.5, Tone.BETTER, False),  # 30 per cent, but less than 2 kg
        ("grip_left_kg", 5, 7, Tone.BETTER, True),
        ("walk_10m", 10, 7.2, Tone.BETTER, True),
        ("walk_10m", 10, 7.3, Tone.BETTER, False),
        ("walk_10m", 10, 12.8, Tone.WORSE, True),
        ("onls_arm", 2, 2, Tone.SAME, None),
        ("irods_raw", 20, 40, Tone.BETTER, None),
        ("irods_centile", 20, 60, Tone.BETTER, None),
        ("weight", 70, 80, Tone.PLAIN, None),
        ("mrc_sum", 50, 50, Tone.SAME, False),
    ],
)
def test_a_change_matters_by_the_measures_own_limit(
    code: str, before: float, now: float, tone: Tone, matters: bool | None
) -> None:
    change = change_of(kind(code), now, before)
    assert (change.tone, change.matters) == (tone, matters)


@pytest.mark.parametrize(
    ("before", "now", "step", "matters"),
    [
        ((0, 2), (1, 2), 1, False),  # arm 0 to 1 does not count
        ((1, 2), (0, 2), -1, False),
        ((1, 2), (2, 2), 1, True),
        ((0, 3), (0, 2), -1, True),
        ((0, 2), (1, 3), 2, True),
    ],
)
def test_of_the_onls_one_grade_matters_but_not_between_arm_0_and_1(
    before: tuple[float, float], now: tuple[float, float], step: float, matters: bool
) -> None:
    total = CATALOGUE.derived["onls_total"]
    parts = [{"onls_arm": arm, "onls_leg": leg} for arm, leg in (now, before)]
    change = change_of_derived(total, *parts)
    assert change is not None
    assert (change.step, change.matters) == (step, matters)


def test_a_total_without_one_of_its_parts_has_no_change() -> None:
    total = CATALOGUE.derived["incat_total"]
    assert change_of_derived(total, {"incat_arm": 2.0}, {"incat_arm": 1.0, "incat_leg": 1.0}) is None
