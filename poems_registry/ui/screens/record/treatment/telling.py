"""The rows of treatment: lines of therapy with what is known of them, and what happened on which day."""

from dataclasses import dataclass
from datetime import date

from poems_registry.domain.dates import ago, show_date
from poems_registry.domain.records import PatientFile
from poems_registry.domain.treatments import Event, TreatmentLine
from poems_registry.ui.i18n import tr

EVENTS = {
    "diagnosis": ("Diagnosis", "flag"),
    "relapse": ("Relapse", "trending-up"),
    "progression": ("Progression", "trending-up"),
    "transplant": ("Stem cell transplant", "activity"),
    "death": ("Died", ""),
    "dvt": ("Deep vein thrombosis", "triangle-alert"),
    "pe": ("Pulmonary embolism", "triangle-alert"),
    "mi": ("Myocardial infarction", "triangle-alert"),
    "tia": ("TIA", "triangle-alert"),
    "opt_out": ("Opted out", ""),
}


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of therapy; line 0 is treatment before the diagnosis. `now` when it is going on."""

    id: int
    number: str
    name: str
    period: str
    cycles: str
    ended: str
    steroid: str
    now: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened on a day."""

    id: int
    day: str
    age: str
    what: str
    icon: str
    note: str


def line_rows(file: PatientFile, today: date) -> tuple[LineRow, ...]:
    """Newest first."""
    lines = sorted(file.lines, key=lambda line: (line.number, line.start.earliest() if line.start else date.min))
    return tuple(_line(line, today) for line in reversed(lines))


def event_rows(file: PatientFile, today: date) -> tuple[EventRow, ...]:
    """Newest first; those without a day at the end."""
    dated = sorted(
        file.events, key=lambda event: event.on.earliest() if event.on is not None else date.min, reverse=True
    )
    return tuple(_event(event, today) for event in dated)


def _line(line: TreatmentLine, today: date) -> LineRow:
    start = show_date(line.start) if line.start else tr("Start not recorded")
    going_on = line.stop is None or line.stop.earliest() > today
    begun = line.start is None or line.start.earliest() <= today
    period = tr("{start} to {stop}", start=start, stop=show_date(line.stop)) if line.stop else start
    return LineRow(
        id=line.id,
        number=tr("Line {number}", number=line.number) if line.number else tr("Before diagnosis"),
        name=line.name,
        period=period,
        cycles=_cycles(line),
        ended=tr("Going on") if going_on and begun else _ended(line),
        steroid={True: tr("With steroid"), False: tr("No steroid"), None: tr("Steroid not recorded")}[line.steroid],
        now=going_on and begun,
    )


def _ended(line: TreatmentLine) -> str:
    return line.stop_reason[:1].upper() + line.stop_reason[1:] if line.stop_reason else tr("Reason not recorded")


def _cycles(line: TreatmentLine) -> str:
    if line.cycles_given is None:
        return tr("{planned} planned", planned=line.cycles_planned) if line.cycles_planned else tr("Not recorded")
    if line.cycles_planned and line.cycles_planned != line.cycles_given:
        return tr("{given} of {planned}", given=line.cycles_given, planned=line.cycles_planned)
    return str(line.cycles_given)


def _event(event: Event, today: date) -> EventRow:
    what, icon = EVENTS.get(event.kind, (event.kind.replace("_", " ").capitalize(), ""))
    return EventRow(
        event.id,
        show_date(event.on) if event.on is not None else tr("Day not recorded"),
        ago(event.on.earliest(), today) if event.on is not None and event.on.day is not None else "",
        tr(what),
        icon,
        event.note,
    )
