"""One's own new password: judged while typed, checked before it is asked for, refused beside its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from poems_registry.domain.errors import InvalidInput, NotAllowedNow, RegistryError, WrongPassword
from poems_registry.domain.passwords import problem_with
from poems_registry.ui.own_password.presenter import OwnPasswordPresenter
from poems_registry.ui.tasks import Inline

OLD, NEW = "orchard lantern pebble walnut violin", "meadow thimble copper glacier sonnet"


@dataclass
class Own:
    """Somebody's password, changed or refused."""

    changed: list[tuple[str, str]] = field(default_factory=list)
    refusal: RegistryError | None = None

    def problem(self, password: str) -> str | None:
        return problem_with(password)

    def change(self, old: str, new: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.changed.append((old, new))


@dataclass
class Spy:
    judged: tuple[str, bool] = ("", False)
    problems: Mapping[str, str] = field(default_factory=dict)
    offered: str = ""
    closed: bool = False

    def judge(self, words: str, good: bool) -> None:
        self.judged = (words, good)

    def mark(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)

    def offer(self, phrase: str) -> None:
        self.offered = phrase

    def busy(self, words: str) -> None: ...

    def close_form(self) -> None:
        self.closed = True


class Desk:
    def __init__(self) -> None:
        self.own, self.view, self.said = Own(), Spy(), list[str]()
        self.presenter = OwnPasswordPresenter(self.view, self.own, Inline(), lambda: NEW, self.said.append)


def test_a_sound_password_typed_twice_is_set_and_said() -> None:
    desk = Desk()
    desk.presenter.change(OLD, NEW, NEW)
    assert desk.own.changed == [(OLD, NEW)]
    assert desk.view.closed
    assert desk.said == ["Your password is changed"]


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [("", NEW, NEW, "old"), (OLD, "short", "short", "password"), (OLD, NEW, NEW + "s", "again")],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_asked(old: str, new: str, again: str, field: str) -> None:
    desk = Desk()
    desk.presenter.change(old, new, again)
    assert list(desk.view.problems) == [field]
    assert desk.own.changed == []
    assert not desk.view.closed


@pytest.mark.parametrize(
    ("refusal", "field"),
    [
        (WrongPassword(2), "old"),
        (InvalidInput({"password": "is the one you have"}), "password"),
        (NotAllowedNow("This place is read-only."), ""),
    ],
)
def test_a_refusal_keeps_the_dialog_with_the_words(refusal: RegistryError, field: str) -> None:
    desk = Desk()
    desk.own.refusal = refusal
    desk.presenter.change(OLD, NEW, NEW)
    assert list(desk.view.problems) == [field]
    assert not desk.view.closed


def test_five_words_are_offered_and_judged_good() -> None:
    desk = Desk()
    desk.presenter.suggest()
    assert desk.view.offered == NEW
    assert desk.view.judged[1]
    desk.presenter.typed("")
    assert not desk.view.judged[1]
