"""What is shown of work that was left: words already chosen."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LeftWork:
    """One thing that was left: in words, and where it is gone on with (`encounter_id`, or `form` of `patient_id`)."""

    who: str
    what: str
    when: str
    saved_at: datetime
    patient_id: int
    encounter_id: int = 0
    form: str = ""


@dataclass(frozen=True, slots=True)
class PromptShown:
    """The message after signing in: what was left last, and how many things there are."""

    cause: str
    rest: str
    go_on: str
    more: str
