"""Dates typed by people, shown in words, and the ages counted from them."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from poems_registry.domain.dates import (
    AmbiguousDate,
    BadDate,
    PartialDate,
    age_on,
    ago,
    letter_date,
    parse_date,
    show_age,
    show_date,
    show_instant,
    show_time,
)

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    depth = draw(st.integers(1, 3))
    return PartialDate(
        day.year, day.month if depth > 1 else None, day.day if depth > 2 else None, approx=draw(st.booleans())
    )


@given(partial_dates())
def test_what_the_screen_shows_is_read_back_as_the_same_date(known: PartialDate) -> None:
    assert parse_date(show_date(known), TODAY, partial=True, future=True) == known


@given(partial_dates(), st.booleans())
def test_what_a_letter_says_is_read_back_as_the_same_date(known: PartialDate, glue: bool) -> None:
    assert parse_date(letter_date(known, glue), TODAY, partial=True, future=True) == known


@given(partial_dates())
def test_the_stored_form_is_read_back_as_the_same_date(known: PartialDate) -> None:
    assert PartialDate.from_iso(known.iso()) == known


@given(DAYS)
def test_every_way_of_writing_a_whole_date_means_the_same_day(day: date) -> None:
    month = show_date(day)[3:6]
    forms = [
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{day:%d%m%Y}",
        f"{day:%Y%m%d}",
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{day.day}{month}{day.year}",
        f"{month.upper()} {day.day}, {day.year}",
        f"{day.year} {month} {day.day}",
    ]
    assert {parse_date(form, TODAY, future=True) for form in forms} == {PartialDate.of(day)}


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("14-Jul-1955", "1955-07-14"),
        ("14 July 1955", "1955-07-14"),
        ("14th July, 1955", "1955-07-14"),
        ("14/07/1955", "1955-07-14"),
        ("14.7.1955", "1955-07-14"),
        (" 14 / 7 / 1955 ", "1955-07-14"),
        ("14\u201307\u20131955", "1955-07-14"),
        ("14\u00a0July\u00a01955", "1955-07-14"),
        ("\uff11\uff14-07-1955", "1955-07-14"),
        ("14071955", "1955-07-14"),
        ("19550714", "1955-07-14"),
        ("20121955", "1955-12-20"),
        ("20101912", "1912-10-20"),
        ("Thu 14-Jul-1955", "1955-07-14"),
        ("14 Sept 1955", "1955-09-14"),
        ("05/04/2026", "2026-04-05"),
        ("today", "2026-11-22"),
        ("T", "2026-11-22"),
        ("yesterday", "2026-11-21"),
        ("-2d", "2026-11-20"),
        ("\u22121w", "2026-11-15"),
        ("- 9 m", "2026-02-22"),
        ("-1y", "2025-11-22"),
    ],
)
def test_a_whole_date_is_read_as_it_is_meant(typed: str, iso: str) -> None:
    assert parse_date(typed, TODAY).iso() == iso


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("+3m", "2027-02-28"), ("+1w", "2026-12-07"), ("+1y", "2027-11-30"), ("tomorrow", "2026-12-01")],
)
def test_a_step_ahead_stops_at_the_end_of_a_short_month(typed: str, iso: str) -> None:
    assert parse_date(typed, date(2026, 11, 30), future=True).iso() == iso


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("1955", "1955"),
        ("Jul 1955", "1955-07"),
        ("07/1955", "1955-07"),
        ("1955-07", "1955-07"),
        ("Approx 1955", "1955~"),
        ("c. 1955", "1955~"),
        ("about July 1955", "1955-07~"),
        ("~1955", "1955~"),
        ("1955~", "1955~"),
    ],
)
def test_a_partial_date_is_read_only_where_the_field_allows_it(typed: str, iso: str) -> None:
    assert parse_date(typed, TODAY, partial=True).iso() == iso
    with pytest.raises(BadDate, match="exact date"):
        parse_date(typed, TODAY)


def test_a_year_in_two_figures_is_never_guessed_and_offers_both_centuries() -> None:
    with pytest.raises(AmbiguousDate) as caught:
        parse_date("05/04/20", TODAY)
    assert [reading.iso() for reading in caught.value.readings] == ["2020-04-05", "1920-04-05"]


@pytest.mark.parametrize("typed", ["14/07/55", "140755", "14-Jul-55", "Jul 14 55"])
def test_a_birth_year_in_two_figures_offers_only_the_century_that_is_past(typed: str) -> None:
    with pytest.raises(AmbiguousDate) as caught:
        parse_date(typed, TODAY)
    assert [reading.iso() for reading in caught.value.readings] == ["1955-07-14"]


def test_a_follow_up_in_two_figures_offers_the_nearer_century_first() -> None:
    with pytest.raises(AmbiguousDate) as caught:
        parse_date("05/04/27", TODAY, future=True)
    assert [reading.iso() for reading in caught.value.readings] == ["2027-04-05", "1927-04-05"]


def test_where_a_field_asks_for_it_the_latest_past_century_is_taken() -> None:
    assert parse_date("05/04/20", TODAY, past_century_guess=True).iso() == "2020-04-05"
    assert parse_date("05/04/27", TODAY, past_century_guess=True).iso() == "1927-04-05"
    assert parse_date("05/04/27", TODAY, future=True, past_century_guess=True).iso() == "2027-04-05"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31-Feb-2025", "February has days 1 to 28"),
        ("29/02/2025", "does not exist"),
        ("31/04/25", "does not exist"),
        ("29/02/2100", "does not exist"),
        ("00/04/2025", "does not exist"),
        ("04/13/2025", "day comes first"),
        ("12-13-2025", "day comes first"),
        ("14/07/0202", "four figures"),
        ("-9999y", "four figures"),
        ("+9999w", "four figures"),
        ("Wed 14-Jul-1955", "is a Thursday"),
        ("23-Nov-2026", "future"),
        ("+1d", "future"),
        ("2027", "exact date"),
        ("", "not read"),
        ("sun", "not read"),
        ("14 July", "not read"),
        ("Ju 1955", "not read"),
        ("14/07-1955", "not read"),
        ("071955", "does not exist|day comes first"),
        ("\u0661\u0664/07/1955", "not read"),
        ("unknown", "not read"),
    ],
)
def test_what_cannot_be_a_date_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(BadDate, match=words) as caught:
        parse_date(typed, TODAY)
    assert not isinstance(caught.value, AmbiguousDate)


def test_a_year_still_to_come_is_refused_where_the_future_is() -> None:
    with pytest.raises(BadDate, match="future"):
        parse_date("2027", TODAY, partial=True)
    assert parse_date("2026", TODAY, partial=True).iso() == "2026"


@given(st.text(max_size=12) | st.text("0123456789/-. +dwmyjulapr~", max_size=12), st.booleans(), st.booleans())
@example("+9999m", True, True)
@example("99999999", True, True)
@example("29/02/00", False, False)
def test_no_typed_text_does_more_than_be_refused(typed: str, partial: bool, future: bool) -> None:
    known, problem = _read(typed, partial, future)
    if known is not None:
        assert partial or known == PartialDate.of(known.earliest())
        assert future or known.earliest() <= TODAY
    else:
        assert str(problem).endswith(".")
        assert not isinstance(problem, AmbiguousDate) or 1 <= len(problem.readings) <= 2


def _read(typed: str, partial: bool, future: bool) -> tuple[PartialDate | None, BadDate | None]:
    try:
        return parse_date(typed, TODAY, partial=partial, future=future), None
    except BadDate as problem:
        return None, problem


def test_a_date_reads_the_same_on_screen_in_every_month() -> None:
    shown = [show_date(date(2026, month, 5)) for month in range(1, 13)]
    assert " ".join(text[3:6] for text in shown) == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    assert show_date(date(1955, 7, 4)) == "04-Jul-1955"
    assert show_date(PartialDate(1955, 7)) == "Jul-1955"
    assert show_date(PartialDate(1955)) == "1955"
    assert show_date(PartialDate(1955, approx=True)) == "Approx 1955"


def test_a_letter_writes_the_month_out_and_no_leading_nought() -> None:
    assert letter_date(date(2018, 8, 6)) == "6 August 2018"
    assert letter_date(date(2018, 8, 6), glue=True) == "6\u00a0August\u00a02018"
    assert letter_date(PartialDate(2018, 8, approx=True)) == "about August 2018"


def test_an_instant_is_shown_on_the_clinic_clock() -> None:
    moment = datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC)
    assert show_instant(moment, UTC) == "21-Nov-2026 23:59"
    assert show_instant(moment, timezone(timedelta(hours=1))) == "22-Nov-2026 00:59"
    assert show_time(time(0, 0)) == "00:00"
    with pytest.raises(ValueError, match="time zone"):
        show_instant(moment.replace(tzinfo=None), UTC)


@pytest.mark.parametrize("text", ["", "2021-3", "2021-02-30", "21", "2021-03-04T00:00", "2021--04", "2021-03-04~~"])
def test_a_stored_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.from_iso(text)


def test_a_day_without_its_month_is_no_date() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2021, None, 4)
    with pytest.raises(ValueError, match="month"):
        PartialDate(2021, 13)


@given(st.lists(partial_dates(), max_size=8))
def test_sorting_follows_time_and_puts_the_vaguer_first(dates: list[PartialDate]) -> None:
    ordered = sorted(dates)
    assert [known.earliest() for known in ordered] == sorted(known.earliest() for known in dates)
    assert PartialDate(2021) < PartialDate(2021, 1) < PartialDate(2021, 1, 1) < PartialDate(2021, 1, 2)


@given(partial_dates())
def test_a_partial_date_spans_the_days_it_can_be(known: PartialDate) -> None:
    first, last = known.earliest(), known.latest()
    assert (last - first).days in ({0} if known.day else {27, 28, 29, 30} if known.month else {364, 365})
    assert (first.year, last.year) == (known.year, known.year)
    assert (last + timedelta(days=1)).day == 1 or known.day


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("1945-07-14", "2026-11-22", "81y"),
        ("2020-01-01", "2024-02-09", "4y 1m"),  # 4y 39d, the vectors of nhs.md 2.4
        ("2024-01-01", "2025-01-09", "12m 8d"),  # 1y 8d
        ("2026-01-01", "2026-01-30", "4w 1d"),  # 29 d
        ("2026-11-22", "2026-11-22", "0d"),
        ("2026-11-01", "2026-11-28", "27d"),
        ("2026-11-01", "2026-11-29", "4w"),
        ("2025-11-23", "2026-11-22", "52w"),
        ("2025-11-22", "2026-11-22", "12m"),
        ("2024-11-23", "2026-11-22", "23m 30d"),
        ("2024-11-22", "2026-11-22", "2y"),
        ("2008-11-23", "2026-11-22", "17y 11m"),
        ("2008-11-22", "2026-11-22", "18y"),
        ("2024-02-29", "2025-02-28", "52w 1d"),
        ("2024-02-29", "2025-03-01", "12m"),
        ("2024-01-31", "2025-03-01", "13m"),
        ("1960-02-29", "2025-02-28", "64y"),
        ("1960-02-29", "2025-03-01", "65y"),
        ("1955", "2026-11-22", "70-71y"),
        ("1955-07", "2026-11-22", "71y"),
        ("1955~", "2026-12-31", "Approx 71y"),
        ("2026", "2026-11-22", "0y"),
    ],
)
def test_an_age_is_told_in_the_units_of_the_table(born: str, on: str, age: str) -> None:
    assert show_age(PartialDate.from_iso(born), date.fromisoformat(on)) == age


def test_no_one_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="before birth"):
        age_on(TODAY, TODAY - timedelta(days=1))
    with pytest.raises(ValueError, match="before birth"):
        show_age(PartialDate(2027), TODAY)


@given(DAYS, st.integers(0, 45_000), st.integers(0, 800))
def test_nobody_grows_younger(born: date, lived: int, more: int) -> None:
    on = born + timedelta(days=lived)
    assert age_on(born, on) <= age_on(born, on + timedelta(days=more))


@given(DAYS, st.integers(0, 120))
def test_the_birthday_is_the_day_on_which_the_age_grows(born: date, years: int) -> None:
    leap_born = (born.month, born.day) == (2, 29)
    year = born.year + years
    common = leap_born and (year % 4 != 0 or (year % 100 == 0 and year % 400 != 0))
    birthday = date(year, 3, 1) if common else born.replace(year=year)
    assert age_on(born, birthday) == years
    if years:
        assert age_on(born, birthday - timedelta(days=1)) == years - 1


@given(DAYS, st.integers(0, 729))
def test_the_parts_of_a_small_child_s_age_add_up(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    units = {part[-1]: int(part[:-1]) for part in show_age(PartialDate.of(born), on).split()}
    if "m" in units:
        assert 12 <= units["m"] <= 24
        assert 0 <= units.get("d", 0) <= 30
    elif "y" not in units:
        assert units.get("w", 0) * 7 + units.get("d", 0) == days


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-11-22", "today"),
        ("2026-11-17", "5d ago"),
        ("2026-10-23", "30d ago"),
        ("2026-10-22", "1m ago"),
        ("2026-08-22", "3m ago"),
        ("2026-03-14", "8m ago"),
        ("2024-11-23", "23m ago"),
        ("2024-11-22", "2y ago"),
        ("2026-11-23", "in 1 day"),
        ("2026-11-30", "in 8 days"),
        ("2027-02-22", "in 3 months"),
        ("2029-11-22", "in 3 years"),
    ],
)
def test_the_distance_to_a_date_is_told_in_one_unit(on: str, words: str) -> None:
    assert ago(date.fromisoformat(on), TODAY) == words


def test_who_knows_only_a_month_is_told_that_it_will_do() -> None:
    with pytest.raises(BadDate, match="Jul 1955, about 1955"):
        parse_date("spring 2025", TODAY, partial=True)
    with pytest.raises(BadDate, match="14/07/1955"):
        parse_date("spring 2025", TODAY)
