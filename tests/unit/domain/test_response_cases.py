"""The worked responses of clinical.md 3.2, each as a test."""

import pytest

from poems_registry.domain.response import Course, Domain, Grade
from poems_registry.domain.thresholds import Thresholds
from tests.unit.domain.treated import BEFORE, YEAR, answer, band, fixed, marrow, months, onls, pet, plasma, vegf

CLONE = fixed("+", "-", BEFORE)


@pytest.mark.parametrize(
    ("name", "before", "now", "expected"),
    [
        ("R1", 4959, 489.5, Grade.CR),
        ("R2", 5000, 2400, Grade.PR),
        ("R3", 5000, 2600, Grade.NR),
        ("R4", 1400, 600, Grade.NE),
        ("at exactly twice the limit it can be judged", 1542, 771, Grade.CR),
        ("half exactly is a partial response", 5000, 2500, Grade.PR),
    ],
)
def test_vegf_is_judged_by_its_fall_and_by_the_limit(name: str, before: float, now: float, expected: Grade) -> None:
    assert answer(Domain.VEGF, vegf(before, BEFORE), vegf(now, YEAR)).grade is expected, name


def test_r6_serum_before_and_plasma_now_are_never_compared() -> None:
    found = answer(Domain.VEGF, vegf(5000, BEFORE), plasma(90, YEAR))
    assert found.grade is Grade.NE
    assert found.words == "Measured in plasma, before treatment in serum: never compared"


def test_r7_clone_gone_from_serum_urine_and_marrow_is_complete() -> None:
    found = answer(
        Domain.HAEMATOLOGICAL,
        CLONE, marrow(True, BEFORE), band(0, BEFORE), fixed("-", "-", YEAR), marrow(False, YEAR),
    )  # fmt: skip
    assert found.grade is Grade.CR


def test_r8_without_a_repeated_marrow_complete_is_unconfirmed_and_says_what_would_confirm_it() -> None:
    found = answer(Domain.HAEMATOLOGICAL, CLONE, marrow(True, BEFORE), band(0, BEFORE), fixed("-", "-", YEAR))
    assert found.grade is Grade.CR_UNCONFIRMED
    assert found.needs == ("Marrow, repeated",)


def test_r8_a_clinic_may_merge_the_two_complete_responses() -> None:
    merged = Thresholds(cr_without_marrow=True)
    parts = (CLONE, marrow(True, BEFORE), band(0, BEFORE), fixed("-", "-", YEAR))
    assert answer(Domain.HAEMATOLOGICAL, *parts, thresholds=merged).grade is Grade.CR


@pytest.mark.parametrize(
    ("name", "before", "now", "expected"),
    [
        ("R9", 12, 1, Grade.VGPR),
        ("R10", 12, 5, Grade.PR),
        ("less than half", 12, 7, Grade.NR),
        ("a band of 6 falling by 90 %", 6, 0.5, Grade.VGPR),
        ("a band of 6 falling by half can be called neither partial nor none", 6, 3, Grade.NE_PARTIAL),
        ("a band of 4 can be judged for complete response and relapse only", 4, 1, Grade.NE_PARTIAL),
        ("a band of 4 that doubles and gains 5", 4, 9, Grade.PD),
    ],
)
def test_m_protein_is_judged_by_its_fall_from_baselines_that_are_high_enough(
    name: str, before: float, now: float, expected: Grade
) -> None:
    parts = (CLONE, band(before, BEFORE), fixed("+", "-", YEAR), band(now, YEAR))
    assert answer(Domain.HAEMATOLOGICAL, *parts).grade is expected, name


def test_r13_two_grams_above_the_nadir_is_still_a_partial_response() -> None:
    parts = (CLONE, band(12, BEFORE), band(3, months(7)), fixed("+", "-", YEAR), band(5, YEAR))
    found = answer(Domain.HAEMATOLOGICAL, *parts)
    assert found.grade is Grade.PR
    assert found.nadir is not None
    assert (found.nadir.words, found.nadir.on) == ("M-protein 3 g/L", months(7))


def test_r13_a_quarter_and_five_grams_above_the_nadir_is_progression() -> None:
    parts = (CLONE, band(20, BEFORE), band(3, months(7)), fixed("+", "-", YEAR), band(8, YEAR))
    assert answer(Domain.HAEMATOLOGICAL, *parts).grade is Grade.PD


RELAPSED = (CLONE, marrow(True, BEFORE), band(0, BEFORE), fixed("-", "-", months(8)), marrow(False, months(8)))


def test_r14_immunofixation_positive_again_after_complete_response_is_a_relapse_to_confirm() -> None:
    found = answer(Domain.HAEMATOLOGICAL, *RELAPSED, fixed("+", "", months(12)))
    assert found.grade is Grade.RELAPSE_TO_CONFIRM
    assert [each.confirmed for each in found.progressions] == [False]


def test_r14_a_second_positive_four_weeks_later_confirms_it_from_the_first_day() -> None:
    found = answer(Domain.HAEMATOLOGICAL, *RELAPSED, fixed("+", "", months(12)), fixed("+", "", months(13)))
    assert found.grade is Grade.PD
    assert [(each.on, each.confirmed) for each in found.progressions] == [(months(12), True)]


def test_r14_a_second_positive_too_soon_confirms_nothing() -> None:
    found = answer(Domain.HAEMATOLOGICAL, *RELAPSED, fixed("+", "", months(12)), fixed("+", "", months(12.5)))
    assert found.grade is Grade.RELAPSE_TO_CONFIRM


def test_r14_a_negative_repeat_refutes_it() -> None:
    found = answer(Domain.HAEMATOLOGICAL, *RELAPSED, fixed("+", "", months(12)), fixed("-", "-", months(13)))
    assert found.grade is Grade.CR
    assert found.progressions == ()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (pet(0, 0, YEAR), Grade.CR),
        (pet(1, 6, YEAR), Grade.PR),
        (pet(1, 8, YEAR), Grade.NR),
        (pet(2, 7, YEAR), Grade.PD),
    ],
)
def test_r16_the_sum_of_suvmax_decides_between_complete_partial_and_none(now: Course, expected: Grade) -> None:
    assert answer(Domain.RADIOLOGICAL, pet(1, 14, BEFORE), now).grade is expected


def test_r17_a_sum_above_its_nadir_is_progression_though_near_the_baseline() -> None:
    found = answer(Domain.RADIOLOGICAL, pet(2, 14, BEFORE), pet(2, 6, months(7)), pet(2, 15, YEAR))
    assert found.grade is Grade.PD
    assert found.nadir is not None
    assert (found.nadir.words, found.nadir.on) == ("2 avid lesions, sum of SUVmax 6", months(7))


def test_r18_no_avid_lesion_before_is_not_evaluable_but_a_new_one_is_progression() -> None:
    none = pet(0, None, BEFORE)
    assert answer(Domain.RADIOLOGICAL, none, pet(0, None, YEAR)).grade is Grade.NE
    assert answer(Domain.RADIOLOGICAL, none, pet(1, 5, YEAR)).grade is Grade.PD


@pytest.mark.parametrize(
    ("name", "before", "now", "expected"),
    [
        ("R20", (3, 4), (2, 3), Grade.IMPROVED),
        ("R22", (1, 1), (1, 2), Grade.WORSE),
        ("R24", (0, 0), (0, 0), Grade.NE),
        ("an arm grade between 0 and 1 does not count", (1, 3), (0, 3), Grade.STABLE),
        ("nor the other way", (0, 3), (1, 3), Grade.STABLE),
        ("but 1 to 2 does", (1, 3), (2, 3), Grade.WORSE),
        ("0 before treatment can still get worse", (0, 0), (0, 1), Grade.WORSE),
        ("1 + 0 has nothing to improve, since the arm between 0 and 1 does not count", (1, 0), (1, 0), Grade.NE),
        ("gains and losses add up", (3, 3), (2, 4), Grade.STABLE),
    ],
)
def test_onls_decides_the_clinical_response(
    name: str, before: tuple[int, int], now: tuple[int, int], expected: Grade
) -> None:
    assert answer(Domain.CLINICAL, onls(*before, BEFORE), onls(*now, YEAR)).grade is expected, name


def test_a_clinic_may_ask_for_two_points() -> None:
    two = Thresholds(onls_change=2)
    parts = (onls(3, 4, BEFORE), onls(3, 3, YEAR))
    assert answer(Domain.CLINICAL, *parts).grade is Grade.IMPROVED
    assert answer(Domain.CLINICAL, *parts, thresholds=two).grade is Grade.STABLE
