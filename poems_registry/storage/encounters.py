"""Encounters: add, correct, sign, mark in error; each with its findings, medicines and actions."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from poems_registry.domain.errors import NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, FrozenVerdict, Signature
from poems_registry.storage import encounter_rows, encounter_versions, observations
from poems_registry.storage.audit import Entry, plain, trail_of
from poems_registry.storage.encounter_rows import ACTIONS, ENCOUNTERS, MEDICINES
from poems_registry.storage.merged_away import refuse_writing
from poems_registry.storage.observations import NOTED, SlotOf
from poems_registry.storage.tables.encounter import EncounterRow

_OPEN = (EncounterState.DRAFT.value, EncounterState.RECORDED.value)
_AT_ONCE = 500


def add(session: Session, slot_of: SlotOf, encounter: Encounter) -> Encounter:
    """Add an encounter with all that hangs on it and give the record with id and uid."""
    return load(session, add_many(session, slot_of, [encounter])[0])


def add_many(session: Session, slot_of: SlotOf, encounters: Iterable[Encounter]) -> list[int]:
    """Add encounters in few statements, one audit entry each, and give their ids in the same order.

    Signed ones keep their signature and verdict as given (training registry, transfer).
    """
    ids: list[int] = []
    batch: list[Encounter] = []
    for encounter in encounters:
        batch.append(encounter)
        if len(batch) == _AT_ONCE:
            ids += _add_batch(session, slot_of, batch)
            batch = []
    return ids + (_add_batch(session, slot_of, batch) if batch else [])


def load(session: Session, encounter_id: int) -> Encounter:
    """One encounter with its findings, medicines and actions; NotFound."""
    return _record(session, _row(session, encounter_id))


def find_uid(session: Session, uid: str) -> int | None:
    """The id of the encounter with this uid, for transfers."""
    return session.scalar(select(EncounterRow.id).where(EncounterRow.uid == uid))


def save(session: Session, slot_of: SlotOf, encounter: Encounter) -> Encounter:
    """Make the stored encounter say what the record says; the changed rows only are written and audited.

    StaleRecord if its version is no longer the stored one; NotAllowedNow if it is signed or in error. The state may go
    from draft to recorded; signing has its own function.
    """
    row = _open_row(session, encounter.id, encounter.version)
    if encounter.state.value not in _OPEN or row.patient_id != encounter.patient_id:
        raise NotAllowedNow("This step needs signing or correcting instead of saving. Nothing was changed.")
    for name, value in encounter_rows.header(encounter).items():
        setattr(row, name, value)
    row.state = encounter.state.value
    _touch(session, row)
    observations.save_changes(session, slot_of, row.id, row.patient_id, encounter.findings)
    medicines = encounter_rows.medicine_rows(row.id, encounter.medicines)
    actions = encounter_rows.action_rows(row.id, encounter.actions)
    _replace_lines(session, row, MEDICINES, medicines)
    _replace_lines(session, row, ACTIONS, actions)
    return _record(session, row)


def sign(
    session: Session, encounter_id: int, version: int, signature: Signature, verdict: FrozenVerdict | None
) -> Encounter:
    """Freeze an encounter with its signature and verdict (decision 3); drafts of it are dropped by the caller."""
    row = _open_row(session, encounter_id, version)
    row.state = EncounterState.SIGNED.value
    for name, value in encounter_rows.signature_columns(signature).items():
        setattr(row, name, value)
    row.verdict = encounter_rows.frozen(verdict)
    _touch(session, row)
    signed = _record(session, row)
    encounter_versions.freeze(session, signed)
    return signed


def close(session: Session, encounter_id: int, version: int, signature: Signature) -> Encounter:
    """Let a contact of a profession count as recorded, naming who closed it; drafts of it are dropped by the caller.

    An amended one is closed again. What it says is frozen, as a signed visit's is; no verdict is.
    """
    row = _row(session, encounter_id)
    if row.version != version:
        raise StaleRecord
    if row.state not in _OPEN or not EncounterKind(row.kind).is_contact:
        raise NotAllowedNow("Only the contact of a profession can be closed. Nothing was changed.")
    row.state = EncounterState.RECORDED.value
    for name, value in encounter_rows.signature_columns(signature).items():
        setattr(row, name, value)
    _touch(session, row)
    closed = _record(session, row)
    encounter_versions.freeze(session, closed)
    return closed


def amend(session: Session, slot_of: SlotOf, encounter: Encounter, reason: str) -> Encounter:
    """Make a signed or closed encounter say what the record says, as its next version; it is frozen afterwards.

    The version before is frozen first where it is not yet (visits signed before there were versions, or brought in
    signed). StaleRecord if the record's version is no longer the stored one; NotAllowedNow unless it is signed or
    closed.
    """
    row = _row(session, encounter.id)
    if row.version != encounter.version:
        raise StaleRecord
    signed = row.state == EncounterState.SIGNED.value or _is_closed(row)
    if not signed or row.patient_id != encounter.patient_id:
        raise NotAllowedNow("Only a signed visit or a closed contact can be amended. Nothing was changed.")
    encounter_versions.freeze(session, _record(session, row))
    for name, value in encounter_rows.header(encounter).items():
        setattr(row, name, value)
    row.version_number += 1
    row.amend_reason = reason
    _touch(session, row)
    observations.save_changes(session, slot_of, row.id, row.patient_id, encounter.findings)
    _replace_lines(session, row, MEDICINES, encounter_rows.medicine_rows(row.id, encounter.medicines))
    _replace_lines(session, row, ACTIONS, encounter_rows.action_rows(row.id, encounter.actions))
    return _record(session, row)


def sign_again(
    session: Session, encounter_id: int, version: int, signature: Signature, verdict: FrozenVerdict | None
) -> Encounter:
    """The signature and verdict of an amendment, in the transaction that made it; then its version is frozen."""
    row = _row(session, encounter_id)
    if row.version != version:
        raise StaleRecord
    for name, value in encounter_rows.signature_columns(signature).items():
        setattr(row, name, value)
    row.verdict = encounter_rows.frozen(verdict)
    _touch(session, row)
    signed = _record(session, row)
    encounter_versions.freeze(session, signed)
    return signed


def mark_in_error(session: Session, encounter_id: int, version: int, reason: str) -> Encounter:
    """Hide an encounter that should not be in the record; it is kept with its findings and signature."""
    row = _row(session, encounter_id)
    if row.version != version:
        raise StaleRecord
    if row.state == EncounterState.IN_ERROR.value:
        raise NotAllowedNow("This encounter is marked as entered in error already. Nothing was changed.")
    trail = trail_of(session)
    row.state = EncounterState.IN_ERROR.value
    row.error_reason, row.error_by, row.error_at = reason, trail.actor.name, trail.at
    _touch(session, row)
    return _record(session, row)


def take_back_error(session: Session, encounter_id: int, version: int) -> Encounter:
    """An encounter that was marked as entered in error counts again; why stands in the audit.

    NotAllowedNow for a draft that was given up: what was typed into it is gone.
    """
    row = _row(session, encounter_id)
    if row.version != version:
        raise StaleRecord
    if row.state != EncounterState.IN_ERROR.value:
        raise NotAllowedNow("This encounter is not marked as entered in error. Nothing was changed.")
    kind = EncounterKind(row.kind)
    if row.signed_at is None and (kind is EncounterKind.CLINIC or _holds_nothing(session, row)):
        raise NotAllowedNow("This was a draft that was given up: it holds nothing. Begin a new visit instead.")
    signed = row.signed_at is not None and not kind.is_contact
    row.state = (EncounterState.SIGNED if signed else EncounterState.RECORDED).value
    row.error_reason, row.error_by, row.error_at = "", "", None
    _touch(session, row)
    return _record(session, row)


def last_signed_visit(session: Session, patient_id: int) -> date | None:
    """The day of a person's newest signed visit, if any."""
    signed = (EncounterRow.kind == EncounterKind.CLINIC.value, EncounterRow.state == EncounterState.SIGNED.value)
    return session.scalar(select(func.max(EncounterRow.day)).where(EncounterRow.patient_id == patient_id, *signed))


def hold(session: Session, encounter_id: int) -> None:
    """Let nobody else change this encounter until the transaction ends; a file has one writer at a time anyway."""
    session.execute(select(EncounterRow.id).where(EncounterRow.id == encounter_id).with_for_update())


def _touch(session: Session, row: EncounterRow) -> None:
    """Any save counts as a change of the encounter itself, so that two people cannot overwrite each other (trap 7).

    It comes before the rows that hang on it: who is second is told so, and not that a row exists already. The row is
    written even if a clock gave the same instant twice.
    """
    row.touched = trail_of(session).at
    flag_modified(row, "touched")
    session.flush()


def _row(session: Session, encounter_id: int) -> EncounterRow:
    row = session.get(EncounterRow, encounter_id)
    if row is None:
        raise NotFound("This encounter is not in the registry.")
    return row


def _open_row(session: Session, encounter_id: int, version: int) -> EncounterRow:
    row = _row(session, encounter_id)
    if row.version != version:
        raise StaleRecord
    if row.state not in _OPEN or _is_closed(row):
        raise NotAllowedNow(
            "This encounter is signed, closed or marked as in error: it cannot be changed. Nothing was changed."
        )
    return row


def _is_closed(row: EncounterRow) -> bool:
    """A contact that somebody closed: recorded, with a name and an instant."""
    recorded = row.state == EncounterState.RECORDED.value and row.signed_at is not None
    return recorded and EncounterKind(row.kind).is_contact


def _holds_nothing(session: Session, row: EncounterRow) -> bool:
    return EncounterKind(row.kind).is_contact and not observations.of_encounter(session, row.id)


def _record(session: Session, row: EncounterRow) -> Encounter:
    findings = observations.of_encounter(session, row.id)
    medicines = tuple(encounter_rows.medicine(line) for line in _lines(session, MEDICINES, row.id))
    actions = tuple(encounter_rows.action(line) for line in _lines(session, ACTIONS, row.id))
    newest = {row.id: row.version_number} if row.version_number > 1 else {}
    earlier = encounter_versions.earlier(session, newest).get(row.id, ())
    return encounter_rows.record(row, findings, medicines, actions, earlier)


def _lines(session: Session, table: Any, encounter_id: int) -> Sequence[Any]:
    query = select(table).where(table.c.encounter_id == encounter_id).order_by(table.c.position)
    return session.execute(query).all()


def _replace_lines(session: Session, row: EncounterRow, table: Any, wanted: list[dict[str, Any]]) -> None:
    """Rewrite an ordered list if it changed at all: one audit entry with the list before and after."""
    before = [dict(line._mapping) for line in _lines(session, table, row.id)]
    if before == wanted:
        return
    session.execute(delete(table).where(table.c.encounter_id == row.id), execution_options=NOTED)
    if wanted:
        session.execute(insert(table), wanted, execution_options=NOTED)
    name = str(table.name)
    old, new = {"lines": _told(before)}, {"lines": _told(wanted)}
    trail_of(session).note(Entry("change", name, str(row.id), row.patient_id, old=old, new=new))


def _told(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{n: v for n, v in line.items() if v != "" and n not in ("encounter_id", "position")} for line in lines]


def _add_batch(session: Session, slot_of: SlotOf, batch: list[Encounter]) -> list[int]:
    trail = trail_of(session)
    session.flush()
    heads = [_head_row(encounter, trail.at) for encounter in batch]
    refuse_writing(session, (head["patient_id"] for head in heads))
    session.execute(insert(ENCOUNTERS), heads, execution_options=NOTED)  # type: ignore[arg-type]
    wanted = select(ENCOUNTERS.c.uid, ENCOUNTERS.c.id).where(ENCOUNTERS.c.uid.in_([head["uid"] for head in heads]))
    id_of: dict[str, int] = {row.uid: row.id for row in session.execute(wanted)}
    everything: list[dict[str, Any]] = []
    medicines: list[dict[str, Any]] = []
    actions: list[dict[str, Any]] = []
    for head, encounter in zip(heads, batch, strict=True):
        encounter_id = id_of[head["uid"]]
        rows = _finding_rows(encounter_id, encounter, slot_of, trail.actor.name, trail.at)
        own_medicines = encounter_rows.medicine_rows(encounter_id, encounter.medicines)
        own_actions = encounter_rows.action_rows(encounter_id, encounter.actions)
        trail.note(_add_entry(encounter_id, head, rows, {"medicines": own_medicines, "actions": own_actions}))
        everything += rows
        medicines += own_medicines
        actions += own_actions
    observations.insert_all(session, everything)
    for table, lines in ((MEDICINES, medicines), (ACTIONS, actions)):
        if lines:
            session.execute(insert(table), lines, execution_options=NOTED)  # type: ignore[arg-type]
    return [id_of[head["uid"]] for head in heads]


def _head_row(encounter: Encounter, at: Any) -> dict[str, Any]:
    return {
        "uid": encounter.uid or str(uuid4()),
        "patient_id": encounter.patient_id,
        "state": encounter.state.value,
        "version": encounter.version,
        "touched": at,
        "verdict": encounter_rows.frozen(encounter.verdict),
        "error_reason": encounter.error_reason,
        "error_by": encounter.error_by,
        "error_at": encounter.error_at,
        "version_number": encounter.version_number,
        "amend_reason": encounter.amend_reason,
        **encounter_rows.header(encounter),
        **encounter_rows.signature_columns(encounter.signature),
    }


def _finding_rows(encounter_id: int, encounter: Encounter, slot_of: SlotOf, who: str, at: Any) -> list[dict[str, Any]]:
    rows = []
    for finding in encounter.findings:
        row = observations.to_row(encounter_id, finding, slot_of(finding.item))
        row["recorded_by"] = row["recorded_by"] or who
        row["recorded_at"] = row["recorded_at"] or at
        rows.append(row)
    return rows


def _add_entry(
    encounter_id: int, head: dict[str, Any], rows: list[dict[str, Any]], lines: dict[str, list[dict[str, Any]]]
) -> Entry:
    told = {name: value for name, value in head.items() if value not in (None, "", [], {})}
    new: dict[str, Any] = {name: plain(value) for name, value in told.items() if name not in _BOOKKEEPING}
    new["findings"] = {observations.entry_key(row): observations.said(row) for row in rows}
    new |= {name: _told(listed) for name, listed in lines.items() if listed}
    return Entry("create", "encounter", str(encounter_id), head["patient_id"], head["version"], new=new)


_BOOKKEEPING = ("patient_id", "version", "touched")
