"""The follow-up schedule: due dates count from the last test done, and late is late only after the tolerance."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.follow_up import (
    DEFAULTS,
    Condition,
    Course,
    Due,
    Every,
    FollowUp,
    Phase,
    Schedule,
    due_tests,
    foremost,
    phase_changes_after,
    phase_on,
)

TODAY = date(2026, 11, 22)
STOPPED = date(2026, 6, 30)
RULES = Schedule()
TREATED = Course(first_seen=date(2026, 1, 5), spells=((date(2026, 1, 20), STOPPED),))
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


def due(course: Course, test: FollowUp, today: date = TODAY, rules: Schedule = RULES) -> Due | None:
    """That one test, if it is due at all."""
    return next((each for each in due_tests(course, rules, today) if each.test is test), None)


def spells(first: date, *, length: int) -> tuple[tuple[date, date | None], ...]:
    """One line of therapy of so many days; 0 goes on."""
    return ((first, first + timedelta(days=length) if length else None),)


courses = st.builds(
    Course,
    followed=st.booleans(),
    first_seen=st.none() | days,
    spells=st.lists(
        st.builds(lambda first, length: spells(first, length=length)[0], days, st.integers(0, 900)), max_size=4
    ).map(tuple),
    done=st.dictionaries(st.sampled_from(FollowUp), days),
    holds=st.frozensets(st.sampled_from(Condition)),
    planned=st.none() | days,
)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2026, 1, 19), Phase.BEFORE),
        (date(2026, 1, 20), Phase.ON_TREATMENT),
        (STOPPED, Phase.ON_TREATMENT),
        (date(2026, 7, 1), Phase.YEAR_1),
        (date(2027, 6, 29), Phase.YEAR_1),
        (date(2027, 6, 30), Phase.YEARS_2_3),
        (date(2029, 6, 29), Phase.YEARS_2_3),
        (date(2029, 6, 30), Phase.LATER),
    ],
)
def test_the_column_follows_the_treatment(day: date, phase: Phase) -> None:
    assert phase_on(TREATED, day)[0] is phase


def test_a_second_line_of_therapy_begins_the_table_anew() -> None:
    again = replace(TREATED, spells=(*TREATED.spells, (date(2027, 3, 1), None)))
    assert phase_on(again, date(2027, 2, 28))[0] is Phase.YEAR_1
    assert phase_on(again, date(2028, 2, 28)) == (Phase.ON_TREATMENT, date(2027, 3, 1))


def test_vegf_is_due_three_months_after_the_last_one_done_in_the_first_year() -> None:
    told = due(replace(TREATED, done={FollowUp.VEGF: date(2026, 8, 12)}), FollowUp.VEGF)
    assert told == Due(FollowUp.VEGF, date(2026, 11, 12), date(2026, 12, 6), date(2026, 8, 12))
    assert told.overdue_by(TODAY) == 0  # 92 days, so 23 days of tolerance
    assert told.overdue_by(date(2026, 12, 5)) == 0
    assert told.overdue_by(date(2026, 12, 6)) == 24


def test_a_visit_without_the_test_does_not_put_the_test_off() -> None:
    seen = replace(TREATED, done={FollowUp.VEGF: date(2026, 5, 1), FollowUp.REVIEW: date(2026, 11, 1)})
    told = due(seen, FollowUp.VEGF)
    assert told is not None
    assert told.due == date(2026, 8, 1)


def test_a_planned_visit_is_due_on_its_day_and_not_by_the_table() -> None:
    seen = replace(TREATED, done={FollowUp.REVIEW: date(2026, 10, 1)}, planned=date(2026, 11, 20))
    told = due(seen, FollowUp.REVIEW)
    assert told is not None
    assert told.due == date(2026, 11, 20)
    assert told.overdue_from == date(2026, 12, 3)  # a quarter of the 50 days between


def test_a_test_never_done_is_due_one_interval_after_the_phase_began() -> None:
    told = due(TREATED, FollowUp.PARAPROTEIN)
    assert told is not None
    assert (told.due, told.last) == (date(2026, 9, 30), None)


def test_baseline_tests_are_due_soon_after_the_first_visit_until_they_are_done() -> None:
    new = Course(first_seen=date(2026, 11, 1))
    assert {each.test for each in due_tests(new, RULES, TODAY)} == {
        FollowUp.ENDOCRINE,
        FollowUp.HEART,
        FollowUp.LUNG,
        FollowUp.FUNDI,
        FollowUp.NCS,
    }
    told = due(new, FollowUp.FUNDI)
    assert told is not None
    assert (told.due, told.overdue_from) == (date(2026, 11, 29), date(2026, 12, 7))
    assert due(replace(new, done={FollowUp.FUNDI: date(2026, 11, 2)}), FollowUp.FUNDI) is None


def test_baseline_tests_missed_long_ago_are_not_asked_for_in_remission() -> None:
    assert due(TREATED, FollowUp.FUNDI, date(2031, 1, 1)) is None


@pytest.mark.parametrize(
    ("test", "condition"),
    [
        (FollowUp.IMAGING, Condition.AVID),
        (FollowUp.MARROW, Condition.CLONE_GONE),
        (FollowUp.HEART, Condition.HEART_ABNORMAL),
        (FollowUp.LUNG, Condition.LUNG_ABNORMAL),
        (FollowUp.FUNDI, Condition.PAPILLOEDEMA),
    ],
)
def test_some_tests_are_due_only_if_there_is_something_to_follow(test: FollowUp, condition: Condition) -> None:
    done = replace(TREATED, done={test: STOPPED})
    assert due(done, test) is None
    assert due(replace(done, holds=frozenset({condition})), test) is not None


def test_who_is_not_followed_for_the_disease_has_only_the_visit_that_was_planned() -> None:
    other = replace(TREATED, followed=False, done={FollowUp.VEGF: date(2020, 1, 1)})
    assert due_tests(other, RULES, TODAY) == ()
    assert [each.test for each in due_tests(replace(other, planned=TODAY), RULES, TODAY)] == [FollowUp.REVIEW]


def test_the_clinic_may_change_an_interval_or_take_it_out() -> None:
    done = replace(TREATED, done={FollowUp.VEGF: date(2026, 8, 12)})
    longer = Schedule(intervals={**DEFAULTS, (FollowUp.VEGF, Phase.YEAR_1): Every.read("6 months")})
    told = due(done, FollowUp.VEGF, rules=longer)
    assert told is not None
    assert told.due == date(2027, 2, 12)
    without = Schedule(intervals={**DEFAULTS, (FollowUp.VEGF, Phase.YEAR_1): Every.read("none")})
    assert due(done, FollowUp.VEGF, rules=without) is None


def test_what_is_overdue_is_told_before_what_is_due_earlier_but_still_tolerated() -> None:
    tolerated = Due(FollowUp.REVIEW, date(2026, 11, 1), date(2026, 12, 1))
    overdue = Due(FollowUp.BLOODS, date(2026, 11, 10), date(2026, 11, 18))
    assert foremost((tolerated, overdue), TODAY) == overdue
    assert foremost((tolerated,), TODAY) == tolerated
    assert foremost((), TODAY) is None


@pytest.mark.parametrize("text", ["12 weeks", "1 week", "1 month", "24 months"])
def test_an_interval_is_shown_as_it_is_read(text: str) -> None:
    assert str(Every.read(text)) == text
    assert Every.read(f"  {text.upper()} ") == Every.read(text)


@pytest.mark.parametrize("text", ["", "3", "months", "0 weeks", "3 years", "-3 months", "1000 months"])
def test_what_is_no_interval_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any sentence: the settings say it in their own words
        Every.read(text)


@pytest.mark.parametrize(("tolerance", "baseline"), [(-1.0, 4), (101.0, 4), (25.0, -1), (25.0, 53)])
def test_a_tolerance_that_is_none_is_refused(tolerance: float, baseline: int) -> None:
    with pytest.raises(InvalidInput):
        Schedule(tolerance_percent=tolerance, baseline_weeks=baseline)


@given(course=courses, today=days)
def test_nothing_is_overdue_before_it_is_due_and_the_order_is_by_due_date(course: Course, today: date) -> None:
    told = due_tests(course, RULES, today)
    assert all(each.overdue_from > each.due for each in told)
    assert [each.due for each in told] == sorted(each.due for each in told)
    assert len({each.test for each in told}) == len(told)


@given(course=courses, today=days, test=st.sampled_from(FollowUp), later=st.integers(1, 500))
def test_doing_a_test_later_never_makes_it_due_earlier(course: Course, today: date, test: FollowUp, later: int) -> None:
    last = course.done.get(test)
    if last is None:
        return
    again = replace(course, done={**course.done, test: last + timedelta(days=later)})
    before, after = due(course, test, today), due(again, test, today)
    kept = test is FollowUp.REVIEW and course.planned is not None and course.planned <= last + timedelta(days=later)
    assert before is None or after is not None or kept, "only a planned visit that took place asks for nothing more"
    if before is not None and after is not None:
        assert after.due >= before.due


@given(course=courses, today=days)
def test_the_order_in_which_lines_were_entered_does_not_matter(course: Course, today: date) -> None:
    turned = replace(course, spells=course.spells[::-1])
    assert due_tests(turned, RULES, today) == due_tests(course, RULES, today)


@given(course=courses, today=days, step=st.integers(0, 1200))
def test_the_column_stays_until_the_day_that_is_told(course: Course, today: date, step: int) -> None:
    turn = phase_changes_after(course, today)
    day = today + timedelta(days=step)
    if turn is None or day < turn:
        assert phase_on(course, day) == phase_on(course, today)
