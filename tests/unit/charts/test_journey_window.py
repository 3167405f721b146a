"""Nearer, farther, earlier and later show a part of the journey: nothing outside it, nothing inside it left out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from poems_registry.charts.journey import Bar, Flag, JourneyData, Point, journey
from poems_registry.charts.journey_data import Series
from poems_registry.charts.journey_panel import axis_limits
from poems_registry.charts.journey_series import onls, vegf_serum
from poems_registry.charts.journey_window import LEAST, Window, farther, last_years, moved, nearer, whole, within
from poems_registry.charts.shapes import Drawing, Text

TODAY = date(2026, 11, 18)
VEGF = tuple(Point(date(2008 + year, 3, 4), 5000 - 200 * year) for year in range(18))
SCORES = tuple(Point(date(2008 + year, 9, 1), 6 - year // 4) for year in range(18))
DATA = JourneyData(
    (vegf_serum(VEGF, decision=1771), onls(SCORES)),
    TODAY,
    (Bar("Len-dex", date(2009, 1, 1), date(2010, 1, 1), 1), Bar("Dara-Rd", date(2024, 5, 1), None, 2)),
    (Flag(date(2008, 3, 4), "Diagnosis", "diagnosis"), Flag(date(2024, 4, 1), "Relapse", "relapse")),
)
WINDOWS = st.builds(
    lambda start, length: Window(date(2008, 3, 4) + timedelta(start), date(2008, 3, 4) + timedelta(start + length)),
    st.integers(0, 6000),
    st.integers(120, 6800),
)


def words(drawing: Drawing) -> str:
    return " ".join(shape.text for shape in drawing.shapes if isinstance(shape, Text))


def drawn(data: JourneyData) -> Drawing:
    return journey(data, 487, 220, paper=False, font_size=9)


@given(WINDOWS)
def test_a_part_holds_exactly_the_values_and_events_of_its_days(window: Window) -> None:
    part = within(DATA, window)
    if window == whole(DATA):
        return
    for shown, all_of in zip(part.series, DATA.series, strict=True):
        assert shown.points == tuple(p for p in all_of.points if window.first <= p.on <= window.last)
        assert axis_limits(shown) == axis_limits(all_of)
    assert part.flags == tuple(flag for flag in DATA.flags if window.first <= flag.on <= window.last)
    assert all(window.first <= hit.on <= window.last for hit in drawn(part).hits)


@given(WINDOWS, st.integers(-9, 9))
def test_going_to_and_fro_stays_on_the_journey_and_keeps_the_length(window: Window, steps: int) -> None:
    every = whole(DATA)
    to = moved(farther(nearer(window), DATA), steps, DATA)
    assert every.first <= to.first < to.last <= every.last
    assert to.length >= LEAST


def test_nearer_goes_to_the_newest_values_or_stays_at_the_point_in_hand() -> None:
    every = whole(DATA)
    assert nearer(every).last == every.last
    held = nearer(every, date(2010, 3, 4))
    assert held.first < date(2010, 3, 4) < held.last
    window = every
    for _ in range(30):
        window = nearer(window)
    assert window.length == LEAST


def test_a_treatment_that_reaches_into_the_part_is_shown_and_one_before_it_is_not() -> None:
    part = within(DATA, last_years(DATA, 2))
    assert [bar.label for bar in part.bars] == ["Dara-Rd"]


def test_a_part_that_ends_before_today_says_neither_today_nor_latest() -> None:
    early = words(drawn(within(DATA, Window(date(2010, 1, 1), date(2014, 1, 1)))))
    assert "Today" not in early
    assert "latest" not in early
    assert "last shown" in early
    late = words(drawn(within(DATA, last_years(DATA, 5))))
    assert "Today" in late
    assert "latest" in late


def test_a_journey_of_one_day_has_a_window_too() -> None:
    one = JourneyData((Series("VEGF", "pg/mL", (Point(TODAY, 900.0),)),), TODAY)
    assert whole(one).length >= LEAST
    assert drawn(within(one, nearer(whole(one)))).hits
