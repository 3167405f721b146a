"""Copies of letters at a printer: which step each may take, and what a batch comes to (nhs.md 6.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from poems_registry.domain.errors import NotAllowedNow


class Step(StrEnum):
    """How far one copy of a batch is. Only a person who has looked into the tray makes it `printed`."""

    WAITING = "waiting"
    IN_HAND = "in_hand"
    GONE = "gone"
    FAILED = "failed"
    UNCLEAR = "unclear"
    PRINTED = "printed"
    SPOILED = "spoiled"
    LEFT_OUT = "left_out"


STEPS = {
    Step.WAITING: frozenset({Step.IN_HAND, Step.LEFT_OUT}),
    Step.IN_HAND: frozenset({Step.GONE, Step.FAILED, Step.UNCLEAR}),
    Step.GONE: frozenset({Step.PRINTED, Step.SPOILED}),
    Step.FAILED: frozenset({Step.WAITING, Step.LEFT_OUT}),
    Step.UNCLEAR: frozenset({Step.GONE, Step.FAILED, Step.PRINTED, Step.SPOILED}),
    Step.PRINTED: frozenset(),
    Step.SPOILED: frozenset(),
    Step.LEFT_OUT: frozenset(),
}
"""From each step, the steps that may follow. What the printer had when the program stopped is unclear, not waiting:
it may lie in the tray, so it is never printed again before somebody has looked."""

NOT_PRINTED = frozenset({Step.SPOILED, Step.LEFT_OUT})
TO_CONFIRM = frozenset({Step.GONE, Step.UNCLEAR})
NOT_GONE = frozenset({Step.WAITING, Step.FAILED})

_WORDS = {
    Step.WAITING: "waits",
    Step.IN_HAND: "is at the printer just now",
    Step.GONE: "has gone to the printer",
    Step.FAILED: "was refused by the printer",
    Step.UNCLEAR: "was at the printer when the program stopped",
    Step.PRINTED: "was printed, as somebody confirmed",
    Step.SPOILED: "did not come out right, as somebody confirmed",
    Step.LEFT_OUT: "was left out",
}


@dataclass(frozen=True, slots=True)
class PrintItem:
    """One copy in a batch: `place` from 1, what was frozen of it, how far it is, and why where it went no further.

    `again` marks a copy that was printed before. `pages` counts the letter, `sheets` its address sheet. `pc` is where
    it was handed to the printer.
    """

    id: int = 0
    batch_id: int = 0
    copy_id: int = 0
    letter_id: int = 0
    patient_id: int = 0
    place: int = 0
    number: str = ""
    version: int = 1
    pages: int = 0
    sheets: int = 0
    sha256: str = ""
    again: bool = False
    step: Step = Step.WAITING
    at: datetime | None = None
    by: str = ""
    note: str = ""
    row_version: int = 1
    pc: str = ""

    @property
    def reference(self) -> str:
        """What the printer's queue may show: the letter's number and version, nobody's name."""
        return f"{self.number}-v{self.version}"


@dataclass(frozen=True, slots=True)
class PrintBatch:
    """What was asked of one printer in one go. It is open until a person has said what came out of it."""

    id: int = 0
    printer: str = ""
    begun_at: datetime | None = None
    begun_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    row_version: int = 1
    items: tuple[PrintItem, ...] = ()

    def count(self, *steps: Step) -> int:
        """How many copies are at one of these steps."""
        return sum(item.step in steps for item in self.items)

    @property
    def pages(self) -> int:
        """Sides of paper that were asked for, address sheets included."""
        return sum(item.pages + item.sheets for item in self.items)


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of a closed batch that must agree: asked = printed + not printed = listed."""

    asked: int
    printed: int
    not_printed: int
    listed: int

    @property
    def agree(self) -> bool:
        """Whether they do."""
        return self.asked == self.printed + self.not_printed == self.listed

    @property
    def line(self) -> str:
        """`9 asked = 8 printed + 1 not printed = 9 listed`."""
        missing = f" + {self.not_printed} not printed" if self.not_printed else ""
        return f"{self.asked} asked = {self.printed} printed{missing} = {self.listed} listed"


def sums(batch: PrintBatch, listed: int) -> Sums:
    """What a batch came to, beside the lines of its manifest."""
    return Sums(len(batch.items), batch.count(Step.PRINTED), batch.count(*NOT_PRINTED), listed)


def check_step(now: Step, then: Step) -> None:
    """NotAllowedNow unless a copy in a batch may go from one step to the other."""
    if then not in STEPS[now]:
        raise NotAllowedNow(f"This copy {_WORDS[now]}: nothing else can be noted of it now. Nothing was changed.")


def next_waiting(items: Iterable[PrintItem]) -> PrintItem | None:
    """The copy that is printed next, if any waits."""
    return next((item for item in items if item.step is Step.WAITING), None)
