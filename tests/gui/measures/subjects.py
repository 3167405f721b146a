"""Whose records the rounds open, and papers that need no printer."""

from dataclasses import dataclass

from poems_registry.domain.records import EncounterKind, EncounterState, Patient, PatientFile
from poems_registry.services.access import SignedIn
from poems_registry.services.patients import PatientService
from poems_registry.ui.printing.shown import NotPrinted, PrinterShown, PrintOut

LOOKED_THROUGH = 30


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose records are opened: one followed for long, one who is new; `sample` is a result between visits."""

    long: PatientFile
    signed: int
    fresh: Patient
    sample: tuple[int, int, str]


def subjects(me: SignedIn) -> Subjects:
    """Of the first patients of the list, on the registry's own thread."""
    people = PatientService(me)
    rows = people.find("", (), 150).rows
    files = [people.open(row.id).file for row in rows[:LOOKED_THROUGH]]
    alive = [file for file in files if file.patient.died is None]
    long = max(alive, key=lambda file: len(file.counted))
    signed = [
        each.id for each in long.counted if each.kind is EncounterKind.CLINIC and each.state is EncounterState.SIGNED
    ]
    fresh = min(alive, key=lambda file: len(file.counted)).patient
    return Subjects(long, signed[-1], fresh, _a_sample(alive))


def _a_sample(files: list[PatientFile]) -> tuple[int, int, str]:
    """A result that was taken between two visits: of whom, in which sample, which test."""
    return next(
        (file.patient.id, each.id, each.findings[0].item)
        for file in files
        for each in file.encounters
        if each.kind is EncounterKind.SAMPLE and each.findings
    )


class NoPaper:
    """Printers that swallow what they are given; the second job jams once."""

    def __init__(self) -> None:
        self._jobs = 0

    def offered(self) -> tuple[PrinterShown, ...]:
        """One that is good, one that has the wrong paper."""
        return (
            PrinterShown("Neuro Outpatients 2", "room 4.11", usual=True, both_sides=True),
            PrinterShown("Labels", "reception", takes_a4=False),
        )

    def put(self, _out: PrintOut) -> None:
        """Gone, but for one jam."""
        self._jobs += 1
        if self._jobs == 2:
            raise NotPrinted("The printer stopped. Look at its paper.")
