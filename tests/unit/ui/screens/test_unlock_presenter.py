"""The unlock window decides: each refusal said, the wait counted down, nothing left open by a late answer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from poems_registry.domain.errors import CannotOpen, InvalidInput, RegistryError, WrongPassword
from poems_registry.domain.locations import Location, ServerAddress
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.unlock.presenter import UnlockPresenter
from poems_registry.ui.tasks import Inline
from tests.unit.ui.screens.later import Later

PLACE = Path("clinic/poems.registry")
GOOD = "orchard lantern pebble walnut violin"


class Session:
    """A signed-in session that can be closed."""

    def __init__(self) -> None:
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Spy:
    """The window: keeps what it was last told."""

    def __init__(self) -> None:
        self.registry = ("", "")
        self.users: Sequence[str] = ()
        self.chosen = ""
        self.recovery = False
        self.helping = False
        self.message: Message | None = None
        self.wrong = ("", "")
        self.problems: dict[str, str] = {}
        self.judged = ("", False)
        self.phrase = ""
        self.words = ""
        self.allowed = True
        self.ticking = False
        self.file: Path | None = None
        self.on_server = False
        self.gone_on = True
        self.asking_server = False
        self.address_wrong = ""

    def show_registry(self, name: str, place: str, *, on_server: bool) -> None:
        self.registry, self.on_server = (name, place), on_server

    def show_users(self, users: Sequence[str], chosen: str, *, go_on: bool = True) -> None:
        self.users, self.chosen, self.gone_on = users, chosen, go_on

    def show_recovery(self, on: bool) -> None:
        self.recovery = on

    def show_help(self, on: bool) -> None:
        self.helping = on

    def say(self, message: Message | None) -> None:
        self.message = message

    def say_wrong(self, cause: str, rest: str) -> None:
        self.wrong = (cause, rest)

    def mark(self, problems: dict[str, str]) -> None:
        self.problems = problems

    def judge(self, words: str, good: bool) -> None:
        self.judged = (words, good)

    def offer_phrase(self, phrase: str) -> None:
        self.phrase = phrase

    def busy(self, words: str) -> None:
        self.words = words

    def allow(self, on: bool) -> None:
        self.allowed = on

    def tick(self, on: bool) -> None:
        self.ticking = on

    def ask_registry(self) -> Path | None:
        return self.file

    def ask_server(self, on: bool) -> None:
        self.asking_server, self.address_wrong = on, ""

    def refuse_server(self, words: str) -> None:
        self.address_wrong = words

    def asks(self) -> bool:
        """Whether an address is being asked for."""
        return self.asking_server


class Ways:
    """Doors that answer as a test says."""

    def __init__(self) -> None:
        self.session: Any = Session()
        self.refusal: RegistryError | None = None
        self.looking: RegistryError | None = None
        self.tries: list[tuple[Location, str, str]] = []
        self.recovered: list[tuple[str, str, str]] = []
        self.recovery_refusal: RegistryError | None = None

    def users(self, place: Location) -> tuple[str, ...]:
        return ("okoro", "rahman") if isinstance(place, Path) else ()

    def look(self, place: Location) -> tuple[str, ...]:
        if self.looking is not None:
            raise self.looking
        return ("okoro", "rahman")

    def open(self, place: Location, user: str, password: str) -> Any:
        self.tries.append((place, user, password))
        if self.refusal is not None:
            raise self.refusal
        return self.session

    def recover(self, place: Location, recovery_text: str, user: str, new_password: str) -> None:
        if self.recovery_refusal is not None:
            raise self.recovery_refusal
        self.recovered.append((recovery_text, user, new_password))

    def phrase(self) -> str:
        return GOOD


class Going:
    """Where the window led to."""

    def __init__(self) -> None:
        self.inside: list[Any] = []
        self.first_starts = 0

    def entered(self, signed_in: Any) -> None:
        self.inside.append(signed_in)

    def first_start(self) -> None:
        self.first_starts += 1


class Desk:
    """Everything around one presenter; `now` is the clock."""

    def __init__(self, tasks: Any = None) -> None:
        self.view, self.ways, self.going, self.now = Spy(), Ways(), Going(), 100.0
        self.presenter = UnlockPresenter(self.view, self.ways, tasks or Inline(), self.going, lambda: self.now)

    def state(self) -> tuple[bool, bool]:
        """Whether a try is allowed, and whether time is counted."""
        return self.view.allowed, self.view.ticking


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_door_names_its_registry_and_its_people(desk: Desk) -> None:
    desk.presenter.open(PLACE, "rahman")
    assert desk.view.registry == ("poems.registry", "clinic")
    assert desk.view.users == ("okoro", "rahman")
    assert desk.view.chosen == "rahman"
    assert desk.view.message is None


def test_the_right_password_leads_in(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.presenter.unlock("rahman", GOOD)
    assert desk.ways.tries == [(PLACE, "rahman", GOOD)]
    assert desk.going.inside == [desk.ways.session]
    assert desk.view.words == ""


def test_a_file_that_is_no_registry_is_refused_in_its_own_sentence(desk: Desk) -> None:
    desk.ways.looking = CannotOpen("This file is empty. Nothing was changed. Restore the last verified copy.")
    desk.presenter.open(PLACE)
    assert desk.view.message is not None
    assert desk.view.message.cause == "This file is empty."
    assert "Restore" in desk.view.message.rest


@pytest.mark.parametrize(("user", "password"), [("", GOOD), ("  ", GOOD), ("rahman", "")])
def test_an_empty_field_costs_no_try(desk: Desk, user: str, password: str) -> None:
    desk.presenter.open(PLACE)
    desk.presenter.unlock(user, password)
    assert desk.ways.tries == []
    assert desk.view.wrong[1]


def test_a_wrong_password_counts_the_wait_down_in_words_and_takes_no_try_meanwhile(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.ways.refusal = WrongPassword(8)
    desk.presenter.unlock("rahman", "wrong")
    said = []
    for _ in range(8):
        said.append(desk.view.wrong[1])
        assert desk.state() == (False, True)
        desk.presenter.unlock("rahman", "again")
        desk.now += 1
        desk.presenter.ticked()
    assert said[0] == "You can try again in 8 seconds."
    assert said[-1] == "You can try again in 1 second."
    assert len(desk.ways.tries) == 1
    assert desk.state() == (True, False)
    assert desk.view.wrong[1] == "You can try again now."


def test_a_long_wait_is_told_in_minutes(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.ways.refusal = WrongPassword(128)
    desk.presenter.unlock("rahman", "wrong")
    assert desk.view.wrong[1] == "You can try again in 2 minutes 8 seconds."


def test_another_person_need_not_wait_and_the_first_still_must(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.ways.refusal = WrongPassword(60)
    desk.presenter.unlock("rahman", "wrong")
    desk.presenter.named("okoro")
    assert desk.state() == (True, False)
    assert desk.view.wrong == ("", "")
    desk.presenter.named("Rahman ")
    assert desk.state() == (False, True)


def test_a_registry_that_another_program_has_open_keeps_the_window_ready(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.ways.refusal = CannotOpen("It is open elsewhere. Nothing was changed. Close it there.")
    desk.presenter.unlock("rahman", GOOD)
    assert desk.view.message == Message("It is open elsewhere.", "Nothing was changed. Close it there.")
    assert desk.state() == (True, False)
    desk.ways.refusal = None
    desk.presenter.unlock("rahman", GOOD)
    assert desk.going.inside


def test_a_registry_opened_for_a_window_that_is_gone_is_closed_again() -> None:
    later = Later()
    desk = Desk(later)
    desk.presenter.open(PLACE)
    later.answer()
    desk.presenter.unlock("rahman", GOOD)
    desk.presenter.leave()
    later.answer()
    later.answer()
    assert desk.going.inside == []
    assert desk.ways.session.closed


def test_what_was_found_of_the_first_file_is_not_said_of_the_second() -> None:
    later = Later()
    desk = Desk(later)
    desk.ways.looking = CannotOpen("No.")
    desk.presenter.open(PLACE)
    first, later.waiting = later.waiting, []
    desk.ways.looking = None
    desk.presenter.open(Path("other.registry"))
    desk.ways.looking = CannotOpen("The first file is empty.")
    for each in first:
        each()
    assert desk.view.message is None


def test_a_second_press_while_the_key_is_made_is_no_second_try() -> None:
    later = Later()
    desk = Desk(later)
    desk.presenter.open(PLACE)
    later.answer()  # the names
    later.answer()  # and the look at the file
    desk.presenter.unlock("rahman", GOOD)
    desk.presenter.unlock("rahman", GOOD)
    assert len(later.waiting) == 1
    assert desk.view.words


def test_another_file_is_opened_by_choice_only(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.presenter.other_registry()
    assert desk.view.registry[0] == "poems.registry"
    desk.view.file = Path("there/other.registry")
    desk.presenter.other_registry()
    assert desk.view.registry == ("other.registry", "there")


def test_a_new_password_by_the_recovery_key_leads_straight_in(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.presenter.use_recovery(True)
    desk.presenter.recover("rahman", "the key", GOOD)
    assert desk.ways.recovered == [("the key", "rahman", GOOD)]
    assert desk.ways.tries == [(PLACE, "rahman", GOOD)]
    assert desk.going.inside


def test_everything_wrong_on_the_recovery_page_is_told_at_once(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.presenter.recover("", " ", "short")
    assert set(desk.view.problems) == {"recovery_key", "user", "password"}
    assert desk.ways.recovered == []


def test_a_mistyped_recovery_key_is_told_by_its_group(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.ways.recovery_refusal = InvalidInput({"recovery_key": "has a typing mistake in group 3"})
    desk.presenter.recover("rahman", "key", GOOD)
    assert desk.view.problems == {"recovery_key": "has a typing mistake in group 3"}
    assert desk.going.inside == []
    assert desk.view.words == ""


def test_a_new_password_is_judged_while_it_is_typed_and_five_words_are_offered(desk: Desk) -> None:
    desk.presenter.password_typed("rahman", "rahman rahman rahman")
    assert desk.view.judged[1] is False
    desk.presenter.password_typed("rahman", GOOD)
    assert desk.view.judged == ("This password can be used.", True)
    desk.presenter.suggest()
    assert desk.view.phrase == GOOD


def test_help_and_the_way_to_a_new_registry_are_there(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.presenter.help(True)
    assert desk.view.helping
    desk.presenter.first_start()
    assert desk.going.first_starts == 1


def test_a_registry_on_a_server_is_told_apart_by_its_name_and_server_without_its_login() -> None:
    later = Later()
    desk = Desk(later)
    desk.presenter.open(ServerAddress.read("postgresql://poems_app@db.example/poems"))
    assert (desk.view.registry, desk.view.on_server) == (("poems", "PostgreSQL on db.example"), True)
    later.answer()
    assert list(desk.view.users) == []
    desk.presenter.named("rah")  # the server is slower than a person who types
    later.answer()
    assert (tuple(desk.view.users), desk.view.chosen, desk.view.gone_on) == (("okoro", "rahman"), "rah", False)
    desk.presenter.open(PLACE)
    assert (desk.view.registry, desk.view.on_server) == (("poems.registry", "clinic"), False)


def test_an_address_is_asked_for_and_what_is_wrong_with_it_said_beside_it(desk: Desk) -> None:
    desk.presenter.open(PLACE)
    desk.presenter.other_server()
    assert desk.view.asks()
    desk.presenter.server_named("postgresql://ann:hunter2@db.example/poems")
    assert desk.view.asks()
    assert "password" in desk.view.address_wrong
    assert "hunter2" not in desk.view.address_wrong
    assert desk.view.registry == ("poems.registry", "clinic")
    desk.presenter.server_named(" postgresql://db.example/poems ")
    assert not desk.view.asks()
    desk.presenter.unlock("rahman", GOOD)
    assert desk.ways.tries == [(ServerAddress("db.example", "poems"), "rahman", GOOD)]
