"""Ctrl+K finds people and commands by what is typed, drops late answers, and leads there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from poems_registry.domain.errors import NotPermitted
from poems_registry.services.patients import Found
from poems_registry.ui.errors import Message
from poems_registry.ui.screens.find.presenter import MOST, Command, FindPresenter
from poems_registry.ui.screens.find.shown import Hit
from poems_registry.ui.tasks import Inline, Tasks
from tests.unit.ui.screens.later import Later
from tests.unit.ui.screens.test_patient_rows import ANN


class Registry:
    """Three people; those whose name holds what is typed."""

    def __init__(self) -> None:
        self.refused, self.counted = False, True
        self.everyone = [replace(ANN, id=n, name=name) for n, name in enumerate(("SMITH, Ann", "SMART, Bo", "ROE, Al"))]

    def find(self, query: str = "", *, limit: int = MOST, counted: bool = False) -> Found:
        if self.refused:
            raise NotPermitted("Finding patients is not among the things this person may do. Nothing was shown.")
        rows = [one for one in self.everyone if query.strip().lower() in one.name.lower()]
        total = len(rows) if self.counted or len(rows) < limit else None
        return Found(tuple(rows[:limit]), total, len(self.everyone), {})


@dataclass
class Spy:
    """View and navigator."""

    hits: list[tuple[Hit, ...]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    said: list[Message | None] = field(default_factory=list)
    went: list[str] = field(default_factory=list)

    def show_hits(self, hits: Sequence[Hit], words: str) -> None:
        self.hits.append(tuple(hits))
        self.words.append(words)

    def say(self, message: Message | None) -> None:
        self.said.append(message)

    def finish(self) -> None:
        self.went.append("closed")

    def patient(self, patient_id: int) -> None:
        self.went.append(f"patient {patient_id}")

    def codes(self) -> list[str]:
        return [hit.code for hit in self.hits[-1]]


def scene(tasks: Tasks | None = None) -> tuple[FindPresenter, Spy, Registry]:
    view, registry = Spy(), Registry()
    commands = [
        Command(code, words, "users", "", partial(view.went.append, code))
        for code, words in (("letters", "Letters"), ("add", "Add a patient"), ("lock", "Lock the registry"))
    ]
    presenter = FindPresenter(view, registry, tasks or Inline(), view, commands)
    presenter.open()
    return presenter, view, registry


def test_before_anything_is_typed_every_command_stands_there_and_nobody() -> None:
    _, view, _ = scene()
    assert view.codes() == ["letters", "add", "lock"]


def test_people_come_before_commands_and_each_leads_where_it_says() -> None:
    presenter, view, _ = scene()
    presenter.typed("sm")
    assert [hit.words for hit in view.hits[-1]] == ["SMITH, Ann", "SMART, Bo"]
    presenter.choose(view.hits[-1][1])
    assert view.went == ["closed", "patient 1"]
    presenter.typed("a pat")
    assert view.codes()[-1] == "add"
    presenter.choose(view.hits[-1][-1])
    assert view.went[-2:] == ["closed", "add"]


def test_an_answer_to_what_was_typed_before_is_dropped() -> None:
    tasks = Later()
    presenter, view, _ = scene(tasks)
    presenter.typed("roe")
    presenter.typed("smith")
    tasks.answer()
    assert [hit.words for hit in view.hits[-1]] == ["SMITH, Ann"]
    assert all("ROE" not in hit.words for hits in view.hits for hit in hits)


def test_more_people_than_fit_are_said_and_nobody_is_said_too() -> None:
    presenter, view, registry = scene()
    registry.everyone = [replace(ANN, id=n) for n in range(MOST + 3)]
    presenter.typed(registry.everyone[0].name[:3])
    assert view.words[-1] == "3 more patients: type another letter."
    registry.counted = False
    presenter.typed(registry.everyone[0].name[:3])
    assert view.words[-1] == "There are more patients: type another letter."
    presenter.typed("zz")
    assert view.hits[-1] == ()
    assert view.words[-1] == "Nobody and nothing is called like this."


def test_who_may_not_find_people_still_reaches_commands_and_reads_why() -> None:
    presenter, view, registry = scene()
    registry.refused = True
    presenter.typed("lock")
    assert view.codes() == ["lock"]
    assert view.said[-1] is not None


def test_an_emptied_field_shows_the_commands_again_whatever_was_asked_before() -> None:
    tasks = Later()
    presenter, view, _ = scene(tasks)
    presenter.typed("smith")
    presenter.typed("")
    tasks.answer()
    assert view.codes() == ["letters", "add", "lock"]


def test_return_before_the_finds_are_there_opens_nobody_found_by_an_older_text() -> None:
    tasks = Later()
    presenter, view, _ = scene(tasks)
    presenter.typed("roe")
    tasks.answer()
    roe = view.hits[-1][0]
    presenter.typed("smart")
    presenter.entered(roe)
    assert view.went == []
    tasks.answer()
    assert view.went == ["closed", f"patient {view.hits[-1][0].patient_id}"]
    assert view.hits[-1][0].words == "SMART, Bo"
    assert roe.words != "SMART, Bo"


def test_return_before_the_finds_are_there_chooses_among_several_for_nobody() -> None:
    tasks = Later()
    presenter, view, _ = scene(tasks)
    presenter.typed("sm")
    presenter.entered(None)
    tasks.answer()
    assert len(view.hits[-1]) == 2
    assert view.went == []
    presenter.entered(view.hits[-1][1])
    assert view.went[0] == "closed"
