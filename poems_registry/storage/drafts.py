"""What somebody has typed into an encounter and not yet saved: in the registry only, encrypted (decision 18)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.domain.encounter_kinds import EncounterKind
from poems_registry.storage.audit import trail_of
from poems_registry.storage.tables.encounter import DraftRow, EncounterRow
from poems_registry.storage.tables.house import PersonRow


@dataclass(frozen=True, slots=True)
class Draft:
    """One open draft: whose, of which encounter, and what was typed (a JSON-able dictionary of the form's own).

    `amends` is the signed version it changes, 0 for a visit that was never signed; `reason` why, `began_at` since when.
    """

    encounter_id: int
    person_id: int
    patient_id: int
    saved_at: datetime
    content: dict[str, Any]
    amends: int = 0
    reason: str = ""
    began_at: datetime | None = None
    person: str = ""
    on: date | None = None
    kind: EncounterKind = EncounterKind.CLINIC


def save_draft(session: Session, encounter_id: int, person_id: int, content: dict[str, Any]) -> datetime:
    """Keep what was typed, and say as of when; one open draft a person an encounter, the newest wins."""
    row = session.get(DraftRow, (encounter_id, person_id))
    if row is None:
        row = DraftRow(encounter_id=encounter_id, person_id=person_id, began_at=trail_of(session).at)
        session.add(row)
    row.saved_at = trail_of(session).at
    row.content = dict(content)
    session.flush()
    return row.saved_at


def begin_amendment(
    session: Session, encounter_id: int, person_id: int, number: int, reason: str, content: dict[str, Any]
) -> None:
    """A draft on top of the signed version `number`."""
    save_draft(session, encounter_id, person_id, content)
    row = session.get_one(DraftRow, (encounter_id, person_id))
    row.amends, row.reason = number, reason
    session.flush()


def rebase(session: Session, encounter_id: int, person_id: int, number: int) -> None:
    """The draft now changes the version `number`: its author saw what it says and chose."""
    session.get_one(DraftRow, (encounter_id, person_id)).amends = number
    session.flush()


def load_draft(session: Session, encounter_id: int, person_id: int) -> Draft | None:
    """The person's draft of an encounter, if any."""
    query = _query().where(DraftRow.encounter_id == encounter_id, DraftRow.person_id == person_id)
    row = session.execute(query).one_or_none()
    return None if row is None else _draft(row)


def of_encounter(session: Session, encounter_id: int) -> tuple[Draft, ...]:
    """Everybody's drafts of an encounter, the one that was begun first first."""
    query = _query().where(DraftRow.encounter_id == encounter_id).order_by(DraftRow.began_at, DraftRow.person_id)
    return tuple(_draft(row) for row in session.execute(query))


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
    columns = (
        DraftRow.encounter_id,
        DraftRow.person_id,
        EncounterRow.patient_id,
        DraftRow.saved_at,
        DraftRow.content,
        DraftRow.amends,
        DraftRow.reason,
        DraftRow.began_at,
        PersonRow.name,
        EncounterRow.day,
        EncounterRow.kind,
    )
    joined = select(*columns).join(EncounterRow, EncounterRow.id == DraftRow.encounter_id)
    return joined.join(PersonRow, PersonRow.id == DraftRow.person_id)


def _draft(row: Any) -> Draft:
    return Draft(
        row.encounter_id, row.person_id, row.patient_id, row.saved_at, dict(row.content), row.amends, row.reason,
        row.began_at, row.name, row.day, EncounterKind(row.kind),
    )  # fmt: skip
