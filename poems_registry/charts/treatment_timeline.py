"""Treatment alone on one time axis: lines with their parts as bars, events as flags."""

from collections.abc import Iterable, Iterator
from datetime import date

from poems_registry.charts.journey_data import Bar, JourneyData
from poems_registry.charts.journey_record import begun_lines, screen_flags
from poems_registry.domain.dates import NO_BREAK_SPACE, PartialDate
from poems_registry.domain.records import PatientFile
from poems_registry.domain.regimens import brief_name
from poems_registry.domain.treatment_words import PARTS, said
from poems_registry.domain.treatments import LineDrug, TreatmentLine


def timeline(file: PatientFile, until: date) -> JourneyData | None:
    """Lines by number, their planned parts and radiotherapy below them; None when nothing has a day."""
    bars = tuple(bar for line in begun_lines(file.lines, until) for bar in _bars(line, until))
    flags = screen_flags(file, until)
    return JourneyData((), until, bars, flags) if bars or flags else None


def _bars(line: TreatmentLine, until: date) -> Iterator[Bar]:
    if line.start is not None:
        label = f"{line.number} {brief_name(line)}" if line.number else line.name
        yield Bar(label, line.start.earliest(), _end(line.stop, until), line.number or None)
    for part in PARTS:
        drugs = [drug for drug in line.drugs if drug.part == part and drug.start is not None]
        if drugs and part != "transplant":  # that has its flag
            yield Bar(said(PARTS, part), *_span(drugs, until))
    for course in line.radiotherapy:
        if course.start is not None and course.start.earliest() <= until:
            dose = f" {course.dose_gy:g}{NO_BREAK_SPACE}Gy" if course.dose_gy is not None else ""
            yield Bar(f"RT {course.site}{dose}", course.start.earliest(), _end(course.stop or course.start, until))


def _span(drugs: Iterable[LineDrug], until: date) -> tuple[date, date | None]:
    """From the first day of the first to the last day of the last; None while one goes on."""
    starts = [drug.start.earliest() for drug in drugs if drug.start is not None]
    ends = [_end(drug.stop, until) for drug in drugs]
    known = [end for end in ends if end is not None]
    return min(starts), max(known) if len(known) == len(ends) else None


def _end(stop: PartialDate | None, until: date) -> date | None:
    return stop.latest() if stop is not None and stop.latest() <= until else None
