"""Who the person is, to read: groups of labelled values; what is missing is said to be not recorded."""

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
    """A label and its value; `lines` of an address stand below each other."""

    label: str
    lines: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under a title."""

    title: str
    facts: tuple[FactShown, ...]


def particulars(patient: Patient, *, clinical: bool) -> tuple[FactGroup, ...]:
    """The groups; clinical ones only for roles that may see them."""
    groups = [_person(patient), _reach(patient), _practice(patient), _needs(patient)]
    return (*groups, _clinical(patient)) if clinical else tuple(groups)


def _fact(label: str, *lines: str) -> FactShown:
    known = tuple(line for line in lines if line)
    return FactShown(tr(label), known or (tr("Not recorded"),), bool(known))


def _day(day: PartialDate | date | None) -> str:
    return show_date(day) if day is not None else ""


def _person(patient: Patient) -> FactGroup:
    number = show_number(patient.nhs_number) if patient.nhs_number else ""
    locals_ = [f"{n.value} ({n.issuer})" if n.issuer else n.value for n in patient.hospital_numbers]
    died = (_fact("Died", _day(patient.died)), _fact("Cause of death", patient.cause_of_death)) if patient.died else ()
    return FactGroup(
        tr("Person"),
        (
            _fact("Name", formal(patient.family_name, patient.given_name, patient.title)),
            _fact("Middle names", patient.middle_names),
            _fact("Preferred name", patient.preferred_name),
            _fact("Born", _day(patient.born)),
            _fact("Sex at birth", tr(_SEX[patient.sex]) if patient.sex else ""),
            _fact("Gender", tr(_GENDER[patient.gender]) if patient.gender else ""),
            _fact("NHS No.", number),
            _fact("Hospital No.", *locals_),
            _fact("Study No.", patient.study_number),
            *died,
        ),
    )


def _reach(patient: Patient) -> FactGroup:
    return FactGroup(
        tr("Where to reach"),
        (
            _fact("Address", *patient.address, patient.postcode),
            _fact("Address checked", _day(patient.address_checked_on)),
            _fact("Phone", patient.phone),
            _fact("Email", patient.email),
        ),
    )


def _practice(patient: Patient) -> FactGroup:
    practice = patient.practice
    return FactGroup(
        tr("GP practice"),
        (
            _fact("Practice", practice.name, *practice.address, practice.postcode),
            _fact("GP", practice.doctor),
            _fact("Referred by", patient.referrer),
        ),
    )


def _needs(patient: Patient) -> FactGroup:
    return FactGroup(
        tr("Needs and consent"),
        (
            _fact("Language", patient.language_need),
            _fact("Letters printed in", tr("{size} point", size=patient.print_size)),
            _fact("Research consent", patient.research_consent[:1].upper() + patient.research_consent[1:]),
            _fact("Status", tr(_STATUS[patient.status])),
        ),
    )


def _clinical(patient: Patient) -> FactGroup:
    agents = [f"{a.agent}: {a.reaction}" if a.reaction else a.agent for a in patient.allergies]
    state = patient.allergy_state
    diagnosis = tr(CLINICIAN_DIAGNOSES.get(patient.clinician_diagnosis, patient.clinician_diagnosis))
    words = "" if state is AllergyState.NOT_RECORDED else tr(ALLERGY_WORDS[state])
    updated = tr("updated {day}", day=_day(patient.allergies_updated_on)) if patient.allergies_updated_on else ""
    return FactGroup(
        tr("Diagnosis and allergies"),
        (
            _fact("Clinician's diagnosis", diagnosis, patient.clinician_diagnosis_reason),
            _fact("First label", patient.first_label),
            _fact("First symptoms", _day(patient.onset)),
            _fact("Diagnosed", _day(patient.diagnosed)),
            _fact("First seen here", _day(patient.first_seen)),
            _fact("Other diagnoses", *patient.other_diagnoses),
            _fact("Allergies", words, *agents, updated if words else ""),
        ),
    )
