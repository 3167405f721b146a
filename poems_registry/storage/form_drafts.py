"""What somebody has typed into a form that is no visit and has not saved: in the registry only, encrypted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from poems_registry.storage.audit import trail_of
from poems_registry.storage.tables.encounter import FormDraftRow


@dataclass(frozen=True, slots=True)
class FormKey:
    """Which form of which patient and record; both numbers are 0 for one that is new."""

    form: str
    patient_id: int = 0
    record_id: int = 0


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What stands in a form, in its own words."""

    key: FormKey
    saved_at: datetime
    content: dict[str, Any]


def save(session: Session, person_id: int, key: FormKey, content: dict[str, Any]) -> None:
    """Keep what was typed; one a person a form, the newest wins."""
    row = session.get(FormDraftRow, (person_id, key.form, key.patient_id, key.record_id))
    if row is None:
        row = FormDraftRow(person_id=person_id, form=key.form, patient_id=key.patient_id, record_id=key.record_id)
        session.add(row)
    row.saved_at = trail_of(session).at
    row.content = dict(content)
    session.flush()


def of_person(session: Session, person_id: int) -> tuple[KeptForm, ...]:
    """All forms a person left, newest first."""
    query = select(FormDraftRow).where(FormDraftRow.person_id == person_id)
    query = query.order_by(FormDraftRow.saved_at.desc(), FormDraftRow.form, FormDraftRow.patient_id)
    return tuple(
        KeptForm(FormKey(row.form, row.patient_id, row.record_id), row.saved_at, dict(row.content))
        for row in session.scalars(query)
    )


def load(session: Session, person_id: int, key: FormKey) -> KeptForm | None:
    """What this person left in this form, if anything."""
    row = session.get(FormDraftRow, (person_id, key.form, key.patient_id, key.record_id))
    return None if row is None else KeptForm(key, row.saved_at, dict(row.content))


def drop(session: Session, person_id: int, key: FormKey) -> None:
    """Forget it: it was saved, or taken back."""
    table = FormDraftRow.__table__
    session.execute(
        delete(FormDraftRow).where(
            table.c.person_id == person_id,
            table.c.form == key.form,
            table.c.patient_id == key.patient_id,
            table.c.record_id == key.record_id,
        )
    )
