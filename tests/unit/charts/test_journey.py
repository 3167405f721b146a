"""The journey shows every value once, tells censored ones apart, and keeps its words off each other."""

from datetime import date, timedelta
from itertools import pairwise
from operator import itemgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_registry.charts.journey import Bar, Flag, JourneyData, Point, journey
from poems_registry.charts.journey_data import Series, Sign
from poems_registry.charts.journey_series import (
    free_light_chain,
    m_protein,
    onls,
    platelets,
    vegf_plasma,
    vegf_serum,
)
from poems_registry.charts.lettering import text_width
from poems_registry.charts.shapes import (
    Anchor,
    Circle,
    Drawing,
    Line,
    Pattern,
    Polygon,
    Polyline,
    Rect,
    Text,
    Tone,
    Weight,
)

TODAY = date(2026, 11, 18)


def point(day: str, value: float, sign: Sign = "=") -> Point:
    return Point(date.fromisoformat(day), value, sign)


VEGF = (
    point("2024-03-04", 8000, ">"),
    point("2025-01-14", 980),
    point("2026-03-03", 125, "<"),
    point("2026-11-18", 640),
)
KINDS: tuple[Sign | None, ...] = ("=", "<", ">", None)
SCORES = (point("2024-03-04", 7), point("2025-01-14", 5), point("2026-11-18", 3))


def data(*series: Series, bars: tuple[Bar, ...] = (), flags: tuple[Flag, ...] = ()) -> JourneyData:
    return JourneyData(series or (vegf_serum(VEGF, decision=1771), onls(SCORES)), TODAY, bars, flags)


def drawn(journey_data: JourneyData, *, paper: bool = True) -> Drawing:
    return journey(journey_data, 487, 220, paper=paper, font_size=9)


def texts(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Text)]


def extent(shape: Text) -> tuple[float, float, float, float]:
    wide = text_width(shape.text, shape.size, shape.weight) / 1.04
    left = {Anchor.START: shape.x, Anchor.MIDDLE: shape.x - wide / 2, Anchor.END: shape.x - wide}[shape.anchor]
    return left, shape.y - shape.size * 0.7, left + wide, shape.y


def test_a_censored_value_is_an_open_triangle_with_words_at_its_limit() -> None:
    drawing = drawn(data(vegf_serum(VEGF)))
    triangles = [shape for shape in drawing.shapes if isinstance(shape, Polygon) and len(shape.points) == 3]
    assert [shape.fill for shape in triangles] == [Tone.PAPER, Tone.PAPER]
    up, down = triangles
    assert up.points[0][1] < up.points[1][1]
    assert down.points[0][1] > down.points[1][1]
    assert {"more than 8,000", "below 125"} <= set(texts(drawing))
    assert sum(isinstance(shape, Circle) for shape in drawing.shapes) == 2


def test_signs_are_words_on_paper_and_signs_on_screen() -> None:
    assert not any(">" in text or "<" in text for text in texts(drawn(data())))
    assert "> 8,000" in texts(drawn(data(), paper=False))


@pytest.mark.parametrize("paper", [True, False])
def test_a_censored_value_is_said_however_crowded_the_panel(paper: bool) -> None:
    low = [point(str(date(2024, 1, 5) + timedelta(days=9 * k)), 125, "<") for k in range(40)]
    high = [point(str(date(2025, 1, 5) + timedelta(days=9 * k)), 8000, ">") for k in range(40)]
    found = texts(drawn(data(vegf_serum([*low, *high, point("2026-11-01", 640)], decision=1771)), paper=paper))
    said_once = {"below 125", "more than 8,000"} if paper else {"< 125", "> 8,000"}
    assert [found.count(words) for words in said_once] == [1, 1]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.sampled_from(KINDS)), min_size=1, max_size=12),
    st.booleans(),
)
def test_words_of_one_panel_never_touch_each_other(seen: list[tuple[int, Sign | None]], paper: bool) -> None:
    points = []
    for days, sign in sorted(seen, key=itemgetter(0)):
        on = date(2024, 1, 1) + timedelta(days=days)
        value = 1 if sign == "<" else 4
        points.append(Point(on, 0, detected=False) if sign is None else Point(on, value, sign))
    drawing = journey(data(m_protein(tuple(points))), 260, 90, paper=paper, font_size=9)
    beside = [s for s in drawing.shapes if isinstance(s, Text) and s.anchor is Anchor.START and s.x > 100]
    boxes = [extent(shape) for shape in beside if "latest" not in shape.text]
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = one[2] + 2 < other[0] or other[2] + 2 < one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (beside, seen)


def test_today_is_named_and_stands_at_its_day() -> None:
    drawing = drawn(data(), paper=False)
    word = next(shape for shape in drawing.shapes if isinstance(shape, Text) and shape.text == "Today")
    newest = max(drawing.hits, key=lambda hit: hit.on)
    assert newest.on == TODAY
    assert word.x == pytest.approx(newest.x)
    assert "Today" not in texts(drawn(data()))


def test_looked_for_and_not_found_is_open_and_said() -> None:
    none = m_protein(
        (point("2024-03-04", 4.6), Point(date(2025, 1, 1), 0, detected=False), Point(TODAY, 0, detected=False))
    )
    drawing = drawn(data(none), paper=False)
    squares = [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.stroke is Tone.PURPLE]
    assert [shape.fill for shape in squares] == [Tone.PURPLE, Tone.PAPER, Tone.PAPER]
    assert texts(drawing).count("not detected") == 1
    assert "not detected latest" in texts(drawing)


def test_serum_and_plasma_vegf_never_share_a_panel() -> None:
    drawing = drawn(data(vegf_serum(VEGF), vegf_plasma((point("2024-03-04", 300), point("2026-11-18", 40)))))
    assert {"VEGF, serum", "VEGF, plasma"} <= set(texts(drawing))
    lines = [shape for shape in drawing.shapes if isinstance(shape, Polyline)]
    assert len(lines) == 2
    assert max(y for _, y in lines[0].points) < min(y for _, y in lines[1].points)


def test_all_panels_stand_under_each_other_when_all_is_recorded() -> None:
    every = data(
        vegf_serum(VEGF, decision=1771, limit=771),
        vegf_plasma((point("2026-11-18", 40),)),
        m_protein(SCORES),
        free_light_chain("Lambda light chain", SCORES),
        platelets((point("2024-03-04", 512), point("2026-11-18", 214)), limit=400),
        onls(SCORES),
    )
    drawing = drawn(every)
    names = [s for s in drawing.shapes if isinstance(s, Text) and s.weight is Weight.BOLD and s.x == 0]
    assert [name.y for name in names] == sorted(name.y for name in names)
    assert len(names) == 6
    assert all(below.y - above.y >= 24 for above, below in pairwise(names))


def test_the_decision_level_is_dashed_named_and_shaded_above() -> None:
    drawing = drawn(data())
    assert "decision level 1,771" in texts(drawing)
    level = next(shape for shape in drawing.shapes if isinstance(shape, Line) and shape.dash == (4.0, 2.5))
    shade = next(shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.fill is Tone.BAND)
    assert shade.y + shade.height == pytest.approx(level.y1)


def test_the_axis_of_onls_grows_to_twelve_only_when_needed() -> None:
    assert "8" in texts(drawn(data(onls(SCORES))))
    assert "12" in texts(drawn(data(onls((*SCORES, point("2024-01-01", 9))))))


def test_on_paper_no_series_needs_colour() -> None:
    bars = (Bar("Line 1", date(2024, 4, 1), date(2024, 9, 1), 1), Bar("Line 2", date(2026, 4, 7), None, 2))
    drawing = drawn(data(bars=bars, flags=(Flag(date(2026, 3, 3), "Relapse", "relapse"),)))
    coloured = {Tone.BLUE, Tone.PURPLE, Tone.GREEN, Tone.RED, Tone.AMBER}
    for shape in drawing.shapes:
        tones = {getattr(shape, name, None) for name in ("tone", "fill", "stroke")}
        assert not tones & coloured, shape
    assert [s.dash for s in drawing.shapes if isinstance(s, Polyline)] == [(), (3.0, 1.6)]
    patterns = [s.pattern for s in drawing.shapes if isinstance(s, Rect) and s.stroke is Tone.TEXT and s.height > 8]
    assert patterns == [Pattern.SOLID, Pattern.HATCH]


def test_a_treatment_that_goes_on_ends_in_an_arrow_head() -> None:
    going = drawn(data(bars=(Bar("Line 1", date(2025, 4, 1), None, 1),)))
    over = drawn(data(bars=(Bar("Line 1", date(2025, 4, 1), date(2026, 4, 1), 1),)))
    heads = [sum(isinstance(s, Polygon) and s.stroke is None for s in drawing.shapes) for drawing in (going, over)]
    assert heads == [1, 0]


def test_bars_at_the_same_time_stand_in_different_lanes() -> None:
    bars = tuple(Bar(name, date(2025, 1, 1), date(2026, 1, 1), None) for name in ("Apixaban", "Antiviral", "Steroid"))
    drawing = drawn(data(bars=bars))
    assert (
        len({s.y for s in drawing.shapes if isinstance(s, Text) and s.text in {"Apixaban", "Antiviral", "Steroid"}})
        == 3
    )


def test_hits_are_the_points_in_time_and_say_value_and_unit() -> None:
    drawing = drawn(data(flags=(Flag(date(2026, 3, 3), "Relapse", "relapse"),)), paper=False)
    words = [hit.words for hit in drawing.hits]
    assert words[0] == "VEGF, serum more than 8,000 pg/mL"
    assert "ONLS 3" in words
    assert words[-1] == "Relapse"
    days = [hit.on for hit in drawing.hits[:-1]]
    assert days == sorted(days)
    assert len(drawing.hits) == len(VEGF) + len(SCORES) + 1


def test_words_inside_the_panels_do_not_cover_each_other() -> None:
    many = tuple(point(str(date(2020, 1, 1) + timedelta(days=40 * k)), 300 + (k * 977) % 9000, "=") for k in range(60))
    scores = tuple(point(str(date(2020, 1, 1) + timedelta(days=80 * k)), (k * 5) % 9) for k in range(30))
    flags = tuple(Flag(date(2021 + k, 3, 3), f"Event number {k}") for k in range(5))
    bars = tuple(Bar(f"Treatment {k}", date(2020 + k, 2, 1), date(2020 + k, 9, 1), k + 1) for k in range(6))
    drawing = drawn(data(vegf_serum(many, decision=1771), onls(scores), bars=bars, flags=flags))
    boxes = [extent(shape) for shape in drawing.shapes if isinstance(shape, Text)]
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


@pytest.mark.parametrize("paper", [True, False])
@pytest.mark.parametrize("size", [9.0, 12.0])
def test_nothing_is_drawn_outside_the_drawing(paper: bool, size: float) -> None:
    bars = (Bar("A very long name of a treatment", date(2026, 9, 1), None, 1),)
    flags = (Flag(TODAY, "Seen today in the clinic with a long label", "event"),)
    drawing = journey(data(bars=bars, flags=flags), 487, 190, paper=paper, font_size=size)
    for shape in drawing.shapes:
        if isinstance(shape, Text):
            left, top, right, bottom = extent(shape)
            assert left >= -1, shape
            assert right <= drawing.width + 1, shape
            assert top >= -1, shape
            assert bottom <= drawing.height, shape


def test_one_visit_or_none_still_makes_a_chart() -> None:
    assert drawn(data(vegf_serum((point("2026-11-18", 640),)))).hits
    empty = journey(JourneyData((), TODAY), 400, 100, paper=False, font_size=12)
    assert empty.alt_text == "No results recorded."


def test_the_alternative_text_tells_first_last_and_treatments() -> None:
    bars = (Bar("Line 1", date(2024, 4, 1), date(2024, 9, 20), 1), Bar("Line 2", date(2026, 4, 7), None, 2))
    alt = drawn(data(bars=bars)).alt_text
    assert "VEGF, serum, pg/mL: 4 values; more than 8,000 on 4 March 2024, 640 on 18 November 2026." in alt
    assert "Treatment: Line 2, from 7 April 2026 and going on." in alt


def test_forty_years_of_two_hundred_points_a_series_are_all_there() -> None:
    days = [date(1986, 1, 1) + timedelta(days=73 * k) for k in range(200)]
    long = tuple(Point(day, 300 + k * 40) for k, day in enumerate(days))
    drawing = drawn(
        data(vegf_serum(long), m_protein(long), onls(tuple(Point(day, k % 13) for k, day in enumerate(days))))
    )
    assert len(drawing.hits) == 600
