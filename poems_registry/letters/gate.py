"""The signing gate: all that must be in order before a letter can be signed, as a list to work through (nhs.md 3.5)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from poems_registry.domain.address import CannotPost, window_lines
from poems_registry.domain.correspondence import Addressee, LetterKind
from poems_registry.domain.names import postal
from poems_registry.domain.records import (
    AllergyState,
    ClinicProfile,
    Encounter,
    LetterRecord,
    LetterState,
    PatientFile,
)
from poems_registry.letters.addressees import copies_for
from poems_registry.letters.assembling import copies_of, lines_of
from poems_registry.letters.closing import COPIES
from poems_registry.letters.colleague import PATIENT_COPY
from poems_registry.letters.identity import number_rows
from poems_registry.letters.kinds import parts
from poems_registry.letters.parts import ADDRESSEE, Part
from poems_registry.letters.template import Template
from poems_registry.letters.visit import Visit
from poems_registry.pages.fonts import unprintable
from poems_registry.pages.front import fits_window

DETAILS, VISIT, LETTER = "details", "visit", "letter"
OF_A_VISIT = frozenset({LetterKind.CLINIC, LetterKind.PROFESSIONAL})
"""Kinds that tell a visit as a whole: who saw the patient, what kind of visit, whether medicines were reviewed."""
OF_A_DAY = frozenset({LetterKind.DID_NOT_ATTEND, LetterKind.FIRST_MISSED, LetterKind.REMINDER})
"""Kinds that tell of one appointment: each appointment has its own letter."""
_MERGE_FIELDS = ("{{", "}}", "[[", "]]", "«", "»")


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that stops signing: words for the person who signs, and where to go.

    `link` is `details`, `visit` or `letter`, with the field, item or part after a colon where there is one.
    """

    key: str
    words: str
    link: str


@dataclass(frozen=True, slots=True)
class _Case:
    file: PatientFile
    visit: Visit
    letter: LetterRecord
    parts: tuple[Part, ...]
    today: date | None = None

    def empty(self, key: str) -> bool:
        """Whether the letter has such a part and it says nothing."""
        return any(part.key == key and not part.words.strip() for part in self.parts)

    def has(self, key: str) -> bool:
        """Whether the letter has such a part."""
        return any(part.key == key for part in self.parts)

    @property
    def copy_to_patient(self) -> bool:
        """Whether the patient is named among the copies."""
        return any(line.endswith(PATIENT_COPY) for line in copies_of(self.parts))

    @property
    def addressee(self) -> tuple[str, ...]:
        """Name and address of a colleague to whom the letter is written."""
        return next((lines_of(part) for part in self.parts if part.key == ADDRESSEE), ())


def blocks(
    file: PatientFile,
    encounter: Encounter,
    clinic: ClinicProfile,
    letter: LetterRecord,
    template: Template | None = None,
    *,
    today: date | None = None,
) -> tuple[Block, ...]:
    """Everything that still blocks signing `today`, in the order to mend it; empty when the letter may be signed."""
    made = parts(file, encounter, clinic, letter, template=template)
    case = _Case(file, Visit(file, encounter), letter, made, today)
    return tuple(block for check in _CHECKS for block in check(case))


def _deceased(case: _Case) -> Iterator[Block]:
    if case.file.patient.died is None:
        return
    if case.letter.kind.to_patient:
        yield Block("deceased", "This person has died: no letter can be addressed to them", f"{DETAILS}:died")
    elif case.copy_to_patient:
        yield Block("deceased", "This person has died: take the patient out of the copies", f"{LETTER}:{COPIES}")


def _state(case: _Case) -> Iterator[Block]:
    if case.letter.state not in (LetterState.DRAFT, LetterState.READY):
        yield Block("state", "This letter is already signed; amend it to change it", LETTER)
    if case.letter.version > 1 and not case.letter.reason.strip():
        yield Block("reason", "The reason for the new version is missing", f"{LETTER}:reason")


def _identity(case: _Case) -> Iterator[Block]:
    patient = case.file.patient
    number = "nhs_number_status" if patient.nhs_number else "nhs_number"
    missing = [
        (words, field)
        for words, there, field in (
            ("name", patient.family_name or patient.given_name, "family_name"),
            ("birth date", patient.born, "born"),
            ("verified NHS number or hospital number", number_rows(patient), number),
            ("address", patient.address or not case.letter.kind.to_patient, "address"),
        )
        if not there
    ]
    if missing:
        said = ", ".join(words for words, _ in missing)
        yield Block("identity", f"Not recorded: {said}", f"{DETAILS}:{missing[0][1]}")


def _visit_signed(case: _Case) -> Iterator[Block]:
    if not case.visit.encounter.may_have_letter:
        yield Block("visit_signed", "The visit is not signed yet", VISIT)


def _attendance(case: _Case) -> Iterator[Block]:
    if case.letter.kind not in OF_A_VISIT:
        return
    if not case.visit.encounter.seen_by:
        yield Block("seen_by", "Who saw the patient is not recorded", f"{VISIT}:seen_by")
    if case.visit.encounter.visit_type is None:
        yield Block("visit_type", "The type of visit is not recorded", f"{VISIT}:visit_type")


def _allergies(case: _Case) -> Iterator[Block]:
    patient = case.file.patient
    if not case.letter.kind.clinical:
        return
    if patient.allergy_state is AllergyState.NOT_RECORDED:
        yield Block("allergies", "Allergies: nothing has been chosen yet", f"{DETAILS}:allergy_state")
    elif patient.allergy_state is AllergyState.KNOWN and not patient.allergies:
        yield Block("allergies", "Known allergies: no substance is named", f"{DETAILS}:allergies")


def _medicines(case: _Case) -> Iterator[Block]:
    if case.letter.kind in OF_A_VISIT and not case.visit.answer("medicines_reviewed"):
        words = "Medicines: say whether they were reviewed today or not"
        yield Block("medicines", words, f"{VISIT}:medicines_reviewed")


def _address(case: _Case) -> Iterator[Block]:
    patient = case.file.patient
    if not case.letter.kind.to_patient:
        return
    checked = patient.address_checked_on
    if checked is None or checked < case.visit.encounter.on:
        words = "Address not checked at this visit"
        if case.letter.kind is LetterKind.FIRST_MISSED:
            words = "Address not checked since the missed appointment: perhaps the letter did not arrive"
        yield Block("address_checked", words, f"{DETAILS}:address_checked_on")
    if not patient.address:
        return
    name = postal(patient.family_name, patient.given_name, patient.title, patient.suffix)
    try:
        lines = window_lines([name, *patient.address], patient.postcode)
    except CannotPost as problem:
        yield Block("address_post", str(problem), f"{DETAILS}:address")
        return
    if _too_long(lines):
        words = "The address is too long for the envelope's window: shorten a line, or put two lines into one"
        yield Block("address_fits", words, f"{DETAILS}:address")


def _too_long(lines: Sequence[str]) -> bool:
    return not any(unprintable(line) for line in lines) and not fits_window(lines)


def _colleague(case: _Case) -> Iterator[Block]:
    """A professional letter names whom it is written to; an address that is given must fit the envelope."""
    if not case.has(ADDRESSEE):
        return
    if not case.addressee:
        yield Block(ADDRESSEE, "Nobody is named to whom the letter is written", f"{LETTER}:{ADDRESSEE}")
    elif _too_long(case.addressee):
        words = "The colleague's address is too long for the envelope's window: shorten a line"
        yield Block("addressee_fits", words, f"{LETTER}:{ADDRESSEE}")


def _day(case: _Case) -> Iterator[Block]:
    if case.letter.kind not in OF_A_DAY:
        return
    if case.letter.about_on is None:
        yield Block("about_on", "The day of the appointment is not recorded", LETTER)
    elif case.letter.kind is LetterKind.REMINDER and case.today is not None and case.letter.about_on < case.today:
        yield Block("about_on", "The day of the appointment is over: there is nothing to remind of any more", LETTER)


def _third_party(case: _Case) -> Iterator[Block]:
    """Text about somebody else, or that would harm, reaches the patient in no copy (nhs.md 3.5)."""
    if not case.letter.not_for_patient:
        return
    if case.letter.kind.to_patient:
        words = "Marked as not for the patient, but written to the patient: write to a colleague instead, or unmark it"
        yield Block("not_for_patient", words, LETTER)
    elif case.copy_to_patient:
        words = "Marked as not for the patient: take the patient out of the copies"
        yield Block("not_for_patient", words, f"{LETTER}:{COPIES}")


def _headings(case: _Case) -> Iterator[Block]:
    """The mandatory PRSB headings that another check does not cover."""
    if case.empty("summary"):
        title = next(part.title for part in case.parts if part.key == "summary")
        clinic = case.letter.kind is LetterKind.CLINIC
        words = "The summary for the patient is empty" if clinic else f"{title}: nothing is written yet"
        yield Block("summary", words, f"{LETTER}:summary")
    if case.empty("diagnoses"):
        yield Block("diagnoses", "The diagnoses are empty", f"{LETTER}:diagnoses")
    practice = case.file.patient.practice
    if case.letter.kind.copied_to_gp and not (practice.name or practice.doctor):
        yield Block("practice", "The GP practice is not recorded", f"{DETAILS}:practice_name")


def _recipients(case: _Case) -> Iterator[Block]:
    if case.letter.kind.copied_to_gp and case.empty(COPIES):
        yield Block("recipients", "No one is named for a copy; the GP should have one", f"{LETTER}:{COPIES}")


def _told(case: _Case) -> Iterator[Block]:
    visit = case.visit
    if visit.answer("new_serious_diagnosis") == "present" and visit.answer("told_in_person") != "present":
        words = "A new serious diagnosis: tell the patient in person or by phone first, then amend the visit to say so"
        yield Block("told_in_person", words, f"{VISIT}:told_in_person")


def _merge_fields(case: _Case) -> Iterator[Block]:
    for part in case.parts:
        if any(mark in part.words for mark in _MERGE_FIELDS):
            yield Block("merge_field", f"{part.title}: a field in brackets is not filled in", f"{LETTER}:{part.key}")


def _glyphs(case: _Case) -> Iterator[Block]:
    patient = case.file.patient
    places: list[tuple[str, tuple[str, ...], str]] = [
        ("Family name", (patient.family_name,), f"{DETAILS}:family_name"),
        ("Given name", (patient.given_name,), f"{DETAILS}:given_name"),
        ("Title", (patient.title,), f"{DETAILS}:title"),
        ("Preferred name", (patient.preferred_name,), f"{DETAILS}:preferred_name"),
        ("Address", patient.address, f"{DETAILS}:address"),
        ("Postcode", (patient.postcode,), f"{DETAILS}:postcode"),
    ]
    places += [
        ("GP practice", (copy.name, *copy.address), f"{DETAILS}:practice_name")
        for copy in copies_for(case.letter, case.file, case.parts)
        if copy.addressee is Addressee.PRACTICE
    ]
    places += [(part.title, (part.words,), f"{LETTER}:{part.key}") for part in case.parts]
    for name, texts, link in places:
        letters = sorted({letter for text in texts for letter in unprintable(text)})
        if letters:
            shown = ", ".join(f"{x} (U+{ord(x):04X})" if x.isprintable() else f"U+{ord(x):04X}" for x in letters)
            yield Block("glyphs", f"{name}: cannot be printed: {shown}", link)


_CHECKS: tuple[Callable[[_Case], Iterator[Block]], ...] = (
    _deceased,
    _state,
    _visit_signed,
    _identity,
    _address,
    _colleague,
    _day,
    _third_party,
    _attendance,
    _allergies,
    _medicines,
    _headings,
    _told,
    _recipients,
    _merge_fields,
    _glyphs,
)
