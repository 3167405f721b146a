"""How each patient stands today, kept beside the record so that the list of all patients opens at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from poems_registry.storage.tables.patient import PatientRow, StandingRow

TABLE: Any = StandingRow.__table__


@dataclass(frozen=True, slots=True)
class Standing:
    """What the patients list shows of the findings. `features`: (letter, status) pairs, '' when never recorded.

    `verdict` is the criteria's own code; `letter` the state of the newest letter (a `LetterState` value) or ''.
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


def write(session: Session, standings: Iterable[Standing]) -> None:
    """Replace what is kept about these patients; not audited, since it can be made again at any time."""
    rows = [_row(standing) for standing in standings]
    if rows:
        session.execute(delete(TABLE).where(TABLE.c.patient_id.in_([row["patient_id"] for row in rows])))
        session.execute(insert(TABLE), rows)


def missing(session: Session) -> tuple[int, ...]:
    """Patients about whom nothing is kept yet."""
    query = select(PatientRow.id).where(PatientRow.id.not_in(select(StandingRow.patient_id))).order_by(PatientRow.id)
    return tuple(session.scalars(query))


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
    }
