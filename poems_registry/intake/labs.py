"""Laboratory results: each row becomes a finding by explicit conversion from what was reported, or is refused in words.

Only the columns the mapping names are read; a file's own standardised values are not.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from poems_registry.catalogue.book import Catalogue
from poems_registry.catalogue.contradictions import Surroundings, cross_checks
from poems_registry.catalogue.doubting import doubt_of
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import NOT_DETECTED, SIGNS, Invalid, Number, Typed, same_unit, sign_of
from poems_registry.catalogue.results import RATIO
from poems_registry.domain.findings import Finding, Sign
from poems_registry.domain.names import fold
from poems_registry.domain.proposals import Counts, Fate, Judged, Refused, reconciled
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile
from poems_registry.intake import known
from poems_registry.intake.known import KnownPatients
from poems_registry.intake.mapping import LabsMap, TestMap
from poems_registry.intake.moments import day_and_time, partial_day
from poems_registry.intake.numbers import Numbers, numbers_of
from poems_registry.intake.source import Source, SourceRow

_RESULT = re.compile(rf"(?P<sign>(?:{SIGNS})?)\s*(?P<number>[-+]?[0-9][0-9., ]*)")
_OTHER_SPECIMEN = {"serum": ("plasma", "edta", "citrate", "heparin"), "plasma": ("serum",)}
"""Words in a column of specimens that deny the specimen of an item: the two are never mixed (clinical.md 1.5)."""
_COMPARED = ("value", "state", "sign", "reported", "reported_unit", "limit_low", "limit_high", "assay", "specimen")
"""What a laboratory file can say; what people added to a result here (notes, attribution) is theirs and stays."""


@dataclass(frozen=True, slots=True)
class Result:
    """A row that was understood."""

    row: SourceRow
    patient: Patient
    on: date
    time: str
    visit: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class LabPlan:
    """What is to be done: encounters to add, encounters to save with changed findings, and each row's fate."""

    judged: tuple[Judged, ...]
    counts: Counts
    new: tuple[Encounter, ...]
    changed: tuple[Encounter, ...]
    doubtful: int = 0
    notices: tuple[str, ...] = field(default=())


Moment = tuple[int, date, str]
"""Patient's id, day, time: what makes one sample."""


def patients_named(source: Source, mapping: LabsMap, patients: KnownPatients) -> frozenset[int]:
    """The ids of the patients whom the file names, so that only their records need be read."""
    found = set()
    for row in source.rows:
        if isinstance(row, SourceRow):
            try:
                found.add(known.found(patients, mapping.patient, row[mapping.patient.column]).id)
            except Refused:
                continue
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class LabContext:
    """What rows are read against. `seen_before`: this very file was imported once already."""

    mapping: LabsMap
    catalogue: Catalogue
    patients: KnownPatients
    files: Mapping[int, PatientFile]
    today: date
    seen_before: bool = False
    numbers: Numbers = field(default_factory=Numbers)


def propose(source: Source, context: LabContext) -> LabPlan:
    """Every row's fate, and the encounters that result: one sample for each patient and moment."""
    context = replace(context, numbers=numbers_of(source, context.mapping))
    judged: list[Judged] = []
    samples: dict[Moment, list[Result]] = {}
    for row in source.rows:
        if not isinstance(row, SourceRow):
            judged.append(Judged(row.number, Fate.SET_ASIDE, row.reason, row.cells))
            continue
        try:
            result = _read(row, context)
            if result is None:
                judged.append(Judged(row.number, Fate.IGNORED, "a test that the mapping ignores"))
            else:
                _add(samples, result)
        except Refused as refusal:
            judged.append(Judged(row.number, Fate.SET_ASIDE, str(refusal), row.cells))
    new: list[Encounter] = []
    changed: list[Encounter] = []
    for moment, results in samples.items():
        place = _place(context.files.get(moment[0]), moment, context.mapping.source)
        own, before = place.own, place.own
        fresh: list[Result] = []
        for result in _undenied(own, results, context.catalogue, judged):
            own, fate = _settled(own, place.others, result, context)
            judged.append(fate)
            if fate.fate is Fate.NEW and own is None:
                fresh.append(result)
        if fresh:
            new.append(_sample(moment, fresh, context.mapping))
        elif own is not None and own is not before:
            changed.append(own)
    counts = reconciled(len(source.rows), judged)
    doubtful = sum(1 for results in samples.values() for result in results if _doubt(result, context.catalogue))
    order = sorted(judged, key=lambda each: each.number)
    return LabPlan(tuple(order), counts, tuple(new), tuple(changed), doubtful)


def _undenied(
    own: Encounter | None, results: list[Result], catalogue: Catalogue, judged: list[Judged]
) -> Iterator[Result]:
    """The results of a sample but a light chain ratio that its own two light chains deny (clinical.md 2.4)."""
    here = own.findings if own is not None else ()
    together = {finding.item: finding for finding in (*here, *(result.finding for result in results))}
    for result in results:
        blocks = cross_checks(catalogue, together, Surroundings()) if result.finding.item == RATIO else ()
        if any(block.item == RATIO for block in blocks):
            words = "holds a light chain ratio that kappa over lambda of the same sample denies"
            judged.append(Judged(result.row.number, Fate.SET_ASIDE, words, result.row.cells))
        else:
            yield result


def _add(samples: dict[Moment, list[Result]], result: Result) -> None:
    others = samples.setdefault((result.patient.id, result.on, result.time), [])
    if any(other.finding.item == result.finding.item for other in others):
        raise Refused("holds the same test of the same patient and moment as a row above")
    others.append(result)


def _read(row: SourceRow, context: LabContext) -> Result | None:
    """The result of a row, or None for a test that is to be ignored."""
    mapping = context.mapping
    code = row[mapping.result.test].strip()
    if code in mapping.ignore:
        return None
    test = mapping.tests.get(code)
    if test is None:
        raise Refused("holds a test that the mapping does not know")
    patient = _patient(row, context)
    time_text = row[mapping.when.time] if mapping.when.time else ""
    on, time = day_and_time(row[mapping.when.column], time_text, mapping.when.order, context.today)
    if patient.born is not None and on < patient.born.earliest():
        raise Refused("holds a date before the patient's birth")
    if patient.died is not None and on > patient.died.latest():
        raise Refused("holds a date after the patient's death")
    visit = row[mapping.result.visit].strip() if mapping.result.visit else ""
    return Result(row, patient, on, time, visit, _finding(row, test, time, context))


def _patient(row: SourceRow, context: LabContext) -> Patient:
    key, today = context.mapping.patient, context.today
    patient = known.found(context.patients, key, row[key.column])
    born_text = row[key.born].strip() if key.born else ""
    born = partial_day(born_text, context.mapping.when.order, today) if born_text else None
    known.check_same_person(patient, row[key.family_name] if key.family_name else "", born)
    return patient


def _finding(row: SourceRow, test: TestMap, time: str, context: LabContext) -> Finding:
    mapping, item = context.mapping, context.catalogue.item(test.item)
    columns = mapping.result
    text = row[columns.value].strip()
    _check_specimen(item, row[columns.specimen] if columns.specimen else "")
    assay = (row[columns.assay].strip() if columns.assay else "") or test.assay
    specimen = (row[columns.specimen].strip() if columns.specimen else "") or test.specimen or item.specimen
    state = mapping.states.get(text.casefold())
    if state is not None:
        return Finding(item.code, None, state, assay=assay, specimen=specimen, sample_time=time)
    if not text:
        raise Refused("holds no result")
    number = context.numbers
    typed = _typed(item, test.values.get(text, text), _unit(row, test, context), number, context.today)
    low = _limit(row[columns.low], number) if columns.low else None
    high = _limit(row[columns.high], number) if columns.high else None
    if low is not None and high is not None and low > high:
        raise Refused("holds a lower limit above its upper limit")
    return Finding(
        item.code,
        typed.value,
        sign=typed.sign,
        reported=typed.reported,
        reported_unit=typed.reported_unit,
        limit_low=low,
        limit_high=high,
        assay=assay,
        specimen=specimen,
        sample_time=time,
    )


def _unit(row: SourceRow, test: TestMap, context: LabContext) -> str:
    column = context.mapping.result.unit
    stated = row[column].strip() if column else ""
    return test.units.get(stated, stated) or test.unit


def _check_specimen(item: Item, stated: str) -> None:
    if any(word in fold(stated) for word in _OTHER_SPECIMEN.get(item.specimen, ())):
        raise Refused(f"names another specimen than the {item.specimen} that its test is here; the two are never mixed")


def _typed(item: Item, text: str, unit: str, number: Numbers, today: date) -> Typed:
    """The value in the item's own unit, by the explicit conversion of the unit as reported."""
    kind = item.kind
    match = _RESULT.fullmatch(text) if isinstance(kind, Number) else None
    try:
        if not isinstance(kind, Number):
            return kind.parse(text, today)
        if match is None:
            return _in_words(kind, text, unit, today, number)
        if not unit and kind.unit:
            raise Refused("holds a result without its unit")
        sign = sign_of(match["sign"])
        if sign is not Sign.EQUAL and not kind.censored:
            raise Refused("holds < or > before a result that takes a plain number")
        digits = match["number"].strip()
        exact = number.read(digits)
        as_written = digits.replace(" ", "") if "," not in digits and not number.comma else format(exact, "f")
        return kind.convert(exact, unit, sign, as_written)
    except Invalid as error:
        raise Refused(f"holds a result that cannot be right: {error}") from None


def _in_words(kind: Number, text: str, unit: str, today: date, number: Numbers) -> Typed:
    """`not detected`, or a number with its unit behind it, which a column of units may not deny."""
    if not number.usual and not {",", "."}.isdisjoint(text):
        raise Refused("holds a number with its unit in one cell, of a file whose decimal sign is not certain")
    typed = kind.parse(text, today)
    denied = unit and typed.reported != NOT_DETECTED and same_unit(typed.reported_unit) != same_unit(unit)
    if denied:
        raise Refused("holds another unit in its result than in its column of units")
    return typed


def _limit(text: str, number: Numbers) -> float | None:
    if not text.strip():
        return None
    try:
        return float(number.read(text))
    except Invalid:
        raise Refused("holds a limit that is not a number") from None


@dataclass(frozen=True, slots=True)
class Place:
    """The samples of one moment that are here already: the one of the same source, and those of other sources."""

    own: Encounter | None = None
    others: tuple[Encounter, ...] = ()


def _place(file: PatientFile | None, moment: Moment, source: str) -> Place:
    if file is None:
        return Place()
    at = [e for e in file.encounters if e.kind is EncounterKind.SAMPLE and (e.on, e.time) == moment[1:]]
    own = next((e for e in at if e.source == source or e.source.startswith(f"{source} (")), None)
    return Place(own, tuple(e for e in at if e is not own and e.counts))


def _sample(moment: Moment, results: list[Result], mapping: LabsMap) -> Encounter:
    patient_id, on, time = moment
    visits = ", ".join(dict.fromkeys(result.visit for result in results if result.visit))
    return Encounter(
        patient_id=patient_id,
        kind=EncounterKind.SAMPLE,
        on=on,
        time=time,
        state=EncounterState.RECORDED,
        source=f"{mapping.source} ({visits})" if visits else mapping.source,
        findings=tuple(sorted((result.finding for result in results), key=lambda finding: finding.item)),
    )


def _settled(
    own: Encounter | None, others: tuple[Encounter, ...], result: Result, context: LabContext
) -> tuple[Encounter | None, Judged]:
    """The encounter of this source with the result in it, None if it is still to be made, and the row's fate."""
    finding, number = result.finding, result.row.number
    here = own.finding(finding.item) if own is not None else None
    elsewhere = next((f for e in others if (f := e.finding(finding.item)) is not None), None)
    if any(each is not None and _same(each, finding) for each in (here, elsewhere)):
        return own, Judged(number, Fate.UNCHANGED)
    try:
        if elsewhere is not None and here is None:
            raise Refused("differs from a result of that moment that came here from another source")
        _check_may_change(own, here, context)
    except Refused as refusal:
        return own, Judged(number, Fate.SET_ASIDE, str(refusal), result.row.cells)
    if own is None:
        return None, Judged(number, Fate.NEW)
    if here is None:
        return replace(own, findings=(*own.findings, finding)), Judged(number, Fate.NEW)
    said = {name: getattr(finding, name) for name in _COMPARED}
    better = replace(here, **said, doubt_confirmed_by="", recorded_by="", recorded_at=None)
    after = tuple(better if each is here else each for each in own.findings)
    return replace(own, findings=after), Judged(number, Fate.CHANGED)


def _same(one: Finding, other: Finding) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _COMPARED)


def _check_may_change(own: Encounter | None, here: Finding | None, context: LabContext) -> None:
    if own is not None and own.state is EncounterState.IN_ERROR:
        raise Refused("belongs to a sample that was marked here as entered in error")
    if own is not None and own.state is not EncounterState.RECORDED:
        raise Refused("belongs to a sample that is signed or still a draft here")
    if here is not None and context.seen_before:
        raise Refused("was imported before and has been corrected here since")


def _doubt(result: Result, catalogue: Catalogue) -> bool:
    return bool(doubt_of(catalogue.item(result.finding.item), result.finding))
