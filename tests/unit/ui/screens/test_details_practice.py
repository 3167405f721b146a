"""The GP practice while it is typed: what the list has, what is taken, what is said of it afterwards."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from poems_registry.services.practices import ListedPractice, ListInForce
from poems_registry.ui.screens.details.presenter import DetailsPresenter
from tests.unit.ui.screens.details_desk import Desk

OPEN = ListedPractice("ZZ9901", "Sampleford Surgery", ("1 Surgery Walk", "Sampleford"), "LN99 1AA")
CLOSED = ListedPractice("ZZ9902", "Modelham Health Centre", (), "EX99 1AB", "", "closed", date(2024, 3, 31))
GONE = ListedPractice("ZZ9903", "The Doctor's House", (), "NR99 1AD", "", "gone")
LIST = ListInForce("list.csv", "abc", date(2026, 11, 1), datetime(2026, 11, 20, tzinfo=UTC), "R Castellan", 3)


@dataclass
class Listed:
    """A clinic's list, or none."""

    in_force_now: ListInForce | None = LIST
    asked: list[str] = field(default_factory=list)

    def find(self, typed: str) -> tuple[ListedPractice, ...]:
        self.asked.append(typed)
        return tuple(each for each in (OPEN, CLOSED, GONE) if typed.casefold() in each.name.casefold())

    def known(self, code: str) -> ListedPractice | None:
        return next((each for each in (OPEN, CLOSED, GONE) if each.code == code), None)

    def in_force(self) -> ListInForce | None:
        return self.in_force_now


@pytest.fixture
def listed() -> Listed:
    return Listed()


@pytest.fixture
def desk(listed: Listed) -> Desk:
    made = Desk()
    made.presenter = DetailsPresenter(made.view, made.registry, made.tasks, made.feed, made.going, made.forms, listed)
    made.presenter.open(5)
    return made


def test_a_practice_of_the_list_brings_its_address_postcode_and_code(desk: Desk) -> None:
    desk.typing(practice_name="sample")
    assert [row.code for row in desk.view.practices] == ["ZZ9901"]
    desk.presenter.picked("ZZ9901")
    assert desk.view.practices == []
    desk.presenter.save()
    saved = desk.registry.changed[0].practice
    assert (saved.name, saved.address, saved.postcode, saved.ods_code) == (
        "Sampleford Surgery", ("1 Surgery Walk", "Sampleford"), "LN99 1AA", "ZZ9901",
    )  # fmt: skip


@pytest.mark.parametrize(("code", "words"), [("ZZ9902", "Closed 31-Mar-2024"), ("ZZ9903", "Not in the newest list")])
def test_a_practice_that_is_not_open_any_more_is_doubted(desk: Desk, code: str, words: str) -> None:
    desk.typing(practice_name="e")
    desk.typing(practice_name="he")
    assert {row.code: row.state for row in desk.view.practices}[code] == words
    desk.presenter.picked(code)
    answer = desk.view.answers["practice_code"]
    assert answer.doubt
    assert words in answer.note


def test_another_name_typed_by_hand_drops_the_code_and_is_said_not_to_be_in_the_list(desk: Desk) -> None:
    desk.typing(practice_name="sample")
    desk.presenter.picked("ZZ9901")
    desk.typing(practice_name="The Old Forge")
    desk.presenter.left("practice_name")
    assert desk.view.texts["practice_code"] == ""
    assert "01-Nov-2026" in desk.view.answers["practice_code"].note
    desk.presenter.save()
    assert (desk.registry.changed[0].practice.name, desk.registry.changed[0].practice.ods_code) == ("The Old Forge", "")


def test_without_a_list_nothing_is_said_of_what_is_typed_by_hand(desk: Desk, listed: Listed) -> None:
    listed.in_force_now = None
    desk.typing(practice_name="The Old Forge")
    desk.presenter.left("practice_name")
    assert desk.view.answers["practice_code"].note == ""


def test_a_single_letter_asks_for_nothing_and_a_strange_code_takes_nothing(desk: Desk, listed: Listed) -> None:
    desk.typing(practice_name="s")
    assert listed.asked == []
    desk.presenter.picked("ZZ0000")
    assert desk.view.texts["practice_name"] == ""
