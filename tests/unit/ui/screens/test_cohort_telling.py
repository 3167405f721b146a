"""What the cohort screen says is what the summary holds: every count in words, every figure with n, day and rules."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from poems_registry.cohort.choosing import Conditions
from poems_registry.cohort.releasing import released
from poems_registry.cohort.summary import Basis, Summary, summarise
from poems_registry.services.cohort import Reason
from poems_registry.ui.screens.cohort.presenter import pictures_for
from poems_registry.ui.screens.cohort.shown import Room
from poems_registry.ui.screens.cohort.telling import ENDINGS, MEANINGS, tell
from tests.unit.cohort.made_up import DATA_DATE
from tests.unit.ui.screens.cohort_fakes import PEOPLE, ROOM


def of(size: int) -> Summary:
    return summarise(PEOPLE[:size], Conditions(), Basis(DATA_DATE, training=True))


def test_the_sentence_adds_up() -> None:
    summary = of(60)
    shown = tell(summary)
    assert shown.who == f"{summary.size} of 60 patients."
    assert shown.left_out.startswith(f"{60 - (summary.size or 0)} left out: ")
    assert sum(int(row.count) for row in shown.reasons) + (summary.size or 0) == 60


def test_a_release_gives_no_total_of_those_left_out_and_a_star_for_each_small_reason() -> None:
    shown = tell(released(of(60)))
    assert shown.left_out.startswith("Left out: ")
    assert all(row.count == "*" or int(row.count) % 5 == 0 for row in shown.reasons)


def test_every_feature_tells_present_assessed_and_not_assessed_by_criterion_and_by_status() -> None:
    summary = of(60)
    shown = tell(summary)
    assert len(shown.features) == 11
    assert sum(row.recorded is not None for row in shown.features) == 5
    for row in shown.features:
        _, assessed = row.criterion.counts.split(" / ")
        assert int(assessed) + int(row.criterion.unassessed) == summary.size


def test_every_figure_says_its_n_its_day_and_its_rule_set() -> None:
    shown = tell(of(60))
    assert "Data to 20-Nov-2026. Criteria rule set" in shown.basis
    assert "Made-up data." in shown.basis
    notes = shown.notes
    assert all("n = " in note for note in (notes.table_one, notes.survival, notes.features, notes.courses))


def test_what_is_read_out_on_the_curves_is_what_the_table_of_years_says() -> None:
    summary = of(60)
    survival, shown = pictures_for(summary, ROOM).survival, tell(summary)
    assert survival is not None
    said = [hit.words for hit in survival.hits]
    years = [row for row in shown.survival if f"Overall survival, year {row.year}\n{row.overall}" in said]
    assert len(years) >= 5
    assert f"Progression-free survival, year 3\n{shown.survival[3].free}" in said
    assert {hit.on for hit in survival.hits} == {DATA_DATE}


def test_a_release_reads_out_no_year_that_it_does_not_tell() -> None:
    summary = released(of(60))
    told = {step.time for curve in summary.curves for step in curve.steps}
    assert {float(row.year) for row in tell(summary).survival} <= told
    assert all("*" not in row.overall for row in tell(summary).survival)


def test_every_reason_and_every_ending_has_words() -> None:
    assert set(MEANINGS) == set(Reason)
    assert {lane.ending for lane in of(60).courses} <= set(ENDINGS)


@given(st.integers(0, 60), st.integers(0, 2000), st.integers(0, 900), st.booleans())
@settings(max_examples=25)
def test_any_cohort_can_be_told_and_drawn_in_any_room(size: int, width: int, height: int, release: bool) -> None:
    summary = released(of(size)) if release else of(size)
    assert tell(summary).release is release
    pictures = pictures_for(summary, Room(width, height, width, width))
    assert pictures.bars.width >= 90
    assert release is False or pictures.lanes is None


def test_the_bars_stand_beside_the_rows_of_their_table() -> None:
    summary = of(60)
    bars = pictures_for(summary, ROOM).bars
    assert bars.width == ROOM.bars * 0.75
    places = [bars.alt_text.index(f"{row.label}: {row.criterion.counts}") for row in tell(summary).features]
    assert places == sorted(places)


def test_the_day_is_written_as_on_every_screen() -> None:
    assert tell(summarise((), Conditions(), Basis(date(2026, 1, 2)))).data_to == "Data to 02-Jan-2026"
