"""Consents: rows to `Consent` and back; an answer is added, a mistaken one marked, none is ever changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from poems_registry.domain.consents import Answer, Consent, Scope, stays_inside
from poems_registry.domain.errors import NotAllowedNow, NotFound
from poems_registry.storage.audit import trail_of
from poems_registry.storage.tables.consent import ConsentRow
from poems_registry.storage.tables.patient import PatientRow

_WORDS = ("study", "form_version", "taken_by", "on_behalf", "reference", "note")
_TABLE: Any = ConsentRow.__table__


def add(session: Session, consent: Consent) -> Consent:
    """Write one answer, recorded by whoever acts, now."""
    return add_many(session, [consent])[0]


def add_many(session: Session, consents: Sequence[Consent]) -> list[Consent]:
    """Write several answers, in order; what came with who recorded it and when (a transfer) keeps that."""
    trail = trail_of(session)
    rows = [
        ConsentRow(
            patient_id=consent.patient_id,
            scope=consent.scope.value,
            answer=consent.answer.value,
            day=consent.on,
            recorded_by=consent.recorded_by or trail.actor.name,
            recorded_at=consent.recorded_at or trail.at,
            error_reason=consent.error_reason,
            **{name: getattr(consent, name) for name in _WORDS},
        )
        for consent in consents
    ]
    session.add_all(rows)
    session.flush()
    return [_record(row) for row in rows]


def mark_in_error(session: Session, patient_id: int, consent_id: int, reason: str) -> Consent:
    """The entry was a mistake: it stays to be read and counts no more. NotFound; NotAllowedNow if it is marked."""
    row = session.get(ConsentRow, consent_id)
    if row is None or row.patient_id != patient_id:
        raise NotFound("This consent is not in the record.")
    if row.error_reason:
        raise NotAllowedNow("This entry is marked as a mistake already. Nothing was changed.")
    row.error_reason = reason
    session.flush()
    return _record(row)


def of_patients(session: Session, patient_ids: Sequence[int]) -> dict[int, tuple[Consent, ...]]:
    """Every answer of several patients, as they were recorded, mistaken ones too."""
    found: dict[int, list[Consent]] = {}
    query = select(*_TABLE.columns).where(_TABLE.c.patient_id.in_(patient_ids)).order_by(_TABLE.c.id)
    for row in session.execute(query):
        found.setdefault(row.patient_id, []).append(_record(row))
    return {patient_id: tuple(consents) for patient_id, consents in found.items()}


def by_study_name(session: Session) -> dict[str, int]:
    """How many answers name a study so, by the name as it was written; mistaken ones count for nothing."""
    query = (
        select(_TABLE.c.study, func.count())
        .where(_TABLE.c.scope == Scope.STUDY.value, _TABLE.c.error_reason == "")
        .group_by(_TABLE.c.study)
    )
    return {name: count for name, count in session.execute(query)}  # noqa: C416


def kept_inside(session: Session) -> frozenset[int]:
    """Patients about whom nothing may leave for research (`domain.consents.stays_inside`)."""
    answered: dict[int, list[Consent]] = {}
    for row in session.execute(select(*_TABLE.columns).order_by(_TABLE.c.id)):
        answered.setdefault(row.patient_id, []).append(_record(row))
    people = select(PatientRow.id, PatientRow.research_consent).where(PatientRow.research_consent != "")
    noted = {patient_id: words for patient_id, words in session.execute(people)}  # noqa: C416
    return frozenset(i for i in answered.keys() | noted.keys() if stays_inside(answered.get(i, ()), noted.get(i, "")))


def _record(row: Any) -> Consent:
    return Consent(
        id=row.id,
        patient_id=row.patient_id,
        scope=Scope(row.scope),
        answer=Answer(row.answer),
        on=row.day,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        error_reason=row.error_reason,
        version=row.version,
        **{name: getattr(row, name) for name in _WORDS},
    )
