"""The whole cohort summary as one value: what the screen shows, the report prints and every file holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from poems_registry.charts.swimmer import Lane
from poems_registry.cohort.best_responses import best_responses
from poems_registry.cohort.choosing import Conditions, LeftOut, choose
from poems_registry.cohort.figures import Share
from poems_registry.cohort.outcomes import (
    OVERALL,
    PROGRESSION_FREE,
    Comparison,
    Curve,
    by_age,
    courses,
    curve,
    lanes,
    overall,
    progression_free,
)
from poems_registry.cohort.people import Member
from poems_registry.cohort.prevalence import FeatureRow, features
from poems_registry.cohort.survival import Followed, median_follow_up
from poems_registry.cohort.table_one import Group, TableRow, members_of, table_one
from poems_registry.domain.criteria import RULE_SET_VERSION
from poems_registry.domain.response import RULE_SET_VERSION as RESPONSE_RULES


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures rest on: the day, the rules, the clinic's settings in force, and whether people are made up.

    `settings` are (name, label, value in words).
    """

    data_date: date
    rule_set: str = RULE_SET_VERSION
    response_rules: str = RESPONSE_RULES
    settings: tuple[tuple[str, str, str], ...] = ()
    training: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How long people were followed, in years: the median by reverse Kaplan-Meier, and person-years in all.

    None: withheld, or for the median that it cannot be told.
    """

    median: float | None
    person_years: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """One cohort on one day. With `release`, the threshold of small numbers, every figure is as it may leave the team.

    A count of None is withheld. `everyone` are all patients of the registry, `size` those in the cohort, `complete`
    counts the figures assessed of all those this summary asks of its patients (rows of Table 1 and criteria). `lanes`
    are those who relapsed or died, `courses` everyone with dates.
    """

    basis: Basis
    chosen: str
    everyone: int | None
    size: int | None
    left_out: tuple[LeftOut, ...]
    groups: tuple[tuple[Group, int | None], ...]
    complete: Share
    table_one: tuple[TableRow, ...]
    responses: tuple[TableRow, ...]
    features: tuple[FeatureRow, ...]
    curves: tuple[Curve, ...]
    comparison: Comparison
    follow_up: FollowUp
    died: int | None
    relapsed: int | None
    died_or_relapsed: int | None
    lanes: tuple[Lane, ...]
    courses: tuple[Lane, ...] = ()
    release: int | None = None

    def group(self, group: Group) -> int | None:
        """How many stand in a column of Table 1."""
        return dict(self.groups)[group]


def summarise(members: Iterable[Member], conditions: Conditions, basis: Basis) -> Summary:
    """Count everything once, truly; `releasing.released` makes of it what may leave the team."""
    every = tuple(members)
    cohort, left_out = choose(every, conditions)
    rows, found = table_one(cohort), features(cohort)
    return Summary(
        basis=basis,
        chosen=conditions.words,
        everyone=len(every),
        size=len(cohort),
        left_out=left_out,
        groups=tuple((group, len(members_of(cohort, group))) for group in Group),
        complete=_complete(rows, found),
        table_one=rows,
        responses=best_responses(cohort),
        features=found,
        curves=(curve(OVERALL, cohort, overall), curve(PROGRESSION_FREE, cohort, progression_free)),
        comparison=by_age(cohort),
        follow_up=_follow_up([each for each in map(overall, cohort) if each is not None]),
        died=sum(member.died for member in cohort),
        relapsed=sum(member.relapsed for member in cohort),
        died_or_relapsed=sum(member.died or member.relapsed for member in cohort),
        lanes=lanes(cohort),
        courses=courses(cohort),
    )


def _complete(rows: Sequence[TableRow], found: Sequence[FeatureRow]) -> Share:
    cells = [row.cell(Group.ALL) for row in rows] + [row.ever for row in found]
    assessed = sum(cell.assessed or 0 for cell in cells)
    return Share(assessed, assessed + sum(cell.unassessed or 0 for cell in cells), 0)


def _follow_up(placed: Sequence[Followed]) -> FollowUp:
    return FollowUp(median_follow_up(placed), sum(each.years for each in placed))
