"""Patients: rows to `Patient` and back, and who might be the same person."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Text, func, or_, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.names import fold
from poems_registry.domain.one_person import may_be_one
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.storage import patient_rows
from poems_registry.storage.audit import trail_of
from poems_registry.storage.tables.care import StatusChangeRow
from poems_registry.storage.tables.patient import HospitalNumberRow, PatientRow

MERGED_AWAY = (
    "This record has been merged into another one of the same person. Nothing was saved here. Find the person in the"
    " list again, and write it there."
)
_TABLE: Any = PatientRow.__table__
_TAKEN = "already belongs to another patient of this registry"


def add(session: Session, patient: Patient) -> Patient:
    """Add a patient and give the record with id and uid; InvalidInput if a number is somebody else's."""
    return add_many(session, [patient])[0]


def add_many(session: Session, patients: Iterable[Patient]) -> list[Patient]:
    """Add patients in order, in few statements."""
    rows: list[tuple[PatientRow, Patient]] = []
    for patient in patients:
        _refuse_taken_numbers(session, patient)
        row = PatientRow(uid=patient.uid or str(uuid4()))
        patient_rows.fill(row, patient)
        rows.append((row, patient))
    session.add_all(row for row, _ in rows)
    session.flush()
    for row, patient in rows:
        session.add_all(_number_rows(row.id, patient.hospital_numbers))
    session.flush()
    return [patient_rows.record(row, patient.hospital_numbers) for row, patient in rows]


def load(session: Session, patient_id: int) -> Patient:
    """One patient; NotFound."""
    return patient_rows.record(_row(session, patient_id), _numbers(session, patient_id))


def load_many(session: Session, ids: Sequence[int]) -> tuple[Patient, ...]:
    """Several patients in two statements, in the order of their ids; who is not there is left out."""
    numbers = numbers_of(session, ids)
    rows = session.execute(select(*PatientRow.__table__.columns).where(PatientRow.id.in_(ids)).order_by(PatientRow.id))
    return tuple(patient_rows.record(row, numbers.get(row.id, ())) for row in rows)


def save(
    session: Session, patient: Patient, since: date | None = None, reason: str = "", *, noted: bool = True
) -> Patient:
    """Write a changed patient and give it with its new version; StaleRecord if it changed since it was read.

    Another status becomes part of the history of statuses: from the day `since`, else from today, for this reason. It
    is not `noted` where a change that was a mistake is taken back.
    """
    row = _row(session, patient.id)
    if row.joined_to is not None:
        raise NotAllowedNow(MERGED_AWAY)
    if row.version != patient.version:
        raise StaleRecord
    _refuse_taken_numbers(session, patient)
    other_numbers = _numbers(session, patient.id) != patient.hospital_numbers
    if noted and row.status != patient.status.value:
        note_status(session, row.id, row.status, patient.status.value, since=since, reason=reason)
    patient_rows.fill(row, patient)
    if other_numbers:
        # the numbers are rows of their own: touch the patient, so that its version counts the change (trap 7)
        flag_modified(row, "search_text")
        _save_numbers(session, patient)
    session.flush()
    return patient_rows.record(row, patient.hospital_numbers)


def note_status(
    session: Session, patient_id: int, before: str, status: str, *, since: date | None = None, reason: str = ""
) -> None:
    """The person stands otherwise with the clinic from this day on; who says so and when is the transaction's."""
    trail = trail_of(session)
    row = StatusChangeRow(
        patient_id=patient_id, day=since or trail.at.date(), before=before, status=status, reason=reason,
        recorded_by=trail.actor.name, recorded_at=trail.at, error_reason="",
    )  # fmt: skip
    session.add(row)


def leads_to(session: Session, patient_id: int) -> int:
    """The record in which a person is kept: the same, or the one that it was merged into; NotFound."""
    into = _row(session, patient_id).joined_to
    while into is not None:
        patient_id, into = into, _row(session, into).joined_to
    return patient_id


def by_nhs_number(session: Session, nhs_number: str) -> Patient | None:
    """The patient with this NHS number (ten digits), if any."""
    row = session.scalar(select(PatientRow).where(PatientRow.nhs_number == nhs_number)) if nhs_number else None
    return None if row is None else load(session, leads_to(session, row.id))


def by_study_number(session: Session, study_number: str) -> Patient | None:
    """The patient with this study number, if any: of a merged record, the one it was merged into."""
    row = session.scalar(select(PatientRow).where(PatientRow.study_number == study_number)) if study_number else None
    return None if row is None else load(session, leads_to(session, row.id))


def by_hospital_number(session: Session, number: HospitalNumber) -> Patient | None:
    """The patient to whom this organisation gave this number, if any."""
    same = (HospitalNumberRow.issuer == number.issuer, HospitalNumberRow.value == number.value)
    patient_id = session.scalar(select(HospitalNumberRow.patient_id).where(*same))
    return None if patient_id is None else load(session, patient_id)


def look_alikes(session: Session, patient: Patient, limit: int = 20) -> tuple[Patient, ...]:
    """Who might be the same person (`domain.one_person.may_be_one`), by family name; merged records are not asked.

    The rows that may be meant are taken by number, name and year of birth; the rule itself then looks at each.
    """
    given = fold(patient.given_name)
    families = [fold(each) for each in (patient.family_name, *patient.previous_names)]
    names = {f"{family} {given}".strip() for family in families} | {f"{given} {families[0]}".strip()}
    reasons: list[ColumnElement[bool]] = [PatientRow.sort_name.in_(names - {""})]
    if patient.nhs_number:
        reasons.append(PatientRow.nhs_number == patient.nhs_number)
    if patient.born is not None:
        years = {str(patient.born.earliest().year), str(patient.born.latest().year)}
        born = type_coerce(PatientRow.born, Text)
        reasons += [born.startswith(year) for year in sorted(years)]
    values = [number.value for number in patient.hospital_numbers]
    if values:
        same = select(HospitalNumberRow.patient_id).where(HospitalNumberRow.value.in_(values))
        reasons.append(PatientRow.id.in_(same))
    query = select(*_TABLE.columns).where(or_(*reasons), PatientRow.id != patient.id, PatientRow.joined_to.is_(None))
    found = session.execute(query.order_by(PatientRow.sort_name, PatientRow.id)).all()
    numbers = numbers_of(session, [row.id for row in found]) if values else {}
    alike = [row for row in found if may_be_one(patient, patient_rows.record(row, numbers.get(row.id, ())))][:limit]
    return tuple(patient_rows.record(row, _numbers(session, row.id)) for row in alike)


def count(session: Session) -> int:
    """How many patients the registry holds."""
    rows = select(func.count()).select_from(PatientRow)
    merged = session.scalar(rows.where(PatientRow.joined_to.is_not(None))) or 0
    return (session.scalar(rows) or 0) - merged  # two indexes tell it: no row of theirs is read


def all_ids(session: Session) -> tuple[int, ...]:
    """Every patient's id, in the order they were added."""
    people = select(PatientRow.id).where(PatientRow.joined_to.is_(None))
    return tuple(session.scalars(people.order_by(PatientRow.id)))


def numbers_of(session: Session, ids: Sequence[int]) -> dict[int, tuple[HospitalNumber, ...]]:
    """The hospital numbers of several patients, each in the order they were given."""
    found: dict[int, list[HospitalNumber]] = {}
    columns = (HospitalNumberRow.patient_id, HospitalNumberRow.value, HospitalNumberRow.issuer)
    query = select(*columns).where(HospitalNumberRow.patient_id.in_(ids))
    for patient_id, value, issuer in session.execute(query.order_by(columns[0], HospitalNumberRow.position)):
        found.setdefault(patient_id, []).append(HospitalNumber(value, issuer))
    return {patient_id: tuple(numbers) for patient_id, numbers in found.items()}


def _numbers(session: Session, patient_id: int) -> tuple[HospitalNumber, ...]:
    return numbers_of(session, [patient_id]).get(patient_id, ())


def _save_numbers(session: Session, patient: Patient) -> None:
    """Only what differs: a number that stays keeps its row, by which a merge is undone and the audit is read."""
    now = {(row.issuer, row.value): row for row in _number_rows(patient.id, patient.hospital_numbers)}
    for row in session.scalars(select(HospitalNumberRow).where(HospitalNumberRow.patient_id == patient.id)):
        said = now.pop((row.issuer, row.value), None)
        if said is None:
            session.delete(row)
        else:
            row.position = said.position
    session.flush()
    session.add_all(now.values())


def _number_rows(patient_id: int, numbers: Sequence[HospitalNumber]) -> list[Any]:
    return [
        HospitalNumberRow(patient_id=patient_id, issuer=number.issuer, value=number.value, position=position)
        for position, number in enumerate(numbers)
    ]


def _row(session: Session, patient_id: int) -> PatientRow:
    row = session.get(PatientRow, patient_id)
    if row is None:
        raise NotFound("This patient is not in the registry.")
    return row


def _refuse_taken_numbers(session: Session, patient: Patient) -> None:
    problems: dict[str, str] = {}
    for name, column, value in (
        ("nhs_number", PatientRow.nhs_number, patient.nhs_number),
        ("study_number", PatientRow.study_number, patient.study_number),
    ):
        if value and session.scalar(select(PatientRow.id).where(column == value, PatientRow.id != patient.id)):
            problems[name] = _TAKEN
    for number in patient.hospital_numbers:
        same = (HospitalNumberRow.issuer == number.issuer, HospitalNumberRow.value == number.value)
        others = select(HospitalNumberRow.id).where(*same, HospitalNumberRow.patient_id != patient.id)
        if session.scalar(others):
            problems["hospital_number"] = _TAKEN
    if problems:
        raise InvalidInput(problems)
