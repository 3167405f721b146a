"""What cohort summaries ask of each patient, kept beside the record and known to be stale by the audit alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from poems_registry.storage.audit import head
from poems_registry.storage.tables.patient import CohortMemberRow, PatientRow
from poems_registry.storage.tables.trail import AuditRow

TABLE: Any = CohortMemberRow.__table__
LOOKS = ("view", "search", "print", "export", "exported")
"""Entries of the audit after which a record says what it said before."""
_LONG_AGO = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """One patient's: the rules it was made by, the last day the record speaks of, and its own text."""

    patient_id: int
    basis: str
    latest: date
    content: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is kept and still true, whose must be made (new, changed since, or made by other rules), and up to when."""

    kept: tuple[Kept, ...]
    stale: tuple[int, ...]
    seq: int
    behind: bool


def look(session: Session, basis: str) -> Shelf:
    """Everything that is kept by these rules, against what the audit says has changed since."""
    rows = session.execute(select(*TABLE.columns).where(TABLE.c.basis == basis)).all()
    seq = head(session)[0]
    oldest = min((row.seq for row in rows), default=seq)
    query = (
        select(AuditRow.patient_id, func.max(AuditRow.seq))
        .where(AuditRow.seq > oldest, AuditRow.patient_id.is_not(None), AuditRow.action.not_in(LOOKS))
        .group_by(AuditRow.patient_id)
    )
    changed: dict[int, int] = {patient_id: last for patient_id, last in session.execute(query) if patient_id}
    people = select(PatientRow.id).where(PatientRow.joined_to.is_(None)).order_by(PatientRow.id)
    everyone = dict.fromkeys(session.scalars(people))
    true = {
        row.patient_id: row for row in rows if row.patient_id in everyone and changed.get(row.patient_id, 0) <= row.seq
    }
    kept = tuple(Kept(r.patient_id, r.basis, r.latest, r.content) for r in true.values())
    return Shelf(kept, tuple(i for i in everyone if i not in true), seq, seq - oldest > _LONG_AGO)


def keep(session: Session, made: Sequence[Kept], shelf: Shelf) -> None:
    """Replace what was stale; not audited, since it can be made again at any time.

    Whatever changed after `shelf.seq`, which it was made from, makes it stale again.
    """
    ids = [each.patient_id for each in made]
    for start in range(0, len(ids), 500):
        session.execute(delete(TABLE).where(TABLE.c.patient_id.in_(ids[start : start + 500])))
    if made:
        rows = [
            {"patient_id": m.patient_id, "basis": m.basis, "latest": m.latest, "seq": shelf.seq, "content": m.content}
            for m in made
        ]
        session.execute(insert(TABLE), rows)
    if shelf.behind:
        true = {each.patient_id for each in shelf.kept}
        for start in range(0, len(true), 500):
            part = sorted(true)[start : start + 500]
            session.execute(update(TABLE).where(TABLE.c.patient_id.in_(part)).values(seq=shelf.seq))
