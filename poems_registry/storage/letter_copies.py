"""The copies of a signed letter and what became of each; further forms of it, frozen when first asked for."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from poems_registry.domain.correspondence import QUEUED, Addressee, Delivery, Recipient
from poems_registry.domain.errors import CannotOpen, NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.letter_steps import STANDING, check_copy
from poems_registry.domain.records import LetterState
from poems_registry.storage.audit import Entry, trail_of
from poems_registry.storage.observations import NOTED
from poems_registry.storage.tables.letter import LetterCopyRow, LetterFormRow, LetterRow

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of a signed letter: its name, its bytes, its plain text."""

    name: str
    pdf: bytes
    plain: str
    template_version: str
    pages: int
    made_at: datetime

    @property
    def sha256(self) -> str:
        """Of the PDF, in hexadecimal."""
        return hashlib.sha256(self.pdf).hexdigest()


def add(session: Session, copies: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """Add the copies of a letter, in this order; each waits."""
    rows = [LetterCopyRow(letter_id=copy.letter_id, patient_id=copy.patient_id) for copy in copies]
    for row, copy in zip(rows, copies, strict=True):
        _fill(row, copy)
    session.add_all(rows)
    session.flush()
    return tuple(map(record, rows))


def of_letter(session: Session, letter_id: int) -> tuple[Recipient, ...]:
    """The copies of one letter, in the order in which it names them."""
    query = select(LetterCopyRow).where(LetterCopyRow.letter_id == letter_id).order_by(LetterCopyRow.id)
    return tuple(map(record, session.scalars(query)))


def of_letters(session: Session, letter_ids: Sequence[int]) -> dict[int, tuple[Recipient, ...]]:
    """The copies of several letters."""
    found: dict[int, tuple[Recipient, ...]] = {}
    for start in range(0, len(letter_ids), _AT_ONCE):
        some = letter_ids[start : start + _AT_ONCE]
        query = select(LetterCopyRow).where(LetterCopyRow.letter_id.in_(some)).order_by(LetterCopyRow.id)
        for row in session.scalars(query):
            found[row.letter_id] = (*found.get(row.letter_id, ()), record(row))
    return found


def load(session: Session, copy_id: int) -> Recipient:
    """One copy; NotFound."""
    row = session.get(LetterCopyRow, copy_id)
    if row is None:
        raise NotFound("This copy of a letter is not in the registry.")
    return record(row)


def hold(session: Session, copy_ids: Sequence[int]) -> tuple[Recipient, ...]:
    """These copies, held against everybody else until the end of the transaction; NotFound."""
    query = select(LetterCopyRow).where(LetterCopyRow.id.in_(copy_ids)).order_by(LetterCopyRow.id).with_for_update()
    found = {row.id: record(row) for row in session.scalars(query)}
    if set(copy_ids) - set(found):
        raise NotFound("A copy of a letter that was asked for is not in the registry. Nothing was changed.")
    return tuple(found[copy_id] for copy_id in copy_ids)


def save(session: Session, copy: Recipient) -> Recipient:
    """Note what became of a copy; nothing else about it ever changes. StaleRecord if somebody was faster.

    NotAllowedNow for a step that no copy may take, and for any but withdrawing while its letter does not stand.
    """
    row = session.get(LetterCopyRow, copy.id)
    if row is None:
        raise NotFound("This copy of a letter is not in the registry.")
    if row.row_version != copy.row_version:
        raise StaleRecord
    check_copy(Delivery(row.delivery), copy.delivery)
    state = session.scalar(select(LetterRow.state).where(LetterRow.id == row.letter_id))
    if copy.delivery is not Delivery.WITHDRAWN and (state is None or LetterState(state) not in STANDING):
        raise NotAllowedNow("No copy of this letter may leave: it was replaced or withdrawn. Nothing was changed.")
    row.delivery, row.done_at, row.done_by, row.note = copy.delivery.value, copy.at, copy.by, copy.note
    if copy.delivery is Delivery.PRINTED:
        row.printed_at = copy.at
    session.flush()
    return record(row)


def keep_back(session: Session, copy: Recipient) -> Recipient:
    """Note why a copy is kept back for now, or with no reason that it is not any more; its state stays as it is.

    StaleRecord if somebody was faster, NotAllowedNow for a copy that does not wait to leave.
    """
    row = session.get(LetterCopyRow, copy.id)
    if row is None:
        raise NotFound("This copy of a letter is not in the registry.")
    if row.row_version != copy.row_version:
        raise StaleRecord
    if Delivery(row.delivery) not in QUEUED:
        raise NotAllowedNow("Only a copy that waits to leave can be held. Nothing was changed.")
    row.held_because, row.held_until = copy.held_because, copy.held_until
    row.held_at, row.held_by = copy.held_at, copy.held_by
    session.flush()
    return record(row)


def note_paper(session: Session, copy_id: int, at: datetime | None) -> None:
    """Note that a copy lies on paper though it may not leave any more, or has left; its state stays as it is."""
    row = session.get(LetterCopyRow, copy_id)
    if row is None:
        raise NotFound("This copy of a letter is not in the registry.")
    row.printed_at = at
    session.flush()


def queued(session: Session, patient_id: int, *addressees: Addressee) -> tuple[Recipient, ...]:
    """The copies of a patient's letters that have not left, of some addressees or of all."""
    waiting = [each.value for each in QUEUED]
    query = select(LetterCopyRow).where(LetterCopyRow.patient_id == patient_id, LetterCopyRow.delivery.in_(waiting))
    if addressees:
        query = query.where(LetterCopyRow.addressee.in_([each.value for each in addressees]))
    return tuple(map(record, session.scalars(query.order_by(LetterCopyRow.id))))


def withdrawn_since(session: Session, since: datetime) -> frozenset[int]:
    """The letters of which a copy that waited to leave was taken back at or after an instant."""
    query = select(LetterCopyRow.letter_id).where(
        LetterCopyRow.delivery == Delivery.WITHDRAWN.value, LetterCopyRow.done_at >= since
    )
    return frozenset(session.scalars(query.distinct()))


def add_form(session: Session, letter_id: int, patient_id: int, form: Form) -> None:
    """Keep another form of a signed letter for ever."""
    values = {"letter_id": letter_id, "form": form.name, "pdf": form.pdf, "plain": form.plain}
    values |= {"template_version": form.template_version, "sha256": form.sha256, "pages": form.pages}
    values["made_at"] = form.made_at
    session.execute(insert(LetterFormRow.__table__), values, execution_options=NOTED)  # type: ignore[arg-type]
    told = {"form": form.name, "sha256": form.sha256, "template_version": form.template_version}
    trail_of(session).note(Entry("freeze", "letter_form", str(letter_id), patient_id, new=told))


def form(session: Session, letter_id: int, name: str) -> Form | None:
    """A frozen form, checked against its SHA-256; None if nobody has asked for it."""
    row = session.get(LetterFormRow, (letter_id, name))
    if row is None:
        return None
    found = Form(row.form, row.pdf, row.plain, row.template_version, row.pages, row.made_at)
    if found.sha256 != row.sha256:
        raise CannotOpen(
            "This signed letter was altered in the file, so it is not shown. Restore the last verified copy."
        )
    return found


def record(row: LetterCopyRow) -> Recipient:
    """The record of a row."""
    return Recipient(
        id=row.id,
        letter_id=row.letter_id,
        patient_id=row.patient_id,
        addressee=Addressee(row.addressee),
        name=row.name,
        address=tuple(str(line) for line in row.address),
        delivery=Delivery(row.delivery),
        at=row.done_at,
        by=row.done_by,
        note=row.note,
        row_version=row.row_version,
        printed_at=row.printed_at,
        held_because=row.held_because,
        held_until=row.held_until,
        held_at=row.held_at,
        held_by=row.held_by,
    )


def _fill(row: LetterCopyRow, copy: Recipient) -> None:
    row.addressee, row.name, row.address = copy.addressee.value, copy.name, list(copy.address)
    row.delivery, row.done_at, row.done_by, row.note = Delivery.WAITING.value, None, "", copy.note
    row.held_because = row.held_by = ""
