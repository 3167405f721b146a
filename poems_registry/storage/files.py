"""Whole patient files, one or all, in a few queries whatever their number: what letters, exports and cohorts read."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import NotFound
from poems_registry.domain.records import Action, Encounter, Medicine, PatientFile
from poems_registry.storage import (
    consents,
    encounter_rows,
    encounter_versions,
    letters,
    observations,
    patient_rows,
    patients,
    treatments,
)
from poems_registry.storage.encounter_rows import ACTIONS, ENCOUNTERS, MEDICINES
from poems_registry.storage.tables.patient import PatientRow

Line = TypeVar("Line")


def _listed(table: Any) -> Select[Any]:
    """The lines of encounters in their order; a line begins with its encounter's id."""
    joined = select(*table.columns).join(ENCOUNTERS, ENCOUNTERS.c.id == table.c.encounter_id)
    return joined.order_by(table.c.encounter_id, table.c.position)


# Each statement is put together once: of tables with many columns that takes as long as asking.
_PEOPLE: Select[Any] = select(*PatientRow.__table__.columns)
_ENCOUNTERS: Select[Any] = select(*ENCOUNTERS.columns).order_by(
    ENCOUNTERS.c.patient_id, ENCOUNTERS.c.day, ENCOUNTERS.c.id
)
_MEDICINES, _ACTIONS = _listed(MEDICINES), _listed(ACTIONS)


def load_file(session: Session, patient_id: int) -> PatientFile:
    """Everything about one person, drafts and entries in error included; NotFound."""
    files = _batch(session, [patient_id], None)
    if not files:
        raise NotFound("This patient is not in the registry.")
    return files[0]


def load_files(
    session: Session, ids: Sequence[int] | None = None, items: Sequence[str] | None = None, batch: int = 200
) -> Iterator[PatientFile]:
    """The files of some or all patients, in the order of `ids` or of their adding, a batch in memory at a time.

    `items` limits the findings to some item codes: a cohort figure of three items need not read the other hundred.
    """
    wanted = list(ids) if ids is not None else list(patients.all_ids(session))
    for start in range(0, len(wanted), batch):
        yield from _batch(session, wanted[start : start + batch], items)


def _batch(session: Session, ids: Sequence[int], items: Sequence[str] | None) -> list[PatientFile]:
    rows = {row.id: row for row in session.execute(_PEOPLE.where(PatientRow.id.in_(ids)))}
    numbers = patients.numbers_of(session, ids)
    encounters = _encounters(session, ids, items)
    lines = treatments.lines_of(session, ids)
    events = treatments.events_of(session, ids)
    supportive = treatments.supportive_of(session, ids)
    all_letters = letters.of_patients(session, ids)
    agreed = consents.of_patients(session, ids)
    return [
        PatientFile(
            patient_rows.record(rows[patient_id], numbers.get(patient_id, ())),
            tuple(encounters.get(patient_id, ())),
            lines.get(patient_id, ()),
            events.get(patient_id, ()),
            all_letters.get(patient_id, ()),
            supportive.get(patient_id, ()),
            agreed.get(patient_id, ()),
        )
        for patient_id in ids
        if patient_id in rows
    ]


def _encounters(session: Session, ids: Sequence[int], items: Sequence[str] | None) -> dict[int, list[Encounter]]:
    medicines: dict[int, tuple[Medicine, ...]] = _lines(session, _MEDICINES, ids, encounter_rows.medicine)
    actions: dict[int, tuple[Action, ...]] = _lines(session, _ACTIONS, ids, encounter_rows.action)
    rows = session.execute(_ENCOUNTERS.where(ENCOUNTERS.c.patient_id.in_(ids))).all()
    findings = observations.of_encounters(session, sorted(row.id for row in rows), items)
    earlier = encounter_versions.earlier(
        session, {row.id: row.version_number for row in rows if row.version_number > 1}
    )
    found: dict[int, list[Encounter]] = {}
    for row in rows:
        parts = (findings.get(row.id, ()), medicines.get(row.id, ()), actions.get(row.id, ()), earlier.get(row.id, ()))
        found.setdefault(row.patient_id, []).append(encounter_rows.record(row, *parts))
    return found


def _lines(
    session: Session, listed: Select[Any], ids: Sequence[int], make: Callable[[Any], Line]
) -> dict[int, tuple[Line, ...]]:
    query = listed.where(ENCOUNTERS.c.patient_id.in_(ids))
    by_encounter = groupby(session.execute(query), itemgetter(0))
    return {encounter_id: tuple(make(row) for row in rows) for encounter_id, rows in by_encounter}
