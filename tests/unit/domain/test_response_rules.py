"""What decides a response where data is missing, censored, early, confounded or under several lines of therapy."""

from datetime import date

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.evidence_kinds import Specimen
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.response import Course, Domain, Grade, Line, PfsState, judge_response
from poems_registry.domain.response_rules.course import Ending, OrganValue, RelapseTold, Score, Seen
from poems_registry.domain.response_rules.course import Organ as FollowedOrgan
from poems_registry.domain.response_thresholds import ClinicalMeasure, PfsEvent
from poems_registry.domain.thresholds import Thresholds, VegfLimits
from tests.unit.domain.treated import (
    BEFORE,
    STANDARD,
    START,
    YEAR,
    answer,
    band,
    fixed,
    lesion,
    marrow,
    months,
    onls,
    pet,
    plasma,
    read,
    response,
    treated,
    vegf,
)

SECOND = Course(lines=(Line(2, PartialDate.of(months(24))),))


# nothing known


def test_with_nothing_recorded_no_domain_has_a_grade_and_each_says_what_it_needs() -> None:
    found = response().current
    assert {each.grade for each in found.domains.values()} == {Grade.CANNOT_TELL}
    assert all(each.needs for each in found.domains.values())


def test_without_treatment_there_is_no_response_but_a_list_of_what_a_baseline_lacks() -> None:
    found = judge_response(vegf(4000, BEFORE).plus(fixed("+", "", BEFORE)), STANDARD).current
    assert {each.grade for each in found.domains.values()} == {Grade.NOT_TREATED}
    assert found.domains[Domain.VEGF].needs == ()
    assert found.domains[Domain.VEGF].baseline is not None
    assert found.domains[Domain.HAEMATOLOGICAL].needs == (
        "Urine immunofixation",
        "M-protein",
        "Marrow",
    )
    assert found.domains[Domain.CLINICAL].needs == ("ONLS",)


def test_a_line_without_its_start_needs_the_start_and_nothing_else() -> None:
    course = Course(lines=(Line(1, None),)).plus(vegf(4000, BEFORE)).plus(vegf(300, YEAR))
    found = judge_response(course, STANDARD)
    assert found.current.domains[Domain.VEGF].needs == ("The start of line 1",)
    assert found.pfs.state is PfsState.CANNOT_TELL


def test_a_value_of_the_first_day_is_the_baseline_for_blood_is_drawn_before_the_first_dose() -> None:
    found = answer(Domain.VEGF, vegf(5000, START), vegf(300, YEAR))
    assert found.grade is Grade.CR
    assert found.baseline is not None
    assert found.baseline.on == START


def test_of_several_values_before_treatment_the_newest_is_the_baseline() -> None:
    found = answer(Domain.VEGF, vegf(9000, date(2021, 1, 1)), vegf(4000, BEFORE), vegf(2500, YEAR))
    assert found.baseline is not None
    assert found.baseline.words == "serum 4,000 pg/mL"
    assert found.grade is Grade.NR


def test_a_start_known_by_its_month_leaves_values_of_that_month_out() -> None:
    course = Course(lines=(Line(1, PartialDate(2022, 3)),)).plus(vegf(4000, date(2022, 3, 9))).plus(vegf(300, YEAR))
    found = judge_response(course, STANDARD).current.domains[Domain.VEGF]
    assert found.needs == ("VEGF from before Mar-2022",)


# haematological


def test_a_clone_known_from_a_lesion_only_is_left_to_the_radiological_response() -> None:
    parts = (fixed("-", "-", BEFORE), marrow(False, BEFORE), lesion(BEFORE), fixed("-", "-", YEAR))
    found = answer(Domain.HAEMATOLOGICAL, *parts)
    assert found.grade is Grade.NE
    assert "radiological" in found.words


def test_whether_there_was_a_clone_needs_the_tests_that_were_not_done() -> None:
    found = answer(Domain.HAEMATOLOGICAL, fixed("-", "", BEFORE), fixed("-", "-", YEAR))
    assert found.grade is Grade.CANNOT_TELL
    assert found.needs == ("Urine immunofixation from before 01-Mar-2022", "Marrow from before 01-Mar-2022")


def test_urine_that_was_not_repeated_leaves_complete_and_very_good_partial_open() -> None:
    parts = (fixed("+", "-", BEFORE), marrow(False, BEFORE), band(12, BEFORE), fixed("-", "", YEAR), band(0, YEAR))
    found = answer(Domain.HAEMATOLOGICAL, *parts)
    assert found.grade is Grade.CANNOT_TELL
    assert found.possible == (Grade.CR, Grade.VGPR)
    assert found.needs == ("Urine immunofixation",)


def test_a_clinic_may_take_urine_that_was_negative_before_as_negative() -> None:
    parts = (fixed("+", "-", BEFORE), marrow(False, BEFORE), band(12, BEFORE), fixed("-", "", YEAR), band(0, YEAR))
    lenient = Thresholds(cr_without_urine=True)
    assert answer(Domain.HAEMATOLOGICAL, *parts, thresholds=lenient).grade is Grade.CR


def test_a_marrow_still_clonal_is_not_complete_whatever_blood_and_urine_say() -> None:
    parts = (fixed("+", "-", BEFORE), marrow(True, BEFORE), band(12, BEFORE))
    found = answer(Domain.HAEMATOLOGICAL, *parts, fixed("-", "-", YEAR), band(0, YEAR), marrow(True, YEAR))
    assert found.grade is Grade.VGPR


def test_a_band_below_what_can_be_measured_decides_only_what_holds_for_all_of_it() -> None:
    before = (fixed("+", "-", BEFORE), band(12, BEFORE), fixed("+", "-", YEAR))
    assert answer(Domain.HAEMATOLOGICAL, *before, band("<1", YEAR)).grade is Grade.VGPR
    found = answer(Domain.HAEMATOLOGICAL, *before, band("<4", YEAR))
    assert (found.grade, found.possible) == (Grade.CANNOT_TELL, (Grade.VGPR, Grade.PR))


def test_an_equivocal_immunofixation_is_neither_negative_nor_positive() -> None:
    parts = (fixed("+", "-", BEFORE), marrow(False, BEFORE), band(0, BEFORE), band(0, YEAR))
    found = answer(Domain.HAEMATOLOGICAL, *parts, fixed("~", "-", YEAR))
    assert found.grade is Grade.CANNOT_TELL
    assert found.needs == ("Serum immunofixation",)


def test_a_band_measured_again_after_complete_response_is_a_relapse_to_confirm_too() -> None:
    parts = (fixed("+", "-", BEFORE), marrow(False, BEFORE), band(0, BEFORE), fixed("-", "-", months(8)))
    found = answer(Domain.HAEMATOLOGICAL, *parts, band(2, months(10)))
    assert found.grade is Grade.RELAPSE_TO_CONFIRM
    assert found.words == "M-protein 2 g/L again after a complete response"


def test_the_same_scan_told_at_two_visits_is_one_scan() -> None:
    parts = (pet(0, None, BEFORE), pet(None, 3, YEAR), pet(None, 3, YEAR))
    assert answer(Domain.RADIOLOGICAL, *parts).grade is Grade.PD


def test_no_response_is_not_called_before_six_months() -> None:
    early = (fixed("+", "-", BEFORE), band(12, BEFORE), fixed("+", "-", months(4)), band(11, months(4)))
    found = answer(Domain.HAEMATOLOGICAL, *early)
    assert found.grade is Grade.TOO_EARLY
    assert found.needs == ("M-protein on or after 01-Sep-2022",)
    late = (*early, fixed("+", "-", months(7)), band(11, months(7)))
    assert answer(Domain.HAEMATOLOGICAL, *late).grade is Grade.NR


# VEGF


def test_another_assay_is_not_compared_and_an_unstated_one_is_taken_as_the_same_and_said_so() -> None:
    other = answer(Domain.VEGF, vegf(5000, BEFORE, assay="R&D"), vegf(300, YEAR, assay="Luminex"))
    assert other.grade is Grade.NE
    same = answer(Domain.VEGF, vegf(5000, BEFORE, assay="R&D"), vegf(300, YEAR))
    assert same.grade is Grade.CR
    assert same.notes == ("One of the assays is not stated; taken as the same.",)


def test_the_limit_of_the_assay_decides_where_the_result_came_without_one() -> None:
    limits = Thresholds(vegf_by_assay=(VegfLimits(Specimen.SERUM, "R&D", 400, 1771),))
    parts = (vegf(5000, BEFORE, assay="R&D"), vegf(600, YEAR, assay="R&D"))
    assert answer(Domain.VEGF, *parts).grade is Grade.CR
    assert answer(Domain.VEGF, *parts, thresholds=limits).grade is Grade.PR


def test_plasma_is_judged_in_plasma() -> None:
    assert answer(Domain.VEGF, plasma(452, BEFORE), plasma(63.5, YEAR)).grade is Grade.CR
    assert answer(Domain.VEGF, plasma(190, BEFORE), plasma(63.5, YEAR)).grade is Grade.NE


def test_a_clinic_that_does_not_count_plasma_judges_no_response_by_it() -> None:
    serum_only = Thresholds(vegf_specimens=frozenset({Specimen.SERUM}))
    found = answer(Domain.VEGF, plasma(452, BEFORE), plasma(63.5, YEAR), thresholds=serum_only)
    assert found.grade is Grade.CANNOT_TELL


def test_serum_is_followed_though_plasma_was_measured_last_and_it_is_said() -> None:
    found = answer(Domain.VEGF, vegf(5000, BEFORE), vegf(300, months(6)), plasma(90, YEAR))
    assert found.grade is Grade.CR
    assert found.notes == ("Not compared: plasma 90 pg/mL of 01-Apr-2023.",)


@pytest.mark.parametrize(
    ("before", "now", "expected", "possible"),
    [
        (">8000", "3000", Grade.PR, ()),
        (">8000", "4500", Grade.CANNOT_TELL, (Grade.PR, Grade.NR)),
        ("5000", "<800", Grade.CANNOT_TELL, (Grade.CR, Grade.PR)),
        ("5000", "<700", Grade.CR, ()),
        (">1500", "600", Grade.CANNOT_TELL, (Grade.NE, Grade.CR)),
        ("5000", ">4000", Grade.CANNOT_TELL, (Grade.PD_TO_CONFIRM, Grade.NR)),
    ],
)
def test_a_censored_vegf_decides_only_what_holds_for_all_of_it(
    before: str, now: str, expected: Grade, possible: tuple[Grade, ...]
) -> None:
    found = answer(Domain.VEGF, vegf(before, BEFORE), vegf(now, YEAR))
    assert (found.grade, found.possible) == (expected, possible)
    assert bool(found.needs) == (expected is Grade.CANNOT_TELL)


RISEN = (vegf(5000, BEFORE), vegf(600, months(6)), vegf(2000, months(12)))


def test_a_single_rise_is_possible_progression_and_asks_for_the_second_sample() -> None:
    found = answer(Domain.VEGF, *RISEN)
    assert found.grade is Grade.PD_TO_CONFIRM
    assert found.needs == ("VEGF, repeated 4 weeks or more after 02-Mar-2023",)


def test_a_second_sample_four_weeks_later_confirms_progression_from_the_first() -> None:
    assert answer(Domain.VEGF, *RISEN, vegf(1900, months(12.5))).grade is Grade.PD_TO_CONFIRM
    found = answer(Domain.VEGF, *RISEN, vegf(1900, months(13)))
    assert found.grade is Grade.PD
    assert [(each.on, each.confirmed) for each in found.progressions] == [(months(12), True)]


def test_a_rise_with_another_explanation_neither_confirms_nor_is_confirmed() -> None:
    parts = (vegf(5000, BEFORE), vegf(600, months(6)), vegf(2000, months(12), because=("acute_illness",)))
    found = answer(Domain.VEGF, *parts)
    assert found.grade is Grade.PD_TO_CONFIRM
    assert found.needs == ("VEGF, repeated without acute illness",)
    assert answer(Domain.VEGF, *parts, vegf(1900, months(14))).grade is Grade.PD_TO_CONFIRM


def test_a_clinic_may_ask_for_doubling_or_for_below_1000() -> None:
    doubling = Thresholds(vegf_rise_percent=100)
    assert answer(Domain.VEGF, vegf(5000, BEFORE), vegf(600, months(6)), vegf(1000, YEAR)).grade is Grade.PD_TO_CONFIRM
    parts = (vegf(5000, BEFORE), vegf(600, months(6)), vegf(1000, YEAR))
    assert answer(Domain.VEGF, *parts, thresholds=doubling).grade is Grade.PR
    below = Thresholds(serum_vegf_complete_below=1000)
    assert answer(Domain.VEGF, vegf(5000, BEFORE), vegf(900, YEAR), thresholds=below).grade is Grade.CR


def test_vegf_non_response_waits_three_months_and_response_does_not() -> None:
    assert answer(Domain.VEGF, vegf(5000, BEFORE), vegf(4000, months(2))).grade is Grade.TOO_EARLY
    assert answer(Domain.VEGF, vegf(5000, BEFORE), vegf(4000, months(4))).grade is Grade.NR
    assert answer(Domain.VEGF, vegf(5000, BEFORE), vegf(700, months(2))).grade is Grade.CR


# PET


def test_a_scan_without_its_number_of_lesions_cannot_exclude_a_new_one() -> None:
    found = answer(Domain.RADIOLOGICAL, pet(None, 14, BEFORE), pet(None, 6, YEAR))
    assert found.grade is Grade.CANNOT_TELL
    assert found.possible == (Grade.PD, Grade.PR)
    assert answer(Domain.RADIOLOGICAL, pet(None, 14, BEFORE), pet(None, 6, YEAR, new=False)).grade is Grade.PR


def test_a_report_that_names_a_new_lesion_is_progression_though_the_number_fell() -> None:
    assert answer(Domain.RADIOLOGICAL, pet(4, 20, BEFORE), pet(1, 4, YEAR, new=True)).grade is Grade.PD


def test_an_avid_lesion_after_none_is_progression() -> None:
    found = answer(Domain.RADIOLOGICAL, pet(2, 14, BEFORE), pet(0, None, months(8)), pet(1, 2, YEAR))
    assert found.grade is Grade.PD


def test_a_scan_without_its_sum_cannot_tell_partial_from_none() -> None:
    found = answer(Domain.RADIOLOGICAL, pet(2, 14, BEFORE), pet(2, None, YEAR))
    assert found.grade is Grade.CANNOT_TELL
    assert "Sum of SUVmax of the PET-CT of 01-Apr-2023" in found.needs


# clinical


def test_stable_is_not_called_before_a_year() -> None:
    found = answer(Domain.CLINICAL, onls(3, 3, BEFORE), onls(3, 3, months(6)))
    assert found.grade is Grade.TOO_EARLY
    assert found.needs == ("ONLS on or after 01-Mar-2023",)


def test_worse_than_the_best_is_told_though_better_than_before_treatment() -> None:
    found = answer(Domain.CLINICAL, onls(3, 4, BEFORE), onls(1, 2, months(12)), onls(2, 3, months(24)))
    assert found.grade is Grade.IMPROVED
    assert found.notes[0].startswith("Worse than its best since")
    assert [each.confirmed for each in found.progressions] == [False]


def test_another_score_may_lead() -> None:
    rods = Course(scores=(Score(BEFORE, ClinicalMeasure.IRODS, (40.0,)), Score(YEAR, ClinicalMeasure.IRODS, (45.0,))))
    lead = Thresholds(clinical_measure=ClinicalMeasure.IRODS)
    assert answer(Domain.CLINICAL, rods, onls(3, 3, BEFORE), onls(3, 4, YEAR), thresholds=lead).grade is Grade.IMPROVED


@pytest.mark.parametrize(
    ("organ", "before", "now", "expected"),
    [
        (FollowedOrgan.OEDEMA, 2, 1, Grade.IMPROVED),
        (FollowedOrgan.OEDEMA, 0, 1, Grade.WORSE),
        (FollowedOrgan.OEDEMA, 0, 0, Grade.NE),
        (FollowedOrgan.PAPILLOEDEMA, 1, 0, Grade.IMPROVED),
        (FollowedOrgan.PASP, 50, 40, Grade.IMPROVED),
        (FollowedOrgan.PASP, 35, 20, Grade.NE),
        (FollowedOrgan.PASP, 50, 60, Grade.WORSE),
        (FollowedOrgan.TLCO, 50, 60, Grade.IMPROVED),
        (FollowedOrgan.TLCO, 50, 58, Grade.STABLE),
        (FollowedOrgan.TLCO, 80, 60, Grade.NE),
    ],
)
def test_organs_are_told_beside_the_score(organ: FollowedOrgan, before: float, now: float, expected: Grade) -> None:
    values = Course(organs=(OrganValue(BEFORE, organ, read(before)), OrganValue(YEAR, organ, read(now))))
    found = response(values).current.organs
    assert [(each.organ, each.grade) for each in found] == [(organ, expected)]


# lines, relapse, progression-free survival


def test_each_line_is_judged_against_its_own_baseline_and_ends_where_the_next_begins() -> None:
    found = response(
        SECOND, vegf(5000, BEFORE), vegf(700, months(6)), vegf(3000, months(23)), vegf(2900, months(24)),
        vegf(600, months(30)),
    )  # fmt: skip
    first, second = found.lines
    assert first.domains[Domain.VEGF].best.grade is Grade.CR
    newest, baseline = first.domains[Domain.VEGF].latest, second.domains[Domain.VEGF].baseline
    assert newest is not None
    assert newest.on == months(24)
    assert baseline is not None
    assert baseline.words == "serum 2,900 pg/mL"
    assert found.current is second
    assert found.grades[Domain.VEGF] is Grade.CR


def test_a_value_from_before_the_first_line_is_no_baseline_of_the_second() -> None:
    found = response(SECOND, onls(3, 4, BEFORE), onls(1, 2, months(30)))
    assert found.current.domains[Domain.CLINICAL].grade is Grade.CANNOT_TELL


def test_relapse_is_dated_for_each_domain_and_says_whether_it_gave_symptoms_and_was_treated() -> None:
    found = response(
        SECOND, vegf(5000, BEFORE), vegf(600, months(6)), vegf(2000, months(18)), vegf(2500, months(20)),
        onls(2, 2, BEFORE), onls(1, 1, months(12)), onls(2, 2, months(21)), onls(2, 3, months(23)),
    )  # fmt: skip
    [(line, relapse)] = found.relapses
    assert line.number == 1
    assert [(each.domain, each.on) for each in relapse.dated] == [
        (Domain.VEGF, months(18)), (Domain.CLINICAL, months(21))
    ]  # fmt: skip
    assert relapse.symptomatic is Verdict.MET
    assert relapse.treated
    assert not relapse.biochemical


def test_a_rise_of_vegf_alone_is_biochemical() -> None:
    [(_, relapse)] = response(*RISEN, onls(1, 1, months(12))).relapses
    assert relapse.biochemical
    assert relapse.symptomatic is Verdict.NOT_MET
    [(_, silent)] = response(*RISEN).relapses
    assert silent.symptomatic is Verdict.CANNOT_TELL


CONFIRMED = (*RISEN, vegf(2000, months(14)), Course(seen=(Seen(months(20)),)))


def test_progression_free_survival_ends_with_a_confirmed_progression_in_any_domain() -> None:
    found = response(*CONFIRMED).pfs
    assert (found.state, found.on, found.words) == (PfsState.EVENT, months(12), "VEGF progression")


def test_a_clinic_may_count_only_what_was_treated_or_clinical() -> None:
    strict = Thresholds(pfs_event=PfsEvent.TREATED_OR_CLINICAL)
    untreated = response(*CONFIRMED, thresholds=strict).pfs
    assert (untreated.state, untreated.on) == (PfsState.CENSORED, months(20))
    assert response(*CONFIRMED, SECOND, thresholds=strict).pfs.on == months(12)


def test_death_ends_it_and_without_a_date_it_cannot_be_told() -> None:
    died = Course(deaths=(Ending(months(30)),))
    assert response(died).pfs.words == "death"
    undated = Course(deaths=(Ending(date.min, dated=False),))
    assert response(undated).pfs.state is PfsState.CANNOT_TELL


def test_a_relapse_told_as_an_event_counts_and_one_before_treatment_does_not() -> None:
    assert response(Course(relapses=(RelapseTold(months(9)),))).pfs.on == months(9)
    early = response(Course(relapses=(RelapseTold(BEFORE),), seen=(Seen(YEAR),))).pfs
    assert (early.state, early.on) == (PfsState.CENSORED, YEAR)


def test_an_unconfirmed_rise_is_no_event() -> None:
    assert response(*RISEN, Course(seen=(Seen(months(12)),))).pfs.state is PfsState.CENSORED


def test_what_is_dated_later_is_as_if_it_were_not_there_yet() -> None:
    found = response(*CONFIRMED, on=months(7))
    assert found.grades[Domain.VEGF] is Grade.CR
    assert judge_response(treated(*CONFIRMED), STANDARD).standing_on(months(7))[1][Domain.VEGF] is Grade.CR


def test_the_best_of_a_line_says_when_an_open_answer_may_have_been_better() -> None:
    found = answer(Domain.VEGF, vegf(5000, BEFORE), vegf("<800", months(6)), vegf(1200, months(12))).best
    assert (found.grade, found.on, found.at_least) == (Grade.PR, months(6), True)
    assert found.needs
