"""What the list of the day shows: groups of lines, each line with whom, what, since when and one act."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.theme.tokens import Tone


class Act(StrEnum):
    """Where the one button of a line leads."""

    CONTINUE = "continue"
    WRITE_LETTER = "write_letter"
    OPEN_LETTER = "open_letter"
    SEE_RESULTS = "see_results"
    OPEN_RECORD = "open_record"
    OPEN_CARE = "open_care"
    OPEN_CLINIC = "open_clinic"
    OPEN_MERGE = "open_merge"


class Group(StrEnum):
    """The groups, in their order."""

    MINE = "mine"
    REFERRALS = "referrals"
    CALLS = "calls"
    MERGES = "merges"
    LETTERS = "letters"
    RESULTS = "results"
    OVERDUE = "overdue"
    UNDECIDED = "undecided"
    ONWARD = "onward"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits. `target` is what the act opens: an encounter, a letter, a patient or a proposal, by id.

    `patient_id` says whose it is, 0 where nobody is named.
    """

    name: str
    born: str
    number: str
    what: str
    since: str
    act: Act
    act_words: str
    target: int
    icon: str = ""
    tone: Tone = Tone.SUB
    patient_id: int = 0

    @property
    def said(self) -> str:
        """The act's name for a screen reader."""
        return f"{self.act_words}: {self.name}, {self.what}"


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group with its lines; `total` counts those that are not among them, too."""

    group: Group
    title: str
    icon: str
    tone: Tone
    lines: tuple[Line, ...]
    total: int

    @property
    def more(self) -> int:
        """How many lines are not shown."""
        return self.total - len(self.lines)
