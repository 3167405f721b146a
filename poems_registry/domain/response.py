"""How a person responded to treatment: four domains apart, for each line of therapy, on all that is dated up to a day.

Computed, never stored; signing freezes the answer together with its rules and settings (decision 3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from poems_registry.domain.evidence_kinds import FixationSpecimen
from poems_registry.domain.response_rules import clinical, haematological, radiological, vegf
from poems_registry.domain.response_rules.answers import (
    DOMAIN_WORDS,
    GRADE_WORDS,
    Assessment,
    Best,
    Domain,
    DomainResponse,
    Grade,
    Point,
    Progression,
)
from poems_registry.domain.response_rules.course import Course, Line, Window, current_line, joined, windows
from poems_registry.domain.response_rules.organs import ORGAN_WORDS, OrganResponse, judge_organs
from poems_registry.domain.response_rules.progression import (
    Pfs,
    PfsState,
    Relapse,
    line_words,
    pfs_of,
    relapse_of,
)
from poems_registry.domain.thresholds import Thresholds

__all__ = [
    "DOMAIN_WORDS",
    "GRADE_WORDS",
    "ORGAN_WORDS",
    "RULE_SET_VERSION",
    "Assessment",
    "Best",
    "Course",
    "Domain",
    "DomainResponse",
    "Grade",
    "Line",
    "LineResponse",
    "OrganResponse",
    "Pfs",
    "PfsState",
    "Point",
    "Progression",
    "Relapse",
    "Response",
    "grade_words",
    "joined",
    "judge_line",
    "judge_now",
    "judge_response",
    "line_words",
    "possible_words",
]

RULE_SET_VERSION: Final = "R-2"
"""Response rules, second edition; docs/response.md tells what changed. Any change that can change a grade gets a new
number."""

_RULES: Final = MappingProxyType(
    {
        Domain.HAEMATOLOGICAL: haematological.judge_haematological,
        Domain.VEGF: vegf.judge_vegf,
        Domain.RADIOLOGICAL: radiological.judge_radiological,
        Domain.CLINICAL: clinical.judge_clinical,
    }
)


@dataclass(frozen=True, slots=True)
class LineResponse:
    """The response to one line of therapy; `line` None: to none, for nothing was given yet."""

    line: Line | None
    domains: Mapping[Domain, DomainResponse]
    organs: tuple[OrganResponse, ...] = ()
    relapse: Relapse | None = None
    window: Window | None = None

    @property
    def best(self) -> tuple[Best, ...]:
        """The best response of each domain."""
        return tuple(each.best for each in self.domains.values())

    @property
    def progressions(self) -> tuple[Progression, ...]:
        """Every progression of any domain, oldest first."""
        found = [each for domain in self.domains.values() for each in domain.progressions]
        return tuple(sorted(found, key=lambda each: (each.on, each.domain)))


@dataclass(frozen=True, slots=True)
class Response:
    """What the rules say on all that is dated up to `on` (None: everything): every line, and the one in force."""

    current: LineResponse
    lines: tuple[LineResponse, ...]
    pfs: Pfs
    thresholds: Thresholds
    on: date | None = None
    rule_set: str = RULE_SET_VERSION

    @property
    def grades(self) -> dict[Domain, Grade]:
        """Each domain's grade now."""
        return {domain: answer.grade for domain, answer in self.current.domains.items()}

    @property
    def relapses(self) -> tuple[tuple[Line, Relapse], ...]:
        """Each line's relapse, where there was one, oldest first."""
        return tuple((each.line, each.relapse) for each in self.lines if each.line and each.relapse)

    def standing_on(self, day: date) -> tuple[Line | None, dict[Domain, Grade]]:
        """The line a day belongs to and the grades as of it; a day before any treatment has none."""
        mine = [each for each in self.lines if each.window is not None and each.window.start.latest() < day]
        undated = [each.line.number for each in self.lines if each.line is not None and each.window is None]
        number = mine[-1].line.number if mine and mine[-1].line is not None else 0
        if any(each > number for each in undated):
            return None, dict.fromkeys(Domain, Grade.CANNOT_TELL)
        if not mine:
            return None, dict.fromkeys(Domain, Grade.NOT_TREATED)
        now = mine[-1]
        return now.line, {domain: _as_of(answer, day) for domain, answer in now.domains.items()}


def judge_response(course: Course, thresholds: Thresholds, on: date | None = None) -> Response:
    """Judge every line of therapy on what is dated up to `on`; None: on everything recorded."""
    known = course if on is None else course.up_to(on)
    placed = windows(known.lines)
    lines = [judge_line(known, window, thresholds) for window in placed]
    lines += [_undated(line) for line in sorted(known.lines, key=lambda each: each.order) if line.started is None]
    newest = current_line(known.lines)
    current = next((each for each in lines if each.line == newest), None) or _untreated(known, thresholds)
    progressions = [each for line in lines for each in line.progressions]
    pfs = pfs_of(known, placed, progressions, thresholds)
    return Response(current, tuple(lines), pfs, thresholds, on)


def judge_now(course: Course, thresholds: Thresholds) -> LineResponse:
    """The line in force alone: as quick as each key press of a visit needs it."""
    newest = current_line(course.lines)
    if newest is None:
        return _untreated(course, thresholds)
    window = next((each for each in windows(course.lines) if each.line == newest), None)
    return _undated(newest) if window is None else judge_line(course, window, thresholds)


def judge_line(course: Course, window: Window, thresholds: Thresholds) -> LineResponse:
    """The response to one line of therapy whose start is known."""
    domains = {domain: rule(course, window, thresholds) for domain, rule in _RULES.items()}
    progressions = [each for answer in domains.values() for each in answer.progressions]
    return LineResponse(
        window.line,
        MappingProxyType(domains),
        judge_organs(course, window, thresholds),
        relapse_of(progressions, window, course, thresholds),
        window,
    )


def grade_words(answer: DomainResponse) -> str:
    """The grade in words, with its short name where it has one."""
    words = GRADE_WORDS[answer.grade]
    short = answer.grade.value
    return f"{words} ({short})" if short in ("CR", "VGPR", "PR", "NR", "PD") else words


def possible_words(answer: DomainResponse) -> str:
    """Which grades are left where it cannot be told; empty where nothing narrows it."""
    if not answer.possible:
        return ""
    names = [GRADE_WORDS[each][:1].lower() + GRADE_WORDS[each][1:] for each in answer.possible]
    return " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _as_of(answer: DomainResponse, day: date) -> Grade:
    known = [each for each in answer.course if each.on <= day]
    if known:
        return known[-1].grade
    return Grade.NE if answer.grade is Grade.NE and not answer.course else Grade.CANNOT_TELL


def _undated(line: Line) -> LineResponse:
    words = f"The start of line {line.number} is not recorded"
    needs = (f"The start of line {line.number}",)
    answers = {each: DomainResponse(each, Grade.CANNOT_TELL, words, needs=needs) for each in Domain}
    return LineResponse(line, MappingProxyType(answers))


def _untreated(course: Course, thresholds: Thresholds) -> LineResponse:
    """Nothing given yet: what a treatment begun now would be judged against, and what is missing for that."""
    found = {
        Domain.HAEMATOLOGICAL: haematological.state_point(course),
        Domain.VEGF: _last_vegf(course),
        Domain.RADIOLOGICAL: _last_scan(course),
        Domain.CLINICAL: _last_score(course, thresholds),
    }
    missing = {
        Domain.HAEMATOLOGICAL: _clone_tests_missing(course),
        Domain.VEGF: ("VEGF",),
        Domain.RADIOLOGICAL: ("PET-CT with number and SUVmax of avid lesions",),
        Domain.CLINICAL: (clinical.NAMES[thresholds.clinical_measure],),
    }
    words = "No treatment is recorded; one begun now would be judged against this"
    answers = {}
    for domain, point in found.items():
        open_needs = missing[domain] if point is None or domain is Domain.HAEMATOLOGICAL else ()
        answers[domain] = DomainResponse(domain, Grade.NOT_TREATED, words, baseline=point, needs=open_needs)
    return LineResponse(None, MappingProxyType(answers))


def _clone_tests_missing(course: Course) -> tuple[str, ...]:
    done = {each.specimen for each in course.fixations}
    missing = [f"{each.value.capitalize()} immunofixation" for each in FixationSpecimen if each not in done]
    missing += [] if course.m_proteins else ["M-protein"]
    return (*missing, *([] if course.marrows else ["Marrow"]))


def _last_vegf(course: Course) -> Point | None:
    found = max(course.vegf, key=lambda s: (s.on, s.value.low, s.value.high, s.specimen, s.assay), default=None)
    return vegf.point_of(found) if found is not None else None


def _last_scan(course: Course) -> Point | None:
    found = radiological.in_order(course.scans)
    return radiological.point_of(found[-1]) if found else None


def _last_score(course: Course, thresholds: Thresholds) -> Point | None:
    mine = [each for each in course.scores if each.measure is thresholds.clinical_measure]
    found = clinical.newest_before(mine, date.max)
    return clinical.point_of(found) if found is not None else None
