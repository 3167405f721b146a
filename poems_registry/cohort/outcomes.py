"""What became of the patients: curves from the diagnosis, deaths and relapses, and one line for each who had either."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from poems_registry.charts.swimmer import Ending, Lane
from poems_registry.cohort.people import Member, Treated
from poems_registry.cohort.survival import DAYS_A_YEAR, Followed, LogRank, Step, kaplan_meier, log_rank

OVERALL, PROGRESSION_FREE = "Overall survival", "Progression-free survival"
MARKS = (5, 10)
OLDER_THAN = 50
"""Age over 50 at diagnosis foretells survival (Wang, Leukemia 2017;31:100); it is known at diagnosis, so that nobody
has to survive into the group, as for treatments (immortal time)."""
CURVE_RULES = {
    OVERALL: "From the date of diagnosis to death of any cause; others are censored when last seen.",
    PROGRESSION_FREE: "From the date of diagnosis to the first relapse, progression or death; others are censored when"
    " last seen. A relapse or progression is one recorded as an event, or a confirmed one that the results tell of by"
    " the response rules and the clinic's setting of what ends progression-free survival.",
}


@dataclass(frozen=True, slots=True)
class Curve:
    """One estimate. `unplaced` have no usable dates and are on no curve. None: withheld from a release.

    `at_risk` holds (whole year, number); `marks` what stands at 5 and 10 years; `censored` times in years.
    """

    name: str
    people: int | None
    events: int | None
    unplaced: int | None
    steps: tuple[Step, ...]
    censored: tuple[float, ...]
    at_risk: tuple[tuple[int, int | None], ...]
    marks: tuple[tuple[int, Step | None], ...]

    def at(self, years: float) -> Step | None:
        """The step that stands at a time; None before the first, on a curve that is not told at all."""
        return max((step for step in self.steps if step.time <= years), key=lambda step: step.time, default=None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups of people known at diagnosis, compared by the log-rank test; `test` None: it can tell nothing."""

    words: str
    sizes: tuple[int | None, int | None]
    test: LogRank | None


def overall(member: Member) -> Followed | None:
    """From diagnosis to death or the last day seen; None without usable dates."""
    if member.died and member.died_on is None:
        return None
    return _followed(member, member.died_on, member.died)


def progression_free(member: Member) -> Followed | None:
    """From diagnosis to relapse, progression or death, whichever is first, or the last day seen.

    From the first treatment on, what counts as the event is the response rules' answer; before it, or without any, only
    what was told as an event can be one.
    """
    if member.undated_relapse or member.response.untold or (member.died and member.died_on is None):
        return None  # which came first, or whether there was any, cannot be told
    begun = min((each.start for each in member.treatments if each.first), default=None)
    untreated = [day for day in member.relapses if begun is None or day < begun]
    events = [day for day in (*untreated, member.response.progressed_on, member.died_on) if day is not None]
    return _followed(member, min(events, default=None), bool(events))


def _followed(member: Member, ended: date | None, event: bool) -> Followed | None:
    start, last = member.diagnosed, ended or member.last_seen
    if start is None or last is None or (event and last < start):
        return None
    return Followed(max(0, (last - start).days), event)


def curve(name: str, members: Sequence[Member], follow: Callable[[Member], Followed | None]) -> Curve:
    """The estimate with its numbers at risk for every whole year anybody was followed."""
    placed = [each for each in map(follow, members) if each is not None]
    estimate = kaplan_meier(placed)
    last = int(estimate.followed[-1].years) if placed else 0
    return Curve(
        name=name,
        people=len(placed),
        events=estimate.events,
        unplaced=len(members) - len(placed),
        steps=estimate.steps,
        censored=tuple(each.years for each in estimate.followed if not each.event),
        at_risk=tuple((year, estimate.at_risk(year)) for year in range(last + 1)) if placed else (),
        marks=tuple((year, estimate.at(year)) for year in MARKS),
    )


def by_age(members: Sequence[Member]) -> Comparison:
    """Overall survival of people aged up to 50 at diagnosis against older ones."""
    young: list[Followed] = []
    old: list[Followed] = []
    for member in members:
        followed = overall(member)
        if followed is not None and member.age is not None:
            (old if member.age > OLDER_THAN else young).append(followed)
    words = f"Overall survival, aged up to {OLDER_THAN} against over {OLDER_THAN} at diagnosis"
    return Comparison(words, (len(young), len(old)), log_rank(young, old))


def lanes(members: Sequence[Member]) -> tuple[Lane, ...]:
    """One line for each patient who relapsed or died and has dates to place it by, longest first."""
    found = [_lane(member) for member in members if member.died or member.relapsed]
    return tuple(sorted((lane for lane in found if lane is not None), key=lambda lane: -lane.end))


def courses(members: Sequence[Member]) -> tuple[Lane, ...]:
    """One line for every patient who has dates to place it by, longest first."""
    return tuple(sorted(filter(None, map(_lane, members)), key=lambda lane: -lane.end))


def _lane(member: Member) -> Lane | None:
    followed, start = overall(member), member.diagnosed
    if followed is None or start is None:
        return None
    ending: Ending = "died" if member.died else "lost" if member.left else "followed"
    return Lane(
        end=followed.years,
        ending=ending,
        treatments=tuple(_bar(each, start, followed.years) for each in member.treatments),
        transplants=tuple(_years(start, day) for day in member.transplants),
        relapses=tuple(_years(start, day) for day in member.relapses),
    )


def _bar(treated: Treated, start: date, end: float) -> tuple[float, float, bool]:
    begun = min(_years(start, treated.start), end)
    stopped = _years(start, treated.stop) if treated.stop is not None else end
    return begun, max(begun, min(stopped, end)), treated.first


def _years(start: date, day: date) -> float:
    return max(0.0, (day - start).days / DAYS_A_YEAR)
