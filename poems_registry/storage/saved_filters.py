"""The filters of the patients list that people named: rows of their own, seen and changed by nobody else."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import InvalidInput, NotFound
from poems_registry.storage.tables.house import SavedFilterRow

_TAKEN = "You have a filter of this name already. Choose another name."


@dataclass(frozen=True, slots=True)
class Saved:
    """A person's filter: its name, and what was set as a JSON-able dictionary of the list's own."""

    id: int
    name: str
    content: dict[str, Any]


def of_person(session: Session, person_id: int) -> tuple[Saved, ...]:
    """A person's filters by name."""
    query = select(SavedFilterRow).where(SavedFilterRow.person_id == person_id)
    return tuple(sorted((_saved(row) for row in session.scalars(query)), key=lambda each: each.name.casefold()))


def keep(session: Session, person_id: int, name: str, content: dict[str, Any]) -> int:
    """Keep a filter under this name; one of the same name is replaced. Gives its id."""
    row = session.scalar(
        select(SavedFilterRow).where(SavedFilterRow.person_id == person_id, SavedFilterRow.name == name)
    )
    if row is None:
        row = SavedFilterRow(person_id=person_id, name=name)
        session.add(row)
    row.content = content
    session.flush()
    return row.id


def rename(session: Session, person_id: int, filter_id: int, name: str) -> None:
    """Another name. InvalidInput if it is taken; NotFound for a filter that is gone or somebody else's."""
    row = _own(session, person_id, filter_id)
    if any(each.name == name and each.id != filter_id for each in of_person(session, person_id)):
        raise InvalidInput({"name": _TAKEN})
    row.name = name
    session.flush()


def remove(session: Session, person_id: int, filter_id: int) -> None:
    """Take it away for good: it was a convenience, nothing of a record."""
    session.delete(_own(session, person_id, filter_id))
    session.flush()


def _own(session: Session, person_id: int, filter_id: int) -> SavedFilterRow:
    row = session.get(SavedFilterRow, filter_id)
    if row is None or row.person_id != person_id:
        raise NotFound("This filter is not there any more. Nothing was changed.")
    return row


def _saved(row: SavedFilterRow) -> Saved:
    return Saved(row.id, row.name, dict(row.content))
