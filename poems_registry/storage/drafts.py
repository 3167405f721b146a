"""What somebody has typed into an encounter and not yet saved: in the registry only, encrypted (decision 18)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.storage.audit import trail_of
from poems_registry.storage.tables.encounter import DraftRow, EncounterRow


@dataclass(frozen=True, slots=True)
class Draft:
    """One open draft: whose, of which encounter, and what was typed (a JSON-able dictionary of the form's own)."""

    encounter_id: int
    person_id: int
    patient_id: int
    saved_at: datetime
    content: dict[str, Any]


def save_draft(session: Session, encounter_id: int, person_id: int, content: dict[str, Any]) -> None:
    """Keep what was typed; one open draft a person an encounter, the newest wins."""
    row = session.get(DraftRow, (encounter_id, person_id))
    if row is None:
        row = DraftRow(encounter_id=encounter_id, person_id=person_id)
        session.add(row)
    row.saved_at = trail_of(session).at
    row.content = dict(content)
    session.flush()


def load_draft(session: Session, encounter_id: int, person_id: int) -> Draft | None:
    """The person's draft of an encounter, if any."""
    query = _query().where(DraftRow.encounter_id == encounter_id, DraftRow.person_id == person_id)
    row = session.execute(query).one_or_none()
    return None if row is None else _draft(row)


def open_drafts(session: Session, person_id: int | None = None, patient_id: int | None = None) -> tuple[Draft, ...]:
    """Open drafts, newest first; of one person or patient if given."""
    query = _query().order_by(DraftRow.saved_at.desc(), DraftRow.encounter_id)
    if person_id is not None:
        query = query.where(DraftRow.person_id == person_id)
    if patient_id is not None:
        query = query.where(EncounterRow.patient_id == patient_id)
    return tuple(_draft(row) for row in session.execute(query))


def drop_draft(session: Session, encounter_id: int, person_id: int | None = None) -> None:
    """Forget a person's draft of an encounter, or everybody's once it is signed."""
    query = select(DraftRow).where(DraftRow.encounter_id == encounter_id)
    if person_id is not None:
        query = query.where(DraftRow.person_id == person_id)
    for row in session.scalars(query):
        session.delete(row)
    session.flush()


def _query() -> Any:
    columns = (DraftRow.encounter_id, DraftRow.person_id, EncounterRow.patient_id, DraftRow.saved_at, DraftRow.content)
    return select(*columns).join(EncounterRow, EncounterRow.id == DraftRow.encounter_id)


def _draft(row: Any) -> Draft:
    return Draft(row.encounter_id, row.person_id, row.patient_id, row.saved_at, dict(row.content))
