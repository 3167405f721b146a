"""A result dated after the death: its reason is asked for on that day only, kept with what is typed, and told."""

from dataclasses import replace

import pytest

from poems_registry.domain.dates import PartialDate
from poems_registry.domain.records import PatientFile
from poems_registry.ui.screens.record.results.presenter import LATE
from poems_registry.ui.screens.record.results.sheet_shown import ColumnShown
from tests.unit.ui.screens.test_record_results_entry import ANN, EARLIER, Desk, Registry

WHY = "Reported by the laboratory late"
DEAD = PatientFile(replace(ANN, died=PartialDate(2026, 11, 15)), (EARLIER,))


def desk_of_the_dead(registry: Registry | None = None, *, begin: bool = True, day: str = "17-Nov-2026") -> Desk:
    desk = Desk(registry, begin=begin, file=DEAD)
    if begin:
        desk.presenter.day(day)
        desk.type("vegf_serum", "500")
    return desk


def shown(desk: Desk) -> ColumnShown:
    assert desk.page.entry is not None
    return desk.page.entry


@pytest.mark.parametrize("day", ["15-Nov-2026", "12-Nov-2026", "23-Nov-2026", "x"])
def test_no_reason_is_asked_for_on_a_day_before_the_death_or_one_that_cannot_be(day: str) -> None:
    desk = desk_of_the_dead(day=day)
    assert shown(desk).late is None
    desk.presenter.late(WHY)
    desk.presenter.save()
    assert set(desk.registry.reasons) <= {""}


def test_of_somebody_living_no_reason_is_ever_asked_for() -> None:
    assert shown(Desk()).late is None


def test_a_day_after_the_death_asks_for_the_reason_and_is_not_saved_without_it() -> None:
    desk = desk_of_the_dead()
    assert shown(desk).late == ""
    assert "say why" in shown(desk).day_problem
    desk.presenter.late("   ")
    desk.presenter.save()
    assert desk.registry.recorded == []
    assert desk.page.place == "reason"
    assert desk.page.cells["vegf_serum"].text == "500"
    desk.type("haemoglobin", "9000")
    desk.presenter.save()
    assert "Haemoglobin, the reason for a result after the death" in desk.page.refused
    assert desk.page.place == "haemoglobin"


def test_with_the_reason_it_is_saved_and_the_reason_goes_with_it() -> None:
    desk = desk_of_the_dead()
    desk.presenter.late(f" {WHY} ")
    assert shown(desk).day_problem == ""
    desk.presenter.save()
    assert [sheet.on for sheet in desk.registry.recorded] == ["17-Nov-2026"]
    assert desk.registry.reasons == [WHY]
    assert not desk.page.open


def test_a_reason_typed_for_a_day_after_the_death_goes_with_no_other_day_and_is_not_forgotten() -> None:
    desk = desk_of_the_dead()
    desk.presenter.late(WHY)
    desk.presenter.day("12-Nov-2026")
    assert shown(desk).late is None
    desk.presenter.day("17-Nov-2026")
    assert shown(desk).late == WHY
    desk.presenter.day("12-Nov-2026")
    desk.presenter.save()
    assert desk.registry.reasons == [""]


def test_the_reason_comes_back_with_what_was_left() -> None:
    desk = desk_of_the_dead()
    desk.presenter.late(WHY)
    desk.presenter.leave()
    again = desk_of_the_dead(desk.registry, begin=False)
    again.presenter.begin()
    assert shown(again).late == WHY
    again.presenter.save()
    assert again.registry.reasons == [WHY]


def test_what_was_left_before_reasons_were_kept_opens_without_one() -> None:
    desk = desk_of_the_dead()
    desk.presenter.leave()
    (kept,) = desk.registry.left.values()
    del kept.content[LATE]
    again = desk_of_the_dead(desk.registry, begin=False)
    again.presenter.begin()
    assert shown(again).late == ""


def test_another_column_begins_without_the_reason_of_the_last_one() -> None:
    desk = desk_of_the_dead()
    desk.presenter.late(WHY)
    desk.presenter.save()
    desk.presenter.begin()
    assert shown(desk).late == ""
