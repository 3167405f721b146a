"""Results run left to right and are judged by their own limits; lists run newest first; what is missing is said."""

from dataclasses import replace
from datetime import UTC, date, datetime

from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import (
    Allergy,
    AllergyState,
    Encounter,
    EncounterKind,
    EncounterState,
    FrozenVerdict,
    LetterRecord,
    LetterState,
    Patient,
    PatientFile,
    Signature,
    VisitType,
)
from poems_registry.domain.thresholds import Thresholds
from poems_registry.ui.screens.record.correspondence.telling import letter_rows
from poems_registry.ui.screens.record.particulars.telling import particulars
from poems_registry.ui.screens.record.results.telling import Choice, Grid, ResultCell, grid
from poems_registry.ui.screens.record.visits.telling import visit_rows

TODAY = date(2026, 11, 22)
SIGNED = Signature("Dr A Rahman", "Consultant", "GMC 0000000", datetime(2026, 11, 5, 12, tzinfo=UTC))


def sample(day: str, *findings: Finding, number: int = 1) -> Encounter:
    return Encounter(
        id=number,
        kind=EncounterKind.SAMPLE,
        on=date.fromisoformat(day),
        state=EncounterState.RECORDED,
        findings=findings,
    )


def file(*encounters: Encounter) -> PatientFile:
    return PatientFile(Patient(id=1), encounters)


def cell(made: Grid, code: str, column: int = -1) -> ResultCell:
    return next(row for row in made.rows if row.code == code).cells[column]


def test_dates_run_from_the_oldest_at_the_left_to_the_newest_at_the_right() -> None:
    made = grid(
        file(sample("2025-01-02", Finding("albumin", 40.0)), sample("2026-11-20", Finding("albumin", 43.0))), TODAY
    )
    assert made.dates == (("02-Jan-2025", "22m ago"), ("20-Nov-2026", "2d ago"))
    assert [each.words for row in made.rows if row.code == "albumin" for each in row.cells] == ["40", "43"]


def test_each_result_is_judged_by_the_limits_of_its_own_laboratory() -> None:
    made = grid(
        file(
            sample("2025-01-02", Finding("platelets", 420.0, limit_low=150.0, limit_high=400.0)),
            sample("2026-01-02", Finding("platelets", 420.0, limit_low=140.0, limit_high=450.0)),
        ),
        TODAY,
    )
    assert (cell(made, "platelets", 0).mark, cell(made, "platelets", 1).mark) == ("high", "")
    assert next(row.limits for row in made.rows if row.code == "platelets") == "140 to 450"


def test_a_result_without_limits_is_never_called_high() -> None:
    assert cell(grid(file(sample("2026-01-02", Finding("vegf_serum", 9000.0))), TODAY), "vegf_serum").mark == ""


def test_a_state_is_said_in_words_and_an_empty_cell_is_not_recorded() -> None:
    made = grid(
        file(
            sample("2025-01-02", Finding("albumin", 40.0)),
            sample("2026-01-02", Finding("testosterone", state=State.PENDING)),
        ),
        TODAY,
    )
    assert cell(made, "testosterone").words == "Result pending"
    assert cell(made, "albumin").words == ""
    assert cell(made, "albumin").said == "Albumin, 02-Jan-2026: not recorded"


def test_a_converted_result_is_marked_and_says_what_was_reported() -> None:
    found = Finding("haemoglobin", 120.0, reported="12.0", reported_unit="g/dL")
    made = cell(grid(file(sample("2026-01-02", found)), TODAY), "haemoglobin")
    assert made.converted
    assert "reported as 12.0 g/dL" in made.said


def test_a_converted_result_names_its_limits_in_the_unit_they_were_given_in() -> None:
    found = Finding("haemoglobin", 120.0, reported="12.0", reported_unit="g/dL", limit_low=11.5, limit_high=16.5)
    said = cell(grid(file(sample("2026-01-02", found)), TODAY), "haemoglobin").said
    assert "laboratory limits 11.5 to 16.5 g/dL" in said


def test_the_limits_beside_a_row_stand_in_the_rows_own_unit() -> None:
    finding = Finding("haemoglobin", 112.0, reported="11.2", reported_unit="g/dL", limit_low=11.5, limit_high=16.5)
    row = next(row for row in grid(file(sample("2026-08-12", finding)), TODAY).rows if row.code == "haemoglobin")
    assert (row.unit, row.limits) == ("g/L", "115 to 165")


def test_only_abnormal_keeps_tests_that_ever_were_and_drops_titles_without_tests() -> None:
    made = grid(
        file(
            sample("2025-01-02", Finding("platelets", 500.0, limit_high=400.0), Finding("tsh", 2.0)),
            sample("2026-01-02", Finding("platelets", 300.0, limit_high=400.0)),
        ),
        TODAY,
        Choice.ABNORMAL,
    )
    assert [row.code for row in made.rows] == ["", "platelets"]


def test_vegf_and_clone_shows_immunofixation_too() -> None:
    made = grid(
        file(sample("2026-01-02", Finding("ife_serum", "positive"), Finding("albumin", 40.0))), TODAY, Choice.CLONE
    )
    assert [row.code for row in made.rows if not row.title] == ["ife_serum"]
    assert cell(made, "ife_serum").mark == "found"


def test_visits_run_newest_first_and_what_was_entered_in_error_is_marked() -> None:
    seen = Encounter(id=1, on=date(2025, 1, 2), state=EncounterState.SIGNED, visit_type=VisitType.NEW, signature=SIGNED)
    wrong = replace(seen, id=2, on=date(2025, 6, 2), state=EncounterState.IN_ERROR)
    later = replace(seen, id=3, on=date(2026, 1, 2), verdict=FrozenVerdict("A-1", "met", "met", ()))
    every = visit_rows(file(seen, wrong, later), TODAY)
    assert [(row.id, row.in_error) for row in every] == [(3, False), (2, True), (1, False)]
    rows = [row for row in every if not row.in_error]
    assert [row.verdict for row in rows] == ["Criteria met", "Not judged then"]
    assert [row.state for row in rows] == ["Signed by Dr A Rahman"] * 2


def test_a_visit_shows_a_letter_for_each_feature_and_dots_for_what_nobody_asked() -> None:
    seen = Encounter(id=1, on=date(2025, 1, 2), state=EncounterState.SIGNED, findings=(Finding("p_status", "present"),))
    assert visit_rows(file(seen), TODAY)[0].features == (("P", "present"), ("O", ""), ("E", ""), ("M", ""), ("S", ""))


def test_letters_show_every_version_the_newest_first() -> None:
    seen = Encounter(id=1, on=date(2026, 1, 2), state=EncounterState.SIGNED)
    first = LetterRecord(id=1, encounter_id=1, number="L-2026-0001", state=LetterState.SUPERSEDED, signature=SIGNED)
    second = replace(first, id=2, version=2, state=LetterState.DRAFT, signature=None, reason="dose corrected")
    rows = letter_rows(replace(file(seen), letters=(first, second)))
    assert [(row.id, row.version, row.state, row.signed) for row in rows] == [
        (2, "version 2", "Draft", "Not signed"),
        (1, "version 1", "Replaced by a newer version", "05-Nov-2026 by Dr A Rahman"),
    ]


def test_details_keep_findings_from_roles_that_may_not_see_them() -> None:
    person = Patient(
        id=1, family_name="Smith", allergy_state=AllergyState.KNOWN, allergies=(Allergy("penicillin", "rash"),)
    )
    seen = str(particulars(PatientFile(person), clinical=False))
    assert "penicillin" not in seen
    assert "penicillin: rash" in str(particulars(PatientFile(person), clinical=True))


def test_details_say_of_everything_missing_that_it_is_not_recorded() -> None:
    facts = {
        fact.label: fact for group in particulars(PatientFile(Patient(id=1)), clinical=True) for fact in group.facts
    }
    for label in ("Address", "Phone", "Sex at birth", "Gender", "Allergies", "Being in this registry", "GP"):
        assert facts[label].lines == ("Not recorded",)
        assert not facts[label].known


def test_the_decision_level_of_vegf_is_a_line_of_its_own_and_never_the_range() -> None:
    thresholds = Thresholds()
    findings = (
        Finding("vegf_serum", 1800.0, reported="1800", reported_unit="pg/mL", limit_high=771.0),
        Finding("vegf_serum", 800.0, reported="800", reported_unit="pg/mL", limit_high=771.0),
        Finding("vegf_serum", 1500.0, sign=Sign.ABOVE, reported="1500", reported_unit="pg/mL"),
    )
    samples = tuple(
        Encounter(id=n, kind=EncounterKind.SAMPLE, on=date(2026, n, 1), state=EncounterState.RECORDED, findings=(each,))
        for n, each in enumerate(findings, start=1)
    )
    made = grid(PatientFile(Patient(id=1), samples), date(2026, 11, 22), thresholds=thresholds)
    _, vegf, level = made.rows
    assert (vegf.limits, vegf.cells[0].mark, vegf.cells[1].mark) == ("up to 771", "high", "high")
    assert (level.label, level.limits) == ("POEMS decision level, serum", "")
    assert [cell.words for cell in level.cells] == ["1,771 reached", "below 1,771", "cannot tell (1,771)"]
    assert made.tests == 1, "it is no test"
