"""The GP practice of a person: found in the clinic's list while it is typed, taken whole, or typed by hand."""

from collections.abc import Callable, Mapping

from poems_registry.domain.address import one_line
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import RegistryError
from poems_registry.services.practices import ListedPractice, ListInForce
from poems_registry.ui.errors import message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.details.ports import DetailsView, Practices
from poems_registry.ui.screens.details.reading import Answer
from poems_registry.ui.screens.details.shown import PracticeRow
from poems_registry.ui.tasks import Tasks

NAME, CODE = "practice_name", "practice_code"
SHORTEST = 2
"""Fewer letters than that name half of the list."""


class Practising:
    """`write` puts texts into the form as if they had been typed; late answers are dropped."""

    def __init__(
        self, view: DetailsView, practices: Practices | None, tasks: Tasks, write: Callable[[Mapping[str, str]], None]
    ) -> None:
        self._view, self._practices, self._tasks, self._write = view, practices, tasks, write
        self._found: dict[str, ListedPractice] = {}
        self._asked = 0

    def typed(self, text: str) -> None:
        """The name is typed: what the list has; a code belonged to the name that stood there before."""
        self._asked += 1
        asked, practices = self._asked, self._practices
        if practices is None or len(text.strip()) < SHORTEST:
            self._show(())
            return

        def found(rows: tuple[ListedPractice, ...]) -> None:
            if asked == self._asked:
                self._show(rows)

        self._tasks.run(lambda: practices.find(text), found, self._refused)

    def picked(self, code: str) -> None:
        """One of the list: its name, address, postcode and code."""
        practice = self._found.get(code)
        if practice is None:
            return
        self._asked += 1
        self._write(
            {
                NAME: practice.name,
                "practice_address": "\n".join(practice.address),
                "practice_postcode": practice.postcode,
                CODE: practice.code,
            }
        )
        self._show(())
        self._view.show_answer(CODE, _told(practice))

    def left(self) -> None:
        """Another field: the list goes."""
        self._asked += 1
        self._show(())

    def check(self, name: str, code: str) -> None:
        """What the list says of the practice that stands in the form: closed, gone, or not in it."""
        practices = self._practices
        if practices is None or not (name.strip() or code.strip()):
            return
        self._asked += 1
        asked = self._asked

        def ask() -> tuple[ListedPractice | None, ListInForce | None]:
            return (practices.known(code) if code.strip() else None), practices.in_force()

        def found(answer: tuple[ListedPractice | None, ListInForce | None]) -> None:
            if asked != self._asked:
                return
            practice, in_force = answer
            if practice is not None:
                self._view.show_answer(CODE, _told(practice))
            elif in_force is not None:
                words = tr("Not in the list of practices of {day}: typed by hand.", day=_day(in_force))
                self._view.show_answer(CODE, Answer(text=code, note=words))

        self._tasks.run(ask, found, self._refused)

    def _show(self, rows: tuple[ListedPractice, ...]) -> None:
        self._found = {row.code: row for row in rows}
        self._view.show_practices([_row(row) for row in rows])

    def _refused(self, error: RegistryError) -> None:
        self._view.say(message_for(error))


def _row(practice: ListedPractice) -> PracticeRow:
    return PracticeRow(practice.code, practice.name, one_line(practice.address, practice.postcode), _state(practice))


def _state(practice: ListedPractice) -> str:
    if practice.closed_on is not None:
        return tr("Closed {day}", day=show_date(practice.closed_on))
    return {"open": "", "closed": tr("Closed"), "gone": tr("Not in the newest list")}.get(practice.status, "")


def _told(practice: ListedPractice) -> Answer:
    """The code as it is, and a doubt where the practice is not open any more."""
    state = _state(practice)
    if not state:
        return Answer(practice.code, practice.code, note=tr("In the list of practices."))
    return Answer(practice.code, practice.code, note=tr("{state}. Ask the person.", state=state), doubt=True)


def _day(in_force: ListInForce) -> str:
    return show_date(in_force.listed_on or in_force.loaded_at.astimezone().date())
