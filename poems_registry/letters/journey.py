"""The patient's journey for paper: VEGF and ONLS over the years above the treatments, and the treatments in words."""

from datetime import date

from poems_registry.charts.journey import journey
from poems_registry.charts.journey_record import Levels, begun_lines, for_letter
from poems_registry.domain.dates import letter_date
from poems_registry.domain.line_in_words import parts_in_words
from poems_registry.domain.treatments import TreatmentLine
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Figure

WIDTH = 487.0
"""Points: the text area of a letter, 172 mm."""

HEIGHT, HEIGHT_OF_ANOTHER, TYPE = 175.0, 75.0, 10.0


def figure(visit: Visit, standing: Standing) -> Figure | None:
    """The chart, when a series has more points than one sees in the table; serum and plasma never share a panel."""
    data = for_letter(visit.file, visit.to_date, visit.encounter.on, Levels(standing.levels))
    if not any(len(one.points) > 2 for one in data.series):
        return None
    panels = sum(one.logarithmic for one in data.series)
    height = HEIGHT + HEIGHT_OF_ANOTHER * max(panels - 1, 0)
    return Figure(journey(data, WIDTH, height, paper=True, font_size=TYPE))


def treatments(visit: Visit) -> str:
    """`Line 1: lenalidomide with dexamethasone, March 2024 to August 2024, 6 cycles.`, all lines in order."""
    lines = begun_lines(visit.file.lines, visit.encounter.on)
    return " ".join(_line_words(line, visit.encounter.on) for line in lines)


def _line_words(line: TreatmentLine, today: date) -> str:
    start = letter_date(line.start) if line.start else "start not recorded"
    going_on = line.stop is None or line.stop.earliest() > today
    if line.stop is not None and not going_on:
        period = f"{start} to {letter_date(line.stop)}"
    else:
        period = f"since {start}" if line.start else start
    name = "Before the diagnosis" if line.number == 0 else f"Line {line.number}"
    cycles = f", {_cycles(line, going_on)}" if _cycles(line, going_on) else ""
    return " ".join((f"{name}: {line.name}, {period}{cycles}.", *parts_in_words(line, today)))


def _cycles(line: TreatmentLine, going_on: bool) -> str:
    given, planned = line.cycles_given, line.cycles_planned
    if given is None:
        return f"{planned} cycles planned" if planned else ""
    if planned and planned != given:
        return f"cycle {given} of {planned}" if going_on else f"{given} of {planned} cycles"
    return f"{given} cycle" + ("" if given == 1 else "s")
