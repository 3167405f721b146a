"""The form's plan: which rows each section has and in which order, made from the catalogue for a kind of encounter."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.how_far import MEDICINES_ITEM
from poems_registry.catalogue.item import Item, Section
from poems_registry.catalogue.kinds import Day, Text
from poems_registry.domain.records import EncounterKind


class What(StrEnum):
    """What a part of a row asks for: the item's value, the cause of it, or a task that its grade follows from."""

    VALUE = "value"
    CAUSE = "cause"
    TASK = "task"


class Special(StrEnum):
    """What a section holds beside its rows."""

    NOTHING = ""
    MEDICINES = "medicines"
    ACTIONS = "actions"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a row: the item, and the words before it where a row has several (`L`, `with`)."""

    code: str
    lead: str = ""
    what: What = What.VALUE


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form. `key` names it; `derived` is the code of a computed value that has no field.

    `confirmable`: whether last time's value may be recorded again by *Unchanged*. A laboratory result may not: nothing
    was measured; nor may words, dates and the comparison with last time. `tasks_called` is the word on the button that
    opens the row's tasks.
    """

    key: str
    label: str
    parts: tuple[Part, ...] = ()
    derived: str = ""
    confirmable: bool = False
    tasks_called: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The items whose values stand in this row."""
        return tuple(part.code for part in self.parts if part.what is What.VALUE)

    @property
    def tasks(self) -> tuple[str, ...]:
        """The items that are asked behind the row, in a sheet that opens below it."""
        return tuple(part.code for part in self.parts if part.what is What.TASK)


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One page of the form."""

    code: str
    title: str
    short: str
    letter: str
    rows: tuple[Row, ...]
    special: Special = Special.NOTHING


_Group = tuple[str, tuple[tuple[str, str], ...]]
TOGETHER: Final[Mapping[str, _Group]] = MappingProxyType(
    {
        "grip_left_kg": ("Grip, Jamar, best of 3", (("grip_left_kg", "L"), ("grip_right_kg", "R"))),
        "grip_left_kpa": ("Grip, vigorimeter, best of 3", (("grip_left_kpa", "L"), ("grip_right_kpa", "R"))),
        "walk_10m": ("10 m walk", (("walk_10m", ""), ("walk_10m_aid", "with"))),
        "mrc_sum": ("MRC sum score", (("mrc_sum", ""), ("mrc_variant", "of"))),
        "irods_raw": ("I-RODS, 0 to 48", (("irods_raw", ""), ("irods_centile", "centile"))),
        "heavy_chain": ("Heavy, light chain", (("heavy_chain", ""), ("light_chain", ""))),
    }
)
"""Rows of two fields: the label, and each field with the words before it. An item not named here has its own row."""

FIRST: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "neuropathy": ("onls_arm", "onls_leg", "grip_left_kg", "walk_10m", "pain_nrs", "mrc_sum", "falls"),
        "other": ("weight", "oedema"),
        "blood": ("vegf_serum", "platelets", "vegf_plasma", "vegf_confounders", "m_protein"),
        "scores": ("irods_raw", "incat_arm", "incat_leg", "mrs", "ecog"),
        "plan": ("summary", "what_next", "next_visit"),
    }
)
"""What is recorded at nearly every visit comes first in its section; the rest keeps the catalogue's order."""

PLANNED_ANEW: Final = frozenset({"plan"})
"""Sections in which nothing is confirmed from last time: each visit has its own plan."""

TASKS_CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {"mrc_sum": "By muscle", "suv_sum": "By lesion", "mrs": "By questions", "ecog": "By questions"}
)
TASKS = "By tasks"
"""What the button is called that opens the answers a grade follows from."""


def plan_of(catalogue: Catalogue, kind: EncounterKind, held: Iterable[str] = ()) -> tuple[SectionPlan, ...]:
    """The pages of the form for this kind of encounter, in the order of the tabs; `held` is what it holds already."""
    plans: list[SectionPlan] = []
    for section in catalogue.sections_for(kind, held):
        if section.code == "plan":
            plans.append(_medicines(catalogue))
        special = {"visit": Special.HEAD, "plan": Special.ACTIONS}.get(section.code, Special.NOTHING)
        plans.append(
            SectionPlan(
                section.code,
                section.title,
                section.short or section.title,
                section.feature,
                _rows(catalogue, section),
                special,
            )
        )
    return tuple(plans)


def _medicines(catalogue: Catalogue) -> SectionPlan:
    item = catalogue.items.get(MEDICINES_ITEM)
    rows = (Row(item.code, item.label, (Part(item.code),)),) if item is not None else ()
    return SectionPlan("medicines", "Medicines", "Medicines", "", rows, Special.MEDICINES)


def _rows(catalogue: Catalogue, section: Section) -> tuple[Row, ...]:
    tasks = {code for derived in catalogue.by_tasks.values() for code in derived.asked}
    elsewhere = {MEDICINES_ITEM, *tasks}
    items = {item.code: item for item in section.items if not item.retired and item.code not in elsewhere}
    rows: list[Row] = []
    done: set[str] = set()
    if section.feature:
        first = list(_feature_rows(section, items))
        rows += first
        done |= {part.code for row in first for part in row.parts}
    for code in _order(section, items):
        if code in done:
            continue
        row = _row(items, code, again=section.code not in PLANNED_ANEW)
        rows.append(_with_tasks(catalogue, row))
        done |= set(row.codes)
        rows += [
            Row(f"derived:{d.code}", d.label, derived=d.code)
            for d in section.derived
            if set(d.needs) <= done and not d.grade and not any(r.derived == d.code for r in rows)
        ]
    return tuple(rows)


def _with_tasks(catalogue: Catalogue, row: Row) -> Row:
    """The row with the tasks of its grade, wherever they stand in the catalogue: two scores may share a task."""
    graded = [catalogue.by_tasks[code] for code in row.codes if code in catalogue.by_tasks]
    if not graded:
        return row
    parts = tuple(Part(code, "", What.TASK) for derived in graded for code in derived.asked)
    called = TASKS_CALLED.get(graded[0].grade, TASKS)
    return replace(row, parts=(*row.parts, *parts), tasks_called=called)


def _feature_rows(section: Section, items: Mapping[str, Item]) -> Iterator[Row]:
    """The status, then its cause and how it compares with last time."""
    letter = section.feature.lower()
    status, change = f"{letter}_status", f"{letter}_change"
    if status in items:
        yield Row(status, "Status", (Part(status),), confirmable=True)
        parts = (Part(status, "", What.CAUSE), *((Part(change, "Since last"),) if change in items else ()))
        yield Row(f"cause:{status}", "Cause", parts)


def _order(section: Section, items: Mapping[str, Item]) -> Iterator[str]:
    first = [code for code in FIRST.get(section.code, ()) if code in items]
    yield from first
    yield from (code for code in items if code not in first)


def _row(items: Mapping[str, Item], code: str, *, again: bool) -> Row:
    label, members = TOGETHER.get(code, ("", ()))
    parts = tuple(Part(member, lead) for member, lead in members if member in items)
    if parts and parts[0].code == code:
        return Row(code, label, parts, confirmable=again and all(_confirmable(items[p.code]) for p in parts))
    item = items[code]
    return Row(code, item.label, (Part(code),), confirmable=again and _confirmable(item))


def _confirmable(item: Item) -> bool:
    """What can be seen again today without a new measurement's paper: not results, words or dates."""
    return not (item.lab or isinstance(item.kind, Text | Day) or item.code.endswith("_change"))
