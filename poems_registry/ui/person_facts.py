"""Who a person is, to read: labelled values in groups; what is missing is said to be not recorded."""

from dataclasses import dataclass
from datetime import date

from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.names import formal
from poems_registry.domain.nhs_number import show as show_number
from poems_registry.domain.records import (
    ALLERGY_WORDS,
    CLINICIAN_DIAGNOSES,
    AllergyState,
    Gender,
    Patient,
    PatientStatus,
    Sex,
)
from poems_registry.ui.i18n import tr
from poems_registry.ui.person_answers import (
    CONTACT,
    DEATH_SOURCE,
    ETHNICITY,
    FORMATS,
    GENDER_IDENTITY,
    NO_NUMBER,
    NUMBER_STATUS,
    words_of,
)

_SEX = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.UNDETERMINED: "Undetermined"}
_GENDER = {
    Gender.MALE: "Male",
    Gender.FEMALE: "Female",
    Gender.INDETERMINATE: "Indeterminate",
    Gender.NOT_KNOWN: "Not known",
}
_STATUS = {
    PatientStatus.REFERRED: "Referred",
    PatientStatus.SUSPECTED: "Suspected",
    PatientStatus.CONFIRMED: "Confirmed POEMS",
    PatientStatus.OTHER_DIAGNOSIS: "Other diagnosis",
    PatientStatus.TRANSFERRED: "Transferred",
}


@dataclass(frozen=True, slots=True)
class FactShown:
    """A label and its value; `lines` of an address stand below each other. `act`: what its button asks for."""

    label: str
    lines: tuple[str, ...]
    known: bool
    act: str = ""
    act_words: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under a title. `act`: what the button beside the title asks for."""

    title: str
    facts: tuple[FactShown, ...]
    act: str = ""
    act_words: str = ""


def fact(label: str, *lines: str) -> FactShown:
    """A labelled value; without one it is not recorded."""
    known = tuple(line for line in lines if line)
    return FactShown(tr(label), known or (tr("Not recorded"),), bool(known))


def _day(day: PartialDate | date | None) -> str:
    return show_date(day) if day is not None else ""


def person(patient: Patient) -> FactGroup:
    """Names, birth, sex, numbers, status, death."""
    number = show_number(patient.nhs_number) if patient.nhs_number else ""
    locals_ = [f"{n.value} ({n.issuer})" if n.issuer else n.value for n in patient.hospital_numbers]
    source = tr(words_of(DEATH_SOURCE, patient.death_source))
    told = (
        fact("Died", _day(patient.died)),
        fact("Known from", source, patient.death_notifier),
        fact("Cause of death", patient.cause_of_death),
    )
    died = told if patient.died else ()
    return FactGroup(
        tr("Person"),
        (
            fact("Name", formal(patient.family_name, patient.given_name, patient.title)),
            fact("Middle names", patient.middle_names),
            fact("Suffix", patient.suffix),
            fact("Previous names", *patient.previous_names),
            fact("Preferred name", patient.preferred_name),
            fact("Born", _day(patient.born)),
            fact("Sex at birth", tr(_SEX[patient.sex]) if patient.sex else ""),
            fact("Gender", tr(_GENDER[patient.gender]) if patient.gender else ""),
            fact("Gender identity", tr(words_of(GENDER_IDENTITY, patient.gender_identity))),
            fact("Ethnic group", tr(words_of(ETHNICITY, patient.ethnicity))),
            fact("NHS No.", number),
            fact("NHS number is", _number_state(patient)),
            fact("Hospital No.", *locals_),
            fact("Study No.", patient.study_number),
            fact("Status", tr(_STATUS[patient.status])),
            *died,
        ),
    )


def _number_state(patient: Patient) -> str:
    """How sure the number is, or why there is none."""
    if patient.nhs_number or patient.nhs_number_status:
        return tr(words_of(NUMBER_STATUS, patient.nhs_number_status))
    return tr(words_of(NO_NUMBER, patient.no_number_reason))


def reach(patient: Patient) -> FactGroup:
    """Address, phone, email."""
    return FactGroup(
        tr("Where to reach"),
        (
            fact("Address", *patient.address, patient.postcode),
            fact("Address checked", _day(patient.address_checked_on)),
            fact("Phone", patient.phone),
            fact("Email", patient.email),
        ),
    )


def practice(patient: Patient) -> FactGroup:
    """The GP practice, and who referred."""
    own = patient.practice
    return FactGroup(
        tr("GP practice"),
        (
            fact("Practice", own.name, *own.address, own.postcode),
            fact("Code of the practice", own.ods_code),
            fact("GP", own.doctor),
            fact("Referred by", patient.referrer),
        ),
    )


def needs(patient: Patient) -> FactGroup:
    """Language, format, print size, support."""
    return FactGroup(
        tr("Information and communication needs"),
        (
            fact("Language", patient.language_need),
            fact("Interpreter", patient.interpreter),
            fact("Format", tr(words_of(FORMATS, patient.format_need))),
            fact("Letters printed in", tr("{size} point", size=patient.print_size)),
            fact("Help to talk with us", patient.support_need),
            fact("Prefers", tr(words_of(CONTACT, patient.contact_by))),
            fact("Needs checked", _day(patient.needs_checked_on)),
        ),
    )


def clinical(patient: Patient) -> FactGroup:
    """Diagnosis and allergies, for roles that may see them."""
    agents = [f"{a.agent}: {a.reaction}" if a.reaction else a.agent for a in patient.allergies]
    state = patient.allergy_state
    diagnosis = tr(CLINICIAN_DIAGNOSES.get(patient.clinician_diagnosis, patient.clinician_diagnosis))
    words = "" if state is AllergyState.NOT_RECORDED else tr(ALLERGY_WORDS[state])
    updated = tr("updated {day}", day=_day(patient.allergies_updated_on)) if patient.allergies_updated_on else ""
    return FactGroup(
        tr("Diagnosis and allergies"),
        (
            fact("Clinician's diagnosis", diagnosis, patient.clinician_diagnosis_reason),
            fact("First label", patient.first_label),
            fact("First symptoms", _day(patient.onset)),
            fact("Diagnosed", _day(patient.diagnosed)),
            fact("First seen here", _day(patient.first_seen)),
            fact("Other diagnoses", *patient.other_diagnoses),
            fact("Allergies", words, *agents, updated if words else ""),
        ),
    )
