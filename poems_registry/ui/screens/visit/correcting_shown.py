"""What the view is handed when a signed visit is corrected: the note above it, the question why, its versions."""

from dataclasses import dataclass
from enum import StrEnum

from poems_registry.ui.identity import Identity


class NoteAct(StrEnum):
    """What can be done from the note above a visit."""

    VERSIONS = "versions"
    NEWEST = "newest"
    TAKE_BACK = "take_back"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True)
class NoteShown:
    """What must be known of this visit before it is read: cause in bold, the rest, at most two acts."""

    cause: str
    rest: str
    warns: bool
    acts: tuple[tuple[NoteAct, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One field of a version against the one before it: old and new value in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version: its number, who signed it and when, why it was made, and what it changed."""

    number: int
    signed: str
    reason: str
    changes: tuple[ChangeLine, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class VersionsShown:
    """All versions of a visit, the one that stands first."""

    who: Identity
    title: str
    versions: tuple[VersionShown, ...]
