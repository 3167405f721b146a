"""For whom an entry is begun: somebody of the registry, found as in the list, or somebody who is not in it."""

from collections.abc import Callable, Sequence
from typing import Protocol

from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import RegistryError
from poems_registry.domain.nhs_number import show as show_nhs_number
from poems_registry.domain.records import PatientSummary
from poems_registry.services.patients import Found
from poems_registry.ui.care.shown import Hit
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.tasks import Tasks

MOST = 6


class Finding(Protocol):
    """What is needed of `PatientService`."""

    def find(self, query: str = "", *, limit: int = MOST, counted: bool = False) -> Found: ...


class View(Protocol):
    """The question over the window."""

    def ask_whom(self, title: str, nobody: str) -> None: ...
    def show_hits(self, hits: Sequence[Hit], words: str) -> None: ...
    def close_whom(self) -> None: ...
    def say_whom(self, message: Message) -> None: ...


class Choosing:
    """One question at a time; late answers are dropped."""

    def __init__(self, view: View, patients: Finding, tasks: Tasks) -> None:
        self._view, self._patients, self._tasks = view, patients, tasks
        self._asked = 0
        self._awaits = self._enter_waits = False
        self._then: Callable[[int], None] = lambda _patient_id: None

    def ask(self, title: str, nobody: str, then: Callable[[int], None]) -> None:
        """`then` is told whom, 0 for `nobody`: the words of somebody new, or not named; '' if it must be somebody."""
        self._then = then
        self._view.ask_whom(title, nobody)
        self._view.show_hits((), tr("Type a name, a number or a date of birth."))

    def typed(self, text: str) -> None:
        """What stands in the field now."""
        self._asked += 1
        asked = self._asked
        self._awaits, self._enter_waits = bool(text.strip()), False
        if not text.strip():
            self._view.show_hits((), tr("Type a name, a number or a date of birth."))
            return

        def found(answer: Found) -> None:
            if asked == self._asked:
                waited, self._awaits, self._enter_waits = self._enter_waits, False, False
                more = answer.total is None or answer.total > len(answer.rows)
                words = tr("There are more: type another letter.") if more else ""
                nobody = tr("Nobody in the registry is found by this.")
                self._view.show_hits(tuple(_hit(row) for row in answer.rows), words if answer.rows else nobody)
                if waited and len(answer.rows) == 1:
                    self.chosen(answer.rows[0].id)

        def refused(error: RegistryError) -> None:
            if asked == self._asked:
                self._awaits = self._enter_waits = False
                self._view.say_whom(message_for(error))

        self._tasks.run(lambda: self._patients.find(text, limit=MOST, counted=False), found, refused)

    def entered(self, patient_id: int) -> None:
        """Return in the field, with the bar on this patient (0: on none).

        While the finds of the last key are awaited the bar stands on somebody found by an older text, who may be
        another person: then only a single find is taken, when it is there (nhs.md hazard H01).
        """
        if self._awaits:
            self._enter_waits = True
        elif patient_id:
            self.chosen(patient_id)

    def chosen(self, patient_id: int) -> None:
        """Somebody, or 0 for nobody."""
        self._asked += 1
        self._view.close_whom()
        self._then(patient_id)


def _hit(row: PatientSummary) -> Hit:
    born = tr("Birth date not known") if row.born is None else tr("Born {day}", day=show_date(row.born))
    number = show_nhs_number(row.nhs_number) if row.nhs_number else row.hospital_number
    died = () if row.died is None else (tr("Died {day}", day=show_date(row.died)),)
    return Hit(row.id, row.name, "  ".join(part for part in (born, number, *died) if part))
