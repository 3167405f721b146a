"""Every kind of letter in one place: another kind is a module and a line here."""

from datetime import datetime

from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.records import ClinicProfile, Encounter, LetterRecord, PatientFile
from poems_registry.letters.assembling import assemble
from poems_registry.letters.clinic import CLINIC_LETTER
from poems_registry.letters.colleague import PROFESSIONAL_LETTER
from poems_registry.letters.not_attended import NOT_ATTENDED_LETTER
from poems_registry.letters.parts import Part
from poems_registry.letters.results_letter import RESULTS_LETTER
from poems_registry.letters.standing import Standing
from poems_registry.pages.document import Document

KINDS = {
    LetterKind.CLINIC: CLINIC_LETTER,
    LetterKind.RESULTS: RESULTS_LETTER,
    LetterKind.DID_NOT_ATTEND: NOT_ATTENDED_LETTER,
    LetterKind.PROFESSIONAL: PROFESSIONAL_LETTER,
}


def compose(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    standing: Standing | None = None,
    *,
    letter: LetterRecord,
    now: datetime,
) -> Document:
    """A letter of any kind as a document; see `assembling.assemble`."""
    return assemble(KINDS[letter.kind], file, encounter, clinic, standing, letter=letter, now=now)


def parts(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    letter: LetterRecord,
    standing: Standing | None = None,
) -> tuple[Part, ...]:
    """The parts of a letter of any kind, in print order."""
    return tuple(KINDS[letter.kind].parts(file, encounter, clinic, letter, standing))
