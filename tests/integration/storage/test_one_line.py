"""One added line in a section file, and nothing else, gives field, refusal, row, sentence, column and dictionary."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE, Catalogue
from poems_registry.catalogue.drafting import read_field
from poems_registry.catalogue.item import Item, Section
from poems_registry.catalogue.kinds import Invalid, Number
from poems_registry.catalogue.wording import on_screen, sentence
from poems_registry.domain.drafts import FieldDraft
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.exports.dictionary import dictionary
from poems_registry.exports.wide import encounters as wide
from poems_registry.storage import encounters, patients
from poems_registry.storage.audit import Actor
from poems_registry.storage.unit_of_work import Store

TODAY = date(2026, 11, 20)
LINE = Item("pinch_right", "Pinch strength, right", Number("kg", (0, 30), (1, 20), 1, ucum="kg"))


def with_one_more_line() -> Catalogue:
    neuropathy = next(s for s in CATALOGUE.sections if s.code == "neuropathy")
    changed = replace(neuropathy, items=(*neuropathy.items, LINE))
    sections: tuple[Section, ...] = tuple(changed if s is neuropathy else s for s in CATALOGUE.sections)
    return Catalogue(sections)


BOOK = with_one_more_line()


def typed(text: str) -> Finding:
    finding = read_field(BOOK.item("pinch_right"), FieldDraft(text=text), TODAY)
    assert finding is not None
    return finding


def test_the_form_of_a_visit_has_the_field() -> None:
    shown = [item.code for section in BOOK.sections_for(EncounterKind.CLINIC) for item in section.items]
    assert "pinch_right" in shown


def test_the_field_reads_and_refuses() -> None:
    assert typed("12,5").value == 12.5
    with pytest.raises(Invalid, match="between 0 and 30 kg"):
        typed("500")


def test_the_value_is_stored_and_read_back_on_both_engines(store: Store) -> None:
    with store.writing(Actor(1, "Dr A Rahman", "clinician")) as session:
        patient = patients.add(session, Patient(study_number="P-1"))
        visit = Encounter(patient_id=patient.id, on=TODAY, findings=(typed("12,5"),))
        added = encounters.add(session, lambda code: BOOK.item(code).kind.slot, visit)
    with store.reading() as session:
        kept = encounters.load(session, added.id).finding("pinch_right")
    assert kept is not None
    assert (kept.value, kept.reported_unit) == (12.5, "kg")


def test_screen_and_letter_have_words_for_it() -> None:
    assert on_screen(LINE, typed("12,5")) == "12.5\u00a0kg"
    assert sentence(LINE, typed("12,5")) == "Pinch strength, right: 12.5\u00a0kg"
    assert sentence(LINE, None) == "Pinch strength, right: not recorded"


def test_the_export_has_its_columns_and_the_dictionary_its_row() -> None:
    file = PatientFile(
        Patient(uid="x", research_consent="given"),
        (Encounter(id=1, on=TODAY, state=EncounterState.SIGNED, findings=(typed("12,5"),)),),
    )
    table = wide([file], BOOK, b"k" * 32, Thresholds())
    row = dict(zip(table.head, next(iter(table.rows)), strict=True))
    assert row["pinch_right_kg"] == 12.5
    told = [dict(zip(dictionary(BOOK).head, line, strict=True)) for line in dictionary(BOOK).rows]
    assert next(line for line in told if line["code"] == "pinch_right")["unit"] == "kg"
