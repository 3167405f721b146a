"""Words typed a moment before something else is done with a letter: kept first, never lost, nobody else blamed."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pytest

from poems_registry.domain.errors import NotFound, RegistryError, StaleRecord
from poems_registry.domain.records import LetterRecord, LetterState
from poems_registry.services.changes import ChangeFeed
from poems_registry.services.letters import Edits
from poems_registry.ui.screens.letter.presenter import LetterPresenter
from poems_registry.ui.screens.letter.shown import Reminder
from poems_registry.ui.tasks import Failed
from tests.unit.ui.screens.test_letter import OneLetter, Spy, opened

WORDS = (("summary", "Last words."),)
Answer = TypeVar("Answer")


class Strict(OneLetter):
    """Refuses every row version but the one it has, as the registry does; it has no pages to show."""

    def preview(self, letter_id: int, edits: Edits) -> bytes:
        raise NotFound("There are no pages.")

    def show_signed(self, letter_id: int) -> bytes:
        raise NotFound("There are no pages.")

    def keep(self, letter_id: int, row_version: int, edits: Edits) -> LetterRecord:
        if row_version != self.letter.row_version:
            raise StaleRecord
        return super().keep(letter_id, row_version, edits)


class Far:
    """The registry's thread far away: all that is asked is done in its order before the first answer comes back."""

    def __init__(self) -> None:
        self._works: list[Callable[[], Callable[[], None]]] = []

    def run(self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Failed) -> None:
        def do() -> Callable[[], None]:
            try:
                answer = work()
            except RegistryError as refusal:
                return partial(failed, refusal)
            return partial(done, answer)

        self._works.append(do)

    def all(self) -> None:
        """Until nothing is asked any more."""
        while self._works:
            works, self._works = self._works, []
            for answer in [do() for do in works]:
                answer()


def one_by_one(letters: OneLetter) -> tuple[LetterPresenter, Spy, Far]:
    """A desk whose registry answers only when it is told to, as a slow one does."""
    spy, tasks = Spy(), Far()
    presenter = LetterPresenter(spy, letters, tasks, ChangeFeed(), spy)
    presenter.open(7)
    tasks.all()
    return presenter, spy, tasks


def blamed(spy: Spy) -> list[str]:
    return [words for words in spy.messages if "changed this record" in words]


def test_the_reminder_that_still_runs_while_a_letter_is_signed_keeps_nothing_a_second_time() -> None:
    letters = Strict()
    presenter, spy, tasks = one_by_one(letters)
    presenter.typed("summary", "Last words.")
    presenter.password_given("right")
    presenter.woken(Reminder.KEEP)
    tasks.all()
    assert letters.kept == [WORDS]
    assert letters.letter.state is LetterState.SIGNED
    assert blamed(spy) == []


def test_a_letter_is_signed_though_its_words_were_on_their_way_when_the_password_came() -> None:
    letters = Strict()
    presenter, spy, tasks = one_by_one(letters)
    presenter.typed("summary", "Last words.")
    presenter.woken(Reminder.KEEP)
    presenter.password_given("right")
    tasks.all()
    assert letters.letter.state is LetterState.SIGNED
    assert dict(letters.letter.edits) == dict(WORDS)
    assert blamed(spy) == []


def test_words_whose_signing_was_refused_are_kept_by_the_next_reminder() -> None:
    letters = Strict()
    presenter, _, tasks = one_by_one(letters)
    presenter.typed("summary", "Last words.")
    presenter.password_given("wrong")
    tasks.all()
    presenter.typed("summary", "Very last words.")
    presenter.woken(Reminder.KEEP)
    tasks.all()
    assert dict(letters.letter.edits) == {"summary": "Very last words."}


@pytest.mark.parametrize("act", ["ready", "not_for_patient", "withdraw"])
def test_words_typed_before_another_act_are_kept_before_it(act: str) -> None:
    letters = Strict()
    presenter, spy, tasks = one_by_one(letters)
    presenter.typed("summary", "Last words.")
    presenter.chosen(act)
    if act != "ready":
        presenter.words_given("Because")
    tasks.all()
    assert letters.kept == [WORDS]
    assert spy.shown_parts["summary"].words == "Last words."
    assert blamed(spy) == []


def test_words_that_could_not_be_kept_stay_on_the_desk_when_the_letter_is_read_again() -> None:
    presenter, spy, letters = opened(Strict(stale=True))
    presenter.typed("summary", "Last words.")
    presenter.open(7)
    assert blamed(spy)
    assert spy.shown_parts["summary"].words == "Last words."
    letters.stale = False
    presenter.save()
    assert dict(letters.letter.edits) == dict(WORDS)
