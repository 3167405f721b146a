"""Who gets a copy of a letter, and at which address: the addressee, then everybody whom its list of copies names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from poems_registry.domain.correspondence import Addressee, Recipient
from poems_registry.domain.names import postal
from poems_registry.domain.records import LetterRecord, Patient, PatientFile
from poems_registry.letters import amendment, closing
from poems_registry.letters.assembling import copies_of, lines_of
from poems_registry.letters.colleague import PATIENT_COPY, patient_line
from poems_registry.letters.identity import address
from poems_registry.letters.parts import ADDRESSEE, Part


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who gets a copy, or could: to be ticked one by one (nhs.md 3.5).

    `line` names them among the copies; it is empty for whom the letter is written to. `fixed` ticks cannot be changed
    here, for the reason that is given.
    """

    line: str
    name: str
    address: tuple[str, ...]
    ticked: bool
    fixed: bool = False
    reason: str = ""


def offers(letter: LetterRecord, file: PatientFile, made: Sequence[Part]) -> tuple[Offer, ...]:
    """Whom the letter is written to, then everybody whom the record knows for it, then who was named by hand."""
    named = copies_of(made)
    known = [*closing.recipients(file.patient, None), *_further(letter, file, made), *named]
    lines = [line for line in dict.fromkeys(known) if line]
    return (_first(letter, file, made), *(_offer(line, line in named, letter, file) for line in lines))


def _further(letter: LetterRecord, file: PatientFile, made: Sequence[Part]) -> Iterator[str]:
    """The patient for a colleague's letter, who referred, and who had the version that this one replaces."""
    if not letter.kind.to_patient:
        yield patient_line(file.patient)
    referrer = ", ".join(line.strip() for line in file.patient.referrer.splitlines() if line.strip())
    colleague = next((lines_of(part) for part in made if part.key == ADDRESSEE), ())
    if referrer and not any(line and line in referrer for line in colleague[:1]):
        yield referrer
    old = amendment.replaced(file, letter)
    if old is not None:
        yield from (each.strip() for each in dict(old.edits).get(closing.COPIES, "").splitlines())


def _first(letter: LetterRecord, file: PatientFile, made: Sequence[Part]) -> Offer:
    if not letter.kind.to_patient:
        copy = _colleague(made)
        why = "The letter is written to this person." if copy.name else "Nobody is named yet, under To."
        return Offer("", copy.name or "To", copy.address, bool(copy.name), fixed=True, reason=why)
    copy = _patient(file.patient)
    why = _not_the_patient(letter, file)
    reason = why or "The letter is written to the patient."
    return Offer("", copy.name, copy.address, ticked=not why, fixed=True, reason=reason)


def _offer(line: str, ticked: bool, letter: LetterRecord, file: PatientFile) -> Offer:
    copy = _named(line, file.patient)
    if copy.addressee is Addressee.PATIENT and (why := _not_the_patient(letter, file)):
        return Offer(line, copy.name, copy.address, ticked, fixed=not ticked, reason=why)
    gp = copy.addressee is Addressee.PRACTICE
    reason = "The GP should have a copy." if gp and not ticked and letter.kind.copied_to_gp else ""
    return Offer(line, copy.name, copy.address, ticked, reason=reason)


def _not_the_patient(letter: LetterRecord, file: PatientFile) -> str:
    if file.patient.died is not None:
        return "This person has died: nothing can be addressed to them."
    return f"Not for the patient: {letter.not_for_patient}" if letter.not_for_patient else ""


def copies_for(letter: LetterRecord, file: PatientFile, made: Sequence[Part]) -> tuple[Recipient, ...]:
    """One waiting copy for each; the address is the one that the record holds now, nothing where it holds none.

    A third party's copy never carries the patient's address (nhs.md 3.5).
    """
    first = _patient(file.patient) if letter.kind.to_patient else _colleague(made)
    named = [_named(line, file.patient) for line in copies_of(made)]
    own = [copy for copy in (first, *named) if copy.name]
    return tuple(_of(letter, copy) for copy in dict.fromkeys(own))


def _named(line: str, patient: Patient) -> Recipient:
    if line in closing.recipients(patient, None):
        practice = patient.practice
        lines = (practice.name, *practice.address, practice.postcode)
        return Recipient(addressee=Addressee.PRACTICE, name=line, address=tuple(each for each in lines if each))
    if line.endswith(PATIENT_COPY):
        return _patient(patient)
    return Recipient(addressee=Addressee.OTHER, name=line)


def _patient(patient: Patient) -> Recipient:
    name = postal(patient.family_name, patient.given_name, patient.title, patient.suffix)
    return Recipient(addressee=Addressee.PATIENT, name=name, address=address(patient)[1:])


def _colleague(made: Sequence[Part]) -> Recipient:
    name, *lines = next((lines_of(part) for part in made if part.key == ADDRESSEE), ()) or ("",)
    return Recipient(addressee=Addressee.OTHER, name=name, address=tuple(lines))


def _of(letter: LetterRecord, copy: Recipient) -> Recipient:
    return Recipient(
        letter_id=letter.id,
        patient_id=letter.patient_id,
        addressee=copy.addressee,
        name=copy.name,
        address=copy.address,
    )
