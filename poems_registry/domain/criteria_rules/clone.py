"""Criterion M: a monoclonal plasma cell disorder, by immunofixation, marrow and biopsy (clinical.md 1.4)."""

from collections.abc import Iterator
from typing import Final

from poems_registry.domain.criteria_rules.light_chains import judge_ratio
from poems_registry.domain.criteria_rules.reasons import (
    Bearing,
    Criterion,
    CriterionResult,
    Reason,
    ReasonKind,
    Site,
    by_cause,
    doubt,
    exclusion,
    from_sites,
    remark,
)
from poems_registry.domain.evidence import (
    Evidence,
    Immunofixation,
    LesionBiopsy,
    LightChainRatio,
    MarrowClonality,
)
from poems_registry.domain.evidence_kinds import (
    Clonality,
    ClonalityMethod,
    FixationResult,
    FixationSpecimen,
    HeavyChain,
    LesionSite,
    LightChain,
)
from poems_registry.domain.kleene import Verdict, any_of
from poems_registry.domain.thresholds import Thresholds

_METHOD_WORDS: Final = {ClonalityMethod.FLOW: "flow", ClonalityMethod.IHC: "IHC", ClonalityMethod.ISH: "ISH"}
_LESION_WORDS: Final = {
    LesionSite.PLASMACYTOMA: "plasmacytoma",
    LesionSite.BONE_LESION: "bone lesion",
    LesionSite.NODE: "node",
}


def judge_clone(evidence: Evidence, thresholds: Thresholds) -> CriterionResult:
    """M: any monoclonal finding; excluded only by serum and urine immunofixation and marrow, and no clonal biopsy."""
    fixed = [(each.specimen, _fixation(each, thresholds)) for each in evidence.immunofixations]
    marrow = [_marrow(each, thresholds) for each in evidence.marrow_clonality]
    biopsies = [_biopsy(each, thresholds) for each in evidence.lesion_biopsies]
    ratios = [_ratio(each, thresholds) for each in evidence.light_chain_ratios]
    sites = (
        Site("Serum immunofixation", tuple(each for of, each in fixed if of is FixationSpecimen.SERUM)),
        Site("Urine immunofixation", tuple(each for of, each in fixed if of is FixationSpecimen.URINE)),
        Site("Marrow clonality by flow or IHC", tuple(marrow)),
        Site("Biopsy typed for a clone", tuple(biopsies), needed=False),
        Site("Free light chains", (*ratios, *_bands(evidence)), needed=False),
    )
    return from_sites(Criterion.M, any_of(*(each.verdict for each in sites)), sites)


def _fixation(each: Immunofixation, thresholds: Thresholds) -> Reason:
    site = f"{each.specimen} immunofixation"
    if each.result is FixationResult.NEGATIVE:
        return exclusion(each.on, site, f"No monoclonal protein on {site}")
    if each.result is FixationResult.EQUIVOCAL:
        return doubt(each.on, site, f"Equivocal {site}")
    heavy = None if each.heavy is HeavyChain.NONE else each.heavy
    chains = " ".join(part for part in (heavy, each.light) if part)
    found = by_cause(each.on, site, f"Monoclonal protein on {site}{chains and ', '}{chains}", each.attribution)
    if each.heavy is HeavyChain.IGM and not thresholds.igm_accepted:
        return _not_counted(found, "IgM")
    return _accepted(found, each.light, thresholds)


def _marrow(each: MarrowClonality, thresholds: Thresholds) -> Reason:
    by = _METHOD_WORDS[each.method]
    if each.result is Clonality.POLYCLONAL:
        words = f"No clonal plasma cells in marrow by {by}"
        if each.method is ClonalityMethod.ISH:
            return remark(each.on, "marrow", words, ReasonKind.FINDING)
        return exclusion(each.on, "marrow", words)
    return _clonal(each, "marrow", f"plasma cells in marrow by {by}", thresholds)


def _biopsy(each: LesionBiopsy, thresholds: Thresholds) -> Reason:
    where = _LESION_WORDS[each.site]
    if each.result is Clonality.POLYCLONAL:
        return exclusion(each.on, f"{where} biopsy", f"No clonal plasma cells in biopsy of {where}")
    return _clonal(each, f"{where} biopsy", f"plasma cells in biopsy of {where}", thresholds)


def _clonal(each: MarrowClonality | LesionBiopsy, site: str, words: str, thresholds: Thresholds) -> Reason:
    light = LightChain(each.result) if each.result in {Clonality.LAMBDA, Clonality.KAPPA} else None
    restricted = f"{light}-restricted" if light else "Clonal"
    found = by_cause(each.on, site, f"{restricted[0].upper()}{restricted[1:]} {words}", each.attribution)
    return _accepted(found, light, thresholds)


def _ratio(each: LightChainRatio, thresholds: Thresholds) -> Reason:
    """An abnormal ratio counts alone only where the clinic says so (9.13); one that cannot be told says nothing."""
    site = "free light chains"
    abnormal, light = judge_ratio(each, thresholds)
    ratio = f" {each.ratio.words}" if each.ratio is not None else ""
    if abnormal is Verdict.NOT_MET:
        return remark(each.on, site, f"No abnormality of the free light chain ratio{ratio}", ReasonKind.FINDING)
    if abnormal is Verdict.CANNOT_TELL:
        return remark(each.on, site, f"Free light chain ratio{ratio}, which its limits cannot place")
    words = f"Free light chain ratio{ratio} abnormal" + (f", {light}" if light else "")
    if not thresholds.light_chain_ratio_alone_counts:
        return remark(each.on, site, f"{words}; weak alone")
    return _accepted(by_cause(each.on, site, words, each.attribution), light, thresholds)


def _bands(evidence: Evidence) -> Iterator[Reason]:
    site = "serum electrophoresis"
    for each in evidence.electrophoreses:
        words = "M-protein on electrophoresis, not typed" if each.band else "No M-protein on electrophoresis"
        yield remark(each.on, site, f"{words}: immunofixation decides")


def _accepted(found: Reason, light: LightChain | None, thresholds: Thresholds) -> Reason:
    return _not_counted(found, "kappa") if light is LightChain.KAPPA and not thresholds.kappa_accepted else found


def _not_counted(found: Reason, what: str) -> Reason:
    """A clone the clinic does not take for that of POEMS (setting 9.14) leaves the question open."""
    if found.bearing is not Bearing.MEETS:
        return found
    return doubt(found.on, found.site, f"{found.words}; this clinic does not count {what}")
