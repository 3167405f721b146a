"""The rule above all others: a letter says "no" only of what was recorded as such."""

import re
from dataclasses import replace
from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Choice, Choices, Day, Number, YesNo
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, State, Value
from poems_registry.domain.records import Encounter, EncounterState, LetterRecord, Patient, PatientFile, VisitType
from poems_registry.letters.features import features
from poems_registry.letters.kinds import parts
from poems_registry.letters.visit import Visit
from poems_registry.pages.document import words
from tests.golden.letters.people import CLINIC

NEGATIVE = re.compile(
    r"\b(no|none|nil|never|without|absent|absence|normal|negative|clear|not found|not detected)\b", re.I
)
BRACKETS = re.compile(r"\(last: (?:[^()]|\([^()]*\))*\)")
NEGATIVE_CODES = {"absent", "none", "no", "normal", "negative", "not_clonal", "not_detected"}
ITEMS = [item for item in CATALOGUE.items.values() if not item.retired]
SILENT = [state for state in State if state is not State.RECORDED]
STATUSES = tuple(f"{letter}_status" for letter in "poems")
TODAY, BEFORE = date(2026, 11, 18), date(2026, 8, 12)
CLINICAL = ("diagnoses", *(f"feature_{letter}" for letter in "poems"), "other", "results", "journey")


def encounter(number: int, on: date, *findings: Finding) -> Encounter:
    return Encounter(number, visit_type=VisitType.FOLLOW_UP, on=on, state=EncounterState.SIGNED, findings=findings)


def said(*findings: Finding, before: tuple[Finding, ...] = ()) -> str:
    """Everything clinical that a letter says of a visit with these findings."""
    earlier = (encounter(1, BEFORE, *before),) if before else ()
    today = encounter(2, TODAY, *findings)
    file = PatientFile(Patient(id=1, family_name="Smith", given_name="Ann"), (*earlier, today))
    made = parts(file, today, CLINIC, LetterRecord())
    return "\n".join(part.text for part in made if part.key in CLINICAL)


def values(item: Item) -> list[Value]:
    """Values that an item can hold, every answer among them."""
    kind = item.kind
    if isinstance(kind, Choice | YesNo):
        return [option.code for option in kind.options]
    if isinstance(kind, Choices):
        return [*((option.code,) for option in kind.options), tuple(option.code for option in kind.options)]
    if isinstance(kind, Number):
        return [float(kind.hard[0]), float(min(kind.hard[1], kind.hard[0] + 7))]
    if isinstance(kind, Day):
        return [PartialDate(2026, 3), PartialDate(2026, 3, 4)]
    return ["as typed"]


def is_negative(value: Value) -> bool:
    codes = value if isinstance(value, tuple) else (value,)
    return any(code in NEGATIVE_CODES for code in codes)


def present(code: str) -> tuple[Finding, ...]:
    """The five statuses as present, but for the item under test."""
    return tuple(Finding(status, "present") for status in STATUSES if status != code)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_what_was_not_recorded_is_never_said_to_be_absent(item: Item) -> None:
    letters = [said(), said(*present(item.code))]
    for state in SILENT:
        silent = Finding(item.code, state=state)
        letters += [said(silent), said(silent, *present(item.code))]
    for text in letters:
        assert not NEGATIVE.search(text), text


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_an_older_answer_is_told_only_as_the_last_one_with_its_date(item: Item) -> None:
    for value in values(item):
        old = Finding(item.code, value)
        for today in ((), *((Finding(item.code, state=state),) for state in SILENT)):
            text = said(*today, *present(item.code), before=(old, *present(item.code)))
            without_last = "\n".join(
                line for line in BRACKETS.sub("", text).splitlines() if "12 August 2026:" not in line
            )
            assert not NEGATIVE.search(without_last), text


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_a_recorded_presence_is_told_without_any_negation(item: Item) -> None:
    for value in values(item):
        if not is_negative(value):
            text = said(Finding(item.code, value))
            assert not NEGATIVE.search(text.replace("without an aid", "")), text


@pytest.mark.parametrize(
    "item", [i for i in ITEMS if isinstance(i.kind, YesNo) and i.in_letter], ids=lambda item: item.code
)
def test_a_recorded_absence_is_told_and_begins_with_no(item: Item) -> None:
    sentences = re.split(r"(?<=[.]) |\n", said(Finding(item.code, "absent"), *present(item.code)))
    assert [s for s in sentences if s.startswith("No ")], sentences


@pytest.mark.parametrize("state", SILENT)
def test_each_reason_for_silence_has_its_own_words(state: State) -> None:
    expected = {
        State.NOT_DONE: "not done at this visit (last: present on 12 August 2026)",
        State.PENDING: "result awaited (last: present on 12 August 2026)",
        State.DECLINED: "declined (last: present on 12 August 2026)",
        State.UNABLE: "could not be assessed (last: present on 12 August 2026)",
        State.UNKNOWN: "not known (last: present on 12 August 2026)",
        State.NOT_APPLICABLE: "",
    }[state]
    old = (Finding("p_status", "present"), Finding("neuropathic_pain", "present"))
    text = said(Finding("neuropathic_pain", state=state), Finding("p_status", "present"), before=old)
    assert (f"Nerve pain: {expected}." in text) if expected else ("Nerve pain" not in text)


def test_silence_about_what_was_there_last_time_is_spoken() -> None:
    old = (Finding("p_status", "present"), Finding("neuropathic_pain", "present"))
    text = said(Finding("p_status", "present"), before=old)
    assert "Nerve pain: not recorded (last: present on 12 August 2026)." in text


def test_silence_about_what_was_not_there_stays_silence() -> None:
    old = (Finding("p_status", "present"), Finding("neuropathic_pain", "absent"))
    assert "Nerve pain" not in said(Finding("p_status", "present"), before=old)


def test_a_feature_never_assessed_is_said_so_and_never_left_empty() -> None:
    today = encounter(2, TODAY, Finding("o_status", "not_assessed"))
    rows = features(Visit(PatientFile(Patient(), (today,)), today))
    assert [words(row.found) for row in rows] == ["Not recorded."] + ["Not assessed today."] + ["Not recorded."] * 3
    assert {row.change for row in rows} == {"Not known"}


def test_a_feature_not_assessed_tells_the_last_answer_with_its_date() -> None:
    text = said(Finding("o_status", "not_assessed"), before=(Finding("o_status", "absent"),))
    assert "Not assessed today (last: no enlarged spleen or liver found, on 12 August 2026)." in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.NOT_DONE, "Not done at this visit"),
        (State.PENDING, "Result awaited"),
        (State.DECLINED, "Declined"),
        (State.UNABLE, "Could not be assessed (too unwell)"),
        (State.UNKNOWN, "Not known"),
    ],
)
def test_a_feature_says_why_it_has_no_answer_in_the_words_of_letters_with_the_reason(state: State, words: str) -> None:
    silent = Finding("o_status", state=state, note="too unwell")
    text = said(silent, before=(Finding("o_status", "present"),))
    assert f"{words} (last: present on 12 August 2026)." in text


def test_what_was_recorded_is_told_even_when_the_feature_was_not_assessed() -> None:
    text = said(Finding("o_status", "not_assessed"), Finding("spleen_length", 13.8))
    assert "Not assessed today. Recorded today: Spleen length: 13.8\u00a0cm." in text


def test_a_draft_and_an_error_are_no_last_value() -> None:
    old = Finding("neuropathic_pain", "present")
    for state in (EncounterState.DRAFT, EncounterState.IN_ERROR):
        earlier = replace(encounter(1, BEFORE, old), state=state)
        today = encounter(2, TODAY, Finding("p_status", "present"))
        assert "Nerve pain" not in words(features(Visit(PatientFile(Patient(), (earlier, today)), today))[0].found)


def test_research_results_never_reach_a_letter() -> None:
    for item in ITEMS:
        if item.research:
            assert said(Finding(item.code, 12.0)) == said()


SEVEN = (
    "hyperpigmentation", "hypertrichosis", "glomeruloid_haemangioma", "plethora", "acrocyanosis", "white_nails",
    "flushing",
)  # fmt: skip


def test_seven_skin_signs_are_told_in_one_sentence_only_when_every_one_was_recorded() -> None:
    status = Finding("s_status", "present")
    first, *others = (Finding(code, "absent") for code in SEVEN)
    there = Finding(first.item, "present")
    assert "Darker skin. No other skin change of the seven typical of POEMS." in said(status, there, *others)
    assert "No skin change of the seven typical of POEMS." in said(status, first, *others)
    for left_out in others:
        silent = [f for f in others if f is not left_out]
        for today in ((), *((Finding(left_out.item, state=state),) for state in SILENT)):
            text = said(status, there, *silent, *today)
            assert "of the seven" not in text
            name = CATALOGUE.item(left_out.item).plain
            assert f"no {name}" not in text.casefold()


def test_equal_answers_share_a_sentence_and_unequal_ones_do_not() -> None:
    status = Finding("e_status", "present")
    thyroid, adrenal = Finding("axis_thyroid", "normal"), Finding("axis_adrenal", "normal")
    assert "Thyroid and adrenal glands: normal." in said(status, thyroid, adrenal)
    apart = said(status, thyroid, Finding("axis_adrenal", state=State.PENDING))
    assert "Thyroid: normal. Adrenal glands: result awaited." in apart


def test_both_eyes_are_told_together_only_when_both_have_the_same_answer() -> None:
    right, left = "papilloedema_right", "papilloedema_left"
    neither = said(Finding(right, "absent"), Finding(left, "absent"))
    assert "No swelling at the back of either eye (papilloedema)." in neither
    for state in SILENT:
        one = said(Finding(right, "absent"), Finding(left, state=state))
        assert "either eye" not in one
    assert "either eye" not in said(Finding(right, "absent"))
    assert "Swelling at the back of both eyes" in said(Finding(right, "present"), Finding(left, "present"))
    assert "both eyes" not in said(Finding(right, "present"), Finding(left, "absent"))


def test_no_pain_is_never_told_with_how_bad_it_was() -> None:
    text = said(Finding("p_status", "present"), Finding("neuropathic_pain", "absent"), Finding("pain_nrs", 5.0))
    assert "No nerve pain." in text
    assert "Worst pain this week, 0 to 10: 5." in text
