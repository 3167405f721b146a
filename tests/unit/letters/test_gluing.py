"""What may not be parted at the end of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.letters.gluing import glued


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 18 November 2026.", "on 18~November 2026."),
        ("15 mg once a day", "15~mg once a day"),
        ("seen by Dr A Rahman, with", "seen by Dr~A~Rahman, with"),
        ("call 020 7946 0123 or 07700 900123", "call 020~7946~0123 or 07700~900123"),
        ("not recorded", "not~recorded"),
        ("2,980 high", "2,980~high"),
        ("3 (1 + 2)", "3 (1~+~2)"),
        ("5.7 to 26.3", "5.7~to~26.3"),
        ("May I ask you", "May I ask you"),
        ("cycle 9 of 15.", "cycle 9~of~15."),
        ("from 2024 to 20 September 2024", "from 2024 to 20~September 2024"),
        ("go to 8 Mill Lane", "go to 8 Mill Lane"),
    ],
)
def test_dates_amounts_names_and_numbers_stay_whole(text: str, expected: str) -> None:
    assert glued(text) == expected.replace("~", "\u00a0")


@given(st.text())
def test_gluing_changes_nothing_but_blanks(text: str) -> None:
    assert glued(text).replace("\u00a0", " ") == text.replace("\u00a0", " ")
