"""What a patient can be found by and is sorted by, folded to plain lower-case letters."""

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.names import fold
from poems_registry.domain.records import Patient

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def search_text(patient: Patient) -> str:
    """All that a patient can be found by: names, numbers and date of birth as people type it."""
    parts = [patient.family_name, patient.given_name, patient.middle_names, patient.preferred_name]
    parts += list(patient.previous_names)
    parts += [patient.nhs_number, patient.study_number, *_dates(patient.born)]
    numbers = [patient.study_number, *(number.value for number in patient.hospital_numbers)]
    parts += [number.value for number in patient.hospital_numbers]
    glued = [fold(number).replace(" ", "") for number in numbers if " " in fold(number)]
    return " ".join([folded for part in parts if (folded := fold(part))] + glued)


def sort_name(patient: Patient) -> str:
    """Family name first, folded; two people of one name stay in the order of their given names."""
    return f"{fold(patient.family_name)} {fold(patient.given_name)}".strip() or fold(patient.study_number)


def _dates(born: PartialDate | None) -> list[str]:
    if born is None:
        return []
    parts = born.iso().rstrip("~").split("-")
    if len(parts) < 3:
        return ["-".join(parts)]
    year, month, day = parts
    name = _MONTHS[int(month) - 1]
    return [f"{day} {name} {year}", f"{day} {month} {year}", f"{year} {month} {day}", f"{day}{month}{year}"]
