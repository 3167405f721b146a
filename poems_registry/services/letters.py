"""Letters: begin from a signed visit, keep the author's words, preview, sign and freeze, print again byte for byte."""

from dataclasses import dataclass, replace
from datetime import date

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import LetterKind, Recipient
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.domain.letter_steps import STANDING, check_letter
from poems_registry.domain.records import (
    ClinicProfile,
    Encounter,
    EncounterKind,
    EncounterState,
    LetterRecord,
    LetterState,
    PatientFile,
)
from poems_registry.letters.addressees import Offer, offers
from poems_registry.letters.gate import OF_A_DAY, Block
from poems_registry.letters.parts import Part
from poems_registry.services.access import needs
from poems_registry.services.changes import Changed
from poems_registry.services.earlier_letters import copies_of
from poems_registry.services.letter_board import CLOCK_DAYS, LetterBoard, LetterCard
from poems_registry.services.letter_holding import LetterHolding
from poems_registry.services.letter_matter import matter_of
from poems_registry.services.letter_sending import LetterSending, SavedCopy
from poems_registry.services.letter_signing import compose_signed, freeze, reference_now, refuse_blocked
from poems_registry.services.standings import refresh
from poems_registry.services.template_in_use import TemplateInUse, words_of
from poems_registry.services.visits import slot_of
from poems_registry.storage import audit, encounters, files, letter_copies
from poems_registry.storage import letters as stored
from poems_registry.storage.unit_of_work import Session

__all__ = ["CLOCK_DAYS", "Edits", "LetterCard", "LetterService", "OpenLetter", "SavedCopy"]

Edits = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenLetter:
    """A letter on the desk: its card, the record behind it, its parts in print order, and what still blocks signing.

    `offers` are who may get a copy of an unsigned one; `kept_template` is the clinic's template of a signed one.
    """

    letter: LetterRecord
    file: PatientFile
    encounter: Encounter
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    clinic: ClinicProfile
    wording: TemplateInUse
    copies: tuple[Recipient, ...] = ()
    offers: tuple[Offer, ...] = ()
    kept_template: str = ""


class LetterService(LetterBoard, LetterSending, LetterHolding):
    """What one can do with a letter: write and sign it here, then what its copies and the list allow."""

    @needs(Permission.RECORD_CLINICAL)
    def start(self, encounter_id: int, kind: LetterKind = LetterKind.CLINIC, about_on: date | None = None) -> int:
        """Begin a letter of a signed visit and give its id; one that is open already, of the same day, is continued,
        and the one of an appointment is given even if it is signed.

        A letter to a colleague begun instead of one that is not for the patient is not for the patient either.
        `about_on`: the day missed, for which InvalidInput if it is not known; the day up to which results are told.
        """
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            encounter = encounters.load(session, encounter_id)
            if encounter.state is not EncounterState.SIGNED:
                raise NotAllowedNow(
                    "A letter is written from a signed visit: sign the visit first. Nothing was changed."
                )
            day = _about(kind, about_on, encounter, self.signed_in.today)
            own = [each for each in stored.of_encounter(session, encounter_id) if each.kind is kind]
            kept = [each for each in own if _goes_on(each) and (kind not in OF_A_DAY or each.about_on == day)]
            if kept:
                return self._told_up_to(session, kept[-1], day).id
            number = stored.next_number(session, self.signed_in.today.year)
            letter = LetterRecord(patient_id=encounter.patient_id, encounter_id=encounter_id, number=number)
            kept_back = _kept_back(session, encounter_id) if kind is LetterKind.PROFESSIONAL else ""
            added = stored.add(session, replace(letter, kind=kind, about_on=day, not_for_patient=kept_back))
            refresh(session, [encounter.patient_id], self.signed_in.today)
            return added.id

    @needs(Permission.RECORD_CLINICAL)
    def start_first_missed(self, patient_id: int, on: date) -> tuple[int, Changed]:
        """Note a first appointment that nobody came to, and begin its letter; the one of that day is given.

        InvalidInput for a day ahead; NotAllowedNow for somebody who was seen here: theirs hangs on the last visit.
        """
        me = self.signed_in
        if on > me.today:
            raise InvalidInput({"about_on": "give the day of the missed appointment: today or before"})
        with me.store.writing(me.actor) as session:
            file = files.load_file(session, patient_id)
            if any(each.kind is EncounterKind.CLINIC for each in file.counted):
                raise NotAllowedNow(
                    "This patient has been seen: begin the letter from the last visit's letter. Nothing was changed."
                )
            for each in file.letters:
                if each.kind is LetterKind.FIRST_MISSED and each.about_on == on and _goes_on(each):
                    return each.id, Changed()
            missed = Encounter(patient_id=patient_id, kind=EncounterKind.MISSED, on=on, state=EncounterState.RECORDED)
            missed = encounters.add(session, slot_of, replace(missed, author_id=me.person.id, author=me.person.name))
            letter = LetterRecord(patient_id=patient_id, encounter_id=missed.id, kind=LetterKind.FIRST_MISSED)
            number = stored.next_number(session, me.today.year)
            letter = stored.add(session, replace(letter, number=number, about_on=on))
            refresh(session, [patient_id], me.today)
        changed = Changed(frozenset({patient_id}), frozenset({missed.id}), letters=frozenset({letter.id}))
        return letter.id, changed

    @needs(Permission.VIEW_CLINICAL)
    def open(self, letter_id: int) -> OpenLetter:
        """A letter with its parts and its gate; the view is audited."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            audit.record_event(session, "view", letter.patient_id, about=("letter", str(letter_id)))
            copies_of(session, self.signed_in, letter)
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
            matter = matter_of(session, letter)
        return render(matter.document(letter, self.signed_in.clock.now()), archive=False)

    @needs(Permission.RECORD_CLINICAL)
    def keep(self, letter_id: int, row_version: int, edits: Edits) -> LetterRecord:
        """Save the author's own words; StaleRecord if somebody was faster. What was ready is a draft again."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = self._current(session, letter_id, row_version)
            state = LetterState.DRAFT if letter.state is LetterState.READY else letter.state
            return stored.save(session, replace(letter, edits=edits, state=state))

    @needs(Permission.RECORD_CLINICAL)
    def make_ready(self, letter_id: int, row_version: int) -> LetterRecord:
        """Hand a draft over to whoever signs; refused while anything blocks."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = self._current(session, letter_id, row_version)
            check_letter(letter.state, LetterState.READY)
            refuse_blocked(matter_of(session, letter).blocks(letter, self.signed_in.today))
            ready = stored.save(session, replace(letter, state=LetterState.READY))
            refresh(session, [letter.patient_id], self.signed_in.today)
            return ready

    @needs(Permission.RECORD_CLINICAL)
    def keep_from_patient(self, letter_id: int, row_version: int, why: str) -> LetterRecord:
        """Mark an unsigned letter as not for the patient, with the reason; an empty reason takes the mark away."""
        with self.signed_in.store.writing(self.signed_in.actor, why.strip()) as session:
            letter = self._current(session, letter_id, row_version)
            return stored.save(session, replace(letter, not_for_patient=why.strip()))

    @needs(Permission.SIGN)
    def sign(self, letter_id: int, row_version: int, password: str) -> tuple[LetterRecord, Changed]:
        """Freeze bytes and hash; refused while anything blocks. The reference is the audit head before (decision 8)."""
        from poems_registry.pages.press import press

        me = self.signed_in
        me.confirm(password)
        with me.store.writing(me.actor) as session:
            composed = compose_signed(session, me, letter_id, row_version, reference_now(session))
            signed = freeze(session, me, composed, press(composed.document))
        return signed, Changed(patients=frozenset({signed.patient_id}), letters=frozenset({letter_id}))

    @needs(Permission.VIEW_CLINICAL)
    def show_signed(self, letter_id: int) -> bytes:
        """The frozen bytes for the screen."""
        with self.signed_in.store.writing(self.signed_in.actor) as session:
            letter = stored.load(session, letter_id)
            audit.record_event(session, "view", letter.patient_id, about=("letter", str(letter_id)))
            return stored.signed_pages(session, letter_id).pdf

    @needs(Permission.SIGN)
    def amend(self, letter_id: int, reason: str) -> int:
        """A new version of a signed letter that names the old one and why; the old one holds until this is signed."""
        if not reason.strip():
            raise InvalidInput({"reason": "say why the letter is replaced: it is printed on the new one"})
        with self.signed_in.store.writing(self.signed_in.actor, reason.strip()) as session:
            old = stored.load(session, letter_id)
            if old.state not in STANDING:
                raise NotAllowedNow("Only a signed letter can be amended. Nothing was changed.")
            if any(each.version > old.version and _goes_on(each) for each in _versions(session, old)):
                raise NotAllowedNow("There is a newer version of this letter: open that one. Nothing was changed.")
            draft = LetterRecord(
                patient_id=old.patient_id,
                encounter_id=old.encounter_id,
                number=old.number,
                version=max(each.version for each in _versions(session, old)) + 1,
                edits=old.edits,
                reason=reason.strip(),
                kind=old.kind,
                about_on=old.about_on,
                not_for_patient=old.not_for_patient,
            )
            return stored.add(session, draft).id

    def _told_up_to(self, session: Session, letter: LetterRecord, day: date | None) -> LetterRecord:
        """An open letter of results tells them up to the day that was asked for now; a ready one is a draft again."""
        if letter.kind is not LetterKind.RESULTS or letter.about_on == day:
            return letter
        moved = stored.save(session, replace(letter, about_on=day, state=LetterState.DRAFT))
        refresh(session, [letter.patient_id], self.signed_in.today)
        return moved

    def _opened(self, session: Session, letter: LetterRecord) -> OpenLetter:
        matter = matter_of(session, letter)
        copies = letter_copies.of_letter(session, letter.id)
        made = matter.parts(letter)
        return OpenLetter(
            letter,
            matter.file,
            matter.encounter,
            made,
            matter.blocks(letter, self.signed_in.today),
            matter.clinic,
            matter.wording,
            copies,
            () if letter.signature is not None else offers(letter, matter.file, made),
            words_of(stored.template_version(session, letter.id)),
        )

    def _current(self, session: Session, letter_id: int, row_version: int) -> LetterRecord:
        letter = stored.load(session, letter_id)
        if letter.row_version != row_version:
            raise StaleRecord
        return letter


def _about(kind: LetterKind, day: date | None, visit: Encounter, today: date) -> date | None:
    """The day a letter is about, checked: a missed appointment lies behind the visit and not ahead."""
    if kind is LetterKind.RESULTS:
        return day or today
    if kind is LetterKind.REMINDER:
        if day is None or day < today:
            raise InvalidInput({"about_on": "give the day of the appointment: today or ahead"})
        return day
    if kind is LetterKind.FIRST_MISSED:
        raise NotAllowedNow("This patient has been seen: a missed first appointment is for somebody who never was.")
    if kind is not LetterKind.DID_NOT_ATTEND:
        return None
    if day is None or not visit.on < day <= today:
        raise InvalidInput({"about_on": "give the day of the missed appointment: after the last visit, not ahead"})
    return day


def _goes_on(letter: LetterRecord) -> bool:
    """Whether a letter is the one to go on with: open, or the one of its visit or day. Results may come in again."""
    if letter.kind is LetterKind.CLINIC or letter.kind in OF_A_DAY:
        return letter.state in stored.UNSIGNED or letter.state in STANDING
    return letter.state in stored.UNSIGNED


def _kept_back(session: Session, encounter_id: int) -> str:
    """Why the visit's unsigned letter to the patient is not for them, if it is not: the words may move to another."""
    waiting = [each for each in stored.of_encounter(session, encounter_id) if each.state in stored.UNSIGNED]
    return next((each.not_for_patient for each in waiting if each.kind.to_patient and each.not_for_patient), "")


def _versions(session: Session, letter: LetterRecord) -> list[LetterRecord]:
    return [each for each in stored.of_encounter(session, letter.encounter_id) if each.number == letter.number]
