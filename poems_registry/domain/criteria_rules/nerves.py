"""Criterion P: polyneuropathy, by a clinician's examination and by nerve conduction (clinical.md 1.4)."""

from collections.abc import Iterator
from typing import Final

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
from poems_registry.domain.evidence import Evidence, NerveConduction, NeuropathyExamination
from poems_registry.domain.evidence_kinds import ConductionPattern, Status
from poems_registry.domain.findings import Attribution

_NERVES: Final = "polyneuropathy"
_CONDUCTION: Final = "nerve conduction"


def judge_nerves(evidence: Evidence) -> CriterionResult:
    """P: found on examination or by nerve conduction; excluded only by a clinician who examined."""
    reasons = [_examined(each) for each in evidence.examinations if each.status is not Status.NOT_ASSESSED]
    reasons += [_conducted(each, evidence.examinations) for each in evidence.conductions]
    reasons += _normal_conduction(evidence)
    uncertain = any(each.bearing is Bearing.UNCERTAIN for each in reasons)
    hint = f"Cause: {_NERVES}" if uncertain else "Neurological examination"
    return conclude(Criterion.P, settle(reasons), reasons, [hint])


def _examined(each: NeuropathyExamination) -> Reason:
    if each.status is Status.PRESENT:
        return by_cause(each.on, _NERVES, "Polyneuropathy on examination", each.attribution)
    if each.status is Status.ABSENT:
        return exclusion(each.on, _NERVES, "No polyneuropathy on examination")
    return remark(each.on, _NERVES, "Examined, presence of polyneuropathy not stated")


def _conducted(each: NerveConduction, examinations: tuple[NeuropathyExamination, ...]) -> Reason:
    """A study says what was found, not why: unattributed, it follows what the examinations were taken to show."""
    if each.pattern is ConductionPattern.NORMAL:
        return remark(each.on, _CONDUCTION, "No abnormality on nerve conduction", ReasonKind.FINDING)
    if each.pattern is ConductionPattern.UNRECORDABLE:
        return doubt(each.on, _CONDUCTION, "Nerve conduction unrecordable")
    cause = each.attribution or _cause_on_examination(examinations)
    return by_cause(each.on, _CONDUCTION, f"Nerve conduction {each.pattern}", cause, other=Bearing.SILENT)


def _cause_on_examination(examinations: tuple[NeuropathyExamination, ...]) -> Attribution | None:
    causes = {each.attribution for each in examinations if each.status is Status.PRESENT}
    if not causes or causes & {None, Attribution.POEMS}:
        return None
    return Attribution.UNCERTAIN if Attribution.UNCERTAIN in causes else Attribution.OTHER


def _normal_conduction(evidence: Evidence) -> Iterator[Reason]:
    """Examined, and nerve conduction normal: excluded on the day both are known."""
    examined = [each.on for each in evidence.examinations if each.status is None]
    normal = [each.on for each in evidence.conductions if each.pattern is ConductionPattern.NORMAL]
    if examined and normal:
        yield exclusion(max(min(examined), min(normal)), _NERVES, "No abnormality on nerve conduction, and examined")
