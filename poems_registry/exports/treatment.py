"""Treatment and events as tables beside the encounters: pseudonymised, no date, no free text.

Days are counted from the diagnosis; a date known by its month or year counts from its first day and says so. What is in
words of somebody's own is `other`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from poems_registry.domain import treatment_words as words
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drugs import ROUTES, UNITS, drug
from poems_registry.domain.findings import NOT_RECORDED
from poems_registry.domain.line_counting import changed_for_toxicity
from poems_registry.domain.records import PatientFile
from poems_registry.domain.regimens import BY_CODE
from poems_registry.domain.treatments import (
    Event,
    LineDrug,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.exports.pseudonyms import pseudonym
from poems_registry.exports.table import Cell, Row, Table
from poems_registry.exports.wide import precision

OTHER = "other"
T = TypeVar("T")
Days = Callable[[PartialDate | None], tuple[Cell, str]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table to be: its columns with what they hold, and its rows."""

    name: str
    columns: Mapping[str, str]
    rows: list[Row] = field(default_factory=list)

    def table(self) -> Table:
        return Table(self.name, tuple(self.columns), self.rows)


_PATIENT = {"patient": "pseudonym of the patient in this project"}
_LINE = _PATIENT | {"line": "number of the line of therapy; 0 is treatment before the diagnosis"}
_REASON = "completed, progression, no_response, toxicity ...; other for words of one's own; not_recorded"


def _period(*names: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for name in names:
        said[f"{name}_days"] = f"{name}: whole days since the diagnosis"
        said[f"{name}_precision"] = f"{name}: how exactly it is known: day, month, year or not_recorded"
    return said


COLUMNS: Mapping[str, Mapping[str, str]] = {
    "lines": _LINE | {
        "category": "code of the programme; other or not_recorded",
        "drugs": "drugs of the line by name, apart by |, as far as they are of the list",
        "intent": "radical, palliative or bridging; not_recorded",
        "cause": "why it was begun: first, progression, no_response, toxicity, planned, other; not_recorded",
        "planned": "parts planned together, apart by |",
        **_period("start", "stop"),
        "stop_reason": _REASON,
        "cycles_planned": "number",
        "cycles_given": "number; courses for line 0",
        "steroid": "yes, no or not_recorded",
        "trial": "yes, no or not_recorded",
        "changed_for_toxicity": "yes if a drug of the line was changed for toxicity",
    },
    "drugs": _LINE | {
        "drug": "name, of the list; other",
        "class": "class of the drug",
        "dose": "each time it is given, in the unit",
        "unit": "of the dose; other or not_recorded",
        "route": "by mouth ...; other or not_recorded",
        "part": "part of the programme; not_recorded",
        **_period("start", "stop"),
        "stop_reason": _REASON,
    },
    "radiotherapy": _LINE | {
        "site": "of the list; other",
        "dose_gy": "total dose, Gy",
        "fractions": "number",
        **_period("start", "stop"),
    },
    "transplants": _LINE | {
        "mobilisation": "how cells were mobilised; not_recorded",
        "cd34_e6_kg": "CD34 cells, 10^6 for each kg",
        "melphalan_mg_m2": "mg for each m2",
        **_period("infused"),
        "neutrophil_days": "days from infusion to engraftment of neutrophils, where both are known by their day",
        "platelet_days": "days from infusion to engraftment of platelets, where both are known by their day",
        "engraftment_syndrome": "yes, no or not_recorded",
    },
    "supportive_care": _PATIENT | {"kind": "code of the list", **_period("start", "stop"), "stop_reason": _REASON},
    "events": _PATIENT | {
        "kind": "code of the list; other",
        **_period("on"),
        "domains": "of a relapse, apart by |",
        "symptomatic": "of a relapse: yes, no or not_recorded",
        "treated": "of a relapse, whether it needed new treatment: yes, no or not_recorded",
        "intensive_care": "of an admission: yes, no or not_recorded",
        **_period("until"),
        "sort": "of a second cancer or an endocrine failure",
        "cause": "of a death",
    },
}  # fmt: skip
"""Every table with its columns and what they hold: the dictionary lists them."""


def tables(files: Iterable[PatientFile], key: bytes) -> tuple[Table, ...]:
    """All tables, from one pass over the records. `key` is the project's: see `pseudonyms.project_key`."""
    sheets = {name: _Sheet(name, columns) for name, columns in COLUMNS.items()}
    for file in files:
        name, days = pseudonym(key, file.patient.uid), _days_of(file)
        for line in file.lines:
            head = (name, line.number)
            sheets["lines"].rows.append((*head, *_line(line, days)))
            sheets["drugs"].rows.extend((*head, *_drug(each, days)) for each in line.drugs)
            sheets["radiotherapy"].rows.extend((*head, *_course(each, days)) for each in line.radiotherapy)
            sheets["transplants"].rows.extend((*head, *_transplant(each, days)) for each in line.transplants)
        sheets["supportive_care"].rows.extend((name, *_care(each, days)) for each in file.supportive)
        sheets["events"].rows.extend((name, *_event(each, days)) for each in file.happened)
    return tuple(sheet.table() for sheet in sheets.values())


def _days_of(file: PatientFile) -> Days:
    """Days since the diagnosis, if that is known by its day, and how exactly the other date is known."""
    diagnosed = file.patient.diagnosed
    zero = diagnosed.earliest() if diagnosed is not None and diagnosed.day is not None else None

    def days(day: PartialDate | None) -> tuple[Cell, str]:
        since = (day.earliest() - zero).days if day is not None and zero is not None else None
        return since, precision(day)

    return days


def _line(line: TreatmentLine, days: Days) -> Row:
    return (
        _code(line.category, BY_CODE),
        "|".join(sorted({known.name for each in line.drugs if (known := drug(each.name)) is not None})),
        _code(line.intent, words.INTENTS),
        _code(line.cause, words.CAUSES),
        "|".join(line.planned),
        *days(line.start),
        *days(line.stop),
        _code(line.stop_reason, words.STOP_REASONS),
        line.cycles_planned,
        line.cycles_given,
        _yes(line.steroid),
        _yes(line.trial),
        _yes(changed_for_toxicity(line)),
    )


def _drug(each: LineDrug, days: Days) -> Row:
    known = drug(each.name)
    return (
        known.name if known is not None else OTHER,
        known.kind.value if known is not None else NOT_RECORDED,
        each.dose,
        _code(each.unit, UNITS),
        _code(each.route, ROUTES),
        _code(each.part, words.PARTS),
        *days(each.start),
        *days(each.stop),
        _code(each.stop_reason, words.STOP_REASONS),
    )


def _course(each: RadiotherapyCourse, days: Days) -> Row:
    return _code(each.site.casefold(), words.SITES), each.dose_gy, each.fractions, *days(each.start), *days(each.stop)


def _transplant(each: Transplant, days: Days) -> Row:
    return (
        _code(each.mobilisation, words.MOBILISATIONS),
        each.cd34,
        each.melphalan,
        *days(each.infused),
        _between(each.infused, each.neutrophils),
        _between(each.infused, each.platelets),
        _yes(each.engraftment_syndrome),
    )


def _care(each: SupportiveCare, days: Days) -> Row:
    kind, why = _code(each.kind, words.SUPPORTIVE), _code(each.stop_reason, words.STOP_REASONS)
    return kind, *days(each.start), *days(each.stop), why


def _event(each: Event, days: Days) -> Row:
    kind = words.EVENTS.get(each.kind)
    return (
        _code(each.kind, words.EVENTS),
        *days(each.on),
        "|".join(each.domains),
        _yes(each.symptomatic),
        _yes(each.treated),
        _yes(each.intensive),
        *days(each.until),
        _code(each.sort, (kind.sorts if kind is not None else None) or {}),
        _code(each.cause, words.DEATH_CAUSES),
    )


def _between(first: PartialDate | None, last: PartialDate | None) -> int | None:
    if first is None or last is None or first.day is None or last.day is None:
        return None
    return (last.earliest() - first.earliest()).days


def _code(said: str, known: Iterable[str]) -> str:
    """The code, `other` for words of somebody's own, `not_recorded` for none."""
    if not said:
        return NOT_RECORDED
    return said if said in set(known) else OTHER


def _yes(answer: bool | None) -> str:
    return {True: "yes", False: "no", None: NOT_RECORDED}[answer]
