"""Nothing is written into a record that was merged away: whoever had it open meanwhile is told where to go."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, UOWTransaction

from poems_registry.domain.errors import NotAllowedNow
from poems_registry.storage.patients import MERGED_AWAY
from poems_registry.storage.tables.joining import JoiningProposalRow, JoiningRow
from poems_registry.storage.tables.patient import PatientRow

_AT_ONCE = 500


def refuse_new_rows(session: Session, _: UOWTransaction, __: object) -> None:
    """Look at every row that a flush is going to insert."""
    owners = {getattr(row, "patient_id", None) for row in session.new if not isinstance(row, JoiningRow)}
    owners |= {row.joined_id for row in session.new if isinstance(row, JoiningProposalRow)}
    refuse_writing(session, (owner for owner in owners if owner))


def refuse_writing(session: Session, patient_ids: Iterable[int]) -> None:
    """NotAllowedNow if one of these records is hidden; for rows that no flush sees.

    The patients' rows are held (FOR KEY SHARE) until the commit, so that no merge can pass between look and write.
    """
    ids = sorted(set(patient_ids))
    for start in range(0, len(ids), _AT_ONCE):
        part = PatientRow.id.in_(ids[start : start + _AT_ONCE])
        held = select(PatientRow.joined_to).where(part).with_for_update(read=True, key_share=True)
        if any(into is not None for into in session.scalars(held)):
            raise NotAllowedNow(MERGED_AWAY)
