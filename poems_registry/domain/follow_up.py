"""Which tests and reviews are due and when: the follow-up schedule of clinical.md 8.6, pure, from plain dates."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

from poems_registry.domain.dates import after_months
from poems_registry.domain.errors import InvalidInput

_INTERVAL = re.compile(r"([0-9]{1,3}) (week|month)s?")
NEVER: Final = "none"


class FollowUp(StrEnum):
    """One row of the table; the thrombosis review belongs to every visit and has no date of its own."""

    REVIEW = "review"
    VEGF = "vegf"
    BLOODS = "bloods"
    PARAPROTEIN = "paraprotein"
    IMAGING = "imaging"
    MARROW = "marrow"
    ENDOCRINE = "endocrine"
    HEART = "heart"
    LUNG = "lung"
    FUNDI = "fundi"
    NCS = "ncs"


class Phase(StrEnum):
    """A column of the table: by the treatment that goes on, or by the time since the last one ended."""

    BEFORE = "before"
    ON_TREATMENT = "on_treatment"
    YEAR_1 = "year_1"
    YEARS_2_3 = "years_2_3"
    LATER = "later"


class Condition(StrEnum):
    """What must be so for a cell of the table to ask for its test."""

    AVID = "avid"
    CLONE_GONE = "clone_gone"
    HEART_ABNORMAL = "heart_abnormal"
    LUNG_ABNORMAL = "lung_abnormal"
    PAPILLOEDEMA = "papilloedema"


FOLLOW_UP_WORDS: Final = {
    FollowUp.REVIEW: "Visit",
    FollowUp.VEGF: "VEGF",
    FollowUp.BLOODS: "Bloods",
    FollowUp.PARAPROTEIN: "M-protein",
    FollowUp.IMAGING: "Imaging",
    FollowUp.MARROW: "Marrow",
    FollowUp.ENDOCRINE: "Hormones",
    FollowUp.HEART: "Echo",
    FollowUp.LUNG: "Lung tests",
    FollowUp.FUNDI: "Fundi",
    FollowUp.NCS: "NCS",
}
FOLLOW_UP_DETAILS: Final = {
    FollowUp.REVIEW: "visit with ONLS, grip, walk, weight and the five features",
    FollowUp.VEGF: "VEGF, same specimen and laboratory",
    FollowUp.BLOODS: "blood count, kidney and liver tests",
    FollowUp.PARAPROTEIN: "electrophoresis, immunofixation and light chains",
    FollowUp.IMAGING: "PET-CT or whole-body imaging",
    FollowUp.MARROW: "bone marrow",
    FollowUp.ENDOCRINE: "endocrine screen",
    FollowUp.HEART: "echocardiography with PASP",
    FollowUp.LUNG: "lung function with TLCO",
    FollowUp.FUNDI: "fundi or OCT",
    FollowUp.NCS: "nerve conduction studies",
}
PHASE_WORDS: Final = {
    Phase.BEFORE: "before treatment",
    Phase.ON_TREATMENT: "on treatment",
    Phase.YEAR_1: "year 1 after",
    Phase.YEARS_2_3: "years 2 and 3",
    Phase.LATER: "later, in remission",
}


@dataclass(frozen=True, slots=True)
class Every:
    """An interval in whole weeks or calendar months."""

    count: int
    unit: Literal["week", "month"]

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("an interval is one week or month at least")

    @classmethod
    def read(cls, text: str) -> "Every | None":
        """'12 weeks', '3 months', or 'none' for a test that no date asks for. ValueError for anything else."""
        tidy = " ".join(text.lower().split())
        if tidy == NEVER:
            return None
        match = _INTERVAL.fullmatch(tidy)
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), "week" if match[2] == "week" else "month")

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def after(self, day: date) -> date:
        """The day one interval later."""
        if self.unit == "week":
            return day + timedelta(weeks=self.count)
        return after_months(day, self.count)


def _every(*texts: str) -> tuple[Every | None, ...]:
    return tuple(Every.read(text) for text in texts)


PHASES: Final = (Phase.ON_TREATMENT, Phase.YEAR_1, Phase.YEARS_2_3, Phase.LATER)
_TABLE: Final[Mapping[FollowUp, tuple[Every | None, ...]]] = {
    # Where the table gives a range, its longer end: what is then called late is late by every reading of it.
    FollowUp.REVIEW: _every("8 weeks", "3 months", "6 months", "12 months"),
    FollowUp.VEGF: _every("12 weeks", "3 months", "6 months", "6 months"),
    FollowUp.BLOODS: _every("4 weeks", "3 months", "6 months", "12 months"),
    FollowUp.PARAPROTEIN: _every("3 months", "3 months", "6 months", "12 months"),
    FollowUp.IMAGING: _every("6 months", "12 months", "12 months", NEVER),
    FollowUp.MARROW: _every(NEVER, "12 months", NEVER, NEVER),
    FollowUp.ENDOCRINE: _every(NEVER, "6 months", "12 months", "12 months"),
    FollowUp.HEART: _every(NEVER, "12 months", "12 months", NEVER),
    FollowUp.LUNG: _every(NEVER, "12 months", "12 months", NEVER),
    FollowUp.FUNDI: _every(NEVER, "6 months", NEVER, NEVER),
    FollowUp.NCS: _every(NEVER, "12 months", "24 months", NEVER),
}
DEFAULTS: Final[Mapping[tuple[FollowUp, Phase], Every | None]] = {
    (test, phase): every for test, row in _TABLE.items() for phase, every in zip(PHASES, row, strict=True)
}
BASELINE: Final = frozenset({FollowUp.ENDOCRINE, FollowUp.HEART, FollowUp.LUNG, FollowUp.FUNDI, FollowUp.NCS})
"""Done once before or at the beginning of treatment."""
CONDITIONS: Final[Mapping[tuple[FollowUp, Phase], Condition]] = {
    (FollowUp.IMAGING, Phase.YEAR_1): Condition.AVID,
    (FollowUp.MARROW, Phase.YEAR_1): Condition.CLONE_GONE,
    (FollowUp.HEART, Phase.YEAR_1): Condition.HEART_ABNORMAL,
    (FollowUp.HEART, Phase.YEARS_2_3): Condition.HEART_ABNORMAL,
    (FollowUp.LUNG, Phase.YEAR_1): Condition.LUNG_ABNORMAL,
    (FollowUp.LUNG, Phase.YEARS_2_3): Condition.LUNG_ABNORMAL,
    (FollowUp.FUNDI, Phase.YEAR_1): Condition.PAPILLOEDEMA,
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """The clinic's intervals; None where no date asks for the test. InvalidInput for a tolerance that is none.

    `baseline_weeks` is the time within which baseline tests are to be done; `tolerance_percent` is of the interval.
    """

    intervals: Mapping[tuple[FollowUp, Phase], Every | None] = field(default_factory=lambda: dict(DEFAULTS))
    baseline_weeks: int = 4
    tolerance_percent: float = 25.0

    def __post_init__(self) -> None:
        problems = {}
        if not 0 <= self.tolerance_percent <= 100:
            problems["due_tolerance_percent"] = "A part of the interval between 0 and 100 percent."
        if not 0 <= self.baseline_weeks <= 52:
            problems["due_baseline_weeks"] = "A number of weeks between 0 and 52."
        if problems:
            raise InvalidInput(problems)

    def tolerance(self, since: date, due: date) -> timedelta:
        """Whole days after a due date during which it is not called overdue; part days count for the patient."""
        return timedelta(days=int((due - since).days * self.tolerance_percent / 100))


@dataclass(frozen=True, slots=True)
class Course:
    """What the schedule asks of a record.

    `followed` is False for people the clinic does not follow for this disease: then only a planned visit is due.
    `spells` are the lines of therapy as (first day, last day or None while it goes on). `done` has the day each test
    was last done, `planned` the day of the next visit as the clinic planned it at the last one.
    """

    followed: bool = True
    first_seen: date | None = None
    spells: tuple[tuple[date, date | None], ...] = ()
    done: Mapping[FollowUp, date] = field(default_factory=dict)
    holds: frozenset[Condition] = frozenset()
    planned: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A test that is due; overdue from the day after its tolerance. `last` is when it was done, None for never."""

    test: FollowUp
    due: date
    overdue_from: date
    last: date | None = None

    def overdue_by(self, today: date) -> int:
        """Days since the due date once the tolerance is over; else 0."""
        return (today - self.due).days if today >= self.overdue_from else 0


def phase_on(course: Course, day: date) -> tuple[Phase, date | None]:
    """The column for a day, and the day it began; no day before the first treatment."""
    begun = [(start, stop) for start, stop in course.spells if start <= day]
    going = [start for start, stop in begun if stop is None or stop >= day]
    if going:
        return Phase.ON_TREATMENT, min(going)
    ended = [stop for _, stop in begun if stop is not None]
    if not ended:
        return Phase.BEFORE, None
    end = max(ended)
    if day < after_months(end, 12):
        return Phase.YEAR_1, end
    if day < after_months(end, 36):
        return Phase.YEARS_2_3, after_months(end, 12)
    return Phase.LATER, after_months(end, 36)


def phase_changes_after(course: Course, day: date) -> date | None:
    """The next day on which the column may be another one; None if time alone changes nothing."""
    turns = [start for start, _ in course.spells]
    for _, stop in course.spells:
        if stop is not None:
            turns += [stop + timedelta(days=1), after_months(stop, 12), after_months(stop, 36)]
    return min((turn for turn in turns if turn > day), default=None)


def due_tests(course: Course, schedule: Schedule, today: date) -> tuple[Due, ...]:
    """Every test that is or will be due, the earliest first."""
    return tuple(sorted(_due(course, schedule, today), key=lambda each: (each.due, list(FollowUp).index(each.test))))


def foremost(dues: tuple[Due, ...], today: date) -> Due | None:
    """The one to be told first: of those overdue the oldest, else the next."""
    return next((each for each in dues if each.overdue_by(today)), dues[0] if dues else None)


def _due(course: Course, schedule: Schedule, today: date) -> Iterator[Due]:
    phase, began = phase_on(course, today)
    for test in FollowUp:
        last = course.done.get(test)
        planned = course.planned if test is FollowUp.REVIEW else None
        if planned is not None and (last is None or planned > last):
            yield _made(schedule, test, last or planned, planned, last)
        elif course.followed:
            yield from _by_table(course, schedule, test, phase, began)


def _by_table(course: Course, schedule: Schedule, test: FollowUp, phase: Phase, began: date | None) -> Iterator[Due]:
    last = course.done.get(test)
    if last is None and test in BASELINE and phase in (Phase.BEFORE, Phase.ON_TREATMENT):
        if course.first_seen is not None:
            due = course.first_seen + timedelta(weeks=schedule.baseline_weeks)
            yield _made(schedule, test, course.first_seen, due, None)
        return
    every = schedule.intervals.get((test, phase))
    condition = CONDITIONS.get((test, phase))
    since = last or began
    if every is not None and since is not None and (condition is None or condition in course.holds):
        yield _made(schedule, test, since, every.after(since), last)


def _made(schedule: Schedule, test: FollowUp, since: date, due: date, last: date | None) -> Due:
    return Due(test, due, due + schedule.tolerance(since, due) + timedelta(days=1), last)
