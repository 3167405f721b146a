"""No text of a patient becomes a formula, and none is lost to the guard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.formula_guard import guard, unguard

RUNS = [
    "=1+1",
    "+44",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r",
    "\n=1",
    "  =cmd",
    "\u00a0=1",
    "\uff1d1",
    "\u200b@x",
    "'=1",
    "''=1",
]


@pytest.mark.parametrize("text", RUNS)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == "'" + text
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["", "12.5", "<31", "O'Brien", "'tis", "a=b", "1-2", "N'Golo"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


@given(st.text() | st.text("'=+-@ \t\r\n\u00a0a", max_size=6))
def test_out_and_in_again_is_the_same_text(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text("'=+-@ \t\r\n\u00a0a", max_size=6))
def test_a_guarded_text_never_begins_like_a_formula(text: str) -> None:
    assert not guard(text).lstrip().startswith(("=", "+", "-", "@"))
