"""What a list of letters shows beside them, for all at once: the people, and the days of the visits."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.domain.records import Patient
from poems_registry.storage import patient_rows, patients
from poems_registry.storage.tables.encounter import EncounterRow
from poems_registry.storage.tables.patient import PatientRow

_AT_ONCE = 1000
_PEOPLE = select(*PatientRow.__table__.columns)


def people(session: Session, ids: Sequence[int]) -> dict[int, Patient]:
    """Patients by id."""
    found: dict[int, Patient] = {}
    for some in _parts(ids):
        numbers = patients.numbers_of(session, some)
        for row in session.execute(_PEOPLE.where(PatientRow.id.in_(some))):
            found[row.id] = patient_rows.record(row, numbers.get(row.id, ()))
    return found


def days(session: Session, encounter_ids: Sequence[int]) -> dict[int, date]:
    """The day of each encounter, by its id."""
    found: dict[int, date] = {}
    for some in _parts(encounter_ids):
        query = select(EncounterRow.id, EncounterRow.day).where(EncounterRow.id.in_(some))
        found |= {row.id: row.day for row in session.execute(query)}
    return found


def _parts(ids: Sequence[int]) -> Iterator[list[int]]:
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
