"""What kind of relapse a line of therapy ended in, and whether and when progression-free survival ended."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from poems_registry.domain.dates import show_date
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.response_rules.answers import DOMAIN_WORDS, Domain, Progression
from poems_registry.domain.response_rules.course import Course, Ending, Line, Window
from poems_registry.domain.response_thresholds import PfsEvent
from poems_registry.domain.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Relapse:
    """Progression within one line of therapy: each domain's own first day, and what it meant (clinical.md 3.1).

    `symptomatic` by the clinical domain at or after the first of them; `treated` when another line followed.
    """

    dated: tuple[Progression, ...]
    symptomatic: Verdict
    treated: bool

    @property
    def biochemical(self) -> bool:
        """Whether nothing but VEGF rose."""
        return {each.domain for each in self.dated} == {Domain.VEGF}

    @property
    def confirmed(self) -> bool:
        """Whether any of it was borne out."""
        return any(each.confirmed for each in self.dated)

    def words(self) -> str:
        """For reading: each domain with its day, then what it meant."""
        told = [
            f"{DOMAIN_WORDS[each.domain]} {show_date(each.on)}{'' if each.confirmed else ' (to confirm)'}"
            for each in self.dated
        ]
        symptoms = {
            Verdict.MET: "with worsening score",
            Verdict.NOT_MET: "without worsening score",
            Verdict.CANNOT_TELL: "score since then not known",
        }[self.symptomatic]
        kind = "biochemical only, " if self.biochemical else ""
        return f"{'; '.join(told)}; {kind}{symptoms}, {'treated' if self.treated else 'no new line since'}"


def relapse_of(
    progressions: Iterable[Progression], window: Window, course: Course, thresholds: Thresholds
) -> Relapse | None:
    """The first progression of each domain within the line, oldest first; None if no domain progressed."""
    firsts: dict[Domain, Progression] = {}
    for each in sorted(progressions, key=lambda p: (p.on, not p.confirmed)):
        firsts.setdefault(each.domain, each)
    if not firsts:
        return None
    dated = tuple(sorted(firsts.values(), key=lambda p: (p.on, p.domain)))
    scored = any(
        each.measure is thresholds.clinical_measure and each.on >= dated[0].on for each in window.since(course.scores)
    )
    symptomatic = Verdict.NOT_MET if scored else Verdict.CANNOT_TELL
    if Domain.CLINICAL in firsts:
        symptomatic = Verdict.MET
    return Relapse(dated, symptomatic, treated=window.until is not None)


DEATH = "death"
"""What ended progression-free survival where nothing progressed before."""


class PfsState(StrEnum):
    """How progression-free survival stands."""

    EVENT = "event"
    CENSORED = "censored"
    CANNOT_TELL = "cannot_tell"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class Pfs:
    """Progression-free survival from the start of the first line: the event or the last day seen, and why."""

    state: PfsState
    words: str
    since: date | None = None
    on: date | None = None


def pfs_of(
    course: Course, placed: Sequence[Window], progressions: Iterable[Progression], thresholds: Thresholds
) -> Pfs:
    """The first event by the clinic's setting (9.23), or death; else censored when last seen."""
    first = min((window.line.number for window in placed), default=None)
    undated = sorted(
        line.number for line in course.lines if line.started is None and (first is None or line.number <= first)
    )
    if undated:
        return Pfs(PfsState.CANNOT_TELL, f"the start of line {undated[0]} is not recorded")
    if not placed:
        return Pfs(PfsState.NOT_STARTED, "no treatment recorded")
    start = placed[0].start.earliest()
    if any(not each.dated for each in course.deaths):
        return Pfs(PfsState.CANNOT_TELL, "the date of death is not recorded", start)
    if any(not each.dated for each in course.relapses):
        return Pfs(PfsState.CANNOT_TELL, "the date of a relapse is not recorded", start)
    events = sorted(_events(course, placed, progressions, thresholds))
    if events:
        on, words = events[0]
        return Pfs(PfsState.EVENT, words, start, on)
    seen = max((each.on for each in course.seen), default=start)
    return Pfs(PfsState.CENSORED, "no event, last seen", start, max(seen, start))


def _events(
    course: Course, placed: Sequence[Window], progressions: Iterable[Progression], thresholds: Thresholds
) -> Iterator[tuple[date, str]]:
    first, every = placed[0].start.earliest(), thresholds.pfs_event is PfsEvent.ANY_DOMAIN
    begun = [window.start.earliest() for window in placed]
    for each in progressions:
        treated = any(start >= each.on for start in begun)
        if each.confirmed and (every or treated or each.domain is Domain.CLINICAL):
            yield each.on, f"{DOMAIN_WORDS[each.domain]} progression"
    for told in course.relapses:
        # Of one known by its month or year alone, the first day of it that lies under treatment.
        on = max(told.on, first) if first <= (told.latest or told.on) else told.on
        if on >= first and (every or told.serious or any(start >= on for start in begun)):
            yield on, "relapse recorded as an event"
    if thresholds.new_line_is_progression:
        yield from ((start, "a new line of therapy") for start in sorted(set(begun))[1:])
    for death in course.deaths:
        yield _died(death, course, first), DEATH


def _died(death: Ending, course: Course, first: date) -> date:
    """Of a death known by its month or year alone: not before the treatment, nor before the person was last seen."""
    alive = [first, *(each.on for each in course.seen)]
    possible = [day for day in alive if day <= (death.latest or death.on)]
    return max([death.on, *possible])


def line_words(line: Line) -> str:
    """For reading: its number and start."""
    started = show_date(line.started) if line.started is not None else "start not recorded"
    return f"Line {line.number}, {started}"
