"""A medicine line is written by the rules of nhs.md 3.3 whatever was typed, and no amount is ever another one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.records import MedicineChange
from poems_registry.letters.medicine_lines import amounts, dose, name, route
from poems_registry.letters.plain_words import plain_words
from poems_registry.pages.text import to_text
from tests.golden.letters.people import NOW, follow_up


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("0.50 mg", "0.5 mg"),
        ("0.50", "0.5"),
        (".5 mg", "0.5 mg"),
        ("5.0mg", "5 mg"),
        ("0.500 mg", "0.5 mg"),
        ("10.05 mg", "10.05 mg"),
        ("2.50 mg", "2.5 mg"),
        ("1000 mg", "1,000 mg"),
        ("1000", "1,000"),
        ("12500 units", "12,500 units"),
        ("1,800 mg", "1,800 mg"),
        ("500mg", "500 mg"),
        ("25mcg", "25 micrograms"),
        ("25 µg", "25 micrograms"),
        ("25 ug once a day", "25 micrograms once a day"),
        ("5000 IU", "5,000 units"),
        ("10U", "10 units"),
        ("5ml", "5 mL"),
        ("5%", "5%"),
    ],
)
def test_an_amount_is_written_with_its_zero_its_comma_its_blank_and_its_unit_in_full(typed: str, printed: str) -> None:
    assert dose(typed) == printed


@pytest.mark.parametrize("text", ["1.800 mg", "1.000 units", "1.250 mg once a day", "12.500", "15.000 units"])
def test_what_can_be_a_thousand_and_more_is_never_made_a_small_amount(text: str) -> None:
    assert dose(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "at 9.00 and 20.00",
        "on 03.10.2026",
        "days 1, 8, 15 and 22 of 28",
        "in 2026, for 1 year",
        "see No.5",
        "10 minutes before breakfast",
        "1/2 tablet",
    ],
)
def test_what_is_no_amount_stays_as_it_was_typed(text: str) -> None:
    assert dose(text) == text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("10 mg/kg bd", "10 mg per kg twice a day"),
        ("1.3 mg/m2 weekly", "1.3 mg per m² weekly"),
        ("125 mg/5 ml tds", "125 mg in 5 mL 3 times a day"),
        ("20 mg OD mane", "20 mg once a day in the morning"),
        ("if pain >5", "if pain more than 5"),
        ("if glucose <4", "if glucose less than 4"),
        ("5 mg @ 8:00 & 20:00", "5 mg at 8:00 and 20:00"),
        ("<img src=x>", "<img src=x>"),
    ],
)
def test_symbols_and_latin_are_written_out(typed: str, printed: str) -> None:
    assert dose(typed) == printed


def test_routes_are_words_and_generic_names_stand_in_lower_case() -> None:
    assert [route(each) for each in ("PO", "s/c", "iv", "gel on skin")] == [
        "by mouth",
        "under the skin",
        "into a vein",
        "gel on skin",
    ]
    assert name("Lenalidomide") == "lenalidomide"
    assert name("Lenalidomide REVLIMID") == "lenalidomide REVLIMID"
    assert name("Madeupex") == "Madeupex"


@given(st.text("0123456789.,/<>&@ mguUlILk%abdot\n", max_size=40))
def test_no_figure_is_lost_or_put_elsewhere(typed: str) -> None:
    """But for noughts: one before a point, those at the end of decimals, and the figures of "3 times a day"."""

    def figures(text: str) -> str:
        return "".join(each for each in text.replace("m²", "m2") if each in "123456789")

    assert figures(dose(typed)) == figures(typed)


@given(st.decimals(0, 99999, places=3), st.sampled_from(["mg", "g", "micrograms", "mL", "units"]))
def test_an_amount_written_anew_is_the_same_amount(amount: object, unit: str) -> None:
    printed = amounts(f"{amount} {unit}")
    assert float(printed.removesuffix(unit).replace(",", "")) == float(str(amount))
    assert amounts(printed) == printed


def test_a_dose_of_twenty_thousand_letters_takes_no_longer_than_it_is() -> None:
    for piece in (" ", "1", "1.0", "& ", "/ ", "< ", "0 "):
        assert dose(piece * (20_000 // len(piece))) is not None


def test_the_rules_hold_on_the_page_and_in_plain_words_alike() -> None:
    case = follow_up()
    first, *others = case.encounter.medicines
    written = replace(first, name="Dexamethasone", dose=".50mg od", route="po", change=MedicineChange.CHANGED)
    encounter = replace(case.encounter, medicines=(written, *others))
    letter = replace(case, encounter=encounter).text()
    assert "dexamethasone 0.5 mg once a day, by mouth. Changed." in letter
    plain = to_text(plain_words(case.file, encounter, case.clinic, case.standing, letter=case.letter, now=NOW))
    assert "Changed: dexamethasone, 0.5 mg once a day." in plain
