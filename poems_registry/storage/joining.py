"""Two records of one person made one, and parted again: what moves, what is taken over, what speaks against it.

A signed visit's text, a signed letter's bytes and the audit are never touched: only whose record they stand in changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, delete, func, or_, select
from sqlalchemy.orm import Session

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotAllowedNow, NotFound
from poems_registry.domain.records import EncounterKind, LetterState, Patient
from poems_registry.domain.samples import ResultState
from poems_registry.storage import patient_rows, patients
from poems_registry.storage.audit import plain, trail_of
from poems_registry.storage.tables.care import (
    AdviceCallRow,
    MdtEntryRow,
    OnwardReferralRow,
    ReferralRow,
    StatusChangeRow,
)
from poems_registry.storage.tables.consent import ConsentRow
from poems_registry.storage.tables.encounter import DraftRow, EncounterRow, FormDraftRow
from poems_registry.storage.tables.joining import JoiningRow
from poems_registry.storage.tables.letter import LetterCopyRow, LetterRow
from poems_registry.storage.tables.patient import CohortMemberRow, HospitalNumberRow, PatientRow, StandingRow
from poems_registry.storage.tables.printing import PrintItemRow
from poems_registry.storage.tables.research import AliquotRow, EnrolmentRow, SampleRow
from poems_registry.storage.tables.treatment import (
    EventRow,
    LineDrugRow,
    RadiotherapyRow,
    SupportiveCareRow,
    TransplantRow,
    TreatmentLineRow,
)
from poems_registry.storage.types import PartialDateText

MOVED: tuple[Any, ...] = (
    HospitalNumberRow, EncounterRow, TreatmentLineRow, LineDrugRow, RadiotherapyRow, TransplantRow, SupportiveCareRow,
    EventRow, LetterRow, LetterCopyRow, PrintItemRow, ConsentRow, ReferralRow, AdviceCallRow, OnwardReferralRow,
    MdtEntryRow, StatusChangeRow, EnrolmentRow, SampleRow, AliquotRow,
)  # fmt: skip
"""Everything that hangs on a person; a test says that no table with a patient is missing."""

PARTS: Mapping[Any, tuple[str, Any]] = {
    LineDrugRow: ("line_id", TreatmentLineRow),
    RadiotherapyRow: ("line_id", TreatmentLineRow),
    TransplantRow: ("line_id", TreatmentLineRow),
    LetterRow: ("encounter_id", EncounterRow),
    LetterCopyRow: ("letter_id", LetterRow),
    PrintItemRow: ("letter_id", LetterRow),
    AliquotRow: ("sample_id", SampleRow),
}
"""What belongs to something that moved goes back with it, even if it was written after the merge."""

UNIQUE = ("nhs_number", "study_number")
_LIVING = (LetterState.SIGNED.value, LetterState.DISPATCHED.value, LetterState.SUPERSEDED.value)


@dataclass(frozen=True, slots=True)
class Joining:
    """One merge: which record stays, which is hidden, who did it when and why, and whether it was undone."""

    id: int
    patient_id: int
    joined_id: int
    at: datetime
    by: str
    reason: str
    moved: int
    undone_at: datetime | None = None
    undone_by: str = ""
    undone_because: str = ""


def join(session: Session, staying: Patient, other: Patient, filled: Patient, reason: str) -> Joining:
    """Move everything of `other` to `staying`, which becomes `filled`; NotAllowedNow if somebody is typing in either.

    Both are locked first, so that nothing can be written into a record while it is being hidden.
    """
    rows = {row.id: row for row in session.scalars(_locked(staying.id, other.id))}
    keeps, hides = rows.get(staying.id), rows.get(other.id)
    if keeps is None or hides is None:
        raise NotFound("This patient is not in the registry.")
    if keeps.joined_to is not None or hides.joined_to is not None:
        raise NotAllowedNow(patients.MERGED_AWAY)
    _refuse_while_typing(session, staying.id, other.id)
    numbers = [[number.issuer, number.value] for number in other.hospital_numbers]
    moved = {row.__tablename__: _move(session, row, other.id, staying.id) for row in MOVED}
    was = {name: getattr(hides, name) for name in UNIQUE}
    found_by = hides.search_text
    for name in UNIQUE:
        if getattr(filled, name) == was[name] and was[name]:
            setattr(hides, name, "")
    session.flush()  # a number is free before the other record takes it
    taken = _fill(keeps, filled, was) | {"hospital_numbers": numbers}
    hides.joined_to, hides.search_text = staying.id, ""
    keeps.also_found = f"{keeps.also_found} {found_by}".strip()
    patient_rows.fill(keeps, filled)
    trail = trail_of(session)
    row = JoiningRow(
        patient_id=staying.id, joined_id=other.id, at=trail.at, by=trail.actor.name, reason=reason, moved=moved,
        taken=taken, undone_by="", undone_because="",
    )  # fmt: skip
    session.add(row)
    _forget_projections(session, other.id)
    session.flush()
    return _record(row)


def part(session: Session, joining_id: int, because: str) -> Joining:
    """Undo a merge: all that moved goes back; NotAllowedNow, in words, if something written since forbids it."""
    row = session.get(JoiningRow, joining_id)
    if row is None:
        raise NotFound("This merge is not in the registry.")
    if row.undone_at is not None:
        raise NotAllowedNow("This merge has been undone already. Nothing was changed.")
    rows = {each.id: each for each in session.scalars(_locked(row.patient_id, row.joined_id))}
    keeps, hides = rows[row.patient_id], rows[row.joined_id]
    _refuse_to_part(session, row, keeps)
    moved: dict[str, list[int]] = {str(name): list(ids) for name, ids in dict(row.moved).items()}
    for table in MOVED:
        _move_back(session, table, moved, row)
    _unlink_parted(session, row.patient_id, row.joined_id)
    _give_back(session, keeps, hides, dict(row.taken))
    trail = trail_of(session)
    row.undone_at, row.undone_by, row.undone_because = trail.at, trail.actor.name, because
    session.flush()
    return _record(row)


def of_patient(session: Session, patient_id: int) -> tuple[Joining, ...]:
    """Every merge this record was part of, newest first, undone ones too."""
    own = or_(JoiningRow.patient_id == patient_id, JoiningRow.joined_id == patient_id)
    return tuple(_record(row) for row in session.scalars(select(JoiningRow).where(own).order_by(JoiningRow.id.desc())))


def everything(session: Session, limit: int = 200) -> tuple[Joining, ...]:
    """The newest merges of the registry, undone ones too."""
    return tuple(
        _record(row) for row in session.scalars(select(JoiningRow).order_by(JoiningRow.id.desc()).limit(limit))
    )


def that_came(session: Session, patient_id: int, table: str) -> frozenset[int]:
    """Rows of a table that came to a record by merges that stand."""
    standing = select(JoiningRow.moved).where(JoiningRow.patient_id == patient_id, JoiningRow.undone_at.is_(None))
    return frozenset(row for moved in session.scalars(standing) for row in dict(moved).get(table, ()))


def hanging(session: Session, patient_id: int) -> dict[str, int]:
    """How much hangs on a person, by table, and encounters by their kind (`encounter:clinic`): all that would move."""
    found: dict[str, int] = {}
    by_kind = select(EncounterRow.kind, func.count()).where(EncounterRow.patient_id == patient_id)
    for kind, number in session.execute(by_kind.group_by(EncounterRow.kind).order_by(EncounterRow.kind)):
        found[f"{EncounterRow.__tablename__}:{kind}"] = number
    for row in MOVED:
        if row is not EncounterRow:
            query = select(func.count()).select_from(row).where(row.patient_id == patient_id)
            found[row.__tablename__] = session.scalar(query) or 0
    return {name: number for name, number in found.items() if number}


def _locked(*ids: int) -> Any:
    return select(PatientRow).where(PatientRow.id.in_(ids)).order_by(PatientRow.id).with_for_update()


def _refuse_while_typing(session: Session, *ids: int) -> None:
    visits = select(DraftRow.encounter_id).join(EncounterRow, EncounterRow.id == DraftRow.encounter_id)
    forms = select(FormDraftRow.person_id).where(FormDraftRow.patient_id.in_(ids))
    typing = session.execute(visits.where(EncounterRow.patient_id.in_(ids))).first() or session.execute(forms).first()
    if typing is not None:
        raise NotAllowedNow(
            "Something typed into one of the two records is not saved yet. Nothing was changed. Save it or take it back"
            " first: open visits stand under Today."
        )


def _move(session: Session, table: Any, source: int, target: int) -> list[int]:
    moved = []
    for row in session.scalars(select(table).where(table.patient_id == source).order_by(table.id)):
        row.patient_id = target
        moved.append(row.id)
    session.flush()
    return moved


def _move_back(session: Session, table: Any, moved: dict[str, list[int]], joining: JoiningRow) -> None:
    """What moved, and what was since added to it; `moved` grows by the latter, for parts of parts."""
    name = table.__tablename__
    ids = set(moved.get(name, ()))
    if table in PARTS:
        column, owner = PARTS[table]
        owned = select(table.id).where(getattr(table, column).in_(moved.get(owner.__tablename__, ())))
        ids |= set(session.scalars(owned))
    if table is EncounterRow:
        ids |= _panels_of(session, moved.get(SampleRow.__tablename__, ()))
    if table is HospitalNumberRow:
        ids = _numbers_that_moved(session, joining, ids)
    moved[name] = sorted(ids)
    for row in session.scalars(select(table).where(table.id.in_(ids), table.patient_id == joining.patient_id)):
        row.patient_id = joining.joined_id
    session.flush()


def _numbers_that_moved(session: Session, joining: JoiningRow, ids: set[int]) -> set[int]:
    """By what they say: a number taken out and written again has another row, and its old id may be another's."""
    numbers = dict(joining.taken).get("hospital_numbers")
    if numbers is None:  # merges of before this was noted
        return ids
    here = session.scalars(select(HospitalNumberRow).where(HospitalNumberRow.patient_id == joining.patient_id))
    return {row.id for row in here if [row.issuer, row.value] in numbers}


def _panels_of(session: Session, samples: Iterable[int]) -> set[int]:
    """Research values that were measured in these samples since: they go where the samples go."""
    query = (
        select(EncounterRow.id)
        .join(SampleRow, SampleRow.result_encounter_id == EncounterRow.id)
        .where(SampleRow.id.in_(list(samples)), EncounterRow.kind == EncounterKind.RESEARCH.value)
    )
    return set(session.scalars(query))


def _unlink_parted(session: Session, *ids: int) -> None:
    """A sample and the result it names are of one person: where they part, its result is awaited again."""
    query = (
        select(SampleRow)
        .join(EncounterRow, EncounterRow.id == SampleRow.result_encounter_id)
        .where(SampleRow.patient_id.in_(ids), EncounterRow.patient_id != SampleRow.patient_id)
    )
    for sample in session.scalars(query):
        sample.result_encounter_id, sample.result_item = None, ""
        sample.result = ResultState.AWAITED.value
    session.flush()


def _fill(keeps: PatientRow, filled: Patient, was: Mapping[str, str]) -> dict[str, Any]:
    """What the staying record said before and says now, of every field that changes; and the other's own numbers."""
    before = patient_rows.record(keeps, ())
    known = plain_fields(before)
    said = plain_fields(filled)
    changed = {name: [known[name], said[name]] for name in said if said[name] != known[name]}
    return {"fields": changed, "numbers": dict(was), "also_found": keeps.also_found}


def plain_fields(patient: Patient) -> dict[str, Any]:
    """A person's fields as columns hold them, in plain JSON; without numbers of other tables, versions and ids."""
    row = PatientRow(also_found="")
    patient_rows.fill(row, patient)
    left_out = ("id", "uid", "version", "search_text", "sort_name", "joined_to", "also_found")
    names = (column.key for column in PatientRow.__table__.columns if column.key not in left_out)
    return {name: plain(getattr(row, name)) for name in names}


def _give_back(session: Session, keeps: PatientRow, hides: PatientRow, taken: dict[str, Any]) -> None:
    """Fields the merge filled go back to what they were, unless somebody changed them since; the numbers first."""
    now = plain_fields(patient_rows.record(keeps, ()))
    columns = PatientRow.__table__.columns
    for name, (before, given) in dict(taken["fields"]).items():
        if now[name] == given:
            setattr(keeps, name, _typed(columns[name], before))
    keeps.also_found = taken["also_found"]
    session.flush()
    for name, number in dict(taken["numbers"]).items():
        setattr(hides, name, number or "")
    hides.joined_to = None
    session.flush()
    for row in (keeps, hides):
        patient_rows.fill(row, patients.load(session, row.id))


def _typed(column: Any, value: Any) -> Any:
    """A plain value as its column holds it."""
    if value is None or not isinstance(value, str):
        return value
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return PartialDate.from_iso(value) if isinstance(column.type, PartialDateText) else value


def _refuse_to_part(session: Session, row: JoiningRow, keeps: PatientRow) -> None:
    if keeps.joined_to is not None:
        raise NotAllowedNow(
            "The record was merged into a third one afterwards. Nothing was changed. Undo that merge first."
        )
    newer = select(JoiningRow.id).where(
        JoiningRow.patient_id == row.patient_id, JoiningRow.id > row.id, JoiningRow.undone_at.is_(None)
    )
    if session.scalar(newer):
        raise NotAllowedNow(
            "Another record was merged into this one afterwards. Nothing was changed. Undo that merge first."
        )
    _refuse_while_typing(session, row.patient_id)
    moved = dict(row.moved)
    since = select(LetterRow.id).where(
        LetterRow.encounter_id.in_(moved.get("encounter", ())),
        LetterRow.id.not_in(moved.get("letter", ())),
        LetterRow.state.in_(_LIVING),
    )
    if session.scalar(since):
        raise NotAllowedNow(
            "A letter about a visit that would go back was signed after the merge, and it tells of both records."
            " Nothing was changed. The two records have to stay one."
        )
    gone = moved.get("encounter", ())
    amended = select(EncounterRow.id).where(EncounterRow.id.in_(gone), EncounterRow.signed_at > row.at)
    if session.scalar(amended):
        raise NotAllowedNow(
            "A visit that would go back was signed or amended after the merge, with both records in view."
            " Nothing was changed. The two records have to stay one."
        )


def _forget_projections(session: Session, patient_id: int) -> None:
    for table in (StandingRow.__table__, CohortMemberRow.__table__):
        made: Any = table
        session.execute(delete(made).where(made.c.patient_id == patient_id))


def _record(row: JoiningRow) -> Joining:
    moved = sum(len(ids) for ids in dict(row.moved).values())
    return Joining(
        row.id, row.patient_id, row.joined_id, row.at, row.by, row.reason, moved, row.undone_at, row.undone_by,
        row.undone_because,
    )  # fmt: skip
