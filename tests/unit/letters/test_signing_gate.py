"""What must be in order before a letter can be signed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import AllergyState, EncounterState, LetterState, Practice
from poems_registry.letters.gate import blocks
from poems_registry.pages import pdf
from poems_registry.pages.front import AddressDoesNotFit
from tests.golden.letters.people import Case, follow_up

LONG = "The Old Rectory behind the Church of Saint Bartholomew-the-Great, Upper Slaughter"


def ready() -> Case:
    """A letter that may be signed."""
    case = follow_up()
    return replace(case, letter=replace(case.letter, state=LetterState.READY, signature=None))


def keys(case: Case) -> list[str]:
    return [block.key for block in blocks(case.file, case.encounter, case.clinic, case.letter)]


def patient(**changes: object) -> Case:
    case = ready()
    changed = replace(case.file.patient, **changes)  # type: ignore[arg-type]
    return replace(case, file=replace(case.file, patient=changed))


def visit(**changes: object) -> Case:
    case = ready()
    return replace(case, encounter=replace(case.encounter, **changes))  # type: ignore[arg-type]


def letter(**changes: object) -> Case:
    case = ready()
    return replace(case, letter=replace(case.letter, **changes))  # type: ignore[arg-type]


def without(item: str, *instead: Finding) -> Case:
    return visit(findings=(*(f for f in ready().encounter.findings if f.item != item), *instead))


def test_nothing_blocks_a_letter_that_is_in_order() -> None:
    assert keys(ready()) == []


MISSING: list[tuple[str, Callable[[], Case]]] = [
    ("deceased", lambda: patient(died=PartialDate(2026, 11, 19))),
    ("state", lambda: letter(state=LetterState.SIGNED)),
    ("reason", lambda: letter(version=2)),
    ("visit_signed", lambda: visit(state=EncounterState.DRAFT)),
    ("identity", lambda: patient(born=None)),
    ("identity", lambda: patient(nhs_number_status="02", hospital_numbers=())),
    ("identity", lambda: patient(address=())),
    ("address_checked", lambda: patient(address_checked_on=date(2026, 11, 17))),
    ("address_checked", lambda: patient(address_checked_on=None)),
    ("address_post", lambda: patient(postcode="")),
    ("address_post", lambda: patient(address=("No fixed abode", "London"))),
    ("address_fits", lambda: patient(address=tuple(LONG for _ in range(4)))),
    ("seen_by", lambda: visit(seen_by=())),
    ("visit_type", lambda: visit(visit_type=None)),
    ("allergies", lambda: patient(allergy_state=AllergyState.NOT_RECORDED)),
    ("allergies", lambda: patient(allergies=())),
    ("medicines", lambda: without("medicines_reviewed")),
    ("summary", lambda: without("summary")),
    ("summary", lambda: letter(edits=(("summary", " "),))),
    ("diagnoses", lambda: letter(edits=(("diagnoses", ""),))),
    ("practice", lambda: patient(practice=Practice())),
    ("recipients", lambda: letter(edits=(("copies", "\n"),))),
    ("told_in_person", lambda: without("-", Finding("new_serious_diagnosis", "present"))),
    ("merge_field", lambda: letter(edits=(("summary", "Your result is {{result}}."),))),
    ("glyphs", lambda: letter(edits=(("summary", "Well done \U0001f600"),))),
    ("glyphs", lambda: patient(given_name="美玲")),
]
"""What is wrong with a letter, by the key under which the gate says so."""


def every_link() -> Iterator[str]:
    """Where the gate can lead."""
    for _, make in MISSING:
        case = make()
        yield from (block.link for block in blocks(case.file, case.encounter, case.clinic, case.letter))


@pytest.mark.parametrize(("key", "make"), MISSING)
def test_each_thing_missing_blocks_signing_and_says_where_to_mend_it(key: str, make: Callable[[], Case]) -> None:
    case = make()
    found = [b for b in blocks(case.file, case.encounter, case.clinic, case.letter) if b.key == key]
    assert found, keys(case)
    assert all(block.words and block.link.split(":")[0] in {"details", "visit", "letter"} for block in found)


def test_a_practice_whose_address_cannot_be_printed_blocks_the_letter_of_which_it_gets_a_copy() -> None:
    case = patient(practice=Practice("Dr A Bell", "Bell Surgery", ("1 美玲 Road", "Sampleford")))
    assert "glyphs" in keys(replace(case, letter=replace(case.letter, edits=())))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text("abc WM", min_size=1, max_size=90), min_size=1, max_size=5))
def test_a_letter_that_may_be_signed_has_an_address_that_can_be_printed(lines: list[str]) -> None:
    case = patient(address=tuple(lines))
    if {"address_fits", "address_post", "identity"}.isdisjoint(keys(case)):
        assert pdf.render(case.document(), archive=False)
    elif "address_fits" in keys(case):
        with pytest.raises(AddressDoesNotFit):
            pdf.render(case.document(), archive=False)


def test_having_told_the_patient_in_person_clears_the_gate() -> None:
    told = (Finding("new_serious_diagnosis", "present"), Finding("told_in_person", "present"))
    assert keys(without("-", *told)) == []


def test_not_reviewed_is_an_answer_about_medicines() -> None:
    assert keys(without("medicines_reviewed", Finding("medicines_reviewed", "not_reviewed"))) == []


def test_other_states_of_allergies_are_answers() -> None:
    for state in (AllergyState.NONE_KNOWN, AllergyState.UNAVAILABLE):
        assert keys(patient(allergy_state=state, allergies=())) == []


def test_an_amendment_with_its_reason_may_be_signed() -> None:
    assert keys(letter(version=2, reason="a date was wrong")) == []
