"""What was typed about a line or an event, and what it means; all problems at once, nothing typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from poems_registry.charts.journey_record import SHORT
from poems_registry.domain.dates import BadDate, PartialDate, parse_date, show_date
from poems_registry.domain.treatments import Event, TreatmentLine
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.treatment.telling import EVENTS

Texts = Mapping[str, str]
CATEGORIES = {"PRE_DIAGNOSIS": "Before the diagnosis", **SHORT, "SUPPORTIVE": "Supportive care", "OTHER": "Other"}
YES, NO, DEATH = "yes", "no", "death"
"""A death is recorded with the person's details, where the banner and the letters look for it."""

Value = TypeVar("Value")


class What(StrEnum):
    """What is being entered."""

    LINE = "line"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field of the form: `options` make it a list, `wide` a long text."""

    code: str
    label: str
    text: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    wide: bool = False


def line_fields(line: TreatmentLine) -> tuple[FieldShown, ...]:
    """The form of a line, filled with what is known."""
    steroid = {True: YES, False: NO, None: ""}[line.steroid]
    categories = dict(CATEGORIES) | ({line.category: line.category} if line.category not in CATEGORIES else {})
    options = tuple((code, tr(words)) for code, words in categories.items() if code)
    return (
        FieldShown("number", tr("Line"), str(line.number), tr("0 is treatment before the diagnosis")),
        FieldShown("name", tr("Treatment"), line.name, tr("drugs and dose, as you would say them"), wide=True),
        FieldShown("category", tr("Kind"), line.category, options=(("", tr("Not recorded")), *options)),
        FieldShown("start", tr("Began"), _day(line.start), tr("a month or a year will do")),
        FieldShown("stop", tr("Stopped"), _day(line.stop), tr("empty while it goes on")),
        FieldShown("stop_reason", tr("Why stopped"), line.stop_reason, wide=True),
        FieldShown("cycles_planned", tr("Cycles planned"), _number(line.cycles_planned)),
        FieldShown("cycles_given", tr("Cycles given"), _number(line.cycles_given)),
        FieldShown(
            "steroid",
            tr("Steroid in it"),
            steroid,
            options=(("", tr("Not recorded")), (YES, tr("Yes")), (NO, tr("No"))),
        ),
        FieldShown("note", tr("Note"), line.note, wide=True),
    )


def event_fields(event: Event) -> tuple[FieldShown, ...]:
    """The form of an event."""
    kinds = {code: words for code, (words, _) in EVENTS.items() if code != DEATH or event.kind == DEATH}
    kinds |= {event.kind: event.kind.replace("_", " ").capitalize()} if event.kind and event.kind not in kinds else {}
    options = tuple((code, tr(words)) for code, words in kinds.items())
    return (
        FieldShown("kind", tr("Event"), event.kind, options=options),
        FieldShown("on", tr("Day"), _day(event.on), tr("a month or a year will do")),
        FieldShown("note", tr("Note"), event.note, wide=True),
    )


def read_line(line: TreatmentLine, texts: Texts, today: date) -> tuple[TreatmentLine, dict[str, str]]:
    """The line as typed, and problems by field."""
    problems: dict[str, str] = {}
    said = {code: text.strip() for code, text in texts.items()}
    steroid = {YES: True, NO: False}.get(said["steroid"])
    return (
        replace(
            line,
            number=_read(_whole, said, "number", problems) or 0,
            name=said["name"],
            category=said["category"],
            start=_read(_reader(today), said, "start", problems),
            stop=_read(_reader(today), said, "stop", problems),
            stop_reason=said["stop_reason"],
            cycles_planned=_read(_whole, said, "cycles_planned", problems),
            cycles_given=_read(_whole, said, "cycles_given", problems),
            steroid=steroid,
            note=said["note"],
        ),
        problems | ({} if said["number"] else {"number": tr("is needed")}),
    )


def read_event(event: Event, texts: Texts, today: date) -> tuple[Event, dict[str, str]]:
    """The event as typed, and problems by field."""
    problems: dict[str, str] = {}
    said = {code: text.strip() for code, text in texts.items()}
    on = _read(_reader(today), said, "on", problems)
    return replace(event, kind=said["kind"], on=on, note=said["note"]), problems


def _read(read: Callable[[str], Value], said: Texts, code: str, problems: dict[str, str]) -> Value | None:
    if not said[code]:
        return None
    try:
        return read(said[code])
    except ValueError as error:
        problems[code] = str(error)
        return None


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(tr("is a whole number"))
    return int(text)


def _reader(today: date) -> Callable[[str], PartialDate]:
    def read(text: str) -> PartialDate:
        try:
            return parse_date(text, today, partial=True)
        except BadDate as error:
            raise ValueError(str(error)) from error

    return read


def _day(day: PartialDate | None) -> str:
    return show_date(day) if day is not None else ""


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
