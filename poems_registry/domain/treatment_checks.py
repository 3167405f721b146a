"""What cannot be in treatment and events, by field, and what is unusual and must be confirmed once (clinical.md 5)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.drugs import DrugClass, classes_in
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.line_counting import overlapping, told
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    Origin,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
    parts_of,
)

MOST_LINES, MOST_CYCLES = 30, 200
GY, FRACTIONS, CD34 = (1.0, 70.0), (1, 40), (0.0, 100.0)
"""Hard limits of clinical.md 5."""
FEW_CD34 = 2.0
USUAL_MELPHALAN = (200, 140)
Problems = dict[str, str]


class Doubtful(RegistryError):
    """Unusual, but possible: `doubts` are sentences to confirm; nothing was saved."""

    def __init__(self, doubts: tuple[str, ...]) -> None:
        self.doubts = doubts
        super().__init__("Something here is unusual. Nothing has been saved yet. Look again, then save it anyway.")


def problems(entry: Entry, file: PatientFile, today: date) -> Problems:
    """What is wrong, by field; none when the entry may be kept."""
    found = _CHECKS[type(entry)](entry, file)
    for field in _DAYS[type(entry)]:
        day = getattr(entry, field)
        found = _day_problem(field, day, file.patient, today) | found
    return found | _after_death(entry, file.patient)


def doubts(entry: Entry, file: PatientFile) -> tuple[str, ...]:
    """Sentences about what is unusual in an entry; those that held before it was changed are not asked again."""
    before = next((each for each in entries(file) if type(each) is type(entry) and each.id == entry.id), None)
    known = set(_doubts(before, file)) if before is not None and entry.id else set()
    return tuple(words for words in _doubts(entry, file) if words not in known)


def entries(file: PatientFile) -> tuple[Entry, ...]:
    """Everything about treatment and events that a record holds."""
    parts = [part for line in file.lines for part in parts_of(line)]
    return (*file.lines, *parts, *file.supportive, *file.events)


def line_of(entry: Entry, file: PatientFile) -> TreatmentLine | None:
    """The line that a part hangs on; None for what hangs on none."""
    line_id = getattr(entry, "line_id", 0)
    return next((line for line in file.lines if line.id == line_id), None) if line_id else None


def _line(line: TreatmentLine, _file: PatientFile) -> Problems:
    found: Problems = {}
    if not line.name.strip():
        found["name"] = "is needed"
    if not 0 <= line.number <= MOST_LINES:
        found["number"] = f"is a whole number from 0 (before the diagnosis) to {MOST_LINES}"
    for field, cycles in (("cycles_planned", line.cycles_planned), ("cycles_given", line.cycles_given)):
        if cycles is not None and not 0 <= cycles <= MOST_CYCLES:
            found[field] = f"is a whole number from 0 to {MOST_CYCLES}"
    if line.trial_name.strip() and line.trial is not True:
        found["trial_name"] = "belongs to a line in a trial: say yes to trial, or leave it empty"
    return found | _ended(line)


def _drug(drug: LineDrug, file: PatientFile) -> Problems:
    found = {} if drug.name.strip() else {"name": "is needed"}
    if drug.dose is not None and drug.dose <= 0:
        found["dose"] = "is more than 0"
    if drug.dose is not None and not drug.unit.strip():
        found["unit"] = "is needed with a dose"
    return found | _ended(drug) | _on_a_line(drug, file)


def _course(course: RadiotherapyCourse, file: PatientFile) -> Problems:
    found = {} if course.site.strip() else {"site": "is needed"}
    if course.dose_gy is not None and not GY[0] <= course.dose_gy <= GY[1]:
        found["dose_gy"] = f"lies between {GY[0]:g} and {GY[1]:g} Gy"
    if course.fractions is not None and not FRACTIONS[0] <= course.fractions <= FRACTIONS[1]:
        found["fractions"] = f"is a whole number from {FRACTIONS[0]} to {FRACTIONS[1]}"
    return found | _ended(course) | _on_a_line(course, file)


def _transplant(given: Transplant, file: PatientFile) -> Problems:
    found: Problems = {}
    if given.cd34 is not None and not CD34[0] <= given.cd34 <= CD34[1]:
        found["cd34"] = f"lies between {CD34[0]:g} and {CD34[1]:g}"
    if given.melphalan is not None and given.melphalan <= 0:
        found["melphalan"] = "is more than 0"
    for field, day in (("neutrophils", given.neutrophils), ("platelets", given.platelets)):
        if _surely_before(day, given.infused):
            found[field] = "lies before the infusion"
    if _surely_before(given.infused, given.mobilised):
        found["infused"] = "lies before the mobilisation"
    if all(not getattr(given, each) for each in ("infused", "mobilised", "melphalan", "cd34", "mobilisation")):
        found["infused"] = "is needed, or what is known of the mobilisation"
    return found | _on_a_line(given, file)


def _supportive(care: SupportiveCare, _file: PatientFile) -> Problems:
    return ({} if care.kind.strip() else {"kind": "is needed"}) | _ended(care)


def _event(event: Event, file: PatientFile) -> Problems:
    found = {} if event.kind.strip() else {"kind": "is needed"}
    if event.on is None:
        found["on"] = "is needed"
    if _surely_before(event.until, event.on):
        found["until"] = "lies before the day it began"
    died = file.patient.died
    if event.kind == "death" and died is not None and event.on is not None and not _may_be_one(event.on, died):
        found["on"] = f"differs from the day in the person's details, {show_date(died)}: correct it there first"
    return found


def _ended(entry: Any) -> Problems:
    found: Problems = {}
    if _surely_before(entry.stop, entry.start):
        found["stop"] = "lies before the start"
    if entry.stop is None and getattr(entry, "stop_reason", "").strip():
        found["stop_reason"] = "belongs to what has stopped: give the day, or leave it empty"
    return found


def _on_a_line(part: Any, file: PatientFile) -> Problems:
    return {} if line_of(part, file) is not None else {"line_id": "is no line of this person any more"}


def _day_problem(field: str, day: PartialDate | None, patient: Patient, today: date) -> Problems:
    if day is None:
        return {}
    if day.earliest() > today:
        return {field: "lies in the future"}
    if patient.born is not None and day.latest() < patient.born.earliest():
        return {field: "lies before the patient was born"}
    if patient.died is not None and day.earliest() > patient.died.latest():
        return {field: "lies after the patient died"}
    return {}


def _after_death(entry: Entry, patient: Patient) -> Problems:
    """After a death only corrections and entries from linkage are made, and say so (clinical.md 5)."""
    if entry.id or patient.died is None or not hasattr(entry, "origin"):
        return {}
    if entry.origin is not Origin.CLINIC or (isinstance(entry, Event) and entry.kind == "death"):
        return {}
    return {"origin": "is needed: this person has died, so say whether it is a correction or comes from linkage"}


def _doubts(entry: Entry, file: PatientFile) -> list[str]:
    if isinstance(entry, TreatmentLine):
        return _line_doubts(entry, file)
    if isinstance(entry, Event):
        return _event_doubts(entry, file)
    if isinstance(entry, SupportiveCare):
        return []
    found = _outside_its_line(entry, file)
    if isinstance(entry, LineDrug):
        found += _drug_doubts(entry, file)
    return found + (_transplant_doubts(entry) if isinstance(entry, Transplant) else [])


def _line_doubts(line: TreatmentLine, file: PatientFile) -> list[str]:
    found = []
    others = [other for other in file.lines if other.id != line.id]
    diagnosed = file.patient.diagnosed
    if line.number and any(other.number == line.number for other in others):
        found.append(f"There is a line {line.number} already.")
    found += [f"It runs at the same time as {told(other)}." for other in overlapping(line, others)]
    if line.number and _surely_before(line.start, diagnosed):
        found.append("It began before the diagnosis: treatment before the diagnosis is line 0.")
    if line.number == 0 and _surely_before(diagnosed, line.start):
        found.append("It is line 0, but it began after the diagnosis.")
    if line.cycles_planned is not None and (line.cycles_given or 0) > line.cycles_planned:
        found.append("More cycles are given than were planned.")
    found += [f"It is numbered after {told(other)}, but began before it." for other in others
              if 0 < other.number < line.number and _surely_before(line.start, other.start)]  # fmt: skip
    found += [f"It is numbered before {told(other)}, but began after it." for other in others
              if other.number > line.number > 0 and _surely_before(other.start, line.start)]  # fmt: skip
    if line.steroid is False and any(_is_steroid(drug.name) for drug in line.drugs):
        found.append("It says no steroid, but one is among its drugs.")
    return found


def _drug_doubts(drug: LineDrug, file: PatientFile) -> list[str]:
    line = line_of(drug, file)
    if line is not None and line.steroid is False and _is_steroid(drug.name):
        return [f"The line says that there is no steroid in it, but {drug.name} is one."]
    return []


def _transplant_doubts(given: Transplant) -> list[str]:
    found = []
    if given.cd34 is not None and given.cd34 < FEW_CD34:
        found.append(f"Fewer CD34 cells than {FEW_CD34:g} x10⁶/kg.")
    if given.melphalan is not None and given.melphalan > 0 and given.melphalan not in USUAL_MELPHALAN:
        found.append("Melphalan is usually 200 or 140 mg/m².")
    return found


def _event_doubts(event: Event, file: PatientFile) -> list[str]:
    found = []
    diagnosed = file.patient.diagnosed
    if event.kind == "diagnosis" and event.on and diagnosed and not _may_be_one(event.on, diagnosed):
        found.append(f"The person's details give another day of diagnosis, {show_date(diagnosed)}.")
    if event.kind in ("relapse", "progression") and _surely_before(event.on, diagnosed):
        found.append("It lies before the diagnosis.")
    twins = [other for other in file.events if other.id != event.id and other.kind == event.kind]
    if event.on and any(other.on is not None and other.on == event.on for other in twins):
        found.append("The same event of the same day is recorded already.")
    return found


def _outside_its_line(entry: Any, file: PatientFile) -> list[str]:
    line = line_of(entry, file)
    if line is None:
        return []
    days = [getattr(entry, field) for field in _DAYS[type(entry)]]
    if any(_surely_before(day, line.start) for day in days):
        return [f"It begins before {told(line)} does."]
    first = getattr(entry, "start", None) or getattr(entry, "infused", None)
    return [f"It begins after {told(line)} has stopped."] if _surely_before(line.stop, first) else []


def _is_steroid(name: str) -> bool:
    return DrugClass.STEROID in classes_in(name)


def _surely_before(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and one.latest() < other.earliest()


def _may_be_one(one: PartialDate, other: PartialDate) -> bool:
    return not _surely_before(one, other) and not _surely_before(other, one)


_CHECKS: Mapping[type[Any], Callable[[Any, PatientFile], Problems]] = {
    TreatmentLine: _line,
    LineDrug: _drug,
    RadiotherapyCourse: _course,
    Transplant: _transplant,
    SupportiveCare: _supportive,
    Event: _event,
}
_DAYS: Mapping[type[Any], tuple[str, ...]] = {
    TreatmentLine: ("start", "stop"),
    LineDrug: ("start", "stop"),
    RadiotherapyCourse: ("start", "stop"),
    Transplant: ("mobilised", "infused", "neutrophils", "platelets"),
    SupportiveCare: ("start", "stop"),
    Event: ("on", "until"),
}
