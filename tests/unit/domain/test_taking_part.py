"""Somebody takes part in a study only with consent for it in force; a partly known date never makes a no a yes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.consents import Answer, Consent, Scope, answer_to, in_force, shown_on
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.domain.studies import (
    BY_CONSENT,
    Around,
    Enrolment,
    Study,
    TakingPart,
    agreed_on,
    closed_by_consent,
    enrolment_problems,
    study_problems,
)

TODAY = date(2026, 11, 22)
STUDY = Study(id=1, short_name="NERVE", full_name="Nerve recovery", reference="R-1", opened=PartialDate(2020, 1, 1))
OTHER = Study(id=2, short_name="OTHER", opened=PartialDate(2020, 1, 1))
ANN = Patient(id=1, family_name="Smith", given_name="Ann", nhs_number="9990000018", born=PartialDate(1960, 5, 1))
SAMPLES = (Scope.SAMPLE, "")


def day_of(*parts: int) -> PartialDate:
    """`2024`, `2024, 3` or `2024, 3, 1`."""
    return PartialDate.from_iso("-".join(f"{part:02}" for part in parts))


def consent(answer: Answer, *on: int, number: int = 1, study: str = "NERVE", scope: Scope = Scope.STUDY) -> Consent:
    return Consent(id=number, patient_id=1, scope=scope, study=study, answer=answer, on=day_of(*on))


def about(answer: Answer, *on: int, number: int = 1) -> Consent:
    return consent(answer, *on, number=number, study="", scope=Scope.SAMPLE)


def around(*consents: Consent, enrolments: tuple[Enrolment, ...] = (), patient: Patient = ANN) -> Around:
    return Around(patient, consents, (STUDY, OTHER), enrolments, TODAY)


def part(*joined: int, study_id: int = 1, number: int = 0) -> Enrolment:
    return Enrolment(id=number, patient_id=1, study_id=study_id, joined=day_of(*joined))


GIVEN = consent(Answer.GIVEN, 2024, 3, 1)


# -- consent on a day


@pytest.mark.parametrize(
    ("answers", "day", "shown"),
    [
        ([about(Answer.GIVEN, 2024, 3, 1)], (2024, 3, 1), True),
        ([about(Answer.GIVEN, 2024, 3, 2)], (2024, 3, 1), False),
        ([about(Answer.GIVEN, 2024)], (2024, 6, 1), False),
        ([about(Answer.GIVEN, 2024)], (2025, 1, 1), True),
        ([about(Answer.GIVEN, 2024, 3, 1)], (2024, 3), True),
        ([about(Answer.GIVEN, 2024, 3, 2)], (2024, 3), False),
        ([about(Answer.GIVEN, 2024, 3, 1), about(Answer.WITHDRAWN, 2024, 9, 1, number=2)], (2024, 6, 1), True),
        ([about(Answer.GIVEN, 2024, 3, 1), about(Answer.WITHDRAWN, 2024, number=2)], (2024, 6, 1), False),
        ([about(Answer.DECLINED, 2023), about(Answer.GIVEN, 2024, 3, 1, number=2)], (2024, 6, 1), True),
        ([about(Answer.DECLINED, 2024), about(Answer.GIVEN, 2024, 3, 1, number=2)], (2024, 6, 1), False),
        ([about(Answer.GIVEN, 2024, 3, 1), about(Answer.WITHDRAWN, 2024, 3, 1, number=2)], (2024, 3, 1), False),
        ([about(Answer.DECLINED, 2024, 3, 1), about(Answer.GIVEN, 2024, 3, 1, number=2)], (2024, 3, 1), True),
        ([replace(about(Answer.GIVEN, 2024, 3, 1), error_reason="wrong person")], (2024, 6, 1), False),
        ([], (2024, 6, 1), False),
    ],
)
def test_consent_is_shown_for_a_day_only_where_no_reading_of_the_dates_denies_it(
    answers: list[Consent], day: tuple[int, ...], shown: bool
) -> None:
    assert shown_on(answers, SAMPLES, day_of(*day)) is shown


DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))
ANSWERS = st.lists(st.tuples(DAYS, st.sampled_from(list(Answer))), max_size=5)


def told(answers: list[tuple[date, Answer]]) -> list[Consent]:
    days = [PartialDate.of(on) for on, _ in answers]
    return [
        about(answer, day.year, day.month or 1, day.day or 1, number=number)
        for number, (day, (_, answer)) in enumerate(zip(days, answers, strict=True), start=1)
    ]


@given(ANSWERS, DAYS)
def test_with_whole_days_it_is_the_answer_that_was_in_force_then(answers: list[tuple[date, Answer]], day: date) -> None:
    consents = told(answers)
    until_then = [each for each in consents if each.on.earliest() <= day]
    stood = answer_to(until_then, Scope.SAMPLE)
    assert shown_on(consents, SAMPLES, PartialDate.of(day)) is (stood is not None and stood.answer is Answer.GIVEN)


@given(ANSWERS, DAYS, DAYS)
def test_saying_no_never_shows_a_consent_that_was_not_shown(
    answers: list[tuple[date, Answer]], day: date, no: date
) -> None:
    consents = told(answers)
    more = [*consents, about(Answer.WITHDRAWN, no.year, no.month, no.day, number=99)]
    assert shown_on(consents, SAMPLES, PartialDate.of(day)) or not shown_on(more, SAMPLES, PartialDate.of(day))


# -- joining


def test_a_person_joins_with_a_consent_for_that_study_in_force() -> None:
    assert enrolment_problems(part(2024, 3, 1), around(GIVEN)) == {}


@pytest.mark.parametrize("named", ["nerve", "Nerve  Recovery", "r-1"])
def test_a_consent_may_name_the_study_by_any_of_its_names(named: str) -> None:
    assert agreed_on([replace(GIVEN, study=named)], STUDY, PartialDate(2024, 3, 1))


@pytest.mark.parametrize(
    "consents",
    [
        (),
        (replace(GIVEN, study="OTHER"),),
        (consent(Answer.DECLINED, 2024, 3, 1),),
        (consent(Answer.GIVEN, 2024, 3, 2),),
        (replace(GIVEN, scope=Scope.REUSE, study=""),),
    ],
)
def test_nobody_joins_without_it(consents: tuple[Consent, ...]) -> None:
    assert "no consent for NERVE" in enrolment_problems(part(2024, 3, 1), around(*consents))["study_id"]


def test_nobody_goes_on_with_a_consent_that_was_taken_back_but_the_part_before_it_may_be_recorded() -> None:
    back = around(GIVEN, consent(Answer.WITHDRAWN, 2025, 1, 1, number=2))
    assert "not in force any more" in enrolment_problems(part(2024, 3, 1), back)["state"]
    ended = replace(part(2024, 3, 1), state=TakingPart.WITHDRAWN, ended=PartialDate(2025, 1, 1), reason="taken back")
    assert enrolment_problems(ended, back) == {}


def test_a_person_takes_part_in_a_study_once_at_a_time_and_may_come_back() -> None:
    known = part(2024, 3, 1, number=7)
    assert "already" in enrolment_problems(part(2025, 3, 1), around(GIVEN, enrolments=(known,)))["study_id"]
    over = replace(known, state=TakingPart.COMPLETED, ended=PartialDate(2024, 12))
    assert enrolment_problems(part(2025, 3, 1), around(GIVEN, enrolments=(over,))) == {}
    assert enrolment_problems(known, around(GIVEN, enrolments=(known,))) == {}


def test_a_study_is_joined_while_it_is_open() -> None:
    closed = replace(STUDY, closed=PartialDate(2024, 6, 1))
    now = Around(ANN, (GIVEN,), (closed,), (), TODAY)
    assert enrolment_problems(part(2024, 5, 31), now) == {}
    assert "was closed on 01-Jun-2024" in enrolment_problems(part(2024, 6, 1), now)["joined"]
    early = Around(ANN, (consent(Answer.GIVEN, 2019, 1, 1),), (STUDY,), (), TODAY)
    assert "before the study was opened" in enrolment_problems(part(2019, 6, 1), early)["joined"]


def test_days_that_cannot_be_are_refused() -> None:
    dead = replace(ANN, died=PartialDate(2025, 1, 1))
    assert "future" in enrolment_problems(part(2027), around(GIVEN))["joined"]
    assert "died" in enrolment_problems(part(2025, 1, 2), around(GIVEN, patient=dead))["joined"]
    assert "joined" in enrolment_problems(replace(part(2024, 3, 1), joined=None), around(GIVEN))
    backwards = replace(part(2024, 3, 1), state=TakingPart.COMPLETED, ended=PartialDate(2024, 2))
    assert "before the day" in enrolment_problems(backwards, around(GIVEN))["ended"]


def test_an_end_says_when_and_a_withdrawal_why() -> None:
    ended = replace(part(2024, 3, 1), state=TakingPart.WITHDRAWN)
    assert set(enrolment_problems(ended, around(GIVEN))) == {"ended", "reason"}
    going_on = replace(part(2024, 3, 1), ended=PartialDate(2024, 5))
    assert "state" in enrolment_problems(going_on, around(GIVEN))


@pytest.mark.parametrize("number", ["SMITH-1", "N999 000 0018", "ann7", "RRV-4711"])
def test_a_number_in_a_study_names_nobody(number: str) -> None:
    known = replace(ANN, hospital_numbers=(HospitalNumber("4711", "RRV"),))
    problems = enrolment_problems(replace(part(2024, 3, 1), number=number), around(GIVEN, patient=known))
    assert "number" in problems


# -- the end by consent


def test_taking_part_ends_on_the_day_the_consent_was_taken_back_and_other_studies_go_on() -> None:
    mine, other = part(2024, 3, 1, number=1), part(2024, 3, 1, study_id=2, number=2)
    over = replace(part(2023, 1, 1, number=3), state=TakingPart.COMPLETED)
    back = consent(Answer.WITHDRAWN, 2025, 1, 7, number=2)
    (ended,) = closed_by_consent((mine, other, over), STUDY, back, "Sister J Okoro")
    assert (ended.id, ended.state, ended.ended) == (1, TakingPart.WITHDRAWN, PartialDate(2025, 1, 7))
    assert (ended.reason, ended.ended_by) == (BY_CONSENT, "Sister J Okoro")


def test_it_ends_no_sooner_than_it_began() -> None:
    (ended,) = closed_by_consent((part(2024, 3, 1),), STUDY, consent(Answer.WITHDRAWN, 2023), "x")
    assert ended.ended == PartialDate(2024, 3, 1)


# -- the list


def test_two_studies_share_no_name() -> None:
    twin = Study(short_name="New", full_name="nerve recovery", opened=PartialDate(2024))
    assert "NERVE" in study_problems(twin, (STUDY,), TODAY)["short_name"]
    assert study_problems(STUDY, (STUDY, OTHER), TODAY) == {}


def test_a_study_has_a_name_and_closes_after_it_opened() -> None:
    assert "short_name" in study_problems(Study(opened=PartialDate(2024)), (), TODAY)
    backwards = replace(STUDY, closed=PartialDate(2019))
    assert "closed" in study_problems(backwards, (), TODAY)
    assert "opened" in study_problems(replace(STUDY, opened=None, closed=PartialDate(2020)), (), TODAY)
    assert "future" in study_problems(replace(STUDY, closed=PartialDate(2027)), (), TODAY)["closed"]


@pytest.mark.parametrize(
    ("opened", "closed", "is_open"),
    [((2020,), None, True), ((2026,), None, False), (None, None, False), ((2020,), (2026, 12), True),
     ((2020,), (2026,), False), ((2020,), (2026, 11, 22), False)],
)  # fmt: skip
def test_people_may_join_while_it_is_surely_open(
    opened: tuple[int, ...] | None, closed: tuple[int, ...] | None, is_open: bool
) -> None:
    study = replace(STUDY, opened=day_of(*opened) if opened else None, closed=day_of(*closed) if closed else None)
    assert study.is_open(TODAY) is is_open


def test_the_answer_in_force_is_told_apart_by_study() -> None:
    assert list(in_force([GIVEN, replace(GIVEN, id=2, study="OTHER")])) == [
        (Scope.STUDY, "nerve"), (Scope.STUDY, "other"),
    ]  # fmt: skip
