"""The summary as one long table, a row a figure, and the dictionary of it: the same numbers as the report."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from poems_registry.cohort import words
from poems_registry.cohort.figures import Share, Spread
from poems_registry.cohort.outcomes import Curve
from poems_registry.cohort.published import SERIES
from poems_registry.cohort.summary import Summary
from poems_registry.cohort.table_one import TableRow
from poems_registry.domain.intervals import Interval
from poems_registry.domain.small_numbers import SUPPRESSED

Cell = str | float | int | None

COLUMNS = {
    "section": "About, size, table_1, response, prevalence, published, outcome, survival or comparison.",
    "row": "What the figure is about: a code of this dictionary.",
    "group": "A column of Table 1, the way of counting, a series, or the years from diagnosis.",
    "label": "The row in words.",
    "present": "How many have it.",
    "assessed": "In how many it was assessed: the denominator. On a curve: how many are at risk.",
    "not_assessed": "In how many it was not assessed, or cannot be told.",
    "percent": "Per cent of those assessed; on a curve, per cent free of the event.",
    "low": "Lower 95 % limit of the percentage: Wilson, on curves log-log. Of published series: the lowest.",
    "high": "Upper 95 % limit of the percentage. Of published series: the highest.",
    "median": "Median of those assessed. >= or <= where censored values leave it open.",
    "quartile_low": "Lower quartile.",
    "quartile_high": "Upper quartile.",
    "minimum": "Lowest value; never in a release.",
    "maximum": "Highest value; never in a release.",
    "value": "A number that is none of these, such as years.",
    "text": "Words, such as the conditions of the cohort.",
}
"""The columns, each with its meaning. `*` stands for what is withheld; an empty cell for what does not apply."""

HEAD = tuple(COLUMNS)
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row before it is laid out; only what applies is given."""

    section: str
    row: str
    group: str = ""
    label: str = ""

    def of(self, **cells: Cell) -> Row:
        known: dict[str, Cell] = dict.fromkeys(HEAD)
        known |= {"section": self.section, "row": self.row, "group": self.group, "label": self.label} | cells
        return tuple(known[name] for name in HEAD)


def rows(summary: Summary) -> Iterator[Row]:
    """Every figure of the summary."""
    yield from _about(summary)
    yield from _size(summary)
    for row in summary.table_one:
        yield from _table_row("table_1", row, released=summary.release is not None)
    for row in summary.responses:
        yield from _table_row("response", row, released=summary.release is not None)
    for feature in summary.features:
        line = ("prevalence", feature.criterion.value)
        yield _Line(*line, "ever", feature.label).of(**_share(feature.ever))
        yield _Line(*line, "at_diagnosis", feature.label).of(**_share(feature.at_diagnosis))
        if feature.recorded is not None:
            yield _Line(*line, "recorded", feature.label).of(**_share(feature.recorded))
    yield from _published()
    yield from _outcome(summary)
    for curve in summary.curves:
        yield from _curve(curve, released=summary.release is not None)


def _about(summary: Summary) -> Iterator[Row]:
    basis = summary.basis
    yield _Line("about", "release", label="May it leave the team").of(text=words.standing(summary))
    if summary.release is not None:
        yield _Line("about", "rules", label="Small numbers").of(text=words.release_rules(summary.release))
    if basis.training:
        yield _Line("about", "training", label="Origin").of(text="Made-up data from the training registry.")
    yield _Line("about", "chosen", label="Conditions").of(text=summary.chosen)
    yield _Line("about", "data_date", label="Data up to").of(text=basis.data_date.isoformat())
    yield _Line("about", "rule_set", label="Criteria rule set").of(text=basis.rule_set)
    yield _Line("about", "response_rules", label="Response rule set").of(text=basis.response_rules)
    for name, label, value in basis.settings:
        yield _Line("about", f"setting.{name}", label=label).of(text=value)


def _size(summary: Summary) -> Iterator[Row]:
    yield _Line("size", "everyone", label="Patients in the registry").of(present=_count(summary.everyone))
    yield _Line("size", "cohort", label="Patients in the cohort").of(present=_count(summary.size))
    for left in summary.left_out:
        yield _Line("size", "left_out", str(left.reason), "Patients left out").of(present=_count(left.count))
    for group, size in summary.groups:
        yield _Line("size", "group", group.value, "Patients in a column of Table 1").of(present=_count(size))
    yield _Line("size", "complete", label="Figures assessed of all asked").of(**_share(summary.complete))


def _table_row(section: str, row: TableRow, *, released: bool) -> Iterator[Row]:
    for group, figure in row.cells:
        line = _Line(section, row.code, group.value, row.label)
        yield line.of(**(_share(figure) if isinstance(figure, Share) else _spread(figure, released=released)))


def _published() -> Iterator[Row]:
    for series in SERIES:
        for criterion, found in series.percent.items():
            line = _Line("published", criterion.value, series.name, series.source)
            if isinstance(found, tuple):
                yield line.of(low=float(found[0]), high=float(found[1]))
            else:
                yield line.of(percent=float(found), assessed=series.size)


def _outcome(summary: Summary) -> Iterator[Row]:
    for row, label, count in (
        ("died", "Patients who died", summary.died),
        ("relapsed", "Patients who relapsed or progressed", summary.relapsed),
        ("died_or_relapsed", "Patients who relapsed, progressed or died", summary.died_or_relapsed),
    ):
        yield _Line("outcome", row, label=label).of(present=_count(count), assessed=_count(summary.size))
    follow_up = summary.follow_up
    median = words.withheld_or(None, summary) if follow_up.median is None else follow_up.median
    years = SUPPRESSED if follow_up.person_years is None else follow_up.person_years
    yield _Line("outcome", "follow_up", label="Median follow-up, years").of(value=median)
    yield _Line("outcome", "person_years", label="Years all patients were followed").of(value=years)
    test = summary.comparison.test
    value = None if test is None else test.p
    yield _Line("comparison", "by_age", label="Log-rank p").of(value=value, text=words.comparison(summary.comparison))


def _curve(curve: Curve, *, released: bool) -> Iterator[Row]:
    """The estimate at every whole year; in a release only while it may be told."""
    code = curve.name.lower().replace(" ", "_").replace("-", "_")
    size = _Line("survival", code, "all", curve.name)
    yield size.of(present=_count(curve.events), assessed=_count(curve.people), not_assessed=_count(curve.unplaced))
    last = curve.steps[-1].time if curve.steps else -1.0
    for year, left in curve.at_risk:
        line = _Line("survival", code, str(year), curve.name)
        step = curve.at(year)
        if step is None or (released and year > last):
            yield line.of(assessed=_count(left), percent=SUPPRESSED)
            continue
        low, high = (None if limit is None else 100 * limit for limit in (step.low, step.high))
        yield line.of(assessed=_count(left), percent=round(100 * step.share, 4), low=_round(low), high=_round(high))


def _share(share: Share) -> dict[str, Cell]:
    low, high = share.interval or (None, None)
    percent: Cell = _round(share.percent)
    if share.percent is None and share.assessed != 0:
        percent = SUPPRESSED
    return {
        "present": _count(share.present),
        "assessed": _count(share.assessed),
        "not_assessed": _count(share.unassessed),
        "percent": percent,
        "low": _round(low),
        "high": _round(high),
    }


def _spread(spread: Spread, *, released: bool) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"assessed": _count(spread.assessed), "not_assessed": _count(spread.unassessed)}
    if spread.assessed == 0:
        return cells
    cells["median"] = _reach(spread.median)
    cells["quartile_low"], cells["quartile_high"] = map(_reach, spread.quartiles or (None, None))
    if not released:
        cells["minimum"], cells["maximum"] = map(_reach, spread.extremes or (None, None))
    return cells


def _count(number: int | None) -> Cell:
    return SUPPRESSED if number is None else number


def _round(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def _reach(value: Interval | None) -> Cell:
    if value is None:
        return SUPPRESSED
    if value.low == value.high:
        return round(value.low, 4)
    if math.isinf(value.high):
        return f">={value.low:g}"
    return f"<={value.high:g}" if value.low <= 0 else f"{value.low:g} to {value.high:g}"
