"""Items that cannot both be right, or seldom are: scores and their tasks, results and their parts, dates, last time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from poems_registry.catalogue.book import Catalogue, compute, exact_values
from poems_registry.catalogue.kinds import NBSP, show_number
from poems_registry.catalogue.wording import meaning
from poems_registry.domain.dates import PartialDate, show_date
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import Encounter, EncounterKind, PatientFile
from poems_registry.domain.thresholds import Thresholds

Findings = Mapping[str, Finding]


class BlockKind(StrEnum):
    """What stops signing: an answer that is missing, two that exclude each other, one that awaits a confirmation."""

    MISSING = "missing"
    CONTRADICTION = "contradiction"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Block:
    """Something that stops signing: the item to go to, and words for the person who signs."""

    item: str
    words: str
    kind: BlockKind = BlockKind.CONTRADICTION


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a visit is judged beside: its day, the person's birth and death, last time's values, each with its day.

    `kind`: only a clinic visit must say how the five features stand. `thresholds`: when an organ counts as enlarged.
    """

    on: date | None = None
    born: PartialDate | None = None
    died: PartialDate | None = None
    last: Mapping[str, tuple[date, Finding]] = field(default_factory=dict)
    kind: EncounterKind = EncounterKind.CLINIC
    thresholds: Thresholds = field(default_factory=Thresholds)


LOOKS_BACK: Final = ("mrc_variant", "weight")
"""The items that are compared with last time."""

SUMS: Final = frozenset({"mrc_sum", "suv_sum"})
"""Grades that are plain sums of their parts: another number is refused, not doubted."""

WEIGHT_CHANGE, WEIGHT_DAYS = 0.1, 92
"""Clinical.md 2.6: more than 10 per cent within three months."""

GRIPS: Final = (("grip_left_kg", "grip_right_kg"), ("grip_left_kpa", "grip_right_kpa"))
PLANNED: Final = ("next_visit", "contact_next")
MANY_LESIONS: Final = {"solitary": ("1",), "two_three": ("2", "3"), "more": ("4-10", "11+")}


def surroundings(file: PatientFile, encounter: Encounter, on: date, thresholds: Thresholds) -> Surroundings:
    """What a visit of that day is judged beside: the person's life, and what the record said before it."""
    last = {}
    for code in LOOKS_BACK:
        found = file.last(code, before=replace(encounter, on=on))
        if found is not None:
            last[code] = (found[0].on, found[1])
    return Surroundings(on, file.patient.born, file.patient.died, last, encounter.kind, thresholds)


def cross_checks(catalogue: Catalogue, findings: Findings, around: Surroundings) -> Iterator[Block]:
    """Every block that needs more than one item; what is doubtful is given whether it was confirmed or not."""
    yield from _grades(catalogue, findings)
    for check in _CHECKS:
        yield from check(findings)
    yield from _last_time(catalogue, findings, around)
    yield from _life(catalogue, findings, around)
    yield from _planned(catalogue, findings, around)
    yield from _organs(catalogue, findings, around.thresholds)


def _grades(catalogue: Catalogue, findings: Findings) -> Iterator[Block]:
    """A typed grade that its own task answers contradict (clinical.md 2.1): doubted; a sum of parts: refused."""
    known = exact_values(findings.values())
    for grade, derived in catalogue.by_tasks.items():
        typed, value = _number(findings, grade), compute(derived, known)
        if typed is None or value is None or round(typed - value, 6) == 0:
            continue
        item = catalogue.item(grade)
        explained = meaning(item, value)
        says = f"{show_number(value)}{f', {explained}' if explained else ''}"
        parts = "parts add up to" if grade in SUMS else "tasks give"
        kind = BlockKind.CONTRADICTION if grade in SUMS else BlockKind.DOUBT
        yield Block(grade, f"{item.label}: its {parts} {says}, not {show_number(typed)}", kind)


def _scores(findings: Findings) -> Iterator[Block]:
    """Scores that cannot both be right (clinical.md 2.1, 2.6)."""
    ecog, karnofsky = _number(findings, "ecog"), _number(findings, "karnofsky")
    if ecog is not None and karnofsky is not None and ecog >= 3 and karnofsky >= 80:
        words = f"ECOG {ecog:g} and Karnofsky {karnofsky:g}{NBSP}% contradict each other"
        yield Block("ecog", words, BlockKind.DOUBT)
    sum_score, variant = _number(findings, "mrc_sum"), findings.get("mrc_variant")
    if sum_score is not None and variant is not None and variant.value == "12" and sum_score > 60:
        yield Block("mrc_sum", "MRC sum score of 12 muscles is at most 60")
    if _number(findings, "irods_centile") is not None and _number(findings, "irods_raw") is None:
        yield Block("irods_centile", "I-RODS centile without its raw score", BlockKind.DOUBT)


def _synacthen(findings: Findings) -> Iterator[Block]:
    start, half_hour = _number(findings, "synacthen_0"), _number(findings, "synacthen_30")
    if start is not None and half_hour is not None and half_hour < start:
        words = "Synacthen at 30 min is below 0 min. Correct it or confirm it"
        yield Block("synacthen_30", words, BlockKind.DOUBT)


def _cortisol(findings: Findings) -> Iterator[Block]:
    """A morning cortisol says nothing without its time (clinical.md 2.3)."""
    cortisol = findings.get("cortisol_9am")
    if cortisol is not None and cortisol.state is State.RECORDED and not cortisol.sample_time:
        yield Block("cortisol_9am", "Cortisol, 9 am: the time of the sample is not stated", BlockKind.DOUBT)


def _ratio(findings: Findings) -> Iterator[Block]:
    """A light chain ratio that its own two parts deny (clinical.md 2.4): refused beyond 5 per cent."""
    kappa, lambda_ = _number(findings, "flc_kappa"), _number(findings, "flc_lambda")
    reported = _number(findings, "flc_ratio_reported")
    if kappa is None or lambda_ is None or reported is None:
        return
    if abs(reported * lambda_ - kappa) > 0.05 * kappa * (1 + 1e-9):
        words = f"Free light chain ratio {reported:g}, but kappa over lambda is {show_number(kappa / lambda_, 2)}"
        yield Block("flc_ratio_reported", words)


def _grip(findings: Findings) -> Iterator[Block]:
    """Two hands that differ by more than half of the stronger one (clinical.md 2.1)."""
    for left, right in GRIPS:
        one, other = _number(findings, left), _number(findings, right)
        if one is not None and other is not None and abs(one - other) > 0.5 * max(one, other):
            words = f"Grip left {show_number(one)} and right {show_number(other)} differ by more than half"
            yield Block(right, words, BlockKind.DOUBT)


def _lesions(findings: Findings) -> Iterator[Block]:
    """The number of bone lesions against the extent (clinical.md 2.4)."""
    count, extent = _code(findings, "bone_lesion_count"), _code(findings, "extent")
    if count and extent in MANY_LESIONS and count not in MANY_LESIONS[extent]:
        yield Block("extent", "Extent and number of bone lesions do not agree", BlockKind.DOUBT)


def _last_time(catalogue: Catalogue, findings: Findings, around: Surroundings) -> Iterator[Block]:
    """What must stay as it was, or seldom moves so far (clinical.md 2.1, 2.6)."""
    variant, before = _code(findings, "mrc_variant"), around.last.get("mrc_variant")
    if variant and before is not None and before[1].value != variant:
        was = catalogue.item("mrc_variant").kind.show(str(before[1].value))
        words = f"MRC muscles tested: {was} on {show_date(before[0])}; sums of the two cannot be compared"
        yield Block("mrc_variant", words, BlockKind.DOUBT)
    weight, last = _number(findings, "weight"), around.last.get("weight")
    if weight is None or last is None or around.on is None or not isinstance(last[1].value, float):
        return
    far = abs(weight - last[1].value) > WEIGHT_CHANGE * last[1].value
    if far and (around.on - last[0]).days <= WEIGHT_DAYS:
        was = f"{show_number(last[1].value, 1)}{NBSP}kg"
        words = f"Weight: more than 10{NBSP}% from the {was} of {show_date(last[0])}"
        yield Block("weight", words, BlockKind.DOUBT)


def _life(catalogue: Catalogue, findings: Findings, around: Surroundings) -> Iterator[Block]:
    """Grades that mean death need a recorded death; no date lies before birth (clinical.md 2.0, 2.1)."""
    for code, grade in (("mrs", 6), ("ecog", 5)):
        if _number(findings, code) == grade and around.died is None:
            item = catalogue.item(code)
            yield Block(code, f"{item.label}: {grade} means died, but no death is recorded with the patient")
    if around.born is None:
        return
    for code, finding in findings.items():
        if isinstance(finding.value, PartialDate) and finding.value.latest() < around.born.earliest():
            item = catalogue.item(code)
            yield Block(code, f"{item.label}: {show_date(finding.value)} lies before the patient was born")


def _organs(catalogue: Catalogue, findings: Findings, thresholds: Thresholds) -> Iterator[Block]:
    """Organomegaly is absent, and a size is above the clinic's level: one of the two is a slip, or has a reason."""
    if _code(findings, "o_status") != "absent":
        return
    levels = (
        ("spleen_length", thresholds.spleen_cm, "above"),
        ("liver_span", thresholds.liver_cm, "above"),
        ("node_short_axis", thresholds.node_short_axis_mm, "at least"),
    )
    for code, level, words in levels:
        size = _number(findings, code)
        if size is None or size < level or (size == level and words == "above"):
            continue
        item = catalogue.item(code)
        limit = f"{show_number(level)}{NBSP}{item.unit}"
        yield Block(code, f"{item.label}: {words} {limit}, but organomegaly is absent", BlockKind.DOUBT)


def _planned(catalogue: Catalogue, findings: Findings, around: Surroundings) -> Iterator[Block]:
    """What is planned lies ahead: a letter would name a day that is gone."""
    for code in PLANNED:
        planned = findings.get(code)
        if planned is None or around.on is None or not isinstance(planned.value, PartialDate):
            continue
        if planned.value.latest() <= around.on:
            label = catalogue.item(code).label
            yield Block(code, f"{label}: {show_date(planned.value)} is not after {show_date(around.on)}, the day seen")


_CHECKS: Final[tuple[Callable[[Findings], Iterator[Block]], ...]] = (
    _scores,
    _ratio,
    _synacthen,
    _cortisol,
    _grip,
    _lesions,
)


def _code(findings: Findings, code: str) -> str:
    finding = findings.get(code)
    return finding.value if finding is not None and isinstance(finding.value, str) else ""


def _number(findings: Findings, code: str) -> float | None:
    """An exact number; a censored one contradicts nothing."""
    finding = findings.get(code)
    if finding is None or finding.sign is not Sign.EQUAL or not isinstance(finding.value, float):
        return None
    return finding.value
