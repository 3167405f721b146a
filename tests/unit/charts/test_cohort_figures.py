"""Prevalence, survival and swimmer plots show every row they are given, and what is withheld stays withheld."""

from datetime import date
from itertools import pairwise

import pytest

from poems_registry.charts.journey_data import Point
from poems_registry.charts.kaplan_meier import Curve, Step, kaplan_meier, risk_times
from poems_registry.charts.prevalence import Comparator, PrevalenceRow, prevalence
from poems_registry.charts.shapes import Anchor, Circle, Drawing, Line, Polygon, Polyline, Rect, Text, Tone
from poems_registry.charts.sparkline import sparkline
from poems_registry.charts.swimmer import Lane, swimmer, swimmer_pages


def texts(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Text)]


ROWS = (
    PrevalenceRow("Raised VEGF", 96.3, 92, 98, "131 / 136", "96 (92 to 98)", (Comparator("Mayo 2003", 68.0),)),
    PrevalenceRow("Skin changes", 76, 68, 82, "105 / 138", "76 (68 to 82)", (Comparator("6 series", low=68, high=90),)),
    PrevalenceRow("Castleman disease", None, None, None, "* / 96", "withheld"),
)


def test_a_bar_is_as_long_as_its_share_and_a_withheld_one_is_not_drawn() -> None:
    drawing = prevalence(ROWS, 493, font_size=9)
    bars = [
        shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.fill is Tone.FILL and shape.height > 6
    ]
    assert len(bars) == 2
    assert bars[0].width / bars[1].width == pytest.approx(96.3 / 76)
    assert {"* / 96", "withheld", "131 / 136"} <= set(texts(drawing))


def test_the_key_names_every_published_series_once() -> None:
    drawing = prevalence(ROWS, 493, font_size=9)
    assert [text for text in texts(drawing) if text in {"Mayo 2003", "6 series"}] == ["6 series", "Mayo 2003"]


def test_two_studies_have_two_marks() -> None:
    rows = (PrevalenceRow("A", 50, 40, 60, "5 / 10", "50", (Comparator("One", 40), Comparator("Two", 70))),)
    marks = [shape for shape in prevalence(rows, 493, font_size=9).shapes if isinstance(shape, Polygon)]
    assert {len(mark.points) for mark in marks} == {3, 4}


CURVE = Curve(
    "Overall survival",
    (Step(0, 1, 1, 1), Step(2, 0.9, 0.8, 0.95), Step(5, 0.7, 0.55, 0.82)),
    (3.0, 6.0),
    ((0, "20"), (2, "18"), (4, "*")),
    "5 years 70%",
)


def test_a_survival_curve_falls_in_steps_and_carries_its_limits() -> None:
    drawing = kaplan_meier([CURVE], 493, 250, font_size=9, years=8)
    lines = [shape for shape in drawing.shapes if isinstance(shape, Polyline)]
    assert len(lines) == 3
    steps = lines[0].points
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(steps))
    assert steps[0][1] < steps[-1][1]


def test_ticks_for_the_censored_stand_on_the_curve() -> None:
    drawing = kaplan_meier([CURVE], 493, 250, font_size=9, years=8)
    steps = next(shape for shape in drawing.shapes if isinstance(shape, Polyline)).points
    ticks = [
        s
        for s in drawing.shapes
        if isinstance(s, Line) and s.x1 == s.x2 and s.width == 0.6 and s.y2 - s.y1 == pytest.approx(4.4)
    ]
    heights = {round(y, 3) for _, y in steps}
    assert [round((tick.y1 + tick.y2) / 2, 3) in heights for tick in ticks] == [True, True]


def test_numbers_at_risk_stand_under_their_times() -> None:
    drawing = kaplan_meier([CURVE], 493, 250, font_size=9, years=8)
    at = {s.text: s.x for s in drawing.shapes if isinstance(s, Text) and s.anchor is Anchor.MIDDLE}
    assert at["18"] == pytest.approx(at["2"])
    assert at["*"] == pytest.approx(at["4"])
    assert risk_times(12) == (0, 2, 4, 6, 8, 10, 12)


def test_no_patients_makes_an_empty_figure_not_an_error() -> None:
    assert kaplan_meier([], 400, 200, font_size=9).alt_text == "No patients followed."
    assert swimmer([], 400, row_height=6, font_size=9).alt_text.startswith("0 patients")
    assert prevalence([], 400, font_size=9).alt_text == "No features recorded."


def test_swimmer_pages_hold_every_patient_longest_first() -> None:
    lanes = [Lane(float(k), "followed") for k in range(1, 95)]
    pages = swimmer_pages(lanes, 40)
    assert [len(page) for page in pages] == [40, 40, 14]
    ends = [lane.end for page in pages for lane in page]
    assert ends == sorted(ends, reverse=True)


def test_each_ending_has_its_own_sign() -> None:
    ends = {
        ending: swimmer([Lane(5, ending)], 400, row_height=6, font_size=9) for ending in ("died", "followed", "lost")
    }
    arrows = {
        ending: sum(isinstance(s, Polygon) and len(s.points) == 3 for s in d.shapes) for ending, d in ends.items()
    }
    assert arrows == {"died": 1, "followed": 2, "lost": 1}  # one stands in the key
    crosses = {e: sum(isinstance(s, Line) and s.width == 1.4 for s in d.shapes) for e, d in ends.items()}
    assert crosses == {"died": 4, "followed": 2, "lost": 2}


def test_a_sparkline_ends_open_when_the_last_value_is_beyond_a_limit() -> None:
    points = [Point(date(2024, 1, 1), 900), Point(date(2025, 1, 1), 31, "<")]
    drawing = sparkline(points, 80, 20, level=400, logarithmic=True)
    mark = next(shape for shape in drawing.shapes if isinstance(shape, Circle))
    assert mark.fill is Tone.PAPER
    assert drawing.alt_text == "2 values, last below 31."
    assert all(0 <= hit.x <= 80 and 0 <= hit.y <= 20 for hit in drawing.hits)


@pytest.mark.parametrize("logarithmic", [True, False])
def test_a_sparkline_of_nothing_of_one_and_of_zeros(logarithmic: bool) -> None:
    assert sparkline([], 80, 20).shapes == ()
    zeros = [Point(date(2024, 1, 1), 0), Point(date(2024, 1, 1), 0)]
    assert len(sparkline(zeros, 80, 20, logarithmic=logarithmic).hits) == 2
    assert len(sparkline(zeros[:1], 80, 20, logarithmic=logarithmic).hits) == 1
