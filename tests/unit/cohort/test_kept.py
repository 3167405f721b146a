"""What is kept of a member is all of it, and it is as good on every day after the last the record speaks of."""

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from poems_registry.cohort.kept import latest_of, of_text, to_text
from poems_registry.cohort.people import member_of
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import Event, TreatmentLine
from tests.unit.cohort.made_up import DIAGNOSED, clinic, event, line, poems, random_record, record, visit


@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.5]))
@settings(max_examples=60)
def test_a_member_comes_back_as_it_was_kept(seed: int, share: float) -> None:
    told = member_of(random_record(Random(seed), share), Thresholds(), date.max)
    assert of_text(to_text(told)) == told


def test_everyone_of_a_clinic_comes_back() -> None:
    every = [member_of(file, Thresholds(), date.max) for file in clinic(60)]
    every += [poems(events=(event("death", None), event("relapse", None))), poems(diagnosed=None, first_label="MGUS é")]
    assert [of_text(to_text(each)) for each in every] == every


@given(st.integers(0, 2**32), st.integers(0, 1000), st.booleans())
@settings(max_examples=60)
def test_after_the_last_day_it_speaks_of_a_record_makes_the_same_member(seed: int, later: int, partial: bool) -> None:
    random = Random(seed)
    known = random_record(random, 0.3)
    died = PartialDate(2023) if partial else None
    events = (Event(kind="relapse", on=PartialDate(2022, 3)), event("transplant", None)) if partial else ()
    lines = (*known.lines, TreatmentLine(number=2, start=PartialDate(2022), category="LEN_DEX"))
    file = record(*known.encounters, lines=lines, events=events, died=died, born=PartialDate(1960))
    day = latest_of(file) + timedelta(days=later)
    assert member_of(file, Thresholds(), day) == member_of(file, Thresholds(), date.max)


def test_the_last_day_is_the_last_of_anything_dated() -> None:
    late = DIAGNOSED + timedelta(days=500)
    assert latest_of(PatientFile(record().patient)) == DIAGNOSED
    assert latest_of(record(visit(late))) == late
    assert latest_of(record(lines=(line(late),))) == late
    assert latest_of(record(events=(event("relapse", late), event("death", None)))) == late
    assert latest_of(record(died=PartialDate(2025))) == date(2025, 12, 31)
    assert latest_of(record(diagnosed=None)) == date.min
