"""Letters: begin from a signed visit, keep the author's words, preview, sign and freeze, print again byte for byte."""

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.freezing import freeze_response
from poems_registry.domain.records import (
    ClinicProfile,
    Encounter,
    EncounterState,
    LetterRecord,
    LetterState,
    Patient,
    PatientFile,
    Signature,
)
from poems_registry.exports.release import Piece, publish_one
from poems_registry.letters.clinic import compose
from poems_registry.letters.gate import Block, blocks
from poems_registry.letters.parts import Part, parts
from poems_registry.letters.plain import read_out
from poems_registry.letters.standing import Standing
from poems_registry.services.access import Service, needs
from poems_registry.services.changes import Changed
from poems_registry.services.clinic_settings import thresholds_of
from poems_registry.services.judging import judge_file, respond_file, up_to
from poems_registry.services.patients import with_clinical_part_of
from poems_registry.services.standings import refresh
from poems_registry.storage import audit, encounters, files, patients, registry, settings
from poems_registry.storage import letters as stored
from poems_registry.storage.letters import SignedPages
from poems_registry.storage.unit_of_work import Session

TEMPLATE = "clinic-1"
CLOCK_DAYS = 7
Edits = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenLetter:
    """A letter on the desk: its card, the record behind it, its parts in print order, and what still blocks signing."""

    letter: LetterRecord
    file: PatientFile
    encounter: Encounter
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    clinic: ClinicProfile


@dataclass(frozen=True, slots=True)
class LetterCard:
    """One letter, or one visit that still needs one, on the nurse's list. `letter` is None for the latter."""

    letter: LetterRecord | None
    patient: Patient
    encounter_id: int
    visit_on: date
    day: int
    """Day n of 7 since the visit."""


class LetterService(Service):
    """What one can do with a letter."""

    @needs(Permission.RECORD_CLINICAL)
    def start(self, encounter_id: int) -> int:
        """Begin the letter of a signed visit and give its id; one that is open already is continued."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            encounter = encounters.load(session, encounter_id)
            if encounter.state is not EncounterState.SIGNED:
                raise NotAllowedNow(
                    "A letter is written from a signed visit: sign the visit first. Nothing was changed."
                )
            kept = [e for e in stored.of_encounter(session, encounter_id) if e.state is not LetterState.WITHDRAWN]
            if kept:
                return kept[-1].id
            number = stored.next_number(session, self.signed_in.today.year)
            letter = LetterRecord(patient_id=encounter.patient_id, encounter_id=encounter_id, number=number)
            added = stored.add(session, letter)
            refresh(session, [encounter.patient_id], self.signed_in.today)
            return added.id

    @needs(Permission.VIEW_CLINICAL)
    def open(self, letter_id: int) -> OpenLetter:
        """A letter with its parts and its gate; the view is audited."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            audit.record_event(session, "view", letter.patient_id, about=("letter", str(letter_id)))
        with self.signed_in.store.reading() as session:
            return self._opened(session, stored.load(session, letter_id))

    @needs(Permission.VIEW_CLINICAL)
    def parts(self, letter_id: int, edits: Edits) -> OpenLetter:
        """The same letter with other edits, not saved: what would be printed and what would block signing."""
        with self.signed_in.store.reading() as session:
            return self._opened(session, replace(stored.load(session, letter_id), edits=edits))

    @needs(Permission.VIEW_CLINICAL)
    def preview(self, letter_id: int, edits: Edits) -> bytes:
        """The real PDF of an unsigned letter with these edits, marked as a draft on every page."""
        from poems_registry.pages.pdf import render

        with self.signed_in.store.reading() as session:
            letter = replace(stored.load(session, letter_id), edits=edits)
            file, encounter = self._record(session, letter)
            standing = self._standing(session, file, encounter)
            clinic = registry.load(session).profile
        now = self.signed_in.clock.now()
        return render(compose(file, encounter, clinic, standing, letter=letter, now=now), archive=False)

    @needs(Permission.RECORD_CLINICAL)
    def keep(self, letter_id: int, row_version: int, edits: Edits) -> LetterRecord:
        """Save the author's own words; StaleRecord if somebody was faster."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            if letter.row_version != row_version:
                raise StaleRecord
            return stored.save(session, replace(letter, edits=edits))

    @needs(Permission.SIGN)
    def sign(self, letter_id: int, row_version: int, password: str) -> tuple[LetterRecord, Changed]:
        """Freeze bytes and hash; refused while anything blocks. The reference is the audit head before (decision 8)."""
        from poems_registry.pages.pdf import check_archive, render

        self.signed_in.confirm(password)
        person, now = self.signed_in.person, self.signed_in.clock.now()
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            if letter.row_version != row_version:
                raise StaleRecord
            file, encounter = self._record(session, letter)
            clinic = registry.load(session).profile
            open_blocks = blocks(file, encounter, clinic, letter)
            if open_blocks:
                raise InvalidInput({block.key: block.words for block in open_blocks})
            sequence, mac = audit.head(session)
            reference = f"{sequence:06d}/{mac[:4]}-{mac[4:8]}".upper()
            signature = Signature(person.name, person.profession or person.role.value, person.registration, now)
            final = replace(letter, signature=signature, reference=reference, state=LetterState.SIGNED)
            standing = self._standing(session, file, encounter)
            document = compose(file, encounter, clinic, standing, letter=final, now=now)
            pdf = render(document)
            problems = check_archive(pdf)
            if problems:
                raise NotAllowedNow(
                    "The letter could not be made in the form that lasts, so it was not signed. Your words are kept."
                )
            source = json.dumps(replace(file, letters=()), default=_said, sort_keys=True)
            pages = SignedPages(pdf, read_out(document), source, TEMPLATE, _pages_of(pdf))
            signed = stored.store_signed(session, letter_id, row_version, pages, signature, reference)
            self._supersede(session, signed)
            refresh(session, [letter.patient_id], self.signed_in.today)
        return signed, Changed(patients=frozenset({letter.patient_id}), letters=frozenset({letter_id}))

    @needs(Permission.PRINT_LETTERS)
    def pdf(self, letter_id: int) -> bytes:
        """The frozen bytes of a signed letter, for printing or a copy; each time is audited, no mark is put on them."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            pages = stored.signed_pages(session, letter_id)
            letter = stored.load(session, letter_id)
            audit.record_event(
                session, "print", letter.patient_id, about=("letter", str(letter_id)), sha256=pages.sha256
            )
        return pages.pdf

    @needs(Permission.PRINT_LETTERS)
    def save_copy(self, letter_id: int, path: Path) -> None:
        """Write the frozen bytes to a file that only its maker can read; in the audit before it exists.

        NotSaved if the disk refuses: then no file has appeared or changed.
        """
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            pages = stored.signed_pages(session, letter_id)
            letter = stored.load(session, letter_id)
            about = ("letter", str(letter_id))
            audit.record_event(session, "export", letter.patient_id, about=about, file=path.name, sha256=pages.sha256)

        def write(there: Path) -> int:
            return there.write_bytes(pages.pdf)

        publish_one(Piece(path, write))

    @needs(Permission.VIEW_CLINICAL)
    def show_signed(self, letter_id: int) -> bytes:
        """The frozen bytes for the screen."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            audit.record_event(session, "view", letter.patient_id, about=("letter", str(letter_id)))
            return stored.signed_pages(session, letter_id).pdf

    @needs(Permission.PRINT_LETTERS)
    def dispatched(self, letter_id: int, row_version: int) -> LetterRecord:
        """Note that a signed letter was printed and sent or given; who may not view findings gets none of its words."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            if letter.row_version != row_version:
                raise StaleRecord
            if letter.state is not LetterState.SIGNED:
                raise NotAllowedNow("Only a signed letter can be sent. Nothing was changed.")
            saved = stored.save(session, replace(letter, state=LetterState.DISPATCHED))
            refresh(session, [letter.patient_id], self.signed_in.today)
        return saved if self.signed_in.may(Permission.VIEW_CLINICAL) else _without_words(saved)

    @needs(Permission.SIGN)
    def amend(self, letter_id: int, reason: str) -> int:
        """A new version of a signed letter that names the old one and why; the old one holds until this is signed."""
        if not reason.strip():
            raise InvalidInput({"reason": "say why the letter is replaced: it is printed on the new one"})
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            old = stored.load(session, letter_id)
            if old.state not in (LetterState.SIGNED, LetterState.DISPATCHED):
                raise NotAllowedNow("Only a signed letter can be amended. Nothing was changed.")
            newest = max(each.version for each in stored.of_encounter(session, old.encounter_id))
            if newest != old.version:
                raise NotAllowedNow("There is a newer version of this letter: open that one. Nothing was changed.")
            draft = LetterRecord(
                patient_id=old.patient_id,
                encounter_id=old.encounter_id,
                number=old.number,
                version=old.version + 1,
                edits=old.edits,
                reason=reason.strip(),
            )
            return stored.add(session, draft).id

    @needs(Permission.FIND_PATIENTS)
    def board(self) -> tuple[LetterCard, ...]:
        """Visits that need a letter, and letters not yet sent, oldest visit first.

        Who may not view clinical findings gets no words of a letter and nobody's clinical part (decision 19).
        """
        with self.signed_in.store.reading() as session:
            cards = [
                self._card(session, None, person, visit) for person, visit in stored.visits_without_letter(session)
            ]
            states = (LetterState.DRAFT, LetterState.READY, LetterState.SIGNED, LetterState.DISPATCHED)
            for letter in stored.in_states(session, *states):
                cards.append(self._card(session, letter, letter.patient_id, letter.encounter_id))
        return tuple(sorted(cards, key=lambda card: (card.visit_on, card.encounter_id)))

    def _card(self, session: Session, letter: LetterRecord | None, patient_id: int, encounter_id: int) -> LetterCard:
        visit = encounters.load(session, encounter_id)
        day = (self.signed_in.today - visit.on) // timedelta(days=1)
        patient = patients.load(session, patient_id)
        if not self.signed_in.may(Permission.VIEW_CLINICAL):
            patient = with_clinical_part_of(patient, Patient())
            letter = _without_words(letter) if letter is not None else None
        return LetterCard(letter, patient, encounter_id, visit.on, day)

    def _record(self, session: Session, letter: LetterRecord) -> tuple[PatientFile, Encounter]:
        file = files.load_file(session, letter.patient_id)
        return file, next(e for e in file.encounters if e.id == letter.encounter_id)

    def _standing(self, session: Session, file: PatientFile, encounter: Encounter) -> Standing:
        """What signing the visit froze; for visits brought in from elsewhere, what the rules say up to that visit."""
        if encounter.verdict is not None:
            return Standing.frozen(encounter.verdict)
        thresholds = thresholds_of(settings.load_all(session))
        then = up_to(file, encounter)
        response = freeze_response(respond_file(then, thresholds, on=encounter.on))
        return Standing.of(judge_file(then, thresholds), response)

    def _opened(self, session: Session, letter: LetterRecord) -> OpenLetter:
        file, encounter = self._record(session, letter)
        clinic = registry.load(session).profile
        standing = self._standing(session, file, encounter)
        return OpenLetter(
            letter,
            file,
            encounter,
            parts(file, encounter, clinic, letter, standing),
            blocks(file, encounter, clinic, letter),
            clinic,
        )

    def _supersede(self, session: Session, signed: LetterRecord) -> None:
        for other in stored.of_encounter(session, signed.encounter_id):
            older = other.number == signed.number and other.version < signed.version
            if older and other.state in (LetterState.SIGNED, LetterState.DISPATCHED):
                stored.save(session, replace(other, state=LetterState.SUPERSEDED))


def _without_words(letter: LetterRecord) -> LetterRecord:
    """A letter's card without what its author wrote: for who may print it but not view findings (decision 19)."""
    return replace(letter, edits=(), reason="")


def _said(value: object) -> object:
    """A record as its fields, anything else as its words; `asdict` would copy the whole file first."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)


def _pages_of(pdf: bytes) -> int:
    from poems_registry.pages.raster import page_count

    return page_count(pdf)
