"""Ctrl+K: which patients and which commands answer what is typed, and where the chosen one leads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.names import fold
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.records import PatientSummary
from poems_registry.services.patients import Found
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.find.shown import Hit
from poems_registry.ui.tasks import Tasks

MOST = 8
"""People shown for what is typed: with more, one types another letter."""


@dataclass(frozen=True, slots=True)
class Command:
    """A place to go or an act, by a name that stays the same; `keys` are its shortcut, if it has one."""

    code: str
    words: str
    icon: str
    keys: str
    act: Callable[[], None]


class Finding(Protocol):
    """What is needed of `PatientService`."""

    def find(self, query: str = "", *, limit: int = MOST, counted: bool = False) -> Found: ...


class Navigator(Protocol):
    """Where a patient leads."""

    def patient(self, patient_id: int) -> None: ...


class View(Protocol):
    """What is needed of the view."""

    def show_hits(self, hits: Sequence[Hit], words: str) -> None: ...
    def say(self, message: Message | None) -> None: ...
    def finish(self) -> None: ...


class FindPresenter:
    """Commands answer at once; people come from the registry, and late answers are dropped."""

    def __init__(
        self, view: View, patients: Finding, tasks: Tasks, navigator: Navigator, commands: Sequence[Command]
    ) -> None:
        self._view, self._patients, self._tasks, self._navigator = view, patients, tasks, navigator
        self._commands = tuple(commands)
        self._asked = 0
        self._awaits = self._enter_waits = False
        self._people: tuple[Hit, ...] = ()

    def open(self) -> None:
        """Nothing is typed yet: every command."""
        self._view.show_hits(self._answering(""), tr("Type a name, a number, a date of birth or a command."))

    def typed(self, text: str) -> None:
        """What stands in the field now."""
        self._asked += 1
        asked = self._asked
        self._awaits, self._enter_waits = bool(text.strip()), False
        if not text.strip():
            self._people = ()
            self.open()
            return

        def found(answer: Found) -> None:
            if asked == self._asked:
                self._awaits = False
                self._people = tuple(_person(row) for row in answer.rows)
                self._view.say(None)
                self._show(text, _further(answer))
                self._go_to_the_only_one(text)

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._awaits = self._enter_waits = False
                self._people = ()
                self._show(text, "")
                self._view.say(message_for(error))

        self._tasks.run(lambda: self._patients.find(text, limit=MOST, counted=False), found, refused)

    def entered(self, hit: Hit | None) -> None:
        """Return in the field, with the bar on this hit.

        While the finds of the last key are awaited the bar stands on somebody found by an older text, who may be
        another person: then only a single find is opened, when it is there (nhs.md hazard H01).
        """
        if self._awaits:
            self._enter_waits = True
        elif hit is not None:
            self.choose(hit)

    def _go_to_the_only_one(self, text: str) -> None:
        hits = (*self._people, *self._answering(text))
        if self._enter_waits and len(hits) == 1:
            self.choose(hits[0])
        self._enter_waits = False

    def choose(self, hit: Hit) -> None:
        """Go there."""
        self._view.finish()
        if hit.patient_id:
            self._navigator.patient(hit.patient_id)
            return
        next(command for command in self._commands if command.code == hit.code).act()

    def _show(self, text: str, words: str) -> None:
        hits = (*self._people, *self._answering(text))
        self._view.show_hits(hits, words if hits else tr("Nobody and nothing is called like this."))

    def _answering(self, text: str) -> tuple[Hit, ...]:
        """Commands of which every typed word begins a word."""
        wanted = fold(text).split()
        return tuple(
            Hit(command.code, tr(command.words), command.keys, command.icon)
            for command in self._commands
            if all(any(own.startswith(word) for own in fold(tr(command.words)).split()) for word in wanted)
        )


def _further(answer: Found) -> str:
    if answer.total is None:
        return tr("There are more patients: type another letter.")
    more = answer.total - len(answer.rows)
    return tr("{count} more patients: type another letter.", count=more) if more > 0 else ""


def _person(row: PatientSummary) -> Hit:
    born = tr("Birth date not known") if row.born is None else tr("Born {day}", day=show_date(row.born))
    number = show_nhs_number(row.nhs_number) if row.nhs_number else row.hospital_number
    died = () if row.died is None else (tr("Died {day}", day=show_date(row.died)),)
    return Hit(f"patient {row.id}", row.name, "  ".join(filter(None, (born, number, *died))), "user", row.id)
