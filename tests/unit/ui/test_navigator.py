"""Going from screen to screen: each is made once, asked before it is left, and told when it is seen."""

from collections.abc import Callable

import pytest

from poems_registry.ui.navigator import Places


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

    def show_screen(self, screen: Page) -> None:
        self.view.append(screen.name)

    def drop_screen(self, screen: Page) -> None:
        self.dropped.append(screen.name)

    def mark_entry(self, key: str) -> None:
        self.marked = key


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
