"""Blood results and scores over time, the newest at the right (decision 5), each with its own limits (decision 6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.comparable import taken_otherwise, way_of
from poems_registry.catalogue.item import Derived, Item
from poems_registry.catalogue.kinds import Number, show_number
from poems_registry.catalogue.wording import (
    as_reported,
    derived_words,
    high_or_low,
    letter_unit,
    limits_in_own_unit,
    number_words,
    within_limits,
)
from poems_registry.domain.dates import NO_BREAK_SPACE
from poems_registry.domain.findings import Finding, State
from poems_registry.letters.result_days import EXAMINED, SCORES, When, head
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Align, Column, Row, Run, Runs, Table, bold, plain

KEY_RESULTS = ("vegf_serum", "vegf_plasma", "m_protein", "flc_lambda", "flc_kappa", "platelets", "haemoglobin")
"""Rows whenever one of the dates has them; of the two light chains only the one of the abnormal protein.

Another test gets a row when it is outside the laboratory's range now or was the time before, or is awaited; what is
left is told in a sentence (nhs.md 3.1: results that the GP needs).
"""


_GRIPS = {"grip_left_kg": "grip_right_kg", "grip_left_kpa": "grip_right_kpa"}
"""Left and right stand in one row."""

_SHORT = {"m_protein": "Abnormal protein"}
NOT_RECORDED = "not recorded"
RATIO, RATIO_REPORTED = "flc_ratio", "flc_ratio_reported"
CALCULATED = "calculated"
"""Behind a light chain ratio that the laboratory did not report; as its unit where it reported none at all."""
_CENSORED = "cannot be calculated"
_NONE = "none detected"
_STATE = {
    State.NOT_DONE: "not done",
    State.PENDING: "awaited",
    State.DECLINED: "declined",
    State.UNABLE: "could not be assessed",
    State.UNKNOWN: "not known",
    State.NOT_APPLICABLE: "not applicable",
}


@dataclass(frozen=True, slots=True)
class Series:
    """One test: name, unit, and for each date a cell and the laboratory's limits of that very result ("" for none).

    `code` is the item's. `row` says whether it stands in the table; a test without one is told in a sentence of this
    visit. `inside`: all of this visit's result lies within its limits.
    """

    code: str
    name: str
    unit: str
    cells: tuple[str, ...]
    ranges: tuple[str, ...]
    row: bool = True
    inside: bool = False

    @property
    def range(self) -> str:
        """The limits as the row's heading has them: only where every value shown came with these very limits.

        A range belongs to the result it came with (decision 6): one laboratory's limits say nothing of another's value.
        """
        told = {given for given, cell in zip(self.ranges, self.cells, strict=True) if says_a_value(cell)}
        return told.pop() if len(told) == 1 else ""

    @property
    def own_range(self) -> str:
        """The limits given with this visit's result."""
        return self.ranges[-1]

    @property
    def printed(self) -> tuple[str, ...]:
        """The cells with what stands behind each value: its own range, where the heading cannot hold it for all."""
        if self.range:
            return self.cells
        pairs = zip(self.cells, self.ranges, strict=True)
        return tuple(_with_range(cell, given) for cell, given in pairs)

    @property
    def unit_and_range(self) -> str:
        """As the second column and the lines of large print say it."""
        return ", ".join(part for part in (self.unit, self.range) if part)

    @property
    def out_of_range(self) -> bool:
        """Whether this visit's value is high or low."""
        return self.cells[-1].endswith((" high", " low"))


def _with_range(cell: str, given: str) -> str:
    """`1,150 high (range up to 771)`; two brackets in a row become one."""
    if not given:
        return cell
    return f"{cell.removesuffix(')')}, range {given})" if cell.endswith(")") else f"{cell} (range {given})"


def says_a_value(cell: str) -> bool:
    """Whether a cell holds a result, not the reason why there is none."""
    return bool(cell) and cell not in (NOT_RECORDED, _CENSORED) and cell not in _STATE.values()


def series(visit: Visit, shown: Sequence[When], since: date | None = None) -> tuple[Series, ...]:
    """All that is told, in print order: VEGF and the clone, blood counts, other tests of this visit, scores.

    With `since` every test of that day or later is told, not only of this visit, and each has a row.
    """
    codes = [*KEY_RESULTS, *_others()]
    rows = [_result(CATALOGUE.item(code), shown) for code in codes if _shown(code, visit, shown, since=since)]
    own_chain = _chains(visit)
    if since is None:
        rows = [
            row if row.code in own_chain and not _never_there(row) else replace(row, row=_needed(row)) for row in rows
        ]
    before = sum(row.code in KEY_RESULTS[: KEY_RESULTS.index("flc_kappa") + 1] for row in rows)
    rows[before:before] = _light_chain_ratio(shown)
    rows += _totals(CATALOGUE.section_of["onls_arm"].derived, shown)
    scores = next(s for s in CATALOGUE.sections if s.code == "scores")
    told = {need for d in scores.derived for need in d.needs}
    bedside = [code for code in EXAMINED if _shown(code, visit, shown, score=True)]
    rows += _paired([_result(CATALOGUE.item(code), shown) for code in bedside])
    own = [CATALOGUE.item(code) for code in SCORES if code not in told and _shown(code, visit, shown)]
    rows += [replace(_result(item, shown), row=False) for item in own]
    return (*rows, *_totals(scores.derived, shown))


def _chains(visit: Visit) -> frozenset[str]:
    """The key results, without the light chain that the abnormal protein does not have."""
    last = visit.last("light_chain")
    chain = visit.answer("light_chain") or (str(last[1].value) if last else "")
    other = {"lambda": "flc_kappa", "": "flc_kappa", "kappa": "flc_lambda"}.get(chain, "")
    return frozenset(KEY_RESULTS) - {other}


def _never_there(row: Series) -> bool:
    """Looked for at each date and never found: told, but no row is needed."""
    return len(row.cells) > 1 and set(row.cells) == {_NONE}


def _needed(row: Series) -> bool:
    """Whether a test that is no key result gets a row: high, low, awaited or the like, now or the time before."""
    return any(cell.endswith((" high", " low")) or cell in _STATE.values() for cell in row.cells[-2:])


def _paired(rows: Sequence[Series]) -> list[Series]:
    """Left and right grip in one row, `18 and 19`."""
    by_code = {row.code: row for row in rows}
    told = {right for left, right in _GRIPS.items() if left in by_code}
    return [_with_right(row, by_code.get(_GRIPS.get(row.code, ""))) for row in rows if row.code not in told]


def _with_right(left: Series, right: Series | None) -> Series:
    if right is None:
        return left
    pairs = zip(left.cells, right.cells, strict=True)
    cells = tuple(a if a == b and not a[:1].isdigit() else f"{a} and {b}" for a, b in pairs)
    name = left.name.replace("Left hand grip", "Hand grip, left and right")
    return replace(left, name=name, cells=cells, ranges=("",) * len(cells))


def table(shown: Sequence[When], rows: Sequence[Series]) -> Table:
    """The table of a page; in large print each row becomes one line, newest first."""
    width = 96.0 / len(shown) if shown else 96.0
    columns = [Column("Test", 40, bold=True, together=True), Column("Unit, range", 36, together=True)]
    last = len(shown) - 1
    columns += [
        Column(head(when), width, Align.RIGHT, bold=index == last, emphasised=index == last, together=True)
        for index, when in enumerate(shown)
    ]
    return Table(tuple(columns), tuple(_row(shown, row) for row in rows))


def _others() -> list[str]:
    """All tests but the key results, in the catalogue's order."""
    labs = [i for s in CATALOGUE.sections for i in s.items if i.lab and i.in_letter]
    return [i.code for i in labs if i.code not in KEY_RESULTS and not i.research and not i.retired]


def _shown(code: str, visit: Visit, shown: Sequence[When], *, score: bool = False, since: date | None = None) -> bool:
    today = [when for when in shown if when.on >= (since or visit.encounter.on)]
    asked = shown if code in KEY_RESULTS or score else today
    found = [f for when in asked if (f := when.finding(code)) is not None]
    return any(f.state is not State.NOT_APPLICABLE for f in found)


def _result(item: Item, shown: Sequence[When]) -> Series:
    findings = [when.finding(item.code) for when in shown]
    own, ways = findings[-1], _ways(item, shown)
    return Series(
        item.code,
        _name(item),
        _unit(item, shown),
        tuple(_cell(item, finding) + way for finding, way in zip(findings, ways, strict=True)),
        tuple(_range(item, finding) for finding in findings),
        inside=own is not None and within_limits(own),
    )


def _ways(measure: Item | Derived, shown: Sequence[When]) -> list[str]:
    """How each value was taken, said behind each where they cannot all be compared with the newest."""
    first, *_ = parts = measure.needs if isinstance(measure, Derived) else (measure.code,)
    beside = [when.beside(first) if all(_is_recorded(when.finding(part)) for part in parts) else None for when in shown]
    given = [answers for answers in beside if answers is not None]
    if all(taken_otherwise(measure, given[-1], each) is None for each in given):
        return [""] * len(shown)
    ways = [way_of(measure, answers) if answers is not None else "" for answers in beside]
    return [f", {way}" if way else "" for way in ways]


def _is_recorded(finding: Finding | None) -> bool:
    return finding is not None and finding.state is State.RECORDED


def _name(item: Item) -> str:
    name = _SHORT.get(item.code) or (item.label if item.specimen or not item.plain else item.plain)
    return name[:1].upper() + name[1:]


def _unit(item: Item, shown: Sequence[When]) -> str:
    kind = item.kind
    if not isinstance(kind, Number):
        return ""
    if kind.unit:
        return letter_unit(kind.unit)
    if item.code == "mrc_sum":
        variants = [f.value for when in shown if (f := when.finding("mrc_variant")) is not None]
        return {"12": "score, 0 to 60", "14": "score, 0 to 70"}.get(str(variants[-1]) if variants else "", "score")
    return f"score, {show_number(kind.hard[0])} to {show_number(kind.hard[1])}"


def _range(item: Item, finding: Finding | None) -> str:
    """The laboratory's limits in the unit that stands beside them; nothing if they cannot be put into it."""
    if finding is None or finding.state is not State.RECORDED or not isinstance(item.kind, Number):
        return ""
    low, high = limits_in_own_unit(item.kind, finding)
    if low is not None and high is not None:
        return f"{show_number(low)} to {show_number(high)}"
    if high is not None:
        return f"up to{NO_BREAK_SPACE}{show_number(high)}"
    return "" if low is None else f"from {show_number(low)}"


def _cell(item: Item, finding: Finding | None) -> str:
    if finding is None:
        return NOT_RECORDED
    if finding.state is not State.RECORDED:
        return _STATE[finding.state]
    if not isinstance(item.kind, Number):
        return ""
    words = number_words(item.kind, finding, unit=False) + as_reported(item.kind, finding)
    return " ".join(part for part in (words, high_or_low(finding)) if part)


def _light_chain_ratio(shown: Sequence[When]) -> list[Series]:
    """As the laboratory reported it with its limits, else worked out of both light chains of one sample and marked."""
    item = CATALOGUE.item(RATIO_REPORTED)
    reported = [_reported(when) for when in shown]
    cells = tuple(
        _cell(item, finding) if finding else _worked_out(when) for when, finding in zip(shown, reported, strict=True)
    )
    if all(cell == NOT_RECORDED for cell in cells):
        return []
    unit, mark = "", f" ({CALCULATED})"
    if not any(finding is not None and finding.state is State.RECORDED for finding in reported):
        unit, cells = CALCULATED, tuple(cell.removesuffix(mark) for cell in cells)
    return [Series(RATIO, "Kappa to lambda ratio", unit, cells, tuple(_range(item, finding) for finding in reported))]


def _reported(when: When) -> Finding | None:
    """The laboratory's own ratio; the reason why there is none only where it cannot be worked out either."""
    finding = when.finding(RATIO_REPORTED)
    recorded = finding is not None and finding.state is State.RECORDED
    return finding if recorded or _worked_out(when) == NOT_RECORDED else None


def _worked_out(when: When) -> str:
    """By the catalogue's own formula, as on screen: of two exact numbers of one encounter."""
    (ratio,) = [each for each in CATALOGUE.section_of["flc_kappa"].derived if each.code == RATIO]
    for encounter in reversed(when.encounters):
        found = [f for need in ratio.needs if (f := encounter.finding(need)) is not None and f.state is State.RECORDED]
        if len(found) == len(ratio.needs):
            value = CATALOGUE.compute(found).get(ratio.code)
            return _CENSORED if value is None else f"{derived_words(ratio, value)} ({CALCULATED})"
    return NOT_RECORDED


def _totals(totals: Iterable[Derived], shown: Sequence[When]) -> list[Series]:
    """A total with its parts in brackets, where at least one date has it."""
    rows = []
    for total in (each for each in totals if each.in_letter):
        ways = _ways(total, shown)
        cells = tuple(_total_cell(total, when) + way for when, way in zip(shown, ways, strict=True))
        if any(cell != NOT_RECORDED for cell in cells):
            low, high = (show_number(limit) for limit in total.kind.hard)
            name = {"onls_total": "ONLS, arms\u00a0+\u00a0legs", "incat_total": "INCAT, arms\u00a0+\u00a0legs"}.get(
                total.code, total.label
            )
            rows.append(Series(total.code, name, f"score, {low} to {high}", cells, ("",) * len(cells)))
    return rows


def _total_cell(total: Derived, when: When) -> str:
    found = [f for need in total.needs if (f := when.finding(need)) is not None]
    if not found:
        return NOT_RECORDED
    value = CATALOGUE.compute(found).get(total.code)
    if value is not None:
        numbers = {f.item: f.number for f in found}
        return f"{derived_words(total, value)} ({' + '.join(show_number(numbers[n]) for n in total.needs)})"
    states = {f.state for f in found}
    if len(found) == len(total.needs) and len(states) == 1 and State.RECORDED not in states:
        return _STATE[states.pop()]
    return "not complete"


def _row(shown: Sequence[When], row: Series) -> Row:
    cells = (plain(row.name), plain(row.unit_and_range), *(plain(cell) for cell in row.printed))
    silent = tuple(index + 2 for index, cell in enumerate(row.cells) if cell == NOT_RECORDED)
    return Row(cells, lines=(line(shown, row),), quiet=silent)


def line(shown: Sequence[When], row: Series) -> Runs:
    """`VEGF, serum (pg/mL, up to 771). 18 November 2026: 640 ...`: newest first; days without a value are left out."""
    unit = f" ({row.unit_and_range})" if row.unit_and_range else ""
    newest = len(shown) - 1
    values = [
        f"{head(when)}: {cell}"
        for index, (when, cell) in reversed(list(enumerate(zip(shown, row.printed, strict=True))))
        if cell != NOT_RECORDED or index == newest
    ]
    return (*bold(row.name), Run(f"{unit}. {'; '.join(values)}."))
