"""What the view is told while results are entered: cells as typed, the test in hand, how much is ready."""

from dataclasses import dataclass
from enum import StrEnum


class Beside(StrEnum):
    """What is typed beside a result."""

    LOW = "limit_low"
    HIGH = "limit_high"
    ASSAY = "assay"
    TIME = "sample_time"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TypedCell:
    """One cell being typed: the text, the words shown, `problem` or `doubt` if it is marked, what is said of it."""

    text: str = ""
    words: str = ""
    state: str = ""
    mark: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class FlagShown:
    """A question about the sample, such as steroids: item code, words, answer (`present`, `absent` or none)."""

    code: str
    label: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class InHand:
    """The test one is at: what the text means or why it cannot be right, and everything beside it."""

    code: str
    label: str
    meaning: str = ""
    problem: str = ""
    doubt: str = ""
    units: tuple[str, ...] = ()
    unit: str = ""
    limit_low: str = ""
    limit_high: str = ""
    limits_offered: str = ""
    assay: str = ""
    sample_time: str = ""
    timed: bool = False
    note: str = ""
    flags: tuple[FlagShown, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryShown:
    """The column being typed: its date as typed, as a head, and what is wrong with it; what Save would do."""

    day: str
    head: tuple[str, str]
    day_problem: str = ""
    save: str = ""
    ready: bool = False
