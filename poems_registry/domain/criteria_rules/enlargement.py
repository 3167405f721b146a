"""Criterion O, and when spleen, liver or nodes are enlarged (clinical.md 1.4, 2.2)."""

from typing import Final

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
from poems_registry.domain.evidence import Evidence, OrganAssessment
from poems_registry.domain.evidence_kinds import Organ, OrganMethod, Status
from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict, any_of
from poems_registry.domain.thresholds import Thresholds

METHOD_WORDS: Final = {
    OrganMethod.PALPATION: "palpation",
    OrganMethod.ULTRASOUND: "ultrasound",
    OrganMethod.CT: "CT",
    OrganMethod.PET_CT: "PET-CT",
    OrganMethod.MRI: "MRI",
}
_SITE_WORDS: Final = {Organ.SPLEEN: "spleen", Organ.LIVER: "liver", Organ.NODES: "lymph nodes"}


def enlarged(each: OrganAssessment, thresholds: Thresholds) -> Verdict:
    """Whether one assessment shows an enlarged organ.

    Nodes: by size or as reported. Spleen and liver: as reported; a size above the limit under a report of normal
    cannot be told. A size alone is judged by the clinic's limit; palpable below the costal margin is enlarged.
    """
    by_size = Verdict.CANNOT_TELL if each.size is None else _over(each, each.size, thresholds)
    if each.status is Status.PRESENT:
        return Verdict.MET
    if each.status is Status.ABSENT:
        if by_size is not Verdict.MET or each.size is None:
            return Verdict.NOT_MET
        return Verdict.MET if each.organ is Organ.NODES else Verdict.CANNOT_TELL
    return by_size


def _over(each: OrganAssessment, size: Interval, thresholds: Thresholds) -> Verdict:
    if each.organ is Organ.NODES:
        return size.at_least(thresholds.node_short_axis_mm)
    if each.method is OrganMethod.PALPATION:
        return size.above(0.0)
    return size.above(thresholds.spleen_cm if each.organ is Organ.SPLEEN else thresholds.liver_cm)


def judge_organs(evidence: Evidence, thresholds: Thresholds) -> CriterionResult:
    """O: any of the three enlarged; excluded only when imaging has settled each of them."""
    sites = [
        Site(
            f"Imaging of the {_SITE_WORDS[organ]}",
            tuple(_seen(each, thresholds) for each in evidence.organs if each.organ is organ and _looked(each)),
        )
        for organ in Organ
    ]
    stated = tuple(
        by_cause(each.on, "organomegaly", "Organomegaly, organ not named", each.attribution, other=Bearing.SILENT)
        for each in evidence.organomegaly
        if each.status is Status.PRESENT
    )
    sites.append(Site("Which organ is enlarged", stated, needed=False))
    return from_sites(Criterion.O, any_of(*(each.verdict for each in sites)), sites)


def _looked(each: OrganAssessment) -> bool:
    return each.size is not None or each.status in {Status.PRESENT, Status.ABSENT}


def _seen(each: OrganAssessment, thresholds: Thresholds) -> Reason:
    site, by = _SITE_WORDS[each.organ], METHOD_WORDS[each.method]
    big = enlarged(each, thresholds)
    if big is Verdict.MET:
        return by_cause(each.on, site, f"Enlarged {site} on {by}", each.attribution)
    if big is Verdict.CANNOT_TELL:
        unclear = f"Size of {site} on {by} does not tell whether enlarged"
        bound = each.status is None and each.size is not None and each.size.censored
        return remark(each.on, site, unclear) if bound else doubt(each.on, site, unclear)
    words = f"No enlargement of {site} on {by}"
    if each.method is OrganMethod.PALPATION:
        return remark(each.on, site, words, ReasonKind.FINDING)
    return exclusion(each.on, site, words)
