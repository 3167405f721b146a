"""What may be saved of referrals, calls, MDT entries and statuses, and in which order they are told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.care import (
    AdviceCall,
    Entry,
    MdtEntry,
    OnwardReferral,
    Referral,
    StatusChange,
    newest_first,
)
from poems_registry.domain.care_checks import problems
from poems_registry.domain.care_words import SERVICES, said, service_code
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.person import Patient, PatientStatus

TODAY = date(2026, 11, 22)
ANN = Patient(id=5, born=PartialDate(1955, 7, 14), status=PatientStatus.REFERRED)
REFERRAL = Referral(patient_id=5, on=date(2026, 11, 20), referrer="Dr P Fenwick")
ANSWERED = replace(REFERRAL, outcome="accepted", answered_by="Dr A Rahman", answered_on=TODAY)
CALL = AdviceCall(on=TODAY, time="14:05", asked_by="Registrar", question="Q", advice="A", given_by="Sister J Okoro")
ONWARD = OnwardReferral(patient_id=5, on=date(2026, 10, 1), service="orthotics")
MDT = MdtEntry(patient_id=5, on=date(2026, 12, 1), question="Relapse?")
STATUS = StatusChange(patient_id=5, on=TODAY, before="referred", status="suspected", reason="VEGF raised")


@pytest.mark.parametrize("entry", [REFERRAL, ANSWERED, CALL, ONWARD, MDT, STATUS])
def test_what_is_complete_may_be_saved(entry: Entry) -> None:
    assert problems(entry, ANN, TODAY) == {}


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (replace(REFERRAL, on=None), "on"),
        (replace(REFERRAL, on=date(2026, 11, 23)), "on"),
        (replace(REFERRAL, on=date(1950, 1, 1)), "on"),
        (replace(REFERRAL, referrer=""), "referrer"),
        (replace(REFERRAL, route="pigeon"), "route"),
        (replace(REFERRAL, answer="Please send him."), "outcome"),
        (replace(ANSWERED, answered_by=""), "answered_by"),
        (replace(ANSWERED, answered_on=None), "answered_on"),
        (replace(ANSWERED, answered_on=date(2026, 11, 1)), "answered_on"),
        (replace(CALL, advice=""), "advice"),
        (replace(CALL, time="25:00"), "time"),
        (replace(CALL, followed_on=TODAY), "follow_up"),
        (replace(CALL, follow_up="Ring back", followed_on=date(2026, 11, 1)), "followed_on"),
        (replace(ONWARD, service=""), "service"),
        (replace(ONWARD, state="accepted"), "state_on"),
        (replace(ONWARD, state="seen", state_on=date(2026, 9, 1)), "state_on"),
        (replace(ONWARD, outcome="Splints fitted", outcome_on=TODAY), "state"),
        (replace(ONWARD, state="seen", state_on=TODAY, outcome="Splints fitted"), "outcome_on"),
        (replace(MDT, question=""), "question"),
        (replace(MDT, state="discussed"), "outcome"),
        (replace(MDT, outcome="Treat"), "state"),
        (replace(STATUS, reason=""), "reason"),
        (replace(STATUS, status="referred"), "status"),
        (replace(STATUS, status="dead"), "status"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(entry: Entry, field: str) -> None:
    assert field in problems(entry, ANN, TODAY)


def test_nobody_is_referred_on_after_their_death() -> None:
    dead = replace(ANN, died=PartialDate(2026, 9))
    assert problems(ONWARD, dead, TODAY)["on"] == "lies after the person's death"


def test_an_mdt_list_may_be_made_for_a_day_to_come() -> None:
    assert problems(MDT, None, TODAY) == {}


def test_what_waits_is_what_nobody_settled_and_nobody_called_a_mistake() -> None:
    assert (REFERRAL.waits, ANSWERED.waits, replace(REFERRAL, error_reason="twice").waits) == (True, False, False)
    assert (CALL.waits, replace(CALL, follow_up="Ring back").waits) == (False, True)
    assert not replace(CALL, follow_up="Ring back", followed_on=TODAY).waits
    assert [replace(ONWARD, state=state).waits for state in ("made", "accepted", "seen", "declined", "closed")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert (MDT.waits, replace(MDT, state="discussed").waits) == (True, False)


def test_entries_are_told_newest_first_and_of_one_day_the_one_recorded_last() -> None:
    early, late = (datetime(2026, 11, 22, hour, tzinfo=UTC) for hour in (9, 10))
    one, two = replace(REFERRAL, id=1, recorded_at=early), replace(REFERRAL, id=2, recorded_at=late)
    assert [each.id for each in newest_first((ONWARD, one, two))] == [2, 1, 0]


@given(st.sampled_from(sorted(SERVICES)))
def test_a_service_typed_as_the_list_says_it_is_that_service(code: str) -> None:
    assert service_code(SERVICES[code]) == service_code(SERVICES[code].upper()) == code
    assert said(SERVICES, code) == SERVICES[code]


def test_a_service_in_ones_own_words_stays_in_them() -> None:
    assert service_code("  Speech and   language ") == "Speech and language"
    assert said(SERVICES, "Speech and language") == "Speech and language"
