"""Telephone numbers shown in groups, or exactly as typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.phones import is_premium_rate, show_phone


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("02079460123", "020 7946 0123"),
        ("+44 20 7946 0123", "020 7946 0123"),
        ("+44 (0)20 7946 0123", "020 7946 0123"),
        ("0044 2079460123", "020 7946 0123"),
        ("(020) 7946-0123", "020 7946 0123"),
        ("020 7946 0123 ext. 45", "020 7946 0123 x45"),
        ("020 7946 0123x45", "020 7946 0123 x45"),
        ("020 7946 0123, extension 45", "020 7946 0123 x45"),
        ("07700900123", "07700 900123"),
        ("+447700900123", "07700 900123"),
        ("01632 960 123", "01632 960123"),
        ("0113 4960123", "0113 496 0123"),
        ("01914980123", "0191 498 0123"),
        ("0163296012", "01632 96012"),
        ("015394 12345", "015394 12345"),
        ("03069990123", "0306 999 0123"),
        ("08081570123", "0808 157 0123"),
        ("08001111", "0800 1111"),
        ("+353 1 234 5678", "+353 1 234 5678"),
        ("00353-1-234-5678", "+353 1 234 5678"),
        ("+35312345678", "+353 12345678"),
        ("+1 (202) 555-0123", "+1 202 555 0123"),
        ("+49 (0)30 123456", "+49 30 123456"),
        ("\uff10\uff12\uff10 7946 0123", "020 7946 0123"),
    ],
)
def test_a_known_number_is_shown_in_its_groups(typed: str, shown: str) -> None:
    assert show_phone(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "not known",
        "ask daughter 020 7946 0123",
        "7946 0123",
        "020 7946 01234",
        " 0123",
        "+999",
        "+4420",
        "0",
        "+28 1234567",
        "+44 20 7946 0123 mobile",
        "0000000000",
        "+",
        "x12",
        "020 7946 0123 or 0124",
    ],
)
def test_a_number_not_recognised_stays_exactly_as_typed(typed: str) -> None:
    assert show_phone(typed) == typed


@given(st.text("0123456789+() -x", max_size=20) | st.from_regex(r"\A(\+|00|0)[0-9]{8,13}( x[0-9]{2})?\Z"))
def test_showing_a_number_twice_changes_nothing_and_loses_no_figure(typed: str) -> None:
    shown = show_phone(typed)
    assert show_phone(shown) == shown
    # What may go: the trunk nought, the country code 44 and the international 00.
    assert re.sub("[^0-9]", "", shown).lstrip("0") in re.sub(r"\( *0 *\)|[^0-9]", "", typed)


def test_a_number_that_costs_extra_is_known() -> None:
    assert is_premium_rate("+44 909 8790123")
    assert is_premium_rate("0909 879 0123")
    assert is_premium_rate("070 1234 5678")
    assert not is_premium_rate("020 7946 0123")
