"""Tells a cohort summary in the words of its screen; every figure is the report's own."""

from collections.abc import Sequence

from poems_registry.charts.swimmer import Lane
from poems_registry.domain.dates import show_date
from poems_registry.services.cohort import Group, Reason, Summary, drawings, words
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.screens.cohort.shown import (
    CohortShown,
    CourseRow,
    FeatureRow,
    KeyFigure,
    Notes,
    Prevalence,
    ReasonRow,
    ResponseRow,
    SurvivalRow,
    TableOneRow,
)

MEANINGS = {
    Reason.OTHER_DIAGNOSIS: "The record says that the diagnosis is another one.",
    Reason.NEVER_SEEN: "No signed visit up to the data date.",
    Reason.CANNOT_TELL: "A finding that would decide the criteria is not assessed or not recorded.",
    Reason.NOT_MET: "What was found does not meet the criteria.",
    Reason.NO_DATE: "A period of diagnosis is asked for, and no date is recorded.",
    Reason.EARLIER: "Diagnosed before the period asked for.",
    Reason.LATER: "Diagnosed after the period asked for.",
    Reason.OTHER_TREATMENT: "The first treatment is not the one asked for.",
    Reason.NO_CONSENT: "The person said no to the registry or to reuse of the data, or took a yes back.",
}
ENDINGS = {"died": "Died", "followed": "Still followed", "lost": "Left the clinic"}


def tell(summary: Summary) -> CohortShown:
    """A summary in words: true, or as it may leave the team."""
    release = summary.release is not None
    return CohortShown(
        same=tr("All figures use the same {size} patients", size=words.count(summary.size)),
        chosen=summary.chosen,
        who=tr(
            "{size} of {everyone} patients.", size=words.count(summary.size), everyone=words.count(summary.everyone)
        ),
        left_out=_left_out(summary),
        reasons=tuple(
            ReasonRow(words.count(each.count), each.reason.value.capitalize(), tr(MEANINGS[each.reason]))
            for each in summary.left_out
        ),
        standing=tr("Made for release: small numbers are withheld.")
        if release
        else tr("NOT FOR RELEASE: small counts are shown"),
        release=release,
        rules=words.release_rules(summary.release) if summary.release is not None else "",
        data_to=tr("Data to {day}", day=show_date(summary.basis.data_date)),
        basis=_basis(summary),
        notes=_notes(summary),
        head=_head(summary),
        table_one=_table_one(summary),
        responses=tuple(ResponseRow(*words.response_row(row)) for row in summary.responses),
        features=_features(summary),
        survival=_survival(summary),
        survival_words=_survival_words(summary),
        no_survival=tr("No curve: too few patients with a date of diagnosis."),
        courses=tuple(_course(place, lane) for place, lane in enumerate(summary.courses, 1)),
        why_no_courses=_why_no_courses(summary),
    )


def _left_out(summary: Summary) -> str:
    """`15 left out: 7 criteria not met, ...`; a release gives no total, which would tell what is withheld."""
    if not summary.left_out:
        return tr("Nobody is left out.")
    parts = ", ".join(f"{words.count(each.count)} {each.reason}" for each in summary.left_out)
    counts = [each.count for each in summary.left_out if each.count is not None]
    if summary.release is not None:
        return tr("Left out: {parts}.", parts=parts)
    return tr("{count} left out: {parts}.", count=words.count(sum(counts)), parts=parts)


def _basis(summary: Summary) -> str:
    made_up = " " + tr("Made-up data.") if summary.basis.training else ""
    return (
        tr(
            "Data to {day}. Criteria rule set {rules}, response rules {response}.",
            day=show_date(summary.basis.data_date),
            rules=summary.basis.rule_set,
            response=summary.basis.response_rules,
        )
        + made_up
    )


def _size(number: int | None) -> str:
    return tr("n = {count}", count=words.count(number))


def _notes(summary: Summary) -> Notes:
    overall = summary.curves[0]
    died = tr("{n}, {died} died", n=_size(overall.people), died=words.count(overall.events))
    lines = tr_count("{count} line", "{count} lines", len(summary.courses))
    courses = tr("{lines}, {n}", lines=lines, n=_size(summary.size))
    return Notes(_size(summary.size), died, _size(summary.size), "" if summary.release is not None else courses)


def _head(summary: Summary) -> tuple[KeyFigure, ...]:
    median = summary.follow_up.median
    complete = summary.complete.percent
    return (
        KeyFigure(words.count(summary.size), tr("patients")),
        KeyFigure(
            words.withheld_or(None if median is None else tr("{years} y", years=f"{median:.1f}"), summary),
            tr("median follow-up"),
        ),
        KeyFigure(words.count(summary.relapsed), tr("progressed")),
        KeyFigure(words.count(summary.died), tr("died")),
        KeyFigure(tr("not told") if complete is None else f"{words.whole(complete)}%", tr("assessed")),
    )


def _table_one(summary: Summary) -> tuple[TableOneRow, ...]:
    sizes = [words.count(summary.group(group)) for group in Group]
    rows = [TableOneRow(tr("Patients, n"), sizes[0], sizes[1], sizes[2], words.count(summary.size))]
    for row in summary.table_one:
        cells = [words.cell(row.cell(group), row.decimals, whole_range=row.whole_range) for group in Group]
        assessed = words.count(row.cell(Group.ALL).assessed)
        rows.append(TableOneRow(words.row_label(row), cells[0], cells[1], cells[2], assessed))
    return tuple(rows)


def _features(summary: Summary) -> tuple[FeatureRow, ...]:
    rows = []
    for row in drawings.ordered(summary.features):
        ever, recorded = (
            Prevalence(words.of_assessed(share), words.count(share.unassessed), words.percent_and_interval(share))
            if share is not None
            else None
            for share in (row.ever, row.recorded)
        )
        if ever is not None:
            rows.append(FeatureRow(row.label, ever, recorded))
    return tuple(rows)


def _survival(summary: Summary) -> tuple[SurvivalRow, ...]:
    overall, free = ({year: said for year, _, said in drawings.by_year(each, summary)} for each in summary.curves)
    years = sorted({*overall, *free})
    return tuple(SurvivalRow(year, overall.get(year, ""), free.get(year, "")) for year in years)


def _survival_words(summary: Summary) -> str:
    said = [tr("Dotted: 95% limits (log-log).") if summary.release is None else tr("At whole years only.")]
    unplaced = [
        tr("{name}: {count} without usable dates.", name=each.name, count=words.count(each.unplaced))
        for each in summary.curves
        if each.unplaced != 0
    ]
    return " ".join([*said, *unplaced, words.comparison(summary.comparison)])


def _course(place: int, lane: Lane) -> CourseRow:
    none = tr("None recorded")
    return CourseRow(
        place=place,
        followed=lane.end,
        treatments="; ".join(f"{start:.1f} to {end:.1f}" for start, end, _ in lane.treatments) or none,
        transplants=_years(lane.transplants) or none,
        relapses=_years(lane.relapses) or none,
        ending=tr(ENDINGS[lane.ending]),
    )


def _years(times: Sequence[float]) -> str:
    return ", ".join(f"{time:.1f}" for time in times)


def _why_no_courses(summary: Summary) -> str:
    if summary.release is not None:
        return tr("Left out of a release: one line is one person.")
    return "" if summary.courses else tr("No line: nobody in this cohort has a date of diagnosis and a visit.")
