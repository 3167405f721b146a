"""What the window knows of printers and of a batch under way, without Qt."""

from dataclasses import dataclass
from typing import Protocol

from poems_registry.domain.errors import RegistryError
from poems_registry.domain.printing import PrintBatch, PrintItem


class NotPrinted(RegistryError):
    """The printer did not take a letter; the words say what to do, and nothing of the letter counts as sent."""


@dataclass(frozen=True, slots=True)
class PrinterShown:
    """A printer by its own name and what its keeper says of it (where it stands)."""

    name: str
    about: str = ""
    usual: bool = False
    takes_a4: bool = True
    both_sides: bool = False

    @property
    def words(self) -> str:
        """`Neuro Outpatients 2, room 4.11`."""
        return f"{self.name}, {self.about}" if self.about and self.about != self.name else self.name


@dataclass(frozen=True, slots=True)
class PrintOut:
    """One job: its title in the queue, which holds no name, and its documents in the order of the paper."""

    title: str
    documents: tuple[bytes, ...]
    printer: str
    both_sides: bool = False


class Printers(Protocol):
    """The printers of this PC. Both calls may wait for the network: never on the window's thread."""

    def offered(self) -> tuple[PrinterShown, ...]:
        """Every printer there is, the usual one first."""
        ...

    def put(self, out: PrintOut) -> None:
        """Hand a job to a printer, all of it or nothing; NotPrinted."""
        ...


@dataclass(frozen=True, slots=True)
class RunShown:
    """A batch as it is on its way: whether it runs, whether it stops after this copy, which copy is in hand."""

    batch: PrintBatch
    running: bool = False
    stopping: bool = False
    item: PrintItem | None = None
    problem: str = ""
