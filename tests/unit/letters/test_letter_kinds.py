"""Results, missed appointments, colleagues, plain words: each says what it is for, nothing that was not recorded."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.correspondence import LetterKind
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.findings import Finding, State
from poems_registry.domain.records import LetterState
from poems_registry.letters.gate import blocks
from poems_registry.letters.kinds import KINDS, parts
from poems_registry.letters.plain_words import plain_words
from poems_registry.pages.document import Actions
from poems_registry.pages.fonts import unprintable
from tests.golden.letters.more_letters import (
    MORE,
    PlainCase,
    did_not_attend,
    in_plain_words,
    professional,
    results,
    sample,
)
from tests.golden.letters.people import NOW, Case, follow_up, relapse

OTHERS = {"results": results, "did_not_attend": did_not_attend, "professional": professional}


def unsigned(case: Case, **changes: object) -> Case:
    draft = replace(case.letter, signature=None, state=LetterState.DRAFT, **changes)  # type: ignore[arg-type]
    return replace(case, letter=draft)


def keys(case: Case) -> list[str]:
    return [block.key for block in blocks(case.file, case.encounter, case.clinic, case.letter)]


def died(case: Case) -> Case:
    return replace(case, file=replace(case.file, patient=replace(case.file.patient, died=PartialDate(2026, 11, 19))))


def test_every_kind_of_letter_can_be_composed() -> None:
    assert set(KINDS) == set(LetterKind)


@pytest.mark.parametrize("name", OTHERS)
def test_a_letter_of_each_kind_may_be_signed_when_all_is_in_order(name: str) -> None:
    assert keys(unsigned(OTHERS[name]())) == []


def test_a_reminder_of_an_appointment_that_is_over_is_not_signed() -> None:
    case = unsigned(follow_up(), kind=LetterKind.REMINDER, about_on=date(2026, 11, 27), edits=())
    said = [
        [b.key for b in blocks(case.file, case.encounter, case.clinic, case.letter, today=date(2026, 11, day))]
        for day in (27, 28)
    ]
    assert said == [[], ["about_on"]]


def test_medicines_not_reviewed_are_named_in_plain_words_and_no_list_is_promised() -> None:
    case = relapse()
    text = PlainCase(**{name: getattr(case, name) for name in Case.__dataclass_fields__}).text()
    assert "Medicines not reviewed today." in text
    assert "The list shows" not in text
    assert all(medicine.name in text for medicine in case.encounter.medicines)


@pytest.mark.parametrize("name", OTHERS)
def test_the_actions_box_is_printed_in_each_kind_even_if_nothing_is_asked(name: str) -> None:
    case = OTHERS[name]()
    document = replace(case, letter=replace(case.letter, edits=())).document()
    (box,) = [block for block in document.blocks if isinstance(block, Actions)]
    assert [len(group.actions) for group in box.groups] == [0, 0, 0]
    assert len({group.who for group in box.groups}) == 3


@pytest.mark.parametrize(("name", "block"), [("results", "summary"), ("professional", "summary")])
def test_what_results_mean_and_what_a_colleague_is_told_is_the_authors_to_write(name: str, block: str) -> None:
    case = OTHERS[name]()
    said = tuple(edit for edit in case.letter.edits if edit[0] != "summary")
    assert keys(unsigned(case, edits=said)) == [block]


def test_a_missed_appointment_needs_its_day_and_blames_nobody() -> None:
    assert "about_on" in keys(unsigned(did_not_attend(), about_on=None))
    text = did_not_attend().text()
    assert "We expected you at the clinic on 19 November 2026 and did not see you." in text.replace("\u00a0", " ")
    assert "fail" not in text.lower()


def test_nothing_is_told_as_found_in_a_letter_about_a_visit_that_did_not_take_place() -> None:
    told = {part.key for part in parts(*_arguments(did_not_attend()))}
    assert told.isdisjoint({"results", "medicines", "other", "journey", *(f"feature_{x}" for x in "poems")})


def test_a_results_letter_tells_every_result_since_the_visit_and_says_which_it_has_no_column_for() -> None:
    case = results()
    days = [date(2026, 12, day) for day in range(1, 8)]
    more = [sample(day, 50 + day.day, vegf_serum=str(600 + day.day)) for day in days]
    file = replace(case.file, encounters=(*case.file.encounters, *more))
    text = replace(case, file=file, letter=replace(case.letter, about_on=days[-1])).text().replace("\u00a0", " ")
    for day in days[-4:]:
        assert f"{day.day} December 2026: {600 + day.day}" in text
    left = "18 November 2026, 19 November 2026, 20 November 2026, 1 December 2026, 2 December 2026, 3 December 2026"
    assert f"Results of {left} have no column here; they are on record." in text


def test_what_came_back_after_the_day_a_results_letter_tells_of_is_not_in_it() -> None:
    case = results()
    text = replace(case, letter=replace(case.letter, about_on=date(2026, 11, 19))).text()
    assert "6.1 high" in text
    assert "520" not in text


def test_the_words_a_doctor_wrote_to_the_patient_are_not_sent_to_a_colleague() -> None:
    case = professional()
    own = [case.encounter.finding(code) for code in ("summary", "what_next", "concerns")]
    said = [str(f.value) for f in own if f is not None]
    assert said
    text = case.text()
    assert not any(words in text for words in said)
    assert "You have the same letter as your GP" not in text


def test_a_professional_letter_carries_the_colleagues_address_and_never_the_patients() -> None:
    case = professional()
    address = case.document().envelope.address
    assert address[0] == "Dr M Lee, consultant neurologist"
    assert case.file.patient.address[0] not in address
    assert keys(unsigned(case, edits=(("addressee", " "), ("summary", "x")))) == ["addressee"]


def test_a_letter_to_a_colleague_can_be_written_after_a_death_and_none_to_the_patient() -> None:
    assert keys(unsigned(died(professional()))) == []
    assert died(professional()).document().blocks
    for make in (results, did_not_attend, follow_up):
        assert "deceased" in keys(unsigned(died(make())))
        with pytest.raises(NotAllowedNow, match="has died"):
            died(make()).document()
    with pytest.raises(NotAllowedNow, match="has died"):
        died(in_plain_words()).document()


def test_what_is_not_for_the_patient_is_neither_written_nor_copied_to_them() -> None:
    why = "tells of her sister's illness"
    assert keys(unsigned(follow_up(), not_for_patient=why)) == ["not_for_patient"]
    assert keys(unsigned(professional(), not_for_patient=why)) == []
    assert (
        "(patient)" not in replace(professional(), letter=unsigned(professional(), not_for_patient=why).letter).text()
    )
    put_in = (*professional().letter.edits, ("copies", "Dr P Lindqvist (GP)\nMr Thomas Hartley (patient)"))
    assert keys(unsigned(professional(), not_for_patient=why, edits=put_in)) == ["not_for_patient"]


def test_plain_words_say_which_letter_they_retell_and_carry_the_authors_own_words() -> None:
    case = follow_up()
    said = replace(case.letter, edits=(("feature_p", "Your legs are stronger than in summer."),))
    document = plain_words(case.file, case.encounter, case.clinic, case.standing, letter=said, now=NOW)
    text = replace(in_plain_words(), letter=said).text().replace("\u00a0", " ")
    assert "says in plain words what our letter L-2026-0412 version 1 says. Nothing in it is new." in text
    assert "Your legs are stronger than in summer." in text
    assert document.size == 14


@given(st.sampled_from(sorted(CATALOGUE.items)), st.sampled_from([s for s in State if s is not State.RECORDED]))
def test_no_kind_of_letter_says_no_for_something_that_has_no_value(item: str, state: State) -> None:
    for make in MORE.values():
        case = make()
        bare = replace(case.encounter, findings=())
        stated = replace(case.encounter, findings=(Finding(item, state=state),))
        before = set(replace(case, encounter=bare).text().splitlines())
        new = [line for line in replace(case, encounter=stated).text().splitlines() if line not in before]
        assert not any(sentence.strip().startswith("No ") for line in new for sentence in line.split(". ")), new


@pytest.mark.parametrize("name", MORE)
def test_every_letter_of_the_page_can_be_printed(name: str) -> None:
    assert unprintable(MORE[name]().text()) == set()


def _arguments(case: Case) -> tuple:  # type: ignore[type-arg]
    return case.file, case.encounter, case.clinic, case.letter, case.standing
