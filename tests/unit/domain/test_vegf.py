"""VEGF by specimen, unit, censoring, treatment and steroids (clinical.md 1.5)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.criteria import Criterion, Evidence, FlagKind, Reason, ReasonKind, Thresholds, Verdict, judge
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.evidence import VegfSample
from poems_registry.domain.evidence_kinds import Specimen
from poems_registry.domain.findings import Attribution, Sign
from poems_registry.domain.intervals import Interval, times
from poems_registry.domain.thresholds import VegfLimits
from poems_registry.domain.treatment_periods import TreatmentPeriod
from tests.unit.domain.bedside import CANNOT_TELL, DAY, LATER, MET, NOT_MET, STANDARD, vegf

SERUM, PLASMA = Specimen.SERUM, Specimen.PLASMA
BORTEZOMIB = TreatmentPeriod(date(2024, 1, 1), date(2024, 2, 1))
DEXAMETHASONE = TreatmentPeriod(date(2024, 1, 1), date(2024, 2, 1), anti_plasma_cell=False, steroids=True)


def judged(*samples: VegfSample, treatments: tuple[TreatmentPeriod, ...] = (), by: Thresholds = STANDARD) -> Verdict:
    return judge(Evidence(vegf=samples, treatments=treatments), by).criteria[Criterion.V].verdict


def reason(*samples: VegfSample, treatments: tuple[TreatmentPeriod, ...] = ()) -> Reason:
    return judge(Evidence(vegf=samples, treatments=treatments), STANDARD).criteria[Criterion.V].reasons[0]


def flags(
    *samples: VegfSample, treatments: tuple[TreatmentPeriod, ...] = (), by: Thresholds = STANDARD
) -> set[FlagKind]:
    return {flag.kind for flag in judge(Evidence(vegf=samples, treatments=treatments), by).flags}


@pytest.mark.parametrize(
    ("specimen", "text", "expected"),
    [
        (SERUM, "771", NOT_MET),
        (SERUM, "771.1", CANNOT_TELL),
        (SERUM, "1770", CANNOT_TELL),
        (SERUM, "1771", MET),
        (SERUM, "250", NOT_MET),
        (PLASMA, "250", MET),
        (PLASMA, "200", MET),
        (PLASMA, "199", CANNOT_TELL),
        (PLASMA, "86", NOT_MET),
        (SERUM, ">1500", CANNOT_TELL),
        (SERUM, ">8000", MET),
        (SERUM, ">1771", MET),
        (SERUM, "<31", NOT_MET),
        (SERUM, "<771", NOT_MET),
        (SERUM, "<800", CANNOT_TELL),
        (PLASMA, "<100", CANNOT_TELL),
        (PLASMA, ">150", CANNOT_TELL),
    ],
)
def test_a_result_is_judged_by_the_levels_of_its_own_specimen(specimen: Specimen, text: str, expected: Verdict) -> None:
    assert judged(vegf(text, specimen)) is expected


def test_a_result_without_a_specimen_cannot_be_judged_however_high() -> None:
    assert judged(vegf("9000", None)) is CANNOT_TELL
    assert judged(vegf("10", None)) is CANNOT_TELL


def test_the_limit_printed_with_the_result_is_preferred() -> None:
    assert judged(vegf("600", upper_limit=500.0)) is CANNOT_TELL
    assert judged(vegf("900", upper_limit=1000.0)) is NOT_MET


def test_a_result_within_its_printed_limit_is_normal_even_above_the_decision_level() -> None:
    assert judged(vegf("1900", upper_limit=2000.0)) is NOT_MET
    assert judged(vegf("2100", upper_limit=2000.0)) is MET


def test_an_assay_may_have_levels_of_its_own() -> None:
    own = Thresholds(vegf_by_assay=(VegfLimits(SERUM, "New assay", 300.0, 600.0),))
    assert judged(vegf("700", assay="New assay"), by=own) is MET
    assert judged(vegf("700"), by=own) is NOT_MET


def test_a_clinic_may_count_one_specimen_only() -> None:
    serum_only = Thresholds(vegf_specimens=frozenset({SERUM}))
    assert judged(vegf("900", PLASMA), by=serum_only) is CANNOT_TELL
    assert judged(vegf("3500"), by=serum_only) is MET


def test_a_clinic_may_count_the_grey_zone_as_met() -> None:
    grey = Thresholds(vegf_grey_zone=MET)
    assert judged(vegf("1000"), by=grey) is MET
    assert judged(vegf(">1500"), by=grey) is MET
    assert judged(vegf("771"), by=grey) is NOT_MET
    assert judged(vegf("<800"), by=grey) is CANNOT_TELL


def test_the_grey_zone_is_flagged_to_repeat_and_look_for_other_causes() -> None:
    assert flags(vegf("1000")) == {FlagKind.VEGF_GREY_ZONE}
    assert flags(vegf("3500")) == set()
    assert flags(vegf("300")) == set()


# Treatment and steroids


@pytest.mark.parametrize("text", ["10", "300", "771", "1000", "3500", "<31", ">8000"])
@pytest.mark.parametrize(
    ("said", "treatments", "day"),
    [
        ({"on_treatment": True}, (), DAY),
        ({"steroids_within_3_months": True}, (), DAY),
        ({}, (BORTEZOMIB,), date(2024, 1, 20)),
        ({}, (DEXAMETHASONE,), date(2024, 1, 20)),
        ({}, (DEXAMETHASONE,), date(2024, 4, 30)),
        ({"on_treatment": False}, (BORTEZOMIB,), date(2024, 1, 20)),
    ],
    ids=["said to be on treatment", "said to be after steroids", "in a course", "on steroids",
         "within three months of steroids", "said to be untreated, but in a course"],
)  # fmt: skip
def test_a_sample_under_treatment_or_soon_after_steroids_cannot_be_told_and_is_flagged(
    text: str, said: dict[str, Any], treatments: tuple[TreatmentPeriod, ...], day: date
) -> None:
    sample = vegf(text, on=day, **said)
    assert judged(sample, treatments=treatments) is CANNOT_TELL
    assert flags(sample, treatments=treatments) == {FlagKind.VEGF_HELD_BY_TREATMENT}


def test_a_clinic_may_let_a_raised_result_on_treatment_be_met_but_a_normal_one_never_excludes() -> None:
    allowed = Thresholds(on_treatment_vegf_may_be_met=True)
    assert judged(vegf("3500", on_treatment=True), by=allowed) is MET
    assert judged(vegf("1000", on_treatment=True), by=allowed) is CANNOT_TELL
    assert judged(vegf("300", on_treatment=True), by=allowed) is CANNOT_TELL
    assert flags(vegf("3500", on_treatment=True), by=allowed) == {FlagKind.VEGF_ONLY_ON_TREATMENT}
    assert flags(vegf("3500", on_treatment=True), vegf("3500", on=LATER), by=allowed) == set()


def test_more_than_three_months_after_steroids_a_normal_result_excludes() -> None:
    assert judged(vegf("300", on=date(2024, 5, 1)), treatments=(DEXAMETHASONE,)) is CANNOT_TELL
    assert judged(vegf("300", on=date(2024, 5, 2)), treatments=(DEXAMETHASONE,)) is NOT_MET


def test_after_any_anti_plasma_cell_treatment_a_normal_result_never_excludes_but_a_raised_one_is_met() -> None:
    years_later = date(2030, 1, 1)
    assert judged(vegf("300", on=years_later), treatments=(BORTEZOMIB,)) is CANNOT_TELL
    assert judged(vegf("3500", on=years_later), treatments=(BORTEZOMIB,)) is MET
    assert judged(vegf("300", before_treatment=False)) is CANNOT_TELL


def test_a_sample_of_the_first_day_of_treatment_was_taken_before_it() -> None:
    assert judged(vegf("300", on=BORTEZOMIB.started), treatments=(BORTEZOMIB,)) is NOT_MET


def test_a_treatment_dated_before_the_sample_takes_its_verdict_away() -> None:
    sample = vegf("300")
    assert judged(sample) is NOT_MET
    assert judged(sample, treatments=(TreatmentPeriod(DAY, LATER),)) is NOT_MET
    assert judged(sample, treatments=(BORTEZOMIB,)) is CANNOT_TELL


def test_a_treatment_of_unknown_start_unsettles_a_normal_result_and_no_raised_one() -> None:
    somewhen = (TreatmentPeriod(date.min, None, undated=True),)
    assert judged(vegf("300"), treatments=somewhen) is CANNOT_TELL
    assert judged(vegf("3500"), treatments=somewhen) is judged(vegf("3500")) is MET
    assert judged(vegf("300", before_treatment=True), treatments=somewhen) is NOT_MET


# Several samples


def test_once_raised_before_treatment_no_later_normal_undoes_it() -> None:
    assert judged(vegf("3500"), vegf("300", on=LATER)) is MET


def test_a_normal_repeat_answers_a_grey_result_and_a_later_grey_result_reopens_a_normal_one() -> None:
    assert judged(vegf("1000"), vegf("300", on=LATER)) is NOT_MET
    assert judged(vegf("300"), vegf("1000", on=LATER)) is CANNOT_TELL


def test_a_normal_result_on_treatment_or_a_bound_that_says_nothing_leaves_an_exclusion_as_it_is() -> None:
    assert judged(vegf("300"), vegf("200", on=LATER, on_treatment=True)) is NOT_MET
    assert judged(vegf("300"), vegf("<800", on=LATER)) is NOT_MET


# Causes and confounders


def test_a_raised_result_from_another_cause_is_not_met_by_and_excludes_nothing() -> None:
    assert judged(vegf("3500", attribution=Attribution.OTHER)) is CANNOT_TELL
    assert judged(vegf("3500", attribution=Attribution.OTHER), vegf("300", on=LATER)) is NOT_MET


def test_an_uncertain_cause_cannot_be_told_even_beside_a_normal_result() -> None:
    assert judged(vegf("3500", attribution=Attribution.UNCERTAIN), vegf("300", on=LATER)) is CANNOT_TELL


def test_a_confounder_is_flagged_and_a_clinic_may_let_it_hold_the_verdict() -> None:
    sample = vegf("3500", confounders=("iron deficiency",))
    strict = Thresholds(vegf_counts_with_confounder=False)
    assert judged(sample) is MET
    assert flags(sample) == {FlagKind.VEGF_CONFOUNDED}
    assert judged(sample, by=strict) is CANNOT_TELL


# Units


@pytest.mark.parametrize(
    ("number", "unit"),
    [(3500, "pg/mL"), (3500, "ng/L"), (3.5, "ng/mL"), (3.5, "ug/L"), (3.5, "µg/L"), (3.5, "μg/L"), (3500, " PG/ML ")],
)
def test_a_result_means_the_same_in_every_unit(number: float, unit: str) -> None:
    sample = VegfSample(DAY, SERUM, Interval.exactly(number), unit)
    assert judged(sample) is MET
    assert reason(sample).words == "Serum VEGF 3,500 pg/mL"


@given(
    st.sampled_from(Sign),
    st.decimals(min_value=1, max_value=10_000, places=1).map(float),
    st.one_of(st.none(), st.decimals(min_value=1, max_value=3000, places=1).map(float)),
    st.sampled_from(Specimen),
)
def test_no_verdict_depends_on_the_unit(sign: Sign, number: float, limit: float | None, specimen: Specimen) -> None:
    value = Interval.of(sign, number)
    in_pg = VegfSample(DAY, specimen, value, "pg/mL", limit)
    in_ng = VegfSample(DAY, specimen, value.scaled(0.001), "ng/mL", None if limit is None else times(limit, 0.001))
    assert judged(in_pg) is judged(in_ng)


def test_a_unit_that_cannot_be_converted_decides_nothing() -> None:
    assert judged(VegfSample(DAY, SERUM, Interval.exactly(9000), "U/mL")) is CANNOT_TELL


# Words and settings


def test_the_reason_says_specimen_value_and_what_stood_against_it() -> None:
    assert reason(vegf(">8000")).words == "Serum VEGF above 8,000 pg/mL"
    assert reason(vegf("300")).words == "Serum VEGF 300 pg/mL, limit 771"
    on_treatment = reason(vegf("60", PLASMA, on_treatment=True))
    assert on_treatment.words == "Plasma VEGF 60 pg/mL, limit 86, on treatment"
    assert on_treatment.kind is ReasonKind.TREATED
    soon = reason(vegf("3500", on=date(2024, 3, 1)), treatments=(DEXAMETHASONE,))
    assert soon.words == "Serum VEGF 3,500 pg/mL, within 3 months of steroids"


def test_a_decision_level_below_the_reference_limit_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        Thresholds(serum_vegf_decision_level=500.0)
    assert list(refused.value.problems) == ["serum_vegf_decision_level"]


def test_a_grey_zone_that_counts_as_not_met_is_refused() -> None:
    with pytest.raises(InvalidInput):
        Thresholds(vegf_grey_zone=NOT_MET)
