"""Studies, parts taken in them, samples and aliquots: rows to records and back; what was an error is withdrawn."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import NotFound, StaleRecord
from poems_registry.domain.records import EncounterKind, EncounterState
from poems_registry.domain.samples import (
    AfterWithdrawal,
    Aliquot,
    AliquotState,
    Purpose,
    ResultState,
    Sample,
    SampleKind,
)
from poems_registry.domain.studies import Enrolment, Study, TakingPart
from poems_registry.storage.tables.encounter import EncounterRow
from poems_registry.storage.tables.house import RegistryRow
from poems_registry.storage.tables.research import AliquotRow, EnrolmentRow, SampleRow, StudyRow

Record = Study | Enrolment | Sample | Aliquot
R = TypeVar("R", bound=Record)
GONE = "This entry is not in the registry any more."
_CODED: Mapping[str, type[Enum]] = {
    "enrolment.state": TakingPart,
    "sample.kind": SampleKind,
    "sample.purpose": Purpose,
    "sample.result": ResultState,
    "sample.after_withdrawal": AfterWithdrawal,
    "aliquot.state": AliquotState,
}
_OR_NONE = ("sample.study_id", "sample.result_encounter_id")
"""Numbers of which 0 is none: a column with a foreign key holds NULL there."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The table of a record, each field's column, and the columns by which a list of it is ordered."""

    row: Any
    columns: Mapping[str, str]
    order: tuple[str, ...]


def _shelf(record: type[Any], row: Any, *order: str, **named: str) -> _Shelf:
    names = [field.name for field in fields(record) if field.name not in ("id", "version")]
    return _Shelf(row, {name: named.get(name, name) for name in names}, order)


_SHELVES: Mapping[type[Any], _Shelf] = {
    Study: _shelf(Study, StudyRow, "short_name", "id"),
    Enrolment: _shelf(Enrolment, EnrolmentRow, "joined", "id"),
    Sample: _shelf(Sample, SampleRow, "taken", "id"),
    Aliquot: _shelf(Aliquot, AliquotRow, "sample_id", "number", "id", on="day"),
}


def add(session: Session, record: R) -> R:
    """Add one entry and give it with its id."""
    return add_many(session, [record])[0]


def add_many(session: Session, records: Sequence[R]) -> list[R]:
    """Add entries of one kind, in order."""
    if not records:
        return []
    kind = type(records[0])
    rows = [_SHELVES[kind].row(**_values(record)) for record in records]
    session.add_all(rows)
    session.flush()
    return [_record(kind, row) for row in rows]


def save(session: Session, record: R) -> R:
    """Change an entry; StaleRecord if it changed since it was read; NotFound if it was withdrawn."""
    row = _current(session, record)
    for name, value in _values(record).items():
        setattr(row, name, value)
    session.flush()
    return _record(type(record), row)


def retract(session: Session, record: Record) -> None:
    """Withdraw what was entered in error; give the reason to `Store.writing`."""
    _current(session, record).in_error = True
    session.flush()


def studies(session: Session) -> tuple[Study, ...]:
    """The clinic's list, by name."""
    return tuple(_all(session, Study))


def enrolments_of(session: Session, patient_id: int) -> tuple[Enrolment, ...]:
    """A person's parts in studies, oldest first."""
    return tuple(_all(session, Enrolment, patient_id))


def samples_of(session: Session, patient_id: int) -> tuple[Sample, ...]:
    """A person's samples, oldest first."""
    return tuple(_all(session, Sample, patient_id))


def aliquots_of(session: Session, patient_id: int) -> tuple[Aliquot, ...]:
    """The aliquots of a person's samples, by sample and number."""
    return tuple(_all(session, Aliquot, patient_id))


def all_enrolments(session: Session) -> dict[int, tuple[Enrolment, ...]]:
    """Every part in a study by patient."""
    found: defaultdict[int, list[Enrolment]] = defaultdict(list)
    for part in _all(session, Enrolment):
        found[part.patient_id].append(part)
    return {patient_id: tuple(parts) for patient_id, parts in found.items()}


def all_samples(session: Session) -> dict[int, tuple[Sample, ...]]:
    """Every sample by patient."""
    found: defaultdict[int, list[Sample]] = defaultdict(list)
    for sample in _all(session, Sample):
        found[sample.patient_id].append(sample)
    return {patient_id: tuple(samples) for patient_id, samples in found.items()}


def all_aliquots(session: Session) -> dict[int, tuple[Aliquot, ...]]:
    """Every aliquot by sample."""
    found: defaultdict[int, list[Aliquot]] = defaultdict(list)
    for aliquot in _all(session, Aliquot):
        found[aliquot.sample_id].append(aliquot)
    return {sample_id: tuple(aliquots) for sample_id, aliquots in found.items()}


def parts_by_study(session: Session) -> dict[int, dict[TakingPart, int]]:
    """How many parts each study has in each state."""
    query = (
        select(EnrolmentRow.study_id, EnrolmentRow.state, func.count())
        .where(EnrolmentRow.in_error.is_(False))
        .group_by(EnrolmentRow.study_id, EnrolmentRow.state)
    )
    found: dict[int, dict[TakingPart, int]] = {}
    for study_id, state, count in session.execute(query):
        found.setdefault(study_id, {})[TakingPart(state)] = count
    return found


def hangs_on(session: Session, study_id: int) -> bool:
    """Whether anybody's part or sample names this study, mistaken ones too."""
    return any(
        session.scalar(select(row.id).where(row.study_id == study_id).limit(1)) is not None
        for row in (EnrolmentRow, SampleRow)
    )


def panels(session: Session) -> dict[int, int]:
    """The encounters that hold values of research samples, recorded and not in error, each with its patient."""
    query = select(EncounterRow.id, EncounterRow.patient_id).where(
        EncounterRow.kind == EncounterKind.RESEARCH.value, EncounterRow.state == EncounterState.RECORDED.value
    )
    return {encounter_id: patient_id for encounter_id, patient_id in session.execute(query)}  # noqa: C416


def number_taken(session: Session, number: str, but: int = 0) -> bool:
    """Whether another sample bears this number, a mistaken one too: its tube may still be there."""
    query = select(SampleRow.id).where(SampleRow.number == number, SampleRow.id != but)
    return session.scalar(query) is not None


def numbers(session: Session) -> set[str]:
    """Every number that a sample bears, a mistaken one too."""
    return set(session.scalars(select(SampleRow.number)))


def next_number(session: Session) -> str:
    """A number no sample bears. The registry's own row is held, so that two PCs are not given the same one."""
    session.execute(select(RegistryRow.id).with_for_update())
    last = session.scalar(select(func.max(SampleRow.id))) or 0
    while number_taken(session, number := f"S{last + 1:05}"):
        last += 1
    return number


def _all(session: Session, kind: type[R], patient_id: int | None = None) -> list[R]:
    shelf = _SHELVES[kind]
    table = shelf.row.__table__
    query = select(*table.columns).where(table.c.in_error.is_(False))
    if patient_id is not None:
        query = query.where(table.c.patient_id == patient_id)
    query = query.order_by(*(table.c[name].nulls_first() for name in shelf.order))
    return [_record(kind, row) for row in session.execute(query)]


def _record(kind: type[R], row: Any) -> R:
    """The record of a row, ORM or Core."""
    said: dict[str, Any] = {}
    for name, column in _SHELVES[kind].columns.items():
        value = getattr(row, column)
        key = f"{kind.__name__.lower()}.{name}"
        if key in _CODED:
            value = _CODED[key](value)
        elif key in _OR_NONE:
            value = value or 0
        said[name] = tuple(value) if isinstance(value, list) else value
    return kind(id=row.id, version=row.version, **said)


def _values(record: Record) -> dict[str, Any]:
    kind = type(record)
    said: dict[str, Any] = {}
    for name, column in _SHELVES[kind].columns.items():
        value = getattr(record, name)
        if isinstance(value, Enum):
            value = value.value
        elif f"{kind.__name__.lower()}.{name}" in _OR_NONE:
            value = value or None
        said[column] = list(value) if isinstance(value, tuple) else value
    return said


def _current(session: Session, record: Record) -> Any:
    row = session.get(_SHELVES[type(record)].row, record.id)
    if row is None or row.in_error:
        raise NotFound(GONE)
    if row.version != record.version:
        raise StaleRecord
    return row
