"""Values before and after in words: findings as the form says them, codes as their lists do, dates as on screen."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain import care_words, samples, treatment_words
from poems_registry.domain.consents import ANSWER_WORDS, SCOPE_WORDS
from poems_registry.domain.dates import PartialDate, show_date, show_time
from poems_registry.domain.findings import STATE_WORDS, Attribution, Finding, Sign, State
from poems_registry.domain.nhs_number import show as show_number
from poems_registry.domain.person import ALLERGY_WORDS, CLINICIAN_DIAGNOSES
from poems_registry.services.record_access import Change, Line
from poems_registry.ui import person_answers
from poems_registry.ui.comparing import finding_words
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.access.shown import ValueShown
from poems_registry.ui.screens.record.correspondence.telling import KINDS as LETTER_KINDS
from poems_registry.ui.screens.record.correspondence.telling import STATES as LETTER_STATES
from poems_registry.ui.visit_words import KIND_WORDS, VISIT_TYPE_WORDS

_LABELS: Mapping[str, str] = {
    "day": "Day",
    "born": "Born",
    "nhs_number": "NHS No.",
    "nhs_number_status": "NHS number is",
    "no_number_reason": "Why there is no number",
    "study_number": "Study No.",
    "practice": "GP practice",
    "referrer": "Referred by",
    "ethnicity": "Ethnic group",
    "sex": "Sex at birth",
    "first_seen": "First seen here",
    "onset": "First symptoms",
    "language_need": "Language",
    "format_need": "Format",
    "print_size": "Letters printed in (point)",
    "support_need": "Help to talk with us",
    "contact_by": "Prefers",
    "death_source": "Death known from",
    "death_notifier": "Death told by",
    "clinician_diagnosis": "Clinician's diagnosis",
    "clinician_diagnosis_reason": "Why this diagnosis",
    "allergy_state": "Allergies are",
    "allergies_updated_on": "Allergies updated",
    "address_checked_on": "Address checked",
    "needs_checked_on": "Needs checked",
    "edits": "The author's own words",
    "not_for_patient": "Why not for the patient",
    "error_reason": "Why it was a mistake",
    "in_error": "Entered in error",
    "error_at": "Marked as a mistake",
    "error_by": "Marked as a mistake by",
    "done_at": "Noted",
    "done_by": "Noted by",
    "pc": "PC",
    "lines": "List",
    "dose_gy": "Dose (Gy)",
    "cd34": "CD34",
    "before": "Status before",
    "issuer": "Issued by",
    "value": "Number",
    "text": "Words",
    "number": "Number",
    "limit_low": "Lower limit",
    "limit_high": "Upper limit",
    "author_id": "Author",
}
"""Labels of values whose column's name would not do."""

_CODES: Mapping[str, Mapping[Any, str]] = {
    "encounter.kind": KIND_WORDS,
    "encounter.visit_type": VISIT_TYPE_WORDS,
    "letter.kind": LETTER_KINDS,
    "letter.state": {each.value: words for each, (words, _, _) in LETTER_STATES.items()},
    "event.kind": {code: kind.words for code, kind in treatment_words.EVENTS.items()},
    "supportive_care.kind": treatment_words.SUPPORTIVE,
    "line_drug.part": treatment_words.PARTS,
    "onward_referral.state": care_words.ONWARD_STATES,
    "mdt_entry.state": care_words.MDT_STATES,
    "sample.kind": samples.KIND_WORDS,
    "sample.purpose": samples.PURPOSE_WORDS,
    "status": care_words.STATUSES,
    "before": care_words.STATUSES,
    "route": care_words.ROUTES,
    "urgency": care_words.URGENCIES,
    "outcome": care_words.OUTCOMES,
    "service": care_words.SERVICES,
    "scope": SCOPE_WORDS,
    "answer": ANSWER_WORDS,
    "ethnicity": dict(person_answers.ETHNICITY),
    "gender_identity": dict(person_answers.GENDER_IDENTITY),
    "nhs_number_status": dict(person_answers.NUMBER_STATUS),
    "no_number_reason": dict(person_answers.NO_NUMBER),
    "format_need": dict(person_answers.FORMATS),
    "contact_by": dict(person_answers.CONTACT),
    "death_source": dict(person_answers.DEATH_SOURCE),
    "clinician_diagnosis": CLINICIAN_DIAGNOSES,
    "allergy_state": {each.value: words for each, words in ALLERGY_WORDS.items()},
    "intent": treatment_words.INTENTS,
    "cause": {**treatment_words.CAUSES, **treatment_words.DEATH_CAUSES},
    "stop_reason": treatment_words.STOP_REASONS,
    "mobilisation": treatment_words.MOBILISATIONS,
    "origin": treatment_words.ORIGINS,
}
"""What the codes of a column mean, of one table's first; a code that is not among them is shown as it stands."""

_STEPS = ("state", "delivery", "addressee", "kind", "sex", "gender", "status")
"""Columns whose codes are plain words: they begin with a capital."""

_CODED = re.compile(r"[a-z]+(?:_[a-z]+)+")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_NOT_A_DAY = ("value", "number", "postcode", "reported", "registration", "phone")
_OF_A_FINDING = ("recorded_at", "recorded_by", "version")


_NOUNS: Mapping[str, str] = {
    "patient": "Details",
    "letter": "Letter",
    "letter_copy": "Copy of the letter",
    "encounter": "Visit",
    "line_drug": "Drug",
    "treatment_line": "Line of treatment",
    "event": "Event",
    "mdt_entry": "MDT entry",
    "advice_call": "Call for advice",
    "joining": "Joined record",
}
"""What stands before a value where one act changed several things."""


def values_shown(line: Line) -> tuple[ValueShown, ...]:
    """Every value that one act changed, in the order in which it did; what did not change in words is left out.

    Where it changed several things, each value says of which it is.
    """
    owners = _owners(line)
    found = ((owners.get(_owner(change), ""), shown) for change in line.changes for shown in _shown(change))
    return tuple(
        replace(shown, label=tr("{of}: {what}", of=of, what=shown.label)) if of else shown
        for of, shown in found
        if shown.before != shown.after
    )


def _owner(change: Change) -> tuple[str, str]:
    """The visit of a finding; else the row itself."""
    if change.thing == "observation":
        return "encounter", change.thing_id.partition("/")[0]
    return change.thing, change.thing_id


def _owners(line: Line) -> dict[tuple[str, str], str]:
    """What each thing of an act is called, if they are several; those of one kind by number, visits by their day."""
    keys = list(dict.fromkeys(map(_owner, line.changes)))
    if len(keys) == 1:
        return {}
    days = {deed.thing_id: show_date(deed.visit.on) for deed in line.deeds if deed.visit is not None}
    named = {}
    for thing, number in keys:
        noun = tr(_NOUNS.get(thing) or thing.replace("_", " ").capitalize())
        same = [key for key in keys if key[0] == thing]
        which = days.get(number, "") if thing == "encounter" else ""
        if not which and len(same) > 1:
            which = str(same.index((thing, number)) + 1)
        named[thing, number] = f"{noun} {which}".strip()
    return named


def _shown(change: Change) -> Iterator[ValueShown]:
    if change.thing == "observation":
        yield from _finding(change)
        return
    if change.name == "in_error" and not (change.old or change.new):
        return
    of = f"{change.thing}.{change.name}"
    yield ValueShown(_label(change.name), _said(of, change.old), _said(of, change.new))


# -- findings


def _finding(change: Change) -> Iterator[ValueShown]:
    """A whole finding in the words of the form, or, of one that was changed, what differs of it."""
    code, _, instance = change.name.partition("#")
    item = CATALOGUE.items.get(code)
    label = item.label if item is not None else _label(code)
    if instance:
        label = tr("{label}, entry {number}", label=label, number=instance)
    if change.old and change.new:
        yield from _differing(code, label, change.old, change.new)
        return
    yield ValueShown(label, _whole(code, change.old), _whole(code, change.new))


def _whole(code: str, told: Mapping[str, Any] | None) -> str:
    if not told:
        return tr("Not recorded")
    return finding_words(CATALOGUE.items.get(code), _read(code, told))


_VALUE = ("number", "code", "text", "sign", "state", "reported", "reported_unit")


def _differing(code: str, label: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[ValueShown]:
    """The value, then whatever stands beside it: note, limits, assay."""
    if any(name in new for name in _VALUE):
        yield ValueShown(label, _value(code, old), _value(code, new))
    for name in new:
        if name not in (*_VALUE, *_OF_A_FINDING):
            beside = tr("{label}: {what}", label=label, what=_label(name).lower())
            yield ValueShown(beside, _said(name, old.get(name)), _said(name, new[name]))


def _value(code: str, told: Mapping[str, Any]) -> str:
    """The value of one side of a change, which tells only what differs: no unit stays as it was."""
    if any(told.get(name) not in (None, "") for name in ("number", "code", "text")):
        only = {name: told[name] for name in _VALUE if told.get(name) is not None}
        return finding_words(CATALOGUE.items.get(code), _read(code, only | {"state": State.RECORDED.value}))
    state = told.get("state")
    return tr(STATE_WORDS[State(state)]) if state else tr("The same value")


def _read(code: str, told: Mapping[str, Any]) -> Finding:
    """The finding that the audit's values tell; what it does not tell stands at its default."""
    state = State(told.get("state") or State.RECORDED.value)
    value = _value_of(told) if state is State.RECORDED else None
    cause = told.get("attribution")
    return Finding(
        code,
        value,
        state if value is not None or state is not State.RECORDED else State.UNKNOWN,
        sign=Sign(told.get("sign") or Sign.EQUAL.value),
        reported=str(told.get("reported") or ""),
        reported_unit=str(told.get("reported_unit") or ""),
        limit_low=told.get("limit_low"),
        limit_high=told.get("limit_high"),
        assay=str(told.get("assay") or ""),
        sample_time=str(told.get("sample_time") or ""),
        note=str(told.get("note") or ""),
        attribution=Attribution(cause) if cause else None,
        attribution_text=str(told.get("attribution_text") or ""),
    )


def _value_of(told: Mapping[str, Any]) -> float | str | PartialDate | tuple[str, ...] | None:
    """As a stored slot says it: a number, a text, one code, `|several|codes|` or `@2021-03`."""
    if told.get("number") is not None:
        return float(told["number"])
    code = told.get("code")
    if not code:
        return told.get("text")
    if code.startswith("|"):
        return tuple(code.strip("|").split("|"))
    return PartialDate.from_iso(code[1:]) if code.startswith("@") else str(code)


# -- everything else


def _label(name: str) -> str:
    return tr(_LABELS.get(name) or name.replace("_", " ").capitalize())


def _said(name: str, value: Any) -> str:
    """A value in words; nothing where there is none."""
    if value in (None, "", [], {}):
        return tr("Nothing")
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if name == "letter.edits":
        return "; ".join(f"{_label(part)}: {words}" for part, words in value)
    if isinstance(value, list):
        return "; ".join(_said(name, each) for each in value)
    if isinstance(value, dict):
        return ", ".join(_said(part, each) for part, each in value.items() if each not in (None, "", [], {}))
    if isinstance(value, float):
        return f"{value:.10g}"
    return _text(name, str(value))


def _text(of: str, value: str) -> str:
    name = of.rpartition(".")[2]
    words = _CODES.get(of, _CODES.get(name, {})).get(value)
    if words is not None:
        return tr(words)
    if name == "nhs_number":
        return show_number(value)
    if _INSTANT.match(value):
        local = datetime.fromisoformat(value).astimezone()
        return f"{show_date(local.date())} {show_time(local)}"
    if _DAY.fullmatch(value) and name not in _NOT_A_DAY:
        return _day(value)
    plain = value.replace("_", " ") if _CODED.fullmatch(value) else value
    return plain.capitalize() if name in _STEPS and plain.islower() else plain


def _day(value: str) -> str:
    try:
        return show_date(PartialDate.from_iso(value))
    except ValueError:
        return value
