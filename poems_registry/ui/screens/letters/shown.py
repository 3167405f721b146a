"""What the letters list shows: the stages of a letter, and one line of the list."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from poems_registry.ui.i18n import tr


class Stage(StrEnum):
    """The columns of work, in the order a letter goes through them."""

    TO_WRITE = "to_write"
    DRAFT = "draft"
    READY = "ready"
    TO_PRINT = "to_print"
    PRINTED = "printed"
    SENT = "sent"


STAGE_WORDS = {
    Stage.TO_WRITE: "To write",
    Stage.DRAFT: "Draft",
    Stage.READY: "To sign",
    Stage.TO_PRINT: "To print",
    Stage.PRINTED: "Printed",
    Stage.SENT: "Sent",
}


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One line: who, from which visit, how far, and of the days a letter may take: `soon` over, or over (`late`)."""

    key: tuple[int, int]
    name: str
    identity: str
    visit: str
    visit_on: date
    stage: Stage
    day: int
    day_words: str
    late: bool
    soon: bool
    letter: str
    deceased: bool
    kind: str = ""

    @property
    def state(self) -> str:
        """The stage in words."""
        return tr(STAGE_WORDS[self.stage])
