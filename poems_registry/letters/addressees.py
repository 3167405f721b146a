"""Who gets a copy of a letter, and at which address: the addressee, then everybody whom its list of copies names."""

from collections.abc import Sequence

from poems_registry.domain.correspondence import Addressee, Recipient
from poems_registry.domain.names import postal
from poems_registry.domain.records import LetterRecord, Patient, PatientFile
from poems_registry.letters import closing
from poems_registry.letters.assembling import copies_of, lines_of
from poems_registry.letters.colleague import PATIENT_COPY
from poems_registry.letters.identity import address
from poems_registry.letters.parts import ADDRESSEE, Part


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
    name = postal(patient.family_name, patient.given_name, patient.title)
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
