"""A picture of every screen of the real window, at the sizes of a ward PC and of a desk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from poems_registry.app import Program
from poems_registry.domain.errors import NotSaved
from poems_registry.rehearsal.window import close_window, enter, open_window, rest
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.registry import open_registry
from poems_registry.services.visits import VisitService

SIZES = ((1366, 768), (1920, 1080))


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose record, which visit and which letter are shown."""

    patient_id: int
    encounter_id: int
    letter_id: int


def take_pictures(place: Path, user: str, password: str, folder: Path) -> Iterator[Path]:
    """Each picture's path, as soon as it is written. The registry is open in this process until the end."""
    subjects = _choose(place, user, password)
    folder.mkdir(parents=True, exist_ok=True)
    program = open_window()
    try:
        program.first_start()
        yield from _at_each_size(program, folder / "first-start")
        program.unlock(place, user)
        yield from _at_each_size(program, folder / "unlock")
        enter(program, place, user, password)
        yield from _at_each_size(program, folder / "patients")
        for name, go in _rooms(program, subjects).items():
            go()
            yield from _at_each_size(program, folder / name)
    finally:
        close_window(program)


def _choose(place: Path, user: str, password: str) -> Subjects:
    """A living patient with a long record, a visit begun for them, and the newest letter of the registry."""
    me = open_registry(place, user, password)
    try:
        alive = [row.id for row in PatientService(me).find().rows if row.died is None and not row.has_draft]
        files = [PatientService(me).open(patient_id).file for patient_id in alive[:25]]
        longest = max(files, key=lambda file: len(file.encounters))
        visit = VisitService(me).start(longest.patient.id)
        letters = [card.letter for card in LetterService(me).board() if card.letter is not None]
        return Subjects(longest.patient.id, visit, letters[-1].id)
    finally:
        me.close()


def _rooms(program: Program, subjects: Subjects) -> dict[str, Callable[[], None]]:
    rooms = program.rooms
    if rooms is None:
        raise NotSaved("The window has no screens to show. Nothing was written.")
    return {
        "patient": lambda: rooms.patient(subjects.patient_id),
        "visit": lambda: rooms.visit(subjects.encounter_id),
        "letter": lambda: rooms.letter(subjects.letter_id),
        "cohort": rooms.cohort,
    }


def _at_each_size(program: Program, stem: Path) -> Iterator[Path]:
    for width, height in SIZES:
        program.shell.resize(width, height)
        rest(program)
        path = stem.with_name(f"{stem.name}-{width}x{height}.png")
        if not program.shell.grab().save(str(path)):
            raise NotSaved("A picture could not be written. Check the place and its free space.")
        yield path
