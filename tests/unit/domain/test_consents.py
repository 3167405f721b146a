"""What is in force of what somebody agreed to, declined and took back, and whether anything about them may leave."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.consents import Answer, Consent, Scope, answer_to, by_question, in_force, stays_inside
from poems_registry.domain.dates import PartialDate

GIVEN, DECLINED, WITHDRAWN = Answer.GIVEN, Answer.DECLINED, Answer.WITHDRAWN
YEAR = PartialDate(2024)


def said(answer: Answer, on: PartialDate = YEAR, scope: Scope = Scope.REGISTRY, **more: object) -> Consent:
    return Consent(answer=answer, on=on, scope=scope, **more)  # type: ignore[arg-type]


def test_the_newest_answer_to_each_question_is_in_force_whatever_the_order_they_came_in() -> None:
    first = said(GIVEN, PartialDate(2023, 4, 1), id=1)
    later = said(WITHDRAWN, PartialDate(2025, 4, 1), id=2)
    other = said(GIVEN, PartialDate(2022, 1, 1), Scope.PHOTOS, id=3)
    for order in permutations((first, later, other)):
        assert in_force(order) == {(Scope.REGISTRY, ""): later, (Scope.PHOTOS, ""): other}


def test_of_two_answers_of_one_day_the_one_recorded_later_counts() -> None:
    day = PartialDate(2025, 4, 1)
    assert in_force([said(WITHDRAWN, day, id=2), said(GIVEN, day, id=9)])[Scope.REGISTRY, ""].answer is GIVEN


def test_a_no_known_only_by_its_year_is_not_lost_to_a_yes_of_that_year() -> None:
    yes, no = said(GIVEN, PartialDate(2024, 5, 1), id=2), said(WITHDRAWN, YEAR, id=1)
    assert in_force([yes, no])[Scope.REGISTRY, ""] == no


def test_a_mistaken_answer_counts_for_nothing_and_the_one_before_is_in_force_again() -> None:
    first, wrong = said(GIVEN, id=1), said(WITHDRAWN, PartialDate(2025), id=2, error_reason="another person")
    assert answer_to([first, wrong], Scope.REGISTRY) == first
    assert answer_to([wrong], Scope.REGISTRY) is None


def test_a_study_is_known_by_its_name_however_it_is_written_and_two_studies_are_two_questions() -> None:
    one = said(GIVEN, scope=Scope.STUDY, study="Nerve  Recovery", id=1)
    again = said(WITHDRAWN, PartialDate(2025), Scope.STUDY, study="nerve recovery", id=2)
    other = said(GIVEN, scope=Scope.STUDY, study="Cytokines", id=3)
    assert set(in_force([one, again, other]).values()) == {again, other}


@pytest.mark.parametrize(
    ("answers", "inside"),
    [
        ((), False),
        ((said(GIVEN),), False),
        ((said(DECLINED),), True),
        ((said(WITHDRAWN),), True),
        ((said(GIVEN), said(GIVEN, scope=Scope.REUSE), said(WITHDRAWN, PartialDate(2025), Scope.REUSE)), True),
        ((said(DECLINED, scope=Scope.REUSE), said(GIVEN, PartialDate(2025), Scope.REUSE)), False),
        ((said(DECLINED, scope=Scope.PHOTOS), said(WITHDRAWN, scope=Scope.CONTACT)), False),
        ((said(WITHDRAWN, error_reason="mixed up"),), False),
    ],
)
def test_who_declined_or_took_back_stays_inside_and_who_was_never_asked_does_not(
    answers: tuple[Consent, ...], inside: bool
) -> None:
    assert stays_inside(answers) is inside


@pytest.mark.parametrize("words", ["Declined by letter", "refused", " withdrew in 2019", "given 2019; Declined 2021"])
def test_a_refusal_noted_before_counts_until_the_person_is_asked_about_research(words: str) -> None:
    assert stays_inside((), words)
    assert stays_inside((said(GIVEN),), words), "being in the registry is another question"
    assert not stays_inside((said(GIVEN, scope=Scope.REUSE),), words)
    assert not stays_inside((), "given by phone")


def test_the_history_of_a_question_runs_newest_first_with_mistakes_in_their_place() -> None:
    first, second = said(GIVEN, id=1), said(WITHDRAWN, PartialDate(2025), id=2, error_reason="not her")
    photos = said(GIVEN, scope=Scope.PHOTOS, id=3)
    told = by_question([photos, first, second])
    assert list(told) == [(Scope.REGISTRY, ""), (Scope.PHOTOS, "")]
    assert told[Scope.REGISTRY, ""] == (second, first)


ANSWERS = st.builds(
    Consent,
    id=st.integers(1, 99),
    scope=st.sampled_from(Scope),
    answer=st.sampled_from(Answer),
    on=st.builds(PartialDate, st.integers(2000, 2026)),
    error_reason=st.sampled_from(["", "a mistake"]),
)


@given(st.lists(ANSWERS, max_size=8, unique_by=lambda each: each.id))
def test_every_answer_stands_in_the_history_once_and_only_sound_ones_are_in_force(answers: list[Consent]) -> None:
    history = [each for group in by_question(answers).values() for each in group]
    assert sorted(each.id for each in history) == sorted(each.id for each in answers)
    assert all(not each.error_reason for each in in_force(answers).values())
    assert set(in_force(answers)) == {each.about for each in answers if not each.error_reason}
