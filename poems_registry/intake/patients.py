"""Patients: each row becomes a person to add, to complete, or is refused in words; nobody is overwritten unasked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from poems_registry.domain import nhs_number
from poems_registry.domain.dates import PartialDate, age_on
from poems_registry.domain.names import clean_text, fold
from poems_registry.domain.nhs_number import BadNhsNumber
from poems_registry.domain.proposals import Counts, Fate, Judged, Refused, reconciled
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.intake import known
from poems_registry.intake.known import KnownPatients
from poems_registry.intake.mapping import Key, PatientsMap
from poems_registry.intake.moments import partial_day
from poems_registry.intake.source import Source, SourceRow

OLDEST = 120
_DATES = ("born", "died", "onset", "first_seen", "diagnosed")
_LETTERS = 200


@dataclass(frozen=True, slots=True)
class PatientPlan:
    """What is to be done, and each row's fate. `new` and `changed` go with the number of the row they come from."""

    judged: tuple[Judged, ...]
    counts: Counts
    new: tuple[tuple[int, Patient], ...]
    changed: tuple[tuple[int, Patient], ...]


def propose(
    source: Source, mapping: PatientsMap, patients: KnownPatients, today: date, *, training: bool
) -> PatientPlan:
    """Every row's fate. A number, or a name with a birth date, that came in a row above stops the later row."""
    judged: list[Judged] = []
    new: list[tuple[int, Patient]] = []
    changed: list[tuple[int, Patient]] = []
    seen: set[object] = set()
    reader = _Reader(mapping, today, training)
    for row in source.rows:
        if not isinstance(row, SourceRow):
            judged.append(Judged(row.number, Fate.SET_ASIDE, row.reason, row.cells))
            continue
        try:
            said = reader.read(row)
            _refuse_twins(seen, said)
            here = _here(patients, said, mapping)
            after = said if here is None else _completed(here, said, overwrite=mapping.overwrite)
        except Refused as refusal:
            judged.append(Judged(row.number, Fate.SET_ASIDE, str(refusal), row.cells))
            continue
        fate = Fate.NEW if here is None else Fate.UNCHANGED if after == here else Fate.CHANGED
        judged.append(Judged(row.number, fate))
        if fate is Fate.NEW:
            new.append((row.number, after))
        elif fate is Fate.CHANGED:
            changed.append((row.number, after))
    return PatientPlan(tuple(judged), reconciled(len(source.rows), judged), tuple(new), tuple(changed))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns a row into a patient, refusing in words what cannot be."""

    mapping: PatientsMap
    today: date
    training: bool

    def read(self, row: SourceRow) -> Patient:
        """The person as the row tells it; what the file does not say is left as not recorded."""
        said: dict[str, Any] = {}
        for name, column in self.mapping.fields.items():
            text = row[column].strip()
            if text:
                said[name] = self._field(name, text)
        number = said.pop("hospital_number", None)
        patient = replace(Patient(**said), hospital_numbers=(number,) if number is not None else ())
        patient = replace(self._with_key(patient, row), age_at=self._age(row))
        self._check(patient)
        return patient

    def _field(self, name: str, text: str) -> object:
        readers: Mapping[str, Callable[[str], object]] = {
            "sex": self._sex,
            "nhs_number": self._nhs_number,
            "hospital_number": lambda value: known.hospital_number(self.mapping.patient, value),
        }
        if name in _DATES:
            return partial_day(text, self.mapping.order, self.today)
        if name in readers:
            return readers[name](text)
        try:
            return clean_text(text, _LETTERS)
        except ValueError:
            raise Refused("holds a text that is too long or has signs that cannot be kept") from None

    def _sex(self, text: str) -> object:
        try:
            return self.mapping.sex[text.casefold()]
        except KeyError:
            raise Refused("holds a code of sex that the mapping does not know") from None

    def _nhs_number(self, text: str) -> str:
        try:
            return nhs_number.check(text, training=self.training)
        except BadNhsNumber as error:
            raise Refused(f"holds no NHS number that can be right: {error}") from None

    def _age(self, row: SourceRow) -> tuple[int, date] | None:
        age = self.mapping.age
        if age is None or not row[age.years].strip():
            return None
        try:
            years = float(row[age.years])
        except ValueError:
            raise Refused("holds an age that is not a number") from None
        if years != int(years) or not 0 <= years <= OLDEST:
            raise Refused(f"holds an age that is not a whole number from 0 to {OLDEST}")
        text = next((row[column].strip() for column in age.on if row[column].strip()), "")
        on = partial_day(text, self.mapping.order, self.today) if text else None
        if on is None or on.day is None:
            raise Refused("holds an age without the exact day it is true for")
        if on.earliest() > self.today:
            raise Refused("holds an age at a day in the future")
        return int(years), on.earliest()

    def _with_key(self, patient: Patient, row: SourceRow) -> Patient:
        """The person with the number by which the file knows them; an NHS number is checked like any other."""
        key, text = self.mapping.patient.key, row[self.mapping.patient.column]
        if key is Key.STUDY_NUMBER:
            return replace(patient, study_number=known.tidy(key, text))
        if key is Key.NHS_NUMBER:
            return replace(patient, nhs_number=self._nhs_number(known.tidy(key, text)))
        number = known.hospital_number(self.mapping.patient, text)
        others = tuple(each for each in patient.hospital_numbers if each != number)
        return replace(patient, hospital_numbers=(number, *others))

    def _check(self, patient: Patient) -> None:
        if not (patient.family_name or patient.given_name or patient.study_number):
            raise Refused("holds neither a name nor a study number")
        born = patient.born
        for day in (getattr(patient, name) for name in _DATES):
            if isinstance(day, PartialDate):
                if day.earliest() > self.today:
                    raise Refused("holds a date in the future")
                if born is not None and day.latest() < born.earliest():
                    raise Refused("holds a date before the birth")
        if born is not None and age_on(min(born.latest(), self.today), self.today) > OLDEST:
            raise Refused(f"holds a birth date that would make the person older than {OLDEST} years")


def _refuse_twins(seen: set[object], patient: Patient) -> None:
    marks: list[object] = [number for number in (patient.study_number, patient.nhs_number) if number]
    marks += list(patient.hospital_numbers)
    if patient.family_name and patient.born is not None:
        marks.append((fold(patient.family_name), fold(patient.given_name), patient.born))
    if any(mark in seen for mark in marks):
        raise Refused("holds a person whom a row above holds already, by number or by name and birth date")
    seen.update(marks)


def _here(patients: KnownPatients, said: Patient, mapping: PatientsMap) -> Patient | None:
    """Who in the registry the row means; Refused if its numbers lead to two people or to one of another name."""
    found = patients.all_with_numbers_of(said)
    if len(found) > 1:
        raise Refused("holds numbers that belong to different patients of the registry")
    if not found:
        return None
    if mapping.patient.key is not Key.STUDY_NUMBER:
        known.check_same_person(found[0], said.family_name, said.born)
    return found[0]


_FIELDS = tuple(
    name for name in Patient.__slots__ if name not in ("id", "uid", "version", "hospital_numbers", "nhs_number_status")
)
_BLANK = Patient()


def _completed(here: Patient, said: Patient, *, overwrite: bool) -> Patient:
    """The record with what the row adds; Refused where both say something and not the same, unless it may overwrite."""
    changes: dict[str, Any] = {}
    for name in _FIELDS:
        new, old, blank = getattr(said, name), getattr(here, name), getattr(_BLANK, name)
        if new in (blank, old):
            continue
        if old != blank and not overwrite:
            raise Refused(f"says something else than the registry about {name.replace('_', ' ')}")
        changes[name] = new
    added: tuple[HospitalNumber, ...] = tuple(n for n in said.hospital_numbers if n not in here.hospital_numbers)
    if added:
        changes["hospital_numbers"] = (*here.hospital_numbers, *added)
    return replace(here, **changes) if changes else here
