"""What a merge took back beside what it moved: noted with the merge, and put back as it was when that is undone.

No other place undoes a withdrawal: `domain.letter_steps` knows no step out of it, because for one person there is none.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from poems_registry.domain.correspondence import Delivery, Recipient
from poems_registry.domain.errors import NotFound
from poems_registry.domain.records import LetterRecord, LetterState
from poems_registry.storage import letter_copies, letters
from poems_registry.storage.tables.joining import JoiningRow
from poems_registry.storage.tables.letter import LetterCopyRow, LetterRow

_KEY = "withdrawn"


def note(session: Session, joining_id: int, taken: Mapping[str, Any]) -> None:
    """Keep with a merge what it took back, in plain JSON; nothing is kept of a merge that took nothing back."""
    if taken:
        row = _joining(session, joining_id)
        row.taken = {**dict(row.taken), _KEY: dict(taken)}
        session.flush()


def noted(session: Session, joining_id: int) -> dict[str, Any]:
    """What `note` kept; nothing of merges of before it was kept."""
    return dict(dict(_joining(session, joining_id).taken).get(_KEY, {}))


def letter(session: Session, letter_id: int, state: LetterState) -> LetterRecord:
    """A letter open again, as it was before the merge."""
    row = session.get(LetterRow, letter_id)
    if row is None:
        raise NotFound("This letter is not in the registry.")
    row.state, row.withdrawn_because = state.value, ""
    session.flush()
    return letters.record(row)


def copy(session: Session, was: Recipient) -> Recipient:
    """A copy that waits again: how far it had come, when, by whom, as it was before the merge."""
    row = session.get(LetterCopyRow, was.id)
    if row is None:
        raise NotFound("This copy of a letter is not in the registry.")
    assert was.delivery is not Delivery.WITHDRAWN
    row.delivery, row.done_at, row.done_by, row.note = was.delivery.value, was.at, was.by, was.note
    session.flush()
    return letter_copies.record(row)


def _joining(session: Session, joining_id: int) -> JoiningRow:
    row = session.get(JoiningRow, joining_id)
    if row is None:
        raise NotFound("This merge is not in the registry.")
    return row
