"""What foretold the course at diagnosis, before treatment, and apart from it what the response to treatment foretells.

Components of Wang 2017 (clinical.md 4): age, pulmonary hypertension, pleural effusion and eGFR, each met, not met or
cannot tell; a missing one makes a range, never a lower score. The log-hazard is the sum of the logarithms of the
printed hazard ratios, not the authors' nomogram.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.findings import Attribution
from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.response import GRADE_WORDS, Best, Domain, Grade, LineResponse, Response
from poems_registry.domain.response_rules.course import Line
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatment_periods import months_later

RULE_SET_VERSION: Final = "W-3"
"""Prognosis rules, third edition: a first line without its start is the first line, and of two PASP the higher counts.

Any change that can change an answer gets a new number; docs/response.md lists the editions."""


class Factor(StrEnum):
    """What is asked."""

    AGE = "age"
    PULMONARY_HYPERTENSION = "pulmonary_hypertension"
    PLEURAL_EFFUSION = "pleural_effusion"
    EGFR = "egfr"
    ALBUMIN = "albumin"
    NO_COMPLETE_RESPONSE = "no_complete_response"
    NO_TRANSPLANT = "no_transplant"
    NO_HAEMATOLOGICAL_RESPONSE = "no_haematological_response"
    NO_VEGF_RESPONSE = "no_vegf_response"


WANG: Final = (Factor.AGE, Factor.PULMONARY_HYPERTENSION, Factor.PLEURAL_EFFUSION, Factor.EGFR)
LOG_HAZARD: Final = dict(zip(WANG, (1.404, 1.384, 1.338, 2.110), strict=True))
"""ln of 4.07, 3.99, 3.81 and 8.25 (Wang 2017)."""


class Group(StrEnum):
    """By points; unverified until somebody has read the figure of the paper."""

    LOW = "low"
    INTERMEDIATE = "intermediate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Dated:
    """One number of a day: PASP in mmHg, eGFR in mL/min/1.73 m2, albumin in g/L."""

    on: date
    value: Interval
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class Effusion:
    """Whether fluid was seen in the chest, what it was put down to, and how much (CTCAE grade; None: not graded)."""

    on: date
    present: bool
    attribution: Attribution | None = None
    encounter: int = 0
    grade: int | None = None


_D = TypeVar("_D", Dated, Effusion)


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the person was at diagnosis. `ages`: youngest and oldest whole years they can have been then.

    `treated_from`: the first day of the first line; `undated_line`: one was given and nobody recorded when.
    """

    diagnosed: PartialDate | None = None
    ages: tuple[int, int] | None = None
    treated_from: date | None = None
    undated_line: bool = False
    pasp: tuple[Dated, ...] = ()
    egfr: tuple[Dated, ...] = ()
    albumin: tuple[Dated, ...] = ()
    effusions: tuple[Effusion, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One factor: whether it holds, by which finding of which day, and what would tell."""

    factor: Factor
    verdict: Verdict
    words: str
    needs: tuple[str, ...] = ()
    on: date | None = None
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class Prognosis:
    """All answers. `wang` and `albumin` are baseline risk; `response_based` came after treatment and never are."""

    wang: tuple[Answer, ...]
    albumin: Answer
    response_based: tuple[Answer, ...]
    thresholds: Thresholds
    rule_set: str = RULE_SET_VERSION

    @property
    def count(self) -> tuple[int, int]:
        """How many of the four hold at least, and at most."""
        return self._range(lambda _: 1)

    @property
    def log_hazard(self) -> tuple[float, float]:
        """The sum at least and at most, to three decimals."""
        low, high = self._range(lambda factor: round(LOG_HAZARD[factor] * 1000))
        return low / 1000, high / 1000

    @property
    def points(self) -> tuple[int, int]:
        """The clinic's points at least and at most; unverified."""
        return self._range(lambda factor: self.thresholds.wang_points[WANG.index(factor)])

    @property
    def group(self) -> Group | None:
        """The group by points; None while the open answers decide it."""
        low, high = (self._group(each) for each in self.points)
        return low if low is high else None

    def _range(self, worth: Callable[[Factor], int]) -> tuple[int, int]:
        low = sum(worth(each.factor) for each in self.wang if each.verdict is Verdict.MET)
        return low, low + sum(worth(each.factor) for each in self.wang if each.verdict is Verdict.CANNOT_TELL)

    def _group(self, points: int) -> Group:
        if points >= self.thresholds.wang_high_from:
            return Group.HIGH
        return Group.INTERMEDIATE if points >= self.thresholds.wang_intermediate_from else Group.LOW


def judge_prognosis(presentation: Presentation, response: Response, thresholds: Thresholds) -> Prognosis:
    """Baseline risk from the presentation; what is response-based from the answers to treatment."""
    at = _AtDiagnosis(presentation, thresholds)
    return Prognosis(
        (
            at.age(),
            at.number(Factor.PULMONARY_HYPERTENSION, presentation.pasp),
            at.effusion(),
            at.number(Factor.EGFR, presentation.egfr),
        ),
        at.number(Factor.ALBUMIN, presentation.albumin),
        _response_based(response),
        thresholds,
    )


@dataclass(frozen=True, slots=True)
class _AtDiagnosis:
    presentation: Presentation
    thresholds: Thresholds

    def age(self) -> Answer:
        """Above the age set, at diagnosis."""
        ages, level = self.presentation.ages, self.thresholds.wang_age
        if self.presentation.diagnosed is None:
            return Answer(Factor.AGE, Verdict.CANNOT_TELL, "", ("Date of diagnosis",))
        if ages is None:
            return Answer(Factor.AGE, Verdict.CANNOT_TELL, "", ("Date of birth",))
        youngest, oldest = ages
        words = f"{oldest} years" if youngest == oldest else f"{youngest} to {oldest} years"
        if youngest > level or oldest <= level:
            return Answer(Factor.AGE, Verdict.MET if youngest > level else Verdict.NOT_MET, words)
        return Answer(Factor.AGE, Verdict.CANNOT_TELL, words, ("Dates of birth and diagnosis, more exactly",))

    def number(self, factor: Factor, values: Sequence[Dated]) -> Answer:
        """A measured factor by the value nearest to the diagnosis."""
        name, unit, test = self._tests()[factor]
        high_is_worse = factor is Factor.PULMONARY_HYPERTENSION
        found = self._nearest(values, lambda each: _lowest_first(each, -1 if high_is_worse else 1))
        if found is None:
            return Answer(factor, Verdict.CANNOT_TELL, "", self._needs(name))
        verdict = test(found.value)
        needs = () if verdict.settled else (f"{name}, measured to a number",)
        return Answer(factor, verdict, f"{name} {found.value.words} {unit}", needs, found.on, found.encounter)

    def effusion(self) -> Answer:
        """Any pleural effusion that was not put down to another cause."""
        found = self._nearest(self.presentation.effusions, lambda each: (0.0 if each.present else 1.0, 0.0))
        if found is None:
            return Answer(
                Factor.PLEURAL_EFFUSION, Verdict.CANNOT_TELL, "", self._needs("Assessment for pleural effusion")
            )
        verdict, words, needs = self._fluid(found)
        return Answer(Factor.PLEURAL_EFFUSION, verdict, words, needs, found.on, found.encounter)

    def _fluid(self, found: Effusion) -> tuple[Verdict, str, tuple[str, ...]]:
        if not found.present:
            return Verdict.NOT_MET, "No pleural effusion", ()
        if found.attribution is Attribution.OTHER:
            return Verdict.NOT_MET, "Pleural effusion from another cause", ()
        if found.attribution is Attribution.UNCERTAIN:
            return Verdict.CANNOT_TELL, "Pleural effusion, cause uncertain", ("Cause of the pleural effusion",)
        least = self.thresholds.wang_effusion_grade
        if least == 0:
            return Verdict.MET, "Pleural effusion", ()
        if found.grade is None:
            return Verdict.CANNOT_TELL, "Pleural effusion, not graded", ("Grade of the pleural effusion",)
        verdict = Verdict.MET if found.grade >= least else Verdict.NOT_MET
        return verdict, f"Pleural effusion, grade {found.grade}", ()

    def _tests(self) -> dict[Factor, tuple[str, str, Callable[[Interval], Verdict]]]:
        levels = self.thresholds
        return {
            Factor.PULMONARY_HYPERTENSION: ("PASP", "mmHg", lambda value: value.at_least(levels.wang_pasp)),
            Factor.EGFR: ("eGFR", "mL/min/1.73m²", lambda value: value.below(levels.wang_egfr)),
            Factor.ALBUMIN: ("Albumin", "g/L", lambda value: value.below(levels.albumin_low)),
        }

    def _nearest(self, values: Iterable[_D], worst_first: Callable[[_D], tuple[float, float]]) -> _D | None:
        """The value nearest to the diagnosis; of one day the worst."""
        diagnosed, months = self.presentation.diagnosed, self.thresholds.prognosis_months
        if diagnosed is None or self.presentation.undated_line:
            return None
        first, last = months_later(diagnosed.earliest(), -months), months_later(diagnosed.latest(), months)
        last = min(last, self.presentation.treated_from or last)
        middle = diagnosed.earliest() + (diagnosed.latest() - diagnosed.earliest()) / 2
        inside = [each for each in values if first <= each.on <= last]
        return min(inside, key=lambda each: (abs((each.on - middle).days), each.on, worst_first(each)), default=None)

    def _needs(self, name: str) -> tuple[str, ...]:
        if self.presentation.diagnosed is None:
            return ("Date of diagnosis",)
        if self.presentation.undated_line:
            return ("The start of the line of therapy",)
        until = self.presentation.treated_from
        by = f"before {show_date(until)}" if until is not None else "before treatment"
        return (f"{name}, {by}",)


def _lowest_first(dated: Dated, sign: int) -> tuple[float, float]:
    """For sorting: the lowest first, with sign -1 the highest."""
    return (sign * dated.value.low, sign * dated.value.high)


_RESPONDED = frozenset({Grade.CR, Grade.CR_UNCONFIRMED, Grade.VGPR, Grade.PR})


def _response_based(response: Response) -> tuple[Answer, ...]:
    """Of the first line of therapy; a transplant in any."""
    lines = [each for each in response.lines if each.line is not None]
    if not lines:
        needs = ("Treatment",)
        return tuple(Answer(factor, Verdict.CANNOT_TELL, "Not treated", needs) for factor in _AFTER_TREATMENT)
    first = _first_of(lines)
    best = {each.domain: each for each in first.best}
    blood, vegf = best[Domain.HAEMATOLOGICAL], best[Domain.VEGF]
    return (
        _no_complete(blood, _complete_due(first, response.thresholds)),
        _no_transplant([each.line for each in lines if each.line is not None]),
        _no_response(Factor.NO_HAEMATOLOGICAL_RESPONSE, blood),
        _no_response(Factor.NO_VEGF_RESPONSE, vegf),
    )


_AFTER_TREATMENT = (
    Factor.NO_COMPLETE_RESPONSE,
    Factor.NO_TRANSPLANT,
    Factor.NO_HAEMATOLOGICAL_RESPONSE,
    Factor.NO_VEGF_RESPONSE,
)


def _first_of(lines: Sequence[LineResponse]) -> LineResponse:
    """The first line of therapy; one without its start is the first where its number says so."""
    dated = lines[0].line.number if lines[0].line is not None else 0
    unplaced = [each for each in lines if each.window is None and each.line is not None and each.line.number <= dated]
    return min(unplaced, key=lambda each: each.line.number if each.line is not None else 0, default=lines[0])


def _no_transplant(lines: Sequence[Line]) -> Answer:
    """Only an infusion is a transplant; one that was planned may still come, or may never have been given."""
    if any(line.transplanted is not None for line in lines):
        return Answer(Factor.NO_TRANSPLANT, Verdict.NOT_MET, "Transplant given")
    needs = tuple(
        f"Whether the transplant planned with line {line.number} was infused, and when"
        for line in lines
        if line.transplant_planned
    )
    if needs:
        return Answer(Factor.NO_TRANSPLANT, Verdict.CANNOT_TELL, "Transplant planned, no infusion recorded", needs)
    return Answer(Factor.NO_TRANSPLANT, Verdict.MET, "No transplant in any line")


def _complete_due(first: LineResponse, thresholds: Thresholds) -> date | None:
    """The day a test is waited for until a complete response can be said not to have come; None: it can be now."""
    window, tests = first.window, first.domains[Domain.HAEMATOLOGICAL].course
    if window is None or window.until is not None:
        return None
    due = months_later(window.start.latest(), thresholds.haematological_months)
    due = min(due, window.line.ended or due)
    return due if not tests or tests[-1].on < due else None


def _no_complete(best: Best, due: date | None) -> Answer:
    """Whether the first line never reached a complete haematological response, in the time it takes."""
    words = _best_words(best)
    if best.grade is Grade.CR:
        return Answer(Factor.NO_COMPLETE_RESPONSE, Verdict.NOT_MET, words, on=best.on)
    below = best.grade.graded or best.grade is Grade.NE_PARTIAL
    if best.grade is Grade.CR_UNCONFIRMED:
        return Answer(Factor.NO_COMPLETE_RESPONSE, Verdict.CANNOT_TELL, words, ("Marrow, repeated",), best.on)
    if below and not best.at_least and due is not None:
        needs = (f"Tests for a complete response on or after {show_date(due)}",)
        return Answer(Factor.NO_COMPLETE_RESPONSE, Verdict.CANNOT_TELL, f"{words}; too early", needs, best.on)
    if below and not best.at_least:
        return Answer(Factor.NO_COMPLETE_RESPONSE, Verdict.MET, words, on=best.on)
    return Answer(Factor.NO_COMPLETE_RESPONSE, Verdict.CANNOT_TELL, _open_words(best), best.needs, best.on)


def _no_response(factor: Factor, best: Best) -> Answer:
    if best.grade in _RESPONDED:
        return Answer(factor, Verdict.NOT_MET, _best_words(best), on=best.on)
    if best.grade.graded and not best.at_least:
        return Answer(factor, Verdict.MET, _best_words(best), on=best.on)
    return Answer(factor, Verdict.CANNOT_TELL, _open_words(best), best.needs, best.on)


def _best_words(best: Best) -> str:
    if best.grade is Grade.NE_PARTIAL:
        return "Not complete so far"
    words = GRADE_WORDS[best.grade]
    return f"Best so far: {words[:1].lower()}{words[1:]}"


def _open_words(best: Best) -> str:
    if best.grade is Grade.NE:
        return "Not evaluable"
    if best.grade is Grade.NE_PARTIAL:
        return "Evaluable for complete response only"
    return "Too early" if best.grade is Grade.TOO_EARLY else "Not known"
