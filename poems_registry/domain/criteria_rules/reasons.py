"""A criterion's answer and the findings behind it; how several findings about one site become one answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from poems_registry.domain.findings import Attribution
from poems_registry.domain.kleene import Verdict


class Criterion(StrEnum):
    """The eleven questions of rule set A (1.1)."""

    P = "P"
    M = "M"
    C = "C"
    B = "B"
    V = "V"
    O = "O"  # noqa: E741 - the field's own letter
    X = "X"
    E = "E"
    S = "S"
    Pa = "Pa"
    T = "T"


CRITERION_WORDS = {
    Criterion.P: "Polyneuropathy",
    Criterion.M: "Monoclonal plasma cell disorder",
    Criterion.C: "Castleman disease",
    Criterion.B: "Sclerotic bone lesion",
    Criterion.V: "Raised VEGF",
    Criterion.O: "Organomegaly",
    Criterion.X: "Extravascular volume overload",
    Criterion.E: "Endocrinopathy",
    Criterion.S: "Skin changes",
    Criterion.Pa: "Papilloedema",
    Criterion.T: "Thrombocytosis or polycythaemia",
}


class ReasonKind(StrEnum):
    """Why a finding says what it says."""

    FINDING = "finding"
    OTHER_CAUSE = "other_cause"
    UNCERTAIN_CAUSE = "uncertain_cause"
    TREATED = "treated"
    DOUBT = "doubt"


class Bearing(StrEnum):
    """What a finding does to its criterion."""

    MEETS = "meets"
    """Met, for good: no later normal undoes it (1.3)."""
    UNCERTAIN = "uncertain"
    """Its cause is uncertain: cannot tell, whatever else is negative (1.3)."""
    REOPENS = "reopens"
    """In doubt: cannot tell, unless an adequate assessment on a later day settled it."""
    EXCLUDES = "excludes"
    """An adequate assessment that found none, or a finding with another recorded cause."""
    SILENT = "silent"
    """Recorded, worth showing, decides nothing."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding behind an answer, for people: what was found (`words`, British English), when, and of which site."""

    kind: ReasonKind
    on: date
    words: str
    site: str = ""
    bearing: Bearing = Bearing.SILENT


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """The answer to one criterion, the findings behind it, and in words what would decide it if it cannot be told."""

    criterion: Criterion
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    decided_by: tuple[str, ...] = ()

    @property
    def deciding_reasons(self) -> tuple[Reason, ...]:
        """The findings that settled it; none while it cannot be told."""
        bearing = {Verdict.MET: Bearing.MEETS, Verdict.NOT_MET: Bearing.EXCLUDES}.get(self.verdict)
        return tuple(each for each in self.reasons if each.bearing is bearing)


@dataclass(frozen=True, slots=True)
class Site:
    """One part of a criterion that is assessed by itself: what it is, and what to do or ask when it is open."""

    decided_by: str
    reasons: tuple[Reason, ...]
    needed: bool = True
    """Whether it must be assessed before the criterion can be not met."""

    @property
    def verdict(self) -> Verdict:
        """The site's own answer; a site that need not be assessed is not met until something is found there."""
        return settle(self.reasons, unassessed=Verdict.CANNOT_TELL if self.needed else Verdict.NOT_MET)


def settle(reasons: Iterable[Reason], *, unassessed: Verdict = Verdict.CANNOT_TELL) -> Verdict:
    """One answer from all findings about one site, whatever order they were entered in.

    Met wins for good; then an uncertain cause; then the newest of exclusion and doubt, doubt winning on the same day.
    """
    found: dict[Bearing, date] = {}
    for each in reasons:
        found[each.bearing] = max(each.on, found.get(each.bearing, date.min))
    if Bearing.MEETS in found:
        return Verdict.MET
    if Bearing.UNCERTAIN in found:
        return Verdict.CANNOT_TELL
    excluded, doubted = found.get(Bearing.EXCLUDES), found.get(Bearing.REOPENS)
    if excluded and (doubted is None or doubted < excluded):
        return Verdict.NOT_MET
    return Verdict.CANNOT_TELL if excluded or doubted else unassessed


def by_cause(
    on: date, site: str, words: str, attribution: Attribution | None, *, other: Bearing = Bearing.EXCLUDES
) -> Reason:
    """A sign that was there: met, unless its cause is uncertain or another; another cause settles its own site only."""
    if attribution is Attribution.UNCERTAIN:
        return Reason(ReasonKind.UNCERTAIN_CAUSE, on, f"{words}, cause uncertain", site, Bearing.UNCERTAIN)
    if attribution is Attribution.OTHER:
        return Reason(ReasonKind.OTHER_CAUSE, on, f"{words}, from another cause", site, other)
    return Reason(ReasonKind.FINDING, on, words, site, Bearing.MEETS)


def exclusion(on: date, site: str, words: str) -> Reason:
    """An adequate assessment that found none; the words begin with the negation."""
    return Reason(ReasonKind.FINDING, on, words, site, Bearing.EXCLUDES)


def doubt(on: date, site: str, words: str) -> Reason:
    """A finding that leaves the question open."""
    return Reason(ReasonKind.DOUBT, on, words, site, Bearing.REOPENS)


def remark(on: date, site: str, words: str, kind: ReasonKind = ReasonKind.DOUBT) -> Reason:
    """A finding worth showing that decides nothing."""
    return Reason(kind, on, words, site, Bearing.SILENT)


def conclude(
    criterion: Criterion, verdict: Verdict, reasons: Iterable[Reason], decided_by: Iterable[str] = ()
) -> CriterionResult:
    """The result with its reasons in one order: what settles it first, then by date.

    Of findings that say met, or not met, of one site and for one cause, the first is kept: it is when it became so.
    """
    first: dict[tuple[object, ...], Reason] = {}
    for each in sorted(reasons, key=_by_date):
        settles = each.bearing in {Bearing.MEETS, Bearing.EXCLUDES}
        key = (each.bearing, each.kind, each.site) if settles else (each,)
        first.setdefault(key, each)
    order = list(Bearing)
    kept = sorted(first.values(), key=lambda each: (order.index(each.bearing), *_by_date(each)))
    hints = () if verdict.settled else tuple(dict.fromkeys(decided_by))
    return CriterionResult(criterion, verdict, tuple(kept), hints)


def from_sites(criterion: Criterion, verdict: Verdict, sites: Iterable[Site]) -> CriterionResult:
    """The result of a criterion made of sites; each open site says what would decide it."""
    every = tuple(sites)
    hints = []
    for site in every:
        if not site.verdict.settled:
            uncertain = [each.site for each in site.reasons if each.bearing is Bearing.UNCERTAIN]
            hints += [f"Cause: {name}" for name in sorted(set(uncertain))] or [site.decided_by]
    return conclude(criterion, verdict, [each for site in every for each in site.reasons], hints)


def _by_date(reason: Reason) -> tuple[date, str, str, str]:
    return (reason.on, reason.site, reason.words, reason.kind)
