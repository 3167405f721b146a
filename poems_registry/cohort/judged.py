"""The criteria's verdicts for many people: what repeats an earlier finding is left aside before it is judged."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from poems_registry.domain.criteria import Criterion, judge
from poems_registry.domain.evidence import Evidence
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.thresholds import Thresholds

DATED_AGAINST_TREATMENT = frozenset({"treatments", "vegf", "counts", "endocrine"})
"""What each of these says depends on its own day, so none is a repetition of another."""
_REPEATABLE = tuple(
    field.name for field in fields(Evidence) if field.name not in DATED_AGAINST_TREATMENT | {"born", "sex"}
)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Each criterion's answer, and what the two rule sets make of them."""

    criteria: Mapping[Criterion, Verdict]
    rule_a: Verdict
    rule_b: Verdict


def verdicts(evidence: Evidence, thresholds: Thresholds, on: date) -> Verdicts:
    """What `judge` says of the evidence up to a day, without its reasons."""
    judgement = judge(without_repeats(evidence.up_to(on)), thresholds)
    return Verdicts(MappingProxyType(judgement.values), judgement.rule_a, judgement.rule_b)


def without_repeats(evidence: Evidence) -> Evidence:
    """Of findings that differ in nothing but their day, the first and the last.

    A verdict asks when something was first or last said, never how often, so no verdict changes; a test proves it. Ten
    years of visits that say the same are judged as two.
    """
    kept: dict[str, Any] = {name: _ends(getattr(evidence, name)) for name in _REPEATABLE}
    return replace(evidence, **kept)


def _ends(findings: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(findings) < 3:
        return findings
    kind: type = type(findings[0])
    saying = _saying(kind)
    first: dict[Any, Any] = {}
    last: dict[Any, Any] = {}
    for finding in findings:
        said = saying(finding)
        if said not in first or finding.on < first[said].on:
            first[said] = finding
        if said not in last or finding.on > last[said].on:
            last[said] = finding
    return tuple(_each_once([*first.values(), *last.values()]))


def _each_once(findings: Iterable[Any]) -> Iterable[Any]:
    return {id(finding): finding for finding in findings}.values()


@cache
def _saying(kind: type) -> Callable[[Any], Any]:
    """Reads all that a finding says but its day."""
    names = [field.name for field in fields(kind) if field.name != "on"]
    return attrgetter(*names) if names else lambda _: ()
