"""Where a grade, a date or a first line could be taken for another: partial dates, hidden bests, parts of a sum."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.response_evidence import course_of, course_of_encounter
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.evidence_kinds import FixationResult
from poems_registry.domain.findings import Finding
from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.prognosis import Dated, Factor, Presentation, judge_prognosis
from poems_registry.domain.records import Encounter, EncounterState, Patient, PatientFile
from poems_registry.domain.response import Course, Domain, Grade, Line, Pfs, PfsState, judge_response
from poems_registry.domain.response_rules.course import Ending, Organ, RelapseTold, Seen
from poems_registry.domain.treatments import Event, TreatmentLine
from tests.unit.domain.treated import BEFORE, STANDARD, START, YEAR, answer, fixed, months, onls, response, treated

MONTH_OUT = YEAR.replace(month=6)


def pfs(*parts: Course) -> Pfs:
    """Progression-free survival under a first line begun on START."""
    return response(*parts).pfs


def test_a_death_known_by_its_year_lies_not_before_the_treatment_nor_before_the_last_visit() -> None:
    died = Course(deaths=(Ending(date(2022, 1, 1), latest=date(2022, 12, 31)),))
    assert pfs(died).on == START
    assert pfs(died, Course(seen=(Seen(months(5)), Seen(YEAR)))).on == months(5)


def test_a_relapse_known_by_the_year_of_the_first_treatment_is_not_lost() -> None:
    told = Course(relapses=(RelapseTold(date(2022, 1, 1), latest=date(2022, 12, 31)),))
    assert (pfs(told).state, pfs(told).on) == (PfsState.EVENT, START)
    before = Course(relapses=(RelapseTold(date(2021, 1, 1), latest=date(2021, 12, 31)),))
    assert pfs(before).state is PfsState.CENSORED


def test_a_record_tells_the_last_day_a_relapse_or_death_can_have_been() -> None:
    events = (Event(kind="relapse", on=PartialDate(2023)),)
    told = course_of(PatientFile(Patient(id=1, died=PartialDate(2024, 2)), events=events))
    assert [each.latest for each in told.relapses] == [date(2023, 12, 31)]
    assert [each.latest for each in told.deaths] == [date(2024, 2, 29)]


def test_survival_without_progression_cannot_be_told_while_the_first_line_has_no_start() -> None:
    later = Course(lines=(Line(1, None), Line(2, PartialDate.of(START))))
    assert judge_response(later, STANDARD).pfs.state is PfsState.CANNOT_TELL
    earlier = Course(lines=(Line(1, PartialDate.of(START)), Line(2, None)))
    assert judge_response(earlier, STANDARD).pfs.state is PfsState.CENSORED


def test_the_second_line_is_not_taken_for_the_first_whose_start_is_missing() -> None:
    later = replace(treated(fixed("+", "-", BEFORE), fixed("-", "-", YEAR)), lines=(Line(2, PartialDate.of(START)),))
    course = later.plus(Course(lines=(Line(1, None),)))
    told = {each.factor: each for each in judge_prognosis(_anyone(), judge_response(course, STANDARD), STANDARD)
            .response_based}  # fmt: skip
    assert told[Factor.NO_COMPLETE_RESPONSE].verdict is Verdict.CANNOT_TELL
    assert told[Factor.NO_COMPLETE_RESPONSE].needs == ("The start of line 1",)
    assert told[Factor.NO_HAEMATOLOGICAL_RESPONSE].verdict is Verdict.CANNOT_TELL


def _anyone(*pasp: float) -> Presentation:
    diagnosed = PartialDate.of(BEFORE)
    return Presentation(diagnosed, (45, 45), pasp=tuple(Dated(BEFORE, Interval.exactly(each)) for each in pasp))


@pytest.mark.parametrize("pasp", [(25.0, 60.0), (60.0, 25.0)])
def test_of_two_pressures_of_one_day_the_higher_counts(pasp: tuple[float, ...]) -> None:
    found = judge_prognosis(_anyone(*pasp), judge_response(Course(), STANDARD), STANDARD)
    told = {each.factor: each for each in found.wang}
    assert told[Factor.PULMONARY_HYPERTENSION].verdict is Verdict.MET


def test_arm_symptoms_do_not_hide_the_best_leg_grade() -> None:
    found = answer(Domain.CLINICAL, onls(0, 3, BEFORE), onls(1, 2, YEAR), onls(0, 3, MONTH_OUT))
    assert found.grade is Grade.STABLE
    assert [(each.on, each.confirmed) for each in found.progressions] == [(MONTH_OUT, False)]


LINE = TreatmentLine(id=4, number=1, name="Len-dex", start=PartialDate.of(START))
TWO = {"lesion_1_site": "skull", "lesion_1_suv": "8", "lesion_2_site": "sternum", "lesion_2_suv": "10"}


def scan(on: date, **typed: str) -> Encounter:
    """A signed visit that tells of a PET-CT."""
    findings = CATALOGUE.read({"bone_imaging": "pet_ct", **typed}, date(2026, 11, 22))
    return Encounter(id=on.toordinal(), on=on, state=EncounterState.SIGNED, findings=findings)


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ({"fdg_avid_count": "2", **TWO, "lesion_1_suv": "4", "lesion_2_suv": "5"}, Grade.PR),
        ({"fdg_avid_count": "1", "lesion_1_site": "skull", "lesion_1_suv": "4"}, Grade.PR),
        ({"fdg_avid_count": "2", "lesion_1_site": "skull", "lesion_1_suv": "4"}, Grade.CANNOT_TELL),
        ({"lesion_1_site": "skull", "lesion_1_suv": "4", "lesion_2_site": "sternum"}, Grade.CANNOT_TELL),
    ],
)
def test_a_part_of_the_tracked_lesions_is_no_sum_and_no_response(then: dict[str, str], expected: Grade) -> None:
    record = PatientFile(Patient(id=1), (scan(BEFORE, fdg_avid_count="2", **TWO), scan(YEAR, **then)), (LINE,))
    assert judge_response(course_of(record), STANDARD).grades[Domain.RADIOLOGICAL] is expected


def effusion(**typed: str) -> list[Interval]:
    """How bad fluid was at one visit."""
    found = course_of_encounter(scan(YEAR, **typed)).organs
    return [each.value for each in found if each.organ is Organ.EFFUSION]


def test_fluid_without_its_grade_may_be_the_worst() -> None:
    graded = {"pleural_effusion": "present", "pleural_effusion_grade": "1"}
    assert effusion(**graded, ascites="absent") == [Interval.exactly(1.0)]
    assert effusion(**graded, ascites="present") == []
    assert effusion(**graded, ascites="present", ascites_grade="3") == [Interval.exactly(3.0)]


def test_a_worst_grade_of_all_sites_as_it_was_asked_before_still_counts() -> None:
    old = Encounter(on=YEAR, findings=(Finding("ascites", "present"), Finding("effusion_grade", "2")))
    assert [each.value for each in course_of_encounter(old).organs] == [Interval.exactly(2.0)]


def test_an_immunofixation_is_read_as_it_was_recorded() -> None:
    [found] = course_of_encounter(scan(YEAR, ife_serum="negative")).fixations
    assert found.result is FixationResult.NEGATIVE
