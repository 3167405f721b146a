"""What the view is told of a pasted block: its tests with units to confirm, each result's fate, the sums."""

from dataclasses import dataclass

from poems_registry.ui.theme.tokens import Tone


@dataclass(frozen=True, slots=True)
class PasteTest:
    """One test as the block names it, what it is here, and its unit, confirmed by a person or not yet."""

    place: int
    name: str
    code: str = ""
    units: tuple[str, ...] = ()
    unit: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class PasteRow:
    """One cell of the block: where it stands, what it says, what is recorded, what happens."""

    number: int
    test: str
    day: str
    text: str
    before: str
    happens: str
    icon: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class PasteShown:
    """The whole preview. `doubts` and `differing` are the words of a tick, empty where none is needed."""

    tests: tuple[PasteTest, ...]
    rows: tuple[PasteRow, ...]
    sums: str
    doubts: str = ""
    differing: str = ""
    doubts_right: bool = False
    change_wanted: bool = False
    reasoned: bool = False
    reason: str = ""
    save: str = ""
    ready: bool = False
