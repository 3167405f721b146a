"""A member says what the record says up to the data date, and nothing in place of what it does not say."""

from datetime import date, timedelta

import pytest

from poems_registry.cohort.people import FirstTreatment, age_at
from poems_registry.domain.criteria import Criterion
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, Sign, State
from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import Encounter, EncounterState, Patient
from poems_registry.domain.treatments import Event
from tests.unit.cohort.made_up import DIAGNOSED, POEMS, event, found, line, member, poems, visit

DAY = timedelta(days=1)


def test_an_empty_record_knows_nothing() -> None:
    empty = member(diagnosed=None)
    assert (empty.sex, empty.age, empty.delay_months, empty.diagnosed, empty.last_seen) == (None,) * 5
    assert (empty.first_label, empty.baseline.light_chain, dict(empty.baseline.values)) == ("", "", {})
    assert empty.baseline.wheelchair is None
    assert empty.at_diagnosis is None
    assert set(empty.ever.criteria.values()) == {Verdict.CANNOT_TELL}
    assert {recorded.ever for recorded in empty.recorded.values()} == {None}
    assert (empty.died, empty.relapsed, empty.first_treatment) == (False, False, FirstTreatment.NONE)


def test_what_comes_after_the_data_date_is_not_there_yet() -> None:
    late = date(2024, 1, 1)
    told = {
        "lines": (line(late),),
        "events": (event("relapse", late), event("transplant", late)),
        "died": PartialDate.of(late),
    }
    before = member(visit(DIAGNOSED, p_status="present"), visit(late, **POEMS), data_date=late - DAY, **told)
    assert (before.died, before.died_on, before.relapsed, before.transplants) == (False, None, False, ())
    assert before.first_treatment is FirstTreatment.NONE
    assert before.last_seen == DIAGNOSED
    assert before.ever.criteria[Criterion.V] is Verdict.CANNOT_TELL
    after = member(visit(DIAGNOSED, p_status="present"), visit(late, **POEMS), data_date=late, **told)
    assert (after.died, after.died_on, after.relapses, after.transplants) == (True, late, (late,), (late,))


def test_drafts_and_what_was_entered_in_error_do_not_count() -> None:
    for state in (EncounterState.DRAFT, EncounterState.IN_ERROR):
        hidden = Encounter(on=DIAGNOSED, state=state, findings=(found("p_status", "present"),))
        assert member(hidden).last_seen is None
        assert member(hidden).recorded["P"].ever is None


@pytest.mark.parametrize(
    ("days", "value"),
    [(-91, None), (-90, 300.0), (0, 300.0), (30, 300.0), (31, None)],
)
def test_a_value_at_diagnosis_lies_within_90_days_before_and_30_after(days: int, value: float | None) -> None:
    baseline = member(visit(DIAGNOSED + days * DAY, platelets=300.0)).baseline
    assert baseline.values.get("platelets") == (Interval.exactly(value) if value is not None else None)


def test_the_nearest_value_is_taken_and_of_two_as_near_the_earlier() -> None:
    visits = [visit(DIAGNOSED + days * DAY, platelets=float(300 + days)) for days in (-40, -10, 10, 20)]
    assert member(*visits).baseline.values["platelets"] == Interval.exactly(290.0)


def test_a_value_after_the_first_day_of_treatment_is_no_value_at_diagnosis() -> None:
    start = DIAGNOSED + 5 * DAY
    visits = (visit(start, platelets=500.0), visit(start + DAY, tlco=60.0))
    baseline = member(*visits, lines=(line(start),)).baseline
    assert set(baseline.values) == {"platelets"}
    assert set(member(*visits, lines=(line(start, number=0),)).baseline.values) == {"platelets", "tlco"}


def test_a_censored_value_stays_censored_and_a_result_not_done_is_none() -> None:
    told = visit(DIAGNOSED, found("vegf_serum", 8000.0, sign=Sign.ABOVE), Finding("tlco", state=State.NOT_DONE))
    values = member(told).baseline.values
    assert values["vegf_serum"] == Interval.of(Sign.ABOVE, 8000.0)
    assert "tlco" not in values


def test_onls_adds_arm_and_leg_of_one_visit_only() -> None:
    apart = member(visit(DIAGNOSED, onls_arm=2.0), visit(DIAGNOSED + DAY, onls_leg=3.0))
    assert "onls_total" not in apart.baseline.values
    together = member(visit(DIAGNOSED, onls_arm=2.0, onls_leg=3.0))
    assert together.baseline.values["onls_total"] == Interval.exactly(5.0)


def test_a_wheelchair_is_told_by_the_aid_and_else_by_the_leg_grade() -> None:
    assert member(visit(DIAGNOSED, walking_aid=("wheelchair_always",), onls_leg=2.0)).baseline.wheelchair is True
    assert member(visit(DIAGNOSED, walking_aid=("frame",), onls_leg=6.0)).baseline.wheelchair is False
    assert member(visit(DIAGNOSED, onls_leg=5.0)).baseline.wheelchair is True
    assert member(visit(DIAGNOSED, onls_leg=4.0)).baseline.wheelchair is False


def test_without_the_month_of_diagnosis_nothing_is_at_diagnosis() -> None:
    year_only = member(visit(DIAGNOSED, **POEMS), diagnosed=PartialDate(2020))
    assert year_only.at_diagnosis is None
    assert dict(year_only.baseline.values) == {}
    month = member(visit(DIAGNOSED, **POEMS), diagnosed=PartialDate(2020, 5))
    assert "vegf_serum" in month.baseline.values
    assert month.diagnosed == date(2020, 5, 16)


def test_what_appeared_later_is_ever_but_not_at_diagnosis() -> None:
    later = visit(DIAGNOSED + 400 * DAY, papilloedema_left="present", p_status="present")
    told = member(visit(DIAGNOSED, **POEMS), later)
    assert told.at_diagnosis is not None
    assert told.ever.criteria[Criterion.Pa] is Verdict.MET
    assert told.at_diagnosis.criteria[Criterion.Pa] is Verdict.CANNOT_TELL


def test_a_recorded_status_is_present_once_present_and_another_cause_is_absence() -> None:
    visits = (
        visit(DIAGNOSED, o_status="absent", e_status="not_assessed"),
        visit(DIAGNOSED + 60 * DAY, found("s_status", "present", attribution=Attribution.OTHER), o_status="present"),
        visit(DIAGNOSED + 90 * DAY, found("m_status", "present", attribution=Attribution.UNCERTAIN), o_status="absent"),
    )
    recorded = member(*visits).recorded
    assert (recorded["O"].ever, recorded["O"].at_diagnosis, recorded["O"].last) == (True, False, False)
    assert recorded["E"].ever is None
    assert recorded["S"].ever is False
    assert recorded["M"].ever is None


def test_age_is_in_whole_years_and_partial_dates_count_in_their_middle() -> None:
    on = PartialDate.of(DIAGNOSED)
    assert age_at(Patient(born=PartialDate(1960, 5, 6)), on) == 60
    assert age_at(Patient(born=PartialDate(1960, 5, 7)), on) == 59
    assert age_at(Patient(born=PartialDate(1960)), on) == 59
    assert age_at(Patient(age_at=(63, date(2014, 1, 2))), PartialDate(2014, 1, 2)) == 63
    assert age_at(Patient(), on) is None
    assert age_at(Patient(born=PartialDate(2021)), on) is None


def test_delay_needs_both_months_and_dates_that_do_not_contradict() -> None:
    def delay(onset: PartialDate, diagnosed: PartialDate) -> float | None:
        return member(onset=onset, diagnosed=diagnosed).delay_months

    year = delay(PartialDate(2019, 5), PartialDate(2020, 5))
    assert year == pytest.approx(12, abs=0.05)
    assert delay(PartialDate(2019), PartialDate(2020, 5)) is None
    assert delay(PartialDate(2020, 6), PartialDate(2020, 5)) is None
    assert delay(PartialDate(2020, 5, 20), PartialDate(2020, 5)) == 0


def test_the_first_treatment_is_the_first_after_the_diagnosis() -> None:
    both = (line(DIAGNOSED + 300 * DAY, "ASCT_MEL200", 2), line(DIAGNOSED, "LEN_DEX", 1), line(DIAGNOSED, "IVIG", 0))
    told = poems(lines=both)
    assert told.first_treatment is FirstTreatment.OTHER
    assert [each.first for each in told.treatments] == [False, True]
    assert poems(lines=both[:1]).first_treatment is FirstTreatment.TRANSPLANT
    assert poems(lines=both[2:]).first_treatment is FirstTreatment.NONE


def test_somebody_who_died_in_a_year_was_alive_when_last_seen_in_it() -> None:
    seen = date(2022, 10, 1)
    told = poems(died=PartialDate(2022), events=(Event(kind="transplant", on=PartialDate.of(seen)),))
    assert (told.died_on, told.last_seen) == (seen, seen)
    assert poems(died=PartialDate(2022)).died_on == date(2022, 7, 2)


def test_a_death_or_relapse_without_a_date_is_counted_without_one() -> None:
    told = poems(events=(event("death", None), event("progression", None)))
    assert (told.died, told.died_on) == (True, None)
    assert (told.relapsed, told.relapses, told.undated_relapse) == (True, (), True)
