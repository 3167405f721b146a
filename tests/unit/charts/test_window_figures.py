"""Parts of cohort figures that a window shows apart: lines and their axis, bars beside a table, points read out."""

from datetime import date

from poems_registry.charts.kaplan_meier import Curve, Point, Step, kaplan_meier
from poems_registry.charts.prevalence import Comparator, PrevalenceRow, prevalence, prevalence_bars
from poems_registry.charts.shapes import Line, Rect, Text
from poems_registry.charts.swimmer import Lane, swimmer, swimmer_axis, swimmer_rows

LANES = (
    Lane(9.0, "followed", ((0.1, 0.6, True),), (0.5,)),
    Lane(4.0, "died", ((0.2, 0.7, True), (2.0, 2.5, False)), (), (1.9,)),
)
ROWS = (
    PrevalenceRow("Skin changes", 80.0, 70.0, 88.0, "80 / 100", "80 (70 to 88)", (Comparator("Mayo", 68.0),), "3"),
    PrevalenceRow("Papilloedema", None, None, None, "* / 20", "*", (), "*"),
)


def test_lines_and_axis_put_together_are_the_whole_chart() -> None:
    whole = swimmer(LANES, 500, row_height=9, font_size=10, years=9.0)
    rows = swimmer_rows(LANES, 500, row_height=9, font_size=10, years=9.0)
    axis = swimmer_axis(500, font_size=10, years=9.0)
    assert set(rows.shapes) <= set(whole.shapes)
    assert len(rows.shapes) + len(axis.shapes) == len(whole.shapes)
    assert rows.height + axis.height == whole.height
    assert not any(isinstance(shape, Text) for shape in rows.shapes)


def test_the_ticks_of_the_axis_stand_under_the_lines_of_the_grid() -> None:
    rows = swimmer_rows(LANES, 500, row_height=9, font_size=10, years=9.0)
    axis = swimmer_axis(500, font_size=10, years=9.0)
    grid = {shape.x1 for shape in rows.shapes if isinstance(shape, Line) and shape.x1 == shape.x2}
    ticks = {shape.x for shape in axis.shapes if isinstance(shape, Text) and shape.text.isdigit()}
    assert ticks == grid
    assert len(ticks) > 3


def test_bars_beside_a_table_repeat_none_of_its_words_and_begin_below_its_head() -> None:
    bars = prevalence_bars(ROWS, 300, font_size=10, row_height=33, head=24)
    words = {shape.text for shape in bars.shapes if isinstance(shape, Text)}
    assert words.isdisjoint({"Skin changes", "80 / 100", "80 (70 to 88)", "present / assessed", "3"})
    assert {"0%", "100%", "This clinic", "Mayo"} <= words
    bar = next(shape for shape in bars.shapes if isinstance(shape, Rect))
    assert 24 < bar.y < bar.y + bar.height < 24 + 33
    assert bars.alt_text == prevalence(ROWS, 300, font_size=10).alt_text


def test_points_of_a_curve_can_be_reached_in_the_order_of_time_where_the_curve_stands() -> None:
    on = date(2026, 11, 20)
    one = Curve("Overall", (Step(0, 1.0), Step(3, 0.8)), (), (), "", (Point(0, 1.0, "a", on), Point(4, 0.8, "c", on)))
    other = Curve("Free", (Step(0, 1.0), Step(2, 0.5)), (), (), "", (Point(2, 0.5, "b", on), Point(40, 0.5, "d", on)))
    hits = kaplan_meier([one, other], 400, 300, font_size=10, years=6.0).hits
    assert [hit.words for hit in hits] == ["a", "b", "c"]
    assert hits[0].x < hits[1].x < hits[2].x
    assert hits[0].y < hits[2].y < hits[1].y
