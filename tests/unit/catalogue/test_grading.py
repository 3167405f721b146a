"""Grades from task answers: the published tables, and nothing guessed where an answer that decides is missing."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.catalogue import grading
from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.kinds import Number
from poems_registry.domain.findings import Finding

NOT, SOME, ALL = "not_affected", "affected", "prevented"
YES, NO = "present", "absent"


def arm_grade(five: tuple[str, ...], symptoms: str | None, movement: str | None) -> float | None:
    """From the five tasks in their order."""
    hair, key, cutlery, buttons, dress = five
    return grading.onls_arm(hair, key, cutlery, buttons, dress, symptoms, movement)


tasks = st.sampled_from((NOT, SOME, ALL))
answers = st.sampled_from((YES, NO, None))


@pytest.mark.parametrize(
    ("five", "symptoms", "movement", "grade"),
    [
        ((NOT,) * 5, NO, None, 0),
        ((NOT,) * 5, YES, None, 1),
        ((NOT,) * 5, None, None, None),
        ((SOME, NOT, NOT, NOT, NOT), None, None, 2),
        ((SOME,) * 5, YES, None, 2),
        ((ALL, NOT, NOT, NOT, NOT), None, None, 3),
        ((ALL, ALL, ALL, ALL, SOME), YES, None, 3),
        ((ALL,) * 5, YES, YES, 4),
        ((ALL,) * 5, YES, NO, 5),
        ((ALL,) * 5, YES, None, None),
    ],
)
def test_the_onls_arm_grade_follows_from_five_tasks(
    five: tuple[str, ...], symptoms: str | None, movement: str | None, grade: float | None
) -> None:
    assert grading.onls_arm(five[0], five[1], five[2], five[3], five[4], symptoms, movement) == grade


@pytest.mark.parametrize(
    ("four", "symptoms", "movement", "grade"),
    [
        ((NOT,) * 4, NO, None, 0),
        ((NOT,) * 4, YES, None, 1),
        ((SOME, NOT, NOT, SOME), None, None, 2),
        ((ALL, NOT, NOT, NOT), None, None, 3),
        ((ALL, ALL, SOME, SOME), None, None, 3),
        ((ALL, ALL, ALL, NOT), None, None, 4),
        ((ALL,) * 4, None, YES, 4),
        ((ALL,) * 4, None, NO, 5),
        ((ALL,) * 4, None, None, None),
    ],
)
def test_the_incat_arm_grade_follows_from_four_tasks(
    four: tuple[str, ...], symptoms: str | None, movement: str | None, grade: float | None
) -> None:
    assert grading.incat_arm(four[0], four[1], four[2], four[3], symptoms, movement) == grade


@pytest.mark.parametrize(
    ("support", "affected", "gait", "one_metre", "movement", "grade"),
    [
        ("none", NO, NO, None, None, 0),
        ("none", YES, NO, None, None, 1),
        ("none", None, NO, None, None, None),
        ("none", YES, YES, None, None, 2),
        ("none", YES, None, None, None, None),
        ("one", None, None, None, None, 3),
        ("two", None, None, None, None, 4),
        ("wheelchair", None, None, YES, None, 5),
        ("wheelchair", None, None, NO, YES, 6),
        ("wheelchair", None, None, NO, NO, 7),
        ("wheelchair", None, None, NO, None, None),
        ("wheelchair", None, None, None, YES, None),
    ],
)
def test_the_onls_leg_grade_follows_from_support_then_gait(
    support: str, affected: str, gait: str, one_metre: str, movement: str, grade: float | None
) -> None:
    assert grading.onls_leg(support, affected, gait, one_metre, movement) == grade


def test_the_incat_leg_grade_follows_from_support_outdoors() -> None:
    assert [grading.incat_leg("none", each, None) for each in (NO, YES, None)] == [0, 1, None]
    assert [grading.incat_leg(each, None, None) for each in ("one", "two")] == [2, 3]
    assert [grading.incat_leg("wheelchair", None, each) for each in (YES, NO, None)] == [4, 5, None]


def test_modified_rankin_and_ecog_go_question_by_question_and_never_to_death() -> None:
    ladder = [
        (YES,) * 5,
        (YES, NO, YES, YES, NO),
        (YES, NO, NO, YES, NO),
        (YES, NO, NO, NO, NO),
        (YES, NO, NO, NO, YES),
    ]
    assert [grading.modified_rankin(*each) for each in ladder] == [1, 2, 3, 4, 5]
    assert grading.modified_rankin(NO, None, None, None, None) == 0
    assert grading.modified_rankin(YES, NO, None, NO, NO) is None
    steps = [(YES, None, None, None), (NO, YES, None, None), (NO, NO, YES, None), (NO, NO, NO, YES), (NO, NO, NO, NO)]
    assert [grading.ecog(*each) for each in steps] == [0, 1, 2, 3, 4]
    assert grading.ecog(NO, NO, None, YES) is None


def test_twelve_muscles_give_at_most_sixty_and_fourteen_need_both_hands() -> None:
    assert grading.muscle_sum("12", *[5.0] * 12, None, None) == 60
    assert grading.muscle_sum("12", *[5.0] * 12, 1.0, 1.0) == 60
    assert grading.muscle_sum("14", *[5.0] * 14) == 70
    assert grading.muscle_sum("14", *[5.0] * 13, None) is None
    assert grading.muscle_sum(None, *[5.0] * 14) is None


@given(st.tuples(tasks, tasks, tasks, tasks, tasks), answers, answers)
def test_a_harder_task_never_gives_a_better_arm_grade(
    five: tuple[str, ...], symptoms: str | None, movement: str | None
) -> None:
    grade = arm_grade(five, symptoms, movement)
    for place, task in enumerate(five):
        if task == ALL:
            continue
        harder = (*five[:place], SOME if task == NOT else ALL, *five[place + 1 :])
        then = arm_grade(harder, symptoms, movement)
        assert grade is None or then is None or then >= grade


@given(st.tuples(tasks, tasks, tasks, tasks, tasks), st.tuples(answers, answers))
def test_an_answer_more_never_changes_a_grade_that_was_given(
    five: tuple[str, ...], said: tuple[str | None, str | None]
) -> None:
    grade = arm_grade(five, *said)
    if grade is None:
        return
    for symptoms, movement in product((YES, NO), repeat=2):
        filled = arm_grade(five, said[0] or symptoms, said[1] or movement)
        assert filled == grade


def test_every_grade_from_tasks_lies_within_the_grade_it_stands_for() -> None:
    assert set(CATALOGUE.by_tasks) == {
        *("onls_arm", "onls_leg", "mrc_sum", "suv_sum", "incat_arm", "incat_leg", "mrs", "ecog")
    }
    for grade, derived in CATALOGUE.by_tasks.items():
        item = CATALOGUE.item(grade)
        assert isinstance(item.kind, Number)
        assert derived.kind.hard[1] <= item.kind.hard[1]
        assert set(derived.asked) | {"mrc_variant", "fdg_avid_count"} >= set(derived.needs) | set(derived.optional)
        assert not derived.in_letter
        assert all(not CATALOGUE.item(code).in_letter for code in derived.asked)


def test_the_catalogue_computes_grades_from_recorded_answers_only() -> None:
    five = [Finding(code, NOT) for code in ("task_hair", "task_key", "task_cutlery", "task_buttons", "task_dress")]
    assert "onls_arm_by_tasks" not in CATALOGUE.compute(five)
    computed = CATALOGUE.compute([*five, Finding("arm_symptoms", YES), Finding("task_coins", SOME)])
    assert computed["onls_arm_by_tasks"] == 1
    assert computed["incat_arm_by_tasks"] == 2
