"""What a list of letters shows beside them, for all at once: the people, and the days of the visits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.domain.records import EncounterKind, EncounterState, Patient
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


@dataclass(frozen=True, slots=True)
class VisitOfLetter:
    """What a letter's card says of its visit: the day, and who signed it."""

    id: int
    on: date
    signed_by: str


def visits(session: Session, encounter_ids: Sequence[int]) -> dict[int, VisitOfLetter]:
    """The visits of letters, by id; of one that nobody signed, who wrote it down."""
    found: dict[int, VisitOfLetter] = {}
    row = EncounterRow
    for some in _parts(encounter_ids):
        query = select(row.id, row.day, row.signed_name, row.author).where(row.id.in_(some))
        found |= {
            each.id: VisitOfLetter(each.id, each.day, each.signed_name or each.author)
            for each in session.execute(query)
        }
    return found


def told_visits(session: Session, since: date, source: str) -> tuple[VisitOfLetter, ...]:
    """Signed clinic visits from one source since a day, of people who are alive, newest first."""
    row = EncounterRow
    query = (
        select(row.id, row.day, row.signed_name)
        .join(PatientRow, PatientRow.id == row.patient_id)
        .where(row.state == EncounterState.SIGNED.value, row.kind == EncounterKind.CLINIC.value, row.source == source)
        .where(row.day >= since, PatientRow.died.is_(None), PatientRow.joined_to.is_(None))
    )
    found = session.execute(query.order_by(row.day.desc(), row.id))
    return tuple(VisitOfLetter(each.id, each.day, each.signed_name) for each in found)


def _parts(ids: Sequence[int]) -> Iterator[list[int]]:
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
