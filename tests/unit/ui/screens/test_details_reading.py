"""Typed details: each fault in words, tidy writing, and a record that comes back from its own form unchanged."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.nhs_number import generate, show
from poems_registry.domain.records import Allergy, AllergyState, HospitalNumber, Patient, Practice, Sex
from poems_registry.services.training.clinic import made_up_clinic
from poems_registry.ui.screens.details.fields import FIELDS, SECTIONS, sections_for
from poems_registry.ui.screens.details.reading import read_field, read_patient, regrouped, texts_of

TODAY = date(2026, 11, 22)
FULL = Patient(
    id=5,
    version=3,
    family_name="de Souza",
    given_name="João",
    title="Mr",
    born=PartialDate(1955, 7, 14),
    sex=Sex.MALE,
    nhs_number="9990000050",
    nhs_number_status="01",
    hospital_numbers=(HospitalNumber("00123A", "RRV"), HospitalNumber("77", "OLD")),
    address=("1 Mill Lane", "Testington"),
    postcode="N1C 4AA",
    phone="07700 900123",
    practice=Practice("Dr R Osei", "Testington Surgery", ("1 Surgery Walk",), "N1C 4AA", "X99999"),
    onset=PartialDate(2014, 1, None, approx=True),
    allergy_state=AllergyState.KNOWN,
    allergies=(Allergy("Penicillin", "rash"), Allergy("Latex")),
    allergies_updated_on=date(2025, 1, 2),
    print_size=16,
    research_consent="given for data only",
    format_need="yellow paper",
    other_diagnoses=("Asthma",),
    ethnicity="A",
)


def said(code: str, text: str, training: bool = True, **others: str) -> object:
    answer = read_field(code, others | {code: text}, TODAY, training=training)
    return answer.problem or answer.text


def test_a_record_comes_back_from_its_own_form_unchanged() -> None:
    reading = read_patient(texts_of(FULL), FULL, TODAY, training=True)
    assert reading.problems == {}
    assert reading.patient == FULL


def test_every_made_up_person_comes_back_unchanged() -> None:
    for each in made_up_clinic(40, 3, TODAY):
        reading = read_patient(texts_of(each.patient), each.patient, TODAY, training=True)
        assert reading.problems == {}
        assert reading.patient == each.patient


def test_every_field_of_the_form_is_read_and_shown() -> None:
    assert set(texts_of(Patient())) == set(FIELDS)
    blank = read_patient({}, Patient(), TODAY, training=True)
    assert blank.problems == {}
    assert blank.patient == Patient()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("999 000 005", "too short"),
        ("999 000 00501", "too long"),
        ("999 000 0051", "fails its check"),
        ("AB123456C", "National Insurance"),
        ("99900OO050", "letters"),
        ("111 111 1111", "Ten equal figures"),
    ],
)
def test_each_fault_of_an_nhs_number_has_its_own_words(typed: str, words: str) -> None:
    assert words in str(said("nhs_number", typed))


def test_a_made_up_number_is_refused_outside_the_training_registry() -> None:
    assert "No patient has one" in str(said("nhs_number", "999 000 0050", training=False))


def test_an_nhs_number_is_written_in_its_three_groups() -> None:
    assert said("nhs_number", "9990000050") == "999 000 0050"
    assert read_field("nhs_number", {"nhs_number": "999-000-0050"}, TODAY, training=True).value == "9990000050"


def test_a_century_is_never_guessed_for_a_birth_and_both_are_offered() -> None:
    answer = read_field("born", {"born": "14/7/26"}, TODAY, training=True)
    assert answer.problem
    assert set(answer.offers) == {"14-Jul-1926", "14-Jul-2026"}


def test_a_birth_date_answers_with_the_age_and_a_death_silences_it() -> None:
    assert read_field("born", {"born": "14.7.1955"}, TODAY, training=True).note == "Now 71y old"
    assert read_field("born", {"born": "14.7.1955", "died": "2020"}, TODAY, training=True).note == ""


def test_a_postcode_is_written_tidily_and_a_country_abroad_needs_none_of_ours() -> None:
    assert said("postcode", "n1c4aa") == "N1C 4AA"
    assert "form of a UK postcode" in str(said("postcode", "12345"))
    assert said("postcode", "75001", address="1 rue\nParis\nFrance") == "75001"


def test_a_phone_is_grouped_and_what_is_not_known_stays_as_typed() -> None:
    assert said("phone", "02079460123") == "020 7946 0123"
    assert said("phone", "ask the warden") == "ask the warden"


def test_a_date_may_be_partial_but_not_the_day_an_address_was_checked() -> None:
    assert said("onset", "jan 2014") == "Jan-2014"
    assert "exact date" in str(said("address_checked_on", "jan 2014"))
    assert said("address_checked_on", "t") == "22-Nov-2026"
    assert "future" in str(said("diagnosed", "2031"))


def test_text_that_no_letter_could_print_is_refused_in_words() -> None:
    assert "one line" in str(said("given_name", "Ann\nSmith"))
    assert "too long" in str(said("family_name", "x" * 36))


def test_changing_the_allergies_is_dated_today_and_anything_else_is_not() -> None:
    other = texts_of(FULL) | {"phone": "020 7946 0999"}
    assert read_patient(other, FULL, TODAY, training=True).patient.allergies_updated_on == date(2025, 1, 2)
    none = texts_of(FULL) | {"allergy_state": "none_known", "allergies": ""}
    patient = read_patient(none, FULL, TODAY, training=True).patient
    assert (patient.allergy_state, patient.allergies) == (AllergyState.NONE_KNOWN, ())
    assert patient.allergies_updated_on == TODAY


def test_all_problems_are_told_and_the_record_is_left_alone() -> None:
    reading = read_patient({"born": "x", "nhs_number": "1", "postcode": "?", "hospital_issuer": "RRV"}, FULL, TODAY,
                           training=True)  # fmt: skip
    assert set(reading.problems) == {"born", "nhs_number", "postcode", "hospital_number"}
    assert reading.patient == FULL


def test_a_further_hospital_number_and_what_the_form_does_not_show_stay() -> None:
    patient = read_patient(texts_of(FULL) | {"hospital_number": "9x"}, FULL, TODAY, training=True).patient
    assert patient.hospital_numbers == (HospitalNumber("9X", "RRV"), HospitalNumber("77", "OLD"))
    assert (patient.ethnicity, patient.practice.ods_code, patient.version) == ("A", "X99999", 3)


def test_who_may_not_view_findings_gets_no_field_of_them() -> None:
    shown = {field.code for section in sections_for(clinical=False) for field in section.fields}
    assert shown == {code for code, field in FIELDS.items() if not field.clinical}
    assert "allergies" not in shown
    assert "died" in shown
    assert sections_for(clinical=True) == SECTIONS


def test_no_answer_stands_in_the_form_before_a_person_gave_one() -> None:
    texts = texts_of(replace(Patient(), allergy_state=AllergyState.NOT_RECORDED))
    assert (texts["sex"], texts["gender"]) == ("", "")


@given(st.integers(0, 50_000), st.integers(0, 10))
def test_a_number_is_grouped_while_it_is_typed_with_the_caret_behind_the_same_figure(index: int, figures: int) -> None:
    number = generate(index)
    text, caret = "", 0
    for figure in number[:figures]:
        text, caret = regrouped(text[:caret] + figure + text[caret:], caret + 1)
        assert caret == len(text)
    assert text == show(number).replace("\u00a0", " ")[: len(text)]
    assert text.replace(" ", "") == number[:figures]


@given(st.text(alphabet="0123456789 -AO/", max_size=14), st.integers(0, 14))
def test_regrouping_loses_no_figure_and_leaves_letters_alone(text: str, caret: int) -> None:
    place = min(caret, len(text))
    grouped, after = regrouped(text, place)
    assert [sign for sign in grouped if sign.isalnum()] == [sign for sign in text if sign.isalnum()]
    assert 0 <= after <= len(grouped)
    assert sum(s.isdigit() for s in grouped[:after]) == sum(s.isdigit() for s in text[:place])
