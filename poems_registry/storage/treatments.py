"""Lines of treatment and events: rows to records and back; what was entered in error is withdrawn, never deleted."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import NotFound, StaleRecord
from poems_registry.domain.treatments import Event, TreatmentLine
from poems_registry.storage.tables.patient import EventRow, TreatmentLineRow

_LINE = (
    "number", "name", "category", "start", "stop", "stop_reason", "cycles_planned", "cycles_given", "steroid", "note",
)  # fmt: skip


def add_line(session: Session, line: TreatmentLine) -> TreatmentLine:
    """Add a line of treatment and give it with its id."""
    return add_lines(session, [line])[0]


def add_lines(session: Session, lines: Sequence[TreatmentLine]) -> list[TreatmentLine]:
    """Add lines of treatment, in order."""
    rows = [TreatmentLineRow(patient_id=line.patient_id, **_line_values(line)) for line in lines]
    session.add_all(rows)
    session.flush()
    return [line_record(row) for row in rows]


def save_line(session: Session, line: TreatmentLine) -> TreatmentLine:
    """Change a line; StaleRecord if it changed since it was read."""
    row = _current(session, TreatmentLineRow, line.id, line.version)
    for name, value in _line_values(line).items():
        setattr(row, name, value)
    session.flush()
    return line_record(row)


def retract_line(session: Session, line_id: int, version: int) -> None:
    """Withdraw a line that was entered in error; give the reason to `Store.writing`."""
    _current(session, TreatmentLineRow, line_id, version).in_error = True
    session.flush()


def add_event(session: Session, event: Event) -> Event:
    """Add an event and give it with its id."""
    return add_events(session, [event])[0]


def add_events(session: Session, events: Sequence[Event]) -> list[Event]:
    """Add events, in order."""
    rows = [EventRow(patient_id=e.patient_id, kind=e.kind, day=e.on, note=e.note) for e in events]
    session.add_all(rows)
    session.flush()
    return [event_record(row) for row in rows]


def save_event(session: Session, event: Event) -> Event:
    """Change an event; StaleRecord if it changed since it was read."""
    row = _current(session, EventRow, event.id, event.version)
    row.kind, row.day, row.note = event.kind, event.on, event.note
    session.flush()
    return event_record(row)


def retract_event(session: Session, event_id: int, version: int) -> None:
    """Withdraw an event that was entered in error; give the reason to `Store.writing`."""
    _current(session, EventRow, event_id, version).in_error = True
    session.flush()


def lines_of(session: Session, patient_ids: Sequence[int]) -> dict[int, tuple[TreatmentLine, ...]]:
    """The lines of several patients, by number and start."""
    rows = session.execute(
        select(*TreatmentLineRow.__table__.columns)
        .where(TreatmentLineRow.patient_id.in_(patient_ids), TreatmentLineRow.in_error.is_(False))
        .order_by(TreatmentLineRow.patient_id, TreatmentLineRow.number, TreatmentLineRow.start, TreatmentLineRow.id)
    )
    found: dict[int, list[TreatmentLine]] = {}
    for row in rows:
        found.setdefault(row.patient_id, []).append(line_record(row))
    return {patient_id: tuple(lines) for patient_id, lines in found.items()}


def events_of(session: Session, patient_ids: Sequence[int]) -> dict[int, tuple[Event, ...]]:
    """The events of several patients, oldest first."""
    rows = session.execute(
        select(*EventRow.__table__.columns)
        .where(EventRow.patient_id.in_(patient_ids), EventRow.in_error.is_(False))
        .order_by(EventRow.patient_id, EventRow.day, EventRow.id)
    )
    found: dict[int, list[Event]] = {}
    for row in rows:
        found.setdefault(row.patient_id, []).append(event_record(row))
    return {patient_id: tuple(events) for patient_id, events in found.items()}


def line_record(row: Any) -> TreatmentLine:
    """The record of a row, ORM or Core."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _LINE}
    return TreatmentLine(id=row.id, patient_id=row.patient_id, version=row.version, **values)


def event_record(row: Any) -> Event:
    """The record of a row, ORM or Core."""
    return Event(row.id, row.patient_id, row.kind, row.day, row.note, row.version)


def _line_values(line: TreatmentLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _LINE}


def _current(session: Session, table: Any, row_id: int, version: int) -> Any:
    row = session.get(table, row_id)
    if row is None or row.in_error:
        raise NotFound("This entry is not in the registry any more.")
    if row.version != version:
        raise StaleRecord
    return row
