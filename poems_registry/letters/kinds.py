"""Every kind of letter in one place: another kind is a module, a template and a line here."""

from datetime import datetime

from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.records import ClinicProfile, Encounter, LetterRecord, PatientFile
from poems_registry.letters.assembling import Facts, assemble, parts_of
from poems_registry.letters.clinic import CLINIC_LETTER
from poems_registry.letters.colleague import PROFESSIONAL_LETTER
from poems_registry.letters.not_attended import FIRST_MISSED_LETTER, NOT_ATTENDED_LETTER
from poems_registry.letters.parts import Part
from poems_registry.letters.reminder import REMINDER
from poems_registry.letters.results_letter import RESULTS_LETTER
from poems_registry.letters.standing import Standing
from poems_registry.letters.template import Template, Templates
from poems_registry.pages.document import Document

KINDS = {
    LetterKind.CLINIC: CLINIC_LETTER,
    LetterKind.RESULTS: RESULTS_LETTER,
    LetterKind.DID_NOT_ATTEND: NOT_ATTENDED_LETTER,
    LetterKind.FIRST_MISSED: FIRST_MISSED_LETTER,
    LetterKind.REMINDER: REMINDER,
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
    templates: Templates | None = None,
) -> Document:
    """A letter of any kind as a document; see `assembling.assemble`."""
    facts = Facts(file, encounter, clinic, letter, standing)
    return assemble(KINDS[letter.kind], facts, now, templates or Templates())


def parts(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    letter: LetterRecord,
    standing: Standing | None = None,
    template: Template | None = None,
) -> tuple[Part, ...]:
    """The parts of a letter of any kind, in print order."""
    return parts_of(KINDS[letter.kind], Facts(file, encounter, clinic, letter, standing), template)
