"""Criteria C and B: Castleman histology and sclerotic bone lesions (clinical.md 1.4)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from poems_registry.domain.criteria_rules.enlargement import METHOD_WORDS, enlarged
from poems_registry.domain.criteria_rules.reasons import (
    Bearing,
    Criterion,
    CriterionResult,
    Reason,
    ReasonKind,
    by_cause,
    conclude,
    doubt,
    exclusion,
    remark,
    settle,
)
from poems_registry.domain.evidence import (
    BoneLesion,
    BoneReading,
    CastlemanHistology,
    Evidence,
    OrganAssessment,
)
from poems_registry.domain.evidence_kinds import BoneModality, Histology, LesionKind, Organ, OrganMethod
from poems_registry.domain.findings import Attribution
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.thresholds import Thresholds

_CROSS_SECTIONAL: Final = {OrganMethod.CT, OrganMethod.PET_CT, OrganMethod.MRI}
_HISTOLOGY_WORDS: Final = {
    Histology.HYALINE_VASCULAR: "hyaline-vascular",
    Histology.PLASMA_CELL: "plasma-cell",
    Histology.MIXED: "mixed",
}
_MODALITY_WORDS: Final = {
    BoneModality.LOW_DOSE_CT: "whole-body low-dose CT",
    BoneModality.CT: "CT",
    BoneModality.PET_CT: "PET-CT",
    BoneModality.MRI_WHOLE_BODY: "whole-body MRI",
    BoneModality.MRI_SPINE: "MRI of the spine",
    BoneModality.PLAIN_FILM: "plain films",
    BoneModality.BIOPSY: "biopsy",
}
_NODES: Final = "lymph nodes"
_BONES: Final = "bones"


def judge_castleman(evidence: Evidence, thresholds: Thresholds) -> CriterionResult:
    """C: by histology; excluded by a biopsy that shows none, or by cross-sectional imaging without enlarged nodes."""
    biopsies = [_histology(each) for each in evidence.castleman]
    nodes = [each for each in evidence.organs if each.organ is Organ.NODES]
    seen = list(_nodes(nodes, thresholds))
    if any(each.bearing is Bearing.EXCLUDES and each.kind is ReasonKind.FINDING for each in biopsies):
        seen = [replace(each, bearing=Bearing.SILENT) if each.bearing is Bearing.REOPENS else each for each in seen]
    reasons = biopsies + seen
    return conclude(Criterion.C, settle(reasons), reasons, _what_would_decide(reasons))


def _histology(each: CastlemanHistology) -> Reason:
    site = "node biopsy"
    if each.result is Histology.NOT_CASTLEMAN:
        return exclusion(each.on, site, "No Castleman disease on biopsy")
    if each.result is Histology.INCONCLUSIVE:
        return doubt(each.on, site, "Biopsy inconclusive for Castleman disease")
    virus = {True: ", HHV-8 positive", False: ", HHV-8 negative", None: ""}[each.hhv8]
    return by_cause(each.on, site, f"Castleman disease, {_HISTOLOGY_WORDS[each.result]}{virus}", each.attribution)


def _nodes(nodes: list[OrganAssessment], thresholds: Thresholds) -> Iterator[Reason]:
    """What nodes say about Castleman disease. A scan of the same day corrects what the hand or ultrasound found."""
    clear_days = {
        each.on for each in nodes if each.method in _CROSS_SECTIONAL and enlarged(each, thresholds) is Verdict.NOT_MET
    }
    for each in nodes:
        big, by = enlarged(each, thresholds), METHOD_WORDS[each.method]
        if big is Verdict.MET:
            words = f"Enlarged lymph nodes on {by}, not biopsied"
            corrected = each.method not in _CROSS_SECTIONAL and each.on in clear_days
            if each.attribution is Attribution.OTHER:
                yield remark(each.on, _NODES, f"{words}, from another cause", ReasonKind.OTHER_CAUSE)
            else:
                yield remark(each.on, _NODES, words) if corrected else doubt(each.on, _NODES, words)
        elif big is Verdict.NOT_MET:
            words = f"No enlarged lymph nodes on {by}"
            look = each.method in _CROSS_SECTIONAL
            yield exclusion(each.on, _NODES, words) if look else remark(each.on, _NODES, words, ReasonKind.FINDING)


def _what_would_decide(reasons: list[Reason]) -> list[str]:
    if any(each.bearing is Bearing.UNCERTAIN for each in reasons):
        return ["Cause: Castleman disease"]
    if any(each.site == _NODES and each.words.startswith("Enlarged") for each in reasons):
        return ["Node biopsy"]
    return ["CT, PET-CT or MRI of the nodes", "Node biopsy"]


def judge_bones(evidence: Evidence, thresholds: Thresholds) -> CriterionResult:
    """B: a sclerotic or mixed lesion on CT, PET-CT, MRI or biopsy; excluded only by a whole-body reading."""
    reasons = [reason for each in evidence.bones for reason in _reading(each, thresholds)]
    uncertain = any(each.bearing is Bearing.UNCERTAIN for each in reasons)
    hint = "Cause: sclerotic bone lesion" if uncertain else "Whole-body low-dose CT or PET-CT"
    return conclude(Criterion.B, settle(reasons), reasons, [hint])


def _reading(reading: BoneReading, thresholds: Thresholds) -> list[Reason]:
    """What one reading says: each lesion, and, if it was a look at the whole body that left nothing open, none."""
    by = _MODALITY_WORDS[reading.modality]
    found = [_lesion(each, reading, thresholds) for each in reading.lesions]
    is_open = any(each.bearing in {Bearing.MEETS, Bearing.UNCERTAIN, Bearing.REOPENS} for each in found)
    if is_open:
        return found
    if reading.modality in thresholds.whole_body_modalities:
        other = any(each.kind is ReasonKind.OTHER_CAUSE for each in found)
        none = "No other sclerotic or mixed bone lesion" if other else "No sclerotic or mixed bone lesion"
        return [*found, exclusion(reading.on, _BONES, f"{none} on {by}")]
    if found:
        return found
    return [remark(reading.on, _BONES, f"No sclerotic or mixed bone lesion on {by}, which cannot exclude one")]


def _lesion(lesion: BoneLesion, reading: BoneReading, thresholds: Thresholds) -> Reason:
    by = _MODALITY_WORDS[reading.modality]
    words = f"{lesion.kind.capitalize()} bone lesion on {by}"
    if lesion.kind is LesionKind.LYTIC:
        return remark(reading.on, _BONES, words, ReasonKind.FINDING)
    if lesion.kind is LesionKind.UNSPECIFIED:
        return doubt(reading.on, _BONES, f"Bone lesion on {by}, kind not stated")
    large = Verdict.MET
    if lesion.size is not None:
        large = lesion.size.at_least(thresholds.smallest_bone_lesion_mm)
    counts = lesion.kind is LesionKind.SCLEROTIC or thresholds.mixed_lesions_count
    if not counts or large is Verdict.NOT_MET:
        return remark(reading.on, _BONES, f"{words}; this clinic does not count it", ReasonKind.FINDING)
    judged = by_cause(reading.on, _BONES, words, lesion.attribution, other=Bearing.SILENT)
    weak = reading.modality is BoneModality.PLAIN_FILM or large is Verdict.CANNOT_TELL
    return doubt(reading.on, _BONES, words) if weak and judged.bearing is Bearing.MEETS else judged
