"""How each patient stands today, kept beside the record so that the list of all patients opens at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from poems_registry.storage.tables.patient import PatientRow, StandingRow

TABLE: Any = StandingRow.__table__


@dataclass(frozen=True, slots=True)
class Alert:
    """A result from outside a visit beyond a level, in words: which, its value, the level, when, and where it lies."""

    item: str
    value: str
    level: str
    on: date
    encounter_id: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What the patients list shows of the findings. `features`: (letter, status) pairs, '' when never recorded.

    `verdict` is the criteria's own code; `letter` the state of the newest letter (a `LetterState` value) or '', and
    `letter_on` the day of the visit it tells of, or of the visit that has no letter yet. `due` are (test, due, overdue
    from), the earliest first. From `good_until` on it may not hold any more; without one time alone changes nothing.
    """

    patient_id: int
    features: tuple[tuple[str, str], ...] = ()
    verdict: str = ""
    verdict_hint: str = ""
    treatment: str = ""
    on_treatment: bool = False
    last_visit: date | None = None
    next_due: date | None = None
    vegf: str = ""
    vegf_on: date | None = None
    vegf_specimen: str = ""
    vegf_trail: tuple[float, ...] = ()
    letter: str = ""
    due: tuple[tuple[str, date, date], ...] = ()
    good_until: date | None = None
    letter_on: date | None = None
    alerts: tuple[Alert, ...] = ()

    @property
    def overdue_from(self) -> date | None:
        """The first day on which something is overdue."""
        return min((overdue for _, _, overdue in self.due), default=None)


def write(session: Session, standings: Iterable[Standing]) -> None:
    """Replace what is kept about these patients; not audited, since it can be made again at any time."""
    rows = [_row(standing) for standing in standings]
    if rows:
        session.execute(delete(TABLE).where(TABLE.c.patient_id.in_([row["patient_id"] for row in rows])))
        session.execute(insert(TABLE), rows)


def verdict_of(session: Session, patient_id: int) -> str:
    """What the criteria say on one record, as it is kept; '' if nothing is kept yet."""
    return session.scalar(select(StandingRow.verdict).where(StandingRow.patient_id == patient_id)) or ""


def outdated(session: Session, today: date, limit: int) -> tuple[int, ...]:
    """Some of the patients about whom nothing is kept yet, or of whom time alone may have changed what is kept."""
    joined = select(PatientRow.id).outerjoin(StandingRow, StandingRow.patient_id == PatientRow.id)
    stale = or_(StandingRow.patient_id.is_(None), StandingRow.good_until <= today)
    stale = stale & PatientRow.joined_to.is_(None)
    return tuple(session.scalars(joined.where(stale).order_by(PatientRow.id).limit(limit)))


def _row(standing: Standing) -> dict[str, Any]:
    return {
        "patient_id": standing.patient_id,
        "features": [list(pair) for pair in standing.features],
        "verdict": standing.verdict,
        "verdict_hint": standing.verdict_hint,
        "treatment": standing.treatment,
        "on_treatment": standing.on_treatment,
        "last_visit": standing.last_visit,
        "next_due": standing.next_due,
        "vegf": standing.vegf,
        "vegf_on": standing.vegf_on,
        "vegf_specimen": standing.vegf_specimen,
        "vegf_trail": list(standing.vegf_trail),
        "letter": standing.letter,
        "due": [[test, due.isoformat(), overdue.isoformat()] for test, due, overdue in standing.due],
        "overdue_from": standing.overdue_from,
        "good_until": standing.good_until,
        "letter_on": standing.letter_on,
        "alerts": [[a.item, a.value, a.level, a.on.isoformat(), a.encounter_id] for a in standing.alerts],
    }
