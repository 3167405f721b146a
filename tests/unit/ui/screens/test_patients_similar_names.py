"""Where nobody bears what was typed, the list shows who may be meant, and opens none of them unasked."""

from tests.unit.ui.screens.later import Later
from tests.unit.ui.screens.test_patients_presenter import Desk


def test_where_nobody_is_found_similar_names_are_shown_and_none_of_them_is_opened_by_return() -> None:
    desk = Desk(12)
    desk.registry.meant = frozenset({4})
    desk.presenter.open()
    desk.presenter.typed("nmae004")
    assert [row.id for row in desk.view.rows] == [4]
    assert (desk.view.counts, desk.view.empty, desk.view.bar) == ("Nobody found, 1 of a similar name", "", False)
    desk.presenter.entered(0)  # the bar stands on nobody
    assert desk.going.opened == []
    desk.presenter.typed("name004")
    assert desk.view.counts == "12 patients, 1 found"
    assert desk.registry.near == ["nmae004"]


def test_similar_names_that_come_after_another_key_are_dropped() -> None:
    later = Later()
    desk = Desk(12, tasks=later)
    desk.registry.meant = frozenset({4})
    desk.presenter.open()
    later.answer()
    desk.presenter.typed("nmae004")
    later.answer()
    desk.presenter.typed("name005")
    later.answer()
    assert [row.id for row in desk.view.rows] == [5]
