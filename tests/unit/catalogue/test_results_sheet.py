"""A sheet of results is read field by field: times, units, answers begun, and what two results say of a third."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.kinds import Invalid
from poems_registry.catalogue.results import (
    completed,
    grouped_tests,
    number_and_unit,
    read_sheet,
    sample_time,
    units_of,
)
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.records import Patient, PatientFile

NOBODY = PatientFile(Patient(id=1))
DAY = date(2026, 11, 22)


@pytest.mark.parametrize("text", ["9:05", "09:05", "0905", "905", "09.05"])
def test_a_time_is_read_however_it_is_written(text: str) -> None:
    assert sample_time(text) == "09:05"


@pytest.mark.parametrize("text", ["25:00", "9", "morning", "09:60"])
def test_what_is_no_time_is_refused_in_words(text: str) -> None:
    with pytest.raises(Invalid, match="not a time"):
        sample_time(text)


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_of_the_day_reads_back_as_itself(hour: int, minute: int) -> None:
    assert sample_time(f"{hour:02}:{minute:02}") == f"{hour:02}:{minute:02}"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("<1.2 g/dL", ("<1.2", "g/dL")),
        ("1,250", ("1,250", "")),
        ("200 10^9/L", ("200", "10^9/L")),
        ("1 250 pg/mL", ("1 250", "pg/mL")),
        ("200 x10⁹/L", ("200", "x10⁹/L")),
        ("pending", ("pending", "")),
    ],
)
def test_a_number_and_its_unit_are_taken_apart(text: str, parts: tuple[str, str]) -> None:
    assert number_and_unit(text) == parts


def test_the_beginning_of_an_answer_is_completed_only_if_one_fits() -> None:
    fixation = CATALOGUE.item("ife_serum")
    assert completed(fixation, "pos") == "Positive"
    assert completed(fixation, "xyz") == "xyz"
    assert completed(CATALOGUE.item("crp"), "12") == "12"


def test_the_own_unit_comes_first_among_those_that_are_converted() -> None:
    for _, items in grouped_tests():
        for item in items:
            units = units_of(item)
            assert not units or units[0] == item.unit


def test_a_light_chain_ratio_that_its_own_parts_deny_is_refused() -> None:
    fields = {"flc_kappa": FieldDraft("20"), "flc_lambda": FieldDraft("40"), "flc_ratio_reported": FieldDraft("0.9")}
    assert "kappa over lambda is 0.5" in read_sheet(fields, DAY, NOBODY).problems["flc_ratio_reported"]
    fields["flc_ratio_reported"] = FieldDraft("0.5")
    assert read_sheet(fields, DAY, NOBODY).problems == {}


def test_limits_the_wrong_way_round_or_beside_no_result_are_told() -> None:
    wrong = {"crp": FieldDraft("3", limit_low="5", limit_high="1"), "albumin": FieldDraft(limit_high="50")}
    problems = read_sheet(wrong, DAY, NOBODY).problems
    assert set(problems) == {"crp", "albumin"}


def test_the_answer_about_steroids_counts_only_beside_a_test_that_asks_it() -> None:
    alone = {"crp": FieldDraft("3"), "steroids_3m": FieldDraft("present")}
    assert [f.item for f in read_sheet(alone, DAY, NOBODY).findings] == ["crp"]
    beside = {"vegf_serum": FieldDraft("300"), "steroids_3m": FieldDraft("present")}
    assert {f.item for f in read_sheet(beside, DAY, NOBODY).findings} == {"vegf_serum", "steroids_3m"}
