"""A made-up cohort report, as the cohort floor would compose it."""

from dataclasses import replace
from typing import Any

from poems_registry.charts.kaplan_meier import Curve, Step, kaplan_meier
from poems_registry.charts.prevalence import Comparator, PrevalenceRow, prevalence
from poems_registry.charts.shapes import Drawing
from poems_registry.charts.swimmer import Lane, swimmer
from poems_registry.pages.document import (
    Align,
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
    Style,
    Table,
    plain,
)
from tests.integration.pages.samples import SIGNED_AT

FEATURES = (
    ("Polyneuropathy", 142, 142),
    ("Monoclonal plasma cells", 139, 142),
    ("Raised VEGF", 131, 136),
    ("Sclerotic bone lesion", 96, 121),
    ("Skin changes", 105, 138),
    ("Endocrinopathy", 92, 124),
    ("Volume overload", 84, 139),
    ("Organomegaly", 78, 132),
    ("Platelets or red cells high", 77, 140),
    ("Papilloedema", 41, 98),
    ("Castleman disease", 18, 96),
)


def prevalence_drawing() -> Drawing:
    """Eleven features with intervals and three kinds of comparators."""
    rows = []
    for label, present, assessed in FEATURES:
        percent = 100 * present / assessed
        low, high = max(percent - 7, 0), min(percent + 6, 100)
        published = (
            Comparator("6 older series", low=max(percent - 30, 0), high=min(percent + 10, 100)),
            Comparator("Mayo 2003, n = 99", percent=max(percent - 9, 0)),
            Comparator("China, n = 1,946", percent=min(percent + 4, 100)),
        )
        words = f"{percent:.0f} ({low:.0f} to {high:.0f})"
        rows.append(PrevalenceRow(label, percent, low, high, f"{present} / {assessed}", words, published))
    return prevalence(rows, 493.0, font_size=9.0)


def survival_drawing() -> Drawing:
    """Two curves over twelve years."""
    curves = []
    for name, fall in (("Overall", 0.985), ("Progression-free", 0.955)):
        steps = [Step(0.0, 1.0, 1.0, 1.0)]
        for k in range(1, 24):
            share = fall**k
            steps.append(Step(k / 2, share, max(share - 0.01 * k / 2, 0), min(share + 0.008 * k / 2, 1)))
        risk = tuple((float(t), str(142 - 10 * t)) for t in (0, 2, 4, 6, 8, 10, 12))
        curves.append(Curve(name, tuple(steps), tuple(k / 3 + 1 for k in range(30)), risk, "5 years 87%, 10 years 81%"))
    return kaplan_meier(curves, 493.0, 250.0, font_size=9.0, years=12.0)


def swimmer_drawing() -> Drawing:
    """Forty patients."""
    lanes = [
        Lane(
            14 - k / 3.2,
            "died" if k % 5 == 3 else "followed",
            ((0, 0.6, True), (3, 4.1, False)) if k % 2 else ((0, 0.5, True),),
            (0.6,) if k % 3 == 0 else (),
            (2.8,) if k % 2 else (),
        )
        for k in range(40)
    ]
    return swimmer(lanes, 493.0, row_height=6.0, font_size=9.0)


def baseline_table() -> Table:
    """Who the patients are at diagnosis."""
    heads = ("At diagnosis", "All, n = 142", "Transplant first, n = 58", "Other first, n = 84", "Assessed")
    widths = (50, 36, 38, 35, 15)
    columns = tuple(
        Column(head, width, Align.RIGHT if index else Align.LEFT, quiet=index == 4)
        for index, (head, width) in enumerate(zip(heads, widths, strict=True))
    )
    table = (
        ("Age, years, median (range)", "52 (24 to 84)", "49 (24 to 67)", "57 (31 to 84)", "142"),
        ("Men, n (%)", "89 (63%)", "38 (66%)", "51 (61%)", "142"),
        ("Delay from first symptom, months, median (IQR)", "13 (8 to 21)", "11 (7 to 18)", "15 (9 to 24)", "137"),
        (
            "Serum VEGF, pg/mL, median (IQR)",
            "4,120 (2,480 to 6,950)",
            "4,480 (2,710 to 7,200)",
            "3,860 (2,300 to 6,610)",
            "136",
        ),
        ("Platelets, 10⁹/L, median (IQR)", "448 (362 to 541)", "455 (370 to 548)", "441 (355 to 536)", "141"),
    )
    return Table(columns, tuple(Row(tuple(plain(cell) for cell in row)) for row in table))


def make_report(**changes: Any) -> Document:
    """The cohort report of the mock-ups."""
    figures = (
        ("142", "patients"),
        ("7.3 years", "median follow-up"),
        ("949", "patient-years"),
        ("40", "relapsed"),
        ("23", "died"),
        ("91%", "fields assessed"),
    )
    document = Document(
        title="POEMS clinic cohort",
        author="National POEMS Clinic",
        subject="Cohort report C-2026-031",
        created=SIGNED_AT,
        style=Style.REPORT,
        band="NOT FOR RELEASE: clinic use only",
        blocks=(
            Heading("POEMS clinic cohort", 1),
            Paragraph(
                plain(
                    "POEMS syndrome by rule set A, diagnosed 1 January 2012 to 20 November 2026, seen at least once."
                ),
                quiet=True,
            ),
            KeyFigures(tuple(KeyFigure(*pair) for pair in figures)),
            Heading(
                "Table 1. Who they are at diagnosis", note="n = 142; 58 transplant first, 84 other first treatment"
            ),
            baseline_table(),
            Heading(
                "Features ever present, beside published series", note="denominator: patients assessed for that feature"
            ),
            Figure(
                prevalence_drawing(),
                plain("Read with care: published series count features at diagnosis and by different definitions."),
            ),
            NewPage(),
            Heading("Course and outcome", 1),
            Heading("Survival", note="n = 142; 23 deaths, 59 progressions or deaths; ticks: last seen"),
            Figure(survival_drawing()),
            Heading("Patients who relapsed or died", note="n = 59 of 142; one line each, longest first"),
            Figure(swimmer_drawing(), plain("Dotted lines: 95% limits (log-log).")),
        ),
        footer=Footer(
            "",
            ("Cohort report C-2026-031. Data to 20 November 2026. Criteria rule set A, version 3.",),
            "Contains small counts: not for release. Made-up data from the training registry.",
        ),
    )
    return replace(document, **changes)
