"""The rule above all others, walked through every kind of letter: each item in each state, and no "no" unasked."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Choice, Number, YesNo
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
from poems_registry.pages.document import Document
from poems_registry.pages.pdf import render
from poems_registry.pages.reading import read_back
from poems_registry.pages.text import to_text
from poems_registry.pages.web import to_html
from tests.golden.letters.people import CLINIC, NOW

NEGATIVE = re.compile(
    r"\b(no|none|nil|never|without|absent|absence|normal|negative|clear|gone|excluded|ruled out|free of|unremarkable"
    r"|not (?:found|detected|present|there|seen|raised|enlarged|affected))\b",
    re.I,
)
SILENT = [state for state in State if state is not State.RECORDED]
ITEMS = [item for item in CATALOGUE.items.values() if not item.retired]
LAST = re.compile(r"\(last:\s(?:[^()]|\([^()]*\))*\)")
NEGATIVES = [
    (item, option.code)
    for item in ITEMS
    if isinstance(item.kind, YesNo | Choice)
    for option in item.kind.options
    if option.code in {"absent", "none", "no", "normal", "negative", "not_clonal", "not_detected", "not_raised"}
]
"""Every answer that says that something is not there, with its item."""
TELLS_NOTHING = frozenset({"not_assessed", "not_reviewed"})
EVERYWHERE = [*SILENT, "answered with nothing", None]
STATUSES = tuple(f"{letter}_status" for letter in "poems")
TODAY, BEFORE = date(2026, 11, 18), date(2026, 8, 12)
OF_FINDINGS = [LetterKind.CLINIC.value, LetterKind.PROFESSIONAL.value, LetterKind.RESULTS.value, PLAIN_WORDS]
"""Kinds whose words follow from findings; the others must say the very same whatever was found."""
PATIENT = Patient(id=1, family_name="Smith", given_name="Ann")


def composed(
    kind: str,
    findings: Iterable[Finding],
    visit_type: VisitType = VisitType.FOLLOW_UP,
    before: Iterable[Finding] = (),
) -> Document:
    """The whole letter of a visit with these findings; `before` was found at the visit before."""
    earlier = Encounter(1, visit_type=VisitType.NEW, on=BEFORE, state=EncounterState.SIGNED, findings=tuple(before))
    today = Encounter(2, visit_type=visit_type, on=TODAY, state=EncounterState.SIGNED, findings=tuple(findings))
    if kind == LetterKind.FIRST_MISSED:
        today = Encounter(
            2, kind=EncounterKind.MISSED, on=TODAY, state=EncounterState.RECORDED, findings=today.findings
        )
    file = PatientFile(PATIENT, (*((earlier,) if earlier.findings else ()), today))
    letter = LetterRecord(kind=LetterKind.CLINIC if kind == PLAIN_WORDS else LetterKind(kind), about_on=TODAY)
    if kind == PLAIN_WORDS:
        return plain_words(file, today, CLINIC, letter=letter, now=NOW)
    return compose(file, today, CLINIC, letter=letter, now=NOW)


def told(kind: str, findings: Iterable[Finding], visit_type: VisitType = VisitType.FOLLOW_UP) -> str:
    """The same as plain text."""
    return to_text(composed(kind, findings, visit_type))


def as_web_page(document: Document) -> str:
    """The words of the page for screen readers, a line for each block, row or cell."""
    lines = re.sub(r"</?(?:p|h[1-6]|li|tr|td|th|dt|dd|br)\b[^>]*>", "\n", to_html(document))
    return unescape(re.sub(r"<(?:style|title)[^>]*>.*?</(?:style|title)>|<[^>]+>", "", lines))


def on_paper(document: Document) -> str:
    """What stands under the tags of the finished file."""
    return read_back(render(document)).tagged


FORMS_OF_A_LETTER: dict[str, Callable[[Document], str]] = {
    "text": to_text,
    "web page": as_web_page,
    "paper": on_paper,
    "large print": lambda document: on_paper(replace(document, size=18)),
}


def sentences(text: str) -> set[str]:
    text = re.sub(r"\b(?:NHS|Hospital)\sNo\.", "", text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return {each.strip() for line in lines for each in re.split(r"(?<=[.:;]) ", line) if each.strip()}


def fixed(kind: str) -> set[str]:
    """Every sentence of the program's own template: said of everybody, checked for what it may say when it is read."""
    template = built_in(kind)
    forms = [form for each in template.sentences.values() for form in each]
    return {s for form in (*forms, *template.actions.values()) for s in sentences(form)}


def present(code: str) -> tuple[Finding, ...]:
    return tuple(Finding(status, "present") for status in STATUSES if status != code)


def silences(item: Item) -> list[tuple[Finding, ...]]:
    """The item in each state without a value, not recorded at all, and answered with an answer that tells nothing."""
    return [(), *((Finding(item.code, state=state),) for state in SILENT), *((each,) for each in answers_of(item))]


def answers_of(item: Item) -> list[Finding]:
    """The recorded answers that say of the patient neither yes nor no, such as *not assessed*."""
    options = item.kind.options if isinstance(item.kind, Choice) else ()
    return [Finding(item.code, option.code) for option in options if option.code in TELLS_NOTHING]


def everywhere(silence: State | str | None) -> list[Finding]:
    """Every item in one state at once, or with its answers that tell nothing, or nothing at all."""
    if silence is None:
        return []
    if isinstance(silence, State):
        return [Finding(item.code, state=silence) for item in ITEMS]
    return [finding for item in ITEMS for finding in answers_of(item)[:1]]


def seen_before() -> list[Finding]:
    """A visit at which everything was looked at: nothing found, each number measured."""
    numbers = [
        Finding(item.code, float(min(item.kind.hard[1], item.kind.hard[0] + 7)))
        for item in ITEMS
        if isinstance(item.kind, Number) and not item.research
    ]
    return [*(Finding(item.code, value) for item, value in NEGATIVES), *numbers]


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("visit_type", [VisitType.NEW, VisitType.FOLLOW_UP])
def test_a_letter_of_nothing_recorded_says_no_of_nothing(kind: str, visit_type: VisitType) -> None:
    own = sentences(told(kind, (), visit_type)) - fixed(kind)
    found = [each for each in own if NEGATIVE.search(each)]
    assert found == [], found


@pytest.mark.parametrize("kind", OF_FINDINGS)
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_no_state_of_any_item_makes_any_kind_say_no(item: Item, kind: str) -> None:
    bare = sentences(told(kind, present(item.code))) | fixed(kind)
    for silent in silences(item):
        new = sentences(told(kind, (*silent, *present(item.code)))) - bare
        assert not [each for each in new if NEGATIVE.search(each)], new


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("state", EVERYWHERE)
def test_every_item_in_one_state_at_once_makes_no_kind_say_no_in_any_form(kind: str, state: State | str | None) -> None:
    findings = everywhere(state)
    for form, said in FORMS_OF_A_LETTER.items():
        own = sentences(said(composed(kind, findings))) - fixed(kind)
        assert not [each for each in own if NEGATIVE.search(each)], form


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("state", EVERYWHERE)
def test_an_older_no_is_never_told_as_one_of_today_by_any_kind_in_any_form(
    kind: str, state: State | str | None
) -> None:
    """Whatever was absent, normal or nought the last time stands in a bracket with its date, or in its day's column."""
    before, findings = seen_before(), everywhere(state)
    for form, said in FORMS_OF_A_LETTER.items():
        text = LAST.sub("", said(composed(kind, findings, before=before)))
        own = sentences(text) - fixed(kind)
        assert not [each for each in own if NEGATIVE.search(each)], form


def test_the_walk_goes_over_every_item_every_state_every_kind_and_every_form() -> None:
    asked = {item.code for section in CATALOGUE.sections for item in section.items if not item.retired}
    assert {item.code for item in ITEMS} == asked
    assert {*SILENT, State.RECORDED} == set(State)
    assert {*OF_FINDINGS, *(kind.value for kind in LetterKind)} == {*FORMS}
    assert len({item.code for item, _ in NEGATIVES}) > 60


@pytest.mark.parametrize(("item", "value"), NEGATIVES, ids=lambda each: getattr(each, "code", str(each)))
def test_the_walk_would_hear_each_no_that_the_catalogue_can_say(item: Item, value: str) -> None:
    """So that no negative in words of its own (clear, normal, nil) slips past: said of a finding, it is heard."""
    status = (Finding("p_status", "present"),) if item.code != "p_status" else ()
    heard = sentences(told(LetterKind.CLINIC, (Finding(item.code, value), *status))) - sentences(
        told(LetterKind.CLINIC, status)
    )
    silent = not item.in_letter or item.code == "heavy_chain"  # none: "light chain only"
    assert silent or any(NEGATIVE.search(each) for each in heard), heard


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
