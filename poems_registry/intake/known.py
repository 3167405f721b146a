"""Who is in the registry already, found by the numbers that files from outside use."""

from collections.abc import Iterable

from poems_registry.domain import nhs_number
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.names import fold
from poems_registry.domain.nhs_number import BadNhsNumber
from poems_registry.domain.proposals import Refused
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.intake.mapping import Key, PatientKey


class KnownPatients:
    """An index over patients; `add` keeps it true while an import goes on."""

    def __init__(self, patients: Iterable[Patient]) -> None:
        self._by_uid: dict[str, Patient] = {}
        self._by_number: dict[tuple[str, str, str], str] = {}
        for patient in patients:
            self.add(patient)

    def add(self, patient: Patient) -> None:
        """Know one more, or know one better."""
        self._by_uid[patient.uid] = patient
        for number in _numbers(patient):
            self._by_number[number] = patient.uid

    def by_uid(self, uid: str) -> Patient | None:
        """The patient with this record id, made by this registry."""
        return self._by_uid.get(uid)

    def by_number(self, key: Key, value: str, issuer: str = "") -> Patient | None:
        """The patient with this number, as `tidy` writes it."""
        uid = self._by_number.get((key.value, value, issuer))
        return None if uid is None else self._by_uid[uid]

    def all_with_numbers_of(self, patient: Patient) -> list[Patient]:
        """Everyone who has one of a patient's numbers, each once."""
        uids = dict.fromkeys(uid for number in _numbers(patient) if (uid := self._by_number.get(number)))
        return [self._by_uid[uid] for uid in uids]


def tidy(key: Key, text: str) -> str:
    """One spelling of a number; Refused if there is none or it cannot be one."""
    text = text.strip()
    if not text:
        raise Refused("names no patient")
    if key is Key.NHS_NUMBER:
        try:
            return nhs_number.normalise(text)
        except BadNhsNumber:
            raise Refused("holds no NHS number of ten figures") from None
    return text.upper() if key is Key.HOSPITAL_NUMBER else text


def found(known: KnownPatients, key: PatientKey, text: str) -> Patient:
    """The patient of a row; Refused if nobody has that number."""
    patient = known.by_number(key.key, tidy(key.key, text), key.issuer)
    if patient is None:
        raise Refused("names a patient who is not in the registry")
    return patient


def check_same_person(patient: Patient, family_name: str, born: PartialDate | None) -> None:
    """Refused if a number leads to somebody with another name or birth date (nhs.md 1.3); what is unknown agrees."""
    if family_name.strip() and patient.family_name and fold(family_name) != fold(patient.family_name):
        raise Refused("holds a number that belongs to somebody with another family name")
    if born is not None and patient.born is not None and not _may_be_one_day(born, patient.born):
        raise Refused("holds a number that belongs to somebody with another birth date")


def _may_be_one_day(one: PartialDate, other: PartialDate) -> bool:
    return one.earliest() <= other.latest() and other.earliest() <= one.latest()


def _numbers(patient: Patient) -> list[tuple[str, str, str]]:
    numbers = [(Key.STUDY_NUMBER.value, patient.study_number, ""), (Key.NHS_NUMBER.value, patient.nhs_number, "")]
    numbers += [(Key.HOSPITAL_NUMBER.value, each.value, each.issuer) for each in patient.hospital_numbers]
    return [number for number in numbers if number[1]]


def hospital_number(key: PatientKey, text: str) -> HospitalNumber:
    """The number as the record keeps it."""
    return HospitalNumber(tidy(Key.HOSPITAL_NUMBER, text), key.issuer)
