"""Cautions beside a verdict: what a clinician should weigh, none of which changes it (clinical.md 1.4, 1.6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from poems_registry.domain.criteria_rules.light_chains import judge_ratio
from poems_registry.domain.criteria_rules.reasons import (
    CRITERION_WORDS,
    Bearing,
    Criterion,
    CriterionResult,
    ReasonKind,
)
from poems_registry.domain.evidence import CrabFeature, Evidence, LesionBiopsy, MarrowClonality
from poems_registry.domain.evidence_kinds import (
    Clonality,
    ConductionPattern,
    CrabKind,
    FixationResult,
    HeavyChain,
    LesionKind,
)
from poems_registry.domain.evidence_kinds import LightChain as Light
from poems_registry.domain.findings import Attribution
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatment_periods import treatment_begun

Results = Mapping[Criterion, CriterionResult]


class FlagKind(StrEnum):
    """What the caution is about, in the order shown."""

    CASTLEMAN_VARIANT = "castleman_variant"
    MYELOMA = "myeloma"
    AMYLOID = "amyloid"
    IGM = "igm"
    KAPPA = "kappa"
    LIGHT_CHAIN_RATIO = "light_chain_ratio"
    AXONAL_ONLY = "axonal_only"
    VEGF_ONLY_ON_TREATMENT = "vegf_only_on_treatment"
    VEGF_HELD_BY_TREATMENT = "vegf_held_by_treatment"
    VEGF_GREY_ZONE = "vegf_grey_zone"
    VEGF_CONFOUNDED = "vegf_confounded"
    PURE_LYTIC = "pure_lytic"
    COUNTS_MASKED = "counts_masked"
    AFTER_TREATMENT = "after_treatment"
    UNDER_AGE = "under_age"


@dataclass(frozen=True, slots=True)
class Flag:
    """One caution: its kind, words for a clinician, and the day of the finding behind it, if it has one."""

    kind: FlagKind
    words: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What the cautions look at: the evidence, the criteria's results, the settings and the day asked about."""

    evidence: Evidence
    results: Results
    thresholds: Thresholds
    on: date | None


def cautions(case: Case) -> tuple[Flag, ...]:
    """All cautions that apply, most consequential first."""
    return tuple(flag for question in _QUESTIONS for flag in (question(case),) if flag is not None)


def _castleman_variant(case: Case) -> Flag | None:
    castleman, clone = case.results[Criterion.C].verdict, case.results[Criterion.M].verdict
    if castleman is Verdict.MET and clone is Verdict.NOT_MET:
        return Flag(FlagKind.CASTLEMAN_VARIANT, "Consider Castleman variant (no clone)")
    return None


def _myeloma(case: Case) -> Flag | None:
    level = case.thresholds.myeloma_plasma_cells_percent
    cells = [
        (each.on, f"marrow plasma cells {each.percent.words} %")
        for each in case.evidence.marrow_plasma_cells
        if each.percent.at_least(level) is Verdict.MET and _not_elsewhere(each.attribution)
    ]
    crab = [
        (each.on, _damage_words(each))
        for each in case.evidence.crab
        if _not_elsewhere(each.attribution) and _damaged(each, case)
    ]
    return _first(FlagKind.MYELOMA, "Consider myeloma", cells + crab)


def _damaged(each: CrabFeature, case: Case) -> bool:
    """Whether a result reaches the clinic's level; haemoglobin that treatment may have lowered does not speak."""
    if each.value is None:
        return True
    if each.kind is CrabKind.RENAL:
        return each.value.below(case.thresholds.myeloma_egfr) is Verdict.MET
    treated = each.on_treatment or treatment_begun(case.evidence.treatments, each.on)
    return not treated and each.value.below(case.thresholds.myeloma_haemoglobin) is Verdict.MET


def _damage_words(each: CrabFeature) -> str:
    if each.value is None:
        return str(each.kind)
    measured = "eGFR" if each.kind is CrabKind.RENAL else "haemoglobin"
    return f"{each.kind} ({measured} {each.value.words})"


def _amyloid(case: Case) -> Flag | None:
    return _first(FlagKind.AMYLOID, "Amyloid on biopsy", [(each.on, "") for each in case.evidence.amyloid])


def _igm(case: Case) -> Flag | None:
    found = [
        (each.on, "")
        for each in case.evidence.immunofixations
        if each.heavy is HeavyChain.IGM and each.result is FixationResult.POSITIVE and _not_elsewhere(each.attribution)
    ]
    return _first(FlagKind.IGM, "IgM paraprotein, unusual in POEMS", found)


def _kappa(case: Case) -> Flag | None:
    fixed = [
        (each.on, "")
        for each in case.evidence.immunofixations
        if each.light is Light.KAPPA and each.result is FixationResult.POSITIVE and _not_elsewhere(each.attribution)
    ]
    tissue = [
        (each.on, "")
        for each in _typed_tissue(case.evidence)
        if each.result is Clonality.KAPPA and _not_elsewhere(each.attribution)
    ]
    return _first(FlagKind.KAPPA, "Kappa-restricted; more than 95 % are lambda", fixed + tissue)


def _typed_tissue(evidence: Evidence) -> list[MarrowClonality | LesionBiopsy]:
    return [*evidence.marrow_clonality, *evidence.lesion_biopsies]


def _light_chain_ratio(case: Case) -> Flag | None:
    if case.results[Criterion.M].verdict is not Verdict.NOT_MET:
        return None
    abnormal = [
        (each.on, "")
        for each in case.evidence.light_chain_ratios
        if judge_ratio(each, case.thresholds)[0] is Verdict.MET and _not_elsewhere(each.attribution)
    ]
    return _first(FlagKind.LIGHT_CHAIN_RATIO, "Free light chain ratio abnormal although no clone was found", abnormal)


def _axonal_only(case: Case) -> Flag | None:
    if case.results[Criterion.P].verdict is not Verdict.MET:
        return None
    damaged = {ConductionPattern.AXONAL, ConductionPattern.DEMYELINATING, ConductionPattern.MIXED}
    studies = [
        each for each in case.evidence.conductions if each.pattern in damaged and _not_elsewhere(each.attribution)
    ]
    if any(each.pattern is not ConductionPattern.AXONAL for each in studies):
        return None
    return _first(FlagKind.AXONAL_ONLY, "Neuropathy axonal only", [(each.on, "") for each in studies])


def _vegf(case: Case) -> Flag | None:
    """At most one of three: met only under treatment, held by treatment, in the grey zone."""
    result = case.results[Criterion.V]
    if result.verdict is Verdict.MET:
        deciding = result.deciding_reasons
        if any(each.kind is not ReasonKind.TREATED for each in deciding):
            return None
        words = "VEGF met only on treatment or soon after steroids"
        return Flag(FlagKind.VEGF_ONLY_ON_TREATMENT, words, deciding[0].on)
    if result.verdict is not Verdict.CANNOT_TELL:
        return None
    treated = [each for each in result.reasons if each.kind is ReasonKind.TREATED]
    if treated:
        words = "VEGF cannot tell: sampled under or after treatment, or soon after steroids"
        return Flag(FlagKind.VEGF_HELD_BY_TREATMENT, words, treated[-1].on)
    grey = [each for each in result.reasons if each.bearing is Bearing.REOPENS]
    if grey:
        words = "VEGF raised, not shown to reach the POEMS decision level: repeat and look for other causes"
        return Flag(FlagKind.VEGF_GREY_ZONE, words, grey[-1].on)
    return None


def _vegf_confounded(case: Case) -> Flag | None:
    if case.results[Criterion.V].verdict is Verdict.NOT_MET:
        return None
    found = [(each.on, ", ".join(sorted(each.confounders))) for each in case.evidence.vegf if each.confounders]
    return _first(FlagKind.VEGF_CONFOUNDED, "VEGF sampled with another possible cause of a rise", found)


def _pure_lytic(case: Case) -> Flag | None:
    lesions = [(each, lesion) for each in case.evidence.bones for lesion in each.lesions]
    if case.results[Criterion.B].verdict is Verdict.MET:
        return None
    lytic = [
        (reading.on, "")
        for reading, lesion in lesions
        if lesion.kind is LesionKind.LYTIC and _not_elsewhere(lesion.attribution)
    ]
    return _first(FlagKind.PURE_LYTIC, "Lytic bone lesions only: consider myeloma", lytic)


def _counts_masked(case: Case) -> Flag | None:
    if case.results[Criterion.T].verdict is Verdict.MET:
        return None
    words = "Iron deficiency or bleeding can mask thrombocytosis or polycythaemia"
    return _first(FlagKind.COUNTS_MASKED, words, [(each.on, "") for each in case.evidence.masking])


def _after_treatment(case: Case) -> Flag | None:
    """A negative that treatment may have made; V and T have rules of their own for it."""
    late = [
        result.criterion
        for result in case.results.values()
        if result.verdict is Verdict.NOT_MET
        and any(treatment_begun(case.evidence.treatments, each.on) for each in result.deciding_reasons)
    ]
    if not late:
        return None
    names = ", ".join(
        CRITERION_WORDS[each].lower() if each is not Criterion.C else "Castleman disease" for each in late
    )
    return Flag(FlagKind.AFTER_TREATMENT, f"Assessed only after treatment had begun, when it may have gone: {names}")


def _under_age(case: Case) -> Flag | None:
    born, day = case.evidence.born, case.on or max(case.evidence.dates(), default=None)
    if born is None or day is None:
        return None
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    adult = case.thresholds.adult_age
    return Flag(FlagKind.UNDER_AGE, f"Under {adult} years of age", day) if age < adult else None


def _not_elsewhere(attribution: Attribution | None) -> bool:
    return attribution is not Attribution.OTHER


def _first(kind: FlagKind, words: str, found: list[tuple[date, str]]) -> Flag | None:
    """One caution for several findings: the first day, and each detail once."""
    if not found:
        return None
    details = ", ".join(sorted({detail for _, detail in found if detail}))
    return Flag(kind, f"{words}: {details}" if details else words, min(on for on, _ in found))


_QUESTIONS: Final[tuple[Callable[[Case], Flag | None], ...]] = (
    _castleman_variant,
    _myeloma,
    _amyloid,
    _igm,
    _kappa,
    _light_chain_ratio,
    _axonal_only,
    _vegf,
    _vegf_confounded,
    _pure_lytic,
    _counts_masked,
    _after_treatment,
    _under_age,
)
