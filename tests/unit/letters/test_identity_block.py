"""Who a letter is about, at the top of its first page: what PRSB asks for where it is known, and no guess."""

from dataclasses import replace

import pytest

from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.records import Gender, LetterRecord, Patient
from poems_registry.letters.gate import blocks
from poems_registry.letters.identity import stated
from tests.golden.letters.people import follow_up, hartley

CLINICAL = [kind for kind in LetterKind if kind.clinical]


def rows(patient: Patient, kind: LetterKind = LetterKind.CLINIC) -> list[tuple[str, str]]:
    return [(row.label.replace("\u00a0", " "), row.value) for row in stated(patient, LetterRecord(kind=kind))]


@pytest.mark.parametrize("kind", CLINICAL)
def test_a_gender_that_is_known_is_printed_in_a_whole_word(kind: LetterKind) -> None:
    patient = replace(hartley(), gender=None)
    assert rows(replace(patient, gender=Gender.FEMALE), kind) == [("Gender", "Female")]
    assert rows(replace(patient, gender=Gender.INDETERMINATE), kind) == [("Gender", "Indeterminate")]


def test_a_gender_that_is_not_known_is_not_printed_and_sex_at_birth_never_stands_for_it() -> None:
    for gender in (None, Gender.NOT_KNOWN):
        assert rows(replace(hartley(), gender=gender)) == []


def test_a_preferred_name_is_printed_unless_it_is_the_given_name() -> None:
    patient = replace(hartley(), gender=None)
    assert rows(replace(patient, preferred_name="Tom")) == [("Known as", "Tom")]
    assert rows(replace(patient, preferred_name=" thomas ")) == []


def test_letters_about_an_appointment_alone_say_no_more_of_a_person_than_they_need() -> None:
    patient = replace(hartley(), gender=Gender.MALE, preferred_name="Tom")
    assert {kind for kind in LetterKind if not rows(patient, kind)} == {LetterKind.REMINDER, LetterKind.FIRST_MISSED}


def test_a_preferred_name_that_cannot_be_printed_stops_signing() -> None:
    case = follow_up()
    file = replace(case.file, patient=replace(case.file.patient, preferred_name="Tom \U0001f600"))
    letter = replace(case.letter, signature=None)
    found = [block for block in blocks(file, case.encounter, case.clinic, letter) if block.key == "glyphs"]
    assert [block.link for block in found] == ["details:preferred_name"]
    assert "U+1F600" in found[0].words
