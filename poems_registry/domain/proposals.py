"""What an import would do with each row, and the sums that must come out even (decision 21)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """Exactly one for each row that was read. A refused row is set aside, or stops the import."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class Judged:
    """One row's fate; `reason`, in words without anything a cell holds, why it is ignored or set aside."""

    number: int
    fate: Fate
    reason: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were read and what became of them."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ignored: int = 0
    set_aside: int = 0

    def __post_init__(self) -> None:
        if self.read != self.new + self.changed + self.unchanged + self.ignored + self.set_aside:
            raise ArithmeticError("the rows that were read are not the rows that were dealt with")

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})

    @property
    def line(self) -> str:
        """`18,159 read = 12,675 new + 0 changed + 0 unchanged + 5,484 ignored + 0 set aside`."""
        return (
            f"{self.read:,} read = {self.new:,} new + {self.changed:,} changed + {self.unchanged:,} unchanged"
            f" + {self.ignored:,} ignored + {self.set_aside:,} set aside"
        )

    def as_numbers(self) -> dict[str, int]:
        """By name, for the record of imports and for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def reconciled(read: int, judged: Iterable[Judged]) -> Counts:
    """The counts; ArithmeticError, which is a bug of ours, if a row was lost or judged twice."""
    by_number: dict[int, Fate] = {}
    for row in judged:
        if row.number in by_number:
            raise ArithmeticError("a row was judged twice")
        by_number[row.number] = row.fate
    found = Counter(by_number.values())
    return Counts(read, **{fate.value: found[fate] for fate in Fate})


class Refused(Exception):
    """Why one row cannot be taken, in words that quote no cell but a unit."""
