"""Patients from a file are added, completed or refused; nobody is overwritten unasked and nobody comes twice."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.proposals import Fate
from poems_registry.domain.records import HospitalNumber, Patient, Sex
from poems_registry.intake.known import KnownPatients
from poems_registry.intake.mapping import PatientsMap
from poems_registry.intake.patients import PatientPlan, propose
from tests.unit.intake.made_up import TODAY, patients_map, source

TRIAL = patients_map(
    patient={"column": "ID", "is": "study_number"},
    fields={"sex": "SEX", "died": "DIED"},
    sex={"F": "female", "M": "male", "U": ""},
    age={"years": "AGE", "on": ["START", "SEEN"]},
)
CLINIC = patients_map(
    patient={"column": "MRN", "is": "hospital_number", "issuer": "RRV"},
    fields={"nhs_number": "NHS", "family_name": "NAME", "born": "DOB"},
    dates="day_first",
)
TRIAL_HEAD, CLINIC_HEAD = "ID,SEX,DIED,AGE,START,SEEN", "MRN,NHS,NAME,DOB"


def plan(mapping: PatientsMap, *rows: str, here: tuple[Patient, ...] = ()) -> PatientPlan:
    """What would be done with these rows."""
    head = TRIAL_HEAD if mapping is TRIAL or mapping.age else CLINIC_HEAD
    return propose(source(head, *rows), mapping, KnownPatients(here), TODAY, training=True)


def test_an_age_without_a_birth_date_is_kept_with_its_day() -> None:
    found = plan(TRIAL, "S-1,F,,63.0,2014-01-02,2013-12-26", "S-2,m,2014-11-01,70,,2013-12-26")
    (_, ann), (_, ben) = found.new
    assert (ann.study_number, ann.sex, ann.born, ann.age_at) == ("S-1", Sex.FEMALE, None, (63, date(2014, 1, 2)))
    assert (ben.sex, ben.age_at, ben.died) == (Sex.MALE, (70, date(2013, 12, 26)), PartialDate(2014, 11, 1))


def test_a_hospital_number_is_text_of_its_organisation() -> None:
    ((_, ann),) = plan(CLINIC, "00a12,999 000 0050,O'Neill,14/07/1955").new
    assert ann.hospital_numbers == (HospitalNumber("00A12", "RRV"),)
    assert (ann.nhs_number, ann.born) == ("9990000050", PartialDate(1955, 7, 14))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("S-1,X,,63,2014-01-02,", "a code of sex"),
        ("S-1,F,,old,2014-01-02,", "an age that is not a number"),
        ("S-1,F,,63.5,2014-01-02,", "not a whole number"),
        ("S-1,F,,130,2014-01-02,", "not a whole number from 0 to 120"),
        ("S-1,F,,63,,", "without the exact day"),
        ("S-1,F,,63,2014-01,", "without the exact day"),
        ("S-1,F,,63,2027-01-02,", "at a day in the future"),
        ("S-1,F,2027-01-01,63,2014-01-02,", "a date in the future"),
        (",F,,63,2014-01-02,", "names no patient"),
    ],
)
def test_what_cannot_be_right_about_a_participant_is_refused(row: str, words: str) -> None:
    (judged,) = plan(TRIAL, row).judged
    assert words in judged.reason


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A1,9990000051,Ash,14/07/1955", "fails its check"),
        ("A1,4505577104,Ash,14/07/1955", "training registry"),
        ("A1,,Ash,14/07/1855", "check its four figures"),
        ("A1,,Ash,14/07/1890", "older than 120"),
        ("A1,,Ash,14/07/55", "century"),
        ("A1,,,14/07/1955", "neither a name nor a study number"),
    ],
)
def test_what_cannot_be_right_about_a_patient_is_refused(row: str, words: str) -> None:
    (judged,) = plan(CLINIC, row).judged
    assert words in judged.reason


HERE = Patient(id=1, uid="p", study_number="S-1", sex=Sex.FEMALE, age_at=(63, date(2014, 1, 2)))


def test_the_same_file_again_changes_nobody() -> None:
    assert plan(TRIAL, "S-1,F,,63.0,2014-01-02,", here=(HERE,)).counts.unchanged == 1


def test_what_was_blank_is_completed_and_what_was_said_is_not_overwritten() -> None:
    found = plan(TRIAL, "S-1,F,2020-05-01,63.0,2014-01-02,", here=(HERE,))
    assert found.counts.changed == 1
    assert found.changed[0][1].died == PartialDate(2020, 5, 1)
    (judged,) = plan(TRIAL, "S-1,M,,63,2014-01-02,", here=(HERE,)).judged
    assert "something else than the registry about sex" in judged.reason
    may = replace(TRIAL, overwrite=True)
    assert plan(may, "S-1,M,,63,2014-01-02,", here=(HERE,)).changed[0][1].sex is Sex.MALE


def test_nobody_comes_twice_in_one_file() -> None:
    assert plan(TRIAL, "S-1,F,,63,2014-01-02,", "S-1,F,,63,2014-01-02,").counts.set_aside == 1
    found = plan(CLINIC, "A1,,Åsh,14/07/1955", "A2,,ASH,14/07/1955")
    assert (found.counts.new, found.counts.set_aside) == (1, 1)


def test_a_number_that_leads_to_another_name_or_to_two_people_is_refused() -> None:
    ann = Patient(id=1, uid="a", family_name="Ash", hospital_numbers=(HospitalNumber("A1", "RRV"),))
    ben = Patient(id=2, uid="b", family_name="Ash", nhs_number="9990000050")
    (judged,) = plan(CLINIC, "A1,,Birch,14/07/1955", here=(ann,)).judged
    assert "another family name" in judged.reason
    (judged,) = plan(CLINIC, "A1,9990000050,Ash,14/07/1955", here=(ann, ben)).judged
    assert "different patients" in judged.reason


def test_an_nhs_number_by_which_the_file_knows_people_is_checked_like_any_other() -> None:
    by_nhs = patients_map(
        patient={"column": "NHS", "is": "nhs_number", "family_name": "NAME"}, fields={"family_name": "NAME"}
    )
    good, bad = "9990000018", "9990000019"
    found = propose(
        source("NHS,NAME", f"{good},Adams", f"{bad},Brown"), by_nhs, KnownPatients(()), TODAY, training=True
    )
    assert [each.fate for each in found.judged] == [Fate.NEW, Fate.SET_ASIDE]
    assert "fails its check" in found.judged[1].reason
