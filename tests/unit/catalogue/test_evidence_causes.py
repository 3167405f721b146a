"""What a finding was put down to follows it to the verdict: a status or a test repeats no cause that was denied."""

from datetime import date

import pytest

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.catalogue.drafting import read_form
from poems_registry.catalogue.evidence import evidence_of
from poems_registry.domain.criteria import Criterion, judge
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.drafts import FieldDraft, VisitDraft
from poems_registry.domain.findings import Attribution
from poems_registry.domain.kleene import Verdict
from poems_registry.domain.records import Encounter, EncounterKind, EncounterState, Patient, PatientFile, Sex
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import TreatmentLine

TODAY = date(2026, 11, 22)
MET, NOT_MET, CANNOT_TELL = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL
LOW = FieldDraft(text="5", limit_low="8.6", limit_high="29")
LOW_CORTISOL = FieldDraft(text="50", limit_low="150", sample_time="09:00")
DEX = TreatmentLine(number=1, name="Len-dex", steroid=True, start=PartialDate(2026, 1, 5), stop=PartialDate(2026, 6, 1))


def because(text: str, cause: Attribution | None) -> FieldDraft:
    """An answer and what it was put down to."""
    return FieldDraft(text=text, attribution=cause)


def visit(on: date = TODAY, kind: EncounterKind = EncounterKind.CLINIC, **typed: str | FieldDraft) -> Encounter:
    """A signed visit with what was typed into its fields."""
    fields = {code: f if isinstance(f, FieldDraft) else FieldDraft(text=f) for code, f in typed.items()}
    form = read_form(CATALOGUE, VisitDraft(fields=fields), TODAY)
    assert not form.problems
    return Encounter(id=on.toordinal(), kind=kind, on=on, state=EncounterState.SIGNED, findings=form.findings)


def says(criterion: Criterion, *visits: Encounter, lines: tuple[TreatmentLine, ...] = ()) -> Verdict:
    """The answer to one criterion for a man with these visits."""
    file = PatientFile(Patient(sex=Sex.MALE), tuple(sorted(visits, key=lambda v: v.on)), lines)
    return judge(evidence_of(file), Thresholds()).values[criterion]


@pytest.mark.parametrize("cause", [Attribution.OTHER, Attribution.UNCERTAIN])
def test_organomegaly_present_says_no_more_than_the_spleen_it_was_recorded_for(cause: Attribution) -> None:
    assert says(Criterion.O, visit(o_status="present", splenomegaly=because("yes", cause))) is CANNOT_TELL


def test_organomegaly_all_of_it_from_another_cause_is_not_met() -> None:
    seen = visit(
        o_status="present",
        organ_method="ct",
        splenomegaly=because("yes", Attribution.OTHER),
        hepatomegaly="no",
        lymphadenopathy="no",
    )
    assert says(Criterion.O, seen) is NOT_MET


def test_a_status_put_down_to_poems_stands_beside_a_spleen_from_another_cause() -> None:
    seen = visit(o_status=because("present", Attribution.POEMS), splenomegaly=because("yes", Attribution.OTHER))
    assert says(Criterion.O, seen) is MET
    assert says(Criterion.O, visit(o_status="present")) is MET


def test_a_low_testosterone_follows_what_the_gonadal_axis_was_put_down_to() -> None:
    sample = visit(date(2026, 3, 1), EncounterKind.SAMPLE, testosterone=LOW)
    explained = visit(axis_gonadal=because("abnormal", Attribution.OTHER))
    unsure = visit(axis_gonadal=because("abnormal", Attribution.UNCERTAIN))
    assert says(Criterion.E, sample) is MET
    assert says(Criterion.E, sample, explained) is CANNOT_TELL
    assert says(Criterion.E, sample, unsure) is CANNOT_TELL
    assert says(Criterion.E, sample, visit(axis_gonadal="abnormal")) is MET
    assert says(Criterion.E, sample, visit(axis_gonadal="normal")) is MET


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 1, 5), MET),
        (date(2026, 1, 6), CANNOT_TELL),
        (date(2026, 6, 15), CANNOT_TELL),
        (date(2026, 6, 16), MET),
    ],
)
def test_a_low_cortisol_decides_nothing_under_a_steroid_line_nor_for_fourteen_days_after(
    on: date, expected: Verdict
) -> None:
    assert says(Criterion.E, visit(on, EncounterKind.SAMPLE, cortisol_9am=LOW_CORTISOL), lines=(DEX,)) is expected


def test_a_low_cortisol_counts_where_it_was_said_that_there_were_no_steroids() -> None:
    low = visit(date(2026, 3, 1), steroids_14d="no", cortisol_9am=LOW_CORTISOL)
    assert says(Criterion.E, low, lines=(DEX,)) is MET
