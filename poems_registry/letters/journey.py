"""The patient's journey for paper: VEGF and ONLS over the years above the treatments, and the treatments in words."""

from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.kinds import NOT_DETECTED, show_number
from poems_registry.charts import journey_series
from poems_registry.charts.journey import journey
from poems_registry.charts.journey_data import Bar, Flag, FlagKind, JourneyData, Point, Series
from poems_registry.domain.dates import letter_date
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import TreatmentLine
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Figure

WIDTH = 487.0
"""Points: the text area of a letter, 172 mm."""

HEIGHT, HEIGHT_OF_ANOTHER, TYPE = 175.0, 75.0, 10.0
_FLAGS: dict[str, tuple[str, FlagKind]] = {
    "transplant": ("Stem cell transplant", "transplant"),
    "relapse": ("Relapse", "relapse"),
    "progression": ("Relapse", "relapse"),
}


def figure(visit: Visit, standing: Standing) -> Figure | None:
    """The chart, when a series has more points than one sees in the table; serum and plasma never share a panel."""
    data = JourneyData(_series(visit, standing), visit.encounter.on, _bars(visit), _flags(visit))
    if not any(len(one.points) > 2 for one in data.series):
        return None
    panels = sum(one.logarithmic for one in data.series)
    height = HEIGHT + HEIGHT_OF_ANOTHER * max(panels - 1, 0)
    return Figure(journey(data, WIDTH, height, paper=True, font_size=TYPE))


def treatments(visit: Visit) -> str:
    """`Line 1: lenalidomide with dexamethasone, March 2024 to August 2024, 6 cycles.`, all lines in order."""
    return " ".join(_line_words(line, visit.encounter.on) for line in _lines(visit))


def _lines(visit: Visit) -> list[TreatmentLine]:
    today = visit.encounter.on
    begun = [line for line in visit.file.lines if line.start is None or line.start.earliest() <= today]
    return sorted(begun, key=lambda line: (line.number, line.id))


def _line_words(line: TreatmentLine, today: date) -> str:
    start = letter_date(line.start) if line.start else "start not recorded"
    going_on = line.stop is None or line.stop.earliest() > today
    if line.stop is not None and not going_on:
        period = f"{start} to {letter_date(line.stop)}"
    else:
        period = f"since {start}" if line.start else start
    name = "Before the diagnosis" if line.number == 0 else f"Line {line.number}"
    cycles = f", {_cycles(line, going_on)}" if _cycles(line, going_on) else ""
    return f"{name}: {line.name}, {period}{cycles}."


def _cycles(line: TreatmentLine, going_on: bool) -> str:
    given, planned = line.cycles_given, line.cycles_planned
    if given is None:
        return f"{planned} cycles planned" if planned else ""
    if planned and planned != given:
        return f"cycle {given} of {planned}" if going_on else f"{given} of {planned} cycles"
    return f"{given} cycle" + ("" if given == 1 else "s")


def _series(visit: Visit, standing: Standing) -> tuple[Series, ...]:
    serum, plasma = _points(visit, "vegf_serum"), _points(visit, "vegf_plasma")
    levels = standing.levels
    series = []
    if serum:
        series.append(journey_series.vegf_serum(serum, decision=levels.get("vegf_serum")))
    if plasma:
        series.append(journey_series.vegf_plasma(plasma, decision=levels.get("vegf_plasma")))
    scores = _onls(visit)
    return (*series, *([journey_series.onls(scores)] if scores else []))


def _points(visit: Visit, code: str) -> list[Point]:
    found = [(e.on, e.finding(code)) for e in visit.to_date]
    return [_point(on, f) for on, f in found if f is not None and f.state is State.RECORDED]


def _point(on: date, finding: Finding) -> Point:
    detected = finding.reported != NOT_DETECTED
    return Point(on, finding.number, finding.sign.value, detected, show_number(finding.number))


def _onls(visit: Visit) -> list[Point]:
    totals = [(e.on, CATALOGUE.compute(e.findings).get("onls_total")) for e in visit.to_date]
    return [Point(on, value) for on, value in totals if value is not None]


def _bars(visit: Visit) -> tuple[Bar, ...]:
    today = visit.encounter.on
    bars = []
    for line in _lines(visit):
        if line.start is None:
            continue
        stop = line.stop.latest() if line.stop is not None and line.stop.latest() <= today else None
        label = f"Line {line.number}" if line.number else line.name
        bars.append(Bar(label, line.start.earliest(), stop, line.number or None))
    return tuple(bars)


def _flags(visit: Visit) -> tuple[Flag, ...]:
    today = visit.encounter.on
    flags = []
    for event in visit.file.events:
        if event.kind in _FLAGS and event.on is not None and event.on.earliest() <= today:
            words, kind = _FLAGS[event.kind]
            flags.append(Flag(event.on.earliest(), words, kind))
    return tuple(flags)
