"""The clinic's templates of letters: every version is kept, the newest of a kind is in force."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import StaleRecord
from poems_registry.storage.audit import trail_of
from poems_registry.storage.tables.template import LetterTemplateRow


@dataclass(frozen=True, slots=True)
class StoredTemplate:
    """One version as it was loaded; `text` is empty where the program's own was put back."""

    kind: str
    version: int
    name: str
    text: str
    sha256: str
    at: datetime
    by: str

    @property
    def altered(self) -> bool:
        """Whether the text is not the one that was loaded."""
        return _sha256(self.text) != self.sha256


def newest(session: Session, kind: str) -> StoredTemplate | None:
    """The version in force; None if none was ever loaded."""
    query = select(LetterTemplateRow).where(LetterTemplateRow.kind == kind)
    row = session.scalars(query.order_by(LetterTemplateRow.version.desc()).limit(1)).first()
    return _record(row) if row is not None else None


def version(session: Session, kind: str, number: int) -> StoredTemplate | None:
    """That version, whether or not it is in force."""
    query = select(LetterTemplateRow).where(LetterTemplateRow.kind == kind, LetterTemplateRow.version == number)
    row = session.scalars(query).first()
    return _record(row) if row is not None else None


def add(session: Session, kind: str, name: str, text: str, seen: int) -> StoredTemplate:
    """Put another version in force; StaleRecord unless `seen` is the newest before it (0: none)."""
    query = select(func.max(LetterTemplateRow.version)).where(LetterTemplateRow.kind == kind)
    if (session.scalar(query) or 0) != seen:
        raise StaleRecord
    trail = trail_of(session)
    row = LetterTemplateRow(kind=kind, version=seen + 1, name=name, text=text, sha256=_sha256(text))
    row.loaded_at, row.loaded_by = trail.at, trail.actor.name
    session.add(row)
    session.flush()
    return _record(row)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _record(row: LetterTemplateRow) -> StoredTemplate:
    return StoredTemplate(row.kind, row.version, row.name, row.text, row.sha256, row.loaded_at, row.loaded_by)
