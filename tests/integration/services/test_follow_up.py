"""What is due follows the record and the clinic's own intervals, and time alone moves it on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.follow_up import FollowUp, Schedule
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    Patient,
    PatientFile,
    PatientStatus,
)
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import TreatmentLine
from poems_registry.services.follow_up import FOLLOW_UP_SETTINGS, course_of, due_of, schedule_of, setting_of
from poems_registry.services.standings import standing_of
from poems_registry.storage.settings import Setting

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, family_name="Smith", status=PatientStatus.CONFIRMED, first_seen=PartialDate(2026, 1, 5))


def seen(on: date, *findings: Finding, kind: EncounterKind = EncounterKind.CLINIC, number: int = 1) -> Encounter:
    """A visit that counts, or results from outside one."""
    state = EncounterState.SIGNED if kind is EncounterKind.CLINIC else EncounterState.RECORDED
    return Encounter(id=number, patient_id=1, kind=kind, on=on, state=state, source="made up", findings=findings)


def record(*encounters: Encounter) -> PatientFile:
    """Ann, with one line of therapy from January to June."""
    start, stop = PartialDate(2026, 1, 20), PartialDate(2026, 6, 30)
    line = TreatmentLine(id=1, patient_id=1, number=1, name="Len-dex", start=start, stop=stop)
    return PatientFile(ANN, encounters, (line,))


def due_on(file: PatientFile, test: FollowUp, schedule: Schedule | None = None) -> date | None:
    """When a test of this record is due."""
    dues = due_of(file, Thresholds(), schedule or Schedule(), TODAY)
    return next((each.due for each in dues if each.test is test), None)


def test_a_test_not_done_at_a_visit_stays_due_from_the_one_that_was_done() -> None:
    done = seen(date(2026, 5, 1), Finding("vegf_serum", 900.0))
    skipped = seen(date(2026, 8, 1), Finding("vegf_serum", None, State.NOT_DONE), number=2)
    assert due_on(record(done, skipped), FollowUp.VEGF) == date(2026, 8, 1)
    awaited = seen(date(2026, 8, 1), Finding("vegf_serum", None, State.PENDING), number=2)
    assert due_on(record(done, awaited), FollowUp.VEGF) == date(2026, 11, 1)


def test_a_test_counts_from_its_own_day_where_the_visit_tells_one() -> None:
    told = seen(date(2026, 8, 1), Finding("ncs_pattern", "demyelinating"), Finding("ncs_on", PartialDate(2026, 3)))
    assert course_of(record(told), Thresholds()).done[FollowUp.NCS] == date(2026, 3, 1)


def test_results_between_visits_count_as_done_and_are_no_visit() -> None:
    visit = seen(date(2026, 7, 1))
    bloods = seen(date(2026, 10, 1), Finding("platelets", 300.0), kind=EncounterKind.SAMPLE, number=2)
    file = record(visit, bloods)
    assert due_on(file, FollowUp.BLOODS) == date(2027, 1, 1)
    assert due_on(file, FollowUp.REVIEW) == date(2026, 10, 1)


def test_nothing_is_due_of_who_has_died_and_of_another_disease_only_what_was_planned() -> None:
    planned = seen(date(2026, 9, 1), Finding("next_visit", PartialDate(2026, 12, 1)))
    file = record(planned)
    assert (
        due_of(replace(file, patient=replace(ANN, died=PartialDate(2026, 10))), Thresholds(), Schedule(), TODAY) == ()
    )
    other = replace(file, patient=replace(ANN, status=PatientStatus.OTHER_DIAGNOSIS))
    assert [each.test for each in due_of(other, Thresholds(), Schedule(), TODAY)] == [FollowUp.REVIEW]


def test_what_is_kept_for_the_list_says_until_when_it_holds() -> None:
    file = record(seen(date(2026, 5, 1), Finding("vegf_serum", 900.0)))
    kept = standing_of(file, Thresholds(), TODAY)
    assert kept.good_until == date(2027, 6, 30)
    assert kept.overdue_from is not None
    assert kept.overdue_from <= TODAY
    assert ("vegf", date(2026, 8, 1), date(2026, 8, 25)) in kept.due


def test_a_raised_result_from_outside_a_visit_is_told_even_when_a_normal_one_follows() -> None:
    raised = seen(date(2026, 10, 27), Finding("vegf_serum", 1905.0), kind=EncounterKind.SAMPLE)
    (alert,) = standing_of(record(raised), Thresholds(), TODAY).alerts
    assert (alert.item, alert.level, alert.on, alert.encounter_id) == ("vegf_serum", "1,771", date(2026, 10, 27), 1)
    assert alert.value.startswith("1,905")
    newer = seen(date(2026, 11, 1), Finding("vegf_serum", 400.0), kind=EncounterKind.SAMPLE, number=2)
    assert standing_of(record(raised, newer), Thresholds(), TODAY).alerts == (alert,)
    at_a_visit = seen(date(2026, 10, 27), Finding("vegf_serum", 1905.0))
    assert standing_of(record(at_a_visit), Thresholds(), TODAY).alerts == ()


def test_every_interval_is_a_setting_that_reads_what_it_shows() -> None:
    for each in FOLLOW_UP_SETTINGS:
        shown = setting_of(schedule_of({}), each.name)
        again = schedule_of({each.name: Setting(each.name, shown)})
        assert again == Schedule(), each.name
        assert len(each.name) <= 80


def test_a_setting_changes_what_is_due_and_one_that_cannot_be_is_refused() -> None:
    file = record(seen(date(2026, 10, 1), Finding("vegf_serum", 900.0)))
    shorter = schedule_of({"due_vegf_year_1": Setting("due_vegf_year_1", "4 weeks")})
    assert due_on(file, FollowUp.VEGF, shorter) == date(2026, 10, 1) + timedelta(weeks=4)
    with pytest.raises(ValueError, match="often"):
        schedule_of({"due_vegf_year_1": Setting("due_vegf_year_1", "often")})
    with pytest.raises(InvalidInput):
        schedule_of({"due_tolerance_percent": Setting("due_tolerance_percent", "250")})
