"""The list of GP practices that a clinic loaded: replaced by a newer one, but a practice that is gone stays, closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from poems_registry.domain.names import fold
from poems_registry.storage.audit import trail_of
from poems_registry.storage.tables.practice import PracticeListRow, PracticeRow

OPEN, CLOSED, GONE = "open", "closed", "gone"
_TABLE: Any = PracticeRow.__table__
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ListedPractice:
    """One practice of the list; `status` is open, closed, or gone when a newer list does not name it any more."""

    code: str
    name: str
    address: tuple[str, ...] = ()
    postcode: str = ""
    phone: str = ""
    status: str = OPEN
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ListInForce:
    """The list that was loaded last: which file, of which day if that was said, by whom, and how many it named."""

    name: str
    sha256: str
    listed_on: date | None
    loaded_at: datetime
    loaded_by: str
    practices: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A list beside the one in force, by code."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    gone: tuple[str, ...]


def compare(session: Session, practices: Sequence[ListedPractice]) -> Compared:
    """What loading this list would change; `gone` are those that only the list in force names."""
    known = {each.code: each for each in everything(session)}
    listed = {each.code: each for each in practices}
    return Compared(
        new=tuple(code for code in listed if code not in known),
        changed=tuple(code for code in listed if code in known and known[code] != listed[code]),
        unchanged=tuple(code for code in listed if known.get(code) == listed[code]),
        gone=tuple(code for code, each in known.items() if code not in listed and each.status != GONE),
    )


def in_force(session: Session) -> ListInForce | None:
    """The list that was loaded last, if any."""
    row = session.scalar(select(PracticeListRow).order_by(PracticeListRow.id.desc()).limit(1))
    if row is None:
        return None
    return ListInForce(row.name, row.sha256, row.listed_on, row.loaded_at, row.loaded_by, row.practices)


def load(session: Session, practices: Sequence[ListedPractice], name: str, sha256: str, on: date | None) -> Compared:
    """Take this list for the one in force; what only the older one names is kept and marked as gone."""
    known = {each.code: each for each in everything(session)}
    listed = {each.code: each for each in practices}
    found = compare(session, practices)
    stale = [*found.changed, *found.gone]
    for start in range(0, len(stale), _AT_ONCE):
        session.execute(delete(_TABLE).where(_TABLE.c.code.in_(stale[start : start + _AT_ONCE])))
    rows = [_row(listed[code]) for code in (*found.new, *found.changed)]
    rows += [_row(known[code], GONE) for code in found.gone]
    if rows:
        session.execute(insert(_TABLE), rows)
    trail = trail_of(session)
    made = PracticeListRow(name=name, sha256=sha256, listed_on=on, loaded_at=trail.at, practices=len(listed))
    made.loaded_by = trail.actor.name
    session.add(made)
    session.flush()
    return found


def find(session: Session, typed: str, limit: int = 12) -> tuple[ListedPractice, ...]:
    """Practices whose code, name or postcode holds every word typed; open ones first."""
    words = fold(typed).split()
    if not words:
        return ()
    holds = [_TABLE.c.search_text.contains(word, autoescape=True) for word in words]
    rows = session.execute(select(*_TABLE.columns).where(*holds).order_by(_TABLE.c.status.desc(), _TABLE.c.name))
    return tuple(_record(row) for row in rows.fetchmany(limit))


def by_code(session: Session, code: str) -> ListedPractice | None:
    """The practice of this code, if the list names it or did."""
    row = session.execute(select(*_TABLE.columns).where(_TABLE.c.code == code.strip().upper())).first()
    return None if row is None else _record(row)


def everything(session: Session) -> Iterable[ListedPractice]:
    """The whole list, by code."""
    return [_record(row) for row in session.execute(select(*_TABLE.columns).order_by(_TABLE.c.code))]


def count(session: Session) -> int:
    """How many practices are listed."""
    return session.scalar(select(func.count()).select_from(PracticeRow)) or 0


def _row(practice: ListedPractice, status: str = "") -> dict[str, Any]:
    glued = practice.postcode.replace(" ", "")
    return {
        "code": practice.code,
        "name": practice.name,
        "address": list(practice.address),
        "postcode": practice.postcode,
        "phone": practice.phone,
        "status": status or practice.status,
        "closed_on": practice.closed_on,
        "search_text": fold(f"{practice.code} {practice.name} {practice.postcode} {glued}"),
    }


def _record(row: Any) -> ListedPractice:
    return ListedPractice(row.code, row.name, tuple(row.address), row.postcode, row.phone, row.status, row.closed_on)
