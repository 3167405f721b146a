"""A sample is never lost and never used silently; a tube names nobody; a day that may be right is not refused."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.consents import Answer, Consent, Scope
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import HospitalNumber, Patient
from poems_registry.domain.sample_consent import (
    Standing,
    affected,
    aliquot_doubts,
    consent_behind,
    sample_doubts,
)
from poems_registry.domain.samples import (
    Aliquot,
    AliquotState,
    Purpose,
    ResultState,
    Sample,
    SampleKind,
    aliquot_problems,
    label,
    next_aliquot,
    number_problem,
    sample_problems,
    tidy_number,
    tidy_time,
)
from poems_registry.domain.studies import Around, Study

TODAY = date(2026, 11, 22)
ANN = Patient(
    id=1, family_name="Łukasiewicz", given_name="Ann", nhs_number="9990000018", born=PartialDate(1960, 5, 1),
    hospital_numbers=(HospitalNumber("H 4711", "RRV"),),
)  # fmt: skip
STUDY = Study(id=1, short_name="NERVE", opened=PartialDate(2020))
SAMPLE = Sample(id=1, patient_id=1, number="S00001", taken=PartialDate(2024, 3, 4))


def day_of(*parts: int) -> PartialDate:
    """`2024`, `2024, 3` or `2024, 3, 1`."""
    return PartialDate.from_iso("-".join(f"{part:02}" for part in parts))


def said(answer: Answer, *on: int, study: str = "", number: int = 1) -> Consent:
    scope = Scope.STUDY if study else Scope.SAMPLE
    return Consent(id=number, patient_id=1, scope=scope, study=study, answer=answer, on=day_of(*on))


def around(*consents: Consent, patient: Patient = ANN) -> Around:
    return Around(patient, consents, (STUDY,), (), TODAY)


YES = said(Answer.GIVEN, 2024, 1, 1)


# -- consent behind a sample


@pytest.mark.parametrize(
    ("sample", "consents", "standing"),
    [
        (SAMPLE, (YES,), Standing.SHOWN),
        (SAMPLE, (), Standing.NOT_SHOWN),
        (SAMPLE, (said(Answer.GIVEN, 2024, 3, 5),), Standing.NOT_SHOWN),
        (SAMPLE, (said(Answer.DECLINED, 2023),), Standing.NOT_SHOWN),
        (SAMPLE, (YES, said(Answer.WITHDRAWN, 2025, number=2)), Standing.WITHDRAWN),
        (SAMPLE, (YES, said(Answer.DECLINED, 2025, number=2)), Standing.WITHDRAWN),
        (SAMPLE, (YES, said(Answer.WITHDRAWN, 2025, number=2), said(Answer.GIVEN, 2026, number=3)), Standing.SHOWN),
        (replace(SAMPLE, taken=None), (YES,), Standing.NOT_SHOWN),
        (replace(SAMPLE, taken=PartialDate(2024)), (YES,), Standing.SHOWN),
        (replace(SAMPLE, taken=PartialDate(2023)), (YES,), Standing.NOT_SHOWN),
        (replace(SAMPLE, study_id=1), (YES,), Standing.NOT_SHOWN),
        (replace(SAMPLE, study_id=1), (YES, said(Answer.GIVEN, 2024, study="nerve", number=2)), Standing.NOT_SHOWN),
        (replace(SAMPLE, study_id=1), (YES, said(Answer.GIVEN, 2023, study="nerve", number=2)), Standing.SHOWN),
        (
            replace(SAMPLE, study_id=1),
            (YES, said(Answer.GIVEN, 2023, study="nerve"), said(Answer.WITHDRAWN, 2025, study="NERVE", number=3)),
            Standing.WITHDRAWN,
        ),
        (replace(SAMPLE, purpose=Purpose.CLINICAL_VEGF), (said(Answer.WITHDRAWN, 2024),), Standing.NOT_NEEDED),
    ],
)
def test_consent_stands_behind_a_research_sample_or_it_is_marked(
    sample: Sample, consents: tuple[Consent, ...], standing: Standing
) -> None:
    study = STUDY if sample.study_id else None
    found = consent_behind(sample, consents, study)
    assert found.standing is standing
    assert found.usable is (standing in (Standing.SHOWN, Standing.NOT_NEEDED))
    assert found.words


def test_keeping_a_held_sample_is_asked_once_and_never_refused() -> None:
    assert sample_problems(SAMPLE, around()) == {}
    (words,) = sample_doubts(SAMPLE, None, around())
    assert "held back from use" in words
    assert sample_doubts(replace(SAMPLE, note="more"), SAMPLE, around()) == ()
    assert sample_doubts(SAMPLE, None, around(YES)) == ()


def test_using_a_held_sample_is_asked_about_and_storing_it_is_not() -> None:
    tube = Aliquot(id=3, sample_id=1, number=1)
    for state, asks in ((AliquotState.USED, 1), (AliquotState.SENT, 1), (AliquotState.DISCARDED, 0)):
        gone = replace(tube, state=state, why="for the panel")
        assert len(aliquot_doubts(gone, tube, SAMPLE, (), None)) == asks
        assert aliquot_doubts(gone, tube, SAMPLE, (YES,), None) == ()
        assert aliquot_doubts(gone, gone, SAMPLE, (), None) == ()
    assert aliquot_doubts(tube, None, SAMPLE, (), None) == ()


def test_a_withdrawal_names_every_sample_it_leaves_and_only_those() -> None:
    clinical = replace(SAMPLE, id=2, purpose=Purpose.CLINICAL_VEGF)
    back = said(Answer.WITHDRAWN, 2025, number=2)
    assert affected((SAMPLE, clinical), around(YES, back)) == (SAMPLE,)
    assert affected((SAMPLE, clinical), around(YES)) == ()


# -- steps


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"taken": None}, "taken"),
        ({"taken": PartialDate(2027)}, "taken"),
        ({"taken": PartialDate(1950)}, "taken"),
        ({"sent": PartialDate(2024, 3, 3)}, "sent"),
        ({"sent": PartialDate(2024, 3, 6), "received": PartialDate(2024, 3, 5)}, "received"),
        ({"received": PartialDate(2024, 2)}, "received"),
        ({"taken_at": "25:00"}, "taken_at"),
        ({"sent_at": "09:00"}, "sent_at"),
        ({"taken": PartialDate(2024, 3), "taken_at": "09:00"}, "taken_at"),
        ({"taken_at": "10:00", "sent": PartialDate(2024, 3, 4), "sent_at": "09:00"}, "sent"),
        ({"kind": SampleKind.OTHER}, "kind_words"),
        ({"study_id": 9}, "study_id"),
        ({"study_id": 1, "purpose": Purpose.CLINICAL_VEGF}, "study_id"),
        ({"result": ResultState.NO_RESULT}, "note"),
        ({"quality": ("clotted",)}, "quality"),
        ({"number": "ANN-1"}, "number"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(changes: dict[str, object], field: str) -> None:
    assert field in sample_problems(replace(SAMPLE, **changes), around(YES))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"sent": PartialDate(2024)},
        {"sent": PartialDate(2024, 3)},
        {"taken": None, "received": PartialDate(2024)},
        {"sent": PartialDate(2024, 3, 4), "received": PartialDate(2024, 3, 4), "received_at": "15:00"},
        {"taken_at": "9:05", "sent": PartialDate(2024, 3, 4), "sent_at": "1000"},
        {"quality": ("haemolysed", "delayed"), "quality_note": "left in the post room"},
    ],
)
def test_what_may_be_right_is_kept(changes: dict[str, object]) -> None:
    assert sample_problems(replace(SAMPLE, **changes), around(YES)) == {}  # type: ignore[arg-type]


def test_what_became_of_a_sample_may_lie_after_its_givers_death() -> None:
    dead = replace(ANN, died=PartialDate(2024, 3, 10))
    later = replace(SAMPLE, sent=PartialDate(2024, 4, 1))
    assert sample_problems(later, around(YES, patient=dead)) == {}
    after = replace(SAMPLE, taken=PartialDate(2024, 4, 1))
    assert "died" in sample_problems(after, around(YES, patient=dead))["taken"]


# -- aliquots


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": 0}, "number"),
        ({"number": 1}, "number"),
        ({"volume": 0.0}, "volume"),
        ({"thaws": -1}, "thaws"),
        ({"state": AliquotState.DISCARDED}, "why"),
        ({"place": "Freezer 2 / Lukasiewicz"}, "place"),
        ({"on": PartialDate(2024, 3, 3)}, "on"),
        ({"on": PartialDate(2027)}, "on"),
    ],
)
def test_an_aliquot_that_cannot_be_is_told_beside_its_field(changes: dict[str, object], field: str) -> None:
    other = Aliquot(id=1, sample_id=1, number=1)
    tube = replace(Aliquot(sample_id=1, number=2), **changes)  # type: ignore[arg-type]
    assert field in aliquot_problems(tube, SAMPLE, (other,), around(YES))


def test_aliquots_of_two_samples_may_share_a_number() -> None:
    others = (Aliquot(id=1, sample_id=1, number=4), Aliquot(id=2, sample_id=2, number=1))
    tube = Aliquot(sample_id=1, number=1, volume=0.5, place="Freezer 2 / Rack B", thaws=2)
    assert aliquot_problems(tube, SAMPLE, others, around(YES)) == {}
    assert (next_aliquot(others, 1), next_aliquot(others, 2), next_aliquot(others, 3)) == (5, 2, 1)


# -- numbers and labels


@pytest.mark.parametrize("number", ["S00001", "A", "2026/14", "UCL.B-7"])
def test_numbers_that_may_stand_on_a_tube(number: str) -> None:
    assert number_problem(number, ANN) == ""


@pytest.mark.parametrize(
    "number", ["", "-1", "A B", "9990000018", "X999-000-0018", "LUKASIEWICZ1", "H4711", "ANN", "S" * 31]
)
def test_numbers_that_may_not(number: str) -> None:
    assert number_problem(number, ANN)


@given(st.text(alphabet="ABCXYZ019./-", min_size=1, max_size=30))
def test_a_label_holds_numbers_only_and_never_the_person(number: str) -> None:
    if number_problem(number, ANN):
        return
    words = label(replace(SAMPLE, number=number), STUDY, "N07", Aliquot(number=2))
    assert words.splitlines() == ["NERVE N07", f"{number}/2", "Serum"]
    plain = "".join(sign for sign in words.casefold() if sign.isalnum())
    assert not any(each in plain for each in ("lukasiewicz", "9990000018", "h4711", "1960"))


def test_a_label_without_a_study_is_the_number_and_what_it_is_of() -> None:
    other = replace(SAMPLE, kind=SampleKind.OTHER, kind_words="Bone marrow of Ann")
    assert label(other, None, "") == "S00001\nOther"


@given(st.text(max_size=12))
def test_a_tidied_number_and_time_are_tidy(text: str) -> None:
    assert tidy_number(tidy_number(text)) == tidy_number(text)
    assert tidy_time(tidy_time(text)) == tidy_time(text)


def test_times_are_read_as_clinics_write_them() -> None:
    assert [tidy_time(each) for each in ("9:05", "09.05", "0905", "9.5", "")] == ["09:05", "09:05", "09:05", "9.5", ""]
