"""Numbers, units, specimens and days as files write them: read rightly, or refused with the reason; never guessed."""

from typing import Any

import pytest

from poems_registry.domain.findings import Finding
from poems_registry.domain.proposals import Fate
from poems_registry.intake import csv_reader
from poems_registry.intake.labs import propose
from tests.unit.intake.made_up import context

HEAD = ("ID", "TAKEN", "TEST", "VALUE", "UNIT", "LOW", "HIGH", "SPECIMEN")
RESULT = {"test": "TEST", "value": "VALUE", "unit": "UNIT", "low": "LOW", "high": "HIGH", "specimen": "SPECIMEN"}
TESTS = {
    "HGB": {"item": "haemoglobin"},
    "HCT": {"item": "haematocrit"},
    "PLAT": {"item": "platelets"},
    "GLUC": {"item": "glucose_fasting"},
    "KAPPA": {"item": "flc_kappa"},
    "RATIO": {"item": "flc_ratio_reported"},
    "MP": {"item": "m_protein"},
    "VEGF": {"item": "vegf_serum"},
    "VEGFP": {"item": "vegf_plasma"},
}


def one(
    test: str, value: str, unit: str, *, specimen: str = "", on: str = "12/03/2024", sep: str = ",", decimals: str = ""
) -> Finding | str:
    """The finding of a file of one row, or why the row was refused."""
    cells = ("S-1", on, test, value, unit, "", "", specimen)
    lines = (HEAD, [f'"{each}"' if sep in each else each for each in cells])
    text = "\n".join(sep.join(line) for line in lines)
    more: dict[str, Any] = {"decimals": decimals} if decimals else {}
    at = context(result=RESULT, tests=TESTS, when={"column": "TAKEN", "dates": "day_first"}, **more)
    plan = propose(csv_reader.read(text.encode(), "file.csv", "0" * 64), at)
    [judged] = plan.judged
    return judged.reason if judged.fate is Fate.SET_ASIDE else plan.new[0].findings[0]


def value(*cells: str, sep: str = ",", decimals: str = "") -> object:
    """The canonical number that was read, or the reason."""
    found = one(*cells, sep=sep, decimals=decimals)
    return found.value if isinstance(found, Finding) else found


@pytest.mark.parametrize("written", ["<=31", "<= 31", "≤31", ">=31", "≥ 31"])
def test_at_most_and_at_least_are_refused_for_only_below_and_above_are_kept(written: str) -> None:
    assert "write < or >" in str(value("VEGF", written, "pg/mL"))


@pytest.mark.parametrize(("test", "unit"), [("HCT", "L/L"), ("RATIO", "")])
def test_three_figures_behind_a_leading_zero_are_decimals_and_no_thousands(test: str, unit: str) -> None:
    found = one(test, "0,450", unit)
    assert isinstance(found, Finding)
    assert (found.value, found.reported_number) == (0.45, 0.45)


@pytest.mark.parametrize("figures", ["9" * 40, "1." + "9" * 40, "0," + "1" * 40])
def test_a_number_of_endless_figures_is_refused_and_breaks_nothing(figures: str) -> None:
    assert "more figures" in str(value("VEGF", figures, "pg/mL"))


def test_minus_nought_is_nought() -> None:
    assert str(value("MP", "-0", "g/L")) == "0.0"


@pytest.mark.parametrize(
    ("test", "unit"),
    [
        ("GLUC", "mmol/l"),
        ("KAPPA", "mg/l"),
        ("HGB", "G/L"),
        ("PLAT", "X10^9/l"),
        ("PLAT", "×10⁹/L"),
        ("PLAT", "10E9/L"),
    ],
)
def test_a_unit_in_another_case_is_the_same_unit(test: str, unit: str) -> None:
    assert value(test, "60", unit) == 60.0


@pytest.mark.parametrize(("test", "unit"), [("GLUC", "MMOL/L"), ("KAPPA", "MG/L"), ("PLAT", "M/L")])
def test_mega_is_never_taken_for_milli(test: str, unit: str) -> None:
    assert "is not known here" in str(value(test, "60", unit))


def test_a_unit_behind_the_number_must_not_deny_the_column_of_units() -> None:
    assert value("HGB", "12.1 g/dL", "") == 121.0
    assert value("HGB", "121 g/L", "g/l") == 121.0
    assert "another unit" in str(value("HGB", "12.1 g/dL", "g/L"))


@pytest.mark.parametrize(("test", "specimen"), [("VEGF", "EDTA plasma"), ("VEGF", "Plasma"), ("VEGFP", "Serum (SST)")])
def test_vegf_is_refused_where_the_file_names_another_specimen_than_the_mapping(test: str, specimen: str) -> None:
    assert "the two are never mixed" in str(one(test, "3000", "pg/mL", specimen=specimen))


@pytest.mark.parametrize(("test", "specimen"), [("VEGF", "SERUM"), ("VEGF", "Blood"), ("VEGFP", "EDTA plasma")])
def test_vegf_of_the_right_specimen_is_taken(test: str, specimen: str) -> None:
    assert isinstance(one(test, "3000", "pg/mL", specimen=specimen), Finding)


@pytest.mark.parametrize(
    ("written", "decimals", "expected"),
    [
        ("12,5", "", 12.5),
        ("1,250", "comma", 1.25),
        ("1.250", "comma", 1250.0),
        ("1.250,75", "comma", 1250.75),
        ("1 250,75", "comma", 1250.75),
        ("1,250", "point", 1250.0),
        ("1.250", "point", 1.25),
    ],
)
def test_in_a_file_with_semicolons_the_mapping_says_what_the_comma_is(
    written: str, decimals: str, expected: float
) -> None:
    assert value("KAPPA", written, "mg/L", sep=";", decimals=decimals) == expected


def test_three_figures_behind_a_comma_are_not_guessed_where_the_comma_may_be_the_decimal_sign() -> None:
    assert "decimals = " in str(value("KAPPA", "1,250", "mg/L", sep=";"))
    assert value("KAPPA", "1,250", "mg/L") == 1250.0
    assert "decimal comma" in str(value("KAPPA", "12.5", "mg/L", sep=";", decimals="comma"))
    assert "in one cell" in str(value("KAPPA", "1,25 mg/L", "", sep=";", decimals="comma"))


def test_a_point_is_not_guessed_either_where_another_number_of_the_file_has_a_comma() -> None:
    rows = ("S-1;12/03/2024;KAPPA;1.250;mg/L;;;", "S-1;13/03/2024;KAPPA;12,5;mg/L;;;")
    at = context(result=RESULT, tests=TESTS, when={"column": "TAKEN", "dates": "day_first"})
    plan = propose(csv_reader.read("\n".join([";".join(HEAD), *rows]).encode(), "file.csv", "0" * 64), at)
    assert [each.fate for each in plan.judged] == [Fate.SET_ASIDE, Fate.NEW]


@pytest.mark.parametrize("written", ["16-OCT-2014", "16 Oct 2014", "16/10/2014", "16-AUG-2014 09:30"])
def test_a_day_with_its_month_in_words_is_read_whatever_its_letters(written: str) -> None:
    assert isinstance(one("HGB", "121", "g/L", on=written), Finding)


def test_the_row_that_names_the_columns_tells_what_parts_them() -> None:
    text = "Report of one, two, three, four, five, six, seven and eight\nA;B\n1;2\n"
    found = csv_reader.read(text.encode(), "file.csv", "0" * 64, head_row=2)
    assert (found.head, found.separator) == (("A", "B"), ";")


@pytest.mark.parametrize(("ratio", "fate"), [("0.25", Fate.NEW), ("0.26", Fate.NEW), ("0.27", Fate.SET_ASIDE)])
def test_a_light_chain_ratio_that_its_own_sample_denies_is_refused(ratio: str, fate: Fate) -> None:
    rows = [f"S-1,12/03/2024,{test},{number},{unit},,," for test, number, unit in
            (("KAPPA", "25", "mg/L"), ("LAMBDA", "100", "mg/L"), ("RATIO", ratio, ""))]  # fmt: skip
    tests = TESTS | {"LAMBDA": {"item": "flc_lambda"}}
    at = context(result=RESULT, tests=tests, when={"column": "TAKEN", "dates": "day_first"})
    plan = propose(csv_reader.read("\n".join([",".join(HEAD), *rows]).encode(), "file.csv", "0" * 64), at)
    assert [each.fate for each in plan.judged] == [Fate.NEW, Fate.NEW, fate]
    assert plan.counts.read == 3
