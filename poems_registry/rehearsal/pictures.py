"""A day at the real window without anybody in front of it: a visit typed and signed, a picture of every screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from poems_registry.app import Program
from poems_registry.domain.errors import NotSaved
from poems_registry.rehearsal.scripted_visit import people_to_see, typed_fields, weight_like_last
from poems_registry.rehearsal.typed_visit import ask, sign_visit, type_visit
from poems_registry.rehearsal.window import close_window, enter, open_window, rest
from poems_registry.services.letters import LetterService
from poems_registry.services.patients import PatientService
from poems_registry.services.registry import open_registry
from poems_registry.services.visits import VisitService

SIZES = ((1366, 768), (1920, 1080))
LOOKED_THROUGH = 25


@dataclass(frozen=True, slots=True)
class Day:
    """What was done: the visit that was typed and signed in the window, and the pictures."""

    encounter_id: int
    pictures: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Subject:
    patient_id: int
    encounter_id: int


def window_day(place: Path, user: str, password: str, folder: Path) -> Day:
    """Go through every screen of the window, typing and signing a visit on the way. NotSaved in words if it fails."""
    subject = _begun_visit(place, user, password)
    folder.mkdir(parents=True, exist_ok=True)
    program = open_window()
    try:
        pictures = tuple(_walk(program, place, user, password, subject, folder))
    finally:
        close_window(program)
    return Day(subject.encounter_id, pictures)


def _walk(program: Program, place: Path, user: str, password: str, subject: _Subject, folder: Path) -> Iterator[Path]:
    program.first_start()
    yield from _at_each_size(program, folder / "first-start")
    program.unlock(place, user)
    yield from _at_each_size(program, folder / "unlock")
    enter(program, place, user, password)
    yield from _at_each_size(program, folder / "patients")
    rooms, me = program.rooms, program.signed_in
    assert rooms is not None
    assert me is not None
    patients = PatientService(me)
    file = ask(program, lambda: patients.open(subject.patient_id).file)
    texts = typed_fields(me.today, weight_like_last(file))
    keys = type_visit(program, subject.encounter_id, texts)
    print(f"keys: {keys} beside the values, for {len(texts)} fields of a follow-up visit, by the keyboard alone")
    yield from _at_each_size(program, folder / "visit")
    sign_visit(program, subject.encounter_id, texts, password)
    letters = LetterService(me)
    letter_id = ask(program, lambda: letters.start(subject.encounter_id))
    places: dict[str, Callable[[], None]] = {
        "patient": lambda: rooms.patient(subject.patient_id),
        "letter": lambda: rooms.letter(letter_id),
        "letters": rooms.letters,
        "today": rooms.today,
        "clinic": rooms.clinic,
        "care": lambda: rooms.care(subject.patient_id),
        "cohort": rooms.cohort,
        "research": lambda: program.places.go("research"),
    }
    for name, go in places.items():
        go()
        yield from _at_each_size(program, folder / name)


def _begun_visit(place: Path, user: str, password: str) -> _Subject:
    """A visit begun for the living patient with the longest record, whose address was checked today."""
    me = open_registry(place, user, password)
    try:
        people, visits = PatientService(me), VisitService(me)
        alive = people_to_see(me, LOOKED_THROUGH)
        chosen = max((people.open(patient_id).file for patient_id in alive), key=lambda file: len(file.encounters))
        people.change(replace(chosen.patient, address_checked_on=me.today))
        return _Subject(chosen.patient.id, visits.start(chosen.patient.id))
    finally:
        me.close()


def _at_each_size(program: Program, stem: Path) -> Iterator[Path]:
    for width, height in SIZES:
        program.shell.resize(width, height)
        rest(program)
        path = stem.with_name(f"{stem.name}-{width}x{height}.png")
        if not program.shell.grab().save(str(path)):
            raise NotSaved("A picture could not be written. Check the place and its free space.")
        yield path
