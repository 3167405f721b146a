"""Proposals to merge two records: kept, looked up, and ended once.

Whoever changes one holds the two patients' rows first and the proposals then, always in this order, so that two people
at two PCs wait for each other instead of blocking each other.
"""

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from poems_registry.domain.errors import NotAllowedNow, NotFound
from poems_registry.domain.merge_proposals import Proposal, ProposalState
from poems_registry.domain.records import Patient
from poems_registry.storage import audit
from poems_registry.storage.audit import trail_of
from poems_registry.storage.patients import MERGED_AWAY
from poems_registry.storage.tables.joining import JoiningProposalRow as Row
from poems_registry.storage.tables.patient import PatientRow
from poems_registry.storage.worklist import WHO, Whose, whose_of

EVENT = "merge_proposal"
"""How the audit of the record that is to go names what happened to a proposal; that of the other has the row itself."""

_ENDED = {
    ProposalState.CONFIRMED: "was confirmed already",
    ProposalState.DECLINED: "was declined already",
    ProposalState.TAKEN_BACK: "was taken back",
    ProposalState.LAPSED: "waits no longer, because one of its records was merged with another one",
}


def hold_records(session: Session, *ids: int) -> None:
    """Lock both records until the transaction ends; NotAllowedNow for one that was merged away."""
    rows = session.scalars(select(PatientRow).where(PatientRow.id.in_(ids)).order_by(PatientRow.id).with_for_update())
    found = list(rows)
    if len(found) != len(set(ids)):
        raise NotFound("This patient is not in the registry.")
    if any(row.joined_to is not None for row in found):
        raise NotAllowedNow(MERGED_AWAY)


def add(session: Session, staying: Patient, other: Patient, reason: str) -> Proposal:
    """Propose it in the name of whoever writes; NotAllowedNow if the same waits already, whichever is to stay."""
    for each in of_patient(session, staying.id):
        if each.waits and other.id in each.both:
            raise NotAllowedNow(
                f"{each.by} has proposed already to merge these two records. Nothing was changed. That proposal waits"
                " for a second person: confirm or decline it there."
            )
    trail = trail_of(session)
    row = Row(
        patient_id=staying.id, joined_id=other.id, patient_version=staying.version, joined_version=other.version,
        at=trail.at, by_id=trail.actor.id, by=trail.actor.name, reason=reason, state=ProposalState.WAITING.value,
        ended_by="", ended_because="",
    )  # fmt: skip
    session.add(row)
    session.flush()
    _tell_the_other(session, row)
    return _record(row)


def load(session: Session, proposal_id: int) -> Proposal:
    """One of them; NotFound."""
    return _record(_row(session, proposal_id))


def hold(session: Session, proposal_id: int) -> Proposal:
    """One that waits, locked; NotAllowedNow, with what came of it, for one that does not wait any more."""
    query = select(Row).where(Row.id == proposal_id).with_for_update()
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound("This proposal is not in the registry.")
    return still_waiting(_record(row))


def still_waiting(found: Proposal) -> Proposal:
    """The same; NotAllowedNow, with what came of it, for one that does not wait any more."""
    if not found.waits:
        raise NotAllowedNow(f"This proposal {_ENDED[found.state]} ({found.ended_by}). Nothing was changed.")
    return found


def end(session: Session, held: Proposal, state: ProposalState, because: str = "", joining_id: int = 0) -> Proposal:
    """What came of a proposal that is held."""
    row, trail = _row(session, held.id), trail_of(session)
    row.state, row.ended_because, row.joining_id = state.value, because, joining_id or None
    row.ended_at, row.ended_by = trail.at, trail.actor.name
    session.flush()
    _tell_the_other(session, row)
    return _record(row)


def lapse(session: Session, ids: Collection[int]) -> tuple[Proposal, ...]:
    """End every proposal that waits and names one of these records, since one of them was merged otherwise."""
    named = or_(Row.patient_id.in_(ids), Row.joined_id.in_(ids))
    query = select(Row).where(named, Row.state == ProposalState.WAITING.value).order_by(Row.id).with_for_update()
    waiting = [_record(row) for row in session.scalars(query.execution_options(populate_existing=True))]
    return tuple(end(session, each, ProposalState.LAPSED) for each in waiting)


def of_patient(session: Session, patient_id: int) -> tuple[Proposal, ...]:
    """Every proposal that names this record, newest first."""
    named = or_(Row.patient_id == patient_id, Row.joined_id == patient_id)
    return tuple(_record(row) for row in session.scalars(select(Row).where(named).order_by(Row.id.desc())))


def of_joinings(session: Session, joining_ids: Collection[int]) -> dict[int, Proposal]:
    """The proposals that became these merges, by merge; merges of before there were proposals have none."""
    found = session.scalars(select(Row).where(Row.joining_id.in_(joining_ids)))
    return {row.joining_id: _record(row) for row in found if row.joining_id is not None}


def waiting(session: Session) -> tuple[tuple[Proposal, Whose, Whose], ...]:
    """All that wait for a second person, the oldest first, with who is to stay and who to go into that record."""
    found = [_record(row) for row in session.scalars(
        select(Row).where(Row.state == ProposalState.WAITING.value).order_by(Row.id)
    )]  # fmt: skip
    ids = {number for each in found for number in each.both}
    people = {row.patient_id: whose_of(row) for row in session.execute(select(*WHO).where(PatientRow.id.in_(ids)))}
    return tuple((each, people[each.patient_id], people[each.joined_id]) for each in found)


def _tell_the_other(session: Session, row: Row) -> None:
    """The row stands in the audit of the record that stays; whoever reads that of the other finds it as well."""
    about = (Row.__tablename__, str(row.id))
    audit.record_event(session, EVENT, row.joined_id, about=about, state=row.state, into=row.patient_id)


def _row(session: Session, proposal_id: int) -> Row:
    row = session.get(Row, proposal_id)
    if row is None:
        raise NotFound("This proposal is not in the registry.")
    return row


def _record(row: Row) -> Proposal:
    return Proposal(
        row.id, row.patient_id, row.joined_id, row.patient_version, row.joined_version, row.at, row.by_id, row.by,
        row.reason, ProposalState(row.state), row.ended_at, row.ended_by, row.ended_because, row.joining_id or 0,
        row.version,
    )  # fmt: skip
