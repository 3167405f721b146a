"""The figures of a cohort summary, for paper and screen alike: prevalence, survival, and a line for each patient."""

from collections.abc import Iterator, Sequence

from poems_registry.charts import kaplan_meier as survival_chart
from poems_registry.charts.prevalence import Comparator, PrevalenceRow
from poems_registry.charts.prevalence import prevalence as prevalence_chart
from poems_registry.charts.prevalence import prevalence_bars as bars_chart
from poems_registry.charts.shapes import Drawing
from poems_registry.charts.swimmer import swimmer as swimmer_chart
from poems_registry.charts.swimmer import swimmer_axis, swimmer_pages, swimmer_rows
from poems_registry.cohort import words
from poems_registry.cohort.outcomes import Curve
from poems_registry.cohort.prevalence import FeatureRow
from poems_registry.cohort.published import SERIES, series_name
from poems_registry.cohort.summary import Summary
from poems_registry.cohort.survival import Step
from poems_registry.domain.criteria import Criterion

RECORDED_LABEL = "as recorded at visits"
ROOM, PAGE = 314.0, 640.0
"""Points for lines of patients below the survival curves, and on a page of their own."""
NARROWEST, WIDEST = 4.4, 11.0
FEWEST_SHOWN = 0.1
"""A curve is drawn while at least this share is at risk: beyond, a single event looks like a landslide."""


def ordered(features: Sequence[FeatureRow]) -> list[FeatureRow]:
    """The commonest first, by the percentages that are shown; those without one last."""
    return sorted(features, key=lambda row: -1.0 if row.ever.percent is None else row.ever.percent, reverse=True)


def prevalence(summary: Summary, width: float, *, font_size: float, row_height: float = 0.0) -> Drawing:
    """Each feature by its criterion, below it as recorded at visits, beside what others published."""
    rows = [_row(feature) for feature in ordered(summary.features)]
    return prevalence_chart(rows, width, font_size=font_size, row_height=row_height)


def bars(summary: Summary, width: float, *, font_size: float, row_height: float, head: float) -> Drawing:
    """The bars of `prevalence` alone, for beside a table with the same rows whose head is `head` points high."""
    rows = [_row(feature) for feature in ordered(summary.features)]
    return bars_chart(rows, width, font_size=font_size, row_height=row_height, head=head)


def _row(feature: FeatureRow) -> PrevalenceRow:
    ever, recorded = feature.ever, feature.recorded
    low, high = ever.interval or (None, None)
    second = None
    if recorded is not None:
        second = (
            RECORDED_LABEL,
            words.of_assessed(recorded),
            words.count(recorded.unassessed),
            words.percent_and_interval(recorded),
        )
    return PrevalenceRow(
        label=feature.label,
        percent=ever.percent,
        low=low,
        high=high,
        counts=words.of_assessed(ever),
        interval=words.percent_and_interval(ever),
        published=_published(feature.criterion),
        unassessed=words.count(ever.unassessed),
        second=second,
    )


def _published(criterion: Criterion) -> tuple[Comparator, ...]:
    found = []
    for series in SERIES:
        value = series.percent.get(criterion)
        if isinstance(value, tuple):
            found.append(Comparator(series_name(series), low=value[0], high=value[1]))
        elif value is not None:
            found.append(Comparator(series_name(series), percent=value))
    return tuple(found)


def survival(summary: Summary, width: float, height: float, *, font_size: float) -> Drawing | None:
    """Overall and progression-free survival; None when no curve may or can be drawn."""
    if not any(curve.steps and curve.at_risk for curve in summary.curves):
        return None
    years = _axis(summary)
    curves = [_curve(curve, years, summary) for curve in summary.curves]
    return survival_chart.kaplan_meier(curves, width, height, font_size=font_size, years=float(years))


def _axis(summary: Summary) -> int:
    """The last whole year worth showing, at least 2; of a release, the last that is told."""
    curve = summary.curves[0]
    if summary.release is not None:
        return max(2, *(int(step.time) for each in summary.curves for step in each.steps))
    fewest = FEWEST_SHOWN * (curve.people or 0)
    return max(2, *(year for year, left in curve.at_risk if left is not None and left >= fewest))


def _curve(curve: Curve, years: int, summary: Summary) -> survival_chart.Curve:
    released = summary.release is not None
    steps = [survival_chart.Step(s.time, s.share, s.low, s.high) for s in curve.steps if s.time <= years]
    last = max([*curve.censored, *(step.time for step in curve.steps)], default=0.0)
    end = min(float(years), last)
    if steps and not released and end > steps[-1].time:
        steps.append(survival_chart.Step(end, steps[-1].survival, steps[-1].low, steps[-1].high))
    ticks = {int(time) for time in survival_chart.risk_times(float(years)) if time == int(time)}
    return survival_chart.Curve(
        curve.name,
        tuple(steps),
        tuple(time for time in curve.censored if time <= years),
        tuple((float(year), words.count(left)) for year, left in curve.at_risk if year in ticks),
        words.marks(curve),
        tuple(
            survival_chart.Point(float(year), step.share, f"{curve.name}, year {year}\n{said}", summary.basis.data_date)
            for year, step, said in by_year(curve, summary)
            if year <= years
        ),
    )


def by_year(curve: Curve, summary: Summary) -> Iterator[tuple[int, Step, str]]:
    """Each whole year that is told: the step that stands then, and `84% (77 to 89), 79 at risk`."""
    for year, left in curve.at_risk:
        step = curve.at(year)
        if step is not None and (summary.release is None or step.time == year):
            yield year, step, f"{words.limits(step)}, {words.count(left)} at risk"


def swimmers(summary: Summary, width: float, *, font_size: float) -> list[Drawing]:
    """Everyone who relapsed or died, one line each; none of them in a release.

    The first drawing fits below the survival curves: lines move together, and go on over pages of their own when they
    would come too close. Nobody is left out.
    """
    if not summary.lanes:
        return []
    height = min(max(ROOM / len(summary.lanes), NARROWEST), WIDEST)
    years = max(2.0, *(lane.end for lane in summary.lanes))
    first = int(ROOM / height + 1e-9)
    pages = [summary.lanes[:first], *swimmer_pages(summary.lanes[first:], int(PAGE / height))]
    return [swimmer_chart(page, width, row_height=height, font_size=font_size, years=years) for page in pages]


def every_course(summary: Summary, width: float, *, font_size: float, row_height: float) -> tuple[Drawing, Drawing]:
    """A line for each patient, and their axis with the key; none of them in a release."""
    years = max(2.0, *(lane.end for lane in summary.courses)) if summary.courses else 2.0
    lanes = swimmer_rows(summary.courses, width, row_height=row_height, font_size=font_size, years=years)
    return lanes, swimmer_axis(width, font_size=font_size, years=years)
