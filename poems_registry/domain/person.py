"""Who a patient is: names, numbers, places, needs, and how they stand with the clinic."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from poems_registry.domain.dates import PartialDate


class Sex(StrEnum):
    """Sex at birth (nhs.md 2.5); None on a record means not recorded, and no default is ever offered."""

    FEMALE = "female"
    MALE = "male"
    UNDETERMINED = "undetermined"


class Gender(StrEnum):
    """Person stated gender (nhs.md 2.5, S23)."""

    MALE = "male"
    FEMALE = "female"
    INDETERMINATE = "indeterminate"
    NOT_KNOWN = "not_known"


class PatientStatus(StrEnum):
    """Where the person stands with the clinic (clinic.md)."""

    REFERRED = "referred"
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    OTHER_DIAGNOSIS = "other_diagnosis"
    TRANSFERRED = "transferred"


class AllergyState(StrEnum):
    """The four states of nhs.md 2.7, and only these."""

    KNOWN = "known"
    NONE_KNOWN = "none_known"
    NOT_RECORDED = "not_recorded"
    UNAVAILABLE = "unavailable"


ALLERGY_WORDS = {
    AllergyState.KNOWN: "Known allergies",
    AllergyState.NONE_KNOWN: "No known allergies",
    AllergyState.NOT_RECORDED: "Allergies not recorded",
    AllergyState.UNAVAILABLE: "Allergies unavailable",
}


CLINICIAN_DIAGNOSES = {
    "definite": "POEMS syndrome, definite",
    "probable": "POEMS syndrome, probable",
    "castleman_variant": "Castleman variant of POEMS syndrome",
    "other": "Another diagnosis",
    "excluded": "POEMS syndrome excluded",
}
"""The clinician's own diagnosis, stored beside the computed verdict and never overwritten by it (clinical.md 1.3)."""


@dataclass(frozen=True, slots=True)
class Allergy:
    """One agent and what it did."""

    agent: str
    reaction: str = ""


@dataclass(frozen=True, slots=True)
class HospitalNumber:
    """A local number with the organisation that issued it; text, leading zeros kept (nhs.md 1.6)."""

    value: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """The GP practice a patient is registered with."""

    doctor: str = ""
    name: str = ""
    address: tuple[str, ...] = ()
    postcode: str = ""
    ods_code: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who the person is. Empty text and None mean *not recorded*.

    `research_consent` is what was noted before consents had a table (`domain.consents`). `joined_to` is the record
    that this one was merged into: it is read-only then.

    `suffix` stands behind the name (Jr, MBE); `gender_identity` is optional and apart from `gender` (nhs.md 2.2, 2.5).

    `age_at` is (whole years, on which day) for people whose birth date is not known (imported trial data).
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    study_number: str = ""
    family_name: str = ""
    given_name: str = ""
    middle_names: str = ""
    title: str = ""
    preferred_name: str = ""
    salutation: str = ""
    born: PartialDate | None = None
    age_at: tuple[int, date] | None = None
    sex: Sex | None = None
    gender: Gender | None = None
    nhs_number: str = ""
    nhs_number_status: str = ""
    hospital_numbers: tuple[HospitalNumber, ...] = ()
    address: tuple[str, ...] = ()
    postcode: str = ""
    address_checked_on: date | None = None
    phone: str = ""
    email: str = ""
    practice: Practice = Practice()
    referrer: str = ""
    ethnicity: str = ""
    language_need: str = ""
    print_size: int = 12
    status: PatientStatus = PatientStatus.REFERRED
    onset: PartialDate | None = None
    first_seen: PartialDate | None = None
    diagnosed: PartialDate | None = None
    first_label: str = ""
    clinician_diagnosis: str = ""
    clinician_diagnosis_reason: str = ""
    died: PartialDate | None = None
    cause_of_death: str = ""
    allergy_state: AllergyState = AllergyState.NOT_RECORDED
    allergies: tuple[Allergy, ...] = ()
    allergies_updated_on: date | None = None
    research_consent: str = ""
    other_diagnoses: tuple[str, ...] = ()
    no_number_reason: str = ""
    previous_names: tuple[str, ...] = ()
    format_need: str = ""
    interpreter: str = ""
    support_need: str = ""
    contact_by: str = ""
    needs_checked_on: date | None = None
    death_source: str = ""
    death_notifier: str = ""
    suffix: str = ""
    gender_identity: str = ""
    joined_to: int | None = None
