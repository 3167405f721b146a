"""The form of each profession's contact: its own items, no statuses, nothing invented, nothing hidden."""

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.consistency import blocks_signing
from poems_registry.catalogue.contact_forms import CONTACT_PAGES
from poems_registry.catalogue.contradictions import BlockKind, Surroundings
from poems_registry.domain.encounter_kinds import CONTACTS, KIND_WORDS, EncounterKind
from poems_registry.domain.findings import Finding

WORDS = {"contact_reason", "contact_found", "contact_done", "contact_advice", "contact_plan"}


def codes(kind: EncounterKind) -> list[str]:
    return [item.code for section in CATALOGUE.sections_for(kind) for item in section.items]


@pytest.mark.parametrize("kind", CONTACTS)
def test_each_profession_has_words_for_why_what_was_found_done_advised_and_planned(kind: EncounterKind) -> None:
    assert set(codes(kind)) >= WORDS


@pytest.mark.parametrize("kind", CONTACTS)
def test_a_contact_asks_each_item_once_none_that_is_retired_and_no_status_of_a_feature(kind: EncounterKind) -> None:
    asked = codes(kind)
    assert len(asked) == len(set(asked))
    items = [CATALOGUE.item(code) for code in asked]
    assert not any(item.required or item.retired or item.research or item.lab for item in items)
    declared = [code for page in CONTACT_PAGES[kind] for code in page.items]
    assert asked == declared, "a code that is no item of the catalogue would be left out in silence"


@pytest.mark.parametrize("kind", CONTACTS)
def test_what_an_item_depends_on_is_asked_on_the_same_form(kind: EncounterKind) -> None:
    asked = codes(kind)
    for code in asked:
        condition = CATALOGUE.item(code).shown_when
        assert condition is None or condition.item in asked, code


def test_a_clinic_visit_still_shows_every_section_and_no_words_of_a_contact() -> None:
    shown = {section.code for section in CATALOGUE.sections_for(EncounterKind.CLINIC)}
    assert shown == {s.code for s in CATALOGUE.sections} - {"contact", "research"}


def test_a_score_is_totalled_where_both_its_parts_are_asked() -> None:
    shown = {d.code for s in CATALOGUE.sections_for(EncounterKind.PHYSIOTHERAPY) for d in s.derived}
    assert shown == {"onls_total", "incat_total"}
    assert {d.code for s in CATALOGUE.sections_for(EncounterKind.NEUROPHYSIOLOGY) for d in s.derived} == set()


def test_what_a_contact_holds_beyond_its_form_is_shown_on_a_page_of_its_own() -> None:
    pages = CATALOGUE.sections_for(EncounterKind.PHONE, ("pain_nrs", "p_status", "task_hair", "no_such_item"))
    assert pages[-1].title == "Also recorded"
    assert [item.code for item in pages[-1].items] == ["p_status"], "a task is shown with the score it belongs to"
    assert [p.code for p in CATALOGUE.sections_for(EncounterKind.PHONE, ("pain_nrs",))] == [
        "visit",
        "measures",
        "outcome",
    ]


@pytest.mark.parametrize("kind", CONTACTS)
def test_a_contact_needs_no_status_but_must_say_something(kind: EncounterKind) -> None:
    around = Surroundings(kind=kind)
    empty = blocks_signing(CATALOGUE, {}, around)
    assert [(block.item, block.kind) for block in empty] == [("contact_reason", BlockKind.MISSING)]
    assert blocks_signing(CATALOGUE, {"contact_reason": Finding("contact_reason", "Falls")}, around) == ()
    assert len(blocks_signing(CATALOGUE, {})) == 5, "a clinic visit says how the five features stand"


def test_an_unusual_value_of_a_contact_is_confirmed_as_at_a_visit() -> None:
    around = Surroundings(kind=EncounterKind.PHYSIOTHERAPY)
    (doubt,) = blocks_signing(CATALOGUE, {"walk_10m": Finding("walk_10m", 140.0)}, around)
    assert (doubt.item, doubt.kind) == ("walk_10m", BlockKind.DOUBT)


def test_only_the_professions_are_contacts_and_every_kind_has_a_word() -> None:
    assert {kind for kind in EncounterKind if kind.is_contact} == set(CONTACTS)
    assert not EncounterKind.CLINIC.is_contact
    assert not EncounterKind.SAMPLE.is_contact
    assert set(KIND_WORDS) == set(EncounterKind)
    assert max(len(kind.value) for kind in EncounterKind) <= 20, "the column of the kind holds 20"
