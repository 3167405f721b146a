"""The rule above all others, walked through every kind of letter: each item in each state, and no "no" unasked."""

import re
from collections.abc import Callable, Iterable
from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Item
from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    LetterRecord,
    Patient,
    PatientFile,
    VisitType,
)
from poems_registry.letters.built_in import built_in
from poems_registry.letters.kinds import compose
from poems_registry.letters.plain_words import plain_words
from poems_registry.letters.template_form import FORMS, PLAIN_WORDS
from poems_registry.pages.text import to_text
from tests.golden.letters.people import CLINIC, NOW

NEGATIVE = re.compile(
    r"\b(no|none|nil|never|without|absent|absence|normal|negative|clear|not found|not detected)\b", re.I
)
SILENT = [state for state in State if state is not State.RECORDED]
ITEMS = [item for item in CATALOGUE.items.values() if not item.retired]
STATUSES = tuple(f"{letter}_status" for letter in "poems")
TODAY, BEFORE = date(2026, 11, 18), date(2026, 8, 12)
OF_FINDINGS = [LetterKind.CLINIC.value, LetterKind.PROFESSIONAL.value, LetterKind.RESULTS.value, PLAIN_WORDS]
"""Kinds whose words follow from findings; the others must say the very same whatever was found."""
PATIENT = Patient(id=1, family_name="Smith", given_name="Ann")


def told(kind: str, findings: Iterable[Finding], visit_type: VisitType = VisitType.FOLLOW_UP) -> str:
    """The whole letter of a visit with these findings, as text."""
    today = Encounter(2, visit_type=visit_type, on=TODAY, state=EncounterState.SIGNED, findings=tuple(findings))
    if kind == LetterKind.FIRST_MISSED:
        today = Encounter(
            2, kind=EncounterKind.MISSED, on=TODAY, state=EncounterState.RECORDED, findings=today.findings
        )
    file = PatientFile(PATIENT, (today,))
    letter = LetterRecord(kind=LetterKind.CLINIC if kind == PLAIN_WORDS else LetterKind(kind), about_on=TODAY)
    make: Callable[..., object] = plain_words if kind == PLAIN_WORDS else compose
    return to_text(make(file, today, CLINIC, letter=letter, now=NOW))  # type: ignore[arg-type]


def sentences(text: str) -> set[str]:
    text = text.replace("NHS No. ", "").replace("Hospital No. ", "")
    return {each.strip() for line in text.splitlines() for each in re.split(r"(?<=[.:;]) ", line) if each.strip()}


def fixed(kind: str) -> set[str]:
    """Every sentence of the program's own template: said of everybody, checked for what it may say when it is read."""
    template = built_in(kind)
    forms = [form for each in template.sentences.values() for form in each]
    return {s for form in (*forms, *template.actions.values()) for s in sentences(form)}


def present(code: str) -> tuple[Finding, ...]:
    return tuple(Finding(status, "present") for status in STATUSES if status != code)


def silences(item: Item) -> list[tuple[Finding, ...]]:
    """The item in each state without a value, and not recorded at all."""
    return [(), *((Finding(item.code, state=state),) for state in SILENT)]


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("visit_type", [VisitType.NEW, VisitType.FOLLOW_UP])
def test_a_letter_of_nothing_recorded_says_no_of_nothing(kind: str, visit_type: VisitType) -> None:
    own = sentences(told(kind, (), visit_type)) - fixed(kind)
    found = [each for each in own if NEGATIVE.search(each)]
    assert found == [], found


@pytest.mark.parametrize("kind", OF_FINDINGS[1:])  # the clinic letter item by item: test_no_false_negatives
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_no_state_of_any_item_makes_any_kind_say_no(item: Item, kind: str) -> None:
    bare = sentences(told(kind, present(item.code))) | fixed(kind)
    for silent in silences(item):
        new = sentences(told(kind, (*silent, *present(item.code)))) - bare
        assert not [each for each in new if NEGATIVE.search(each)], new


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("state", [*SILENT, None])
def test_every_item_in_one_state_at_once_makes_no_kind_say_no(kind: str, state: State | None) -> None:
    findings = [Finding(item.code, state=state) for item in ITEMS] if state is not None else []
    new = sentences(told(kind, findings)) - fixed(kind)
    assert not [each for each in new if NEGATIVE.search(each)], new


@pytest.mark.parametrize("kind", sorted(set(FORMS) - set(OF_FINDINGS)))
@pytest.mark.parametrize("answer", ["present", "absent"])
def test_letters_about_an_appointment_tell_no_finding_whatever_it_is(kind: str, answer: str) -> None:
    findings = [Finding(item.code, answer) for item in ITEMS if type(item.kind).__name__ == "YesNo"]
    statuses = [Finding(code, answer) for code in STATUSES]
    shaping = {"on_treatment", "replacement_adrenal"}
    """Findings that decide when to ring, which the letter after a missed appointment says too."""
    findings = [each for each in findings if each.item not in shaping]
    assert told(kind, (*findings, *statuses)) == told(kind, ())


@pytest.mark.parametrize("kind", OF_FINDINGS[:2])
def test_what_was_recorded_as_absent_is_said(kind: str) -> None:
    """So that the walks above look for what a letter really can say."""
    absent = (Finding("p_status", "present"), Finding("neuropathic_pain", "absent"))
    assert any(NEGATIVE.search(each) for each in sentences(told(kind, absent)) - sentences(told(kind, absent[:1])))
