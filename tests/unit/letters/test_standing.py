"""The diagnosis in a letter: frozen with a signed visit, plain words for each criterion."""

from dataclasses import replace
from datetime import date

import pytest

from poems_registry.domain.criteria import Criterion, Verdict
from poems_registry.domain.findings import Attribution, Finding
from poems_registry.domain.records import FrozenVerdict, PatientStatus
from poems_registry.letters.diagnoses import CRITERIA_IN_PLAIN_WORDS, diagnoses
from poems_registry.letters.standing import Standing
from poems_registry.letters.visit import Visit
from tests.golden.letters.people import Case, follow_up, new_patient

FROZEN = FrozenVerdict(
    "A-1",
    "met",
    "met",
    (("P", "met"), ("M", "met"), ("V", "cannot_tell"), ("S", "not_met")),
    settings=(("serum_vegf_decision_level", "1920.0"),),
)


def test_a_signed_visit_is_told_with_its_frozen_verdict_and_settings() -> None:
    case = follow_up()
    signed = Case(case.file, replace(case.encounter, verdict=FROZEN), case.letter)
    text = signed.text()
    assert "Criteria met: nerve damage; abnormal plasma cells (IgA lambda).\n" in text
    assert "A VEGF above 1,920 pg/mL in serum before treatment points to active POEMS." in text
    assert "skin changes;" not in text


def test_what_is_not_yet_known_is_told_only_while_the_diagnosis_is_open() -> None:
    standing = Standing(Verdict.CANNOT_TELL, (Criterion.P,), (Criterion.M, Criterion.V))
    case = new_patient()
    first = diagnoses(Visit(case.file, case.encounter), standing)[0]
    assert first.words == (
        "Possible POEMS syndrome, still being looked into. Criteria met: nerve damage."
        " Not yet known: abnormal plasma cells; raised VEGF (a blood marker)."
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": PatientStatus.CONFIRMED}, "POEMS syndrome, date of diagnosis not recorded."),
        ({"clinician_diagnosis": "probable"}, "Probable POEMS syndrome, date of diagnosis not recorded."),
        ({"clinician_diagnosis": "excluded"}, "POEMS syndrome was looked for and excluded."),
        ({"status": PatientStatus.OTHER_DIAGNOSIS}, "Not POEMS syndrome: the clinic has made another diagnosis"),
        (
            {"status": PatientStatus.OTHER_DIAGNOSIS, "clinician_diagnosis": "castleman_variant"},
            "Castleman variant of POEMS syndrome, date of diagnosis not recorded.",
        ),
        ({"status": PatientStatus.SUSPECTED}, "Possible POEMS syndrome, still being looked into."),
    ],
)
def test_the_clinicians_own_diagnosis_leads(changes: dict[str, object], expected: str) -> None:
    case = new_patient()
    file = replace(case.file, patient=replace(case.file.patient, **changes))  # type: ignore[arg-type]
    assert diagnoses(Visit(file, case.encounter), Standing())[0].words.startswith(expected)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("other", "Not POEMS syndrome: the clinic has made another diagnosis, given below."),
        ("CIDP, most likely", "CIDP, most likely."),
    ],
)
def test_criteria_that_are_met_do_not_override_another_diagnosis_of_the_clinician(own: str, expected: str) -> None:
    case = new_patient()
    patient = replace(case.file.patient, clinician_diagnosis=own, status=PatientStatus.SUSPECTED)
    standing = Standing(Verdict.MET, (Criterion.P, Criterion.M))
    assert diagnoses(Visit(replace(case.file, patient=patient), case.encounter), standing)[0].words == expected


def test_every_criterion_has_plain_words() -> None:
    assert set(CRITERIA_IN_PLAIN_WORDS) == set(Criterion)


def test_a_status_from_another_cause_says_so() -> None:
    case = new_patient()
    status = Finding("p_status", "present", attribution=Attribution.OTHER, attribution_text="diabetes")
    visit = replace(case.encounter, on=date(2026, 11, 18), findings=(status,))
    text = replace(case, encounter=visit).text()
    assert "P Nerve damage. Present (thought to have another cause: diabetes)." in text
