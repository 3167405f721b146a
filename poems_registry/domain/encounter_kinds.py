"""Kinds of dated contact: the clinic's visit, contacts of the team's professions, and results between them."""

from enum import StrEnum


class EncounterKind(StrEnum):
    """What the dated thing is that findings hang on; people see *visit* for a clinic encounter."""

    CLINIC = "clinic"
    SAMPLE = "sample"
    IMAGING = "imaging"
    NEUROPHYSIOLOGY = "neurophysiology"
    QUESTIONNAIRE = "questionnaire"
    PHONE = "phone"
    MISSED = "missed"
    PHYSIOTHERAPY = "physiotherapy"
    ORTHOTICS = "orthotics"
    OCCUPATIONAL_THERAPY = "occupational_therapy"
    PSYCHOLOGY = "psychology"
    NURSE_SPECIALIST = "nurse_specialist"
    RESEARCH = "research"

    @property
    def is_contact(self) -> bool:
        """Whether a profession of the team records it on a form of its own and closes it; a visit is signed instead."""
        return self in CONTACTS


CONTACTS = (
    EncounterKind.NEUROPHYSIOLOGY,
    EncounterKind.PHYSIOTHERAPY,
    EncounterKind.ORTHOTICS,
    EncounterKind.OCCUPATIONAL_THERAPY,
    EncounterKind.PSYCHOLOGY,
    EncounterKind.NURSE_SPECIALIST,
    EncounterKind.PHONE,
)
"""The contacts of the professions (clinic.md), and calls, in the order in which they are offered."""


KIND_WORDS = {
    EncounterKind.CLINIC: "Visit",
    EncounterKind.SAMPLE: "Results",
    EncounterKind.IMAGING: "Imaging",
    EncounterKind.NEUROPHYSIOLOGY: "Neurophysiology",
    EncounterKind.QUESTIONNAIRE: "Questionnaire",
    EncounterKind.PHONE: "Telephone call",
    EncounterKind.MISSED: "Missed appointment",
    EncounterKind.PHYSIOTHERAPY: "Physiotherapy",
    EncounterKind.ORTHOTICS: "Orthotics",
    EncounterKind.OCCUPATIONAL_THERAPY: "Occupational therapy",
    EncounterKind.PSYCHOLOGY: "Psychology",
    EncounterKind.NURSE_SPECIALIST: "Nurse specialist",
    EncounterKind.RESEARCH: "Research values",
}
"""What a dated contact of a kind is called, in a list, over its form and beside a value it found."""


class VisitType(StrEnum):
    """Type of clinic visit (clinical.md 2.7); of a contact, how it came about."""

    NEW = "new"
    FOLLOW_UP = "follow_up"
    MDT = "mdt"
    WARD = "ward"
    TELEPHONE = "telephone"
    VIDEO = "video"
