"""The table for analysis: one row an encounter, pseudonymised, no date, no free text, nothing that identifies."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.item import Derived
from poems_registry.catalogue.kinds import NOT_DETECTED, Day, Number
from poems_registry.catalogue.response_evidence import course_of
from poems_registry.catalogue.transfer_format import SIGN_WORDS
from poems_registry.domain.consents import answer_to
from poems_registry.domain.dates import PartialDate, age_on
from poems_registry.domain.findings import NOT_RECORDED, Finding, State
from poems_registry.domain.records import Encounter, EncounterKind, Patient, PatientFile
from poems_registry.domain.response import Domain, Response, judge_response
from poems_registry.domain.thresholds import Thresholds
from poems_registry.exports.columns import CONSENTS, LEAD, ItemColumns, all_columns
from poems_registry.exports.pseudonyms import pseudonym
from poems_registry.exports.table import Cell, Row, Table

DERIVED = "derived"
TOP_AGE = 80


def encounters(
    files: Iterable[PatientFile],
    catalogue: Catalogue,
    key: bytes,
    thresholds: Thresholds,
    research: Collection[int] = (),
) -> Table:
    """One row for each signed or recorded encounter. `key` is the project's: see `pseudonyms.project_key`.

    The response is judged under `thresholds`, as of each encounter's own day. `research` are the encounters of research
    samples that consent stands behind: of those alone the research columns are filled, whatever others hold.
    """
    columns = all_columns(catalogue)
    head = (*LEAD, *(name for column in columns for name in column.names))
    told = (_Told(file, _told(file, research)) for file in files)
    return Table("encounters", head, _rows(told, catalogue, (columns, key), thresholds))


@dataclass(frozen=True, slots=True)
class _Told:
    """A record, and those of its encounters that the table tells, oldest first."""

    file: PatientFile
    encounters: tuple[Encounter, ...]


def _told(file: PatientFile, research: Collection[int]) -> tuple[Encounter, ...]:
    behind = [each for each in file.research if each.id in research]
    return tuple(sorted((*file.counted, *behind), key=lambda each: (each.on, each.id))) if behind else file.counted


def _rows(
    told: Iterable[_Told],
    catalogue: Catalogue,
    how: tuple[tuple[ItemColumns, ...], bytes],
    thresholds: Thresholds,
) -> Iterator[Row]:
    columns, key = how
    for each in told:
        file = each.file
        name = pseudonym(key, file.patient.uid)
        agreed = _agreed(file)
        response = judge_response(course_of(file), thresholds)
        newest = file.counted[-1:]
        for number, encounter in enumerate(each.encounters, start=1):
            held = _held(encounter, catalogue)
            findings = {f.item: f for f in encounter.findings if f.instance == 0 and f.item not in held}
            derived = catalogue.compute(encounter.findings)
            cells = [cell for column in columns for cell in _cells(column, findings, derived, encounter.on)]
            responded = _responded(response, encounter, newest=encounter in newest)
            first = each.encounters[0].on
            yield (name, number, *_lead(file, encounter, first), *responded, *agreed, *cells)


def _held(encounter: Encounter, catalogue: Catalogue) -> frozenset[str]:
    """Research items in an encounter that is of no research sample: nothing shows consent for them."""
    if encounter.kind is EncounterKind.RESEARCH:
        return frozenset()
    known = catalogue.items
    return frozenset(f.item for f in encounter.findings if f.item in known and known[f.item].research)


def _lead(file: PatientFile, encounter: Encounter, first: date) -> tuple[Cell, ...]:
    patient, verdict = file.patient, encounter.verdict
    criteria = "|".join(f"{letter}:{said}" for letter, said in verdict.criteria) if verdict is not None else ""
    return (
        encounter.kind.value,
        encounter.visit_type.value if encounter.visit_type is not None else NOT_RECORDED,
        _days_since(patient.diagnosed, encounter.on),
        precision(patient.diagnosed),
        (encounter.on - first).days,
        age_band(patient, encounter.on),
        patient.sex.value if patient.sex is not None else NOT_RECORDED,
        verdict.rule_set if verdict is not None else NOT_RECORDED,
        verdict.rule_a if verdict is not None else NOT_RECORDED,
        verdict.rule_b if verdict is not None else NOT_RECORDED,
        criteria or NOT_RECORDED,
    )


def _responded(response: Response, encounter: Encounter, *, newest: bool) -> tuple[Cell, ...]:
    line, grades = response.standing_on(encounter.on)
    told = (grades[domain].value for domain in Domain)
    return (response.rule_set, line.number if line is not None else None, *told, "yes" if newest else "no")


def _agreed(file: PatientFile) -> tuple[Cell, ...]:
    """The answer in force to each question, in the order of `CONSENTS`."""
    answers = (answer_to(file.consents, scope) for scope in CONSENTS.values())
    return tuple(each.answer.value if each is not None else NOT_RECORDED for each in answers)


def _cells(column: ItemColumns, findings: dict[str, Finding], derived: dict[str, float], on: date) -> tuple[Cell, ...]:
    item = column.item
    if isinstance(item, Derived):
        value = derived.get(item.code)
        return value, NOT_RECORDED if value is None else DERIVED
    finding = findings.get(item.code)
    if finding is None or finding.state is not State.RECORDED:
        state = NOT_RECORDED if finding is None else finding.state.value
        return (*(None for _ in column.beside), state)
    if isinstance(item.kind, Number):
        return finding.number, compared(finding), finding.state.value
    if isinstance(item.kind, Day) and isinstance(finding.value, PartialDate):
        return (finding.value.earliest() - on).days, precision(finding.value), finding.state.value
    codes = finding.value if isinstance(finding.value, tuple) else (str(finding.value),)
    return "|".join(codes), finding.state.value


def compared(finding: Finding) -> str:
    """How the number stands to the true value: equal, below, above or not_detected."""
    return "not_detected" if finding.reported == NOT_DETECTED else SIGN_WORDS[finding.sign]


def precision(day: PartialDate | None) -> str:
    """day, month, year or not_recorded."""
    if day is None:
        return NOT_RECORDED
    return "year" if day.month is None else "month" if day.day is None else "day"


def age_band(patient: Patient, on: date) -> str:
    """`60-64`, `80+` or `not_recorded`; of a birth known by its month or year, from the middle of what it can be."""
    age = _age(patient, on)
    if age is None:
        return NOT_RECORDED
    if age >= TOP_AGE:
        return f"{TOP_AGE}+"
    low = age // 5 * 5
    return f"{low}-{low + 4}"


def outside_research(files: Iterable[PatientFile], catalogue: Catalogue) -> int:
    """How many encounters of care hold research values: those stay inside, for no sample shows consent for them."""
    return sum(1 for file in files for encounter in file.counted if _held(encounter, catalogue))


def small_groups(files: Iterable[PatientFile], least: int = 5) -> int:
    """How many patients share sex and age band (at their last encounter) with fewer than `least` - 1 others."""
    seen = [(file.patient.sex, age_band(file.patient, file.counted[-1].on)) for file in files if file.counted]
    return sum(count for count in Counter(seen).values() if count < least)


def _age(patient: Patient, on: date) -> int | None:
    born = patient.born
    if born is not None:
        first, last = born.earliest(), born.latest()
        middle = first + timedelta(days=(last - first).days // 2)
        return age_on(middle, on) if middle <= on else None
    if patient.age_at is not None:
        years, then = patient.age_at
        return years + age_on(then, on) if on >= then else max(0, years - age_on(on, then))
    return None


def _days_since(day: PartialDate | None, on: date) -> int | None:
    return (on - day.earliest()).days if day is not None and day.day is not None and not day.approx else None
