"""Many letters at once: composed, signed if asked, written under names that tell nothing, and reconciled."""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.errors import NotAllowedNow, NotSaved
from poems_registry.domain.records import LetterRecord, LetterState, Patient
from poems_registry.exports import csv
from poems_registry.exports.table import Row, Table
from poems_registry.pages.document import Document
from poems_registry.pages.press import WORKERS, Pressed, Presses
from poems_registry.services.access import Service, needs
from poems_registry.services.earlier_letters import copies_of
from poems_registry.services.letter_matter import matter_of
from poems_registry.services.letter_signing import freeze_many
from poems_registry.services.letters import LetterService
from poems_registry.services.queued_copies import refuse_fallen, refuse_the_dead
from poems_registry.storage import audit, encounters, patients
from poems_registry.storage import letters as stored

MANIFEST = "manifest.csv"
HEAD = ("file", "letter", "version", "state", "patient", "visit", "visit_on", "pages", "sha256", "not_signed_because")
UNSIGNED = (LetterState.DRAFT, LetterState.READY)


@dataclass(frozen=True, slots=True)
class Made:
    """One letter of a batch: its file, and why it stayed a draft although signing was asked."""

    file: str
    letter_id: int
    number: str
    version: int
    signed: bool
    patient: str
    encounter_id: int
    visit_on: date
    pdf: bytes
    pages: int
    why_not: str = ""

    @property
    def sha256(self) -> str:
        """Of the file's bytes; empty for a letter that could not be written at all."""
        return hashlib.sha256(self.pdf).hexdigest() if self.pdf else ""

    @property
    def row(self) -> Row:
        """One line of the manifest."""
        state = "refused" if not self.file else "signed" if self.signed else "draft"
        day = self.visit_on.isoformat()
        return (
            *(self.file, self.number, self.version, state, self.patient, self.encounter_id, day),
            *(self.pages, self.sha256, self.why_not),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch: `written` were read back from the disk, `refused` cannot be written to anybody (someone
    has died) or hold a letter that cannot be printed, `listed` are the lines of the manifest. `note` is to be told."""

    asked: int
    written: int
    refused: int
    listed: int
    manifest: Path
    letters: tuple[Made, ...]
    note: str = ""

    @property
    def line(self) -> str:
        """`3 asked = 3 written = 3 listed (2 signed, 1 draft)`; refused ones stand beside the written."""
        signed = sum(each.signed for each in self.letters)
        drafts = self.written - signed
        told = f"{signed} signed, {drafts} draft{'s' if drafts != 1 else ''}"
        refused = f" + {self.refused} refused" if self.refused else ""
        return f"{self.asked} asked = {self.written} written{refused} = {self.listed} listed ({told})"


class BatchService(Service):
    """Letters of several visits into a folder."""

    @needs(Permission.FIND_PATIENTS)
    def due(self) -> tuple[int, ...]:
        """Signed visits whose letter is not begun or not signed, oldest first."""
        cards = LetterService(self.signed_in).board()
        unsigned = [
            card
            for card in cards
            if card.letter is None or (card.letter.kind is LetterKind.CLINIC and card.letter.state in UNSIGNED)
        ]
        return tuple(dict.fromkeys(card.encounter_id for card in unsigned))

    @needs(Permission.VIEW_CLINICAL)
    def write(
        self,
        encounter_ids: Sequence[int],
        folder: Path,
        sign_with: str | None = None,
        *,
        kind: LetterKind = LetterKind.CLINIC,
        about_on: date | None = None,
        workers: int = WORKERS,
    ) -> Batch:
        """The letters of these visits as PDF in a folder, with a manifest; `sign_with` is the signer's password.

        `kind` and `about_on` are those of `LetterService.start`; `workers` processes put the letters on paper. What
        cannot be signed is written as a draft with the reason in the manifest. NotSaved if the disk refuses: then no
        file of this batch is there; what was signed stays signed and can be written again.
        """
        me = self.signed_in
        if sign_with is not None:
            me.require(Permission.SIGN)
            me.confirm(sign_with)
        _refuse_taken(folder)
        wanted = tuple(dict.fromkeys(encounter_ids))
        service = LetterService(me)
        with Presses(workers) as presses:
            presses.start(len(wanted))
            letter_ids = [service.start(each, kind, about_on) for each in wanted]
            self._note_views(letter_ids)
            why_not = self._sign(letter_ids, presses) if sign_with is not None else {}
            drafts = self._drafts(letter_ids, presses)
        made = tuple(self._made(each, drafts.get(each), why_not.get(each, "")) for each in letter_ids)
        if len(made) == 1 and not made[0].file:
            raise NotAllowedNow(made[0].why_not)
        with me.store.writing(me.actor) as session:
            for each in made:
                if not each.file:
                    continue
                about, whose = ("letter", str(each.letter_id)), stored.load(session, each.letter_id).patient_id
                audit.record_event(session, "export", whose, about=about, file=each.file, sha256=each.sha256)
        _publish(folder, made)
        written = sum(_is_there(folder, each) for each in made if each.file)
        refused = sum(not each.file for each in made)
        listed = len(csv_lines(folder / MANIFEST))
        if not len(wanted) == written + refused == listed:
            raise NotSaved(
                f"{len(wanted)} letters were asked for, {written} are on the disk and {listed} are listed. Do not send"
                " any of them. Write them again to an empty folder."
            )
        return Batch(len(wanted), written, refused, listed, folder / MANIFEST, made, presses.note)

    def _note_views(self, letter_ids: Sequence[int]) -> None:
        """Whoever makes letters of people looks at their records."""
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            for letter in (stored.load(session, each) for each in letter_ids):
                audit.record_event(session, "view", letter.patient_id, about=("letter", str(letter.id)))
                copies_of(session, me, letter)

    def _sign(self, letter_ids: Sequence[int], presses: Presses) -> dict[int, str]:
        """Sign what is open; why each of the others stayed a draft."""
        with self.signed_in.store.reading() as session:
            cards = [stored.load(session, each) for each in letter_ids]
        waiting = [(card.id, card.row_version) for card in cards if card.state in UNSIGNED]
        outcomes = freeze_many(self.signed_in, waiting, presses.press_all)
        return {outcome.letter_id: outcome.why_not for outcome in outcomes if outcome.signed is None}

    def _drafts(self, letter_ids: Sequence[int], presses: Presses) -> dict[int, Pressed]:
        """The pages of the letters that are not signed, each marked as a draft; one nobody may get stops no other."""
        me = self.signed_in
        asked: list[int] = []
        refused: dict[int, Pressed] = {}
        with me.store.reading() as session:
            drafts = [each for each in letter_ids if stored.load(session, each).state in UNSIGNED]

            def documents() -> Iterator[Document]:
                for letter in (stored.load(session, each) for each in drafts):
                    try:
                        document = matter_of(session, letter).document(letter, me.clock.now())
                    except NotAllowedNow as refusal:
                        refused[letter.id] = Pressed(refused=str(refusal))
                        continue
                    asked.append(letter.id)
                    yield document

            pressed = list(presses.press_all(documents(), archive=False))
        return refused | dict(zip(asked, pressed, strict=True))

    def _made(self, letter_id: int, draft: Pressed | None, why_not: str) -> Made:
        with self.signed_in.store.reading() as session:
            letter = stored.load(session, letter_id)
            patient = patients.load(session, letter.patient_id)
            day = encounters.load(session, letter.encounter_id).on
            if draft is not None:
                return _named(letter, patient, day, draft, draft.refused or why_not)
            self.signed_in.require(Permission.PRINT_LETTERS)
            try:
                refuse_fallen(session, letter)
                refuse_the_dead(session, letter)
                pdf = stored.signed_pages(session, letter_id).pdf
            except NotAllowedNow as refused:
                return _named(letter, patient, day, Pressed(), str(refused))
        return _named(letter, patient, day, Pressed(pdf, letter.pages), why_not)


def _named(letter: LetterRecord, patient: Patient, day: date, pressed: Pressed, why_not: str) -> Made:
    signed = letter.signature is not None
    number = letter.number.removeprefix("L-") or f"visit-{letter.encounter_id}"
    name = f"{'letter' if signed else 'draft'}-{number}{f'-v{letter.version}' if letter.version > 1 else ''}.pdf"
    return Made(
        file=name if pressed.pdf else "",
        letter_id=letter.id,
        number=letter.number,
        version=letter.version,
        signed=signed,
        patient=patient.study_number or f"#{patient.id}",
        encounter_id=letter.encounter_id,
        visit_on=day,
        pdf=pressed.pdf,
        pages=pressed.pages,
        why_not=why_not,
    )


def csv_lines(manifest: Path) -> list[str]:
    """The lines of a manifest below its head, as they stand on the disk."""
    return manifest.read_text(encoding="utf-8-sig").splitlines()[1:]


def _refuse_taken(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = (folder / MANIFEST).exists()
    except OSError as error:
        raise NotSaved(_why(error)) from None
    if taken:
        raise NotAllowedNow("This folder holds an earlier batch. Nothing was written; choose an empty folder.")


def _publish(folder: Path, made: Sequence[Made]) -> None:
    """All letters are on the disk before the first gets its name, and the manifest comes last."""
    placed: list[Path] = []
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".letters-") as private:
            files = [each for each in made if each.file]
            for each in files:
                _flushed(Path(private) / each.file, each.pdf)
            csv.write(Table("letters", HEAD, [each.row for each in made]), Path(private) / MANIFEST)
            (Path(private) / MANIFEST).chmod(0o600)
            for name in [*(each.file for each in files), MANIFEST]:
                (Path(private) / name).replace(folder / name)
                placed.append(folder / name)
    except OSError as error:
        for path in placed:
            path.unlink(missing_ok=True)
        raise NotSaved(_why(error)) from None


def _flushed(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _is_there(folder: Path, made: Made) -> bool:
    path = folder / made.file
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == made.sha256


def _why(error: OSError) -> str:
    return (
        f"The letters could not be written: {error.strerror or 'the disk refused'}. No file of this batch is there;"
        " what was signed stays signed. Choose another place."
    )
