"""Going from screen to screen: each is made once, asked before it is left, and told when it is seen."""

from collections.abc import Callable

import pytest

from poems_registry.ui.navigator import Places, Way


class Page:
    """A screen that writes down what happens to it."""

    def __init__(self, name: str) -> None:
        self.name, self.seen = name, 0

    def shown(self) -> None:
        self.seen += 1


class Draft(Page):
    """A screen that must settle something first."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.waiting: list[Callable[[], None]] = []

    def leave(self, go_on: Callable[[], None]) -> None:
        self.waiting.append(go_on)


class Window:
    """What is in view, what was thrown away, and which entry is marked."""

    def __init__(self) -> None:
        self.view: list[str] = []
        self.dropped: list[str] = []
        self.marked = ""
        self.way = ""

    def show_screen(self, screen: Page) -> None:
        self.view.append(screen.name)

    def drop_screen(self, screen: Page) -> None:
        self.dropped.append(screen.name)

    def mark_entry(self, key: str) -> None:
        self.marked = key

    def show_way_back(self, words: str) -> None:
        self.way = words


def places() -> tuple[Places[Page], Window, list[str]]:
    window, made = Window(), list[str]()

    def maker(name: str) -> Callable[[], Page]:
        def make() -> Page:
            made.append(name)
            return Page(name)

        return make

    navigator: Places[Page] = Places(window)
    for name in ("patients", "today"):
        navigator.register(name, maker(name))
    return navigator, window, made


def test_a_screen_is_made_when_first_wanted_and_kept() -> None:
    navigator, window, made = places()
    assert made == []
    for key in ("patients", "today", "patients"):
        navigator.go(key)
    assert made == ["patients", "today"]
    assert window.view == ["patients", "today", "patients"]
    assert (window.marked, navigator.key) == ("patients", "patients")


def test_a_record_is_shown_under_its_entry_and_dropped_when_left() -> None:
    navigator, window, _ = places()
    page = Page("visit 7")
    navigator.open("patients", lambda: page)
    assert (window.marked, window.dropped, page.seen) == ("patients", [], 1)
    navigator.go("today")
    assert window.dropped == ["visit 7"]


def test_a_screen_with_a_draft_is_left_only_when_it_says_so() -> None:
    navigator, window, _ = places()
    draft = Draft("visit 7")
    navigator.open("patients", lambda: draft)
    navigator.go("today")
    assert window.view == ["visit 7"]
    assert window.marked == "patients"
    draft.waiting.pop()()
    assert window.view == ["visit 7", "today"]
    assert window.marked == "today"


def test_locking_drops_every_screen_and_they_are_made_anew() -> None:
    navigator, window, made = places()
    navigator.go("patients")
    navigator.open("patients", lambda: Page("visit 7"))
    navigator.forget()
    assert sorted(window.dropped) == ["patients", "visit 7"]
    navigator.go("patients")
    assert made == ["patients", "patients"]


def test_a_place_nobody_made_is_an_error() -> None:
    navigator, _, _ = places()
    with pytest.raises(KeyError):
        navigator.go("nowhere")


class House:
    """A letter that sends to a visit, which sends to the details."""

    def __init__(self) -> None:
        self.places, self.window, _ = places()

    def letter(self) -> None:
        self.places.open("today", lambda: Page("letter"), Way("Back to the letter", self.letter))

    def visit(self) -> None:
        way = Way("Back to the visit", self.visit)
        self.places.open("patients", lambda: Page("visit"), way, to_mend=True)

    def details(self) -> None:
        self.places.open("patients", lambda: Page("details"), to_mend=True)


def test_who_is_sent_away_to_mend_something_comes_back_step_by_step() -> None:
    house = House()
    house.letter()
    assert house.window.way == ""
    house.visit()
    assert house.window.way == "Back to the letter"
    house.details()
    assert house.window.way == "Back to the visit"
    house.places.back()
    assert (house.window.view[-1], house.window.way) == ("visit", "Back to the letter")
    house.places.back()
    assert (house.window.view[-1], house.window.way) == ("letter", "")
    house.places.back()
    assert house.window.view == ["letter", "visit", "details", "visit", "letter"]


def test_the_way_back_is_gone_after_going_anywhere_else() -> None:
    house = House()
    leaves: tuple[Callable[[], None], ...] = (
        lambda: house.places.go("today"),
        lambda: house.places.open("patients", lambda: Page("record")),
        house.places.forget,
    )
    for leave in leaves:
        house.letter()
        house.details()
        leave()
        assert house.window.way == ""
        before = list(house.window.view)
        house.places.back()
        assert house.window.view == before


def test_nobody_is_led_back_to_a_place_of_the_rail() -> None:
    house = House()
    house.places.go("patients")
    house.details()
    assert house.window.way == ""


def test_a_screen_that_is_not_left_keeps_its_way_back() -> None:
    house, draft = House(), Draft("details")
    house.letter()
    house.places.open("patients", lambda: draft, to_mend=True)
    house.places.back()
    assert (house.window.view[-1], house.window.way) == ("details", "Back to the letter")
    house.places.go("today")
    assert house.window.way == "Back to the letter"
    draft.waiting.pop(0)()
    assert (house.window.view[-1], house.window.way) == ("letter", "")
