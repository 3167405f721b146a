"""The log holds ids and codes, never a text that a person typed."""

import logging

import pytest

from poems_registry.domain.findings import State
from poems_registry.system.logs import MASK, Code, IdsOnly, frames_only


def said(message: str, *args: object) -> str:
    record = logging.LogRecord("x", logging.INFO, "file.py", 1, message, args, None)
    IdsOnly().filter(record)
    return record.getMessage()


def test_ids_codes_and_kinds_are_written_and_typed_text_is_masked() -> None:
    line = said("visit %d of %s: %s, %s after %.1f s", 17, "Ann Smith", State.PENDING, Code("vegf_plasma"), 0.25)
    assert line == f"visit 17 of {MASK}: pending, vegf_plasma after 0.2 s"
    assert said("failed: %s", ValueError) == "failed: ValueError"
    assert said("failed: %s", ValueError("Ann Smith")) == f"failed: {MASK}"


@pytest.mark.parametrize("slip", ["999 000 0050", "9990000050", "ann@example.invalid", "14-Jul-1955", "14/07/1955"])
def test_numbers_and_dates_of_people_are_masked_even_in_a_message(slip: str) -> None:
    assert slip not in said(f"saved {slip} twice")


def test_a_record_that_does_not_fit_its_form_is_not_written_out() -> None:
    assert said("%d", "Ann Smith") == "a log record that does not fit its form"


def test_an_error_is_logged_by_place_and_kind_without_its_message() -> None:
    try:
        raise ValueError("Ann Smith")
    except ValueError as error:
        words = frames_only(type(error), error.__traceback__)
    assert "Ann Smith" not in words
    assert words.endswith("ValueError")
    assert "test_logs.py:" in words
