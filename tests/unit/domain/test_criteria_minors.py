"""The rows of clinical.md 1.4 for organs, fluid, hormones, skin, discs and counts."""

import pytest

from poems_registry.domain.criteria import Criterion, Evidence, Thresholds, Verdict, judge
from poems_registry.domain.evidence import (
    BloodCount,
    EndocrineFinding,
    OrganAssessment,
    OrganomegalyStatement,
    SkinExaminedNone,
)
from poems_registry.domain.evidence_kinds import (
    LISTED_SKIN_SIGNS,
    Axis,
    AxisStatus,
    CountKind,
    EndocrineTest,
    Eye,
    Organ,
    OrganMethod,
    SexAtBirth,
    SkinSign,
    Status,
    VolumeSite,
)
from poems_registry.domain.findings import Attribution
from poems_registry.domain.treatment_periods import TreatmentPeriod
from tests.unit.domain.bedside import (
    CANNOT_TELL,
    DAY,
    LATER,
    MET,
    NO_FLUID,
    NO_ORGAN,
    NORMAL_COUNTS,
    NORMAL_SCREEN,
    NOT_MET,
    STANDARD,
    answer,
    count,
    disc,
    fluid,
    hormone,
    number,
    organ,
    read,
    skin,
    together,
)

OTHER, UNCERTAIN = Attribution.OTHER, Attribution.UNCERTAIN


# O


@pytest.mark.parametrize("which", Organ)
@pytest.mark.parametrize("method", OrganMethod)
def test_o_is_met_by_any_of_the_three_felt_or_imaged(which: Organ, method: OrganMethod) -> None:
    assert answer(organ(which, Status.PRESENT, method), Criterion.O) is MET


def test_o_is_not_excluded_by_palpation_alone() -> None:
    felt = together(*(organ(each, Status.ABSENT, OrganMethod.PALPATION) for each in Organ))
    assert answer(felt, Criterion.O) is CANNOT_TELL


@pytest.mark.parametrize("left_out", Organ)
def test_o_is_excluded_only_when_imaging_has_shown_each_organ_normal(left_out: Organ) -> None:
    assert answer(NO_ORGAN, Criterion.O) is NOT_MET
    two = together(*(organ(each, Status.ABSENT) for each in Organ if each is not left_out))
    assert answer(two, Criterion.O) is CANNOT_TELL


@pytest.mark.parametrize(
    ("which", "size", "expected"),
    [
        (Organ.NODES, "10", MET),
        (Organ.NODES, "9.9", CANNOT_TELL),
        (Organ.SPLEEN, "13", CANNOT_TELL),
        (Organ.SPLEEN, "13.1", MET),
        (Organ.LIVER, "16", CANNOT_TELL),
        (Organ.LIVER, "16.5", MET),
        (Organ.SPLEEN, ">12", CANNOT_TELL),
        (Organ.SPLEEN, ">20", MET),
    ],
)
def test_o_judges_a_size_by_the_clinics_limit(which: Organ, size: str, expected: Verdict) -> None:
    evidence = Evidence(organs=(OrganAssessment(DAY, which, OrganMethod.CT, size=read(size)),))
    assert answer(evidence, Criterion.O) is expected


def test_normal_sizes_of_all_three_on_imaging_exclude_o() -> None:
    sizes = {Organ.SPLEEN: "11", Organ.LIVER: "15", Organ.NODES: "8"}
    evidence = Evidence(
        organs=tuple(OrganAssessment(DAY, which, OrganMethod.CT, size=read(size)) for which, size in sizes.items())
    )
    assert answer(evidence, Criterion.O) is NOT_MET


def test_a_node_of_12_mm_counts_even_if_reported_normal_but_a_long_spleen_reported_normal_cannot_be_told() -> None:
    node = OrganAssessment(DAY, Organ.NODES, OrganMethod.CT, Status.ABSENT, number(12))
    spleen = OrganAssessment(DAY, Organ.SPLEEN, OrganMethod.CT, Status.ABSENT, number(14))
    assert answer(Evidence(organs=(node,)), Criterion.O) is MET
    assert answer(together(NO_ORGAN, Evidence(organs=(spleen,))), Criterion.O) is CANNOT_TELL


def test_a_bound_that_says_nothing_leaves_a_normal_size_as_it_is() -> None:
    bound = OrganAssessment(LATER, Organ.SPLEEN, OrganMethod.CT, size=read("<20"))
    assert answer(together(NO_ORGAN, Evidence(organs=(bound,))), Criterion.O) is NOT_MET


def test_organomegaly_stated_without_naming_the_organ_is_met() -> None:
    stated = Evidence(organomegaly=(OrganomegalyStatement(DAY, Status.PRESENT),))
    assert answer(stated, Criterion.O) is MET
    assert answer(Evidence(organomegaly=(OrganomegalyStatement(DAY, Status.ABSENT),)), Criterion.O) is CANNOT_TELL


# X


@pytest.mark.parametrize("site", [VolumeSite.OEDEMA, VolumeSite.PLEURAL_EFFUSION, VolumeSite.ASCITES])
def test_x_is_met_by_fluid_at_one_site_and_excluded_only_when_each_is_settled(site: VolumeSite) -> None:
    others = [each for each in VolumeSite if each not in {site, VolumeSite.PERICARDIAL_EFFUSION}]
    absent = together(*(fluid(each, Status.ABSENT) for each in others))
    assert answer(together(absent, fluid(site, Status.PRESENT)), Criterion.X) is MET
    assert answer(absent, Criterion.X) is CANNOT_TELL
    assert answer(together(absent, fluid(site, Status.NOT_ASSESSED)), Criterion.X) is CANNOT_TELL
    assert answer(together(absent, fluid(site, Status.PRESENT, UNCERTAIN)), Criterion.X) is CANNOT_TELL
    assert answer(together(absent, fluid(site, Status.PRESENT, OTHER)), Criterion.X) is NOT_MET


def test_another_cause_of_oedema_settles_oedema_only() -> None:
    assert answer(fluid(VolumeSite.OEDEMA, Status.PRESENT, OTHER), Criterion.X) is CANNOT_TELL


def test_pericardial_effusion_counts_only_where_the_clinic_says_so() -> None:
    pericardial = fluid(VolumeSite.PERICARDIAL_EFFUSION, Status.PRESENT)
    assert answer(pericardial, Criterion.X) is CANNOT_TELL
    counted = Thresholds(pericardial_effusion_counts=True)
    assert answer(pericardial, Criterion.X, counted) is MET
    assert answer(NO_FLUID, Criterion.X, counted) is NOT_MET


# E


@pytest.mark.parametrize("axis", [Axis.GONADAL, Axis.PITUITARY, Axis.ADRENAL, Axis.PARATHYROID])
def test_e_is_met_by_any_axis_but_glucose_and_thyroid(axis: Axis) -> None:
    assert answer(hormone(axis, AxisStatus.ABNORMAL), Criterion.E) is MET


@pytest.mark.parametrize("axis", [Axis.GLUCOSE, Axis.THYROID])
def test_e_is_not_met_by_diabetes_or_thyroid_alone(axis: Axis) -> None:
    assert answer(hormone(axis, AxisStatus.ABNORMAL), Criterion.E) is CANNOT_TELL
    assert answer(together(hormone(axis, AxisStatus.ABNORMAL), NORMAL_SCREEN), Criterion.E) is NOT_MET


def test_e_counts_diabetes_with_thyroid_only_where_the_clinic_says_so() -> None:
    both = together(
        hormone(Axis.GLUCOSE, AxisStatus.ABNORMAL), hormone(Axis.THYROID, AxisStatus.ABNORMAL), NORMAL_SCREEN
    )
    counted = Thresholds(diabetes_and_thyroid_count=True)
    assert answer(both, Criterion.E) is NOT_MET
    assert answer(both, Criterion.E, counted) is MET
    assert answer(together(hormone(Axis.GLUCOSE, AxisStatus.ABNORMAL), NORMAL_SCREEN), Criterion.E, counted) is NOT_MET


@pytest.mark.parametrize(
    ("missing", "hint"),
    [
        (Axis.GONADAL, "Testosterone or oestradiol or FSH or LH"),
        (Axis.ADRENAL, "9 am cortisol or short Synacthen test"),
        (Axis.PITUITARY, "Prolactin"),
    ],
)
def test_e_cannot_be_told_while_a_part_of_the_minimum_screen_is_missing(missing: Axis, hint: str) -> None:
    kept = tuple(each for each in NORMAL_SCREEN.endocrine if each.axis is not missing)
    result = judge(Evidence(endocrine=kept), STANDARD).criteria[Criterion.E]
    assert result.verdict is CANNOT_TELL
    assert result.decided_by == (hint,)


def test_a_short_synacthen_test_does_as_well_as_a_9_am_cortisol() -> None:
    kept = tuple(each for each in NORMAL_SCREEN.endocrine if each.axis is not Axis.ADRENAL)
    synacthen = hormone(Axis.ADRENAL, AxisStatus.NORMAL, EndocrineTest.SHORT_SYNACTHEN)
    assert answer(together(Evidence(endocrine=kept), synacthen), Criterion.E) is NOT_MET


def test_an_axis_judged_normal_as_a_whole_answers_its_part_of_the_screen() -> None:
    axes = (Axis.GONADAL, Axis.ADRENAL, Axis.PITUITARY)
    whole = [hormone(axis, AxisStatus.NORMAL) for axis in axes]
    assert answer(together(*whole), Criterion.E) is NOT_MET
    assert answer(together(*whole[:2]), Criterion.E) is CANNOT_TELL


def test_the_gonadal_test_must_suit_the_sex() -> None:
    kept = tuple(each for each in NORMAL_SCREEN.endocrine if each.axis is not Axis.GONADAL)
    fsh = hormone(Axis.GONADAL, AxisStatus.NORMAL, EndocrineTest.FSH)
    of_man = together(Evidence(sex=SexAtBirth.MALE, endocrine=kept), fsh)
    of_woman = together(Evidence(sex=SexAtBirth.FEMALE, endocrine=kept), fsh)
    assert answer(of_man, Criterion.E) is CANNOT_TELL
    assert answer(of_woman, Criterion.E) is NOT_MET


def test_adrenal_results_under_steroids_decide_nothing_unless_a_cause_is_stated() -> None:
    low = EndocrineFinding(DAY, Axis.ADRENAL, AxisStatus.ABNORMAL, EndocrineTest.CORTISOL_9AM, on_steroids=True)
    stated = EndocrineFinding(
        DAY, Axis.ADRENAL, AxisStatus.ABNORMAL, EndocrineTest.CORTISOL_9AM, True, Attribution.POEMS
    )
    assert answer(Evidence(endocrine=(low,)), Criterion.E) is CANNOT_TELL
    assert answer(Evidence(endocrine=(stated,)), Criterion.E) is MET


@pytest.mark.parametrize(
    ("test", "axis", "setting"),
    [
        (EndocrineTest.PROLACTIN, Axis.PITUITARY, Thresholds(prolactin_alone_counts=False)),
        (EndocrineTest.GYNAECOMASTIA, Axis.GONADAL, Thresholds(gynaecomastia_alone_counts=False)),
    ],
)
def test_a_clinic_may_leave_out_prolactin_or_gynaecomastia_alone(
    test: EndocrineTest, axis: Axis, setting: Thresholds
) -> None:
    sign = hormone(axis, AxisStatus.ABNORMAL, test)
    assert answer(sign, Criterion.E) is MET
    assert answer(sign, Criterion.E, setting) is CANNOT_TELL
    assert answer(together(sign, NORMAL_SCREEN), Criterion.E, setting) is NOT_MET


def test_an_axis_abnormal_from_another_cause_settles_its_own_part_of_the_screen() -> None:
    kept = tuple(each for each in NORMAL_SCREEN.endocrine if each.axis is not Axis.GONADAL)
    low = EndocrineFinding(DAY, Axis.GONADAL, AxisStatus.ABNORMAL, EndocrineTest.TESTOSTERONE, attribution=OTHER)
    assert answer(Evidence(endocrine=(low,)), Criterion.E) is CANNOT_TELL
    assert answer(Evidence(endocrine=(*kept, low)), Criterion.E) is NOT_MET


# S


@pytest.mark.parametrize("sign", LISTED_SKIN_SIGNS)
def test_s_is_met_by_one_listed_sign_and_excluded_only_when_all_seven_are_absent(sign: SkinSign) -> None:
    six = together(*(skin(each, Status.ABSENT) for each in LISTED_SKIN_SIGNS if each is not sign))
    assert answer(skin(sign), Criterion.S) is MET
    assert answer(six, Criterion.S) is CANNOT_TELL
    assert answer(together(six, skin(sign, Status.ABSENT)), Criterion.S) is NOT_MET
    assert answer(together(six, skin(sign, cause=OTHER)), Criterion.S) is NOT_MET
    assert answer(together(six, skin(sign, cause=UNCERTAIN)), Criterion.S) is CANNOT_TELL


@pytest.mark.parametrize("sign", [each for each in SkinSign if each not in LISTED_SKIN_SIGNS])
def test_s_takes_another_sign_only_where_the_clinic_says_so(sign: SkinSign) -> None:
    none = Evidence(skin_none=(SkinExaminedNone(DAY),))
    counted = Thresholds(extra_skin_signs=frozenset({sign}))
    assert answer(skin(sign), Criterion.S) is CANNOT_TELL
    assert answer(skin(sign), Criterion.S, counted) is MET
    assert answer(none, Criterion.S, counted) is NOT_MET


# Pa


def test_pa_is_met_by_one_eye_and_excluded_only_by_both() -> None:
    assert answer(disc(Status.PRESENT, Eye.LEFT), Criterion.Pa) is MET
    assert answer(disc(Status.ABSENT, Eye.LEFT), Criterion.Pa) is CANNOT_TELL
    both = together(disc(Status.ABSENT, Eye.LEFT), disc(Status.ABSENT, Eye.RIGHT))
    assert answer(both, Criterion.Pa) is NOT_MET
    assert answer(disc(Status.NOT_ASSESSED), Criterion.Pa) is CANNOT_TELL


# T


@pytest.mark.parametrize(
    ("kind", "text", "sex", "expected"),
    [
        (CountKind.PLATELETS, "450", None, MET),
        (CountKind.PLATELETS, "449", None, CANNOT_TELL),
        (CountKind.PLATELETS, ">400", None, CANNOT_TELL),
        (CountKind.PLATELETS, ">1000", None, MET),
        (CountKind.HAEMATOCRIT, "0.53", SexAtBirth.MALE, MET),
        (CountKind.HAEMATOCRIT, "0.52", SexAtBirth.MALE, CANNOT_TELL),
        (CountKind.HAEMATOCRIT, "0.49", SexAtBirth.FEMALE, MET),
        (CountKind.HAEMATOCRIT, "0.50", None, CANNOT_TELL),
        (CountKind.HAEMATOCRIT, "0.55", None, MET),
    ],
)
def test_t_is_met_by_platelets_or_haematocrit_above_the_limit(
    kind: CountKind, text: str, sex: SexAtBirth | None, expected: Verdict
) -> None:
    assert answer(together(Evidence(sex=sex), count(kind, text)), Criterion.T) is expected


@pytest.mark.parametrize(("text", "sex", "expected"), [
    ("0.52", SexAtBirth.MALE, NOT_MET),
    ("0.48", SexAtBirth.FEMALE, NOT_MET),
    ("0.48", None, NOT_MET),
    ("0.50", None, CANNOT_TELL),
])  # fmt: skip
def test_t_is_excluded_only_when_platelets_and_haematocrit_are_both_normal(
    text: str, sex: SexAtBirth | None, expected: Verdict
) -> None:
    haematocrit = together(Evidence(sex=sex), count(CountKind.HAEMATOCRIT, text))
    assert answer(haematocrit, Criterion.T) is CANNOT_TELL
    assert answer(together(haematocrit, count(CountKind.PLATELETS, "250")), Criterion.T) is expected


def test_t_is_judged_before_treatment_only() -> None:
    treated = Evidence(treatments=(TreatmentPeriod(DAY, LATER),))
    high = count(CountKind.PLATELETS, "600", on=LATER)
    assert answer(high, Criterion.T) is MET
    assert answer(together(high, treated), Criterion.T) is CANNOT_TELL
    flagged = Evidence(counts=(BloodCount(DAY, CountKind.PLATELETS, number(600), on_treatment=True),))
    assert answer(flagged, Criterion.T) is CANNOT_TELL
    assert answer(together(NORMAL_COUNTS, high, treated), Criterion.T) is NOT_MET
    after = Evidence(counts=(BloodCount(DAY, CountKind.PLATELETS, number(600), before_treatment=False),))
    assert answer(after, Criterion.T) is CANNOT_TELL


def test_a_count_of_which_only_a_bound_is_known_leaves_normal_counts_as_they_are() -> None:
    bound = count(CountKind.PLATELETS, ">400", on=LATER)
    assert answer(together(NORMAL_COUNTS, bound), Criterion.T) is NOT_MET


def test_platelets_explained_otherwise_settle_platelets_only() -> None:
    explained = count(CountKind.PLATELETS, "600", cause=OTHER)
    normal = together(Evidence(sex=SexAtBirth.MALE), count(CountKind.HAEMATOCRIT, "0.42"))
    assert answer(explained, Criterion.T) is CANNOT_TELL
    assert answer(together(explained, normal), Criterion.T) is NOT_MET
    assert answer(together(count(CountKind.PLATELETS, "600", cause=UNCERTAIN), normal), Criterion.T) is CANNOT_TELL
