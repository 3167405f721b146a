"""Which days a letter's results are told of: where it began, the turn, the last time, and this visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Number
from poems_registry.domain.dates import letter_date
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import Encounter, EncounterKind
from poems_registry.letters.visit import Visit

EXAMINED = ("grip_left_kg", "grip_right_kg", "grip_left_kpa", "grip_right_kpa", "walk_10m", "mrc_sum")
"""Measured at the bedside and read best as a series."""

SCORES = tuple(
    item.code
    for section in CATALOGUE.sections
    for item in section.items
    if section.code == "scores" and isinstance(item.kind, Number) and item.in_letter
)
NEAR_DIAGNOSIS, NEAR_RELAPSE = timedelta(days=180), timedelta(days=90)


@dataclass(frozen=True, slots=True)
class When:
    """One column: a day, what makes it worth showing, and the encounters of that day."""

    on: date
    why: str
    encounters: tuple[Encounter, ...]

    def finding(self, item: str) -> Finding | None:
        """A recorded value of that day before any other state; the later encounter wins."""
        found = [f for e in reversed(self.encounters) if (f := e.finding(item)) is not None]
        return next((f for f in found if f.state is State.RECORDED), found[0] if found else None)

    def beside(self, item: str) -> dict[str, Finding]:
        """What the encounter that gave this item's finding said with it; nothing without one."""
        found = self.finding(item)
        own = next((e for e in reversed(self.encounters) if found is not None and found in e.findings), None)
        return {f.item: f for f in own.findings} if own is not None else {}


def in_table(item: Item) -> bool:
    """Whether an item is printed as a series here and not as a sentence."""
    return item.lab or item.code in EXAMINED or item.code in SCORES


def dates_shown(visit: Visit) -> tuple[When, ...]:
    """At most four days, oldest first: diagnosis or the first, relapse or the lowest VEGF, the last, this visit."""
    days = _days(visit)
    today = visit.encounter.on
    chosen: dict[date, str] = {}
    earlier = [day for day in days if day < today]
    newest = (earlier[-1], "") if earlier else (today, "")
    for day, why in (_beginning(visit, days, earlier), _turn(visit, days, earlier), newest, (today, "")):
        chosen[day] = chosen.get(day) or why
    return tuple(When(day, chosen[day], days.get(day, (visit.encounter,))) for day in sorted(chosen))


def days_since(visit: Visit, upto: date) -> tuple[When, ...]:
    """This visit's own day and each later one up to `upto` that has results, oldest first.

    What a profession measured at its contact is no result that came back.
    """
    own = visit.encounter
    found: dict[date, tuple[Encounter, ...]] = {own.on: (own,)}
    for encounter in visit.file.counted:
        between = encounter.kind is not EncounterKind.CLINIC and not encounter.kind.is_contact
        later = encounter.id != own.id and own.on <= encounter.on <= upto and between
        if later and any(_number(finding) for finding in encounter.findings):
            found[encounter.on] = (*found.get(encounter.on, ()), encounter)
    return tuple(When(day, "", found[day]) for day in sorted(found))


def head(when: When) -> str:
    """`12 August 2026`, `4 March 2024 (diagnosis)`."""
    return letter_date(when.on) + (f" ({when.why})" if when.why else "")


def _days(visit: Visit) -> dict[date, tuple[Encounter, ...]]:
    """Days with something for the table, oldest first, with all encounters of that day.

    A day on which only a profession measured something is no column: *the last* is the clinic's day or a sample's.
    """
    days: dict[date, tuple[Encounter, ...]] = {}
    for encounter in visit.to_date:
        if any(_number(f) for f in encounter.findings):
            days[encounter.on] = (*days.get(encounter.on, ()), encounter)
    return {day: seen for day, seen in days.items() if not all(each.kind.is_contact for each in seen)}


def _number(finding: Finding) -> bool:
    item = CATALOGUE.items.get(finding.item)
    return item is not None and not item.research and (in_table(item) or item.code.startswith("onls_"))


def _beginning(visit: Visit, days: dict[date, tuple[Encounter, ...]], earlier: Sequence[date]) -> tuple[date, str]:
    if not earlier:
        return visit.encounter.on, ""
    diagnosed = visit.file.patient.diagnosed
    if diagnosed is not None:
        day = min(earlier, key=lambda d: _distance(d, diagnosed.earliest(), days[d], NEAR_DIAGNOSIS))
        if diagnosed.earliest() - NEAR_DIAGNOSIS <= day <= diagnosed.latest() + NEAR_DIAGNOSIS:
            return day, "diagnosis"
    return earlier[0], "first on record"


def _turn(visit: Visit, days: dict[date, tuple[Encounter, ...]], earlier: Sequence[date]) -> tuple[date, str]:
    """The newest relapse with results near it, else the day of the lowest VEGF; this visit's own day when neither."""
    today = visit.encounter.on
    relapses = [e.on for e in visit.file.events if e.kind == "relapse" and e.on is not None]
    for relapse in sorted((r for r in relapses if r.earliest() <= today), reverse=True):
        day = min(earlier, key=lambda d: _distance(d, relapse.earliest(), days[d], NEAR_RELAPSE), default=today)
        if abs(day - relapse.earliest()) <= NEAR_RELAPSE:
            return day, "relapse"
    for code in ("vegf_serum", "vegf_plasma"):
        values = [(f.number, day) for day in earlier for f in _vegf(days[day], code)]
        if values:
            return min(values)[1], "lowest VEGF"
    return today, ""


def _distance(day: date, event: date, encounters: Sequence[Encounter], near: timedelta) -> tuple[bool, bool, timedelta]:
    """Near days with a VEGF first, then near ones, then the nearest."""
    apart = abs(day - event)
    without = not (_vegf(encounters, "vegf_serum") or _vegf(encounters, "vegf_plasma"))
    return apart > near, without, apart


def _vegf(encounters: Sequence[Encounter], code: str) -> list[Finding]:
    found = [e.finding(code) for e in encounters]
    return [f for f in found if f is not None and f.state is State.RECORDED]
