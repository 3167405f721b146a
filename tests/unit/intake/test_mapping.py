"""A mapping file is read strictly: what is missing, misspelt or impossible is told by its name."""

import re
import tomllib
from pathlib import Path

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.intake import mapping
from poems_registry.intake.mapping import LabsMap, PatientsMap
from poems_registry.intake.toml_table import BadMapping
from tests.tree import ROOT
from tests.unit.intake.made_up import LABS, labs_map, patients_map

PATIENT = {"column": "ID", "is": "study_number"}


@pytest.mark.parametrize("path", sorted((ROOT / "resources" / "maps").glob("*.toml")), ids=lambda path: path.stem)
def test_every_mapping_that_comes_with_the_program_can_be_used(path: Path) -> None:
    assert isinstance(mapping.load(path, CATALOGUE), LabsMap | PatientsMap)


def test_every_example_of_the_manual_can_be_used() -> None:
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    kinds = [type(mapping.parse(tomllib.loads(example), CATALOGUE)) for example in examples]
    assert kinds == [LabsMap, PatientsMap]
    assert all(f"`{name}`" in text for name in mapping.PATIENT_FIELDS)


def test_the_columns_of_a_mapping_are_those_it_names() -> None:
    assert labs_map().columns == ("ID", "TAKEN", "TEST", "VALUE", "UNIT", "LOW", "HIGH")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "xrays"}, "kind should be one of labs, patients"),
        ({"patient": {"column": "ID"}}, "patient.is is missing"),
        ({"patient": {"column": "ID", "is": "nhs_number"}}, "an NHS number alone identifies nobody"),
        ({"patient": {"column": "ID", "is": "hospital_number"}}, "patient.issuer is missing"),
        ({"patient": PATIENT | {"colour": "x"}}, "patient.colour means nothing here"),
        ({"when": {"column": 5}}, "when.column should be text"),
        ({"when": {"column": "T", "dates": "month_first"}}, "when.dates should be one of iso, day_first"),
        ({"tests": {"A": {"item": "aura"}}}, "tests.A.item is not an item"),
        ({"tests": {"A": {"item": "research_il6"}}}, "research_il6 is a research value"),
        ({"tests": {"A": {"item": "albumin", "unit": "mmol/L"}}}, "mmol/L is not a unit that albumin"),
        (
            {"tests": {"A": {"item": "p_status", "values": {"+": "yes"}}}},
            "yes is none of absent, not_assessed, present",
        ),
        ({"tests": {"CHOL": {"item": "albumin"}}}, "CHOL stands under tests and under ignore"),
        ({"ignore": [1]}, "ignore should be a list of texts"),
        ({"states": {"x": "recorded"}}, "recorded is none of"),
        ({"head_row": 0}, "head_row should be a whole number from 1"),
        ({"tests": 5}, "should be a table"),
    ],
)
def test_a_wrong_entry_is_named(changes: dict[str, object], words: str) -> None:
    with pytest.raises(BadMapping, match=words):
        mapping.parse(LABS | changes, CATALOGUE)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"fields": {"shoe_size": "X"}}, "fields.shoe_size is not a field"),
        ({"fields": {"sex": "SEX"}}, r"the table \[sex\] is missing"),
        ({"age": {"years": "AGE"}}, "age.on is missing"),
        ({"sex": {"F": "lady"}}, "lady is none of"),
        ({"overwrite": "yes"}, "overwrite should be true or false"),
    ],
)
def test_a_wrong_entry_of_a_patients_mapping_is_named(said: dict[str, object], words: str) -> None:
    with pytest.raises(BadMapping, match=words):
        patients_map(patient=PATIENT, **said)
