"""Blood results and scores over time: up to four dates from left to right, the newest at the right (decision 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Derived, Item
from poems_registry.catalogue.kinds import NOT_DETECTED, Number, same_unit, show_number
from poems_registry.catalogue.wording import derived_words, high_or_low, letter_unit, number_words
from poems_registry.domain.dates import letter_date
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import Encounter
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import Align, Column, Row, Run, Runs, Table, bold, plain

COLUMNS = 4
KEY_RESULTS = ("vegf_serum", "vegf_plasma", "m_protein", "flc_lambda", "flc_kappa", "platelets", "haemoglobin")
"""Shown whenever one of the dates has them; other tests only when this visit says something about them."""

EXAMINED = ("grip_left_kg", "grip_right_kg", "grip_left_kpa", "grip_right_kpa", "walk_10m", "mrc_sum")
"""Measured at the bedside and read best as a series."""

_SCORES = tuple(
    item.code
    for section in CATALOGUE.sections
    for item in section.items
    if section.code == "scores" and isinstance(item.kind, Number)
)
NEAR_DIAGNOSIS, NEAR_RELAPSE = timedelta(days=180), timedelta(days=90)
NOT_RECORDED = "not recorded"
_STATE = {
    State.NOT_DONE: "not done",
    State.PENDING: "awaited",
    State.DECLINED: "declined",
    State.UNABLE: "could not be assessed",
    State.UNKNOWN: "not known",
    State.NOT_APPLICABLE: "not applicable",
}
EXPLAINED = {
    "vegf_serum": "VEGF is a blood marker of POEMS.",
    "vegf_plasma": "VEGF is a blood marker of POEMS.",
    "m_protein": "M-protein is the abnormal protein that the plasma cells make.",
    "flc_lambda": "Light chains are pieces of antibody made by plasma cells.",
    "flc_kappa": "Light chains are pieces of antibody made by plasma cells.",
    "platelets": "Platelets are blood cells that form clots.",
    "haemoglobin": "Haemoglobin carries oxygen in the blood.",
    "onls_total": "ONLS is a score of arm and leg use: 0 is best, 12 is worst. In brackets: arms + legs.",
}


@dataclass(frozen=True, slots=True)
class When:
    """One column: a day, what makes it worth showing, and the encounters of that day."""

    on: date
    why: str
    encounters: tuple[Encounter, ...]

    def finding(self, item: str) -> Finding | None:
        """A recorded value of that day before any other state; the later encounter wins."""
        found = [f for e in reversed(self.encounters) if (f := e.finding(item)) is not None]
        return next((f for f in found if f.state is State.RECORDED), found[0] if found else None)


@dataclass(frozen=True, slots=True)
class Series:
    """One row: name, unit, range of the laboratory, and a cell for each date. `code` is the item's."""

    code: str
    name: str
    unit: str
    range: str
    cells: tuple[str, ...]


def in_table(item: Item) -> bool:
    """Whether an item is printed as a series here and not as a sentence."""
    return item.lab or item.code in EXAMINED or item.code in _SCORES


def dates_shown(visit: Visit) -> tuple[When, ...]:
    """At most four days, oldest first: diagnosis or the first, relapse or the lowest VEGF, the last, this visit."""
    days = _days(visit)
    today = visit.encounter.on
    chosen: dict[date, str] = {}
    earlier = [day for day in days if day < today]
    newest = (earlier[-1], "") if earlier else (today, "")
    for day, why in (_beginning(visit, earlier), _turn(visit, days, earlier), newest, (today, "")):
        chosen[day] = chosen.get(day) or why
    return tuple(When(day, chosen[day], days.get(day, (visit.encounter,))) for day in sorted(chosen))


def series(visit: Visit, shown: Sequence[When]) -> tuple[Series, ...]:
    """The rows in print order: VEGF and the clone, blood counts, other tests of this visit, scores."""
    codes = [*KEY_RESULTS, *_others()]
    rows = [_result(CATALOGUE.item(code), shown) for code in codes if _shown(code, visit, shown)]
    scores = next(s for s in CATALOGUE.sections if s.code == "scores")
    neuropathy = CATALOGUE.section_of["onls_arm"]
    rows += _totals(neuropathy.derived, shown)
    bedside = [CATALOGUE.item(code) for code in EXAMINED]
    told = {need for d in scores.derived for need in d.needs}
    own = [CATALOGUE.item(code) for code in _SCORES if code not in told]
    rows += [_result(item, shown) for item in (*bedside, *own) if _shown(item.code, visit, shown, score=True)]
    return (*rows, *_totals(scores.derived, shown))


def table(shown: Sequence[When], rows: Sequence[Series]) -> Table:
    """The table of a page; in large print each row becomes one line, newest first."""
    width = 96.0 / len(shown) if shown else 96.0
    columns = [Column("Test", 40, bold=True), Column("Unit, range", 36)]
    last = len(shown) - 1
    columns += [
        Column(_head(when), width, Align.RIGHT, bold=index == last, emphasised=index == last)
        for index, when in enumerate(shown)
    ]
    return Table(tuple(columns), tuple(_row(shown, row) for row in rows))


def explanations(rows: Iterable[Series], levels: dict[str, float]) -> str:
    """What the tests are, each said once, and the VEGF decision levels under their own name (decision 6)."""
    rows = tuple(rows)
    sentences = list(dict.fromkeys(EXPLAINED[row.code] for row in rows if row.code in EXPLAINED))
    specimens = [row.code.removeprefix("vegf_") for row in rows if row.code.startswith("vegf_")]
    known = [f"{show_number(levels[f'vegf_{s}'])} pg/mL in {s}" for s in specimens if f"vegf_{s}" in levels]
    if known:
        sentences.append(f"A VEGF above {' or '.join(known)} before treatment points to active POEMS.")
    if len(specimens) > 1:
        sentences.append("Serum and plasma are measured in different ways and are not compared with each other.")
    if any(cell.endswith((" high", " low")) for row in rows for cell in row.cells):
        sentences.append("High and low are judged by the range the laboratory gave with that result.")
    return " ".join(sentences)


def split(shown: Sequence[When], rows: Sequence[Series]) -> tuple[tuple[Series, ...], tuple[Series, ...]]:
    """Rows with something to compare, and those that only this visit tells of: they need no table."""
    single = {row.code for row in rows if len(shown) > 1 and all(cell == NOT_RECORDED for cell in row.cells[:-1])}
    return tuple(r for r in rows if r.code not in single), tuple(r for r in rows if r.code in single)


def single_words(row: Series) -> str:
    """`Left hand grip: 24 kg`, `TSH, a thyroid test: awaited`."""
    cell = row.cells[-1]
    if not cell[:1].isdigit() and not cell.startswith(("more", "below", "none")):
        return f"{row.name}: {cell}."
    number, _, flag = cell.partition(" ") if cell[:1].isdigit() else (cell, "", "")
    unit = f" {row.unit}" if row.unit and not row.unit.startswith("score") else ""
    limits = f" (range {row.range})" if row.range else ""
    return f"{row.name}: {number}{unit}{f', {flag}' if flag else ''}{limits}."


def lines(shown: Sequence[When], rows: Sequence[Series]) -> str:
    """The table as text, one test a line, newest first."""
    return "\n".join("".join(run.text for run in _line(shown, row)) for row in rows)


def _days(visit: Visit) -> dict[date, tuple[Encounter, ...]]:
    """Days with something for the table, oldest first, with all encounters of that day."""
    days: dict[date, tuple[Encounter, ...]] = {}
    for encounter in visit.to_date:
        if any(_number(f) for f in encounter.findings):
            days[encounter.on] = (*days.get(encounter.on, ()), encounter)
    return days


def _number(finding: Finding) -> bool:
    item = CATALOGUE.items.get(finding.item)
    return item is not None and not item.research and (in_table(item) or item.code.startswith("onls_"))


def _beginning(visit: Visit, earlier: Sequence[date]) -> tuple[date, str]:
    if not earlier:
        return visit.encounter.on, ""
    diagnosed = visit.file.patient.diagnosed
    if diagnosed is not None:
        day = min(earlier, key=lambda d: abs(d - diagnosed.earliest()))
        if diagnosed.earliest() - NEAR_DIAGNOSIS <= day <= diagnosed.latest() + NEAR_DIAGNOSIS:
            return day, "diagnosis"
    return earlier[0], "first on record"


def _turn(visit: Visit, days: dict[date, tuple[Encounter, ...]], earlier: Sequence[date]) -> tuple[date, str]:
    """The newest relapse with results near it, else the day of the lowest VEGF; this visit's own day when neither."""
    today = visit.encounter.on
    relapses = [e.on for e in visit.file.events if e.kind == "relapse" and e.on is not None]
    for relapse in sorted((r for r in relapses if r.earliest() <= today), reverse=True):
        day = min(earlier, key=lambda d: abs(d - relapse.earliest()), default=today)
        if abs(day - relapse.earliest()) <= NEAR_RELAPSE:
            return day, "relapse"
    for code in ("vegf_serum", "vegf_plasma"):
        values = [(f.number, day) for day in earlier for f in _vegf(days[day], code)]
        if values:
            return min(values)[1], "lowest VEGF"
    return today, ""


def _vegf(encounters: Sequence[Encounter], code: str) -> list[Finding]:
    found = [e.finding(code) for e in encounters]
    return [f for f in found if f is not None and f.state is State.RECORDED]


def _others() -> list[str]:
    """All tests but the key results, in the catalogue's order."""
    labs = [i for s in CATALOGUE.sections for i in s.items if i.lab and i.in_letter]
    return [i.code for i in labs if i.code not in KEY_RESULTS and not i.research and not i.retired]


def _shown(code: str, visit: Visit, shown: Sequence[When], *, score: bool = False) -> bool:
    today = [when for when in shown if when.on == visit.encounter.on]
    asked = shown if code in KEY_RESULTS or score else today
    found = [f for when in asked if (f := when.finding(code)) is not None]
    return any(f.state is not State.NOT_APPLICABLE for f in found)


def _result(item: Item, shown: Sequence[When]) -> Series:
    findings = [when.finding(item.code) for when in shown]
    newest = next((f for f in reversed(findings) if f is not None and f.limit_high is not None), None)
    newest = newest or next((f for f in reversed(findings) if f is not None and f.limit_low is not None), None)
    cells = tuple(_cell(item, finding) for finding in findings)
    return Series(item.code, _name(item), _unit(item, shown), _range(newest), cells)


def _name(item: Item) -> str:
    name = item.label if item.specimen or not item.plain else item.plain
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


def _range(finding: Finding | None) -> str:
    if finding is None:
        return ""
    low, high = finding.limit_low, finding.limit_high
    if low is not None and high is not None:
        return f"{show_number(low)} to {show_number(high)}"
    return f"up to {show_number(high)}" if high is not None else f"from {show_number(low or 0.0)}"


def _cell(item: Item, finding: Finding | None) -> str:
    if finding is None:
        return NOT_RECORDED
    if finding.state is not State.RECORDED:
        return _STATE[finding.state]
    if not isinstance(item.kind, Number):
        return ""
    words = number_words(item.kind, finding, unit=False)
    if _converted(item, finding):
        words += f" (reported as {finding.reported} {letter_unit(finding.reported_unit)})"
    return " ".join(part for part in (words, high_or_low(finding)) if part)


def _converted(item: Item, finding: Finding) -> bool:
    """Whether the number on paper is not the one the laboratory wrote (decision 12)."""
    unit = finding.reported_unit
    if not finding.reported or finding.reported == NOT_DETECTED or not unit or same_unit(unit) == same_unit(item.unit):
        return False
    return finding.reported_number != finding.number


def _totals(totals: Iterable[Derived], shown: Sequence[When]) -> list[Series]:
    """A total with its parts in brackets, where at least one date has it."""
    rows = []
    for total in totals:
        cells = tuple(_total_cell(total, when) for when in shown)
        if any(cell != NOT_RECORDED for cell in cells):
            low, high = (show_number(limit) for limit in total.kind.hard)
            name = {"onls_total": "ONLS, arms + legs", "incat_total": "INCAT, arms + legs"}.get(total.code, total.label)
            rows.append(Series(total.code, name, f"score, {low} to {high}", "", cells))
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


def _head(when: When) -> str:
    return letter_date(when.on) + (f" ({when.why})" if when.why else "")


def _unit_and_range(row: Series) -> str:
    return ", ".join(part for part in (row.unit, row.range) if part)


def _row(shown: Sequence[When], row: Series) -> Row:
    cells = (plain(row.name), plain(_unit_and_range(row)), *(plain(cell) for cell in row.cells))
    return Row(cells, lines=(_line(shown, row),))


def _line(shown: Sequence[When], row: Series) -> Runs:
    """`VEGF, serum (pg/mL, up to 771). 18 November 2026: 640 ...`: newest first; days without a value are left out."""
    unit = f" ({_unit_and_range(row)})" if _unit_and_range(row) else ""
    newest = len(shown) - 1
    values = [
        f"{_head(when)}: {cell}"
        for index, (when, cell) in reversed(list(enumerate(zip(shown, row.cells, strict=True))))
        if cell != NOT_RECORDED or index == newest
    ]
    return (*bold(row.name), Run(f"{unit}. {'; '.join(values)}."))
