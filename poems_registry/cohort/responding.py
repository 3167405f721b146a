"""How one person responded to the first treatment, and when they progressed, by the rules of `domain.response`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from poems_registry.catalogue.response_evidence import course_of
from poems_registry.domain.records import PatientFile
from poems_registry.domain.response import Domain, Grade, PfsState, Response, judge_response
from poems_registry.domain.response_rules.progression import DEATH
from poems_registry.domain.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Reached:
    """The best grade of a domain; `at_least`: an assessment that cannot be told may have been better."""

    grade: Grade
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Responded:
    """The best of each domain under the first line of therapy, empty without one.

    `progressed_on` is the first progression or relapse that ends progression-free survival by the clinic's setting; a
    death is none. `untold`: whether there was one, or when, cannot be told.
    """

    best: Mapping[Domain, Reached]
    progressed_on: date | None = None
    untold: bool = False


NOT_TREATED = Responded(MappingProxyType({}))


def responded(file: PatientFile, thresholds: Thresholds, data_date: date) -> Responded:
    """What the rules say on all that is dated up to a day; `file` holds nothing that was recorded for a later one."""
    if not any(line.number > 0 for line in file.lines):
        return NOT_TREATED
    response = judge_response(course_of(file), thresholds, None if data_date == date.max else data_date)
    pfs = response.pfs
    ended = pfs.state is PfsState.EVENT and pfs.words != DEATH
    return Responded(_best(response), pfs.on if ended else None, pfs.state is PfsState.CANNOT_TELL)


def _best(response: Response) -> Mapping[Domain, Reached]:
    """Of the first line of therapy, by its number."""
    given = [each for each in response.lines if each.line is not None]
    first = min(given, key=lambda each: each.line.number if each.line is not None else 0, default=None)
    if first is None:
        return MappingProxyType({})
    return MappingProxyType({best.domain: Reached(best.grade, best.at_least) for best in first.best})
