"""The rows of the tab of treatment say what is known, and nothing that nobody recorded."""

from dataclasses import replace
from datetime import date

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding
from poems_registry.domain.records import Encounter, EncounterState, Patient, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import (
    Event,
    LineDrug,
    Origin,
    RadiotherapyCourse,
    SupportiveCare,
    Transplant,
    TreatmentLine,
)
from poems_registry.ui.screens.record.treatment.keeping_in_mind import running_cautions
from poems_registry.ui.screens.record.treatment.shown import treatment
from poems_registry.ui.screens.record.treatment.telling import care_rows, event_rows, line_rows

TODAY = date(2026, 11, 22)
ANN = Patient(id=1, family_name="Smith", given_name="Ann", born=PartialDate(1955, 7, 14))
IVIG = TreatmentLine(id=1, number=0, name="IVIg", start=PartialDate(2021, 1), stop=PartialDate(2021, 3), cycles_given=3)
LEN_DEX = TreatmentLine(
    id=2, number=1, name="Len-dex", category="LEN_DEX", start=PartialDate(2026, 5, 1), cycles_planned=6, cycles_given=2
)
INFUSED = Transplant(
    id=3, line_id=2, melphalan=200, cd34=4.2, mobilisation="gcsf", infused=PartialDate(2026, 9, 5),
    neutrophils=PartialDate(2026, 9, 16), platelets=PartialDate(2026, 9), engraftment_syndrome=False,
)  # fmt: skip


def rows(*lines: TreatmentLine) -> list[tuple[str, ...]]:
    told = line_rows(PatientFile(ANN, lines=lines), TODAY, Thresholds())
    return [(row.label, row.name, row.period, row.given, row.ended) for row in told]


def test_lines_run_newest_first_and_say_what_goes_on() -> None:
    assert rows(IVIG, LEN_DEX) == [
        ("Line 1", "Len-dex", "01-May-2026", "2 of 6 cycles", "Going on"),
        ("Before diagnosis", "IVIg", "Jan-2021 to Mar-2021", "3 courses", "Not recorded why"),
    ]


def test_parts_follow_their_line_and_repeat_nothing_that_the_line_says() -> None:
    drugs = (
        LineDrug(id=1, name="lenalidomide", dose=25, unit="mg", route="by mouth", schedule="days 1 to 21 of 28",
                 start=LEN_DEX.start, stop=PartialDate(2026, 6), stop_reason="toxicity"),
        LineDrug(id=2, name="dexamethasone", start=LEN_DEX.start),
    )  # fmt: skip
    course = RadiotherapyCourse(id=4, line_id=2, site="sacrum", dose_gy=45, fractions=25, start=PartialDate(2026, 4))
    line = replace(LEN_DEX, drugs=drugs, radiotherapy=(course,), transplants=(INFUSED,))
    assert rows(line)[1:] == [
        ("Drug", "lenalidomide 25\u00a0mg, by mouth, days 1 to 21\u00a0of\u00a028", "01-May-2026 to Jun-2026", "",
         "Not tolerated (toxicity)"),
        ("Drug", "dexamethasone dose not recorded", "", "", ""),
        ("Radiotherapy", "Sacrum", "Apr-2026", "45\u00a0Gy in 25 fractions", ""),
        ("Transplant", "Autologous, melphalan 200 mg/m², CD34 4.2 x10⁶/kg, mobilised by G-CSF", "05-Sep-2026", "",
         "Neutrophils 16-Sep-2026 (day 11). Platelets Sep-2026. No engraftment syndrome"),
    ]  # fmt: skip


def test_a_line_says_its_plan_its_trial_and_that_it_was_changed_for_toxicity() -> None:
    drug = LineDrug(id=1, name="lenalidomide", stop_reason="toxicity", stop=PartialDate(2026, 6))
    line = replace(LEN_DEX, planned=("induction", "transplant"), trial=True, drugs=(drug,), note="by day unit")
    note = line_rows(PatientFile(ANN, lines=(line,)), TODAY, Thresholds())[0].note
    assert note == (
        "Planned: induction, stem cell transplant. In a trial: name not recorded. Changed for toxicity. By day unit"
    )


def test_the_best_response_stands_with_its_line() -> None:
    values = ((date(2024, 1, 2), 5000.0), (date(2024, 9, 2), 400.0))
    visits = tuple(
        Encounter(
            id=place, on=on, state=EncounterState.RECORDED,
            findings=(Finding("vegf_serum", value, limit_high=771, specimen="serum", reported_unit="pg/mL"),),
        )
        for place, (on, value) in enumerate(values, start=1)
    )  # fmt: skip
    line = replace(LEN_DEX, start=PartialDate(2024, 2), cycles_given=None)
    assert "VEGF\u00a0CR" in line_rows(PatientFile(ANN, visits, (line,)), TODAY, Thresholds())[0].best


def test_events_run_newest_first_with_those_without_a_day_at_the_end() -> None:
    events = (
        Event(id=1, kind="diagnosis", on=PartialDate(2021, 2, 4)),
        Event(id=2, kind="dvt"),
        Event(id=3, kind="relapse", on=PartialDate(2025, 3, 1), domains=("vegf", "clinical"), symptomatic=True,
              treated=False, note="weaker feet"),
        Event(id=4, kind="admission", on=PartialDate(2024), until=PartialDate(2024, 3), intensive=True),
        Event(id=5, kind="second_cancer", on=PartialDate(2023), sort="mds_aml", origin=Origin.LINKAGE),
    )  # fmt: skip
    told = event_rows(PatientFile(ANN, events=events), TODAY)
    assert [(row.what, row.day, row.note) for row in told] == [
        ("Relapse", "01-Mar-2025", "VEGF, clinical; symptomatic; no new treatment needed. Weaker feet"),
        ("Hospital admission", "2024", "Intensive care; until Mar-2024"),
        ("Second cancer", "2023", "MDS or AML; linkage to another register"),
        ("Diagnosis", "04-Feb-2021", ""),
        ("Deep vein thrombosis", "Day not recorded", ""),
    ]


def test_a_transplant_of_a_line_is_an_event_that_is_changed_there() -> None:
    (row,) = event_rows(PatientFile(ANN, lines=(replace(LEN_DEX, transplants=(INFUSED,)),)), TODAY)
    assert (row.id, row.what, row.day) == (0, "Stem cell transplant", "05-Sep-2026")


def test_what_goes_on_stands_first_among_supportive_care() -> None:
    past = SupportiveCare(id=1, kind="line", what="PICC", start=PartialDate(2026, 9), stop=PartialDate(2026, 10))
    now = SupportiveCare(id=2, kind="orthotics", start=PartialDate(2022))
    told = care_rows(PatientFile(ANN, supportive=(past, now)), TODAY)
    assert [(row.name, row.what, row.period, row.now) for row in told] == [
        ("Orthotics (AFO)", "", "2022", True),
        ("PICC or another line", "PICC", "Sep-2026 to Oct-2026", False),
    ]


def test_cautions_are_told_of_what_goes_on_only() -> None:
    care = SupportiveCare(kind="thromboprophylaxis", what="aspirin", start=PartialDate(2026, 5))
    told = running_cautions(PatientFile(ANN, lines=(LEN_DEX,)), TODAY)
    assert any("prophylaxis is required" in note.words for note in told)
    protected = running_cautions(PatientFile(ANN, lines=(LEN_DEX,), supportive=(care,)), TODAY)
    assert not any("prophylaxis is required" in note.words for note in protected)
    over = replace(LEN_DEX, stop=PartialDate(2026, 8))
    assert running_cautions(PatientFile(ANN, lines=(over,)), TODAY) == ()


def test_an_empty_record_has_an_empty_tab() -> None:
    told = treatment(PatientFile(ANN), Thresholds(), TODAY)
    assert (told.lines, told.cares, told.events, told.notes, told.timeline) == ((), (), (), (), None)
