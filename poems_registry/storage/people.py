"""People who sign in: rows to `Person` and back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.domain.access import Permission, Role
from poems_registry.domain.errors import InvalidInput, NotFound
from poems_registry.domain.records import Person
from poems_registry.storage.tables.house import PersonRow


@dataclass(frozen=True, slots=True)
class SignInNotes:
    """What is told at sign-in: wrong tries since the last one, and when that was."""

    failed_attempts: int
    last_sign_in_at: datetime | None


def add(session: Session, person: Person) -> Person:
    """Add a person and give the record with its id; InvalidInput if the user name is taken."""
    if find(session, person.user) is not None:
        raise InvalidInput({"user": "is already somebody's user name"})
    row = PersonRow()
    _fill(row, person)
    session.add(row)
    session.flush()
    return _record(row)


def save(session: Session, person: Person) -> Person:
    """Change name, role, permissions or whether the person may sign in; the user name never changes."""
    row = _row(session, person.id)
    _fill(row, person)
    session.flush()
    return _record(row)


def load(session: Session, person_id: int) -> Person:
    """One person; NotFound."""
    return _record(_row(session, person_id))


def find(session: Session, user: str) -> Person | None:
    """By user name, whatever its case; active or not."""
    row = session.scalar(select(PersonRow).where(PersonRow.user == _folded(user)))
    return None if row is None else _record(row)


def everyone(session: Session) -> tuple[Person, ...]:
    """All people, active first, by name."""
    rows = session.scalars(select(PersonRow).order_by(PersonRow.active.desc(), PersonRow.name, PersonRow.id))
    return tuple(_record(row) for row in rows)


def rights_now(session: Session, person_id: int) -> frozenset[Permission]:
    """What a person may do at this moment, whatever was read before; nothing if they may not sign in."""
    row = session.execute(select(PersonRow.active, PersonRow.permissions).where(PersonRow.id == person_id)).one()
    return frozenset(Permission(str(code)) for code in row.permissions) if row.active else frozenset()


def hold_all(session: Session) -> None:
    """Let nobody else change any person until this transaction ends: for rules about all of them. Ask it first."""
    session.execute(select(PersonRow.id).order_by(PersonRow.id).with_for_update())


def note_sign_in(session: Session, person_id: int, at: datetime, failed_attempts: int) -> SignInNotes:
    """Keep when the person signed in and how many tries failed before; gives what was kept the time before."""
    row = _row(session, person_id)
    before = SignInNotes(failed_attempts, row.last_sign_in_at)
    row.failed_attempts = failed_attempts
    row.last_sign_in_at = at
    session.flush()
    return before


def _row(session: Session, person_id: int) -> PersonRow:
    row = session.get(PersonRow, person_id)
    if row is None:
        raise NotFound("This person is not in the registry.")
    return row


def _folded(user: str) -> str:
    return user.strip().casefold()


def _fill(row: PersonRow, person: Person) -> None:
    row.user = _folded(person.user)
    row.name = person.name
    row.role = person.role.value
    row.profession = person.profession
    row.registration = person.registration
    row.permissions = sorted(permission.value for permission in person.permissions)
    row.active = person.active


def _record(row: PersonRow) -> Person:
    return Person(
        id=row.id,
        user=row.user,
        name=row.name,
        role=Role(row.role),
        profession=row.profession,
        registration=row.registration,
        permissions=frozenset(Permission(str(code)) for code in row.permissions),
        active=row.active,
    )
