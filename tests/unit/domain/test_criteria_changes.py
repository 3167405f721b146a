"""Cautions beside the verdict, reasons in words, and what is said when a settled answer is taken away."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.criteria import (
    RULE_SET_VERSION,
    Criterion,
    Evidence,
    Flag,
    FlagKind,
    ReasonKind,
    Thresholds,
    Unsettled,
    UnsettledBy,
    judge,
    unsettled_by,
)
from poems_registry.domain.evidence import (
    AmyloidOnBiopsy,
    CrabFeature,
    Immunofixation,
    IronDeficiencyOrBleeding,
    LightChainRatio,
    MarrowPlasmaCells,
    NerveConduction,
)
from poems_registry.domain.evidence_kinds import (
    BoneModality,
    Clonality,
    ConductionPattern,
    CountKind,
    CrabKind,
    FixationResult,
    FixationSpecimen,
    HeavyChain,
    LesionKind,
    LightChain,
    OrganMethod,
    Status,
    VolumeSite,
)
from poems_registry.domain.findings import Attribution
from poems_registry.domain.treatment_periods import TreatmentPeriod
from tests.unit.domain.bedside import (
    CANNOT_TELL,
    DAY,
    DISPROVEN,
    LATER,
    MET,
    NO_CLONE,
    NO_FLUID,
    NOT_MET,
    PROVEN,
    STANDARD,
    bones,
    count,
    fluid,
    marrow,
    neuropathy,
    nodes,
    read,
    together,
    vegf,
)

OTHER, UNCERTAIN = Attribution.OTHER, Attribution.UNCERTAIN


def flags(evidence: Evidence) -> tuple[Flag, ...]:
    return judge(evidence, STANDARD).flags


def kinds(evidence: Evidence) -> list[FlagKind]:
    return [flag.kind for flag in flags(evidence)]


def band(heavy: HeavyChain | None, light: LightChain, cause: Attribution | None = None) -> Evidence:
    found = Immunofixation(DAY, FixationSpecimen.SERUM, FixationResult.POSITIVE, heavy, light, cause)
    return Evidence(immunofixations=(found,))


# Cautions


def test_a_kappa_clone_is_met_with_a_caution() -> None:
    assert kinds(band(HeavyChain.IGA, LightChain.KAPPA)) == [FlagKind.KAPPA]
    assert kinds(marrow(Clonality.KAPPA)) == [FlagKind.KAPPA]
    assert kinds(band(HeavyChain.IGA, LightChain.LAMBDA)) == []
    assert kinds(band(HeavyChain.IGG, LightChain.KAPPA, OTHER)) == []


def test_an_igm_paraprotein_is_met_with_a_caution() -> None:
    assert kinds(band(HeavyChain.IGM, LightChain.LAMBDA)) == [FlagKind.IGM]


@pytest.mark.parametrize(("percent", "flagged"), [("9.9", False), ("10", True), (">30", True), ("<20", False)])
def test_ten_per_cent_plasma_cells_in_marrow_point_to_myeloma(percent: str, flagged: bool) -> None:
    evidence = Evidence(marrow_plasma_cells=(MarrowPlasmaCells(DAY, read(percent)),))
    assert (FlagKind.MYELOMA in kinds(evidence)) is flagged


def test_organ_damage_points_to_myeloma_unless_it_has_another_cause() -> None:
    damage = Evidence(crab=(CrabFeature(DAY, CrabKind.RENAL), CrabFeature(LATER, CrabKind.ANAEMIA)))
    assert flags(damage) == (Flag(FlagKind.MYELOMA, "Consider myeloma: anaemia, renal", DAY),)
    assert flags(Evidence(crab=(CrabFeature(DAY, CrabKind.RENAL, OTHER),))) == ()


def test_amyloid_on_biopsy_is_a_caution() -> None:
    assert kinds(Evidence(amyloid=(AmyloidOnBiopsy(DAY),))) == [FlagKind.AMYLOID]


def test_an_axonal_neuropathy_is_a_caution_until_demyelination_is_found() -> None:
    axonal = Evidence(conductions=(NerveConduction(DAY, ConductionPattern.AXONAL),))
    mixed = Evidence(conductions=(NerveConduction(LATER, ConductionPattern.MIXED),))
    assert kinds(together(neuropathy(), axonal)) == [FlagKind.AXONAL_ONLY]
    assert kinds(together(neuropathy(), axonal, mixed)) == []


def test_pure_lytic_lesions_are_a_caution_whatever_they_were_seen_on() -> None:
    assert kinds(bones(BoneModality.PET_CT, LesionKind.LYTIC)) == [FlagKind.PURE_LYTIC]
    assert kinds(bones(BoneModality.PLAIN_FILM, LesionKind.LYTIC)) == [FlagKind.PURE_LYTIC]
    assert kinds(bones(BoneModality.PET_CT, LesionKind.LYTIC, LesionKind.SCLEROTIC)) == []


def test_iron_deficiency_or_bleeding_may_mask_a_count_that_is_not_raised() -> None:
    masked = Evidence(masking=(IronDeficiencyOrBleeding(DAY),))
    assert kinds(together(DISPROVEN[Criterion.T], masked)) == [FlagKind.COUNTS_MASKED]
    assert kinds(together(PROVEN[Criterion.T], masked)) == []


@pytest.mark.parametrize(
    ("born", "flagged"), [(date(2006, 3, 13), True), (date(2006, 3, 12), False), (date(1960, 1, 1), False)]
)
def test_a_person_under_eighteen_is_a_caution(born: date, flagged: bool) -> None:
    evidence = replace(neuropathy(), born=born)
    assert (FlagKind.UNDER_AGE in {flag.kind for flag in judge(evidence, STANDARD, DAY).flags}) is flagged
    assert (FlagKind.UNDER_AGE in kinds(evidence)) is flagged


def test_an_abnormal_light_chain_ratio_is_a_caution_when_the_clone_is_excluded() -> None:
    ratio = Evidence(light_chain_ratios=(LightChainRatio(DAY, abnormal=True),))
    assert kinds(together(NO_CLONE, ratio)) == [FlagKind.LIGHT_CHAIN_RATIO]
    assert kinds(ratio) == []


def test_a_negative_found_only_after_treatment_had_begun_is_a_caution() -> None:
    treated = Evidence(treatments=(TreatmentPeriod(date(2023, 1, 1), date(2023, 6, 1)),))
    found = flags(together(NO_CLONE, treated))
    assert found == (
        Flag(
            FlagKind.AFTER_TREATMENT,
            "Assessed only after treatment had begun, when it may have gone: monoclonal plasma cell disorder",
        ),
    )
    assert flags(NO_CLONE) == ()


# Reasons


def test_the_reason_for_a_finding_seen_at_many_visits_is_the_first_one() -> None:
    result = judge(together(neuropathy(on=LATER), neuropathy(on=DAY)), STANDARD).criteria[Criterion.P]
    assert [(each.on, each.words) for each in result.reasons] == [(DAY, "Polyneuropathy on examination")]


def test_negatives_begin_with_the_negation() -> None:
    for criterion, evidence in DISPROVEN.items():
        result = judge(evidence, STANDARD).criteria[criterion]
        for reason in result.deciding_reasons:
            assert reason.words.startswith("No ") or criterion is Criterion.V, reason.words


def test_what_would_decide_an_uncertain_cause_is_the_cause() -> None:
    result = judge(fluid(VolumeSite.OEDEMA, Status.PRESENT, UNCERTAIN), STANDARD).criteria[Criterion.X]
    assert result.decided_by == ("Cause: oedema", "Assessment for pleural effusion", "Assessment for ascites")


def test_a_finding_from_another_cause_is_shown_as_such() -> None:
    result = judge(neuropathy(cause=OTHER), STANDARD).criteria[Criterion.P]
    assert [(each.kind, each.words) for each in result.reasons] == [
        (ReasonKind.OTHER_CAUSE, "Polyneuropathy on examination, from another cause")
    ]


def test_a_judgement_carries_its_rule_set_its_settings_and_its_day() -> None:
    settings = Thresholds(platelets=500.0)
    judgement = judge(Evidence(), settings, DAY)
    assert (judgement.rule_set, judgement.thresholds, judgement.on) == (RULE_SET_VERSION, settings, DAY)


# What takes a settled answer away


def change(before: Evidence, after: Evidence, thresholds: Thresholds = STANDARD) -> list[tuple[Criterion, UnsettledBy]]:
    return [(each.criterion, each.cause) for each in unsettled_by(judge(before, STANDARD), judge(after, thresholds))]


@pytest.mark.parametrize("cause", [OTHER, UNCERTAIN])
def test_a_changed_attribution_is_told(cause: Attribution) -> None:
    assert change(neuropathy(), neuropathy(cause=cause)) == [(Criterion.P, UnsettledBy.ATTRIBUTION)]


def test_an_uncertain_finding_beside_an_exclusion_is_told_as_attribution() -> None:
    after = together(NO_FLUID, fluid(VolumeSite.ASCITES, Status.PRESENT, UNCERTAIN))
    assert change(NO_FLUID, after) == [(Criterion.X, UnsettledBy.ATTRIBUTION)]


@pytest.mark.parametrize("text", ["3500", "300"])
def test_a_treatment_dated_before_a_sample_is_told(text: str) -> None:
    sample = Evidence(vegf=(vegf(text),))
    treated = together(sample, Evidence(treatments=(TreatmentPeriod(date(2024, 1, 1), LATER),)))
    assert change(sample, treated) == [(Criterion.V, UnsettledBy.TREATMENT_DATE)]


def test_a_treatment_dated_before_blood_counts_is_told() -> None:
    counts = count(CountKind.PLATELETS, "600")
    treated = together(counts, Evidence(treatments=(TreatmentPeriod(date(2024, 1, 1)),)))
    assert change(counts, treated) == [(Criterion.T, UnsettledBy.TREATMENT_DATE)]


@pytest.mark.parametrize("criterion", Criterion)
def test_a_retracted_finding_is_told(criterion: Criterion) -> None:
    assert change(PROVEN[criterion], Evidence()) == [(criterion, UnsettledBy.RETRACTION)]
    assert change(DISPROVEN[criterion], Evidence()) == [(criterion, UnsettledBy.RETRACTION)]


def test_a_new_doubt_is_told_as_a_new_finding() -> None:
    scan = nodes(Status.ABSENT)
    grown = together(scan, nodes(Status.PRESENT, OrganMethod.PET_CT, on=LATER))
    assert change(scan, grown) == [(Criterion.C, UnsettledBy.NEW_FINDING)]


def test_a_corrected_value_is_told_as_a_new_or_corrected_finding() -> None:
    assert change(Evidence(vegf=(vegf("3500"),)), Evidence(vegf=(vegf("1000"),))) == [
        (Criterion.V, UnsettledBy.NEW_FINDING)
    ]


def test_a_changed_setting_is_told() -> None:
    sample = Evidence(vegf=(vegf("3500"),))
    assert change(sample, sample, Thresholds(serum_vegf_decision_level=5000.0)) == [(Criterion.V, UnsettledBy.SETTING)]


def test_a_retraction_is_told_as_such_even_when_a_setting_changed_with_it() -> None:
    lost = change(Evidence(vegf=(vegf("3500"),)), Evidence(), Thresholds(serum_vegf_decision_level=5000.0))
    assert lost == [(Criterion.V, UnsettledBy.RETRACTION)]


def test_progress_is_not_told_as_a_loss() -> None:
    assert change(Evidence(), PROVEN[Criterion.P]) == []
    assert change(DISPROVEN[Criterion.P], together(DISPROVEN[Criterion.P], PROVEN[Criterion.P])) == []
    assert change(PROVEN[Criterion.P], PROVEN[Criterion.P]) == []


def test_the_loss_is_told_in_a_sentence() -> None:
    before, after = judge(neuropathy(), STANDARD), judge(neuropathy(cause=UNCERTAIN), STANDARD)
    assert unsettled_by(before, after) == (
        Unsettled(
            Criterion.P,
            MET,
            CANNOT_TELL,
            UnsettledBy.ATTRIBUTION,
            "Polyneuropathy went from met to cannot tell: the cause of a finding was changed.",
        ),
    )


def test_met_that_becomes_not_met_is_told_too() -> None:
    lost = unsettled_by(judge(neuropathy(), STANDARD), judge(neuropathy(Status.ABSENT), STANDARD))
    assert [(each.was, each.now) for each in lost] == [(MET, NOT_MET)]


def test_evidence_of_two_visits_is_one_persons_evidence_and_knows_its_days() -> None:
    whole = replace(neuropathy(), born=date(1960, 5, 4)).plus(Evidence(vegf=(vegf("300", on=LATER),)))
    assert whole.born == date(1960, 5, 4)
    assert whole.dates() == (DAY, LATER)
    assert whole.up_to(DAY).vegf == ()
