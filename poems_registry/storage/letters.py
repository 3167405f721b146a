"""Letters: their cards, their numbers, and the frozen bytes of those that were signed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.errors import CannotOpen, NotAllowedNow, NotFound, StaleRecord
from poems_registry.domain.letter_steps import check_letter
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, LetterRecord, LetterState, Signature
from poems_registry.storage.audit import Entry, trail_of
from poems_registry.storage.encounter_rows import signature, signature_columns
from poems_registry.storage.observations import NOTED
from poems_registry.storage.tables.encounter import EncounterRow
from poems_registry.storage.tables.letter import LetterPageRow, LetterRow

UNSIGNED = (LetterState.DRAFT, LetterState.READY)


@dataclass(frozen=True, slots=True)
class SignedPages:
    """What is frozen at signing: the PDF's bytes, its plain text, and the record it was made from as JSON text.

    `rules` are the rule set and the settings that the letter rests on, by name.
    """

    pdf: bytes
    plain: str
    source: str
    template_version: str
    pages: int
    rules: dict[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Of the PDF, in hexadecimal."""
        return hashlib.sha256(self.pdf).hexdigest()


def next_number(session: Session, year: int) -> str:
    """The next free number of a year: `L-2026-0001`."""
    start = f"L-{year:04d}-"
    numbers = session.scalars(select(LetterRow.number).where(LetterRow.number.startswith(start)).distinct())
    last = max((int(number.removeprefix(start)) for number in numbers), default=0)
    return f"{start}{last + 1:04d}"


def add(session: Session, letter: LetterRecord) -> LetterRecord:
    """Add an unsigned letter and give it with its id; a letter without a number gets none until it is signed."""
    row = LetterRow(patient_id=letter.patient_id, encounter_id=letter.encounter_id)
    _fill(row, letter)
    session.add(row)
    session.flush()
    return record(row)


def load(session: Session, letter_id: int) -> LetterRecord:
    """A letter's card; NotFound."""
    return record(_row(session, letter_id))


def save(session: Session, letter: LetterRecord) -> LetterRecord:
    """Change a card; StaleRecord if it changed since it was read.

    Only the steps of `domain.letter_steps` are taken, and none of them signs. Of a letter that was signed nothing but
    its state and why it was withdrawn may change; NotAllowedNow else.
    """
    row = _current(session, letter.id, letter.row_version)
    before = record(row)
    if before.state is not letter.state:
        check_letter(before.state, letter.state)
        if letter.state is LetterState.SIGNED:
            raise NotAllowedNow("A letter is signed with its pages only. Nothing was changed.")
    kept = replace(before, state=letter.state, withdrawn_because=letter.withdrawn_because)
    if before.state not in UNSIGNED and kept != letter:
        raise NotAllowedNow("This letter is signed: it cannot be changed, and was not. Make a new version of it.")
    _fill(row, letter)
    session.flush()
    return record(row)


def store_signed(
    session: Session, letter_id: int, row_version: int, pages: SignedPages, signed: Signature, reference: str
) -> LetterRecord:
    """Sign: keep the bytes for ever, close the card. NotAllowedNow unless the letter is open and its visit signed."""
    row = _current(session, letter_id, row_version)
    visit = select(EncounterRow.state, EncounterRow.kind).where(EncounterRow.id == row.encounter_id)
    may_have_letter = _may_have_letter(*session.execute(visit).one())
    if LetterState(row.state) not in UNSIGNED or not may_have_letter:
        raise NotAllowedNow("Only an open letter of a signed visit can be signed. Nothing was changed.")
    row.state = LetterState.SIGNED.value
    row.reference, row.sha256, row.pages = reference, pages.sha256, pages.pages
    for name, value in signature_columns(signed).items():
        setattr(row, name, value)
    session.flush()
    values = {"letter_id": letter_id, "pdf": pages.pdf, "plain": pages.plain, "source": pages.source}
    values |= {"template_version": pages.template_version, "sha256": pages.sha256, "rules": pages.rules}
    session.execute(insert(LetterPageRow.__table__), values, execution_options=NOTED)  # type: ignore[arg-type]
    told = {"sha256": pages.sha256, "bytes": len(pages.pdf), "template_version": pages.template_version}
    trail_of(session).note(Entry("freeze", "letter_page", str(letter_id), row.patient_id, new=told))
    return record(row)


def signed_pages(session: Session, letter_id: int) -> SignedPages:
    """The frozen bytes and text, checked against their SHA-256; NotFound before signing."""
    row = session.get(LetterPageRow, letter_id)
    if row is None:
        raise NotFound("This letter has not been signed, so there are no signed pages of it.")
    card = _row(session, letter_id)
    rules = row.rules if isinstance(row.rules, dict) else {}
    pages = SignedPages(row.pdf, row.plain, row.source, row.template_version, card.pages, rules)
    if not pages.sha256 == row.sha256 == card.sha256:
        raise CannotOpen(
            "This signed letter was altered in the file, so it is not shown. Restore the last verified copy."
        )
    return pages


def template_version(session: Session, letter_id: int) -> str:
    """What a signed letter was worded by; empty before signing."""
    query = select(LetterPageRow.template_version).where(LetterPageRow.letter_id == letter_id)
    return session.scalar(query) or ""


def of_patients(session: Session, patient_ids: Sequence[int]) -> dict[int, tuple[LetterRecord, ...]]:
    """The letters of several patients, oldest first."""
    query = select(*LetterRow.__table__.columns).where(LetterRow.patient_id.in_(patient_ids))
    found: dict[int, list[LetterRecord]] = {}
    for row in session.execute(query.order_by(LetterRow.patient_id, LetterRow.id)):
        found.setdefault(row.patient_id, []).append(record(row))
    return {patient_id: tuple(letters) for patient_id, letters in found.items()}


def of_encounter(session: Session, encounter_id: int) -> tuple[LetterRecord, ...]:
    """The letters of one encounter, oldest first."""
    rows = session.scalars(select(LetterRow).where(LetterRow.encounter_id == encounter_id).order_by(LetterRow.id))
    return tuple(record(row) for row in rows)


def in_states(session: Session, *states: LetterState) -> tuple[LetterRecord, ...]:
    """All letters in some states, oldest first: the letters list."""
    wanted = [state.value for state in states]
    rows = session.scalars(select(LetterRow).where(LetterRow.state.in_(wanted)).order_by(LetterRow.id))
    return tuple(record(row) for row in rows)


def visits_without_letter(session: Session) -> tuple[tuple[int, int], ...]:
    """(patient id, encounter id) of clinic visits signed here without an open or standing letter, oldest first."""
    fallen = [LetterState.WITHDRAWN.value, LetterState.SUPERSEDED.value]
    has_letter = select(LetterRow.encounter_id).where(
        LetterRow.state.not_in(fallen), LetterRow.kind == LetterKind.CLINIC.value
    )
    query = select(EncounterRow.patient_id, EncounterRow.id).where(
        EncounterRow.state == EncounterState.SIGNED.value,
        EncounterRow.kind == "clinic",
        EncounterRow.source == "",
        EncounterRow.id.not_in(has_letter),
    )
    return tuple((row[0], row[1]) for row in session.execute(query.order_by(EncounterRow.day, EncounterRow.id)))


def count(session: Session) -> int:
    """How many letters the registry holds."""
    return session.scalar(select(func.count()).select_from(LetterRow)) or 0


def record(row: Any) -> LetterRecord:
    """The record of a row, ORM or Core."""
    return LetterRecord(
        id=row.id,
        patient_id=row.patient_id,
        encounter_id=row.encounter_id,
        number=row.number,
        version=row.version,
        row_version=row.row_version,
        state=LetterState(row.state),
        edits=tuple((part, words) for part, words in row.edits),
        reference=row.reference,
        sha256=row.sha256,
        pages=row.pages,
        signature=signature(row),
        reason=row.reason,
        kind=LetterKind(row.kind),
        about_on=row.about_on,
        not_for_patient=row.not_for_patient,
        withdrawn_because=row.withdrawn_because,
    )


def _may_have_letter(state: str, kind: str) -> bool:
    return Encounter(state=EncounterState(state), kind=EncounterKind(kind)).may_have_letter


def _fill(row: LetterRow, letter: LetterRecord) -> None:
    row.number = letter.number
    row.version = letter.version
    row.state = letter.state.value
    row.edits = [list(pair) for pair in letter.edits]
    row.reference = letter.reference
    row.sha256 = letter.sha256
    row.pages = letter.pages
    row.reason = letter.reason
    row.kind = letter.kind.value
    row.about_on = letter.about_on
    row.not_for_patient = letter.not_for_patient
    row.withdrawn_because = letter.withdrawn_because
    for name, value in signature_columns(letter.signature).items():
        setattr(row, name, value)


def _row(session: Session, letter_id: int) -> LetterRow:
    row = session.get(LetterRow, letter_id)
    if row is None:
        raise NotFound("This letter is not in the registry.")
    return row


def _current(session: Session, letter_id: int, row_version: int) -> LetterRow:
    row = _row(session, letter_id)
    if row.row_version != row_version:
        raise StaleRecord
    return row
