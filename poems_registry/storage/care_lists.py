"""What the clinic's lists ask: referrals that wait, onward referrals that are open, calls, the list of a meeting."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral
from poems_registry.storage.care import SHELVES, record
from poems_registry.storage.tables.patient import PatientRow
from poems_registry.storage.worklist import WHO, Whose, whose_of

E = TypeVar("E", bound=Entry)
_REFERRALS: Any = SHELVES[Referral].row.__table__
_ONWARD: Any = SHELVES[OnwardReferral].row.__table__
_CALLS: Any = SHELVES[AdviceCall].row.__table__
_MDT: Any = SHELVES[MdtEntry].row.__table__
_OPEN = ("made", "accepted")


def referrals_waiting(session: Session) -> tuple[tuple[Whose, Referral], ...]:
    """Referrals that nobody answered: urgent ones first, then the one that waits longest."""
    query = _listed(_REFERRALS).where(_REFERRALS.c.outcome == "")
    found = _with_whose(session, Referral, query.order_by(_REFERRALS.c.day, _REFERRALS.c.id))
    return tuple(sorted(found, key=lambda pair: pair[1].urgency != "urgent"))


def referrals_answered(session: Session, limit: int) -> tuple[tuple[Whose, Referral], ...]:
    """Referrals that were answered, the newest first."""
    query = _listed(_REFERRALS).where(_REFERRALS.c.outcome != "")
    query = query.order_by(_REFERRALS.c.answered_on.desc(), _REFERRALS.c.id.desc()).limit(limit)
    return tuple(_with_whose(session, Referral, query))


def onward_open(session: Session, limit: int) -> tuple[tuple[tuple[Whose, OnwardReferral], ...], int]:
    """Onward referrals that no service has seen yet, the oldest first, and how many there are; nobody's who died."""
    wanted = (_ONWARD.c.state.in_(_OPEN), _ONWARD.c.error_reason == "", PatientRow.died.is_(None))
    query = _listed(_ONWARD).where(*wanted).order_by(_ONWARD.c.day, _ONWARD.c.id).limit(limit)
    counted = select(func.count()).select_from(_ONWARD).join(PatientRow, PatientRow.id == _ONWARD.c.patient_id)
    return tuple(_with_whose(session, OnwardReferral, query)), session.scalar(counted.where(*wanted)) or 0


def calls(session: Session, limit: int) -> tuple[tuple[Whose | None, AdviceCall], ...]:
    """Calls for advice, the newest first; nobody's where the patient was not named."""
    query = _calls().order_by(_CALLS.c.day.desc(), _CALLS.c.time.desc(), _CALLS.c.id.desc()).limit(limit)
    return tuple(_calls_of(session, query))


def calls_to_follow(session: Session) -> tuple[tuple[Whose | None, AdviceCall], ...]:
    """Calls after which something is still to be done, the oldest first."""
    wanted = (_CALLS.c.follow_up != "", _CALLS.c.followed_on.is_(None))
    return tuple(_calls_of(session, _calls().where(*wanted).order_by(_CALLS.c.day, _CALLS.c.time, _CALLS.c.id)))


def mdt_list(session: Session, on: date) -> tuple[tuple[Whose, MdtEntry], ...]:
    """The list of one meeting in the order in which it was made."""
    query = _listed(_MDT).where(_MDT.c.day == on).order_by(_MDT.c.id)
    return tuple(_with_whose(session, MdtEntry, query))


def mdt_days(session: Session) -> tuple[tuple[date, int], ...]:
    """Every day with a list and how many are on it, the last first."""
    query = select(_MDT.c.day, func.count()).where(_MDT.c.error_reason == "").group_by(_MDT.c.day)
    return tuple((row[0], row[1]) for row in session.execute(query.order_by(_MDT.c.day.desc())))


def _listed(table: Any) -> Select[Any]:
    """Without mistakes; `WHO` names the patient."""
    own = [column for column in table.columns if column.name != "patient_id"]
    joined = select(*WHO, *own).select_from(table).join(PatientRow, PatientRow.id == table.c.patient_id)
    return joined.where(table.c.error_reason == "")


def _with_whose(session: Session, kind: type[E], query: Select[Any]) -> Iterable[tuple[Whose, E]]:
    for row in session.execute(query):
        yield whose_of(row), record(kind, row)


def _calls() -> Select[Any]:
    own = [column for column in _CALLS.columns if column.name != "patient_id"]
    joined = select(*WHO, *own).select_from(_CALLS).outerjoin(PatientRow, PatientRow.id == _CALLS.c.patient_id)
    return joined.where(_CALLS.c.error_reason == "")


def _calls_of(session: Session, query: Select[Any]) -> Iterable[tuple[Whose | None, AdviceCall]]:
    for row in session.execute(query):
        yield whose_of(row) if row.patient_id is not None else None, record(AdviceCall, row)
