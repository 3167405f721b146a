"""Which items bear on the response: turns a record into the dated values that `domain.response` judges.

What is not recorded gives no value, never a negative. Treatment before the diagnosis (line 0) is no line of therapy.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from poems_registry.catalogue.book import CATALOGUE, compute, exact_values
from poems_registry.catalogue.reading import Reading
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.evidence_kinds import FixationResult, FixationSpecimen, Specimen
from poems_registry.domain.intervals import Interval
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.domain.response import Course, Domain, Line, joined
from poems_registry.domain.response_rules.course import (
    Ending,
    Fixation,
    LesionClone,
    MarrowClone,
    MProtein,
    Organ,
    OrganValue,
    PetScan,
    RelapseTold,
    Score,
    Seen,
    VegfValue,
)
from poems_registry.domain.response_thresholds import ClinicalMeasure
from poems_registry.domain.treatments import TRANSPLANT, Event, TreatmentLine, happened

RELAPSES = frozenset({"relapse", "progression"})
NO_BAND = Interval.exactly(0.0)
BANDS = {
    "not_detected": NO_BAND,
    "too_small": Interval(0.0, 5.0, low_open=True, high_open=True),
}
"""What electrophoresis alone says of the M-protein, g/L: a band too small to quantify is some, and far from 5."""

SCORES = (
    (ClinicalMeasure.ONLS, ("onls_arm", "onls_leg")),
    (ClinicalMeasure.INCAT, ("incat_arm", "incat_leg")),
    (ClinicalMeasure.IRODS, ("irods_centile",)),
)
EFFUSION_GRADES = ("effusion_grade", "pleural_effusion_grade", "ascites_grade", "pericardial_effusion_grade")
EFFUSIONS = ("pleural_effusion", "ascites")
GRADED_SITES = (*EFFUSIONS, "pericardial_effusion")


def course_of(file: PatientFile, draft: Encounter | None = None) -> Course:
    """All that bears on response in a record; a draft visit counts only when it is given (the live answer)."""
    encounters = [*file.counted, draft] if draft is not None else list(file.counted)
    return joined([course_of_history(file), *map(course_of_encounter, encounters)])


def course_of_history(file: PatientFile) -> Course:
    """Lines of therapy, relapses and deaths, without any visit."""
    events = happened(file.events, file.lines)
    lines = [line for line in file.lines if line.number > 0]
    told = [event.on for event in file.events if event.kind == TRANSPLANT]
    return Course(
        lines=tuple(_line(line, [on for on in told if _line_of(on, lines) is line]) for line in lines),
        relapses=tuple(_told(event) for event in events if event.kind in RELAPSES),
        deaths=tuple(_deaths(file, events)),
        seen=tuple(Seen(event.on.earliest()) for event in events if event.on is not None and event.kind != "death"),
    )


def course_of_encounter(encounter: Encounter) -> Course:
    """What one encounter says about the response."""
    return course_of_reading(Reading(encounter))


def course_of_reading(reading: Reading) -> Course:
    """The same of an encounter that is read already."""
    return Course(
        vegf=tuple(_vegf(reading)),
        fixations=tuple(_fixations(reading)),
        marrows=tuple(_marrows(reading)),
        lesions=tuple(_lesions(reading)),
        m_proteins=tuple(_m_proteins(reading)),
        scans=tuple(_scans(reading)),
        scores=tuple(_scores(reading)),
        organs=tuple(_organs(reading)),
        seen=(Seen(reading.on),),
    )


def _line(line: TreatmentLine, told: Iterable[PartialDate | None]) -> Line:
    """A line of therapy; `told`: the transplants recorded as events of its days."""
    infused = [each.infused.earliest() for each in line.transplants if each.infused is not None]
    return Line(
        line.number,
        line.start,
        line.id,
        transplant_planned=_transplant_planned(line),
        transplanted=min([*infused, *(_day(on)[0] for on in told)], default=None),
        ended=line.stop.latest() if line.stop is not None else None,
    )


def _transplant_planned(line: TreatmentLine) -> bool:
    """Whether a transplant belongs to the line; that it was given is told by its infusion only."""
    return line.category.upper().startswith("ASCT") or bool(line.transplants) or TRANSPLANT in line.planned


def _line_of(on: PartialDate | None, lines: Iterable[TreatmentLine]) -> TreatmentLine | None:
    """The line a transplant of that day belongs to: the last begun by then; without a day, one that planned it."""
    begun = [line for line in lines if on is None or line.start is None or line.start.earliest() <= on.latest()]
    return max(
        begun,
        key=lambda line: (on is None and _transplant_planned(line), line.start or PartialDate(1), line.number),
        default=None,
    )


def _told(event: Event) -> RelapseTold:
    serious = bool(event.treated) or bool(event.symptomatic) or Domain.CLINICAL.value in event.domains
    return RelapseTold(*_day(event.on), serious, event.on.latest() if event.on is not None else None)


def _deaths(file: PatientFile, events: Iterable[Event]) -> Iterator[Ending]:
    died = file.patient.died
    told = [died] if died is not None else [event.on for event in events if event.kind == "death"]
    yield from (Ending(*_day(on), on.latest() if on is not None else None) for on in told)


def _day(on: PartialDate | None) -> tuple[date, bool]:
    return (on.earliest(), True) if on is not None else (date.min, False)


def _vegf(reading: Reading) -> Iterator[VegfValue]:
    for item, specimen in (("vegf_serum", Specimen.SERUM), ("vegf_plasma", Specimen.PLASMA)):
        finding, value = reading.recorded(item), reading.interval(item)
        if finding is None or value is None:
            continue
        confounders = list(reading.codes("vegf_confounders"))
        if reading.says("intercurrent_illness") and "acute_illness" not in confounders:
            confounders.append("acute_illness")
        yield VegfValue(
            on=reading.on,
            value=value,
            specimen=specimen,
            upper_limit=finding.limit_high,  # ng/L and pg/mL are the same number, so the limit needs no conversion
            assay=finding.assay.strip(),
            confounders=tuple(sorted(confounders)),
            encounter=reading.encounter.id,
        )


def _fixations(reading: Reading) -> Iterator[Fixation]:
    for item, specimen in (("ife_serum", FixationSpecimen.SERUM), ("ife_urine", FixationSpecimen.URINE)):
        result = reading.code(item)
        if result:
            yield Fixation(reading.day(f"{item}_on"), specimen, FixationResult(result), reading.encounter.id)


def _marrows(reading: Reading) -> Iterator[MarrowClone]:
    results = [code for item in ("marrow_flow", "marrow_ihc") if (code := reading.code(item))]
    if results:
        clonal = any(code.startswith("clonal") for code in results)
        yield MarrowClone(reading.day("marrow_on"), clonal, reading.encounter.id)


def _lesions(reading: Reading) -> Iterator[LesionClone]:
    result = reading.code("lesion_biopsy")
    if result:
        yield LesionClone(reading.on, result.startswith("clonal"), reading.encounter.id)


def _m_proteins(reading: Reading) -> Iterator[MProtein]:
    value, band = reading.interval("m_protein"), BANDS.get(reading.code("spep"))
    if value is None or (value.censored and band == NO_BAND):
        value = band
    if value is not None:
        yield MProtein(reading.on, value, reading.encounter.id)


def _number(reading: Reading, item: str) -> Interval | None:
    """A number as recorded; else what follows from the answers behind it, such as the tasks of a score."""
    told = reading.interval(item)
    derived = CATALOGUE.by_tasks.get(item)
    if told is not None or derived is None or reading.recorded(derived.needs[0]) is None:
        return told
    value = compute(derived, exact_values(reading.encounter.findings))
    return Interval.exactly(value) if value is not None else None


def _scans(reading: Reading) -> Iterator[PetScan]:
    avid, suv_sum = reading.interval("fdg_avid_count"), _number(reading, "suv_sum")
    new = reading.says("fdg_new_lesion")
    if avid is None and suv_sum is None and new is None:
        return
    on = reading.day("bone_imaged_on") if reading.code("bone_imaging") == "pet_ct" else reading.on
    yield PetScan(on, avid, suv_sum, new, reading.encounter.id)


def _scores(reading: Reading) -> Iterator[Score]:
    for measure, items in SCORES:
        parts = [value.low for item in items if (value := _number(reading, item)) is not None]
        if len(parts) == len(items):
            yield Score(reading.on, measure, tuple(parts), reading.encounter.id)


def _organs(reading: Reading) -> Iterator[OrganValue]:
    for organ, value in (
        (Organ.OEDEMA, _oedema(reading)),
        (Organ.EFFUSION, _effusion(reading)),
        (Organ.PAPILLOEDEMA, _discs(reading)),
        (Organ.PASP, reading.interval("pasp")),
        (Organ.TLCO, reading.interval("tlco")),
    ):
        if value is not None:
            yield OrganValue(reading.on, organ, value, reading.encounter.id)


def _oedema(reading: Reading) -> Interval | None:
    """The CTCAE grade; no oedema is grade 0."""
    grade = reading.code("oedema_grade") or ("0" if reading.code("oedema") == "none" else "")
    return Interval.exactly(float(grade)) if grade else None


def _effusion(reading: Reading) -> Interval | None:
    """The worst grade, unless fluid without a grade may be worse; 0 where chest and abdomen were both seen without."""
    if any(reading.says(site) and not reading.code(f"{site}_grade") for site in GRADED_SITES):
        return _retired_grade(reading)
    grades = [float(code) for item in EFFUSION_GRADES if (code := reading.code(item))]
    if grades:
        return Interval.exactly(max(grades))
    none = all(reading.says(item) is False for item in EFFUSIONS)
    return Interval.exactly(0.0) if none else None


def _retired_grade(reading: Reading) -> Interval | None:
    """The worst grade of all sites, as forms asked it before each site had its own."""
    grade = reading.code("effusion_grade")
    return Interval.exactly(float(grade)) if grade else None


def _discs(reading: Reading) -> Interval | None:
    """1 with papilloedema of either eye, 0 if both are clear."""
    eyes = [reading.says(item) for item in ("papilloedema_right", "papilloedema_left")]
    if any(eyes):
        return Interval.exactly(1.0)
    return Interval.exactly(0.0) if eyes == [False, False] else None
