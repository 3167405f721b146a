"""How a response is told: a grade for each domain, the values it rests on, what is missing, and what progressed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from poems_registry.domain.kleene import Verdict


class Domain(StrEnum):
    """What is judged apart; there is no overall grade (clinical.md 3.1)."""

    HAEMATOLOGICAL = "haematological"
    VEGF = "vegf"
    RADIOLOGICAL = "radiological"
    CLINICAL = "clinical"


class Grade(StrEnum):
    """The answer of a domain. Missing data is *cannot tell*, and never any of the others."""

    CR = "CR"
    CR_UNCONFIRMED = "CR-unconfirmed"
    VGPR = "VGPR"
    PR = "PR"
    IMPROVED = "improved"
    STABLE = "stable"
    NR = "NR"
    WORSE = "worse"
    PD = "PD"
    PD_TO_CONFIRM = "PD(confirm)"
    RELAPSE_TO_CONFIRM = "RELAPSE(confirm)"
    NE_PARTIAL = "NE-partial"
    NE = "NE"
    TOO_EARLY = "too_early"
    CANNOT_TELL = "cannot_tell"
    NOT_TREATED = "not_treated"

    @property
    def settled(self) -> bool:
        """Whether it says how the domain responded, or that it never can."""
        return self not in (Grade.TOO_EARLY, Grade.CANNOT_TELL, Grade.NOT_TREATED)

    @property
    def graded(self) -> bool:
        """Whether it says how the domain responded."""
        return self.settled and self not in (Grade.NE, Grade.NE_PARTIAL)


DOMAIN_WORDS: Final[Mapping[Domain, str]] = MappingProxyType(
    {
        Domain.HAEMATOLOGICAL: "Haematological",
        Domain.VEGF: "VEGF",
        Domain.RADIOLOGICAL: "Radiological",
        Domain.CLINICAL: "Clinical",
    }
)
GRADE_WORDS: Final[Mapping[Grade, str]] = MappingProxyType(
    {
        Grade.CR: "Complete response",
        Grade.CR_UNCONFIRMED: "Complete response, unconfirmed",
        Grade.VGPR: "Very good partial response",
        Grade.PR: "Partial response",
        Grade.IMPROVED: "Improved",
        Grade.STABLE: "Stable",
        Grade.NR: "No response",
        Grade.WORSE: "Worse",
        Grade.PD: "Progression",
        Grade.PD_TO_CONFIRM: "Possible progression, to confirm",
        Grade.RELAPSE_TO_CONFIRM: "Possible relapse, to confirm",
        Grade.NE_PARTIAL: "Evaluable for complete response and relapse only",
        Grade.NE: "Not evaluable",
        Grade.TOO_EARLY: "Too early to call no response",
        Grade.CANNOT_TELL: "Cannot tell yet",
        Grade.NOT_TREATED: "No treatment recorded",
    }
)
_BEST_FIRST: Final = {grade: place for place, grade in enumerate(Grade)}


@dataclass(frozen=True, slots=True)
class Point:
    """A value that an answer rests on: as read, its day, and the encounter it was recorded at (0: none).

    `brief` is the value alone, for a column under a heading that names it.
    """

    on: date
    words: str
    encounter: int = 0
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What could be said on one day. `possible`: the grades that are left where it cannot be told which."""

    on: date
    grade: Grade
    words: str
    point: Point
    needs: tuple[str, ...] = ()
    possible: tuple[Grade, ...] = ()
    nadir: Point | None = None


@dataclass(frozen=True, slots=True)
class Progression:
    """A domain that got worse: since which day, and whether a second test bore it out."""

    domain: Domain
    on: date
    confirmed: bool
    words: str
    encounter: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """The best a line of therapy reached in a domain. `at_least`: an open answer may have been better."""

    domain: Domain
    grade: Grade
    on: date | None = None
    at_least: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DomainResponse:
    """One domain's answer with everything needed to say why; `course` holds every day's, oldest first."""

    domain: Domain
    grade: Grade
    words: str
    baseline: Point | None = None
    nadir: Point | None = None
    latest: Point | None = None
    needs: tuple[str, ...] = ()
    possible: tuple[Grade, ...] = ()
    notes: tuple[str, ...] = ()
    progressions: tuple[Progression, ...] = ()
    course: tuple[Assessment, ...] = ()

    @property
    def best(self) -> Best:
        """The best grade that was reached, and since when; of an open answer what it would need."""
        reached = [(_surely(each), each) for each in self.course if each.grade.settled or each.possible]
        if not reached:
            return Best(self.domain, self.grade, None, needs=self.needs)
        rank, best = min(reached, key=lambda each: (each[0], each[1].on))
        open_ones = [each for each in self.course if any(_BEST_FIRST[p] < rank for p in each.possible)]
        needs = open_ones[-1].needs if open_ones else ()
        return Best(self.domain, tuple(Grade)[rank], best.on, bool(open_ones), needs)


def _surely(each: Assessment) -> int:
    """The place of the grade that was reached for certain: of an open answer the worst that is possible."""
    return max(_BEST_FIRST[grade] for grade in each.possible or (each.grade,))


def settle(chain: Iterable[tuple[Grade, Verdict]], otherwise: Grade) -> tuple[Grade, tuple[Grade, ...]]:
    """The first grade whose condition is met; where an open one stands before it, all that are possible."""
    possible: list[Grade] = []
    for grade, verdict in chain:
        if verdict is Verdict.NOT_MET:
            continue
        possible.append(grade)
        if verdict is Verdict.MET:
            break
    else:
        possible.append(otherwise)
    left = tuple(dict.fromkeys(possible))
    return (left[0], ()) if len(left) == 1 else (Grade.CANNOT_TELL, left)


@dataclass(frozen=True, slots=True)
class Sign:
    """What one test says of progression. `counts` False: something else may have caused it."""

    on: date
    verdict: Verdict
    words: str
    encounter: int = 0
    counts: bool = True


def watch(
    domain: Domain, signs: Sequence[Sign], weeks: int | None
) -> tuple[tuple[Progression | None, ...], tuple[Progression, ...]]:
    """Follow tests in order of time: what stands after each of them, and every progression that was not refuted.

    `weeks` apart a second test bears out the first; None: the first is enough. A test that says no refutes what was
    not borne out yet; one that cannot tell, or does not count, does neither.
    """
    standing: list[Progression | None] = []
    kept: list[Progression] = []
    run: Progression | None = None
    doubted = False
    for sign in signs:
        if sign.verdict is Verdict.NOT_MET:
            kept += [run] if run is not None and run.confirmed else []
            run, doubted = None, False
        elif sign.verdict is Verdict.MET and sign.counts:
            sure = weeks is None or (run is not None and sign.on - run.on >= timedelta(weeks=weeks))
            first = run or Progression(domain, sign.on, sure, sign.words, sign.encounter)
            run = (
                first
                if first.confirmed or not sure
                else Progression(domain, first.on, True, first.words, first.encounter)
            )
            doubted = False
        elif sign.verdict is Verdict.MET:
            doubted = True
        shown = run or (Progression(domain, sign.on, False, sign.words, sign.encounter) if doubted else None)
        standing.append(shown if sign.verdict is Verdict.MET else None)
    return tuple(standing), (*kept, *([run] if run is not None else []))


def each_once(words: Iterable[str]) -> tuple[str, ...]:
    """The same words once, in order."""
    return tuple(dict.fromkeys(words))
