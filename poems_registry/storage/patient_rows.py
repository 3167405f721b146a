"""A patient's row and record, each field once."""

from typing import Any

from poems_registry.domain.records import (
    Allergy,
    AllergyState,
    Gender,
    HospitalNumber,
    Patient,
    PatientStatus,
    Practice,
    Sex,
)
from poems_registry.storage.folding import search_text, sort_name
from poems_registry.storage.tables.patient import PatientRow

ALIKE = (
    "study_number", "family_name", "given_name", "middle_names", "title", "preferred_name", "salutation", "born",
    "nhs_number", "nhs_number_status", "postcode", "address_checked_on", "phone", "email", "referrer", "ethnicity",
    "language_need", "print_size", "onset", "first_seen", "diagnosed", "first_label", "clinician_diagnosis",
    "clinician_diagnosis_reason", "died", "cause_of_death", "allergies_updated_on", "research_consent",
    "no_number_reason", "format_need", "interpreter", "support_need", "contact_by", "needs_checked_on", "death_source",
    "death_notifier", "suffix", "gender_identity",
)  # fmt: skip
"""Fields that the row and the record hold in the same form."""


def fill(row: PatientRow, patient: Patient) -> None:
    """Write every field of the record into the row, but for its id, uid and version."""
    for name in ALIKE:
        setattr(row, name, getattr(patient, name))
    row.age_years, row.age_on = patient.age_at if patient.age_at is not None else (None, None)
    row.sex = patient.sex.value if patient.sex is not None else ""
    row.gender = patient.gender.value if patient.gender is not None else ""
    row.status = patient.status.value
    row.allergy_state = patient.allergy_state.value
    row.address = list(patient.address)
    row.allergies = [[allergy.agent, allergy.reaction] for allergy in patient.allergies]
    row.other_diagnoses = list(patient.other_diagnoses)
    practice = patient.practice
    row.practice = {
        "doctor": practice.doctor,
        "name": practice.name,
        "address": list(practice.address),
        "postcode": practice.postcode,
        "ods_code": practice.ods_code,
    }
    row.previous_names = list(patient.previous_names)
    row.search_text = " ".join(part for part in (search_text(patient), row.also_found) if part)
    row.sort_name = sort_name(patient)


def record(row: Any, numbers: tuple[HospitalNumber, ...]) -> Patient:
    """The record of a row, ORM or Core; its hospital numbers are rows of their own."""
    said: dict[str, Any] = {name: getattr(row, name) for name in ALIKE}
    practice: dict[str, Any] = dict(row.practice)
    return Patient(
        id=row.id,
        uid=row.uid,
        version=row.version,
        age_at=(row.age_years, row.age_on) if row.age_years is not None and row.age_on is not None else None,
        sex=Sex(row.sex) if row.sex else None,
        gender=Gender(row.gender) if row.gender else None,
        status=PatientStatus(row.status),
        allergy_state=AllergyState(row.allergy_state),
        address=tuple(row.address),
        allergies=tuple(Allergy(*pair) for pair in row.allergies),
        other_diagnoses=tuple(row.other_diagnoses),
        previous_names=tuple(row.previous_names),
        joined_to=row.joined_to,
        practice=Practice(**practice | {"address": tuple(practice["address"])}),
        hospital_numbers=numbers,
        **said,
    )
