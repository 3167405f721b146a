"""What Ctrl+K shows: places and acts one can go to, and people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """One line: its words, what goes with them, and how it is reached. `patient_id` 0 for a command."""

    code: str
    words: str
    second: str
    icon: str
    patient_id: int = 0
