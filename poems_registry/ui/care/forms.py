"""The forms of care, field by field: what each is filled with, and what was typed into it means."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from poems_registry.domain import care_words as words
from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.dates import parse_date, show_date
from poems_registry.domain.person import Patient, Sex
from poems_registry.ui.care.shown import FieldShown, What
from poems_registry.ui.i18n import tr

E = TypeVar("E", bound=Entry)
Texts = Mapping[str, str]
Options = tuple[tuple[str, str], ...]

KINDS: Mapping[What, type[Any]] = {
    What.REFERRAL: Referral,
    What.ONWARD: OnwardReferral,
    What.MDT: MdtEntry,
    What.CALL: AdviceCall,
    What.STATUS: StatusChange,
}
PERSON = ("family_name", "given_name", "born", "sex", "nhs_number")
"""Fields of somebody who is not in the registry yet: enough to tell two people apart; the rest goes into Details."""

_CLOCK = re.compile(r"([0-9]{1,2})[:. ]?([0-9]{2})")


class Kind(StrEnum):
    """How the text of a field is read."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    DAY_AHEAD = "day_ahead"
    TIME = "time"
    CHOICE = "choice"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: the entry's own name is the code."""

    code: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    options: Options = ()
    wide: bool = False
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person at the form may read and decide."""

    clinical: bool
    decides: bool


def fields_of(entry: Entry, rights: Rights, *, new_person: bool = False) -> tuple[Field, ...]:
    """The fields of this entry that this person may fill in, in the order in which one says them."""
    match entry:
        case Referral():
            return (*(_person() if new_person else ()), *_referral(entry, rights))
        case AdviceCall():
            return _call(entry)
        case OnwardReferral():
            return _onward(entry, rights)
        case MdtEntry():
            return _mdt(entry)
        case StatusChange():
            return _status(entry)


def shown(entry: Entry, fields: Sequence[Field]) -> tuple[FieldShown, ...]:
    """The form, filled with what is known."""
    return tuple(_shown(entry, field) for field in fields)


def read(entry: E, fields: Sequence[Field], texts: Texts, today: date) -> tuple[E, dict[str, str]]:
    """The entry as typed, and problems by field; what no field shows stays as it was."""
    said, problems = _said(fields, texts, today)
    own: dict[str, Any] = {name: value for name, value in said.items() if hasattr(entry, name)}
    return replace(entry, **own), problems


def read_person(texts: Texts, today: date) -> tuple[Patient, dict[str, str]]:
    """Who was typed into the form of somebody new, and problems by field."""
    problems: dict[str, str] = {}
    born = None
    if texts["born"].strip():
        try:
            born = parse_date(texts["born"], today, partial=True)
        except ValueError as error:
            problems["born"] = str(error)
    sex = texts["sex"]
    return Patient(
        family_name=texts["family_name"].strip(),
        given_name=texts["given_name"].strip(),
        born=born,
        sex=Sex(sex) if sex else None,
        nhs_number=texts["nhs_number"].strip(),
        nhs_number_status="02" if texts["nhs_number"].strip() else "",
    ), problems


def _said(fields: Sequence[Field], texts: Texts, today: date) -> tuple[dict[str, Any], dict[str, str]]:
    said: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for field in fields:
        if field.code in PERSON:
            continue
        try:
            said[field.code] = _READERS[field.kind](texts[field.code].strip(), today)
        except ValueError as error:
            problems[field.code] = str(error)
    return said, problems


def _shown(entry: Entry, field: Field) -> FieldShown:
    value = getattr(entry, field.code, "")
    suggestions: tuple[str, ...] = ()
    if field.kind is Kind.SERVICE:
        value, suggestions = words.said(words.SERVICES, value), tuple(tr(each) for each in words.SERVICES.values())
    elif field.kind in (Kind.DAY, Kind.DAY_AHEAD):
        value = show_date(value) if isinstance(value, date) else ""
    lines = 2 if field.kind is Kind.LONG else 0
    wide = field.wide or field.kind is Kind.LONG
    return FieldShown(
        field.code, field.label, str(value), field.hint, field.options, suggestions, wide, lines, field.heading
    )


def _of(said: Mapping[str, str], none: str = "") -> Options:
    head = (("", none),) if none else ()
    return (*head, *((code, tr(each)) for code, each in said.items()))


def _person() -> Iterator[Field]:
    yield Field("family_name", tr("Family name"), heading=tr("The patient"))
    yield Field("given_name", tr("Given name"))
    yield Field("born", tr("Born"), hint=tr("day, month and year; a year will do"))
    sexes = (("", tr("Not recorded")), ("female", tr("Female")), ("male", tr("Male")))
    yield Field("sex", tr("Sex at birth"), Kind.CHOICE, options=(*sexes, ("undetermined", tr("Undetermined"))))
    yield Field("nhs_number", tr("NHS No."), hint=tr("ten figures, if it is known"))


def _referral(entry: Referral, rights: Rights) -> tuple[Field, ...]:
    asks = rights.clinical or not entry.id
    return (
        Field("on", tr("Arrived on"), Kind.DAY, heading=tr("The referral")),
        Field("route", tr("How it came"), Kind.CHOICE, options=_of(words.ROUTES, tr("Not recorded"))),
        Field("referrer", tr("Referred by")),
        Field("organisation", tr("Organisation")),
        Field("contact", tr("Telephone or e-mail for the answer")),
        Field("urgency", tr("Urgency"), Kind.CHOICE, options=_of(words.URGENCIES, tr("Not said"))),
        *((Field("question", tr("Question"), Kind.LONG),) if asks else ()),
        *(_answer() if rights.decides else ()),
    )


def _answer() -> Iterator[Field]:
    waits = tr("Not answered yet")
    yield Field("outcome", tr("What came of it"), Kind.CHOICE, options=_of(words.OUTCOMES, waits), heading=tr("Answer"))
    yield Field("answered_on", tr("Answered on"), Kind.DAY)
    yield Field("answered_by", tr("Answered by"), wide=True)
    yield Field("answer", tr("What was answered"), Kind.LONG)


def _call(entry: AdviceCall) -> tuple[Field, ...]:
    hint = "" if entry.patient_id is not None else tr("nothing that names the patient")
    return (
        Field("on", tr("Day"), Kind.DAY),
        Field("time", tr("Time"), Kind.TIME, tr("24 hours, such as 14:05")),
        Field("asked_by", tr("Who asked")),
        Field("place", tr("Their place")),
        Field("contact", tr("Their number"), wide=True),
        Field("question", tr("Question"), Kind.LONG, hint),
        Field("advice", tr("Advice given"), Kind.LONG),
        Field("given_by", tr("Advice given by"), wide=True),
        Field("follow_up", tr("What is still to be done"), hint=tr("empty if nothing"), wide=True),
        *((Field("followed_on", tr("Done on"), Kind.DAY, tr("empty while it waits"), wide=True),) if entry.id else ()),
    )


def _onward(entry: OnwardReferral, rights: Rights) -> tuple[Field, ...]:
    later = (
        Field("state", tr("How far it is"), Kind.CHOICE, options=_of(words.ONWARD_STATES), heading=tr("Since then")),
        Field("state_on", tr("Since"), Kind.DAY),
        *((Field("outcome", tr("Outcome"), Kind.LONG), Field("outcome_on", tr("Outcome on"), Kind.DAY, wide=True))
          if rights.decides else ()),
    )  # fmt: skip
    return (
        Field("service", tr("Profession or service"), Kind.SERVICE, tr("of the list, or in your own words")),
        Field("to_whom", tr("Person or place"), hint=tr("if it is known")),
        Field("on", tr("Made on"), Kind.DAY),
        Field("urgency", tr("Urgency"), Kind.CHOICE, options=_of(words.URGENCIES, tr("Not said"))),
        *((Field("reason", tr("Reason"), Kind.LONG),) if rights.clinical or not entry.id else ()),
        Field("made_by", tr("Made by"), wide=True),
        *(later if entry.id else ()),
    )


def _mdt(entry: MdtEntry) -> tuple[Field, ...]:
    later = (
        Field("state", tr("How far it is"), Kind.CHOICE, options=_of(words.MDT_STATES), heading=tr("The meeting")),
        Field("outcome", tr("Outcome"), Kind.LONG),
        Field("actions", tr("Actions, and who does them"), Kind.LONG),
    )
    return (
        Field("on", tr("Day of the meeting"), Kind.DAY_AHEAD),
        Field("presenter", tr("Who presents")),
        Field("question", tr("Question for the meeting"), Kind.LONG),
        *(later if entry.id else ()),
    )


def _status(entry: StatusChange) -> tuple[Field, ...]:
    if entry.id:
        return ()
    others = {code: said for code, said in words.STATUSES.items() if code != entry.before}
    return (
        Field("status", tr("New status"), Kind.CHOICE, options=_of(others)),
        Field("on", tr("From"), Kind.DAY),
        Field("reason", tr("Why"), Kind.LONG),
    )


def _day(text: str, today: date) -> date | None:
    return parse_date(text, today).earliest() if text else None


def _day_ahead(text: str, today: date) -> date | None:
    return parse_date(text, today, future=True).earliest() if text else None


def _time(text: str, _today: date) -> str:
    """`14:05` of what a person types: 1405, 14.05, 9:30."""
    found = _CLOCK.fullmatch(text)
    return f"{int(found[1]):02d}:{found[2]}" if found else text


_READERS: Mapping[Kind, Callable[[str, date], Any]] = {
    Kind.TEXT: lambda text, _today: text,
    Kind.LONG: lambda text, _today: text,
    Kind.CHOICE: lambda text, _today: text,
    Kind.DAY: _day,
    Kind.DAY_AHEAD: _day_ahead,
    Kind.TIME: _time,
    Kind.SERVICE: lambda text, _today: words.service_code(text),
}
