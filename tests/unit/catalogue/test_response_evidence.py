"""From the record to the response: which items count, in which unit, on which day, and what says nothing."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.presentation import presentation_of
from poems_registry.catalogue.response_evidence import course_of, course_of_encounter
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.intervals import Interval
from poems_registry.domain.records import Encounter, EncounterState, Patient, PatientFile
from poems_registry.domain.response import Course, Domain, Grade, judge_response
from poems_registry.domain.response_rules.course import Organ
from poems_registry.domain.response_thresholds import ClinicalMeasure
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import Event, Transplant, TreatmentLine

TODAY = date(2026, 11, 22)
BEFORE, START, AFTER = date(2024, 1, 10), date(2024, 2, 1), date(2025, 3, 1)
LINE = TreatmentLine(id=4, number=1, name="Len-dex", start=PartialDate.of(START))


def visit(on: date, findings: tuple[Finding, ...] = (), /, **typed: str) -> Encounter:
    """A signed visit with what was typed into its fields."""
    read = CATALOGUE.read(typed, TODAY)
    number = on.toordinal()
    return Encounter(id=number, on=on, state=EncounterState.SIGNED, findings=(*read, *findings))


def file(*visits: Encounter, lines: tuple[TreatmentLine, ...] = (LINE,), **told: object) -> PatientFile:
    """A record."""
    return replace(PatientFile(Patient(id=1), visits, lines), **told)  # type: ignore[arg-type]


def grades(record: PatientFile) -> dict[Domain, Grade]:
    """What the rules say."""
    return judge_response(course_of(record), Thresholds()).grades


def test_a_whole_record_is_judged_in_all_four_domains() -> None:
    record = file(
        visit(BEFORE, vegf_serum="5000", m_protein="12", ife_serum="positive", ife_urine="negative",
              marrow_flow="polyclonal", onls_arm="3", onls_leg="4", fdg_avid_count="2", suv_sum="14"),
        visit(AFTER, vegf_serum="600", m_protein="not detected", ife_serum="negative", ife_urine="negative",
              onls_arm="2", onls_leg="3", fdg_avid_count="0"),
    )  # fmt: skip
    assert grades(record) == {
        Domain.HAEMATOLOGICAL: Grade.CR,
        Domain.VEGF: Grade.CR,
        Domain.RADIOLOGICAL: Grade.CR,
        Domain.CLINICAL: Grade.IMPROVED,
    }


@pytest.mark.parametrize(
    ("first", "then"),
    [({"m_protein": "12 g/L"}, {"m_protein": "5 g/L"}), ({"m_protein": "1.2 g/dL"}, {"m_protein": "0.5 g/dL"}),
     ({"m_protein": "1.2 g/dL"}, {"m_protein": "5"})],
)  # fmt: skip
def test_the_unit_a_result_was_reported_in_does_not_matter(first: dict[str, str], then: dict[str, str]) -> None:
    record = file(visit(BEFORE, ife_serum="positive", **first), visit(AFTER, ife_serum="positive", **then))
    assert grades(record)[Domain.HAEMATOLOGICAL] is Grade.PR


def test_every_value_leads_back_to_the_visit_it_was_recorded_at() -> None:
    seen = visit(BEFORE, vegf_serum="5000")
    found = judge_response(course_of(file(seen, visit(AFTER, vegf_serum="600"))), Thresholds()).current
    baseline = found.domains[Domain.VEGF].baseline
    assert baseline is not None
    assert baseline.encounter == seen.id


def test_a_state_without_a_value_says_nothing() -> None:
    states = tuple(
        Finding(item, None, State.NOT_DONE) for item in ("vegf_serum", "m_protein", "ife_serum", "onls_arm", "suv_sum")
    )
    found = course_of_encounter(visit(AFTER, states))
    assert replace(found, seen=()) == Course()


def test_a_draft_counts_only_when_it_is_given() -> None:
    draft = replace(visit(AFTER, vegf_serum="600"), state=EncounterState.DRAFT)
    record = file(visit(BEFORE, vegf_serum="5000"), draft)
    assert grades(record)[Domain.VEGF] is Grade.CANNOT_TELL
    assert judge_response(course_of(record, draft), Thresholds()).grades[Domain.VEGF] is Grade.CR


def test_treatment_before_the_diagnosis_is_no_line_of_therapy() -> None:
    line_0 = TreatmentLine(number=0, name="IVIg", start=PartialDate.of(BEFORE))
    assert set(grades(file(visit(AFTER, vegf_serum="600"), lines=(line_0,))).values()) == {Grade.NOT_TREATED}


def test_acute_illness_said_at_the_head_of_the_visit_is_a_confounder() -> None:
    [value] = course_of_encounter(visit(AFTER, vegf_serum="600", intercurrent_illness="present")).vegf
    assert value.confounders == ("acute_illness",)


def test_a_test_counts_on_the_day_it_was_done() -> None:
    later = visit(AFTER, marrow_flow="polyclonal", marrow_on="3-Feb-2025", bone_imaging="pet_ct",
                  bone_imaged_on="4-Feb-2025", fdg_avid_count="1")  # fmt: skip
    found = course_of_encounter(later)
    assert [each.on for each in found.marrows] == [date(2025, 2, 3)]
    assert [each.on for each in found.scans] == [date(2025, 2, 4)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"m_protein": "not detected"}, Interval.exactly(0.0)),
        ({"m_protein": "<1"}, Interval.of(Sign.BELOW, 1)),
        ({"m_protein": "<1", "spep": "not_detected"}, Interval.exactly(0.0)),
        ({"spep": "not_detected"}, Interval.exactly(0.0)),
        ({"m_protein": "4", "spep": "not_detected"}, Interval.exactly(4.0)),
    ],
)
def test_no_band_is_zero_and_a_measured_one_is_what_was_measured(typed: dict[str, str], expected: Interval) -> None:
    [protein] = course_of_encounter(visit(AFTER, **typed)).m_proteins
    assert protein.value == expected


def test_a_band_too_small_to_quantify_is_some_and_below_what_a_partial_response_needs() -> None:
    [protein] = course_of_encounter(visit(AFTER, spep="too_small")).m_proteins
    assert protein.value.above(0) == "met"
    assert protein.value.at_least(5) == "not_met"


def test_the_tasks_of_a_score_stand_for_a_grade_that_nobody_typed() -> None:
    tasks = CATALOGUE.by_tasks["onls_arm"].asked
    answers = {code: "not_affected" for code in tasks if "arm_" not in code}
    told = {**answers, "arm_symptoms": "present", "onls_leg": "2"}
    [score] = course_of_encounter(visit(AFTER, **told)).scores
    assert (score.measure, score.parts) == (ClinicalMeasure.ONLS, (1.0, 2.0))


def test_organs_are_graded_and_none_seen_is_grade_0() -> None:
    clear = course_of_encounter(
        visit(AFTER, oedema="none", pleural_effusion="absent", ascites="absent", papilloedema_right="absent",
              papilloedema_left="absent", pasp="30")
    ).organs  # fmt: skip
    assert {each.organ: each.value for each in clear} == {
        Organ.OEDEMA: Interval.exactly(0.0),
        Organ.EFFUSION: Interval.exactly(0.0),
        Organ.PAPILLOEDEMA: Interval.exactly(0.0),
        Organ.PASP: Interval.exactly(30.0),
    }
    half = course_of_encounter(visit(AFTER, pleural_effusion="absent", papilloedema_right="absent")).organs
    assert half == ()


def test_relapses_and_death_come_from_events_and_from_the_person() -> None:
    told = course_of(
        file(
            events=(
                Event(kind="relapse", on=PartialDate(2025, 6), symptomatic=True),
                Event(kind="death", on=PartialDate(2026, 1, 2)),
                Event(kind="dvt", on=PartialDate(2025, 7, 1)),
            )
        )
    )
    assert [(each.on, each.dated, each.serious) for each in told.relapses] == [(date(2025, 6, 1), True, True)]
    assert [each.on for each in told.deaths] == [date(2026, 1, 2)]
    assert [each.on for each in told.seen] == [date(2025, 6, 1), date(2025, 7, 1)]


def test_the_best_response_of_a_line_is_told_by_domain() -> None:
    record = file(visit(BEFORE, vegf_serum="5000"), visit(AFTER, vegf_serum="600"))
    [line] = judge_response(course_of(record), Thresholds()).lines
    assert line.line is not None
    assert line.line.line_id == LINE.id
    best = {each.domain: each for each in line.best}
    assert (best[Domain.VEGF].grade, best[Domain.VEGF].on) == (Grade.CR, AFTER)
    assert best[Domain.CLINICAL].grade is Grade.CANNOT_TELL


# at diagnosis


def test_age_at_diagnosis_is_what_the_dates_allow() -> None:
    born = Patient(id=1, born=PartialDate(1974), diagnosed=PartialDate(2024, 6, 1))
    assert presentation_of(file(patient=born)).ages == (49, 50)
    exact = Patient(id=1, born=PartialDate(1974, 6, 2), diagnosed=PartialDate(2024, 6, 1))
    assert presentation_of(file(patient=exact)).ages == (49, 49)
    assert presentation_of(file(patient=Patient(id=1, diagnosed=PartialDate(2024, 6, 1)))).ages is None
    told = Patient(id=1, age_at=(48, date(2024, 6, 1)), diagnosed=PartialDate(2024, 6, 1))
    assert presentation_of(file(patient=told)).ages == (48, 48)


def test_a_line_without_its_start_is_known_as_such() -> None:
    found = presentation_of(file(lines=(replace(LINE, start=None),)))
    assert (found.treated_from, found.undated_line) == (None, True)


def test_the_presentation_reads_every_visit_with_its_day() -> None:
    found = presentation_of(file(visit(BEFORE, pasp="52", egfr="80", albumin="31", pleural_effusion="present")))
    assert [each.on for each in (*found.pasp, *found.egfr, *found.albumin)] == [BEFORE] * 3
    assert [(each.on, each.present) for each in found.effusions] == [(BEFORE, True)]


PLANNED = replace(LINE, planned=("induction", "transplant"), stop=PartialDate(2024, 4), stop_reason="harvest failed")
HARVESTED = replace(LINE, transplants=(Transplant(mobilised=PartialDate(2024, 3), cd34=1.2),))


def transplanted(record: PatientFile) -> list[tuple[bool, date | None]]:
    """Of each line: whether a transplant belongs to it, and since when it has been given."""
    return [(line.transplant_planned, line.transplanted) for line in course_of(record).lines]


@pytest.mark.parametrize("line", [PLANNED, HARVESTED, replace(LINE, category="ASCT_MEL200")])
def test_a_transplant_without_an_infusion_was_planned_and_is_not_known_to_be_given(line: TreatmentLine) -> None:
    assert transplanted(file(lines=(line,))) == [(True, None)]


def test_an_infused_transplant_was_given() -> None:
    line = replace(LINE, transplants=(Transplant(infused=PartialDate(2024, 6, 3)),))
    assert transplanted(file(lines=(line,))) == [(True, date(2024, 6, 3))]


def test_a_transplant_recorded_as_an_event_was_given_in_the_line_of_its_day() -> None:
    event = Event(kind="transplant", on=PartialDate(2024, 6))
    later = TreatmentLine(id=5, number=2, start=PartialDate(2025, 1))
    assert transplanted(file(lines=(PLANNED, later), events=(event,))) == [(True, date(2024, 6, 1)), (False, None)]


def test_a_transplant_of_which_nobody_recorded_the_day_was_given_in_the_line_that_planned_it() -> None:
    later = TreatmentLine(id=5, number=2, start=PartialDate(2025, 1))
    record = file(lines=(PLANNED, later), events=(Event(kind="transplant"),))
    assert transplanted(record) == [(True, date.min), (False, None)]


def test_a_transplant_before_the_first_line_belongs_to_none() -> None:
    record = file(events=(Event(kind="transplant", on=PartialDate(2019)),))
    assert transplanted(record) == [(False, None)]
