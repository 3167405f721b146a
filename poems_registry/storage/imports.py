"""Files that were read in, known by their content, so that nothing is imported twice (decision 21)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from poems_registry.storage.tables.house import ImportBatchRow


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """What was read, when, by whom; `counts` are read, new, changed, unchanged, ignored, set_aside."""

    sha256: str
    kind: str
    at: datetime
    person: str
    counts: Mapping[str, int]
    id: int = 0


def find(session: Session, sha256: str, kind: str) -> ImportBatch | None:
    """The earlier import of a file with exactly this content, if there was one."""
    row = session.scalar(select(ImportBatchRow).where(ImportBatchRow.sha256 == sha256, ImportBatchRow.kind == kind))
    return None if row is None else _batch(row)


def add(session: Session, batch: ImportBatch) -> ImportBatch:
    """Remember an import, in the same transaction as what it brought."""
    row = ImportBatchRow(sha256=batch.sha256, kind=batch.kind, at=batch.at, person=batch.person)
    row.counts = dict(batch.counts)
    session.add(row)
    session.flush()
    return _batch(row)


def everything(session: Session) -> tuple[ImportBatch, ...]:
    """All imports, newest first."""
    return tuple(_batch(row) for row in session.scalars(select(ImportBatchRow).order_by(ImportBatchRow.id.desc())))


def _batch(row: ImportBatchRow) -> ImportBatch:
    counts = {str(name): int(number) for name, number in dict(row.counts).items()}
    return ImportBatch(row.sha256, row.kind, row.at, row.person, counts, row.id)
