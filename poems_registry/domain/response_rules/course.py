"""What is known of one person that bears on response, dated and with the encounter it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.evidence_kinds import FixationResult, FixationSpecimen, Specimen
from poems_registry.domain.intervals import Interval
from poems_registry.domain.response_thresholds import ClinicalMeasure


class Organ(StrEnum):
    """What is followed beside the leading score; none of it changes the clinical grade (clinical.md 3.1)."""

    OEDEMA = "oedema"
    EFFUSION = "effusion"
    PAPILLOEDEMA = "papilloedema"
    PASP = "pasp"
    TLCO = "tlco"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of therapy, number 1 or more; treatment before the diagnosis is none.

    `started` None: given, and nobody recorded when. `ended`: the last day it can have been given, where that is
    recorded. `transplant_planned`: a stem-cell transplant belongs to it; `transplanted`: the first day it can have been
    infused, `date.min` where it was and nobody recorded when, None where no infusion is recorded.
    """

    number: int
    started: PartialDate | None
    line_id: int = 0
    transplant_planned: bool = False
    transplanted: date | None = None
    ended: date | None = None

    @property
    def on(self) -> date:
        """The first day it can have been given."""
        return self.started.earliest() if self.started is not None else date.min

    @property
    def order(self) -> tuple[date, int, int]:
        """Oldest first; one without a start stands where its number puts it, after all that have one."""
        return (self.started.earliest() if self.started is not None else date.max, self.number, self.line_id)

    def known_on(self, day: date) -> "Line":
        """What could be told of it on that day: a transplant infused later had not been given."""
        later = self.transplanted is not None and self.transplanted > day
        return replace(self, transplanted=None) if later else self


@dataclass(frozen=True, slots=True)
class VegfValue:
    """One VEGF result in pg/mL, with the limit printed with it. `confounders`: what else may have raised it."""

    on: date
    value: Interval
    specimen: Specimen
    upper_limit: float | None = None
    assay: str = ""
    confounders: tuple[str, ...] = ()
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class Fixation:
    """One immunofixation."""

    on: date
    specimen: FixationSpecimen
    result: FixationResult
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class MarrowClone:
    """Whether a marrow's plasma cells were clonal."""

    on: date
    clonal: bool
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class LesionClone:
    """Whether a biopsy of bone or tumour was clonal."""

    on: date
    clonal: bool
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class MProtein:
    """Serum M-protein, g/L; 0 where electrophoresis showed no band."""

    on: date
    value: Interval
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class PetScan:
    """One FDG-PET-CT: number of avid lesions, sum of SUVmax, and whether the report names a new avid lesion."""

    on: date
    avid: Interval | None = None
    suv_sum: Interval | None = None
    new_lesion: bool | None = None
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """A score of disability of one day, arm and leg apart; of I-RODS the centile alone."""

    on: date
    measure: ClinicalMeasure
    parts: tuple[float, ...]
    encounter: int = 0

    @property
    def total(self) -> float:
        """The sum of its parts."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class OrganValue:
    """CTCAE grade, PASP in mmHg, TLCO in % predicted; papilloedema 1 for present in either eye, 0 for none."""

    on: date
    organ: Organ
    value: Interval
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class RelapseTold:
    """A relapse or progression that somebody recorded as an event; the first day it can have been.

    `latest`: the last day it can have been, where only a month or year is known. `serious`: said to have given symptoms
    or to have been treated.
    """

    on: date
    dated: bool = True
    serious: bool = False
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A death, the first day it can have been; `latest` the last one. `dated` False: nobody recorded when."""

    on: date
    dated: bool = True
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A day on which the person was in contact with the clinic."""

    on: date


@dataclass(frozen=True, slots=True)
class Course:
    """All that is known; the order within a tuple means nothing."""

    lines: tuple[Line, ...] = ()
    vegf: tuple[VegfValue, ...] = ()
    fixations: tuple[Fixation, ...] = ()
    marrows: tuple[MarrowClone, ...] = ()
    lesions: tuple[LesionClone, ...] = ()
    m_proteins: tuple[MProtein, ...] = ()
    scans: tuple[PetScan, ...] = ()
    scores: tuple[Score, ...] = ()
    organs: tuple[OrganValue, ...] = ()
    relapses: tuple[RelapseTold, ...] = ()
    deaths: tuple[Ending, ...] = ()
    seen: tuple[Seen, ...] = ()

    def up_to(self, on: date) -> "Course":
        """What was known up to and including that day."""
        kept: dict[str, Any] = {name: tuple(each for each in getattr(self, name) if each.on <= on) for name in _TUPLES}
        return replace(self, **(kept | {"lines": tuple(line.known_on(on) for line in kept["lines"])}))

    def plus(self, other: "Course") -> "Course":
        """Both together, such as those of two visits of one person."""
        return joined((self, other))


_TUPLES = tuple(field.name for field in fields(Course))


def joined(courses: Sequence[Course]) -> Course:
    """All together, such as those of every visit of one person."""
    every: dict[str, Any] = {
        name: tuple(each for course in courses for each in getattr(course, name)) for name in _TUPLES
    }
    return Course(**every)


@dataclass(frozen=True, slots=True)
class Window:
    """The days that belong to one line of therapy.

    A value of the first day was taken before the first dose and is a baseline. A baseline is not older than the start
    of the line before (`after`), or it would tell of another course. What comes after the start of the next line
    (`until`) is the next line's. Where only the month or year of the start is known, days inside it belong to neither.
    """

    line: Line
    start: PartialDate
    after: date | None = None
    until: date | None = None

    @property
    def start_words(self) -> str:
        """The start as shown on screen."""
        return show_date(self.start)

    def before(self, values: Iterable["D"]) -> list["D"]:
        """The values that can be a baseline."""
        last, first = self.start.earliest(), self.after or date.min
        return [each for each in values if first < each.on <= last]

    def ever_before(self, values: Iterable["D"]) -> list["D"]:
        """The same, however old: for what says what it says until it is done again."""
        last = self.start.earliest()
        return [each for each in values if each.on <= last]

    def since(self, values: Iterable["D"]) -> list["D"]:
        """The values that tell of the response."""
        first, last = self.start.latest(), self.until or date.max
        return [each for each in values if first < each.on <= last]


D = TypeVar("D", VegfValue, Fixation, MarrowClone, LesionClone, MProtein, PetScan, Score, OrganValue)
"""Anything dated."""


def one_a_day(values: Iterable[D]) -> list[D]:
    """Of values in order, the last of each day: what was entered twice tells of no change between the two."""
    return list({each.on: each for each in values}.values())


def windows(lines: Iterable[Line]) -> tuple[Window, ...]:
    """One for each line whose start is known, oldest first; lines begun on the same day share theirs."""
    dated = sorted((line for line in lines if line.started is not None), key=lambda line: line.order)
    starts = [line.on for line in dated]
    found = []
    for line in dated:
        if line.started is None:
            continue
        earlier = [s.started.latest() for s in dated if s.started is not None and s.on < line.on]
        later = [day for day in starts if day > line.on]
        found.append(Window(line, line.started, max(earlier, default=None), min(later, default=None)))
    return tuple(found)


def current_line(lines: Iterable[Line]) -> Line | None:
    """The line that a response is about today: the last begun, or a later one of which nobody recorded the start."""
    every = sorted(lines, key=lambda line: line.order)
    dated = [line for line in every if line.started is not None]
    newest = dated[-1] if dated else None
    undated = [line for line in every if line.started is None and (newest is None or line.number > newest.number)]
    return max(undated, key=lambda line: line.number, default=newest)
