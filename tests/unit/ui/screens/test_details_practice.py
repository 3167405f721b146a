"""The GP practice while it is typed: what the list has, what is taken, what is said of it afterwards."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from poems_registry.domain.access import Permission
from poems_registry.services.practices import ListedPractice, ListInForce
from poems_registry.ui.screens.details.presenter import DetailsPresenter
from tests.unit.ui.screens.details_desk import Desk, Me

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


class Manager(Me):
    """Manages the registry, too."""

    def may(self, permission: Permission) -> bool:
        return True


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


def test_a_code_that_is_not_in_the_list_is_doubted_and_kept(desk: Desk) -> None:
    desk.typing(practice_name="The Old Forge", practice_code="zz9999")
    desk.presenter.left("practice_code")
    answer = desk.view.answers["practice_code"]
    assert answer.doubt
    assert "not in the list of practices of 01-Nov-2026" in answer.note
    desk.presenter.save()
    assert desk.registry.changed[0].practice.ods_code == "ZZ9999"


def test_a_code_of_another_practice_than_the_name_that_was_typed_is_doubted(desk: Desk) -> None:
    desk.typing(practice_name="The Old Forge", practice_code="ZZ9901")
    desk.presenter.left("practice_code")
    answer = desk.view.answers["practice_code"]
    assert answer.doubt
    assert answer.note == "In the list this code is Sampleford Surgery."


def test_a_name_that_nothing_in_the_list_answers_is_said_at_once_to_be_kept_as_typed(desk: Desk) -> None:
    desk.typing(practice_name="old forge")
    assert "Nothing like it in the list of practices of 01-Nov-2026" in desk.view.answers["practice_name"].note


class TestWithoutAList:
    """No list was loaded: the form says so, who loads one, and what becomes of what is typed."""

    @pytest.fixture
    def listed(self) -> Listed:
        return Listed(in_force_now=None)

    def test_it_is_said_before_anything_is_typed_and_while_it_is(self, desk: Desk) -> None:
        before = desk.view.answers["practice_name"].note
        assert "No list of practices is loaded" in before
        assert "kept as you type them" in before
        assert "Whoever manages this registry can load one under Admin, GP practices." in before
        desk.typing(practice_name="The Old Forge")
        assert desk.view.answers["practice_name"].note == before
        desk.presenter.left("practice_name")
        assert desk.view.answers["practice_name"].note == before
        assert "nothing here can check it" in desk.view.answers["practice_code"].note

    def test_who_may_load_one_is_told_where(self, listed: Listed) -> None:
        made = Desk(Manager())
        view = made.view
        made.presenter = DetailsPresenter(view, made.registry, made.tasks, made.feed, made.going, made.forms, listed)
        made.presenter.open(5)
        assert "You can load one under Admin, GP practices." in view.answers["practice_name"].note

    def test_a_code_in_the_field_of_the_name_is_doubted(self, desk: Desk) -> None:
        desk.typing(practice_name="ZZ9901")
        desk.presenter.left("practice_name")
        answer = desk.view.answers["practice_name"]
        assert answer.doubt
        assert "looks like a code" in answer.note

    def test_who_may_only_look_is_told_nothing(self, listed: Listed) -> None:
        made = Desk(Me(read_only=True))
        view = made.view
        made.presenter = DetailsPresenter(view, made.registry, made.tasks, made.feed, made.going, made.forms, listed)
        made.presenter.open(5)
        assert "practice_name" not in view.answers


def test_a_single_letter_asks_for_nothing_and_a_strange_code_takes_nothing(desk: Desk, listed: Listed) -> None:
    desk.typing(practice_name="s")
    assert listed.asked == []
    desk.presenter.picked("ZZ0000")
    assert desk.view.texts["practice_name"] == ""
