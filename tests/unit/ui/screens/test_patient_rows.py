"""The cells of the patients list: in words, dates with their age, nothing said that is not known."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from poems_registry.charts.shapes import Circle, Line, Tone
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import PatientSummary
from poems_registry.ui.screens.patients.rows import COLUMNS, ListRow, due, list_row

TODAY = date(2026, 11, 22)
LEVELS = {"serum": 1771.0, "plasma": 200.0}
ANN = PatientSummary(
    id=5,
    name="SMITH, Ann (Mrs)",
    born=PartialDate(1955, 7, 14),
    nhs_number="9990000050",
    hospital_number="04142542",
    died=None,
    features=(("P", "present"), ("O", "absent"), ("E", "not_assessed"), ("M", "present"), ("S", "")),
    verdict="met",
    verdict_hint="",
    treatment="Line 2, Lenalidomide and dexamethasone",
    last_visit=date(2026, 8, 12),
    next_due=date(2026, 11, 26),
    vegf="640",
    vegf_on=date(2026, 8, 12),
    vegf_specimen="serum",
    vegf_trail=(2400.0, 1100.0, 640.0),
    letter="dispatched",
    has_draft=False,
    study_number="P-0005",
    on_treatment=True,
    due=(("review", date(2026, 11, 26), date(2026, 12, 22)),),
    letter_on=date(2026, 8, 12),
)


def row(**changes: object) -> ListRow:
    return list_row(replace(ANN, **changes), TODAY, LEVELS)  # type: ignore[arg-type]


def said(column: str, **changes: object) -> str:
    return row(**changes).said(column)


def test_a_row_says_everything_of_a_patient_in_words() -> None:
    words = {column: row().said(column) for column in COLUMNS}
    assert words == {
        "name": "SMITH, Ann (Mrs), Born 14-Jul-1955 (71y), 999\u00a0000\u00a00050",
        "features": "P present, O absent, E not assessed, M present, S not recorded",
        "diagnosis": "Criteria met",
        "treatment": "Line 2, Lenalidomide and dexamethasone",
        "last_visit": "12-Aug-2026, 3m ago",
        "next_due": "Due in 4 days, Visit, 26-Nov-2026",
        "vegf": "640, serum, 12-Aug-2026",
        "letter": "Sent",
    }


def test_nothing_is_said_of_what_nobody_recorded() -> None:
    blank = PatientSummary(
        id=1, name="P-0001", born=None, nhs_number="", hospital_number="", died=None, features=(), verdict="",
        verdict_hint="", treatment="", last_visit=None, next_due=None, vegf="", vegf_on=None, vegf_specimen="",
        vegf_trail=(), letter="", has_draft=False,
    )  # fmt: skip
    shown = list_row(blank, TODAY, {})
    assert [shown.said(column) for column in COLUMNS] == [
        "P-0001, Birth date not known", "", "Not assessed", "Not recorded", "No visit yet", "No visit planned",
        "No VEGF yet", "None",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-38, "Due 38 days ago"),
        (-1, "Due 1 day ago"),
        (0, "Due today"),
        (1, "Due in 1 day"),
        (14, "Due in 14 days"),
        (15, "Due in 2 weeks"),
        (62, "Due in 8 weeks"),
        (63, "Due in 2 months"),
        (365, "Due in 12 months"),
    ],
)
def test_when_a_visit_is_due_is_told_in_words(days: int, words: str) -> None:
    assert due(TODAY + timedelta(days=days), TODAY, overdue=False).text == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (38, "Overdue by 38 days"),
        (1, "Overdue by 1 day"),
        (99, "Overdue by 99 days"),
        (100, "Overdue by 3 months"),
        (729, "Overdue by 23 months"),
        (730, "Overdue by 2 years"),
    ],
)
def test_after_the_tolerance_it_is_called_overdue(days: int, words: str) -> None:
    assert due(TODAY - timedelta(days=days), TODAY, overdue=True).text == words


def test_the_test_that_is_overdue_is_told_before_a_visit_that_is_only_due() -> None:
    visit = ("review", date(2026, 11, 1), date(2026, 11, 30))
    vegf = ("vegf", date(2026, 11, 11), date(2026, 11, 20))
    assert said("next_due", due=(visit, vegf)) == "Overdue by 11 days, VEGF, 11-Nov-2026"
    assert said("next_due", due=(visit,)) == "Due 21 days ago, Visit, 01-Nov-2026"


def test_who_may_not_know_which_test_is_due_sees_its_day() -> None:
    assert said("next_due", due=(("", date(2026, 11, 11), date(2026, 11, 20)),)) == "Overdue by 11 days, 11-Nov-2026"


@pytest.mark.parametrize(
    ("letter", "day", "words"),
    [
        ("", 3, "To write, day 3 of 7"),
        ("draft", 5, "Draft, day 5 of 7"),
        ("ready", 7, "To sign, day 7 of 7"),
        ("signed", 0, "To print, day 0 of 7"),
        ("signed", 9, "Late, day 9 of 7"),
        ("dispatched", 9, "Sent"),
        ("withdrawn", 9, "Withdrawn"),
    ],
)
def test_a_letter_has_seven_days(letter: str, day: int, words: str) -> None:
    assert said("letter", letter=letter, letter_on=TODAY - timedelta(days=day)) == words


def test_overdue_is_said_by_shape_word_and_colour() -> None:
    span = due(TODAY - timedelta(days=3), TODAY, overdue=True)
    assert (span.icon, span.bold, str(span.tone)) == ("triangle-alert", True, "red")


def test_who_died_has_no_age_today_and_no_visit_due() -> None:
    gone = row(died=PartialDate(2026, 3, 2))
    assert gone.deceased
    assert gone.said("name").startswith("SMITH, Ann (Mrs), Born 14-Jul-1955, ")
    assert gone.said("next_due") == "Died 02-Mar-2026, Age at Death 70y"


def test_an_age_at_death_that_two_years_leave_open_is_told_as_both() -> None:
    assert said("next_due", died=PartialDate(2026), born=PartialDate(1955, 7, 14)).endswith("Age at Death 70-71y")


def test_an_open_draft_is_told_whether_or_not_a_visit_is_due() -> None:
    assert said("next_due", has_draft=True) == "Due in 4 days, Draft visit open"
    assert said("next_due", has_draft=True, due=()) == "No visit planned, Draft visit open"


def test_a_verdict_that_cannot_be_told_says_what_would_decide() -> None:
    words = said("diagnosis", verdict="cannot_tell", verdict_hint="Decided by VEGF")
    assert words == "Cannot tell yet, Decided by VEGF"


def test_without_an_nhs_number_the_hospital_number_stands_there() -> None:
    assert said("name", nhs_number="").endswith(", 04142542")


def test_the_course_marks_the_newest_value_and_the_level_of_its_own_specimen() -> None:
    drawing = row().cells["vegf"].drawing
    assert drawing is not None
    assert len([shape for shape in drawing.shapes if isinstance(shape, Line)]) == 1
    dots = [shape for shape in drawing.shapes if isinstance(shape, Circle)]
    assert [dot.fill for dot in dots] == [Tone.BLUE]
    serum, plasma = row().cells["vegf"].drawing, row(vegf_specimen="plasma").cells["vegf"].drawing
    assert serum != plasma


def test_a_value_beyond_the_limit_is_an_open_mark() -> None:
    drawing = row(vegf=">\u00a08,000", vegf_trail=(900.0, 8000.0)).cells["vegf"].drawing
    assert drawing is not None
    assert [shape.fill for shape in drawing.shapes if isinstance(shape, Circle)] == [Tone.PAPER]


def test_one_value_is_no_course() -> None:
    assert row(vegf_trail=(640.0,)).cells["vegf"].drawing is None
