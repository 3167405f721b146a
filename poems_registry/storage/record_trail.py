"""What the audit holds about one person's record, newest first, and the names of what its entries speak of."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select

from poems_registry.domain.encounter_kinds import EncounterKind
from poems_registry.storage.audit import VIEW, AuditEntry, as_read
from poems_registry.storage.tables.encounter import EncounterRow
from poems_registry.storage.tables.letter import LetterCopyRow, LetterRow
from poems_registry.storage.tables.patient import PatientRow
from poems_registry.storage.tables.printing import PrintItemRow
from poems_registry.storage.tables.trail import AuditRow
from poems_registry.storage.unit_of_work import Session

LEFT = ("print", "export", "exported")
"""What went out of the registry, on paper or as a file."""

Cursor = tuple[datetime, int]
"""Instant and number of an entry; the list goes on with what came before it."""

_TRAIL = AuditRow.__table__
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Acted:
    """Somebody who stands in the trail of a record, by the name and role of the last time."""

    id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class VisitNamed:
    """What is said of an encounter to tell it from others; no kind for whom it would tell something clinical."""

    on: date
    kind: EncounterKind | None = None


@dataclass(frozen=True, slots=True)
class LetterNamed:
    """What is said of a letter to tell it from others."""

    number: str
    version: int


def records_of(session: Session, patient_id: int) -> frozenset[int]:
    """The record itself and every one that was joined to it, through several merges too."""
    found, asked = {patient_id}, {patient_id}
    while asked:
        joined = session.scalars(select(PatientRow.id).where(PatientRow.joined_to.in_(asked)))
        asked = set(joined) - found
        found |= asked
    return frozenset(found)


def about(
    session: Session,
    records: Collection[int],
    *,
    actions: str = "",
    actor_id: int = 0,
    since: datetime | None = None,
    before: Cursor | None = None,
) -> Iterator[AuditEntry]:
    """Entries about these records, the newest instant first; those of one transaction stand together.

    `actions`: `looks`, `left` or `changes` alone, '' for all of them.
    """
    query = select(_TRAIL).where(_TRAIL.c.patient_id.in_(records))
    query = _only(query, actions)
    if actor_id:
        query = query.where(_TRAIL.c.actor_id == actor_id)
    if since is not None:
        query = query.where(_TRAIL.c.at >= since)
    if before is not None:
        at, seq = before
        query = query.where(or_(_TRAIL.c.at < at, and_(_TRAIL.c.at == at, _TRAIL.c.seq < seq)))
    query = query.order_by(_TRAIL.c.at.desc(), _TRAIL.c.seq.desc())
    for row in session.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield as_read(row)


def who_acted(session: Session, records: Collection[int]) -> tuple[Acted, ...]:
    """Everybody in the trail of these records, by name."""
    last = (
        select(func.max(_TRAIL.c.seq))
        .where(_TRAIL.c.patient_id.in_(records))
        .group_by(_TRAIL.c.actor_id)
        .scalar_subquery()
    )
    query = select(_TRAIL.c.actor_id, _TRAIL.c.actor, _TRAIL.c.role).where(_TRAIL.c.seq.in_(last))
    found = [Acted(row.actor_id, row.actor, row.role) for row in session.execute(query)]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def visits_named(session: Session, ids: Collection[int]) -> dict[int, VisitNamed]:
    """Day and kind of these encounters."""
    query = select(EncounterRow.id, EncounterRow.day, EncounterRow.kind).where(EncounterRow.id.in_(ids))
    return {row.id: VisitNamed(row.day, EncounterKind(row.kind)) for row in session.execute(query)}


def letters_named(session: Session, ids: Collection[int]) -> dict[int, LetterNamed]:
    """Number and version of these letters."""
    query = select(LetterRow.id, LetterRow.number, LetterRow.version).where(LetterRow.id.in_(ids))
    return {row.id: LetterNamed(row.number, row.version) for row in session.execute(query)}


def letters_of_copies(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The letter of each of these copies."""
    query = select(LetterCopyRow.id, LetterCopyRow.letter_id).where(LetterCopyRow.id.in_(ids))
    return {row.id: row.letter_id for row in session.execute(query)}


def letters_of_prints(session: Session, ids: Collection[int]) -> dict[int, int]:
    """The letter of each of these places in a batch at a printer."""
    query = select(PrintItemRow.id, PrintItemRow.letter_id).where(PrintItemRow.id.in_(ids))
    return {row.id: row.letter_id for row in session.execute(query)}


def _only(query: "Select[tuple[object, ...]]", actions: str) -> "Select[tuple[object, ...]]":
    action = _TRAIL.c.action
    if actions == "looks":
        return query.where(action == VIEW)
    if actions == "left":
        return query.where(action.in_(LEFT))
    if actions == "changes":
        return query.where(action.not_in((VIEW, *LEFT)))
    return query
