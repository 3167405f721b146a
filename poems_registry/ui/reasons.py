"""The question why something that counts already is corrected."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.identity import Identity


class Act(StrEnum):
    """What is done to something that counts already; each asks why."""

    AMEND = "amend"
    ERROR = "error"
    TAKE_BACK = "take_back"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """The question why; the button names the patient."""

    act: Act
    who: Identity
    title: str
    words: str
    button: str
    label: str
