"""The overview tells response and prognosis so that nothing missing reads as a grade, and says what it would need."""

from dataclasses import replace
from datetime import date

from poems_registry.catalogue.book import CATALOGUE
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.frozen_response import FrozenDomain, FrozenResponse
from poems_registry.domain.records import Encounter, EncounterState, FrozenVerdict, Patient, PatientFile
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import TreatmentLine
from poems_registry.ui.screens.record.overview.shown import DomainShown, OverviewShown
from poems_registry.ui.screens.record.overview.telling import Reader, overview
from poems_registry.ui.theme.tokens import Tone

TODAY = date(2026, 11, 22)
LINE = TreatmentLine(number=1, name="Len-dex", start=PartialDate(2024, 2, 1))
PERSON = Patient(id=9, born=PartialDate(1970, 5, 1), diagnosed=PartialDate(2024, 1, 10))


def visit(day: str, **typed: str) -> Encounter:
    on = date.fromisoformat(day)
    return Encounter(id=on.toordinal(), on=on, state=EncounterState.SIGNED, findings=CATALOGUE.read(typed, TODAY))


def told(*visits: Encounter, treated: bool = True, patient: Patient = PERSON) -> OverviewShown:
    file = PatientFile(patient, visits, (LINE,) if treated else ())
    return overview(file, Thresholds(), TODAY, Reader(1, may_record=True))


def row(shown: OverviewShown, name: str) -> DomainShown:
    return next(each for each in shown.response.rows if each.name.startswith(name))


BEFORE = visit("2024-01-10", vegf_serum="5000", onls_arm="3", onls_leg="4")


def test_a_record_with_nothing_in_it_has_no_grade_and_says_what_each_domain_needs() -> None:
    shown = told(treated=True)
    assert {each.grade for each in shown.response.rows} == {"Cannot tell yet"}
    assert all(each.open_words.startswith("Needs ") for each in shown.response.rows)
    assert {each.tone for each in shown.response.rows} == {Tone.AMBER}


def test_without_treatment_each_domain_says_whether_there_is_a_baseline() -> None:
    shown = told(BEFORE, treated=False)
    assert shown.response.about == "No treatment recorded"
    assert row(shown, "VEGF").grade == "Baseline recorded"
    assert row(shown, "Haematological").grade == "No baseline yet"
    needs = "Needs serum immunofixation; urine immunofixation; M-protein; marrow"
    assert row(shown, "Haematological").open_words == needs
    assert shown.measures


def test_baseline_nadir_and_latest_stand_with_their_days() -> None:
    shown = told(BEFORE, visit("2024-09-01", vegf_serum="600"), visit("2025-03-01", vegf_serum="700"))
    vegf = row(shown, "VEGF")
    assert vegf.name == "VEGF serum"
    assert vegf.grade == "Complete response (CR)"
    assert (vegf.baseline, vegf.nadir, vegf.latest) == (
        ("5,000", "10-Jan-2024"), ("600", "01-Sep-2024"), ("700", "01-Mar-2025")
    )  # fmt: skip
    assert shown.response.about == "Line 1, since 01-Feb-2024"


def test_a_line_that_is_planned_for_later_is_not_the_treatment_yet() -> None:
    planned = TreatmentLine(number=2, name="Dara-Rd", start=PartialDate(2026, 12, 10))
    file = PatientFile(PERSON, (BEFORE, visit("2025-03-01", vegf_serum="600")), (LINE, planned))
    shown = overview(file, Thresholds(), TODAY, Reader(1, may_record=True))
    assert shown.response.about == "Line 1, since 01-Feb-2024"
    assert row(shown, "VEGF").grade == "Complete response (CR)"


def test_an_open_answer_names_the_grades_that_are_left_and_what_would_tell() -> None:
    shown = told(BEFORE, visit("2025-03-01", vegf_serum="<800"))
    assert row(shown, "VEGF").grade == "Cannot tell yet"
    assert row(shown, "VEGF").open_words == (
        "Complete response or partial response: needs VEGF of 01-Mar-2025, measured to a number"
    )


def test_progression_is_told_with_its_kind_and_progression_free_survival_with_its_reason() -> None:
    shown = told(
        BEFORE, visit("2024-09-01", vegf_serum="600"), visit("2025-03-01", vegf_serum="2000"),
        visit("2025-04-15", vegf_serum="2200"),
    )  # fmt: skip
    assert [each.words for each in shown.response.lines] == [
        "Progression in line 1: VEGF 01-Mar-2025; biochemical only, score since then not known, no new line since",
        "Progression-free 01-Feb-2024 to 01-Mar-2025: VEGF progression",
    ]


def test_what_signing_kept_stands_beside_today_where_they_differ() -> None:
    kept = FrozenResponse("R-1", 1, (FrozenDomain("vegf", "PR", "5,000 to 2,400 pg/mL"),))
    verdict = FrozenVerdict("A-2", "met", "met", (), response=kept)
    seen = replace(visit("2025-03-01", vegf_serum="600"), verdict=verdict)
    assert told(BEFORE, seen).response.differs == (
        "Signed 01-Mar-2025, today is 22-Nov-2026: VEGF partial response, today complete response."
    )
    older = replace(seen, verdict=replace(verdict, response=None))
    assert told(BEFORE, older).response.differs == ""


def test_the_score_is_a_range_while_an_answer_is_missing_and_its_points_are_marked_unverified() -> None:
    shown = told(visit("2024-01-10", egfr="90", pleural_effusion="absent")).prognosis
    assert shown.score == "1 to 2 of 4, log-hazard 1.40 to 2.79"
    assert shown.unverified == "Points 1 to 2, group cannot tell: unverified, check against the paper"
    pressure = next(each for each in shown.factors if each.name.startswith("Pulmonary"))
    assert (pressure.answer, pressure.told) == ("Cannot tell", "Needs PASP, before 01-Feb-2024")


def test_without_a_date_of_diagnosis_there_is_no_score() -> None:
    shown = told(patient=replace(PERSON, diagnosed=None)).prognosis
    assert (shown.score, shown.factors) == ("Cannot tell yet: needs the date of diagnosis", ())


def test_what_is_response_based_is_told_apart_and_only_after_treatment() -> None:
    assert told(BEFORE, treated=False).prognosis.response_based == ()
    after = told(BEFORE, visit("2025-03-01", vegf_serum="4800")).prognosis.response_based
    assert [(each.name, each.answer) for each in after] == [
        ("Complete haematological response to the first line", "Cannot tell"),
        ("Transplant", "Not given"),
        ("Haematological response to the first line", "Cannot tell"),
        ("VEGF response to the first line", "Not reached"),
    ]


def test_why_a_domain_cannot_be_judged_stands_below_it_and_not_only_in_a_tooltip() -> None:
    weak = visit("2024-01-10", vegf_serum="900")
    vegf = row(told(weak, visit("2024-09-01", vegf_serum="600")), "VEGF")
    assert vegf.grade == "Not evaluable"
    assert vegf.notes[0] == "900 pg/mL before treatment, below the 1,542 that can be judged"
