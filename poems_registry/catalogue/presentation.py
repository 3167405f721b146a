"""How a person was at diagnosis: turns a record into what `domain.prognosis` judges."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil, floor

from poems_registry.catalogue.reading import Reading
from poems_registry.domain.dates import PartialDate, age_on
from poems_registry.domain.prognosis import Dated, Effusion, Presentation
from poems_registry.domain.records import Patient, PatientFile


def presentation_of(file: PatientFile, read: Sequence[Reading] | None = None) -> Presentation:
    """Values of every visit with their days; which of them are of the diagnosis the rules decide.

    `read`: the file's counted encounters, where these are read already.
    """
    readings = read if read is not None else [Reading(encounter) for encounter in file.counted]
    diagnosed = diagnosed_on(file)
    starts = [line.start for line in file.lines if line.number > 0]
    return Presentation(
        diagnosed=diagnosed,
        ages=_ages(file.patient, diagnosed),
        treated_from=min((start.earliest() for start in starts if start is not None), default=None),
        undated_line=any(start is None for start in starts),
        pasp=tuple(_numbers(readings, "pasp")),
        egfr=tuple(_numbers(readings, "egfr")),
        albumin=tuple(_numbers(readings, "albumin")),
        effusions=tuple(_effusions(readings)),
    )


def diagnosed_on(file: PatientFile) -> PartialDate | None:
    """The date of diagnosis of the record, or else of its event."""
    told = [event.on for event in file.events if event.kind == "diagnosis" and event.on is not None]
    return file.patient.diagnosed or min(told, default=None)


def _ages(patient: Patient, diagnosed: PartialDate | None) -> tuple[int, int] | None:
    """The youngest and oldest age at diagnosis that the dates allow."""
    if diagnosed is None:
        return None
    if patient.born is not None and patient.born.latest() <= diagnosed.earliest():
        youngest = age_on(patient.born.latest(), diagnosed.earliest())
        return youngest, age_on(patient.born.earliest(), diagnosed.latest())
    if patient.age_at is not None:
        years, told_on = patient.age_at
        return _shifted(years, told_on, diagnosed)
    return None


def _shifted(years: int, told_on: date, diagnosed: PartialDate) -> tuple[int, int]:
    """Of an age told for another day: a birthday may or may not lie between."""
    first = (diagnosed.earliest() - told_on).days / 365.25
    last = (diagnosed.latest() - told_on).days / 365.25
    return floor(years + first), ceil(years + last)


def _numbers(readings: Sequence[Reading], item: str) -> Iterator[Dated]:
    for reading in readings:
        value = reading.interval(item)
        if value is not None:
            yield Dated(reading.on, value, reading.encounter.id)


def _effusions(readings: Sequence[Reading]) -> Iterator[Effusion]:
    for reading in readings:
        present = reading.says("pleural_effusion")
        if present is not None:
            code = reading.code("pleural_effusion_grade")
            cause, grade = reading.cause("pleural_effusion"), int(code) if code else None
            yield Effusion(reading.on, present, cause, reading.encounter.id, grade)
