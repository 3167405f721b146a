"""A patient is found by however one writes a date, a number or a name, and by nobody else's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.dates import MONTHS, PartialDate, letter_date, show_date
from poems_registry.domain.names import fold
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.domain.search_words import choices
from poems_registry.storage.folding import search_text

ANN = Patient(
    family_name="O’Brien-Łukasiewicz",
    given_name="Ann",
    nhs_number="9990000050",
    study_number="P-0001",
    born=PartialDate(1955, 7, 14),
    hospital_numbers=(HospitalNumber("RRV 04/142542", "RRV"),),
)
BO = Patient(family_name="Müller", given_name="Søren Åse", nhs_number="9990001375", born=PartialDate(1965, 11, 4))


def finds(query: str, patient: Patient) -> bool:
    """Whether the text of the patient holds one reading of everything that was typed."""
    text = search_text(patient)
    return all(any(reading in text for reading in choice) for choice in choices(query))


@pytest.mark.parametrize(
    "query",
    [
        "14/7/1955", "14/07/1955", "14-Jul-1955", "14 July 1955", "14 july", "July 14 1955", "1955-07-14", "1955/7/14",
        "14071955", "19550714", "140755", "14jul1955", "14.7.55", "14-Jul-55", "14 7", "Jul 1955", "july 1955", "1955",
        "1955-07",
    ],
)  # fmt: skip
def test_a_birth_date_in_any_written_form(query: str) -> None:
    assert finds(query, ANN)
    assert not finds(query, BO)


@pytest.mark.parametrize("query", ["9990000050", "999 000 0050", "999-000-0050", "999 0000050", "0050", "999 000 00"])
def test_an_nhs_number_with_or_without_gaps(query: str) -> None:
    assert finds(query, ANN)
    assert not finds(query, BO)


@pytest.mark.parametrize("query", ["04142542", "04 142542", "RRV 04/142542", "rrv 04142542", "P-0001", "p0001"])
def test_a_hospital_or_study_number(query: str) -> None:
    assert finds(query, ANN)
    assert not finds(query, BO)


@pytest.mark.parametrize(
    "query",
    ["Lukasiewicz", "łukasiewicz", "o'brien", "OBrien", "O Brien", "o’brien lukas", "Ann Obrien", "LUKASIEWICZ, Ann"],
)
def test_a_name_without_its_signs_and_in_any_order(query: str) -> None:
    assert finds(query, ANN)
    assert not finds(query, BO)


@pytest.mark.parametrize("query", ["Mueller", "Muller", "MÜLLER", "soeren", "Soren", "Sören", "Aase", "mueller soeren"])
def test_umlauts_spelt_out_or_left_away(query: str) -> None:
    assert finds(query, BO)
    assert not finds(query, ANN)


def test_a_spelt_out_name_is_found_by_its_umlaut() -> None:
    assert finds("Müller", Patient(family_name="Mueller"))
    assert finds("Jörgensen", Patient(family_name="Joergensen"))


@pytest.mark.parametrize("query", ["14/8/1955", "15 Jul 1955", "1955-07-15", "14 07 1956", "999 000 0051", "0050 999"])
def test_what_is_almost_right_is_not_taken_for_it(query: str) -> None:
    assert not finds(query, ANN)


@pytest.mark.parametrize(("query", "name"), [("may", "May"), ("april", "April"), ("august", "Augustine")])
def test_a_month_may_be_a_name(query: str, name: str) -> None:
    assert finds(query, Patient(family_name="Smith", given_name=name))


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "--"])
def test_signs_alone_ask_for_nobody_in_particular(query: str) -> None:
    assert choices(query) == ()


@given(born=st.dates(date(1900, 1, 1), date(2026, 1, 1)))
def test_every_form_of_every_date_finds_it(born: date) -> None:
    patient = Patient(family_name="Smith", born=PartialDate.of(born))
    month = MONTHS[born.month - 1]
    for query in (
        f"{born.day}/{born.month}/{born.year}",
        f"{born:%d.%m.%Y}",
        born.isoformat(),
        f"{born:%d%m%Y}",
        f"{born:%Y%m%d}",
        show_date(born),
        letter_date(born),
        f"{month} {born.day} {born.year}",
        f"{born.day}{month[:3]}{born.year}",
        f"{born.day}/{born.month}/{born.year % 100:02d}",
        f"{month} {born.year}",
    ):
        assert finds(query, patient), query


@given(query=st.text(max_size=40))
def test_whatever_is_typed_is_folded_text_and_never_empty(query: str) -> None:
    for choice in choices(query):
        assert choice
        assert all(reading and fold(reading) == reading for reading in choice)


@given(name=st.text(min_size=1, max_size=30))
def test_everybody_is_found_by_their_own_name(name: str) -> None:
    assert finds(name, Patient(family_name=name))


@pytest.mark.parametrize("query", ["Mrs O'Brien", "dr ann obrien", "Prof. Lukasiewicz", "Mrs"])
def test_a_form_of_address_does_not_hide_whom_it_belongs_to(query: str) -> None:
    assert finds(query, ANN) is (query != "Mrs")
