"""Whether a person meets the criteria of POEMS syndrome: dated findings in, a three-valued verdict with reasons out.

The verdict is cumulative: what once met a criterion keeps it met. It is computed, never stored; signing freezes the
judgement together with its rule set and settings (decision 3).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from poems_registry.domain.criteria_rules.cautions import Case, Flag, FlagKind, cautions
from poems_registry.domain.criteria_rules.clone import judge_clone
from poems_registry.domain.criteria_rules.endocrine import judge_endocrine
from poems_registry.domain.criteria_rules.enlargement import judge_organs
from poems_registry.domain.criteria_rules.formulas import deciding_a, deciding_b, verdict_a, verdict_b
from poems_registry.domain.criteria_rules.lesions import judge_bones, judge_castleman
from poems_registry.domain.criteria_rules.minors import judge_counts, judge_discs, judge_skin, judge_volume
from poems_registry.domain.criteria_rules.nerves import judge_nerves
from poems_registry.domain.criteria_rules.reasons import (
    CRITERION_WORDS,
    Bearing,
    Criterion,
    CriterionResult,
    Reason,
    ReasonKind,
)
from poems_registry.domain.evidence import Evidence
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.vegf import judge_vegf

__all__ = [
    "CRITERION_WORDS",
    "RULE_SET_VERSION",
    "Bearing",
    "Criterion",
    "CriterionResult",
    "Evidence",
    "Flag",
    "FlagKind",
    "Judgement",
    "Reason",
    "ReasonKind",
    "Thresholds",
    "Unsettled",
    "UnsettledBy",
    "Verdict",
    "deciding_a",
    "deciding_b",
    "judge",
    "suichi",
    "unsettled_by",
    "verdict_a",
    "verdict_b",
    "verdict_words",
]

RULE_SET_VERSION: Final = "A-3"
"""Rule set A, third edition; docs/criteria.md tells what changed. Any change that can change a verdict gets a new
number."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say on the evidence up to `on` (None: all of it), with everything needed to say why."""

    criteria: Mapping[Criterion, CriterionResult]
    rule_a: Verdict
    rule_b: Verdict
    deciding: tuple[Criterion, ...]
    flags: tuple[Flag, ...]
    thresholds: Thresholds
    on: date | None = None
    rule_set: str = RULE_SET_VERSION

    @property
    def values(self) -> dict[Criterion, Verdict]:
        """Each criterion's answer alone, as the formulas take them."""
        return {criterion: result.verdict for criterion, result in self.criteria.items()}

    def of(self, verdict: Verdict) -> tuple[Criterion, ...]:
        """The criteria with that answer, in the order of the rule."""
        return tuple(each for each, result in self.criteria.items() if result.verdict is verdict)


_RULES: Final[Mapping[Criterion, Callable[[Evidence, Thresholds], CriterionResult]]] = {
    Criterion.P: lambda evidence, _: judge_nerves(evidence),
    Criterion.M: judge_clone,
    Criterion.C: judge_castleman,
    Criterion.B: judge_bones,
    Criterion.V: lambda evidence, thresholds: judge_vegf(evidence.vegf, evidence.treatments, thresholds),
    Criterion.O: judge_organs,
    Criterion.X: judge_volume,
    Criterion.E: judge_endocrine,
    Criterion.S: judge_skin,
    Criterion.Pa: lambda evidence, _: judge_discs(evidence),
    Criterion.T: judge_counts,
}


def judge(evidence: Evidence, thresholds: Thresholds, on: date | None = None) -> Judgement:
    """Judge all criteria and both rule sets on what is dated up to `on`; None: on everything recorded."""
    known = evidence if on is None else evidence.up_to(on)
    results = {criterion: rule(known, thresholds) for criterion, rule in _RULES.items()}
    values = {criterion: result.verdict for criterion, result in results.items()}
    return Judgement(
        criteria=MappingProxyType(results),
        rule_a=verdict_a(values),
        rule_b=verdict_b(values),
        deciding=deciding_a(values),
        flags=cautions(Case(known, results, thresholds, on)),
        thresholds=thresholds,
        on=on,
    )


_VERDICT_WORDS: Final = {
    Verdict.MET: "criteria met",
    Verdict.NOT_MET: "criteria not met on what has been assessed",
    Verdict.CANNOT_TELL: "cannot tell yet",
}


def verdict_words(judgement: Judgement) -> str:
    """Rule A's verdict as printed and shown (1.3)."""
    return _VERDICT_WORDS[judgement.rule_a]


def suichi(judgement: Judgement) -> str:
    """Rule B as a line of information; never the registry's verdict (1.2)."""
    line = f"Second opinion (Suichi 2019): {_VERDICT_WORDS[judgement.rule_b]}"
    open_items = deciding_b(judgement.values)
    return f"{line}; would decide: {', '.join(open_items)}" if open_items else line


class UnsettledBy(StrEnum):
    """What took a settled answer away."""

    ATTRIBUTION = "attribution"
    TREATMENT_DATE = "treatment_date"
    RETRACTION = "retraction"
    NEW_FINDING = "new_finding"
    SETTING = "setting"


_UNSETTLED_WORDS: Final = {
    UnsettledBy.ATTRIBUTION: "the cause of a finding was changed",
    UnsettledBy.TREATMENT_DATE: "treatment is now dated before the sample",
    UnsettledBy.RETRACTION: "a finding it rested on was retracted",
    UnsettledBy.NEW_FINDING: "a new or corrected finding leaves it open",
    UnsettledBy.SETTING: "a clinic setting was changed",
}


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A criterion whose settled answer a change took away, and by what; `words` is a sentence for the user."""

    criterion: Criterion
    was: Verdict
    now: Verdict
    cause: UnsettledBy
    words: str


def unsettled_by(before: Judgement, after: Judgement) -> tuple[Unsettled, ...]:
    """Each settled criterion that is no longer so, or is met no more (decision 2). Newly met is progress, not this."""
    found = []
    for criterion, was in before.criteria.items():
        now = after.criteria[criterion]
        if was.verdict is now.verdict or not was.verdict.settled or now.verdict is Verdict.MET:
            continue
        cause = _cause(was, now, settings_changed=before.thresholds != after.thresholds)
        change = f"{_said(was.verdict)} to {_said(now.verdict)}"
        words = f"{CRITERION_WORDS[criterion]} went from {change}: {_UNSETTLED_WORDS[cause]}."
        found.append(Unsettled(criterion, was.verdict, now.verdict, cause, words))
    return tuple(found)


def _cause(was: CriterionResult, now: CriterionResult, *, settings_changed: bool) -> UnsettledBy:
    """Compare what the old answer rested on with what now stands in the same place (same site, same day)."""
    places = {(each.site, each.on) for each in was.deciding_reasons}
    fresh = [each for each in now.reasons if each not in was.reasons]
    there = [each for each in fresh if (each.site, each.on) in places]
    attributions = {ReasonKind.OTHER_CAUSE, ReasonKind.UNCERTAIN_CAUSE}
    if any(each.kind in attributions for each in there):
        return UnsettledBy.ATTRIBUTION
    if any(each.kind is ReasonKind.TREATED for each in there):
        return UnsettledBy.TREATMENT_DATE
    lost = places - {(each.site, each.on) for each in now.reasons}
    if settings_changed and not lost:
        return UnsettledBy.SETTING
    if any(each.kind in attributions for each in fresh):
        return UnsettledBy.ATTRIBUTION
    if any(each.bearing is Bearing.REOPENS for each in fresh):
        return UnsettledBy.NEW_FINDING
    return UnsettledBy.RETRACTION if lost else UnsettledBy.NEW_FINDING


def _said(verdict: Verdict) -> str:
    return verdict.replace("_", " ")
