"""Referrals, calls, MDT entries and changes of status: rows to records and back; a mistake is marked, never deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.errors import NotAllowedNow, NotFound, StaleRecord
from poems_registry.storage.audit import trail_of
from poems_registry.storage.tables.care import (
    AdviceCallRow,
    MdtEntryRow,
    OnwardReferralRow,
    ReferralRow,
    StatusChangeRow,
)

E = TypeVar("E", bound=Entry)
_OWN = frozenset({"id", "version", "recorded_by", "recorded_at", "error_reason"})
"""Fields that only this module writes."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The table of a kind of record, each field's column, and everything of it in the order of recording."""

    row: Any
    columns: Mapping[str, str]
    listed: Select[Any]


def _shelf(kind: type[Entry], row: Any) -> Shelf:
    names = [field.name for field in fields(kind) if field.name not in _OWN]
    table = row.__table__
    columns = {name: "day" if name == "on" else name for name in names}
    return Shelf(row, columns, select(*table.columns).order_by(table.c.id))


SHELVES: Mapping[type[Any], Shelf] = {
    Referral: _shelf(Referral, ReferralRow),
    AdviceCall: _shelf(AdviceCall, AdviceCallRow),
    OnwardReferral: _shelf(OnwardReferral, OnwardReferralRow),
    MdtEntry: _shelf(MdtEntry, MdtEntryRow),
    StatusChange: _shelf(StatusChange, StatusChangeRow),
}


def add(session: Session, entry: E) -> E:
    """Write one entry, recorded by whoever acts, now."""
    return add_many(session, [entry])[0]


def add_many(session: Session, entries: Sequence[E]) -> list[E]:
    """Write several entries of one kind, in order."""
    if not entries:
        return []
    trail, shelf, kind = trail_of(session), SHELVES[type(entries[0])], type(entries[0])
    rows = [
        shelf.row(recorded_by=trail.actor.name, recorded_at=trail.at, error_reason="", **_values(shelf, entry))
        for entry in entries
    ]
    session.add_all(rows)
    session.flush()
    return [record(kind, row) for row in rows]


def bring_in(session: Session, entries: Sequence[Entry]) -> None:
    """Write entries that come from another registry (a transfer), in order, with who recorded them there and when."""
    trail = trail_of(session)
    for entry in entries:
        shelf = SHELVES[type(entry)]
        session.add(
            shelf.row(
                recorded_by=entry.recorded_by or trail.actor.name,
                recorded_at=entry.recorded_at or trail.at,
                error_reason=entry.error_reason,
                **_values(shelf, entry),
            )
        )
        session.flush()  # the order of recording is that of the ids


def by_patient(session: Session) -> dict[int, tuple[Entry, ...]]:
    """Everything of everybody, mistakes too, of one kind in the order of recording; calls that named nobody under 0."""
    found: dict[int, list[Entry]] = {}
    for kind, shelf in SHELVES.items():
        for row in session.execute(shelf.listed):
            found.setdefault(row.patient_id or 0, []).append(record(kind, row))
    return {patient_id: tuple(entries) for patient_id, entries in found.items()}


def save(session: Session, entry: E) -> E:
    """Change an entry; StaleRecord if it changed since it was read. Who recorded it first stays."""
    shelf = SHELVES[type(entry)]
    row = _current(session, entry)
    for name, value in _values(shelf, entry).items():
        setattr(row, name, value)
    session.flush()
    return record(type(entry), row)


def hang_on(session: Session, call_id: int, patient_id: int) -> AdviceCall:
    """A call that named nobody stands in this record from now on. NotFound; NotAllowedNow if it names somebody."""
    row = session.get(AdviceCallRow, call_id, with_for_update=True)
    if row is None:
        raise NotFound("This entry is not in the registry.")
    if row.error_reason:
        raise NotAllowedNow("This entry is marked as a mistake already. Nothing was changed.")
    if row.patient_id is not None:
        raise NotAllowedNow(
            "It is said already whom this call was about. Nothing was changed. If that is wrong, mark it as entered in"
            " error and log the call again."
        )
    row.patient_id = patient_id
    session.flush()
    return record(AdviceCall, row)


def mark_in_error(session: Session, entry: E, reason: str) -> E:
    """The entry was a mistake: it stays to be read and counts no more."""
    row = _current(session, entry)
    row.error_reason = reason
    session.flush()
    return record(type(entry), row)


def load(session: Session, kind: type[E], entry_id: int) -> E:
    """One entry, a mistaken one too; NotFound."""
    row = session.get(SHELVES[kind].row, entry_id)
    if row is None:
        raise NotFound("This entry is not in the registry.")
    return record(kind, row)


def of_patient(session: Session, kind: type[E], patient_id: int) -> tuple[E, ...]:
    """Every entry of this kind of one person in the order of recording, mistaken ones too."""
    shelf = SHELVES[kind]
    query = shelf.listed.where(shelf.row.__table__.c.patient_id == patient_id)
    return tuple(record(kind, row) for row in session.execute(query))


def record(kind: type[E], row: Any) -> E:
    """The record of a row, ORM or Core."""
    said: dict[str, Any] = {name: getattr(row, column) for name, column in SHELVES[kind].columns.items()}
    return kind(
        id=row.id,
        version=row.version,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        error_reason=row.error_reason,
        **said,
    )


def _values(shelf: Shelf, entry: Entry) -> dict[str, Any]:
    return {column: getattr(entry, name) for name, column in shelf.columns.items()}


def _current(session: Session, entry: Entry) -> Any:
    row = session.get(SHELVES[type(entry)].row, entry.id)
    if row is None:
        raise NotFound("This entry is not in the registry.")
    if row.version != entry.version:
        raise StaleRecord
    if row.error_reason:
        raise NotAllowedNow("This entry is marked as a mistake already. Nothing was changed.")
    if row.patient_id != entry.patient_id:
        raise NotAllowedNow("This entry belongs to another patient. Nothing was changed. Open it again.")
    return row
