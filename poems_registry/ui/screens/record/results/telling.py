"""The grid of results: which tests and dates there are, and what stands in each cell; oldest left, newest right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Number, show_number
from poems_registry.catalogue.results import grouped_tests
from poems_registry.catalogue.wording import high_or_low, letter_unit, limits_in_own_unit, on_screen
from poems_registry.domain.dates import ago, show_date
from poems_registry.domain.evidence_kinds import Specimen
from poems_registry.domain.findings import STATE_WORDS, Finding, State
from poems_registry.domain.intervals import Interval
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import Encounter, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.ui.i18n import tr

CLONE_TESTS = frozenset({"vegf_serum", "vegf_plasma", "spep", "ife_serum", "ife_urine", "m_protein"})
CLONE_STARTS = ("flc_", "ig")
FOUND = {"positive", "too_small", "quantified", "present"}


LEVELS = {"vegf_serum": Specimen.SERUM, "vegf_plasma": Specimen.PLASMA}
LEVEL = ".level"
REACHED = {
    Verdict.MET: "{level} reached",
    Verdict.NOT_MET: "below {level}",
    Verdict.CANNOT_TELL: "cannot tell ({level})",
}


class Choice(StrEnum):
    """Which tests the grid shows."""

    ALL = "all"
    CLONE = "clone"
    ABNORMAL = "abnormal"


@dataclass(frozen=True, slots=True)
class ResultCell:
    """What stands at a test and a date: `words`, whether it is high, low or found, and all that is known of it."""

    words: str = ""
    mark: str = ""
    state: str = ""
    said: str = ""
    encounter_id: int = 0
    converted: bool = False


@dataclass(frozen=True, slots=True)
class TestRow:
    """One test with its cells in the order of the dates, or the title of a group (no cells)."""

    code: str
    label: str
    unit: str = ""
    limits: str = ""
    cells: tuple[ResultCell, ...] = ()

    @property
    def title(self) -> bool:
        """Whether it is the heading of a group."""
        return not self.code

    @property
    def recorded(self) -> bool:
        """Whether any date has something of it."""
        return any(cell.encounter_id for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """Dates as (day, how long ago), oldest first, and the rows below them."""

    dates: tuple[tuple[str, str], ...]
    rows: tuple[TestRow, ...]

    @property
    def tests(self) -> int:
        """How many tests there are, headings not counted."""
        return sum(not row.title and not row.code.endswith(LEVEL) for row in self.rows)


def grid(
    file: PatientFile,
    today: date,
    choice: Choice = Choice.ALL,
    *,
    every: bool = False,
    thresholds: Thresholds | None = None,
) -> Grid:
    """All tests that were ever recorded, under the headings of the form; with `every`, all others below them.

    With `thresholds`, the clinic's decision level of VEGF is a line of its own below it (decision 6).
    """
    tested = {item.code for _, items in grouped_tests() for item in items}
    seen = [e for e in file.counted if any(f.item in tested for f in e.findings)]
    rows: list[TestRow] = []
    others: list[TestRow] = []
    for section, items in grouped_tests():
        made = [_row(item, seen) for item in items]
        kept = [row for row in made if row.recorded and _wanted(row, choice)]
        blank = [r for r, item in zip(made, items, strict=True) if every and not r.recorded and not item.retired]
        if kept and thresholds is not None:
            kept = [line for row in kept for line in (row, *_level(row, seen, thresholds))]
        rows += [TestRow("", section.title), *kept] if kept else []
        title = tr("{section}: not recorded before", section=section.title)
        others += [TestRow("", title), *blank] if blank else []
    dates = tuple((show_date(e.on), ago(e.on, today)) for e in seen)
    return Grid(dates, (*rows, *others))


def _level(row: TestRow, seen: Sequence[Encounter], thresholds: Thresholds) -> tuple[TestRow, ...]:
    """Where each VEGF stands against the level of its own specimen and assay; never mixed with the range."""
    specimen = LEVELS.get(row.code)
    if specimen is None:
        return ()
    label = tr("POEMS decision level, serum") if specimen is Specimen.SERUM else tr("POEMS decision level, plasma")
    cells = tuple(_against_level(label, specimen, e, e.finding(row.code), thresholds) for e in seen)
    return (TestRow(f"{row.code}{LEVEL}", label, row.unit, "", cells),)


def _against_level(
    label: str, specimen: Specimen, encounter: Encounter, finding: Finding | None, thresholds: Thresholds
) -> ResultCell:
    day = show_date(encounter.on)
    if finding is None or not isinstance(finding.value, float):
        return ResultCell(said=f"{label}, {day}: {tr('no result')}")
    level = thresholds.vegf_limits(specimen, finding.assay).decision_level
    verdict = Interval.of(finding.sign, finding.value).at_least(level)
    words = tr(REACHED[verdict], level=show_number(level))
    return ResultCell(words, said=f"{label}, {day}: {words}; {tr('a level of the clinic, not the laboratory range')}")


def _wanted(row: TestRow, choice: Choice) -> bool:
    if choice is Choice.CLONE:
        return row.code in CLONE_TESTS or row.code.startswith(CLONE_STARTS)
    return choice is Choice.ALL or any(cell.mark for cell in row.cells)


def _row(item: Item, seen: Sequence[Encounter]) -> TestRow:
    found = [(e, e.finding(item.code)) for e in seen]
    cells = tuple(_cell(item, e, finding) for e, finding in found)
    return TestRow(
        item.code, item.label, letter_unit(item.unit), _limits(item, (f for _, f in found if f is not None)), cells
    )


def _cell(item: Item, encounter: Encounter, finding: Finding | None) -> ResultCell:
    if finding is None:
        words = tr("not recorded")
        return ResultCell(said=f"{item.label}, {show_date(encounter.on)}: {words}")
    if finding.state is not State.RECORDED:
        words = tr(STATE_WORDS[finding.state])
        return ResultCell(words, "", finding.state.value, _said(item, encounter, finding, words), encounter.id)
    words = on_screen(item, finding)
    if isinstance(item.kind, Number):
        words = words.removesuffix(f"\u00a0{item.unit}").removesuffix("%")
        mark = high_or_low(finding)
    else:
        mark = "found" if finding.value in FOUND else ""
    converted = bool(finding.reported_unit and finding.reported_unit != item.unit)
    said = _said(item, encounter, finding, on_screen(item, finding))
    return ResultCell(words, mark, "", said, encounter.id, converted)


def _said(item: Item, encounter: Encounter, finding: Finding, words: str) -> str:
    """Everything about one result, for the line below the grid and for a screen reader."""
    parts = [f"{item.label}, {show_date(encounter.on)}: {words}"]
    mark = high_or_low(finding)
    parts += [mark] if mark else []
    limits = interval(finding.limit_low, finding.limit_high)
    unit = finding.reported_unit or item.unit
    parts += [tr("laboratory limits {limits} {unit}", limits=limits, unit=unit).rstrip()] if limits else []
    if finding.reported_unit and finding.reported_unit != item.unit:
        parts.append(tr("reported as {value} {unit}", value=finding.reported, unit=finding.reported_unit))
    parts += [tr("assay {name}", name=finding.assay)] if finding.assay else []
    parts += [tr("sample {time}", time=finding.sample_time)] if finding.sample_time else []
    parts += [tr("note: {words}", words=finding.note)] if finding.note else []
    return "; ".join(parts)


def _limits(item: Item, findings: Iterable[Finding]) -> str:
    """The newest limits a laboratory gave, in the row's unit; each result is judged by its own (decision 6)."""
    given = [f for f in findings if f.limit_low is not None or f.limit_high is not None]
    return interval(*limits_in_own_unit(item.kind, given[-1])) if given and isinstance(item.kind, Number) else ""


def interval(low: float | None, high: float | None) -> str:
    """Limits in words, empty for none."""
    if low is not None and high is not None:
        return tr("{low} to {high}", low=show_number(low), high=show_number(high))
    if high is not None:
        return tr("up to {high}", high=show_number(high))
    return tr("from {low}", low=show_number(low)) if low is not None else ""
