"""Postcodes by their form, and addresses that a letter can be sent to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.address import (
    BadPostcode,
    CannotPost,
    format_postcode,
    is_pseudo_postcode,
    one_line,
    outward,
    window_lines,
)
from poems_registry.domain.countries import is_country_abroad

INWARD = st.from_regex(r"\A[0-9][ABD-HJLNP-UW-Z]{2}\Z")
POSTCODES = st.builds(
    lambda area, district, inward: area + district + inward,
    st.sampled_from(["N", "NW", "EC", "B", "ZE", "JE", "GY", "IM", "BF", "AB"]),
    st.from_regex(r"\A[0-9][0-9A-Z]?\Z"),
    INWARD,
)
HOME = ("Mrs Ann Smith", "1 High Street", "London")


@pytest.mark.parametrize(
    ("typed", "formatted"),
    [
        ("n1c4aa", "N1C 4AA"),
        (" NW1 2BU ", "NW1 2BU"),
        ("ec1a1bb", "EC1A 1BB"),
        ("M1 1AE", "M1 1AE"),
        ("w c 1 n 3 b g", "WC1N 3BG"),
        ("\uff2e\uff11\u00a02AB", "N1 2AB"),
        ("gir0aa", "GIR 0AA"),
        ("BF1 2AA", "BF1 2AA"),
    ],
)
def test_a_postcode_is_written_in_capitals_with_one_space(typed: str, formatted: str) -> None:
    assert format_postcode(typed) == formatted


@given(POSTCODES, st.integers(0, 3))
def test_formatting_a_postcode_twice_changes_nothing(postcode: str, gap: int) -> None:
    formatted = format_postcode(postcode[:gap].lower() + " " + postcode[gap:])
    assert format_postcode(formatted) == formatted
    assert formatted.replace(" ", "") == postcode
    assert formatted[-4] == " "
    assert len(formatted) <= 8


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "form of a UK postcode"),
        ("N1C", "form of a UK postcode"),
        ("N1C 4AAA", "form of a UK postcode"),
        ("75001", "form of a UK postcode"),
        ("N1 2AC", "form of a UK postcode"),
        ("N1 OAB", "form of a UK postcode"),
        ("QQ1 2AB", "begins with these letters"),
        ("ZZ99 3VZ", "no fixed abode"),
    ],
)
def test_what_is_no_postcode_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(BadPostcode, match=words):
        format_postcode(typed)


def test_the_codes_for_no_place_are_taken_where_data_come_in() -> None:
    assert format_postcode("zz993vz", allow_pseudo=True) == "ZZ99 3VZ"
    assert is_pseudo_postcode("zz99 3vz")
    assert not is_pseudo_postcode("N1C 4AA")


def test_the_first_part_is_that_before_the_space() -> None:
    assert [outward(code) for code in ("n12ab", "EC1A 1BB", "ZZ99 3VZ")] == ["N1", "EC1A", "ZZ99"]


@pytest.mark.parametrize(
    ("lines", "postcode", "shown"),
    [
        (HOME, "n12ab", (*HOME, "N1 2AB")),
        ((*HOME, "N1 2AB"), "n12ab", (*HOME, "N1 2AB")),
        ((*HOME, "n12ab"), "", (*HOME, "N1 2AB")),
        (("Mrs Ann Smith,", " 1  High Street, ", "", "London,"), "N1 2AB", (*HOME, "N1 2AB")),
        (("Mrs Ann Smith", "1 High Street\nLondon"), "N1 2AB", (*HOME, "N1 2AB")),
        (("Ann", "1 rue X", "75001 Paris", "FRANCE"), "", ("Ann", "1 rue X", "75001 Paris", "FRANCE")),
        (("Ann", "1 rue X", "75001 Paris", "France"), "75001", ("Ann", "1 rue X", "75001 Paris", "France")),
        (("Ann", "1 rue X", "Paris", "France"), "75001", ("Ann", "1 rue X", "Paris", "75001", "France")),
        (("Cpl Ann Smith", "4 Regiment", "BFPO 58"), "", ("Cpl Ann Smith", "4 Regiment", "BFPO 58")),
        (("Ann", "Cottage", "Jersey"), "je23ab", ("Ann", "Cottage", "Jersey", "JE2 3AB")),
        (("Ann", "Clinic"), "N1 2AB", ("Ann", "Clinic", "N1 2AB")),
    ],
)
def test_the_window_shows_name_address_and_postcode(
    lines: tuple[str, ...], postcode: str, shown: tuple[str, ...]
) -> None:
    assert window_lines(lines, postcode) == shown


@pytest.mark.parametrize(
    ("lines", "postcode", "words"),
    [
        ((), "", "ends with"),
        (("Ann",), "N1 2AB", "at least 3"),
        (("Ann", "N1 2AB"), "N1 2AB", "at least 3"),
        (tuple("abcdefg"), "N1 2AB", "at most 7 lines: join two of its 8"),
        (HOME, "", "ends with"),
        (HOME, "75001", "ends with"),
        ((*HOME, "England"), "", "ends with"),
        ((*HOME, "Northern Ireland"), "", "ends with"),
        ((*HOME, "France"), "N1 2AB", "Take one of the two out"),
        (HOME, "ZZ99 3VZ", "no fixed address"),
        (("Ann Smith", "NFA", "London"), "N1 2AB", "no fixed address"),
        (("Ann Smith", "No Fixed Abode", "London"), "N1 2AB", "no fixed address"),
        (("Ann Smith", "(rear) 1 High Street", "London"), "N1 2AB", "may not begin"),
        (("Ann Smith", "~", "London"), "N1 2AB", "may not begin"),
    ],
)
def test_an_address_that_cannot_be_posted_to_is_refused_in_words(
    lines: tuple[str, ...], postcode: str, words: str
) -> None:
    with pytest.raises(CannotPost, match=words):
        window_lines(lines, postcode)


@given(st.lists(st.text(max_size=12), max_size=9), st.text("N12AB ZF0", max_size=8))
def test_every_address_taken_has_three_to_seven_lines_and_loses_no_word(lines: list[str], postcode: str) -> None:
    try:
        shown = window_lines(lines, postcode)
    except CannotPost:
        return
    assert 3 <= len(shown) <= 7
    assert all(line == line.strip() and line for line in shown)
    words = " ".join(shown).replace(" ", "").upper()
    assert all(word.strip(",").upper() in words for line in lines for word in line.split())


def test_one_line_skips_what_is_missing() -> None:
    assert one_line(["1 High Street,", "", "London"], "N1 2AB") == "1 High Street, London, N1 2AB"
    assert one_line([], "") == ""


def test_a_country_abroad_is_known_however_it_is_written() -> None:
    for name in ("FRANCE", "côte d'ivoire", "Turkiye", "The Netherlands", "Republic of Ireland", "usa"):
        assert is_country_abroad(name)
    for name in ("England", "Scotland", "Wales", "Northern Ireland", "United Kingdom", "Jersey", "London", ""):
        assert not is_country_abroad(name)
