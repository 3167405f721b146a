"""The audit trail: each change and each look becomes one entry of an HMAC chain, in the transaction it belongs to."""

import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, inspect, select, update
from sqlalchemy.orm import InstanceState, Session, UOWTransaction

from poems_registry.domain.dates import PartialDate
from poems_registry.storage.tables.naming import Base
from poems_registry.storage.tables.trail import AuditHeadRow, AuditRow
from poems_registry.storage.types import canonical_json

FIRST_MAC = "0" * 64
DONE = "done"
VIEW = "view"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which role, at which PC."""

    id: int
    name: str
    role: str
    pc: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry says, before it has its place in the chain."""

    action: str
    object: str = ""
    object_id: str = ""
    patient_id: int | None = None
    object_version: int | None = None
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None
    outcome: str = DONE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: from which entry on, and what is wrong in words."""

    seq: int
    what: str


@dataclass(slots=True)
class Trail:
    """The entries of one transaction, in the order in which things happened."""

    actor: Actor
    at: datetime
    reason: str = ""
    entries: list[Entry] = field(default_factory=list)

    def note(self, entry: Entry) -> None:
        """Add an entry; it is written just before the commit."""
        self.entries.append(entry)

    @property
    def only_views(self) -> bool:
        """Whether nothing happened but that somebody looked."""
        return all(entry.action == VIEW for entry in self.entries)

    def write(self, session: Session, key: bytes) -> None:
        """Chain and insert all entries and move the head, which also makes writers wait for each other."""
        if not self.entries:
            return
        head_row = session.execute(select(AuditHeadRow.seq, AuditHeadRow.mac).with_for_update()).one()
        seq, mac = head_row.seq, head_row.mac
        rows = []
        for entry in self.entries:
            seq += 1
            row = self._row(seq, entry)
            mac = row["mac"] = chained(key, mac, row)
            rows.append(row)
        session.execute(insert(AuditRow.__table__), rows)  # type: ignore[arg-type]
        session.execute(update(AuditHeadRow).values(seq=seq, mac=mac), execution_options={"synchronize_session": False})
        self.entries.clear()

    def _row(self, seq: int, entry: Entry) -> dict[str, Any]:
        return {
            "seq": seq,
            "at": self.at.astimezone(UTC),
            "actor_id": self.actor.id,
            "actor": self.actor.name,
            "role": self.actor.role,
            "pc": self.actor.pc,
            "action": entry.action,
            "patient_id": entry.patient_id,
            "object": entry.object,
            "object_id": entry.object_id,
            "object_version": entry.object_version,
            "old": None if entry.old is None else canonical_json(entry.old),
            "new": None if entry.new is None else canonical_json(entry.new),
            "reason": entry.reason or self.reason,
            "outcome": entry.outcome,
        }


def chained(key: bytes, mac_before: str, row: Mapping[str, Any]) -> str:
    """HMAC-SHA256 over the MAC before and every column of the entry but its own MAC (reliability 2.6)."""
    said = {name: value for name, value in row.items() if name != "mac"}
    said["at"] = row["at"].isoformat(timespec="microseconds")
    return hmac.new(key, (mac_before + canonical_json(said)).encode(), hashlib.sha256).hexdigest()


def trail_of(session: Session) -> Trail:
    """The trail of a writing session; RuntimeError in a reading one."""
    trail = session.info.get("trail")
    if not isinstance(trail, Trail):
        raise RuntimeError("only a writing session has an audit trail")
    return trail


def give_reason(session: Session, reason: str) -> None:
    """Why this transaction changes what it changes, where that is known only after something was read."""
    trail_of(session).reason = reason


def record_event(
    session: Session, action: str, patient_id: int | None = None, *, about: tuple[str, str] = ("", ""), **details: Any
) -> None:
    """Note something that changes no row: view, search, print, export, sign-in. `about` is (object, its id).

    `details` become the entry's `new`, but for `outcome`, which is its outcome.
    """
    outcome = str(details.pop("outcome", DONE))
    new = {name: plain(value) for name, value in details.items()} or None
    trail_of(session).note(Entry(action, about[0], about[1], patient_id, new=new, outcome=outcome))


def note_flush(session: Session, _: UOWTransaction) -> None:
    """One entry for each audited row that the flush inserted, updated or deleted (trap 5: after it, ids are known)."""
    trail = trail_of(session)
    for row in session.new:
        if _audited(row):
            trail.note(_entry("create", row, None, _all_values(row)))
    for row in session.dirty:
        old, new = _changed_values(row)
        if _audited(row) and new:
            trail.note(_entry("change", row, old, new))
    for row in session.deleted:
        if _audited(row):
            trail.note(_entry("delete", row, _all_values(row), None))


def head(session: Session) -> tuple[int, str]:
    """The number and MAC of the last entry, as it stands before this transaction writes its own (decision 8)."""
    row = session.execute(select(AuditHeadRow.seq, AuditHeadRow.mac)).one()
    return row.seq, row.mac


def verify(session: Session, key: bytes, after: int = 0) -> list[Break]:
    """Check the chain from the entry after `after` on: gaps, altered entries, a cut tail. Empty when all holds."""
    columns = list(AuditRow.__table__.columns)
    breaks: list[Break] = []
    seq, mac = after, FIRST_MAC
    if after:
        known = session.scalar(select(AuditRow.mac).where(AuditRow.seq == after))
        if known is None:
            return [Break(after, "the entry is missing")]
        mac = known
    query = select(*columns).where(AuditRow.seq > after).order_by(AuditRow.seq)
    for found in session.execute(query.execution_options(yield_per=1000)).mappings():
        if found["seq"] != seq + 1:
            breaks.append(Break(seq + 1, f"{found['seq'] - seq - 1} entries are missing"))
        elif not hmac.compare_digest(chained(key, mac, dict(found)), found["mac"]):
            breaks.append(Break(found["seq"], "the entry was altered"))
        seq, mac = found["seq"], found["mac"]
    head_seq, head_mac = head(session)
    if seq < head_seq:
        breaks.append(Break(seq + 1, f"{head_seq - seq} entries are missing at the end"))
    elif (seq, mac) != (head_seq, head_mac):
        breaks.append(Break(seq, "the last entry is not the one that was confirmed"))
    return breaks


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry as read: `old` and `new` are JSON text or empty."""

    seq: int
    at: datetime
    actor: str
    role: str
    pc: str
    action: str
    patient_id: int | None
    object: str
    object_id: str
    object_version: int | None
    old: str
    new: str
    reason: str
    outcome: str
    actor_id: int = 0


def entries(
    session: Session, patient_id: int | None = None, *, before: int | None = None, limit: int = 200
) -> Iterator[AuditEntry]:
    """The newest entries first, of one patient or of all; `before` continues an earlier list."""
    query = select(AuditRow.__table__).order_by(AuditRow.seq.desc()).limit(limit)
    if patient_id is not None:
        query = query.where(AuditRow.patient_id == patient_id)
    if before is not None:
        query = query.where(AuditRow.seq < before)
    for row in session.execute(query):
        yield as_read(row)


def entries_of(session: Session, action: str) -> Iterator[AuditEntry]:
    """Every entry of one kind of act, oldest first."""
    query = select(AuditRow.__table__).where(AuditRow.action == action).order_by(AuditRow.seq)
    for row in session.execute(query):
        yield as_read(row)


def changes_of(session: Session, patient_id: int, names: Collection[str]) -> Iterator[AuditEntry]:
    """Every creation and change of these kinds of object of one patient, oldest first."""
    query = select(AuditRow.__table__).where(
        AuditRow.patient_id == patient_id, AuditRow.object.in_(names), AuditRow.action.in_(("create", "change"))
    )
    for row in session.execute(query.order_by(AuditRow.seq)):
        yield as_read(row)


def last_change(session: Session, name: str, object_id: str, patient_id: int) -> tuple[str, datetime] | None:
    """Who changed this object last, and when: what somebody is told whose own change came too late."""
    query = select(AuditRow.actor, AuditRow.at).where(
        AuditRow.patient_id == patient_id,
        AuditRow.object == name,
        AuditRow.object_id == object_id,
        AuditRow.action.in_(("create", "change")),
    )
    row = session.execute(query.order_by(AuditRow.seq.desc()).limit(1)).one_or_none()
    return None if row is None else (row.actor, row.at)


def plain(value: object) -> Any:
    """A value as JSON can say it; bytes by their SHA-256 only."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case PartialDate():
            return value.iso()
        case date():
            return value.isoformat()
        case bytes():
            return "sha256:" + hashlib.sha256(value).hexdigest()
        case tuple() | frozenset():
            return [plain(part) for part in value]
        case _:
            return value


def as_read(row: Any) -> AuditEntry:
    """A row of the trail, selected with all its columns."""
    return AuditEntry(
        row.seq, row.at, row.actor, row.role, row.pc, row.action, row.patient_id, row.object, row.object_id,
        row.object_version, row.old or "", row.new or "", row.reason, row.outcome, row.actor_id,
    )  # fmt: skip


def _audited(row: object) -> bool:
    return isinstance(row, Base) and row.__table__.info.get("audited", True) is not False  # type: ignore[attr-defined]


def _entry(action: str, row: Any, old: dict[str, Any] | None, new: dict[str, Any] | None) -> Entry:
    state: InstanceState[Any] = inspect(row)
    table = row.__tablename__
    identity = "/".join(str(part) for part in state.mapper.primary_key_from_instance(row))
    patient_id = row.id if table == "patient" else getattr(row, "patient_id", None)
    version = getattr(row, "row_version", None) or getattr(row, "version", None)
    return Entry(action, table, identity, patient_id, version, old, new)


def _columns(row: Any) -> Iterator[str]:
    state: InstanceState[Any] = inspect(row)
    for attribute in state.mapper.column_attrs:
        if attribute.columns[0].info.get("audited", True) is not False:
            yield attribute.key


def _all_values(row: Any) -> dict[str, Any]:
    """What the row says; what it leaves empty is left out."""
    values = {name: plain(getattr(row, name)) for name in _columns(row)}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _changed_values(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    state: InstanceState[Any] = inspect(row)
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for name in _columns(row):
        history = state.attrs[name].history
        if history.has_changes():
            old[name] = plain(history.deleted[0]) if history.deleted else None
            new[name] = plain(history.added[0]) if history.added else None
    return old, new
