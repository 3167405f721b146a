"""On which days something can have happened to a person: not in the future, not before birth, not after death."""

from datetime import date

from poems_registry.domain.records import Patient


def why_not(patient: Patient, on: date, today: date) -> str:
    """Words behind the name of a date that cannot be right, empty if it can."""
    if on > today:
        return "lies in the future"
    if patient.born is not None and on < patient.born.earliest():
        return "lies before the patient was born"
    if after_death(patient, on):
        return "lies after the patient died"
    return ""


def after_death(patient: Patient, on: date) -> bool:
    """Whether this day surely lies after the person's death; a death known by its month may have been on its last day.

    Then only corrections are made, and results that were reported late, with the reason (nhs.md 2.3).
    """
    return patient.died is not None and on > patient.died.latest()
