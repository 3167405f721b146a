"""Findings as rows: the only module that knows the shape of the observation table."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Attribution, Finding, Sign, State
from poems_registry.storage.audit import Entry, Trail, plain, trail_of
from poems_registry.storage.tables.encounter import ObservationRow

SlotOf = Callable[[str], str]
"""The storage slot of an item code: number, code, codes, text or date. Raises for a code not in the catalogue."""

TABLE = ObservationRow.__table__
NOTED: dict[str, Any] = {"noted": True}
"""Execution option of a statement whose caller wrote the audit entry itself."""

CODES_MARK = "|"
DATE_MARK = "@"
"""A code slot that begins with a mark holds `|several|codes|` or `@2021-03`; a single code begins with neither."""

_STATES = {state.value: state for state in State}
_SIGNS = {sign.value: sign for sign in Sign}
_ATTRIBUTIONS: dict[str, Attribution | None] = {"": None} | {each.value: each for each in Attribution}
_PLACE = frozenset({"encounter_id", "item", "instance"})
_FIELDS = tuple(column.name for column in TABLE.columns)
_DEFAULTS: dict[str, Any] = {"instance": 0, "state": "recorded", "sign": "=", "version": 1}
_AT_ONCE = 1000
_READ = select(*TABLE.columns).order_by(TABLE.c.encounter_id, TABLE.c.item, TABLE.c.instance)
"""Put together once: of a table with many columns that takes as long as asking."""
_WHO = ("recorded_by", "recorded_at", "version")


def to_row(encounter_id: int, finding: Finding, slot: str) -> dict[str, Any]:
    """A finding as a row of decision 11. ValueError, naming the item, if its value does not fit its kind's slot."""
    number, code, text = _slots(finding, slot)
    return {
        "encounter_id": encounter_id,
        "item": finding.item,
        "instance": finding.instance,
        "state": finding.state.value,
        "sign": finding.sign.value,
        "number": number,
        "code": code,
        "text": text,
        "reported": finding.reported,
        "reported_unit": finding.reported_unit,
        "limit_low": finding.limit_low,
        "limit_high": finding.limit_high,
        "assay": finding.assay,
        "specimen": finding.specimen,
        "sample_time": finding.sample_time,
        "note": finding.note,
        "attribution": finding.attribution.value if finding.attribution is not None else "",
        "attribution_text": finding.attribution_text,
        "confirmed_from": finding.confirmed_from,
        "doubt_confirmed_by": finding.doubt_confirmed_by,
        "recorded_by": finding.recorded_by,
        "recorded_at": finding.recorded_at,
        "version": finding.version,
    }


def from_row(row: Any) -> Finding:
    """The finding of a row that was selected with all columns in the table's order. Needs no catalogue."""
    (_, item, instance, state, sign, number, code, text, reported, unit, low, high, assay, specimen, sample_time, note,
     attribution, attribution_text, confirmed_from, doubt, recorded_by, recorded_at, version) = row  # fmt: skip
    value = number if number is not None else text if text is not None else _coded(code)
    return Finding(
        item, value, _STATES[state], instance, _SIGNS[sign], reported, unit, low, high, assay, specimen, sample_time,
        note, _ATTRIBUTIONS[attribution], attribution_text, confirmed_from, doubt, recorded_by, recorded_at, version,
    )  # fmt: skip


def of_encounters(
    session: Session, encounter_ids: Sequence[int], items: Sequence[str] | None = None
) -> dict[int, tuple[Finding, ...]]:
    """The findings of some encounters, by item and instance; of a few items only if these are given."""
    found: dict[int, tuple[Finding, ...]] = {}
    for start in range(0, len(encounter_ids), _AT_ONCE):
        query = _READ.where(TABLE.c.encounter_id.in_(encounter_ids[start : start + _AT_ONCE]))
        if items is not None:
            query = query.where(TABLE.c.item.in_(items))
        for encounter_id, own in groupby(session.execute(query).all(), itemgetter(0)):
            found[encounter_id] = tuple(map(from_row, own))
    return found


def of_encounter(session: Session, encounter_id: int) -> tuple[Finding, ...]:
    """The findings of one encounter, by item and instance."""
    return of_encounters(session, [encounter_id]).get(encounter_id, ())


def insert_all(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows made by `to_row`; who calls it notes the audit entry."""
    if rows:
        session.execute(insert(TABLE), list(rows), execution_options=NOTED)  # type: ignore[arg-type]


def said(row: dict[str, Any]) -> dict[str, Any]:
    """What a row says, for the audit: everything that is neither empty nor the default."""
    return {
        name: plain(value)
        for name, value in row.items()
        if value is not None and value != "" and name not in _PLACE and _DEFAULTS.get(name) != value
    }


def entry_key(row: dict[str, Any]) -> str:
    """`vegf_plasma`, or `bone_lesion#2` for an instance."""
    return f"{row['item']}#{row['instance']}" if row["instance"] else str(row["item"])


def save_changes(
    session: Session, slot_of: SlotOf, encounter_id: int, patient_id: int, wanted: Iterable[Finding]
) -> bool:
    """Insert, update and delete rows until the encounter says what is wanted; each change is one audit entry.

    A finding that says the same as before keeps its author, instant and version. Gives whether anything changed.
    """
    trail = trail_of(session)
    before = {(f.item, f.instance): f for f in of_encounter(session, encounter_id)}
    new: list[dict[str, Any]] = []
    changed = False
    for finding in wanted:
        known = before.pop((finding.item, finding.instance), None)
        if known is not None and known.says_the_same_as(finding):
            continue
        changed = True
        row = to_row(encounter_id, finding, slot_of(finding.item))
        row["recorded_by"] = finding.recorded_by or trail.actor.name
        row["recorded_at"] = finding.recorded_at or trail.at
        if known is None:
            new.append(row)
        else:
            _update(session, trail, patient_id, to_row(encounter_id, known, slot_of(known.item)), row)
    for gone in before.values():
        _delete(session, trail, patient_id, to_row(encounter_id, gone, _any_slot(gone)))
    insert_all(session, new)
    if new:
        values = {entry_key(row): said(row) for row in new}
        trail.note(Entry("record", "encounter", str(encounter_id), patient_id, new=values))
    return changed or bool(before)


def _update(session: Session, trail: Trail, patient_id: int, old: dict[str, Any], new: dict[str, Any]) -> None:
    new["version"] = old["version"] + 1
    differing = [name for name in _FIELDS if old[name] != new[name]]
    session.execute(update(TABLE).where(*_same(old)).values({n: new[n] for n in differing}), execution_options=NOTED)  # type: ignore[arg-type]
    told = [name for name in differing if name != "version"]
    entry = Entry(
        "change",
        "observation",
        _object_id(old),
        patient_id,
        new["version"],
        {name: plain(old[name]) for name in told},
        {name: plain(new[name]) for name in told},
    )
    trail.note(entry)


def _delete(session: Session, trail: Trail, patient_id: int, old: dict[str, Any]) -> None:
    session.execute(delete(TABLE).where(*_same(old)), execution_options=NOTED)  # type: ignore[arg-type]
    told = said(old) | {name: plain(old[name]) for name in _WHO}
    trail.note(Entry("delete", "observation", _object_id(old), patient_id, old["version"], told))


def _same(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(TABLE.c[name] == row[name] for name in ("encounter_id", "item", "instance"))


def _object_id(row: dict[str, Any]) -> str:
    return f"{row['encounter_id']}/{entry_key(row)}"


def _slots(finding: Finding, slot: str) -> tuple[float | None, str | None, str | None]:
    value = finding.value
    if value is None:
        return None, None, None
    match slot, value:
        case "number", float() if math.isfinite(value):
            return value, None, None
        case "code", str() if value and not value.startswith((CODES_MARK, DATE_MARK)):
            return None, value, None
        case "codes", tuple() if value and all(code and CODES_MARK not in code for code in value):
            return None, CODES_MARK + CODES_MARK.join(value) + CODES_MARK, None
        case "date", PartialDate():
            return None, DATE_MARK + value.iso(), None
        case "text", str():
            return None, None, value
    raise ValueError(f"{finding.item}: the value does not fit the slot {slot}")


def _coded(code: str | None) -> str | PartialDate | tuple[str, ...] | None:
    if code is None:
        return None
    if code.startswith(CODES_MARK):
        return tuple(code[1:-1].split(CODES_MARK))
    return PartialDate.from_iso(code[1:]) if code.startswith(DATE_MARK) else code


def _any_slot(finding: Finding) -> str:
    """The slot of what is stored already, for an item that the catalogue may no longer know."""
    match finding.value:
        case float() | None:
            return "number"
        case tuple():
            return "codes"
        case PartialDate():
            return "date"
        case _:
            return "text"
