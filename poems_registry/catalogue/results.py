"""Results as people enter them: which tests there are, what is asked beside one, and what a sheet of them says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from poems_registry.catalogue.book import CATALOGUE, Catalogue
from poems_registry.catalogue.contradictions import Surroundings, cross_checks
from poems_registry.catalogue.doubting import doubt_of
from poems_registry.catalogue.drafting import read_field
from poems_registry.catalogue.item import Item, Section
from poems_registry.catalogue.kinds import SIGNS, Choice, Invalid, Number, same_unit
from poems_registry.catalogue.wording import on_screen
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import STATE_WORDS, Finding, State
from poems_registry.domain.records import PatientFile

FIRST: Final = "blood"
WITHOUT_NUMBER: Final = frozenset({"spep", "ife_serum", "ife_urine"})
"""Laboratory findings in words that belong beside the numbers."""

TIMED: Final = frozenset({"cortisol_9am"})
"""Tests that say nothing without the time of their sample (clinical.md 2.3)."""

FLAGS: Final[Mapping[str, tuple[str, ...]]] = {
    "vegf_serum": ("steroids_3m", "on_treatment"),
    "vegf_plasma": ("steroids_3m", "on_treatment"),
    "cortisol_9am": ("steroids_14d",),
    "synacthen_0": ("steroids_14d",),
    "synacthen_30": ("steroids_14d",),
    "tsh": ("steroids_14d",),
    "glucose_fasting": ("steroids_14d",),
}
"""What is asked of the sample because it changes how the test is read (clinical.md 1.5, 2.3)."""

RATIO: Final = "flc_ratio_reported"
"""Refused where the two light chains typed with it deny it (clinical.md 2.4)."""

LIGHT_CHAINS: Final = frozenset({"flc_kappa", "flc_lambda", RATIO})

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])")
_FIGURES = r"[0-9]{1,3}(?:[ ,][0-9]{3})+(?:\.[0-9]+)?(?![0-9^*/])|[0-9]+(?:[.,][0-9]*)?"
_NUMBER_AND_UNIT = re.compile(rf"\s*(?P<number>(?:{SIGNS})?\s*[-+]?(?:{_FIGURES}))\s*(?P<unit>.*)")


def is_test(item: Item) -> bool:
    """Whether it stands in the grid of results; what is measured for research stands by its sample."""
    return (item.lab or item.code in WITHOUT_NUMBER) and not item.research


def grouped_tests(catalogue: Catalogue = CATALOGUE) -> tuple[tuple[Section, tuple[Item, ...]], ...]:
    """Every test under the heading of the form, blood first."""
    ordered = sorted(catalogue.sections, key=lambda each: each.code != FIRST)
    groups = [(each, tuple(item for item in each.items if is_test(item))) for each in ordered]
    return tuple(group for group in groups if group[1])


def sample_time(text: str) -> str:
    """`9:05`, `09.05` and `0905` are `09:05`; Invalid for a time that is none."""
    if not text.strip():
        return ""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise Invalid("the time of the sample is not a time of the day, such as 09:05")
    return f"{int(match[1]):02}:{match[2]}"


def number_and_unit(text: str) -> tuple[str, str]:
    """What was typed, apart: `<1.2 g/dL` gives `<1.2` and `g/dL`; the unit is empty where none stands."""
    match = _NUMBER_AND_UNIT.fullmatch(text)
    return (match["number"].strip(), match["unit"].strip()) if match is not None else (text.strip(), "")


def completed(item: Item, text: str) -> str:
    """Where an answer of a list was begun and only one fits, that answer in full; else what was typed."""
    kind, wanted = item.kind, text.strip().casefold()
    if not isinstance(kind, Choice) or not wanted:
        return text
    fitting = [o.label for o in kind.options if o.label.casefold().startswith(wanted) or o.code.casefold() == wanted]
    return fitting[0] if len(fitting) == 1 else text


def units_of(item: Item) -> tuple[str, ...]:
    """Its own unit and those that are converted to it, each way of writing once."""
    if not isinstance(item.kind, Number) or not item.kind.unit:
        return ()
    units = {same_unit(unit): unit for unit in reversed((item.kind.unit, *item.kind.units))}
    return tuple(reversed(units.values()))


@dataclass(frozen=True, slots=True)
class Said:
    """One field of a sheet: the finding if it reads, else why not; and what is unusual about it."""

    finding: Finding | None = None
    problem: str = ""
    doubt: str = ""


def said_by(
    item: Item, typed: FieldDraft, on: date, file: PatientFile, by: str = "", at: datetime | None = None
) -> Said:
    """What a field means on its day: problems refuse, a doubt is asked once."""
    if typed.is_blank:
        return Said()
    if item.retired:
        return Said(problem="is no longer recorded here")
    if typed.state is None and not typed.text.strip():
        return Said(problem="" if _only_flags(item) else "something is typed beside it, but no result")
    try:
        ready = replace(typed, sample_time=sample_time(typed.sample_time))
        finding = read_field(item, ready, on, by, at)
    except Invalid as error:
        return Said(problem=str(error).removeprefix(f"{item.label}: "))
    if finding is None:
        return Said()
    if item.code in TIMED and finding.state is State.RECORDED and not finding.sample_time:
        return Said(problem="say at what time the sample was taken: without it this test cannot be read")
    return Said(finding, doubt=doubt_about(item, finding, on, file))


def _only_flags(item: Item) -> bool:
    return not is_test(item)


def doubt_about(item: Item, finding: Finding, on: date, file: PatientFile) -> str:
    """Possible but unusual, or recorded on that day already."""
    unusual = doubt_of(item, finding)
    twice = [
        on_screen(item, found) if found.state is State.RECORDED else STATE_WORDS[found.state]
        for each in file.counted
        if each.on == on and (found := each.finding(item.code)) is not None and is_test(item)
    ]
    again = f"this day has a result of this test already: {', '.join(twice)}" if twice else ""
    return "; ".join(part for part in (unusual, again) if part)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All fields of one sample, read: what can be recorded, what is wrong, what is unusual and not yet confirmed."""

    findings: tuple[Finding, ...]
    problems: dict[str, str]
    doubts: dict[str, str]


def read_sheet(
    fields: Mapping[str, FieldDraft], on: date, file: PatientFile, by: str = "", at: datetime | None = None
) -> Sheet:
    """Read every field; the steroid and treatment answers count only beside a test that asks for them."""
    findings: list[Finding] = []
    problems: dict[str, str] = {}
    doubts: dict[str, str] = {}
    asked = {flag for code, typed in fields.items() if not typed.is_blank for flag in FLAGS.get(code, ())}
    for code, typed in fields.items():
        item = CATALOGUE.item(code)
        if not is_test(item) and code not in asked:
            continue
        said = said_by(item, typed, on, file, by, at)
        if said.problem:
            problems[code] = said.problem
        elif said.doubt and not typed.doubt_confirmed:
            doubts[code] = said.doubt
        if said.finding is not None:
            unneeded = not said.doubt and said.finding.doubt_confirmed_by
            findings.append(replace(said.finding, doubt_confirmed_by="") if unneeded else said.finding)
    by_code = {finding.item: finding for finding in findings}
    for block in cross_checks(CATALOGUE, by_code, Surroundings()):
        if block.item == RATIO:
            problems.setdefault(RATIO, block.words)
    return Sheet(tuple(findings), problems, doubts)
