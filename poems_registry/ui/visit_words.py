"""What visits, contacts of the professions and their types are called on screen (clinic.md, clinical.md 2.7)."""

from poems_registry.catalogue.item import lower_first
from poems_registry.domain.encounter_kinds import KIND_WORDS, EncounterKind, VisitType

__all__ = ["KIND_ICONS", "KIND_WORDS", "VISIT_TYPE_WORDS", "beside", "called"]

VISIT_TYPE_WORDS = {
    VisitType.NEW: "New patient",
    VisitType.FOLLOW_UP: "Follow-up",
    VisitType.MDT: "MDT",
    VisitType.WARD: "Ward",
    VisitType.TELEPHONE: "Telephone",
    VisitType.VIDEO: "Video",
}
KIND_ICONS = {
    EncounterKind.CLINIC: "stethoscope",
    EncounterKind.SAMPLE: "flask-conical",
    EncounterKind.IMAGING: "image",
    EncounterKind.NEUROPHYSIOLOGY: "activity",
    EncounterKind.QUESTIONNAIRE: "list-checks",
    EncounterKind.PHONE: "phone",
    EncounterKind.MISSED: "calendar-clock",
    EncounterKind.PHYSIOTHERAPY: "dumbbell",
    EncounterKind.ORTHOTICS: "footprints",
    EncounterKind.OCCUPATIONAL_THERAPY: "hand",
    EncounterKind.PSYCHOLOGY: "brain",
    EncounterKind.NURSE_SPECIALIST: "heart-handshake",
    EncounterKind.RESEARCH: "dna",
}
"""The icon beside the word of each kind."""

_CONTACTS = {
    EncounterKind.NEUROPHYSIOLOGY: "neurophysiology contact",
    EncounterKind.PHONE: "telephone call",
    EncounterKind.PHYSIOTHERAPY: "physiotherapy contact",
    EncounterKind.ORTHOTICS: "orthotics contact",
    EncounterKind.OCCUPATIONAL_THERAPY: "occupational therapy contact",
    EncounterKind.PSYCHOLOGY: "psychology contact",
    EncounterKind.NURSE_SPECIALIST: "nurse specialist contact",
}


def beside(kind: EncounterKind) -> str:
    """Whose value it is, in a narrow column beside its date: no word there may be longer than `physiotherapy`."""
    if kind is EncounterKind.NEUROPHYSIOLOGY:
        return "conduction study"
    return lower_first(KIND_WORDS[kind])


def called(kind: EncounterKind) -> str:
    """How a sentence names it: `visit`, `physiotherapy contact`; results and imaging are a *record* here."""
    return "visit" if kind is EncounterKind.CLINIC else _CONTACTS.get(kind, "record")
