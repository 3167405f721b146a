"""The overview never says no of what nobody recorded, names what would decide, and tells frozen and today's apart."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from poems_registry.catalogue.kinds import NOT_DETECTED
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.findings import Finding, Sign, State, Value
from poems_registry.domain.records import (
    Encounter,
    EncounterKind,
    EncounterState,
    FrozenVerdict,
    LetterRecord,
    LetterState,
    Patient,
    PatientFile,
)
from poems_registry.domain.thresholds import Thresholds
from poems_registry.domain.treatments import Event, TreatmentLine
from poems_registry.ui.screens.record.overview.shown import CONTINUE, WRITE_LETTER, OverviewShown, TileShown
from poems_registry.ui.screens.record.overview.telling import Reader, overview

TODAY = date(2026, 11, 22)
ME, COLLEAGUE = 1, 2


def visit(
    day: str, *findings: Finding, number: int = 1, kind: EncounterKind = EncounterKind.CLINIC, **more: object
) -> Encounter:
    made = Encounter(
        id=number, kind=kind, on=date.fromisoformat(day), state=EncounterState.SIGNED, findings=findings, author_id=ME
    )
    return replace(made, **more)  # type: ignore[arg-type]


def said(item: str, value: Value, sign: Sign = Sign.EQUAL, reported: str = "") -> Finding:
    return Finding(item, value, sign=sign, reported=reported)


def shown(*encounters: Encounter, patient: Patient | None = None, **more: object) -> OverviewShown:
    file = PatientFile(patient or Patient(id=9), encounters)
    return overview(replace(file, **more), Thresholds(), TODAY, Reader(ME, may_record=True))  # type: ignore[arg-type]


def tile(told: OverviewShown, letter: str) -> TileShown:
    return next(each for each in told.tiles if each.letter == letter)


def test_an_empty_record_is_not_recorded_everywhere_and_absent_nowhere() -> None:
    told = shown()
    assert [each.status for each in told.tiles] == ["Not recorded"] * 5
    rows = [row for group in told.diagnosis.groups for row in group.rows]
    assert len(rows) == 11
    assert {row.verdict for row in rows} == {"cannot_tell"}
    assert not any(row.finding.startswith("No ") for row in rows)
    assert all(row.finding.startswith("Decided by: ") for row in rows)
    assert told.journey is None
    assert told.measures == ()
    assert told.letter is None


def test_a_letter_not_assessed_today_says_what_it_last_was_and_when() -> None:
    told = shown(
        visit("2025-03-04", said("s_status", "present"), number=1),
        visit("2026-11-05", said("s_status", "not_assessed"), number=2),
    )
    skin = tile(told, "S")
    assert (skin.feature, skin.status, skin.change) == (
        "not_assessed",
        "Not assessed, 05-Nov-2026",
        "Was present, 04-Mar-2025",
    )


def test_a_status_that_could_not_be_given_says_why() -> None:
    declined = Finding("s_status", state=State.DECLINED)
    assert tile(shown(visit("2026-11-05", declined)), "S").status == "Declined, 05-Nov-2026"


def test_since_counts_from_the_last_time_it_was_otherwise() -> None:
    told = shown(
        visit("2021-02-03", said("o_status", "present"), number=1),
        visit("2022-02-03", said("o_status", "absent"), number=2),
        visit("2023-05-03", said("o_status", "present"), number=3),
        visit("2024-05-03", said("o_status", "not_assessed"), number=4),
        visit("2025-05-03", said("o_status", "present"), number=5),
    )
    assert tile(told, "O").status == "Present, since May-2023"


STATUSES = st.lists(st.sampled_from(("present", "absent", "not_assessed")), min_size=1, max_size=8)


@given(STATUSES)
def test_nothing_contradicts_a_status_between_its_since_and_today(statuses: list[str]) -> None:
    days = [date(2015 + n, 6, 1) for n in range(len(statuses))]
    told = shown(
        *(
            visit(d.isoformat(), said("e_status", s), number=n)
            for n, (d, s) in enumerate(zip(days, statuses, strict=True))
        )
    )
    made = tile(told, "E")
    assert made.feature == statuses[-1]
    if made.feature != "not_assessed":
        since = int(made.status[-4:])
        opposite = {"present": "absent", "absent": "present"}[made.feature]
        assert opposite not in [s for d, s in zip(days, statuses, strict=True) if d.year >= since]
        assert statuses[days.index(date(since, 6, 1))] == made.feature


def test_the_polyneuropathy_tile_tells_the_last_step_of_the_onls() -> None:
    told = shown(
        visit("2025-11-05", said("p_status", "present"), said("onls_arm", 3.0), said("onls_leg", 3.0), number=1),
        visit("2026-11-05", said("p_status", "present"), said("onls_arm", 2.0), said("onls_leg", 3.0), number=2),
    )
    assert tile(told, "P").change == "Better: ONLS 6 to 5"


def test_a_visit_with_one_part_of_the_onls_gives_no_total() -> None:
    assert shown(visit("2026-11-05", said("onls_arm", 2.0))).measures == ()


def test_a_value_below_its_limit_is_lower_than_one_above_and_not_comparable_with_one_inside() -> None:
    def move(*found: Finding) -> str:
        made = [visit(f"2026-0{n}-01", each, number=n) for n, each in enumerate(found, start=1)]
        return shown(*made).measures[0].move

    below = said("vegf_serum", 31.0, Sign.BELOW)
    assert move(said("vegf_serum", 640.0), below) == "Better"
    assert move(below, said("vegf_serum", 640.0)) == "Worse"
    assert move(below, below) == "Same"
    assert move(said("vegf_serum", 20.0), below) == "Not comparable"


def test_of_equal_figures_the_one_below_the_limit_is_the_lowest() -> None:
    told = shown(
        visit("2026-01-01", said("m_protein", 1.0), number=1),
        visit("2026-02-01", said("m_protein", 1.0, Sign.BELOW), number=2),
        visit("2026-03-01", said("m_protein", 2.0), number=3),
    )
    assert told.measures[0].lowest == ("<\u00a01", "01-Feb-2026")


def test_what_was_not_detected_is_said_so_and_not_as_a_figure() -> None:
    told = shown(visit("2026-01-01", said("m_protein", 0.0, reported=NOT_DETECTED)))
    assert told.measures[0].latest[0] == "Not detected"


def test_serum_and_plasma_are_never_one_measure_nor_one_panel() -> None:
    told = shown(
        visit("2026-01-01", said("vegf_serum", 900.0), number=1),
        visit("2026-02-01", said("vegf_plasma", 90.0), number=2),
    )
    assert [each.name for each in told.measures] == ["VEGF serum, pg/mL", "VEGF plasma, pg/mL"]
    assert told.journey is not None
    assert [len(series.points) for series in told.journey.series] == [1, 1]


def frozen(verdict: str, **criteria: str) -> FrozenVerdict:
    return FrozenVerdict("A-1", verdict, verdict, tuple(criteria.items()))


def all_open() -> dict[str, str]:
    return dict.fromkeys(("P", "M", "C", "B", "V", "O", "X", "E", "S", "Pa", "T"), "cannot_tell")


def test_the_frozen_verdict_stands_beside_todays_only_where_they_differ_each_with_its_date() -> None:
    same = shown(visit("2026-08-12", verdict=frozen("cannot_tell", **all_open())))
    assert same.diagnosis.differs == ""
    other = shown(visit("2026-08-12", verdict=frozen("met", **(all_open() | {"V": "met"}))))
    assert other.diagnosis.differs == (
        "Signed 12-Aug-2026: criteria met (rule set A-1). Today, 22-Nov-2026: cannot tell yet."
        " Changed: V met, today cannot tell."
    )


def test_the_clinicians_own_diagnosis_is_told_beside_the_verdict_and_its_absence_too() -> None:
    assert shown().diagnosis.clinician == "Clinician's diagnosis: not recorded"
    patient = Patient(id=9, clinician_diagnosis="probable", clinician_diagnosis_reason="treated elsewhere")
    told = shown(patient=patient).diagnosis
    assert told.clinician == "Clinician's diagnosis: POEMS syndrome, probable (treated elsewhere)"
    assert told.verdict == "cannot_tell"


def test_a_criterion_that_is_met_names_the_finding_and_its_day() -> None:
    told = shown(visit("2021-02-04", said("ncs_pattern", "demyelinating"), said("p_status", "present")))
    row = told.diagnosis.groups[0].rows[0]
    assert (row.verdict, row.on) == ("met", "04-Feb-2021")
    assert "demyelinating" in row.finding
    assert "Polyneuropathy on examination, 04-Feb-2021" in row.everything


def test_drafts_tell_whose_they_are_and_only_ones_own_can_be_continued() -> None:
    own = visit("2026-11-22", number=5, state=EncounterState.DRAFT)
    other = visit("2026-11-21", number=6, state=EncounterState.DRAFT, author_id=COLLEAGUE, author="Dr B Osei")
    due = shown(own, other).due
    assert (due[0].words, due[0].act, due[0].target) == ("Your draft visit, 22-Nov-2026", CONTINUE, 5)
    assert (due[1].words, due[1].act) == ("Draft visit by Dr B Osei, 21-Nov-2026", "")


def test_a_draft_counts_neither_for_the_verdict_nor_for_the_tiles() -> None:
    draft = visit("2026-11-22", said("p_status", "present"), state=EncounterState.DRAFT)
    told = shown(draft)
    assert tile(told, "P").status == "Not recorded"
    assert told.diagnosis.groups[0].rows[0].verdict == "cannot_tell"


def test_a_signed_visit_without_a_letter_is_due_and_late_after_seven_days() -> None:
    def line(day: str, **more: object) -> str:
        told = shown(visit(day), **more)  # type: ignore[arg-type]
        found = [f"{each.words}, {each.right}" for each in told.due if each.act == WRITE_LETTER]
        return found[0] if found else ""

    assert line("2026-11-19") == "No letter yet for 19-Nov-2026, day 3 of 7"
    assert line("2026-11-12") == "No letter yet for 12-Nov-2026, day 10, late"
    written = LetterRecord(id=3, encounter_id=1, state=LetterState.SIGNED)
    assert line("2026-11-19", letters=(written,)) == ""
    assert line("2026-11-19", letters=(replace(written, state=LetterState.WITHDRAWN),)) != ""


def test_the_next_visit_is_told_with_how_soon_or_how_late_it_is() -> None:
    def line(day: PartialDate) -> tuple[str, str]:
        told = shown(visit("2026-05-01", said("next_visit", day), source="elsewhere")).due
        return next((each.words, each.right) for each in told if each.words.startswith("Next visit"))

    assert line(PartialDate(2026, 11, 30)) == ("Next visit 30-Nov-2026", "due in 8 days")
    assert line(PartialDate(2026, 11, 20)) == ("Next visit 20-Nov-2026", "due 2d ago")  # a quarter of the time is left
    assert line(PartialDate(2026, 9, 1)) == ("Next visit 01-Sep-2026", "82d overdue")
    assert line(PartialDate(2026, 7, 1)) == ("Next visit 01-Jul-2026", "4m overdue")
    assert line(PartialDate(2026, 5, 20))[1] == "6m overdue"
    assert shown().due[-1].words == "No next visit is planned"


def test_tests_that_are_overdue_or_due_soon_are_told_with_the_day_they_were_done_last() -> None:
    stopped = TreatmentLine(id=1, number=1, start=PartialDate(2026, 1, 20), stop=PartialDate(2026, 6, 30))
    told = shown(
        visit("2026-05-01", said("vegf_serum", 900.0), said("platelets", 300.0), source="elsewhere"), lines=(stopped,)
    )
    lines = [(each.words, each.right) for each in told.due]
    assert ("VEGF, Bloods: last 01-May-2026", "113d overdue") in lines
    assert ("Next visit 01-Aug-2026", "113d overdue") in lines
    assert ("M-protein: not recorded yet", "53d overdue") in lines
    assert not any(words.startswith("Marrow") for words, _ in lines)


def test_nothing_is_due_of_somebody_who_has_died_and_their_journey_ends_with_them() -> None:
    died = Patient(id=9, died=PartialDate(2020, 12, 4))
    told = shown(
        visit("2020-09-18", said("vegf_serum", 1100.0)),
        patient=died,
        lines=(TreatmentLine(id=1, start=PartialDate(2019, 1, 1)),),
        events=(Event(id=1, kind="death", on=PartialDate(2020, 12, 4)),),
    )
    assert told.due == ()
    assert told.journey is not None
    assert told.journey.until == date(2020, 12, 4)


def test_points_of_the_journey_lead_to_visits_and_not_to_results_between_them() -> None:
    told = shown(
        visit("2026-01-01", said("vegf_serum", 900.0), number=4),
        visit("2026-02-01", said("vegf_serum", 800.0), number=5, kind=EncounterKind.SAMPLE),
    )
    assert told.visits == (("2026-01-01", 4),)
