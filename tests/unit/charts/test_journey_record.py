"""One mapping from the record to its journey: the letter shows less than the screen, and neither what came later."""

from datetime import date

from poems_registry.catalogue.kinds import NOT_DETECTED
from poems_registry.charts.journey_record import Levels, for_letter, for_screen
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, Sign, State
from poems_registry.domain.records import Encounter, EncounterState, Patient, PatientFile
from poems_registry.domain.treatments import Event, TreatmentLine

TODAY = date(2026, 11, 22)
LEVELS = Levels({"vegf_serum": 1771.0, "vegf_plasma": 200.0}, {"vegf_serum": 771.0})


def visit(number: int, day: str, *findings: Finding, state: EncounterState = EncounterState.SIGNED) -> Encounter:
    return Encounter(id=number, on=date.fromisoformat(day), state=state, findings=findings)


FILE = PatientFile(
    Patient(id=1),
    (
        visit(
            1,
            "2021-02-04",
            Finding("vegf_serum", 8000.0, sign=Sign.ABOVE),
            Finding("vegf_plasma", 150.0),
            Finding("m_protein", 0.0, reported=NOT_DETECTED),
            Finding("flc_lambda", 61.0),
            Finding("light_chain", "lambda"),
            Finding("platelets", 402.0),
            Finding("onls_arm", 3.0),
            Finding("onls_leg", 4.0),
        ),
        visit(2, "2022-02-04", Finding("vegf_serum", state=State.PENDING)),
        visit(3, "2026-11-20", Finding("vegf_serum", 10.0), state=EncounterState.DRAFT),
    ),
    lines=(
        TreatmentLine(id=1, number=0, name="IVIg", start=PartialDate(2020, 9), stop=PartialDate(2020, 12)),
        TreatmentLine(id=2, number=1, name="Lenalidomide", category="LEN_DEX", start=PartialDate(2021, 3)),
        TreatmentLine(id=3, number=2, name="Not begun", start=PartialDate(2027)),
    ),
    events=(
        Event(id=1, kind="diagnosis", on=PartialDate(2021, 2, 4)),
        Event(id=2, kind="relapse", on=PartialDate(2025, 3, 1)),
        Event(id=3, kind="ischaemic_stroke", on=PartialDate(2025, 4, 1)),
        Event(id=4, kind="transplant"),
    ),
)


def test_the_screen_shows_every_series_that_was_recorded_each_specimen_apart() -> None:
    data = for_screen(FILE, TODAY, LEVELS)
    names = [series.name for series in data.series]
    assert names == ["VEGF, serum", "VEGF, plasma", "M-protein", "FLC lambda", "ONLS", "Platelets"]
    assert [len(series.points) for series in data.series] == [1] * 6


def test_the_letter_shows_vegf_and_onls_lines_by_number_and_only_what_readers_know() -> None:
    data = for_letter(FILE, FILE.counted, TODAY, LEVELS)
    assert [series.name for series in data.series] == ["VEGF, serum", "VEGF, plasma", "ONLS"]
    assert [bar.label for bar in data.bars] == ["IVIg", "Line 1"]
    assert [flag.label for flag in data.flags] == ["Relapse"]


def test_a_sign_and_a_not_detected_travel_with_their_point() -> None:
    by_name = {series.name: series.points[0] for series in for_screen(FILE, TODAY, LEVELS).series}
    assert (by_name["VEGF, serum"].sign, by_name["VEGF, serum"].value) == (">", 8000.0)
    assert not by_name["M-protein"].detected


def test_drafts_and_awaited_results_give_no_point() -> None:
    serum = for_screen(FILE, TODAY, LEVELS).series[0]
    assert [point.on for point in serum.points] == [date(2021, 2, 4)]


def test_bars_name_the_programme_shortly_and_only_what_has_begun() -> None:
    assert [bar.label for bar in for_screen(FILE, TODAY, LEVELS).bars] == ["0 IVIg", "1 Len-dex"]


def test_every_event_with_a_day_has_its_flag_on_screen() -> None:
    labels = [flag.label for flag in for_screen(FILE, TODAY, LEVELS).flags]
    assert labels == ["Diagnosis", "Relapse", "Ischaemic stroke"]


def test_nothing_after_the_last_day_is_drawn() -> None:
    data = for_letter(FILE, FILE.counted[:1], date(2021, 2, 10), LEVELS)
    assert data.flags == ()
    assert [bar.label for bar in data.bars] == ["IVIg"]
