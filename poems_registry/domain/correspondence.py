"""Letters as things that are sent: their kinds, who gets a copy, and how far each copy has gone (nhs.md 3.5)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is for. New-patient and follow-up letters are one kind: the visit says which of both it was."""

    CLINIC = "clinic"
    RESULTS = "results"
    DID_NOT_ATTEND = "did_not_attend"
    PROFESSIONAL = "professional"
    FIRST_MISSED = "first_missed"
    REMINDER = "reminder"

    @property
    def to_patient(self) -> bool:
        """Whether the patient is the addressee."""
        return self is not LetterKind.PROFESSIONAL

    @property
    def clinical(self) -> bool:
        """Whether it tells anything of the record; a reminder and a missed first appointment do not."""
        return self not in (LetterKind.FIRST_MISSED, LetterKind.REMINDER)

    @property
    def copied_to_gp(self) -> bool:
        """Whether a letter without a copy for the GP lacks something (nhs.md 3.5)."""
        return self is not LetterKind.REMINDER


class Addressee(StrEnum):
    """In which part somebody gets a letter."""

    PATIENT = "patient"
    PRACTICE = "practice"
    OTHER = "other"


class Delivery(StrEnum):
    """How far one copy has gone. Given and sent are the end of its way; withdrawn copies must not leave."""

    WAITING = "waiting"
    PRINTED = "printed"
    GIVEN = "given"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


DELIVERED = frozenset({Delivery.GIVEN, Delivery.SENT})
QUEUED = frozenset({Delivery.WAITING, Delivery.PRINTED})


@dataclass(frozen=True, slots=True)
class Recipient:
    """One copy of a signed letter: for whom, to which address as it was then, and what became of it.

    `at` and `by` tell the last step, `printed_at` when it was last put on paper. `note` says why it was withdrawn.
    `held_because` is why somebody keeps it back for now, `held_until` the day on which it goes on by itself.
    """

    id: int = 0
    letter_id: int = 0
    patient_id: int = 0
    addressee: Addressee = Addressee.OTHER
    name: str = ""
    address: tuple[str, ...] = ()
    delivery: Delivery = Delivery.WAITING
    at: datetime | None = None
    by: str = ""
    note: str = ""
    row_version: int = 1
    printed_at: datetime | None = None
    held_because: str = ""
    held_until: date | None = None
    held_at: datetime | None = None
    held_by: str = ""

    def is_held(self, today: date) -> bool:
        """Whether it is kept back on a day: while it waits to leave, and until the day that was said."""
        kept = bool(self.held_because) and self.delivery in QUEUED
        return kept and (self.held_until is None or today < self.held_until)
