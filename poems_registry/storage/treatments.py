"""Treatment and events: rows to records and back; what was entered in error is withdrawn, never deleted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import NotFound, StaleRecord
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    Origin,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.storage.tables.treatment import (
    EventRow,
    LineDrugRow,
    RadiotherapyRow,
    SupportiveCareRow,
    TransplantRow,
    TreatmentLineRow,
)

E = TypeVar("E", bound=Entry)
PARTS = ("drugs", "radiotherapy", "transplants")
"""The fields of a line that have tables of their own."""

_LISTS = ("planned", "domains")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The table of a record, and each field's column; id, version and the parts of a line are left out."""

    row: Any
    columns: Mapping[str, str]
    listed: Select[Any]


def _shelf(record: type[Entry], row: Any, order: Sequence[str], **named: str) -> _Shelf:
    names = [field.name for field in fields(record) if field.name not in ("id", "version", *PARTS)]
    table = row.__table__
    listed = (
        select(*table.columns)
        .where(table.c.in_error.is_(False))
        .order_by(*(table.c[name].nulls_first() for name in order))
    )
    return _Shelf(row, {name: named.get(name, name) for name in names}, listed)


_SHELVES: Mapping[type[Any], _Shelf] = {
    TreatmentLine: _shelf(TreatmentLine, TreatmentLineRow, ("patient_id", "number", "start", "id")),
    LineDrug: _shelf(LineDrug, LineDrugRow, ("patient_id", "line_id", "start", "id")),
    RadiotherapyCourse: _shelf(RadiotherapyCourse, RadiotherapyRow, ("patient_id", "line_id", "start", "id")),
    Transplant: _shelf(Transplant, TransplantRow, ("patient_id", "line_id", "infused", "id")),
    SupportiveCare: _shelf(SupportiveCare, SupportiveCareRow, ("patient_id", "start", "id")),
    Event: _shelf(Event, EventRow, ("patient_id", "day", "id"), on="day"),
}


def add(session: Session, entries: Sequence[E]) -> list[E]:
    """Add entries of one kind, in order, and give them with their ids; a line brings its parts with it."""
    if not entries:
        return []
    shelf = _SHELVES[type(entries[0])]
    rows = [shelf.row(**_values(shelf, entry)) for entry in entries]
    session.add_all(rows)
    session.flush()
    made = [_record(type(entry), row) for entry, row in zip(entries, rows, strict=True)]
    return _with_parts(session, made, entries) if isinstance(entries[0], TreatmentLine) else made


def save(session: Session, entry: E) -> E:
    """Change an entry; StaleRecord if it changed since it was read. Of a line only what is its own, not its parts."""
    shelf = _SHELVES[type(entry)]
    row = _current(session, shelf, entry)
    for name, value in _values(shelf, entry).items():
        setattr(row, name, value)
    session.flush()
    return _record(type(entry), row)


def retract(session: Session, entry: Entry) -> None:
    """Withdraw what was entered in error, a line with all its parts; give the reason to `Store.writing`."""
    _current(session, _SHELVES[type(entry)], entry).in_error = True
    session.flush()


def lines_of(session: Session, patient_ids: Sequence[int]) -> dict[int, tuple[TreatmentLine, ...]]:
    """The lines of several patients with their parts, by number and start."""
    drugs = _by_line(session, LineDrug, patient_ids)
    courses = _by_line(session, RadiotherapyCourse, patient_ids)
    transplants = _by_line(session, Transplant, patient_ids)
    return {
        patient_id: tuple(
            replace(
                line,
                drugs=tuple(drugs.get(line.id, ())),
                radiotherapy=tuple(courses.get(line.id, ())),
                transplants=tuple(transplants.get(line.id, ())),
            )
            for line in lines
        )
        for patient_id, lines in _of_patients(session, TreatmentLine, patient_ids).items()
    }


def events_of(session: Session, patient_ids: Sequence[int]) -> dict[int, tuple[Event, ...]]:
    """The events of several patients, oldest first."""
    return _of_patients(session, Event, patient_ids)


def supportive_of(session: Session, patient_ids: Sequence[int]) -> dict[int, tuple[SupportiveCare, ...]]:
    """The supportive care of several patients, oldest first."""
    return _of_patients(session, SupportiveCare, patient_ids)


def _with_parts(session: Session, made: list[Any], brought: Sequence[Any]) -> list[Any]:
    """New lines with the parts they brought, each part added under the id of its line."""
    for name in PARTS:
        parts = [
            replace(part, patient_id=new.patient_id, line_id=new.id)
            for new, old in zip(made, brought, strict=True)
            for part in getattr(old, name)
        ]
        hung: defaultdict[int, list[Any]] = defaultdict(list)
        for part in add(session, parts):
            hung[part.line_id].append(part)
        made = [replace(line, **{name: tuple(hung[line.id])}) for line in made]
    return made


def _of_patients(session: Session, kind: type[E], patient_ids: Sequence[int]) -> dict[int, tuple[E, ...]]:
    found: defaultdict[int, list[E]] = defaultdict(list)
    for record in _all(session, kind, patient_ids):
        found[record.patient_id].append(record)
    return {patient_id: tuple(records) for patient_id, records in found.items()}


def _by_line(session: Session, kind: type[Any], patient_ids: Sequence[int]) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for record in _all(session, kind, patient_ids):
        found[record.line_id].append(record)
    return found


def _all(session: Session, kind: type[E], patient_ids: Sequence[int]) -> list[E]:
    shelf = _SHELVES[kind]
    rows = session.execute(shelf.listed.where(shelf.row.__table__.c.patient_id.in_(patient_ids)))
    return [_record(kind, row) for row in rows]


def _record(kind: type[E], row: Any) -> E:
    """The record of a row, ORM or Core."""
    said: dict[str, Any] = {name: getattr(row, column) for name, column in _SHELVES[kind].columns.items()}
    for name in _LISTS:
        if name in said:
            said[name] = tuple(said[name])
    if "origin" in said:
        said["origin"] = Origin(said["origin"])
    return kind(id=row.id, version=row.version, **said)


def _values(shelf: _Shelf, entry: Entry) -> dict[str, Any]:
    said = {column: getattr(entry, name) for name, column in shelf.columns.items()}
    for name in _LISTS:
        if name in said:
            said[name] = list(said[name])
    if "origin" in said:
        said["origin"] = said["origin"].value
    return said


def _current(session: Session, shelf: _Shelf, entry: Entry) -> Any:
    row = session.get(shelf.row, entry.id)
    if row is None or row.in_error:
        raise NotFound("This entry is not in the registry any more.")
    if row.version != entry.version:
        raise StaleRecord
    return row
