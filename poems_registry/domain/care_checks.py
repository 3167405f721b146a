"""What may not be saved of a referral, a call, an onward referral, an MDT entry or a change of status, by field."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from poems_registry.domain import care_words as words
from poems_registry.domain.care import AdviceCall, Entry, MdtEntry, OnwardReferral, Referral, StatusChange
from poems_registry.domain.person import Patient, PatientStatus

Problem = tuple[str, str]
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def problems(entry: Entry, patient: Patient | None, today: date) -> dict[str, str]:
    """All at once; `patient` is None of an anonymous call and of a person who is not in the registry yet."""
    told = dict(_born(entry.on, patient))
    for field, sentence in _found(entry, patient, today):
        told.setdefault(field, sentence)
    return told


def unknown_words(entry: Entry) -> tuple[str, ...]:
    """Fields of an entry from a file that this registry could not keep or show: no day, an unknown code or time."""
    codes: Mapping[type[Entry], Mapping[str, Collection[str]]] = {
        Referral: {"route": ("", *words.ROUTES), "urgency": ("", *words.URGENCIES), "outcome": ("", *words.OUTCOMES)},
        OnwardReferral: {"urgency": ("", *words.URGENCIES), "state": words.ONWARD_STATES},
        MdtEntry: {"state": words.MDT_STATES},
        StatusChange: {"before": ("", *PatientStatus), "status": tuple(PatientStatus)},
        AdviceCall: {},
    }
    wrong = [name for name, known in codes[type(entry)].items() if getattr(entry, name) not in known]
    if entry.on is None:
        wrong.append("on")
    if isinstance(entry, AdviceCall) and entry.time and not _TIME.fullmatch(entry.time):
        wrong.append("time")
    return tuple(wrong)


def _found(entry: Entry, patient: Patient | None, today: date) -> Iterator[Problem]:
    match entry:
        case Referral():
            return _referral(entry, today)
        case AdviceCall():
            return _call(entry, today)
        case OnwardReferral():
            return _onward(entry, patient, today)
        case MdtEntry():
            return _mdt(entry)
        case StatusChange():
            return _status(entry, patient, today)


def _referral(entry: Referral, today: date) -> Iterator[Problem]:
    yield from _past("on", entry.on, today)
    yield from _code("route", entry.route, words.ROUTES)
    yield from _code("urgency", entry.urgency, words.URGENCIES)
    yield from _code("outcome", entry.outcome, words.OUTCOMES)
    if not (entry.referrer or entry.organisation):
        yield "referrer", "say who referred, or from which organisation"
    answered = entry.answer or entry.answered_by or entry.answered_on is not None
    if answered and not entry.outcome:
        yield "outcome", "choose what came of the referral, or take the answer out"
    if entry.outcome:
        if not entry.answered_by:
            yield "answered_by", "say who answered"
        yield from _after("answered_on", entry.answered_on, entry.on, today, "it arrived")


def _call(entry: AdviceCall, today: date) -> Iterator[Problem]:
    yield from _past("on", entry.on, today)
    if entry.time and not _TIME.fullmatch(entry.time):
        yield "time", "write the time with 24 hours, such as 14:05"
    for name, sentence in (
        ("asked_by", "say who asked"),
        ("question", "write down the question"),
        ("advice", "write down the advice that was given"),
        ("given_by", "say who gave the advice"),
    ):
        if not getattr(entry, name):
            yield name, sentence
    if entry.followed_on is not None and not entry.follow_up:
        yield "follow_up", "say what there was to do, or take the day out"
    elif entry.followed_on is not None:
        yield from _after("followed_on", entry.followed_on, entry.on, today, "the call")


def _onward(entry: OnwardReferral, patient: Patient | None, today: date) -> Iterator[Problem]:
    yield from _past("on", entry.on, today)
    yield from _code("urgency", entry.urgency, words.URGENCIES)
    if patient is not None and patient.died is not None and entry.on is not None and entry.on > patient.died.latest():
        yield "on", "lies after the person's death"
    if not entry.service:
        yield "service", "say to which profession or service"
    if entry.state not in words.ONWARD_STATES:
        yield "state", "choose how far it is"
    elif entry.state != "made" or entry.state_on is not None:
        yield from _after("state_on", entry.state_on, entry.on, today, "it was made")
    if entry.outcome and entry.state == "made":
        yield "state", "an outcome is recorded: say how far the referral is"
    if entry.outcome or entry.outcome_on is not None:
        yield from _after("outcome_on", entry.outcome_on, entry.on, today, "it was made")
    if entry.outcome_on is not None and not entry.outcome:
        yield "outcome", "say what came of it, or take the day out"


def _mdt(entry: MdtEntry) -> Iterator[Problem]:
    if entry.on is None:
        yield "on", "say on which day the meeting is"
    if not entry.question:
        yield "question", "write down the question for the meeting"
    if entry.state not in words.MDT_STATES:
        yield "state", "choose how far it is"
    if entry.state == "discussed" and not entry.outcome:
        yield "outcome", "say what the meeting decided"
    if entry.state != "discussed" and (entry.outcome or entry.actions):
        yield "state", "an outcome is recorded: choose Discussed, or take it out"


def _status(entry: StatusChange, patient: Patient | None, today: date) -> Iterator[Problem]:
    yield from _past("on", entry.on, today)
    if entry.status not in words.STATUSES:
        yield "status", "choose a status"
    elif patient is not None and entry.status == patient.status.value:
        yield "status", "is the status already"
    if not entry.reason:
        yield "reason", "say why, in a few words"


def _born(on: date | None, patient: Patient | None) -> Iterator[Problem]:
    if on is not None and patient is not None and patient.born is not None and on < patient.born.earliest():
        yield "on", "lies before the birth date"


def _past(field: str, day: date | None, today: date) -> Iterator[Problem]:
    if day is None:
        yield field, "say on which day"
    elif day > today:
        yield field, "lies in the future"


def _after(field: str, day: date | None, first: date | None, today: date, what: str) -> Iterator[Problem]:
    """A day there must be, from the first one on, not in the future."""
    if day is not None and first is not None and day < first:
        yield field, f"lies before the day of {what}" if what.startswith("the") else f"lies before the day {what}"
    else:
        yield from _past(field, day, today)


def _code(field: str, code: str, known: Mapping[str, str]) -> Iterator[Problem]:
    if code and code not in known:
        yield field, "choose one of the list"
