"""Drugs are known by any of their written forms, and a line knows the classes of what it gives."""

import pytest

from poems_registry.domain.drugs import DRUGS, UNITS, DrugClass, classes_in, drug, drugs_in
from poems_registry.domain.regimens import BY_CODE, REGIMENS, brief_name, classes_of, is_radiotherapy
from poems_registry.domain.treatment_words import EVENTS, PART_OF_EVENT, event_words, said
from poems_registry.domain.treatments import LineDrug, RadiotherapyCourse, TreatmentLine


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Lenalidomide and dexamethasone, then transplant", ["lenalidomide", "dexamethasone"]),
        ("IVIg", ["immunoglobulin"]),
        ("Velcade", ["bortezomib"]),
        ("Len-dex", ["dexamethasone"]),
        ("plasma exchange", ["plasma exchange"]),
        ("filgrastim 300", ["G-CSF"]),
        ("dextrose", []),
        ("", []),
    ],
)
def test_a_text_names_its_drugs(words: str, names: list[str]) -> None:
    assert [each.name for each in drugs_in(words)] == names


def test_one_drug_is_found_by_its_whole_name_only() -> None:
    found = drug("DEXAMETHASONE")
    assert found is not None
    assert found.kind is DrugClass.STEROID
    assert drug("dexamethasone 20 mg") is None


def test_no_two_drugs_share_a_written_form_and_every_unit_is_offered() -> None:
    forms = [form.casefold() for each in DRUGS for form in (each.name, *each.also)]
    assert len(forms) == len(set(forms))
    assert {each.unit for each in DRUGS} <= {*UNITS, ""}


def test_every_drug_of_a_regimen_is_a_drug_of_the_list() -> None:
    for regimen in REGIMENS:
        for name in regimen.drugs:
            assert drug(name) is not None, (regimen.code, name)
    assert len(BY_CODE) == len(REGIMENS)


def test_a_line_has_the_classes_of_its_regimen_its_name_and_its_drugs() -> None:
    line = TreatmentLine(name="with siltuximab", category="VCD", drugs=(LineDrug(name="Daratumumab"),))
    assert classes_of(line) == {
        DrugClass.PROTEASOME_INHIBITOR, DrugClass.ALKYLATOR, DrugClass.STEROID, DrugClass.ANTI_IL6, DrugClass.ANTI_CD38,
    }  # fmt: skip
    assert classes_in("nothing we know") == frozenset()


def test_a_bar_calls_a_regimen_by_its_short_name_and_keeps_a_name_of_ones_own() -> None:
    assert brief_name(TreatmentLine(name="whatever", category="DARA_RD")) == "Dara-Rd"
    assert brief_name(TreatmentLine(name="Own words", category="OTHER")) == "Own words"
    assert brief_name(TreatmentLine(name="Old code", category="imid")) == "Old code"


def test_radiotherapy_is_known_by_its_code_or_by_a_course() -> None:
    assert is_radiotherapy(TreatmentLine(category="RT_RADICAL"))
    assert is_radiotherapy(TreatmentLine(category="OTHER", radiotherapy=(RadiotherapyCourse(),)))
    assert not is_radiotherapy(TreatmentLine(category="LEN_DEX"))


def test_every_part_an_event_asks_for_is_a_part_of_events() -> None:
    assert {part for kind in EVENTS.values() for part in kind.asks} == set(PART_OF_EVENT)
    assert all(bool(kind.sorts) == ("sort" in kind.asks) for kind in EVENTS.values())


def test_words_of_an_older_record_stay_as_they_are() -> None:
    assert said({"completed": "Completed"}, "no benefit") == "No benefit"
    assert event_words("limb_ischaemia") == "Limb ischaemia"
