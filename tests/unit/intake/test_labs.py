"""Results are converted explicitly from what was reported, or refused with a reason; every row is accounted for."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.proposals import Fate
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState
from poems_registry.intake.labs import LabContext, LabPlan, propose
from tests.unit.intake.made_up import ANN, BEN, context, source

HEAD = "ID,TAKEN,TEST,VALUE,UNIT,LOW,HIGH,STANDARD"


def plan(*rows: str, at: LabContext | None = None) -> LabPlan:
    """What would be done with these rows."""
    return propose(source(HEAD, *rows), at or context())


def result(row: str) -> Finding:
    """The one finding of one good row."""
    found = plan(row)
    assert found.counts.new == 1, found.judged
    return found.new[0].findings[0]


def reason(row: str, at: LabContext | None = None) -> str:
    """Why a row was refused."""
    (judged,) = plan(row, at=at).judged
    assert judged.fate is Fate.SET_ASIDE
    return judged.reason


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ("HGB,12.1,g/dL", 121.0),
        ("HGB,121,g/L", 121.0),
        ("GLUC,85,mg/dL", 4.718138),
        ("HBA1C,8.20,%", 66.0998),
        ("PLAT,266,10^9/L", 266.0),
        ("PLAT,266,10*3/uL", 266.0),
        ("WEIGHT,119.0,LB", 53.977492),
        ("MP,12.5,", 12.5),
        ('VEGF,"1,250",pg/ml.', 1250.0),
    ],
)
def test_units_are_converted_explicitly(cells: str, value: float) -> None:
    assert result(f"S-1,2026-01-02T10:30,{cells},,,999").value == pytest.approx(value, abs=1e-6)


def test_what_was_reported_is_kept_beside_it() -> None:
    found = result("S-1,2026-01-02T10:30,HGB,12.1,g/dL,11.5,15.8,7.5")
    assert (found.reported, found.reported_unit, found.limit_low, found.limit_high) == ("12.1", "g/dL", 11.5, 15.8)
    assert found.sample_time == "10:30"


def test_a_censored_result_stays_censored_after_conversion() -> None:
    found = result("S-1,2012-12-26T08:44,GLUC,<40,mg/dL,50,250,")
    assert (found.sign, found.reported) == (Sign.BELOW, "40")
    assert found.number == pytest.approx(2.2203)


def test_a_reported_number_with_thousands_can_be_compared_with_its_limits() -> None:
    assert result('S-1,2026-01-02,VEGF,">8,000",pg/mL,,,').reported_number == 8000


def test_a_word_in_place_of_a_result_is_a_state() -> None:
    found = result("S-1,2026-01-02,HGB,nd,,,,")
    assert (found.state, found.value) == (State.NOT_DONE, None)


def test_results_of_one_moment_are_one_sample() -> None:
    found = plan(
        "S-1,2026-01-02T10:30,HGB,12.1,g/dL,,,",
        "S-1,2026-01-02T10:30,PLAT,266,10^9/L,,,",
        "S-1,2026-01-02T11:00,HGB,12.0,g/dL,,,",
        "S-2,2026-01-02T10:30,HGB,13,g/dL,,,",
    )
    assert [(e.patient_id, e.time, len(e.findings)) for e in found.new] == [
        (1, "10:30", 2),
        (1, "11:00", 1),
        (2, "10:30", 1),
    ]
    assert {(e.kind, e.state) for e in found.new} == {(EncounterKind.SAMPLE, EncounterState.RECORDED)}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("S-1,2026-01-02,XYZ,1,g/L,,,", "a test that the mapping does not know"),
        ("S-9,2026-01-02,HGB,12.1,g/dL,,,", "a patient who is not in the registry"),
        (",2026-01-02,HGB,12.1,g/dL,,,", "names no patient"),
        ("S-1,2026-11-23,HGB,12.1,g/dL,,,", "in the future"),
        ("S-1,2026-01,HGB,12.1,g/dL,,,", "not exact"),
        ("S-1,2026-02-30,HGB,12.1,g/dL,,,", "does not exist"),
        ("S-1,02/01/2026,HGB,12.1,g/dL,,,", "not in ISO 8601"),
        ("S-1,,HGB,12.1,g/dL,,,", "holds no date"),
        ("S-1,2026-01-02T25:00,HGB,12.1,g/dL,,,", "a time that cannot be read"),
        ("S-1,2026-01-02,HGB,12.1,mmol/L,,,", "the unit mmol/L is not known here"),
        ("S-1,2026-01-02,HGB,12.1,,,,", "without its unit"),
        ("S-1,2026-01-02,HGB,12.1,g/L,,,", "must lie between 30 and 250 g/L"),
        ("S-1,2026-01-02,HGB,,g/dL,,,", "holds no result"),
        ("S-1,2026-01-02,HGB,clotted,g/dL,,,", "must be a number"),
        ("S-1,2026-01-02,HGB,12.1,g/dL,15,11,", "a lower limit above its upper limit"),
        ("S-1,2026-01-02,HGB,12.1,g/dL,low,15,", "a limit that is not a number"),
        ("S-1,2026-01-02,HGB", "has 3 cells"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_reason(row: str, words: str) -> None:
    assert words in reason(row)


def test_an_ignored_test_is_counted_and_nothing_else_of_it_is_read() -> None:
    found = plan("nobody,never,CHOL,lots,,,,")
    assert (found.counts.read, found.counts.ignored) == (1, 1)


def test_the_same_test_twice_in_one_file_is_not_chosen_between() -> None:
    found = plan("S-1,2026-01-02,HGB,12.1,g/dL,,,", "S-1,2026-01-02,HGB,12.9,g/dL,,,")
    assert (found.counts.new, found.counts.set_aside) == (1, 1)
    assert "as a row above" in found.judged[1].reason


def test_samples_before_birth_and_after_death_are_refused() -> None:
    lived = replace(ANN, born=PartialDate(1950, 5), died=PartialDate(2020, 6))
    at = context(patients=(lived, BEN))
    assert "before the patient's birth" in reason("S-1,1950-04-30,HGB,12,g/dL,,,", at)
    assert "after the patient's death" in reason("S-1,2020-07-01,HGB,12,g/dL,,,", at)
    assert plan("S-1,2020-06-30,HGB,12,g/dL,,,", at=at).counts.new == 1


HERE = Encounter(
    id=5,
    uid="e-5",
    patient_id=1,
    kind=EncounterKind.SAMPLE,
    on=date(2026, 1, 2),
    state=EncounterState.RECORDED,
    source="Test laboratory (WEEK 2)",
    findings=(Finding("haemoglobin", 121.0, reported="12.1", reported_unit="g/dL", note="tired"),),
)
SAME, OTHER = "S-1,2026-01-02,HGB,12.1,g/dL,,,", "S-1,2026-01-02,HGB,12.4,g/dL,,,"


def test_the_same_result_again_changes_nothing() -> None:
    found = plan(SAME, at=context(HERE))
    assert (found.counts.unchanged, found.new, found.changed) == (1, (), ())


def test_a_corrected_result_of_the_same_source_is_a_change_and_notes_stay() -> None:
    found = plan(OTHER, at=context(HERE))
    assert found.counts.changed == 1
    (after,) = found.changed
    assert (after.findings[0].value, after.findings[0].note) == (124.0, "tired")


def test_a_further_result_of_the_same_moment_joins_the_sample() -> None:
    found = plan("S-1,2026-01-02,PLAT,266,10^9/L,,,", at=context(HERE))
    assert found.counts.new == 1
    assert [f.item for f in found.changed[0].findings] == ["haemoglobin", "platelets"]


def test_a_result_from_another_source_is_never_overwritten_nor_doubled() -> None:
    elsewhere = replace(HERE, source="typed by hand")
    assert "another source" in reason(OTHER, context(elsewhere))
    assert plan(SAME, at=context(elsewhere)).counts.unchanged == 1
    assert len(plan("S-1,2026-01-02,PLAT,266,10^9/L,,,", at=context(elsewhere)).new) == 1


def test_what_was_corrected_here_is_not_undone_by_the_same_file() -> None:
    assert "corrected here since" in reason(OTHER, context(HERE, seen_before=True))


@pytest.mark.parametrize("state", [EncounterState.IN_ERROR, EncounterState.SIGNED, EncounterState.DRAFT])
def test_a_closed_sample_takes_nothing(state: EncounterState) -> None:
    assert "belongs to a sample that" in reason(OTHER, context(replace(HERE, state=state)))


rows = st.lists(
    st.sampled_from(
        [
            SAME,
            OTHER,
            "S-2,2026-01-03,PLAT,266,10^9/L,,,",
            "S-1,2026-01-02,CHOL,1,x,,,",
            "S-1,2026-01-02,ZZZ,1,x,,,",
            "S-1,bad,HGB,12,g/dL,,,",
            "S-1,2026",
            "",
        ]
    )
)


@given(rows, st.booleans())
def test_every_row_has_exactly_one_fate(lines: list[str], here: bool) -> None:
    found = plan(*lines, at=context(HERE) if here else context())
    assert found.counts.read == len([line for line in lines if line])
    assert [judged.number for judged in found.judged] == [n for n, line in enumerate(lines, start=2) if line]
    proposed = sum(len(e.findings) for e in found.new) + sum(len(e.findings) for e in found.changed)
    assert proposed >= found.counts.new
