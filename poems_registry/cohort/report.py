"""The cohort report: the summary as a document of three pages, and those that say how its figures were made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from poems_registry.cohort import drawings, words
from poems_registry.cohort.at_diagnosis import RULE
from poems_registry.cohort.best_responses import MEASURES as RESPONSES
from poems_registry.cohort.best_responses import RULE as RESPONSE_RULE
from poems_registry.cohort.outcomes import CURVE_RULES
from poems_registry.cohort.prevalence import RULES
from poems_registry.cohort.published import SERIES, series_name
from poems_registry.cohort.summary import Summary
from poems_registry.cohort.table_one import GROUP_WORDS, MEASURES, Group
from poems_registry.domain.dates import letter_date
from poems_registry.pages.document import (
    Align,
    Band,
    Block,
    Column,
    Document,
    Figure,
    Footer,
    Heading,
    KeyFigure,
    KeyFigures,
    NewPage,
    Paragraph,
    Row,
    Run,
    Style,
    Table,
    plain,
)

TITLE = "POEMS clinic cohort"
WIDTH, FONT = 493.0, 9.0
SURVIVAL_HEIGHT = 262.0
FEATURE_HEIGHT = 27.0
"""Low enough that page 1 holds all features though a line above them wraps."""
CAUTION = (
    "Dotted lines: 95% limits (log-log). Transplant came later than diagnosis: groups by treatment are not compared"
    " (immortal time)."
)
_WIDTHS = (54.0, 34.5, 36.5, 34.0, 15.0)
_RESPONSE_WIDTHS = (54.0, 32.0, 34.0, 32.0, 22.0)


@dataclass(frozen=True, slots=True)
class Made:
    """Who made the report, where and when: the instant (aware), and the day it was at the clinic."""

    at: datetime
    on: date
    by: str
    clinic: str


def report(summary: Summary, made: Made) -> Document:
    """The whole report; the same summary and maker always give the same document."""
    return Document(
        title=TITLE,
        author=made.clinic or made.by,
        subject=f"Cohort report, data to {letter_date(summary.basis.data_date)}",
        created=made.at,
        style=Style.REPORT,
        band=words.NOT_FOR_RELEASE if summary.release is None else "",
        blocks=(*_first_page(summary), *_second_page(summary), *_how_made(summary)),
        footer=_footer(summary, made),
    )


def _footer(summary: Summary, made: Made) -> Footer:
    basis = summary.basis
    facts = (
        f"Cohort report of {letter_date(made.on)}.",
        f"Data to {letter_date(basis.data_date)}.",
        f"Criteria rule set {basis.rule_set}, response rules {basis.response_rules}.",
    )
    held = "Contains small counts: not for release." if summary.release is None else "Small numbers are withheld."
    origin = " Made-up data from the training registry." if basis.training else ""
    return Footer(facts=(" ".join(facts),), reference=held + origin)


def _first_page(summary: Summary) -> Iterator[Block]:
    yield Heading(TITLE, 1)
    yield Paragraph(plain(summary.chosen), quiet=True)
    yield Paragraph(plain(words.left_out(summary)), small=True, quiet=True)
    if summary.release is not None:
        yield Band((Run("Made for release. ", bold=True), Run("Small numbers are withheld: see the last page.")))
    yield _headline(summary)
    yield Heading("Table 1. Who they are at diagnosis", note=_groups(summary))
    yield _table(summary)
    yield Heading(
        "Features ever present, beside published series", note="denominator: patients assessed for that feature"
    )
    yield Figure(
        drawings.prevalence(summary, WIDTH, font_size=FONT, row_height=FEATURE_HEIGHT),
        plain("Read with care: published series count features at diagnosis and by different definitions."),
    )


def _headline(summary: Summary) -> KeyFigures:
    follow_up = summary.follow_up
    median = f"{follow_up.median:.1f}\u00a0years" if follow_up.median is not None else None
    complete = summary.complete.percent
    return KeyFigures(
        (
            KeyFigure(words.count(summary.size), "patients"),
            KeyFigure(words.withheld_or(median, summary), "median follow-up"),
            KeyFigure(words.count(None if (py := follow_up.person_years) is None else round(py)), "patient-years"),
            KeyFigure(words.count(summary.relapsed), "progressed"),
            KeyFigure(words.count(summary.died), "died"),
            KeyFigure(f"{words.whole(complete)}%" if complete is not None else "-", "figures assessed"),
        )
    )


def _groups(summary: Summary) -> str:
    parts = [f"n = {words.count(summary.size)}"]
    parts += [
        f"{words.count(summary.group(Group.TRANSPLANT))} transplant first,"
        f" {words.count(summary.group(Group.OTHER))} other first treatment"
    ]
    sizes = [summary.size, summary.group(Group.TRANSPLANT), summary.group(Group.OTHER)]
    if summary.release is None and None not in sizes:
        untreated = (sizes[0] or 0) - (sizes[1] or 0) - (sizes[2] or 0)
        parts += [f"{untreated} without treatment"] if untreated else []
    return words.sentence(parts)


def _table(summary: Summary) -> Table:
    heads = ["At diagnosis"]
    heads += [f"{GROUP_WORDS[group]}, n\u00a0=\u00a0{words.count(summary.group(group))}" for group in Group]
    columns = tuple(
        Column(head, width, Align.RIGHT if index else Align.LEFT, quiet=index == len(heads))
        for index, (head, width) in enumerate(zip([*heads, "Assessed"], _WIDTHS, strict=True))
    )
    rows = []
    for row in summary.table_one:
        cells = [words.cell(row.cell(group), row.decimals, whole_range=row.whole_range) for group in Group]
        assessed = words.count(row.cell(Group.ALL).assessed)
        rows.append(Row(tuple(plain(text) for text in (words.row_label(row), *cells, assessed))))
    return Table(columns, tuple(rows))


def _second_page(summary: Summary) -> Iterator[Block]:
    yield NewPage()
    yield Heading("Course and outcome", 1)
    overall, free = summary.curves
    unplaced = [
        f"{words.count(each.unplaced)} without usable dates ({each.name.lower()})"
        for each in summary.curves
        if each.unplaced != 0
    ]
    events = f"{words.count(overall.events)} deaths, {words.count(free.events)} progressions or deaths"
    ticks = "ticks: last seen" if summary.release is None else "at whole years"
    yield Heading("Survival", note=words.sentence([f"n = {words.count(overall.people)}", events, ticks]))
    drawing = drawings.survival(summary, WIDTH, SURVIVAL_HEIGHT, font_size=FONT)
    if drawing is not None:
        yield Figure(drawing)
    else:
        yield Paragraph(plain("No curve: too few patients with a date of diagnosis."), small=True)
    said = [CAUTION, *([f"Not on a curve: {', '.join(unplaced)}."] if unplaced else [])]
    yield Paragraph(plain(" ".join([*said, words.comparison(summary.comparison)])), small=True, quiet=True)
    yield from _responses(summary)
    yield from _swimmers(summary)


def _responses(summary: Summary) -> Iterator[Block]:
    yield Heading(words.RESPONSES, note="present / assessed; no treatment counts as not assessed")
    heads = ("Best grade, first line", *(GROUP_WORDS[group] for group in Group), "Not assessed")
    columns = tuple(
        Column(head, width, Align.RIGHT if index else Align.LEFT, quiet=index == len(_RESPONSE_WIDTHS) - 1)
        for index, (head, width) in enumerate(zip(heads, _RESPONSE_WIDTHS, strict=True))
    )
    yield Table(columns, tuple(Row(tuple(map(plain, words.response_row(row)))) for row in summary.responses))


def _swimmers(summary: Summary) -> Iterator[Block]:
    if summary.release is not None:
        yield Paragraph(plain("Lines of single patients are left out of a release."), small=True, quiet=True)
        return
    figures = drawings.swimmers(summary, WIDTH, font_size=FONT)
    undated = (summary.died_or_relapsed or 0) - len(summary.lanes)
    note = f"n = {len(summary.lanes):,} of {words.count(summary.size)}; one line each, longest first"
    note += f"; {undated} without dates not drawn" if undated else ""
    yield Heading("Patients who relapsed or died", note=note)
    if not figures:
        yield Paragraph(plain("Nobody in this cohort has relapsed or died."), small=True)
    for index, drawing in enumerate(figures):
        if index:
            yield NewPage()
            yield Heading("Patients who relapsed or died, continued", note=note)
        yield Figure(drawing)


def _how_made(summary: Summary) -> Iterator[Block]:
    yield NewPage()
    yield Heading("How these figures were made", 1)
    yield Heading("Who is counted")
    yield Paragraph(plain(f"{summary.chosen} {words.left_out(summary)}"), small=True)
    if summary.release is not None:
        yield Heading("Small numbers")
        yield Paragraph(plain(words.release_rules(summary.release)), small=True)
    yield Heading("Prevalence")
    limits = "Limits: 95%, Wilson. What was not assessed is never counted as absent."
    yield Paragraph(plain(f"{RULES['ever']} {RULES['recorded']} {limits}"), small=True)
    yield Heading("Table 1")
    yield Paragraph(plain(RULE), small=True)
    own = [(each.label, each.rule.replace(RULE, "").strip()) for each in MEASURES if each.rule != RULE]
    columns = (Column("Row", 54), Column("Definition", 120))
    yield Table(columns, tuple(Row((plain(label), plain(rule))) for label, rule in own))
    yield Heading(words.RESPONSES)
    yield Paragraph(plain(RESPONSE_RULE), small=True)
    special = [(each.label, each.rule) for each in RESPONSES if each.rule]
    yield Table(columns, tuple(Row((plain(label), plain(rule))) for label, rule in special))
    yield Heading("Survival")
    rules = [f"{name}: {rule[0].lower()}{rule[1:]}" for name, rule in CURVE_RULES.items()]
    yield Paragraph(plain(" ".join([*rules, "Follow-up: reverse Kaplan-Meier."])), small=True)
    yield from _published()
    yield from _settings(summary)


def _published() -> Iterator[Block]:
    yield Heading("Published series")
    columns = (Column("Series", 44), Column("Source", 90), Column("Figures read", 40))
    yield Table(
        columns,
        tuple(
            Row(
                (
                    plain(series_name(s)),
                    plain(s.source),
                    plain("from memory, to be checked" if s.from_memory else "at the source"),
                )
            )
            for s in SERIES
        ),
    )


def _settings(summary: Summary) -> Iterator[Block]:
    if summary.basis.settings:
        yield Heading("Clinic settings in force")
        pairs = [f"{label}: {value or 'none'}" for _, label, value in summary.basis.settings]
        yield Paragraph(plain("; ".join(pairs) + "."), small=True)
