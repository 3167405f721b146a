"""The banner's words: order, labels and states of nhs.md 2.1 to 2.7, with what is missing said in words."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Allergy, AllergyState, Gender, HospitalNumber, Patient
from poems_registry.ui.identity import Identity, identity_of

TODAY = date(2026, 11, 22)
ANN = Patient(
    family_name="Smith",
    given_name="Ann",
    title="Mrs",
    born=PartialDate(1955, 7, 14),
    gender=Gender.FEMALE,
    nhs_number="9990000050",
    allergy_state=AllergyState.KNOWN,
    allergies=(Allergy("Penicillin"), Allergy("Latex")),
    allergies_updated_on=date(2026, 8, 12),
)


def who(patient: Patient = ANN, *, clinical: bool = True) -> Identity:
    return identity_of(patient, TODAY, clinical=clinical)


def test_zone_1_says_who_the_patient_is() -> None:
    identity = who()
    assert identity.name == "SMITH, Ann (Mrs)"
    assert (identity.born.label, identity.born.value) == ("Born", "14-Jul-1955 (71y)")
    assert (identity.gender.label, identity.gender.value) == ("Gender", "Female")
    assert (identity.nhs_number.label, identity.nhs_number.value) == ("NHS No.", "999\u00a0000\u00a00050")
    assert not identity.deceased


def test_no_label_has_a_colon_and_each_has_a_definition() -> None:
    identity = who(replace(ANN, died=PartialDate(2026, 3, 2)))
    facts = [identity.born, identity.died, identity.age_at_death, identity.gender, identity.nhs_number, *identity.more]
    for fact in facts:
        assert fact is not None
        assert ":" not in fact.label
        assert fact.definition.endswith(".")


def test_what_is_missing_is_said_in_words_never_with_a_sign() -> None:
    identity = who(Patient(family_name="Nemo"))
    for fact in (identity.born, identity.gender, identity.nhs_number):
        assert fact.value == "Not known"
        assert not fact.known
    assert {fact.value for fact in identity.more} == {"Not recorded"}


def test_a_deceased_patient_has_no_age_today_but_an_age_at_death() -> None:
    identity = who(replace(ANN, died=PartialDate(2026, 3, 2)))
    assert identity.deceased
    assert identity.born.value == "14-Jul-1955"
    assert identity.died is not None
    assert (identity.died.label, identity.died.value) == ("Died", "02-Mar-2026")
    assert identity.age_at_death is not None
    assert (identity.age_at_death.label, identity.age_at_death.value) == ("Age at Death", "70y")


@pytest.mark.parametrize(
    ("died", "age"),
    [(PartialDate(2026), "70-71y"), (PartialDate(2026, 8), "71y"), (PartialDate(1955), "0y")],
)
def test_an_age_at_death_that_is_not_certain_is_not_made_certain(died: PartialDate, age: str) -> None:
    identity = who(replace(ANN, died=died))
    assert identity.age_at_death is not None
    assert identity.age_at_death.value == age


def test_an_age_without_a_birth_date_says_on_which_day() -> None:
    identity = who(Patient(family_name="Trial", age_at=(64, date(2012, 5, 3))))
    assert identity.born.value == "Not known (64y on 03-May-2012)"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AllergyState.KNOWN, "Known allergies"),
        (AllergyState.NONE_KNOWN, "No known allergies"),
        (AllergyState.NOT_RECORDED, "Allergies not recorded"),
        (AllergyState.UNAVAILABLE, "Allergies unavailable"),
    ],
)
def test_allergies_have_four_states_in_their_only_words(state: AllergyState, words: str) -> None:
    identity = who(replace(ANN, allergy_state=state))
    assert identity.allergies is not None
    assert identity.allergies.words == words
    assert bool(identity.allergies.substances) == (state is AllergyState.KNOWN)


def test_roles_that_are_not_clinical_see_no_allergies() -> None:
    assert who(clinical=False).allergies is None


def test_gender_is_never_abbreviated_and_never_guessed() -> None:
    said = {who(replace(ANN, gender=gender)).gender.value for gender in (*Gender, None)}
    assert said == {"Female", "Male", "Indeterminate", "Not known"}


def test_a_scottish_number_is_not_called_an_nhs_number() -> None:
    assert who(replace(ANN, nhs_number="0101011234")).nhs_number.label == "CHI No."


def test_what_stands_behind_a_name_is_told_in_zone_2_and_only_where_there_is_something() -> None:
    told = {fact.label: fact.value for fact in who(replace(ANN, suffix="MBE")).more}
    assert told["Suffix"] == "MBE"
    assert "Suffix" not in {fact.label for fact in who().more}
    assert who(replace(ANN, suffix="MBE")).name == who().name, "zone 1 keeps the form SURNAME, Forename (Title)"


def test_zone_2_has_address_telephone_hospital_number_and_communication() -> None:
    patient = replace(
        ANN,
        address=("1 Sample Street", "Sampleford"),
        postcode="ZZ1 4QX",
        phone="020 7946 0123",
        hospital_numbers=(HospitalNumber("00481726", "St Elsewhere"),),
        language_need="Polish interpreter",
        print_size=18,
    )
    said = {
        fact.label: fact.value for fact in identity_of(patient, TODAY, clinical=True, consultant="Dr A Rahman").more
    }
    assert said == {
        "Preferred name": "Not recorded",
        "Address": "1 Sample Street, Sampleford, ZZ1 4QX",
        "Phone and email": "020 7946 0123",
        "Hospital No.": "00481726 (St Elsewhere), Dr A Rahman",
        "Communication": "Polish interpreter, letters in 18 point",
    }
