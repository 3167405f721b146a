"""What cannot be is refused at its field, what is unusual is asked once, and partial dates are given their room."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import Patient, PatientFile
from poems_registry.domain.treatment_checks import CD34, FRACTIONS, GY, doubts, problems
from poems_registry.domain.treatments import (
    Entry,
    Event,
    LineDrug,
    Origin,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, born=PartialDate(1955, 7, 14), diagnosed=PartialDate(2024, 3, 1))
LINE = TreatmentLine(
    id=4, patient_id=1, number=1, name="Len-dex", category="LEN_DEX", start=PartialDate(2024, 4),
    stop=PartialDate(2025, 2), stop_reason="completed", cycles_planned=6, cycles_given=6, steroid=True,
)  # fmt: skip
FILE = PatientFile(ANN, lines=(LINE,))
DRUG = LineDrug(patient_id=1, line_id=4, name="lenalidomide", dose=15, unit="mg", start=PartialDate(2024, 4))
COURSE = RadiotherapyCourse(patient_id=1, line_id=4, site="sacrum", dose_gy=45, fractions=25)
TRANSPLANT = Transplant(patient_id=1, line_id=4, melphalan=200, cd34=4, infused=PartialDate(2024, 11, 5))
CARE = SupportiveCare(patient_id=1, kind="orthotics")
ADMITTED = Event(patient_id=1, kind="admission", on=PartialDate(2025, 4, 1))


def line(number: int, start: PartialDate, stop: PartialDate | None = None) -> TreatmentLine:
    return TreatmentLine(patient_id=1, number=number, name="Siltuximab", start=start, stop=stop)


@pytest.mark.parametrize("entry", [LINE, DRUG, COURSE, TRANSPLANT, CARE, ADMITTED])
def test_what_is_as_usual_is_neither_refused_nor_doubted(entry: Entry) -> None:
    assert problems(entry, FILE, TODAY) == {}
    assert doubts(entry, FILE) == ()


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        (replace(LINE, name=" ", number=31), {"name", "number"}),
        (replace(LINE, stop=PartialDate(2024, 3, 31)), {"stop"}),
        (replace(LINE, start=PartialDate(1950)), {"start"}),
        (replace(LINE, stop=None), {"stop_reason"}),
        (replace(LINE, trial_name="OPTIMUM"), {"trial_name"}),
        (replace(DRUG, name="", dose=0, unit=""), {"name", "dose", "unit"}),
        (replace(DRUG, stop=PartialDate(2024, 3)), {"stop"}),
        (replace(DRUG, line_id=99), {"line_id"}),
        (replace(COURSE, site="", dose_gy=70.5, fractions=41), {"site", "dose_gy", "fractions"}),
        (replace(COURSE, dose_gy=0.9, fractions=0), {"dose_gy", "fractions"}),
        (replace(TRANSPLANT, cd34=100.5), {"cd34"}),
        (replace(TRANSPLANT, neutrophils=PartialDate(2024, 11, 4)), {"neutrophils"}),
        (replace(TRANSPLANT, platelets=PartialDate(2024, 10)), {"platelets"}),
        (replace(TRANSPLANT, mobilised=PartialDate(2024, 12)), {"infused"}),
        (Transplant(patient_id=1, line_id=4, engraftment_syndrome=True), {"infused"}),
        (replace(CARE, kind=""), {"kind"}),
        (replace(ADMITTED, on=None), {"on"}),
        (replace(ADMITTED, until=PartialDate(2025, 3)), {"until"}),
        (replace(ADMITTED, until=PartialDate(2027)), {"until"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(entry: Entry, fields: set[str]) -> None:
    assert set(problems(entry, FILE, TODAY)) == fields


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (line(1, PartialDate(2025, 3)), "There is a line 1 already"),
        (line(2, PartialDate(2024, 6)), "runs at the same time as line 1 (Len-dex)"),
        (line(2, PartialDate(2024, 2), PartialDate(2024, 3)), "before the diagn"),
        (line(0, PartialDate(2024, 4)), "began after the diagnosis"),
        (replace(LINE, cycles_given=7), "More cycles are given"),
        (line(2, PartialDate(2024, 3), PartialDate(2024, 3)), "began before it"),
        (replace(LINE, steroid=False, drugs=(replace(DRUG, name="Dexamethasone"),)), "says no steroid"),
        (replace(DRUG, start=PartialDate(2024, 3)), "begins before line 1 (Len-dex) does"),
        (replace(DRUG, start=PartialDate(2025, 3)), "begins after line 1 (Len-dex) has stopped"),
        (replace(TRANSPLANT, cd34=1.9), "Fewer CD34 cells than 2"),
        (replace(TRANSPLANT, melphalan=100), "usually 200 or 140"),
        (replace(ADMITTED, kind="relapse", on=PartialDate(2024, 2)), "before the diagnosis"),
        (replace(ADMITTED, kind="diagnosis", on=PartialDate(2024, 4)), "another day of diagnosis, 01-Mar-2024"),
    ],
)
def test_what_is_unusual_is_asked(entry: Entry, words: str) -> None:
    assert problems(entry, FILE, TODAY) == {}
    assert any(words in each for each in doubts(entry, FILE))


def test_what_was_unusual_before_is_not_asked_again() -> None:
    odd = replace(TRANSPLANT, id=9, cd34=1.2)
    file = replace(FILE, lines=(replace(LINE, transplants=(odd,)),))
    assert doubts(replace(odd, note="looked up"), file) == ()
    assert doubts(replace(odd, melphalan=100), file) == ("Melphalan is usually 200 or 140 mg/m².",)


def test_the_same_event_of_the_same_day_is_asked_about() -> None:
    file = replace(FILE, events=(replace(ADMITTED, id=3),))
    assert doubts(ADMITTED, file) == ("The same event of the same day is recorded already.",)


@pytest.mark.parametrize("entry", [replace(LINE, id=0, number=2), CARE, replace(ADMITTED, on=PartialDate(2024, 5))])
def test_after_a_death_a_new_entry_says_where_it_comes_from(entry: TreatmentLine | SupportiveCare | Event) -> None:
    dead = replace(FILE, patient=replace(ANN, died=PartialDate(2026, 2, 3)))
    assert set(problems(entry, dead, TODAY)) == {"origin"}
    for origin in (Origin.CORRECTION, Origin.LINKAGE):
        assert problems(replace(entry, origin=origin), dead, TODAY) == {}
    assert problems(replace(LINE, note="corrected"), dead, TODAY) == {}


def test_nothing_happens_after_a_death_even_by_linkage() -> None:
    dead = replace(FILE, patient=replace(ANN, died=PartialDate(2025)))
    late = replace(ADMITTED, on=PartialDate(2026, 1), origin=Origin.LINKAGE)
    assert set(problems(late, dead, TODAY)) == {"on"}


def test_a_death_on_another_day_than_in_the_details_is_refused() -> None:
    dead = replace(FILE, patient=replace(ANN, died=PartialDate(2025, 6)))
    assert problems(Event(patient_id=1, kind="death", on=PartialDate(2025, 6, 4)), dead, TODAY) == {}
    assert set(problems(Event(patient_id=1, kind="death", on=PartialDate(2025, 5)), dead, TODAY)) == {"on"}


@given(st.floats(GY[0], GY[1]), st.integers(*FRACTIONS), st.floats(*CD34))
def test_everything_within_the_hard_limits_may_be_kept(gray: float, fractions: int, cells: float) -> None:
    assert problems(replace(COURSE, dose_gy=gray, fractions=fractions), FILE, TODAY) == {}
    assert problems(replace(TRANSPLANT, cd34=cells), FILE, TODAY) == {}


@given(
    st.one_of(st.floats(max_value=GY[0], exclude_max=True, allow_nan=False), st.floats(GY[1], 1e6, exclude_min=True)),
    st.one_of(st.integers(max_value=0), st.integers(min_value=41)),
)
def test_nothing_beyond_the_hard_limits_may_be_kept(gray: float, fractions: int) -> None:
    assert set(problems(replace(COURSE, dose_gy=gray, fractions=fractions), FILE, TODAY)) == {"dose_gy", "fractions"}
