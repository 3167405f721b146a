"""What the transfer writes reads back exactly, for every item there is and will be."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poems_registry.catalogue import slots, transfer_format
from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.item import Item
from poems_registry.catalogue.kinds import Invalid
from poems_registry.catalogue.transfer_cells import BadCell
from poems_registry.catalogue.transfer_format import HEAD, read_encounter, read_finding
from poems_registry.catalogue.transfer_person import read_patient
from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, Sign
from poems_registry.domain.records import (
    Encounter,
    EncounterState,
    HospitalNumber,
    Medicine,
    Patient,
    PatientFile,
    Practice,
    Sex,
    Signature,
)
from poems_registry.domain.treatments import (
    Event,
    LineDrug,
    Origin,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.exports.csv import plain
from poems_registry.exports.transfer import transfer
from poems_registry.storage import observations
from tests.unit.exports.strategies import findings_of, values_of

ITEMS = [item for section in CATALOGUE.sections for item in section.items]
PATIENT = Patient(
    id=7,
    uid="p-7",
    study_number="S-7",
    family_name="O'Neill",
    born=PartialDate(1955, 7),
    age_at=None,
    sex=Sex.FEMALE,
    hospital_numbers=(HospitalNumber("00123", "RRV"), HospitalNumber("A|1", "X,Y")),
    practice=Practice(doctor="Dr One", address=("1 High Street", "Leeds")),
    address_checked_on=date(2026, 5, 1),
)


def rows(file: PatientFile) -> list[dict[str, str]]:
    """The rows as the text that a CSV file holds, without its guard."""
    said = [transfer((file,), CATALOGUE, lambda _: ()).head]
    assert said[0] == HEAD
    return [
        {name: str(cell if isinstance(cell, str) else plain(cell)) for name, cell in zip(HEAD, row, strict=True)}
        for row in transfer((file,), CATALOGUE, lambda _: ()).rows
    ]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
@settings(max_examples=25)
@given(data=st.data())
def test_every_value_survives_text(item: Item, data: st.DataObject) -> None:
    value = data.draw(values_of(item.kind))
    assert slots.from_text(item.kind, slots.to_text(value)) == value


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
@settings(max_examples=10)
@given(data=st.data())
def test_every_finding_survives_a_transfer_row(item: Item, data: st.DataObject) -> None:
    finding = data.draw(findings_of(item))
    encounter = Encounter(id=3, uid="e-3", on=date(2026, 1, 2), state=EncounterState.RECORDED, findings=(finding,))
    (row,) = rows(PatientFile(PATIENT, (encounter,)))
    read = read_finding(row, CATALOGUE)
    assert read is not None
    assert read[0] == finding


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
@settings(max_examples=10)
@given(data=st.data())
def test_every_finding_survives_its_storage_slot(item: Item, data: st.DataObject) -> None:
    finding = data.draw(findings_of(item))
    stored = observations.to_row(1, finding, item.kind.slot)
    assert observations.from_row(tuple(stored.values())) == finding


def test_a_patient_and_a_signed_visit_come_back_whole() -> None:
    visit = Encounter(
        id=3,
        uid="e-3",
        on=date(2026, 1, 2),
        time="09:30",
        state=EncounterState.SIGNED,
        author="Dr A",
        seen_by=("Dr A", "Nurse B"),
        source="typed",
        medicines=(Medicine("lenalidomide", "10 mg"),),
        signature=Signature("Dr A", "consultant", "GMC 1", datetime(2026, 1, 2, 10, 0, 1, 5, tzinfo=UTC)),
        findings=(Finding("weight", 61.5), Finding("height", 170.0)),
    )
    line = TreatmentLine(
        number=1,
        name="Rd",
        start=PartialDate(2025, 3),
        steroid=True,
        planned=("induction", "transplant"),
        origin=Origin.LINKAGE,
        drugs=(LineDrug(name="lenalidomide", dose=12.5, unit="mg"),),
        radiotherapy=(RadiotherapyCourse(site="sacrum", dose_gy=45.0, fractions=25),),
        transplants=(Transplant(infused=PartialDate(2025, 9), cd34=4.2, engraftment_syndrome=False),),
    )
    event = Event(kind="relapse", on=PartialDate(2025), domains=("vegf",), symptomatic=True)
    care = SupportiveCare(kind="orthotics", start=PartialDate(2024))
    stored = replace(line, id=3, patient_id=4, drugs=tuple(replace(d, id=9, line_id=3, version=2) for d in line.drugs))
    file = PatientFile(PATIENT, (visit,), (stored,), (event,), supportive=(care,))
    first, second = rows(file)
    told = read_patient(first)
    assert (told.patient.practice, told.patient.address_checked_on) == (PATIENT.practice, PATIENT.address_checked_on)
    assert told.patient.hospital_numbers == PATIENT.hospital_numbers
    assert (told.lines, told.events, told.supportive) == ((line,), (event,), (care,))
    encounter = read_encounter(first)
    assert encounter is not None
    assert (encounter.signature, encounter.medicines, encounter.seen_by) == (
        visit.signature,
        visit.medicines,
        visit.seen_by,
    )
    assert second["patient_details"] == second["encounter_details"] == ""


def test_drafts_stay_at_home_and_empty_records_still_travel() -> None:
    draft = Encounter(id=1, uid="e-1", state=EncounterState.DRAFT, findings=(Finding("weight", 61.5),))
    (row,) = rows(PatientFile(PATIENT, (draft,)))
    assert (row["encounter_uid"], row["item"]) == ("", "")
    bare = Encounter(id=2, uid="e-2", state=EncounterState.RECORDED)
    (row,) = rows(PatientFile(PATIENT, (draft, bare)))
    assert (row["encounter_uid"], row["item"]) == ("e-2", "")


def test_a_confirmation_names_the_other_encounter_by_its_lasting_id() -> None:
    first = Encounter(id=11, uid="e-11", state=EncounterState.RECORDED, findings=(Finding("weight", 60.0),))
    later = Encounter(
        id=12, uid="e-12", state=EncounterState.RECORDED, findings=(Finding("weight", 60.0, confirmed_from=11),)
    )
    assert [row["confirmed_from"] for row in rows(PatientFile(PATIENT, (first, later)))] == ["", "e-11"]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"item": "no_such_item"}, "item"),
        ({"unit": "lb"}, "unit"),
        ({"number": "9000"}, "number"),
        ({"number": ""}, "number"),
        ({"number": "nan"}, "number"),
        ({"text": "x"}, "number"),
        ({"state": "not_done"}, "number"),
        ({"state": "maybe"}, "state"),
        ({"sign": "="}, "sign"),
        ({"limit_low": "inf"}, "limit_low"),
        ({"reported": "see the comment"}, "reported"),
        ({"recorded_at": "2026-01-01T10:00:00"}, "recorded_at"),
    ],
)
def test_a_cell_that_cannot_be_right_is_refused_by_its_column(changes: dict[str, str], column: str) -> None:
    encounter = Encounter(id=3, uid="e-3", state=EncounterState.RECORDED, findings=(Finding("weight", 61.5),))
    (row,) = rows(PatientFile(PATIENT, (encounter,)))
    with pytest.raises(BadCell, match=f"^{column} "):
        read_finding(row | changes, CATALOGUE)


def test_nothing_is_said_to_lie_below_nought() -> None:
    encounter = Encounter(id=3, uid="e-3", state=EncounterState.RECORDED, findings=(Finding("m_protein", 0.0),))
    (row,) = rows(PatientFile(PATIENT, (encounter,)))
    with pytest.raises(BadCell, match=r"^sign is below"):
        read_finding(row | {"sign": "below"}, CATALOGUE)


def test_an_approximate_sign_is_told_in_words() -> None:
    encounter = Encounter(
        id=3, uid="e", state=EncounterState.RECORDED, findings=(Finding("vegf_serum", 8000.0, sign=Sign.ABOVE),)
    )
    (row,) = rows(PatientFile(PATIENT, (encounter,)))
    assert (row["sign"], row["number"], row["unit"]) == ("above", "8000.0", "pg/mL")


def test_several_codes_out_of_order_or_twice_are_refused() -> None:
    kind = CATALOGUE.item("vegf_confounders").kind
    for text in ("copd|iron_deficiency", "copd|copd", "", "flu"):
        with pytest.raises(Invalid):
            slots.from_text(kind, text)


def test_no_column_of_decision_11_is_missing() -> None:
    for name in Finding.__slots__:
        assert name in transfer_format.FINDING or name == "value"


def test_what_somebody_agreed_to_survives_the_transfer_with_its_mistakes_and_who_recorded_it() -> None:
    at = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
    given = Consent(on=PartialDate(2024, 5), form_version="v2.1", taken_by="Sister J Okoro", recorded_at=at)
    wrong = Consent(
        scope=Scope.STUDY, study="Nerve, recovery", answer=Answer.WITHDRAWN, on=PartialDate(2025), recorded_by="Dr A",
        recorded_at=at, error_reason="mixed up",
    )  # fmt: skip
    stored = tuple(replace(each, id=n, patient_id=7, version=3) for n, each in enumerate((given, wrong), start=1))
    (row,) = rows(PatientFile(PATIENT, consents=stored))
    assert read_patient(row).consents == (given, wrong)


def test_suffix_and_gender_identity_survive_the_transfer_and_whose_record_it_was_joined_to_does_not() -> None:
    (row,) = rows(PatientFile(replace(PATIENT, suffix="MBE", gender_identity="non_binary", joined_to=3)))
    told = read_patient(row).patient
    assert (told.suffix, told.gender_identity, told.joined_to) == ("MBE", "non_binary", None)
