"""What was measured at diagnosis, by one stated rule: the nearest value around it and before treatment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.intervals import Interval
from poems_registry.domain.records import Encounter
from poems_registry.domain.treatments import TreatmentLine

BEFORE, AFTER = timedelta(days=90), timedelta(days=30)
RULE = (
    "At diagnosis: the recorded value nearest to the date of diagnosis, from 90 days before to 30 days after it, and"
    " not later than the first day of the first line of treatment. Needs the month of diagnosis."
)
NUMBERS = ("vegf_serum", "platelets", "tlco")
ONLS = ("onls_arm", "onls_leg")
IN_CHAIR_OR_BED = frozenset({"wheelchair_outdoors", "wheelchair_always", "bed"})
CHAIR_LEG_GRADE = 5
"""ONLS leg grade from which a wheelchair is needed for 10 m (Graham and Hughes 2006)."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days of diagnosis: from `first` to `last`; `until` is the last day before treatment could have changed it."""

    around: date
    first: date
    last: date
    until: date


@dataclass(frozen=True, slots=True)
class Baseline:
    """Values at diagnosis by item (`onls_total` is the sum of arm and leg of one visit); absent: not measured then."""

    values: Mapping[str, Interval]
    wheelchair: bool | None
    light_chain: str


def window_of(diagnosed: PartialDate | None, lines: Sequence[TreatmentLine]) -> Window | None:
    """The window by the rule; None without a month of diagnosis. Line 0, before the diagnosis, closes nothing."""
    if diagnosed is None or diagnosed.month is None:
        return None
    first, last = diagnosed.earliest(), diagnosed.latest()
    starts = [line.start.earliest() for line in lines if line.number > 0 and line.start is not None]
    end = last + AFTER
    return Window(first + (last - first) // 2, first - BEFORE, end, min([end, *starts]))


def baseline_of(encounters: Sequence[Encounter], window: Window | None) -> Baseline:
    """The values of the encounters inside the window. The light chain type does not change: its first record."""
    light_chain = next((code for each in encounters if (code := _code(each, "light_chain"))), "")
    if window is None:
        return Baseline(MappingProxyType({}), None, light_chain)
    inside = sorted(
        (each for each in encounters if window.first <= each.on <= window.until),
        key=lambda each: (abs((each.on - window.around).days), each.on, each.id),
    )
    values: dict[str, Interval] = {}
    for item in NUMBERS:
        found = next((value for each in inside if (value := _interval(each, item)) is not None), None)
        if found is not None:
            values[item] = found
    total = next(_totals(inside), None)
    if total is not None:
        values["onls_total"] = total
    wheelchair = next((answer for each in inside if (answer := _wheelchair(each)) is not None), None)
    return Baseline(MappingProxyType(values), wheelchair, light_chain)


def _recorded(encounter: Encounter, item: str) -> Finding | None:
    finding = encounter.finding(item)
    return finding if finding is not None and finding.state is State.RECORDED else None


def _code(encounter: Encounter, item: str) -> str:
    finding = _recorded(encounter, item)
    return finding.value if finding is not None and isinstance(finding.value, str) else ""


def _interval(encounter: Encounter, item: str) -> Interval | None:
    finding = _recorded(encounter, item)
    if finding is None or not isinstance(finding.value, float):
        return None
    return Interval.of(finding.sign, finding.value)


def _totals(encounters: Sequence[Encounter]) -> Iterator[Interval]:
    for each in encounters:
        arm, leg = _interval(each, ONLS[0]), _interval(each, ONLS[1])
        if arm is not None and leg is not None:
            yield Interval(arm.low + leg.low, arm.high + leg.high)


def _wheelchair(encounter: Encounter) -> bool | None:
    """By the walking aid; where none was recorded, by the leg grade of the ONLS."""
    aid = _recorded(encounter, "walking_aid")
    if aid is not None and isinstance(aid.value, tuple):
        return not IN_CHAIR_OR_BED.isdisjoint(aid.value)
    leg = _interval(encounter, ONLS[1])
    return leg.low >= CHAIR_LEG_GRADE if leg is not None else None
