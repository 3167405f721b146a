"""What the screen for joining shows: who may be the same person, and two records side by side."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.identity import Identity


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody who may be the same person."""

    id: int
    name: str
    born: str
    numbers: str
    place: str


class After(StrEnum):
    """What becomes of a line when the records are joined."""

    SAME = "same"
    KEPT = "kept"
    TAKEN = "taken"
    TOGETHER = "together"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One thing as each record says it, and as the one that stays will say it."""

    label: str
    staying: str
    other: str
    after: str
    fate: After


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines under a title."""

    title: str
    lines: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class ProposedShown:
    """What somebody proposed, and what whoever looks at it can do: words of the buttons, '' for what they cannot."""

    title: str
    reason: str
    words: str
    ended: str = ""
    changed: str = ""
    confirm: str = ""
    decline: str = ""
    take_back: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmShown:
    """The question for the password; the button names the patient."""

    who: Identity
    title: str
    words: str
    lines: tuple[str, ...]
    button: str


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two records side by side. `blocked`: why they cannot be one; `steps`: in words what will happen.

    `second`: who has to confirm what is proposed here; `proposed`: what somebody proposed already, to be decided.
    """

    staying: str
    other: str
    groups: tuple[LineGroup, ...]
    hangs: tuple[tuple[str, str, str], ...]
    warnings: tuple[str, ...]
    blocked: str
    steps: tuple[str, ...]
    button: str
    second: str = ""
    proposed: ProposedShown | None = None
