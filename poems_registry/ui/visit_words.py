"""What the types of a clinic visit are called on screen (clinical.md 2.7)."""

from poems_registry.domain.records import VisitType

VISIT_TYPE_WORDS = {
    VisitType.NEW: "New patient",
    VisitType.FOLLOW_UP: "Follow-up",
    VisitType.MDT: "MDT",
    VisitType.WARD: "Ward",
    VisitType.TELEPHONE: "Telephone",
    VisitType.VIDEO: "Video",
}
