"""The rows of clinical.md 1.4 for nerves, clone, Castleman disease and bones, and what holds for every row."""

import pytest

from poems_registry.domain.criteria import Criterion, Evidence, Thresholds, judge
from poems_registry.domain.evidence import (
    BoneLesion,
    BoneReading,
    CastlemanHistology,
    Electrophoresis,
    Immunofixation,
    LesionBiopsy,
    LightChainRatio,
    NerveConduction,
)
from poems_registry.domain.evidence_kinds import (
    BoneModality,
    Clonality,
    ClonalityMethod,
    ConductionPattern,
    FixationResult,
    FixationSpecimen,
    HeavyChain,
    Histology,
    LesionKind,
    LesionSite,
    LightChain,
    OrganMethod,
    Status,
)
from poems_registry.domain.findings import Attribution
from tests.unit.domain.bedside import (
    CANNOT_TELL,
    DAY,
    DISPROVEN,
    LATER,
    MET,
    NO_CLONE,
    NOT_MET,
    PROVEN,
    STANDARD,
    answer,
    bones,
    fixation,
    marrow,
    neuropathy,
    nodes,
    number,
    together,
)

OTHER, UNCERTAIN = Attribution.OTHER, Attribution.UNCERTAIN


@pytest.mark.parametrize("criterion", Criterion)
def test_each_criterion_is_met_by_its_finding_excluded_by_its_assessment_and_open_without_either(
    criterion: Criterion,
) -> None:
    assert answer(PROVEN[criterion], criterion) is MET
    assert answer(DISPROVEN[criterion], criterion) is NOT_MET
    assert answer(Evidence(), criterion) is CANNOT_TELL


@pytest.mark.parametrize("criterion", Criterion)
def test_once_met_a_criterion_stays_met_whatever_is_normal_beside_it(criterion: Criterion) -> None:
    assert answer(together(PROVEN[criterion], DISPROVEN[criterion]), criterion) is MET


# P


def conduction(pattern: ConductionPattern, cause: Attribution | None = None) -> Evidence:
    return Evidence(conductions=(NerveConduction(DAY, pattern, cause),))


@pytest.mark.parametrize(
    "pattern", [ConductionPattern.DEMYELINATING, ConductionPattern.MIXED, ConductionPattern.AXONAL]
)
def test_p_is_met_by_a_neuropathy_on_nerve_conduction(pattern: ConductionPattern) -> None:
    assert answer(conduction(pattern), Criterion.P) is MET


def test_p_is_not_met_when_examined_and_nerve_conduction_is_normal() -> None:
    assert answer(together(neuropathy(None), conduction(ConductionPattern.NORMAL)), Criterion.P) is NOT_MET


@pytest.mark.parametrize(
    "evidence",
    [
        neuropathy(Status.NOT_ASSESSED),
        neuropathy(None),
        conduction(ConductionPattern.NORMAL),
        conduction(ConductionPattern.UNRECORDABLE),
        together(neuropathy(Status.NOT_ASSESSED), conduction(ConductionPattern.NORMAL)),
        neuropathy(cause=UNCERTAIN),
        together(neuropathy(cause=UNCERTAIN), conduction(ConductionPattern.AXONAL)),
    ],
    ids=["not assessed", "examined only", "NCS normal only", "NCS unrecordable", "NCS normal, not examined",
         "cause uncertain", "cause uncertain and NCS axonal"],
)  # fmt: skip
def test_p_cannot_be_told_without_an_examination_that_says_so(evidence: Evidence) -> None:
    assert answer(evidence, Criterion.P) is CANNOT_TELL


def test_a_neuropathy_from_another_cause_is_not_that_of_poems_nor_is_its_nerve_conduction() -> None:
    assert answer(together(neuropathy(cause=OTHER), conduction(ConductionPattern.AXONAL)), Criterion.P) is NOT_MET


def test_nerve_conduction_said_to_be_poems_counts_beside_a_neuropathy_from_another_cause() -> None:
    study = conduction(ConductionPattern.DEMYELINATING, Attribution.POEMS)
    assert answer(together(neuropathy(cause=OTHER), study), Criterion.P) is MET


# M


@pytest.mark.parametrize(
    "evidence",
    [
        fixation(FixationResult.POSITIVE, FixationSpecimen.SERUM),
        fixation(FixationResult.POSITIVE, FixationSpecimen.URINE),
        marrow(Clonality.LAMBDA, ClonalityMethod.FLOW),
        marrow(Clonality.KAPPA, ClonalityMethod.IHC),
        marrow(Clonality.CLONAL, ClonalityMethod.ISH),
        *(Evidence(lesion_biopsies=(LesionBiopsy(DAY, site, Clonality.LAMBDA),)) for site in LesionSite),
    ],
    ids=["serum IFE", "urine IFE", "marrow flow", "marrow IHC", "marrow ISH", *LesionSite],
)
def test_m_is_met_by_any_monoclonal_finding_alone_and_beside_all_negatives(evidence: Evidence) -> None:
    assert answer(evidence, Criterion.M) is MET
    assert answer(together(evidence, NO_CLONE), Criterion.M) is MET


@pytest.mark.parametrize("left_out", [0, 1, 2], ids=["serum IFE", "urine IFE", "marrow"])
def test_m_is_excluded_only_by_serum_urine_and_marrow_together(left_out: int) -> None:
    parts = [
        fixation(FixationResult.NEGATIVE),
        fixation(FixationResult.NEGATIVE, FixationSpecimen.URINE),
        marrow(Clonality.POLYCLONAL, ClonalityMethod.IHC),
    ]
    assert answer(together(*parts), Criterion.M) is NOT_MET
    del parts[left_out]
    assert answer(together(*parts), Criterion.M) is CANNOT_TELL


def test_m_says_which_tests_are_missing() -> None:
    result = judge(fixation(FixationResult.NEGATIVE), STANDARD).criteria[Criterion.M]
    assert result.decided_by == ("Urine immunofixation", "Marrow clonality by flow or IHC")


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(electrophoreses=(Electrophoresis(DAY, band=False),)),
        Evidence(electrophoreses=(Electrophoresis(DAY, band=True),)),
        Evidence(light_chain_ratios=(LightChainRatio(DAY, abnormal=True),)),
        fixation(FixationResult.EQUIVOCAL),
        together(NO_CLONE, fixation(FixationResult.EQUIVOCAL)),
        fixation(FixationResult.POSITIVE, cause=UNCERTAIN),
        together(NO_CLONE, fixation(FixationResult.POSITIVE, cause=UNCERTAIN)),
    ],
    ids=["electrophoresis negative", "electrophoresis band", "light chain ratio alone", "equivocal",
         "equivocal beside negatives", "cause uncertain", "cause uncertain beside negatives"],
)  # fmt: skip
def test_m_cannot_be_told_from_weak_or_doubtful_tests(evidence: Evidence) -> None:
    assert answer(evidence, Criterion.M) is CANNOT_TELL


def test_marrow_polyclonal_by_in_situ_hybridisation_alone_excludes_nothing() -> None:
    evidence = together(
        fixation(FixationResult.NEGATIVE),
        fixation(FixationResult.NEGATIVE, FixationSpecimen.URINE),
        marrow(Clonality.POLYCLONAL, ClonalityMethod.ISH),
    )
    assert answer(evidence, Criterion.M) is CANNOT_TELL


def test_a_clinic_may_count_an_abnormal_light_chain_ratio_alone() -> None:
    ratio = Evidence(light_chain_ratios=(LightChainRatio(DAY, abnormal=True),))
    assert answer(ratio, Criterion.M, Thresholds(light_chain_ratio_alone_counts=True)) is MET


def test_a_clinic_that_does_not_count_kappa_cannot_tell_from_a_kappa_clone() -> None:
    assert answer(marrow(Clonality.KAPPA), Criterion.M, Thresholds(kappa_accepted=False)) is CANNOT_TELL
    assert answer(marrow(Clonality.LAMBDA), Criterion.M, Thresholds(kappa_accepted=False)) is MET


def test_a_clinic_that_does_not_count_igm_cannot_tell_from_an_igm_paraprotein() -> None:
    igm = Immunofixation(DAY, FixationSpecimen.SERUM, FixationResult.POSITIVE, HeavyChain.IGM, LightChain.LAMBDA)
    evidence = Evidence(immunofixations=(igm,))
    assert answer(evidence, Criterion.M) is MET
    assert answer(evidence, Criterion.M, Thresholds(igm_accepted=False)) is CANNOT_TELL


# C


@pytest.mark.parametrize("histology", [Histology.HYALINE_VASCULAR, Histology.PLASMA_CELL, Histology.MIXED])
def test_c_is_met_by_histology_of_each_kind(histology: Histology) -> None:
    assert answer(Evidence(castleman=(CastlemanHistology(DAY, histology, hhv8=False),)), Criterion.C) is MET


@pytest.mark.parametrize("method", [OrganMethod.CT, OrganMethod.PET_CT, OrganMethod.MRI])
def test_c_is_not_met_when_cross_sectional_imaging_shows_no_enlarged_node(method: OrganMethod) -> None:
    assert answer(nodes(Status.ABSENT, method), Criterion.C) is NOT_MET


@pytest.mark.parametrize("method", [OrganMethod.PALPATION, OrganMethod.ULTRASOUND])
def test_c_is_not_excluded_by_the_hand_or_by_ultrasound(method: OrganMethod) -> None:
    assert answer(nodes(Status.ABSENT, method), Criterion.C) is CANNOT_TELL


def test_c_cannot_be_told_while_enlarged_nodes_are_not_biopsied_and_says_that_a_biopsy_would_decide() -> None:
    result = judge(nodes(Status.PRESENT), STANDARD).criteria[Criterion.C]
    assert result.verdict is CANNOT_TELL
    assert result.decided_by == ("Node biopsy",)


def test_nodes_that_grew_after_a_clear_scan_reopen_c_and_a_biopsy_settles_it_for_good() -> None:
    grown = together(nodes(Status.ABSENT), nodes(Status.PRESENT, OrganMethod.PET_CT, on=LATER))
    assert answer(grown, Criterion.C) is CANNOT_TELL
    assert answer(together(grown, DISPROVEN[Criterion.C]), Criterion.C) is NOT_MET


def test_a_later_clear_scan_answers_nodes_seen_before() -> None:
    cleared = together(nodes(Status.PRESENT), nodes(Status.ABSENT, OrganMethod.PET_CT, on=LATER))
    assert answer(cleared, Criterion.C) is NOT_MET


def test_a_scan_of_the_same_day_corrects_what_the_hand_felt_but_not_what_another_scan_saw() -> None:
    felt = together(nodes(Status.PRESENT, OrganMethod.PALPATION), nodes(Status.ABSENT))
    seen = together(nodes(Status.PRESENT, OrganMethod.PET_CT), nodes(Status.ABSENT))
    assert answer(felt, Criterion.C) is NOT_MET
    assert answer(seen, Criterion.C) is CANNOT_TELL


# B


@pytest.mark.parametrize("modality", [each for each in BoneModality if each is not BoneModality.PLAIN_FILM], ids=str)
@pytest.mark.parametrize("kind", [LesionKind.SCLEROTIC, LesionKind.MIXED])
def test_b_is_met_by_a_sclerotic_or_mixed_lesion_on_ct_pet_mri_or_biopsy(
    modality: BoneModality, kind: LesionKind
) -> None:
    assert answer(bones(modality, kind), Criterion.B) is MET


@pytest.mark.parametrize("modality", [BoneModality.LOW_DOSE_CT, BoneModality.PET_CT, BoneModality.MRI_WHOLE_BODY])
def test_b_is_excluded_by_a_whole_body_reading_without_sclerosis_even_with_pure_lytic_lesions(
    modality: BoneModality,
) -> None:
    assert answer(bones(modality), Criterion.B) is NOT_MET
    assert answer(bones(modality, LesionKind.LYTIC), Criterion.B) is NOT_MET


@pytest.mark.parametrize(
    "modality", [BoneModality.PLAIN_FILM, BoneModality.MRI_SPINE, BoneModality.CT, BoneModality.BIOPSY]
)
def test_b_is_not_excluded_by_films_spine_regional_ct_or_one_biopsy(modality: BoneModality) -> None:
    assert answer(bones(modality), Criterion.B) is CANNOT_TELL
    assert answer(bones(modality, LesionKind.LYTIC), Criterion.B) is CANNOT_TELL


def test_b_cannot_be_told_from_plain_films_that_seem_sclerotic_until_ct_answers() -> None:
    film = bones(BoneModality.PLAIN_FILM, LesionKind.SCLEROTIC)
    assert answer(film, Criterion.B) is CANNOT_TELL
    assert answer(together(film, bones(BoneModality.LOW_DOSE_CT, on=LATER)), Criterion.B) is NOT_MET


def test_b_cannot_be_told_while_the_kind_of_a_lesion_is_not_stated() -> None:
    assert answer(bones(BoneModality.PET_CT, LesionKind.UNSPECIFIED), Criterion.B) is CANNOT_TELL


@pytest.mark.parametrize("cause", [None, UNCERTAIN])
def test_a_reading_that_found_a_lesion_does_not_also_say_that_there_is_none(cause: Attribution | None) -> None:
    result = judge(bones(BoneModality.PET_CT, LesionKind.SCLEROTIC, cause=cause), STANDARD).criteria[Criterion.B]
    assert not any(each.words.startswith("No ") for each in result.reasons)


def test_a_bone_island_settles_its_own_lesion_and_no_other() -> None:
    island = BoneLesion(LesionKind.SCLEROTIC, attribution=OTHER)
    scan = BoneReading(DAY, BoneModality.PET_CT, (island,))
    both = BoneReading(DAY, BoneModality.PET_CT, (island, BoneLesion(LesionKind.SCLEROTIC)))
    film = BoneReading(DAY, BoneModality.MRI_SPINE, (island,))
    assert answer(Evidence(bones=(scan,)), Criterion.B) is NOT_MET
    assert answer(Evidence(bones=(both,)), Criterion.B) is MET
    assert answer(Evidence(bones=(film,)), Criterion.B) is CANNOT_TELL


def test_a_clinic_may_ask_for_a_smallest_size_and_may_leave_mixed_lesions_out() -> None:
    small = Evidence(bones=(BoneReading(DAY, BoneModality.PET_CT, (BoneLesion(LesionKind.SCLEROTIC, number(3)),)),))
    assert answer(small, Criterion.B) is MET
    assert answer(small, Criterion.B, Thresholds(smallest_bone_lesion_mm=5.0)) is NOT_MET
    mixed = bones(BoneModality.PET_CT, LesionKind.MIXED)
    assert answer(mixed, Criterion.B, Thresholds(mixed_lesions_count=False)) is NOT_MET
