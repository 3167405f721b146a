"""Whether two records may be one person, what the one that stays takes over, and what speaks against it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.consents import stays_inside
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.one_person import differences, filled, may_be_one, two_people
from poems_registry.domain.person import Allergy, AllergyState, HospitalNumber, Patient, Sex

BORN = PartialDate(1955, 7, 14)
ANN = Patient(family_name="Łukasiewicz", given_name="Ann", born=BORN, postcode="N1C 4AA")


@pytest.mark.parametrize(
    "other",
    [
        Patient(family_name="Lukasiewicz", given_name="Ann"),
        Patient(family_name="Lukasievicz", given_name="Hannah", born=BORN),
        Patient(family_name="Lukaszewicz", born=BORN),
        Patient(family_name="Smith", previous_names=("Lukasiewicz",), born=BORN),
        Patient(family_name="Ann", given_name="Lukasiewicz"),
        Patient(family_name="Smith", given_name="Alice", born=BORN, postcode="N1C 9ZZ"),
        Patient(family_name="Lukasiewicz", born=PartialDate(1955)),
    ],
    ids=["same name", "sounds alike", "misspelt", "former name", "turned round", "initial and place", "year of birth"],
)
def test_these_are_shown_side_by_side(other: Patient) -> None:
    assert may_be_one(ANN, other)
    assert may_be_one(other, ANN), "whichever was there first"


@pytest.mark.parametrize(
    "other",
    [
        Patient(family_name="Smith", given_name="Ann", born=BORN),
        Patient(family_name="Smith", given_name="Alice", born=BORN, postcode="SW1A 1AA"),
        Patient(family_name="Lukasiewicz", given_name="Eve", born=PartialDate(1956, 7, 14)),
        Patient(family_name="Smith", given_name="Alice", postcode="N1C 9ZZ"),
        Patient(given_name="Ann", born=BORN),
        Patient(),
    ],
    ids=["given name", "another place", "another birth", "no birth", "no family name", "nothing"],
)
def test_these_are_not(other: Patient) -> None:
    assert not may_be_one(ANN, other)


def test_one_number_is_enough_and_no_fixed_abode_is_no_place() -> None:
    assert may_be_one(Patient(nhs_number="9990000050"), Patient(family_name="Z", nhs_number="9990000050"))
    one = Patient(family_name="A", hospital_numbers=(HospitalNumber("0012", "RRV"),))
    assert may_be_one(one, Patient(family_name="Z", hospital_numbers=(HospitalNumber("0012", "RJ1"),)))
    homeless = Patient(family_name="Ash", given_name="Ann", born=BORN, postcode="ZZ99 3VZ")
    assert not may_be_one(homeless, replace(homeless, family_name="Quill"))


def test_the_record_that_stays_keeps_what_it_says_and_takes_what_it_does_not() -> None:
    staying = Patient(id=1, family_name="Smith", phone="020 7946 0001", address=("1 Elm Road",), postcode="N1C 4AA")
    other = Patient(
        id=2, family_name="Smyth", phone="020 7946 0999", email="ann@example.org", address=("9 Oak Road",),
        suffix="MBE", gender_identity="non_binary", postcode="SW1A 1AA",
    )  # fmt: skip
    made = filled(staying, other)
    assert (made.id, made.family_name, made.phone, made.email) == (1, "Smith", "020 7946 0001", "ann@example.org")
    assert (made.address, made.postcode) == (("1 Elm Road",), "N1C 4AA"), "an address is one thing"
    assert (made.suffix, made.gender_identity) == ("", "non_binary"), "a suffix belongs to its name"


def test_an_allergy_either_knows_is_known_and_none_known_of_one_is_not_believed_against_it() -> None:
    sure = Patient(allergy_state=AllergyState.NONE_KNOWN, allergies_updated_on=date(2026, 1, 1))
    known = Patient(allergy_state=AllergyState.KNOWN, allergies=(Allergy("Penicillin", "rash"),))
    for one, two in ((sure, known), (known, sure)):
        made = filled(one, two)
        assert (made.allergy_state, made.allergies) == (AllergyState.KNOWN, (Allergy("Penicillin", "rash"),))


@pytest.mark.parametrize(
    ("mine", "theirs", "known"),
    [
        ("", "anaphylaxis 2019", "anaphylaxis 2019"),
        ("rash", "anaphylaxis 2019", "rash; anaphylaxis 2019"),
        ("rash; anaphylaxis 2019", "Anaphylaxis 2019", "rash; anaphylaxis 2019"),
        ("rash", "", "rash"),
    ],
)
def test_what_an_agent_did_by_either_record_is_known_to_the_one_that_stays(mine: str, theirs: str, known: str) -> None:
    other = Patient(allergies=(Allergy("penicillin", theirs),))
    made = filled(Patient(allergies=(Allergy("Penicillin", mine),)), other)
    assert made.allergies == (Allergy("Penicillin", known),)
    assert filled(made, other) == made


def test_an_agent_that_stands_twice_in_the_other_record_loses_nothing_and_is_taken_over_once() -> None:
    other = Patient(allergies=(Allergy("penicillin", "rash"), Allergy("Penicillin", "anaphylaxis 2019")))
    made = filled(Patient(), other)
    assert made.allergies == other.allergies
    assert filled(made, other) == made
    assert filled(Patient(allergies=(Allergy("Penicillin"),)), other).allergies == (
        Allergy("Penicillin", "rash; anaphylaxis 2019"),
    )


def test_a_refusal_of_research_noted_in_either_record_holds_after_the_merge_and_stands_first() -> None:
    yes, no = Patient(research_consent="given 2019"), Patient(research_consent="Declined 2021")
    for one, two in ((yes, no), (no, yes)):
        made = filled(one, two)
        assert made.research_consent == "Declined 2021; given 2019"
        assert stays_inside((), made.research_consent)
        assert filled(made, two) == made


def test_lists_are_put_together_and_the_larger_print_is_kept() -> None:
    made = filled(
        Patient(previous_names=("Ash",), other_diagnoses=("Gout",), print_size=12),
        Patient(previous_names=("ASH", "Beech"), other_diagnoses=("Asthma",), print_size=20),
    )
    assert made.previous_names == ("Ash", "Beech")
    assert (made.other_diagnoses, made.print_size) == (("Gout", "Asthma"), 20)


def test_what_does_not_change_in_a_life_and_differs_is_said() -> None:
    one = Patient(born=BORN, sex=Sex.FEMALE, nhs_number="9990000050", died=PartialDate(2026))
    other = Patient(born=PartialDate(1956), sex=Sex.MALE, nhs_number="9990001375", died=PartialDate(2025))
    assert len(list(differences(one, other))) == 4
    assert list(differences(one, Patient())) == []


def test_two_verified_numbers_that_differ_are_two_people_and_an_unverified_one_is_not() -> None:
    one = Patient(nhs_number="9990000050", nhs_number_status="01")
    other = Patient(nhs_number="9990001375", nhs_number_status="01")
    assert two_people(one, other)
    assert not two_people(one, replace(other, nhs_number_status="02"))
    assert not two_people(one, one)


TEXT = st.text("abcdef ", max_size=6)
PEOPLE = st.builds(
    Patient,
    family_name=TEXT,
    given_name=TEXT,
    phone=TEXT,
    email=TEXT,
    born=st.none() | st.builds(PartialDate, st.integers(1930, 1990)),
    previous_names=st.lists(st.sampled_from(["Ash", "Beech", "Cedar"]), max_size=2).map(tuple),
)


@given(PEOPLE, PEOPLE)
def test_alike_is_the_same_question_both_ways_and_filling_loses_nothing_and_twice_is_once(
    one: Patient, other: Patient
) -> None:
    assert may_be_one(one, other) == may_be_one(other, one)
    made = filled(one, other)
    assert filled(made, other) == made
    for name in ("phone", "email", "born"):
        assert getattr(made, name) == (getattr(one, name) or getattr(other, name))
    assert {each.casefold() for each in made.previous_names} == {
        each.casefold() for each in (*one.previous_names, *other.previous_names)
    }
