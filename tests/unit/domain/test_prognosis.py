"""The worked examples of clinical.md 4 and what keeps a score honest: diagnosis only, before treatment, ranges."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution
from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.prognosis import (
    Answer,
    Dated,
    Effusion,
    Factor,
    Group,
    Presentation,
    Prognosis,
    judge_prognosis,
)
from poems_registry.domain.prognosis_words import log_hazard_words, points_words
from poems_registry.domain.response import Course, Line, judge_response
from poems_registry.domain.thresholds import Thresholds
from tests.unit.domain.treated import (
    BEFORE,
    STANDARD,
    START,
    YEAR,
    band,
    fixed,
    marrow,
    months,
    read,
    response,
    treated,
    vegf,
)

DIAGNOSED = date(2022, 2, 1)
NO_TREATMENT = judge_response(Course(), STANDARD)


def person(
    age: int | None = 45,
    pasp: float | str | None = 25,
    egfr: float | str | None = 90,
    *,
    effusion: bool | None = False,
    albumin: float | None = 40,
) -> Presentation:
    """Somebody at diagnosis; None: not recorded."""

    def dated(value: float | str | None) -> tuple[Dated, ...]:
        return () if value is None else (Dated(DIAGNOSED, read(value)),)

    return Presentation(
        diagnosed=PartialDate.of(DIAGNOSED),
        ages=(age, age) if age is not None else None,
        treated_from=START,
        pasp=dated(pasp),
        egfr=dated(egfr),
        albumin=dated(albumin),
        effusions=() if effusion is None else (Effusion(DIAGNOSED, effusion),),
    )


def scored(presentation: Presentation, thresholds: Thresholds = STANDARD) -> Prognosis:
    """The score of somebody who is not treated yet."""
    return judge_prognosis(presentation, NO_TREATMENT, thresholds)


def of(prognosis: Prognosis, factor: Factor) -> Answer:
    """One answer."""
    every = (*prognosis.wang, prognosis.albumin, *prognosis.response_based)
    return next(each for each in every if each.factor is factor)


@pytest.mark.parametrize(
    ("name", "presentation", "points", "group", "hazard"),
    [
        ("W1", person(), "0", Group.LOW, "0"),
        ("W2", person(62), "1", Group.INTERMEDIATE, "1.40"),
        ("W3", person(48, pasp=52), "1", Group.INTERMEDIATE, "1.38"),
        ("W4", person(62, effusion=True), "2", Group.HIGH, "2.74"),
        ("W5", person(62, effusion=True, egfr=25), "4", Group.HIGH, "4.85"),
        ("W6", person(62, 52, 25, effusion=True), "5", Group.HIGH, "6.24"),
        ("W8", person(pasp=None), "0 to 1", None, "0 to 1.38"),
    ],
)
def test_wang_2017(name: str, presentation: Presentation, points: str, group: Group | None, hazard: str) -> None:
    found = scored(presentation)
    assert (points_words(found), found.group, log_hazard_words(found)) == (points, group, hazard), name


def test_a_missing_echo_says_what_it_needs_and_until_when_it_would_count() -> None:
    answer = of(scored(person(pasp=None)), Factor.PULMONARY_HYPERTENSION)
    assert (answer.verdict, answer.needs) == (Verdict.CANNOT_TELL, ("PASP, before 01-Mar-2022",))


def test_fifty_is_not_above_fifty() -> None:
    assert of(scored(person(50)), Factor.AGE).verdict is Verdict.NOT_MET
    assert of(scored(person(51)), Factor.AGE).verdict is Verdict.MET


def test_a_birth_known_by_its_year_may_leave_the_age_open() -> None:
    open_age = replace(person(), ages=(50, 51))
    assert of(scored(open_age), Factor.AGE).verdict is Verdict.CANNOT_TELL
    assert of(scored(replace(person(), ages=(52, 53))), Factor.AGE).verdict is Verdict.MET


@pytest.mark.parametrize(("pasp", "verdict"), [("<60", "cannot_tell"), (">55", "met"), ("<40", "not_met"), (50, "met")])
def test_a_censored_pressure_decides_only_what_holds_for_all_of_it(pasp: str, verdict: str) -> None:
    assert of(scored(person(pasp=pasp)), Factor.PULMONARY_HYPERTENSION).verdict == verdict


def test_a_clinic_may_take_40_mmhg() -> None:
    assert scored(person(pasp=45)).count == (0, 0)
    assert scored(person(pasp=45), Thresholds(wang_pasp=40)).count == (1, 1)


@pytest.mark.parametrize(
    ("cause", "verdict"),
    [
        (None, Verdict.MET),
        (Attribution.POEMS, Verdict.MET),
        (Attribution.OTHER, Verdict.NOT_MET),
        (Attribution.UNCERTAIN, Verdict.CANNOT_TELL),
    ],
)
def test_an_effusion_counts_unless_it_was_put_down_to_something_else(
    cause: Attribution | None, verdict: Verdict
) -> None:
    seen = replace(person(), effusions=(Effusion(DIAGNOSED, True, cause),))
    assert of(scored(seen), Factor.PLEURAL_EFFUSION).verdict is verdict


@pytest.mark.parametrize(("grade", "verdict"), [(None, "cannot_tell"), (1, "not_met"), (2, "met"), (3, "met")])
def test_a_clinic_may_ask_for_an_effusion_of_some_size(grade: int | None, verdict: str) -> None:
    sized = Thresholds(wang_effusion_grade=2)
    seen = replace(person(), effusions=(Effusion(DIAGNOSED, True, grade=grade),))
    assert of(scored(seen, sized), Factor.PLEURAL_EFFUSION).verdict == verdict
    assert of(scored(seen), Factor.PLEURAL_EFFUSION).verdict is Verdict.MET


def test_a_value_after_the_first_day_of_treatment_is_not_at_diagnosis() -> None:
    late = replace(person(pasp=None), pasp=(Dated(START + timedelta(days=1), Interval.exactly(60)),))
    assert of(scored(late), Factor.PULMONARY_HYPERTENSION).verdict is Verdict.CANNOT_TELL
    same_day = replace(person(pasp=None), pasp=(Dated(START, Interval.exactly(60)),))
    assert of(scored(same_day), Factor.PULMONARY_HYPERTENSION).verdict is Verdict.MET


def test_a_value_of_another_year_is_not_at_diagnosis() -> None:
    old = replace(person(egfr=None), egfr=(Dated(date(2020, 1, 1), Interval.exactly(20)),))
    assert of(scored(old), Factor.EGFR).verdict is Verdict.CANNOT_TELL


def test_of_several_values_the_one_nearest_to_the_diagnosis_counts() -> None:
    several = replace(
        person(egfr=None),
        egfr=(Dated(BEFORE, Interval.exactly(20)), Dated(DIAGNOSED, Interval.exactly(60))),
    )
    assert of(scored(several), Factor.EGFR).words == "eGFR 60 mL/min/1.73m²"


def test_without_the_date_of_diagnosis_nothing_is_scored() -> None:
    found = scored(replace(person(62, 60, 20, effusion=True), diagnosed=None))
    assert found.count == (0, 4)
    assert {each.needs for each in found.wang} == {("Date of diagnosis",)}


def test_a_line_without_its_start_leaves_open_what_was_before_treatment() -> None:
    found = scored(replace(person(pasp=60), treated_from=None, undated_line=True))
    assert of(found, Factor.PULMONARY_HYPERTENSION).needs == ("The start of the line of therapy",)


def test_low_albumin_is_told_apart_from_the_score() -> None:
    assert of(scored(person(albumin=31.9)), Factor.ALBUMIN).verdict is Verdict.MET
    assert of(scored(person(albumin=32)), Factor.ALBUMIN).verdict is Verdict.NOT_MET
    assert scored(person(albumin=20)).count == (0, 0)


def after_treatment(*parts: Course) -> dict[Factor, Verdict]:
    """The flags that come from the response."""
    found = judge_prognosis(person(), response(*parts), STANDARD)
    return {each.factor: each.verdict for each in found.response_based}


def test_response_based_flags_cannot_tell_before_treatment() -> None:
    flags = scored(person()).response_based
    assert {each.verdict for each in flags} == {Verdict.CANNOT_TELL}


def test_response_based_flags_follow_the_best_response_to_the_first_line() -> None:
    flags = after_treatment(
        vegf(5000, BEFORE), vegf(600, YEAR), fixed("+", "-", BEFORE), marrow(False, BEFORE), band(12, BEFORE),
        fixed("-", "-", YEAR), band(0, YEAR),
    )  # fmt: skip
    assert flags == {
        Factor.NO_COMPLETE_RESPONSE: Verdict.NOT_MET,
        Factor.NO_TRANSPLANT: Verdict.MET,
        Factor.NO_HAEMATOLOGICAL_RESPONSE: Verdict.NOT_MET,
        Factor.NO_VEGF_RESPONSE: Verdict.NOT_MET,
    }


def test_a_response_not_yet_known_is_no_missing_response() -> None:
    flags = after_treatment(vegf(5000, BEFORE))
    assert flags[Factor.NO_VEGF_RESPONSE] is Verdict.CANNOT_TELL
    assert flags[Factor.NO_COMPLETE_RESPONSE] is Verdict.CANNOT_TELL


def test_no_vegf_response_after_the_time_it_takes_is_a_flag() -> None:
    flags = after_treatment(vegf(5000, BEFORE), vegf(4500, YEAR))
    assert flags[Factor.NO_VEGF_RESPONSE] is Verdict.MET


def test_a_complete_response_without_marrow_leaves_the_flag_open() -> None:
    flags = after_treatment(fixed("+", "-", BEFORE), marrow(True, BEFORE), band(0, BEFORE), fixed("-", "-", YEAR))
    assert flags[Factor.NO_COMPLETE_RESPONSE] is Verdict.CANNOT_TELL
    assert flags[Factor.NO_HAEMATOLOGICAL_RESPONSE] is Verdict.NOT_MET


def under(*lines: Line, on: date | None = None) -> Answer:
    """Whether no transplant was given, beside the first line."""
    told = judge_response(treated(Course(lines=lines)), STANDARD, on)
    return of(judge_prognosis(person(), told, STANDARD), Factor.NO_TRANSPLANT)


def test_a_transplant_in_a_later_line_counts() -> None:
    assert under(Line(2, PartialDate.of(YEAR), transplanted=months(14))).verdict is Verdict.NOT_MET


def test_a_transplant_that_was_planned_only_is_not_said_to_have_been_given() -> None:
    answer = under(Line(2, PartialDate.of(YEAR), transplant_planned=True))
    assert (answer.verdict, answer.words) == (Verdict.CANNOT_TELL, "Transplant planned, no infusion recorded")
    assert answer.needs == ("Whether the transplant planned with line 2 was infused, and when",)


def test_a_transplant_infused_after_the_day_asked_about_had_not_been_given_then() -> None:
    line = Line(2, PartialDate.of(YEAR), transplant_planned=True, transplanted=date(2023, 9, 1))
    assert under(line, on=date(2023, 8, 31)).verdict is Verdict.CANNOT_TELL
    assert under(line, on=date(2023, 9, 1)).verdict is Verdict.NOT_MET


PARTIAL_SO_FAR = (fixed("+", "-", BEFORE), marrow(True, BEFORE), band(12, BEFORE), band(5, months(1)),
                  fixed("+", "-", months(1)))  # fmt: skip


def not_complete(*parts: Course, first: Line | None = None) -> Answer:
    """Whether the first line is said to have brought no complete response."""
    course = treated(*parts)
    course = course if first is None else replace(course, lines=(first, *course.lines[1:]))
    return of(judge_prognosis(person(), judge_response(course, STANDARD), STANDARD), Factor.NO_COMPLETE_RESPONSE)


def test_a_month_into_treatment_nobody_is_said_to_have_missed_a_complete_response() -> None:
    answer = not_complete(*PARTIAL_SO_FAR)
    assert answer.verdict is Verdict.CANNOT_TELL
    assert answer.words.endswith("; too early")
    assert answer.needs == ("Tests for a complete response on or after 01-Sep-2022",)


def test_no_complete_response_holds_when_the_time_it_takes_has_passed() -> None:
    day = date(2022, 9, 1)
    assert not_complete(*PARTIAL_SO_FAR, band(5, day), fixed("+", "-", day)).verdict is Verdict.MET


def test_no_complete_response_holds_when_another_line_followed() -> None:
    assert not_complete(*PARTIAL_SO_FAR, Course(lines=(Line(2, PartialDate.of(months(2))),))).verdict is Verdict.MET


def test_no_complete_response_holds_when_the_line_had_ended_before_the_last_test() -> None:
    def stopped(day: date) -> Line:
        return Line(1, PartialDate.of(START), ended=day)

    assert not_complete(*PARTIAL_SO_FAR, first=stopped(START + timedelta(days=20))).verdict is Verdict.MET
    assert not_complete(*PARTIAL_SO_FAR, first=stopped(months(3))).verdict is Verdict.CANNOT_TELL


maybe = st.one_of(st.none(), st.booleans())


@given(maybe, maybe, maybe, maybe, st.integers(0, 3))
def test_settling_an_open_factor_only_narrows_the_score(
    old: bool | None, hypertension: bool | None, effusion: bool | None, kidneys: bool | None, which: int
) -> None:
    def made(values: list[bool | None]) -> Prognosis:
        age, pasp, fluid, egfr = values
        return scored(
            person(
                None if age is None else (62 if age else 45),
                None if pasp is None else (60 if pasp else 25),
                None if egfr is None else (20 if egfr else 90),
                effusion=fluid,
            )
        )

    values = [old, hypertension, effusion, kidneys]
    before = made(values)
    for answer in (True, False):
        settled = [answer if place == which and value is None else value for place, value in enumerate(values)]
        after = made(settled)
        for span in ("count", "points", "log_hazard"):
            (low, high), (low_after, high_after) = getattr(before, span), getattr(after, span)
            assert low <= low_after <= high_after <= high
        if before.group is not None:
            assert after.group is before.group
