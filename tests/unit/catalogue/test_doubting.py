"""What is asked once of a value: unusual ones, and figures that may be meant otherwise than they are read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.doubting import doubt_of
from poems_registry.catalogue.drafting import read_field
from poems_registry.catalogue.wording import on_screen, value_in_letter
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import Finding, State

TODAY = date(2026, 11, 22)


def read(code: str, text: str) -> Finding:
    finding = read_field(CATALOGUE.item(code), FieldDraft(text), TODAY)
    assert finding is not None
    return finding


def test_a_point_before_three_figures_may_mean_a_thousand_and_is_asked_about() -> None:
    item = CATALOGUE.item("vegf_serum")
    said = doubt_of(item, read("vegf_serum", "1.250"))
    assert said == "read as 1.250\u00a0pg/mL with a decimal point; a thousand and more is written 1,250"
    assert "1.250\u00a0ng/L" in doubt_of(item, read("vegf_serum", "1.250 ng/L"))


@pytest.mark.parametrize("text", ["1,250", "1250", "1.25", "<31", ">8000", "12.5", "640"])
def test_plain_figures_are_not_asked_about(text: str) -> None:
    assert doubt_of(CATALOGUE.item("vegf_serum"), read("vegf_serum", text)) == ""


def test_where_a_thousand_is_impossible_three_places_are_only_places() -> None:
    assert doubt_of(CATALOGUE.item("tsh"), read("tsh", "1.250")) == ""
    assert doubt_of(CATALOGUE.item("haematocrit"), read("haematocrit", "0.425")) == ""


def test_what_holds_no_value_is_not_doubted() -> None:
    assert doubt_of(CATALOGUE.item("vegf_serum"), Finding("vegf_serum", None, State.PENDING)) == ""


@given(st.integers(1, 120_000))
def test_whole_numbers_in_the_usual_writing_read_as_themselves_without_that_question(number: int) -> None:
    found = read("vegf_serum", f"{number:,}")
    assert found.number == number
    assert "decimal point" not in doubt_of(CATALOGUE.item("vegf_serum"), found)


@pytest.mark.parametrize(
    ("code", "typed", "shown"),
    [
        ("albumin", "34.6", "34.6\u00a0g/L"),
        ("vegf_serum", "12.5", "12.5\u00a0pg/mL"),
        ("platelets", "1,250.5", "1,250.5\u00a010⁹/L"),
    ],
)
def test_what_a_laboratory_reported_in_our_unit_is_never_rounded_on_screen_or_in_letters(
    code: str, typed: str, shown: str
) -> None:
    item, finding = CATALOGUE.item(code), read(code, typed)
    assert on_screen(item, finding) == shown
    assert value_in_letter(item, finding) == shown
