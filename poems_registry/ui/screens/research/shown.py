"""What the screen of research shows: the studies with their counts, the samples with whose they are."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The two lists of the screen."""

    SAMPLES = "samples"
    STUDIES = "studies"


class Stage(StrEnum):
    """What a sample waits for, or where it is."""

    TO_RECEIVE = "to_receive"
    STORED = "stored"
    NOT_SHOWN = "not_shown"
    TO_DECIDE = "to_decide"


STAGE_WORDS = {
    Stage.TO_RECEIVE: "To be received",
    Stage.STORED: "Stored",
    Stage.NOT_SHOWN: "Consent not shown",
    Stage.TO_DECIDE: "Consent withdrawn, to decide",
}


@dataclass(frozen=True, slots=True)
class StudyRow:
    """One study: `open` while people may join."""

    id: int
    name: str
    full_name: str
    reference: str
    state: str
    open: bool
    taking_part: int
    ended: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One sample: `stages` are all that are true of it, `bad` where consent does not stand behind it."""

    id: int
    patient_id: int
    number: str
    of: str
    name: str
    identity: str
    when: str
    consent: str
    bad: bool
    places: str
    stages: frozenset[Stage]
    deceased: bool
