"""The rows of treatment: lines of therapy with their parts, supportive care, and what happened on which day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from poems_registry.catalogue.response_evidence import course_of
from poems_registry.domain import treatment_words as words
from poems_registry.domain.dates import PartialDate, ago, show_date
from poems_registry.domain.line_counting import changed_for_toxicity
from poems_registry.domain.records import PatientFile
from poems_registry.domain.response import judge_response
from poems_registry.domain.response_rules.answers import DOMAIN_WORDS, Best, Grade
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import (
    Event,
    LineDrug,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.ui.i18n import tr

NBSP = "\u00a0"


class What(StrEnum):
    """What a row is, and what is being entered."""

    LINE = "line"
    DRUG = "drug"
    RADIOTHERAPY = "radiotherapy"
    TRANSPLANT = "transplant"
    SUPPORTIVE = "supportive"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of therapy or a part of one. `line_id` is the line's; line 0 is treatment before the diagnosis.

    `now` when it is going on. `given` tells cycles, dose or engraftment; `best` the best response by domain.
    """

    what: What
    id: int
    line_id: int
    label: str
    name: str
    period: str
    given: str
    ended: str
    best: str = ""
    note: str = ""
    now: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """What it is among the rows."""
        return self.what.value, self.id


@dataclass(frozen=True, slots=True)
class CareRow:
    """One entry of supportive care."""

    id: int
    name: str
    what: str
    period: str
    now: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened on a day. `id` 0: told by a line, and changed there."""

    id: int
    day: str
    age: str
    what: str
    icon: str
    note: str


def line_rows(file: PatientFile, today: date, thresholds: Thresholds) -> tuple[LineRow, ...]:
    """Lines newest first, each followed by its parts in the order of time."""
    best = _best(file, thresholds)
    lines = sorted(file.lines, key=lambda line: (line.number, line.start.earliest() if line.start else date.min))
    return tuple(row for line in reversed(lines) for row in _line(line, best.get(line.id, ()), today))


def care_rows(file: PatientFile, today: date) -> tuple[CareRow, ...]:
    """What goes on first, then newest first."""
    rows = [_care(care, today) for care in sorted(file.supportive, key=lambda care: _first(care.start), reverse=True)]
    return tuple(sorted(rows, key=lambda row: not row.now))


def event_rows(file: PatientFile, today: date) -> tuple[EventRow, ...]:
    """Newest first; those without a day at the end."""
    dated = sorted(file.happened, key=lambda event: _first(event.on), reverse=True)
    return tuple(_event(event, today) for event in dated)


def _best(file: PatientFile, thresholds: Thresholds) -> Mapping[int, tuple[Best, ...]]:
    if not any(line.number for line in file.lines):
        return {}
    judged = judge_response(course_of(file), thresholds).lines
    return {each.line.line_id: each.best for each in judged if each.line is not None}


def _line(line: TreatmentLine, best: tuple[Best, ...], today: date) -> Iterator[LineRow]:
    going_on = _goes_on(line.start, line.stop, today)
    yield LineRow(
        what=What.LINE,
        id=line.id,
        line_id=line.id,
        label=tr("Line {number}", number=line.number) if line.number else tr("Before diagnosis"),
        name=line.name,
        period=_period(line.start, line.stop, tr("Start not recorded")),
        given=_cycles(line),
        ended=tr("Going on")
        if going_on
        else words.said(words.STOP_REASONS, line.stop_reason) or tr("Not recorded why"),
        best=_best_words(best),
        note=_line_note(line),
        now=going_on,
    )
    yield from (_drug(drug, line, today) for drug in line.drugs)
    yield from (_course(course) for course in line.radiotherapy)
    yield from (_transplant(given) for given in line.transplants)


def _why(line: TreatmentLine) -> str:
    return words.said(words.STOP_REASONS, line.stop_reason)


def _drug(drug: LineDrug, line: TreatmentLine, today: date) -> LineRow:
    dose = f"{drug.dose:g}{NBSP}{drug.unit}".rstrip() if drug.dose is not None else tr("dose not recorded")
    days = drug.schedule.replace(" of ", f"{NBSP}of{NBSP}")  # a number does not begin a line
    how = ", ".join(each for each in (dose, drug.route, days) if each)
    same = (drug.stop, drug.stop_reason) == (line.stop, line.stop_reason)
    ended = "" if same else words.said(words.STOP_REASONS, drug.stop_reason)
    stop = drug.stop or line.stop
    return LineRow(
        what=What.DRUG,
        id=drug.id,
        line_id=line.id,
        label=tr("Transplant") if drug.part == "transplant" else words.said(words.PARTS, drug.part) or tr("Drug"),
        name=" ".join(each for each in (drug.name, how) if each),
        period="" if (drug.start, drug.stop) == (line.start, line.stop) else _period(drug.start, drug.stop, ""),
        given="",
        ended=ended,
        note=drug.note,
        now=_goes_on(drug.start or line.start, stop, today),
    )


def _course(course: RadiotherapyCourse) -> LineRow:
    dose = f"{course.dose_gy:g}{NBSP}Gy" if course.dose_gy is not None else tr("dose not recorded")
    fractions = tr("{n} fractions", n=course.fractions) if course.fractions is not None else ""
    return LineRow(
        what=What.RADIOTHERAPY,
        id=course.id,
        line_id=course.line_id,
        label=tr("Radiotherapy"),
        name=course.site[:1].upper() + course.site[1:],
        period=_period(course.start, course.stop, ""),
        given=tr(" in ").join(each for each in (dose, fractions) if each),
        ended="",
        note=course.note,
    )


def _transplant(given: Transplant) -> LineRow:
    melphalan = tr("melphalan {n} mg/m²", n=given.melphalan) if given.melphalan is not None else ""
    cells = tr("CD34 {n} x10⁶/kg", n=f"{given.cd34:g}") if given.cd34 is not None else ""
    by = words.said(words.MOBILISATIONS, given.mobilisation)
    mobilised = tr("mobilised by {by}", by=lower_first(by)) if by else ""
    syndrome = {True: tr("Engraftment syndrome"), False: tr("No engraftment syndrome"), None: ""}
    return LineRow(
        what=What.TRANSPLANT,
        id=given.id,
        line_id=given.line_id,
        label=tr("Transplant"),
        name=", ".join(each for each in (tr("Autologous"), melphalan, cells, mobilised) if each),
        period=show_date(given.infused) if given.infused is not None else tr("Cells not given yet"),
        given="",
        ended=". ".join(each for each in (*_engrafted(given), syndrome[given.engraftment_syndrome]) if each),
        note=given.note,
    )


def _engrafted(given: Transplant) -> Iterator[str]:
    """`Neutrophils 16-Nov-2024 (day 11)`."""
    for name, day in ((tr("Neutrophils"), given.neutrophils), (tr("Platelets"), given.platelets)):
        if day is None:
            continue
        exact = given.infused is not None and given.infused.day is not None and day.day is not None
        after = f" (day {(day.earliest() - given.infused.earliest()).days})" if exact and given.infused else ""
        yield f"{name} {show_date(day)}{after}"


def _care(care: SupportiveCare, today: date) -> CareRow:
    ended = words.said(words.STOP_REASONS, care.stop_reason)
    what = ". ".join(each for each in (care.what, care.note) if each)
    period = _period(care.start, care.stop, tr("Start not recorded"))
    return CareRow(
        care.id,
        words.said(words.SUPPORTIVE, care.kind),
        what,
        f"{period}. {ended}" if ended else period,
        _goes_on(care.start, care.stop, today),
    )


def _event(event: Event, today: date) -> EventRow:
    kind = words.EVENTS.get(event.kind)
    return EventRow(
        event.id,
        show_date(event.on) if event.on is not None else tr("Day not recorded"),
        ago(event.on.earliest(), today) if event.on is not None and event.on.day is not None else "",
        tr(words.event_words(event.kind)),
        kind.icon if kind is not None else "",
        _known_of(event),
    )


def _known_of(event: Event) -> str:
    """`VEGF, clinical; symptomatic; needed new treatment. The note.`"""
    parts = "; ".join(_parts(event))
    return ". ".join(each[:1].upper() + each[1:] for each in (parts, event.note) if each)


def _parts(event: Event) -> Iterator[str]:
    domains = [lower_first(words.said(words.DOMAINS, domain)) for domain in event.domains]
    if domains:
        yield ", ".join(domains)
    for said, yes, no in (
        (event.symptomatic, tr("symptomatic"), tr("no symptoms")),
        (event.treated, tr("needed new treatment"), tr("no new treatment needed")),
        (event.intensive, tr("intensive care"), tr("no intensive care")),
    ):
        if said is not None:
            yield yes if said else no
    kind = words.EVENTS.get(event.kind)
    if event.sort:
        yield words.said((kind.sorts if kind is not None else None) or {}, event.sort)
    if event.cause:
        yield words.said(words.DEATH_CAUSES, event.cause)
    if event.until is not None:
        yield tr("until {day}", day=show_date(event.until))
    if event.origin:
        yield lower_first(words.said(words.ORIGINS, event.origin))


def _line_note(line: TreatmentLine) -> str:
    parts = [words.said(words.PARTS, part) for part in line.planned]
    trial = tr("in a trial: {name}", name=line.trial_name or tr("name not recorded")) if line.trial else ""
    flag = tr("changed for toxicity") if changed_for_toxicity(line) else ""
    steroid = {True: tr("with steroid"), False: tr("no steroid"), None: ""}[line.steroid] if not line.drugs else ""
    plan = tr("planned: {parts}", parts=", ".join(parts).lower()) if parts else ""
    said = (plan, trial, line.dose_intensity, flag, steroid)
    return ". ".join(each[:1].upper() + each[1:] for each in (*said, line.note) if each)


def _best_words(best: tuple[Best, ...]) -> str:
    """`VEGF CR, clinical improved`: what has a grade; nothing is said of what cannot be told."""
    told = [each for each in best if each.grade.settled and each.grade not in (Grade.NE, Grade.NE_PARTIAL)]
    said = ", ".join(f"{lower_first(DOMAIN_WORDS[each.domain])}{NBSP}{each.grade.value}" for each in told)
    return said[:1].upper() + said[1:]


def _cycles(line: TreatmentLine) -> str:
    if line.cycles_given is None:
        return tr("{planned} cycles planned", planned=line.cycles_planned) if line.cycles_planned else ""
    one = tr("course") if line.number == 0 else tr("cycle")
    many = one if line.cycles_given == 1 else f"{one}s"
    if line.cycles_planned and line.cycles_planned != line.cycles_given:
        return tr("{given} of {planned} cycles", given=line.cycles_given, planned=line.cycles_planned)
    return f"{line.cycles_given} {many}"


def _period(start: PartialDate | None, stop: PartialDate | None, unknown: str) -> str:
    begun = show_date(start) if start is not None else unknown
    if stop is None or stop == start:
        return begun
    return (
        tr("{start} to {stop}", start=begun, stop=show_date(stop)) if begun else tr("to {stop}", stop=show_date(stop))
    )


def _goes_on(start: PartialDate | None, stop: PartialDate | None, today: date) -> bool:
    return (start is None or start.earliest() <= today) and (stop is None or stop.earliest() > today)


def lower_first(text: str) -> str:
    """As in the middle of a sentence; a name in capitals stays."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _first(day: PartialDate | None) -> date:
    return day.earliest() if day is not None else date.min
