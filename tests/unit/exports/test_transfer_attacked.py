"""A transfer file written by somebody who means harm, or by a program gone wrong, is refused by its column."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.transfer_cells import BadCell, dumped, parsed
from poems_registry.catalogue.transfer_format import HEAD, read_encounter, read_finding
from poems_registry.catalogue.transfer_person import read_patient
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterState, HospitalNumber, Patient, PatientFile
from poems_registry.domain.treatments import Event, LineDrug, TreatmentLine
from poems_registry.exports.csv import plain
from poems_registry.exports.transfer import transfer

SOUND = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5)
ANY_JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def row() -> dict[str, str]:
    patient = Patient(uid="p-1", family_name="O'Neill", hospital_numbers=(HospitalNumber("1", "RRV"),))
    visit = Encounter(id=3, uid="e", on=date(2026, 1, 2), time="09:05", state=EncounterState.RECORDED,
                      findings=(Finding("weight", 61.5),))  # fmt: skip
    line = TreatmentLine(number=1, name="Rd", drugs=(LineDrug(name="lenalidomide", dose=12.5),))
    file = PatientFile(patient, (visit,), (line,), (Event(kind="relapse", on=PartialDate(2025)),))
    (cells,) = transfer((file,), CATALOGUE, lambda _: ()).rows
    return {name: str(c if isinstance(c, str) else plain(c)) for name, c in zip(HEAD, cells, strict=True)}


def read(told: dict[str, str]) -> None:
    read_patient(told)
    read_encounter(told)
    read_finding(told, CATALOGUE)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("instance", "9" * 30), ("instance", "-1"), ("version", "99999999999"), ("version", "9" * 5000),
        ("encounter_time", "99:99"), ("encounter_time", "x" * 5000), ("hospital_numbers", "[" * 100_000),
        ("hospital_numbers", "[[1,2]]"), ("hospital_numbers", '[["1","R"],["1","R"]]'), ("hospital_numbers", "{}"),
        ("hospital_numbers", '[["\\ud800","R"]]'), ("patient_details", "[" * 100_000), ("patient_details", "[]"),
        ("patient_details", '{"print_size":NaN}'), ("patient_details", '{"print_size":' + "9" * 6000 + "}"),
        ("patient_details", '{"print_size":4294967296}'), ("patient_details", '{"phone":"\\u0000"}'),
        ("patient_details", '{"phone":"\\ud800"}'), ("patient_details", '{"a_newer_field":1}'),
        ("encounter_details", '{"findings":[]}'), ("encounter_details", '{"author_id":1}'),
        ("encounter_details", '{"version_number":0}'), ("encounter_details", '{"amend_reason":"\\udc00"}'),
        ("recorded_at", "9999-12-31T23:59:59-23:59"), ("born", "0000"),
    ],
)  # fmt: skip
def test_a_cell_that_no_registry_could_keep_is_refused_by_its_column(column: str, text: str) -> None:
    read(row())
    with pytest.raises(BadCell, match=f"^{column}"):
        read(row() | {column: text})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda said: said.update(joined_to=1),
        lambda said: said.update(id=1),
        lambda said: said.update(uid="another"),
        lambda said: said["lines"][0].update(id=1),
        lambda said: said["lines"][0].update(patient_id=1),
        lambda said: said["lines"][0]["drugs"][0].update(line_id=1),
        lambda said: said["lines"][0].update(drugs="none"),
        lambda said: said["lines"][0]["drugs"][0].update(dose=float("1e308") * 10),
        lambda said: said["events"][0].update(version=7),
        lambda said: said.update(consents=[{"id": 1}]),
        lambda said: said.update(consents=[{"recorded_at": "2026-01-01T10:00:00"}]),
    ],
)
def test_no_id_or_version_of_another_registry_gets_in(spoil: Callable[[Any], None]) -> None:
    told = row()
    said = json.loads(told["patient_details"])
    spoil(said)
    with pytest.raises(BadCell, match=r"^patient_details"):
        read(told | {"patient_details": dumped(said)})


@given(ANY_JSON)
def test_whatever_stands_in_the_details_is_read_or_refused_and_nothing_else(said: object) -> None:
    text = json.dumps(said)
    for column in ("patient_details", "encounter_details", "hospital_numbers"):
        try:
            read(row() | {column: text})
        except BadCell as refusal:
            assert str(refusal).startswith(column)  # noqa: PT017 - refused is as good as read


@given(SOUND, st.integers(0, 2**31 - 1))
def test_what_can_be_kept_comes_back(text: str, number: int) -> None:
    assert parsed(dumped({text: [number, text]}), "note") == {text: [number, text]}
