"""The forms of treatment, field by field, in the order in which a clinician says it."""

from collections.abc import Mapping

from poems_registry.domain import treatment_words as words
from poems_registry.domain.drugs import DRUGS, ROUTES, UNITS
from poems_registry.domain.records import PatientFile
from poems_registry.domain.regimens import REGIMENS
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.record.treatment.reading import Field, Kind, Options

ITS_DRUGS = "its_drugs"
"""The presenter's own field of a new line: drugs that are added with it."""

SCHEDULES = ("once a day", "once a week", "days 1 to 21 of 28", "days 1 to 4 of 28", "days 1, 8, 15 and 22 of 28",
             "every 4 weeks")  # fmt: skip
_PARTLY = "a month or a year will do"


def fields_of(entry: Entry, file: PatientFile) -> tuple[Field, ...]:
    """The fields of this kind of entry; after a death also where it comes from."""
    fields = _FIELDS[type(entry)]()
    if isinstance(entry, TreatmentLine) and not entry.id:
        fields = (*fields[:4], _its_drugs(), *fields[4:])
    if hasattr(entry, "origin") and (file.patient.died is not None or entry.origin):
        fields = (*fields, Field("origin", tr("Comes from"), Kind.CHOICE, options=_of(words.ORIGINS)))
    return fields


def title_of(entry: Entry) -> str:
    """The title of the form."""
    new, known = _TITLES[type(entry)]
    return tr(known) if entry.id else tr(new)


def _of(said: Mapping[str, str], *, without: frozenset[str] = frozenset()) -> Options:
    return tuple((code, tr(each)) for code, each in said.items() if code not in without)


def _note() -> Field:
    return Field("note", tr("Note"), wide=True)


def _period(began: str = "Began", stopped: str = "Stopped") -> tuple[Field, Field]:
    return (
        Field("start", tr(began), Kind.DAY, tr(_PARTLY)),
        Field("stop", tr(stopped), Kind.DAY, tr("empty while it goes on")),
    )


def _its_drugs() -> Field:
    return Field(
        ITS_DRUGS, tr("Its drugs"), hint=tr("apart by commas; dose and days are added to each afterwards"), wide=True
    )


def _line() -> tuple[Field, ...]:
    regimens = tuple((regimen.code, tr(regimen.words)) for regimen in REGIMENS)
    reasons = _of(words.STOP_REASONS, without=words.OF_DRUGS_ONLY)
    return (
        Field("category", tr("Treatment"), Kind.CHOICE, options=regimens),
        Field("name", tr("In words"), hint=tr("as you would say it; filled in from the list"), wide=True),
        Field("start", tr("Began"), Kind.DAY, tr(_PARTLY)),
        Field("cause", tr("Why it was begun"), Kind.CHOICE, options=_of(words.CAUSES)),
        Field("number", tr("Line"), Kind.WHOLE, tr("0 is treatment before the diagnosis"), needed=True),
        Field("planned", tr("Planned parts"), Kind.SEVERAL, options=_of(words.PARTS)),
        Field("intent", tr("Intent"), Kind.CHOICE, options=_of(words.INTENTS)),
        Field("cycles_planned", tr("Cycles planned"), Kind.WHOLE),
        Field("cycles_given", tr("Cycles given"), Kind.WHOLE, tr("courses, for treatment before the diagnosis")),
        Field("stop", tr("Stopped"), Kind.DAY, tr("empty while it goes on")),
        Field("stop_reason", tr("Why stopped"), Kind.CHOICE, options=reasons),
        Field("steroid", tr("Steroid in it"), Kind.YES_NO),
        Field("trial", tr("In a trial"), Kind.YES_NO),
        Field("trial_name", tr("Which trial"), wide=True),
        Field("dose_intensity", tr("Dose intensity"), hint=tr("reductions, delays"), wide=True),
        _note(),
    )


def _drug() -> tuple[Field, ...]:
    return (
        Field("name", tr("Drug"), suggestions=tuple(each.name for each in DRUGS), wide=True),
        Field("dose", tr("Dose"), Kind.DECIMAL, tr("each time it is given")),
        Field("unit", tr("Unit"), suggestions=UNITS),
        Field("route", tr("Route"), suggestions=ROUTES, wide=True),
        Field("schedule", tr("On which days"), suggestions=SCHEDULES, wide=True),
        Field("part", tr("Part"), Kind.CHOICE, options=_of(words.PARTS)),
        *_period("From", "To"),
        Field("stop_reason", tr("Why it ended"), Kind.CHOICE, options=_of(words.STOP_REASONS)),
        _note(),
    )


def _course() -> tuple[Field, ...]:
    return (
        Field("site", tr("Site"), suggestions=words.SITES, wide=True),
        Field("dose_gy", tr("Total dose, Gy"), Kind.DECIMAL, tr("1 to 70")),
        Field("fractions", tr("Fractions"), Kind.WHOLE, tr("1 to 40")),
        *_period("First day", "Last day"),
        _note(),
    )


def _transplant() -> tuple[Field, ...]:
    return (
        Field("mobilised", tr("Mobilised"), Kind.DAY, tr(_PARTLY)),
        Field("mobilisation", tr("Mobilised by"), Kind.CHOICE, options=_of(words.MOBILISATIONS)),
        Field("cd34", tr("CD34 x10⁶/kg"), Kind.DECIMAL),
        Field("melphalan", tr("Melphalan, mg/m²"), Kind.WHOLE),
        Field("infused", tr("Cells given on"), Kind.DAY, tr(_PARTLY)),
        Field("neutrophils", tr("Neutrophils engrafted"), Kind.DAY),
        Field("platelets", tr("Platelets engrafted"), Kind.DAY),
        Field("engraftment_syndrome", tr("Engraftment syndrome"), Kind.YES_NO),
        _note(),
    )


def _supportive() -> tuple[Field, ...]:
    reasons = _of(words.STOP_REASONS, without=words.OF_DRUGS_ONLY)
    return (
        Field("kind", tr("Supportive care"), Kind.CHOICE, options=_of(words.SUPPORTIVE), needed=True),
        Field("what", tr("What exactly"), hint=tr("drug and dose, device, service"), wide=True),
        *_period(),
        Field("stop_reason", tr("Why stopped"), Kind.CHOICE, options=reasons),
        _note(),
    )


def _event() -> tuple[Field, ...]:
    kinds = {code: kind.words for code, kind in words.EVENTS.items()}
    return (
        Field("kind", tr("Event"), Kind.CHOICE, options=_of(kinds), needed=True),
        Field("on", tr("Day"), Kind.DAY, tr(_PARTLY)),
        Field("domains", tr("Domains"), Kind.SEVERAL, options=_of(words.DOMAINS), when=_asking("domains")),
        Field("symptomatic", tr("Symptomatic"), Kind.YES_NO, when=_asking("symptomatic")),
        Field("treated", tr("Needed new treatment"), Kind.YES_NO, when=_asking("treated")),
        Field("intensive", tr("Intensive care"), Kind.YES_NO, when=_asking("intensive")),
        Field("until", tr("Until"), Kind.DAY, tr("discharge, or the last day"), when=_asking("until")),
        *(
            Field(f"sort_{code}", tr("Which"), Kind.CHOICE, options=_of(sorts), attribute="sort", when=(code,))
            for code, sorts in _SORTED
        ),
        Field("cause", tr("Cause"), Kind.CHOICE, options=_of(words.DEATH_CAUSES), when=_asking("cause")),
        _note(),
    )


def _asking(part: str) -> tuple[str, ...]:
    """The kinds of event that have this part."""
    return tuple(code for code, kind in words.EVENTS.items() if part in kind.asks)


_SORTED = tuple((code, kind.sorts) for code, kind in words.EVENTS.items() if kind.sorts)
_FIELDS = {
    TreatmentLine: _line,
    LineDrug: _drug,
    RadiotherapyCourse: _course,
    Transplant: _transplant,
    SupportiveCare: _supportive,
    Event: _event,
}
_TITLES = {
    TreatmentLine: ("Add a line of treatment", "Line of treatment"),
    LineDrug: ("Add a drug to {line}", "Drug of {line}"),
    RadiotherapyCourse: ("Add radiotherapy to {line}", "Radiotherapy of {line}"),
    Transplant: ("Add a transplant to {line}", "Transplant of {line}"),
    SupportiveCare: ("Add supportive care", "Supportive care"),
    Event: ("Add an event", "Event"),
}
