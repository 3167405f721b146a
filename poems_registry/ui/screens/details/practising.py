"""The GP practice of a person: found in the clinic's list while it is typed, taken whole, or typed by hand."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from poems_registry.domain.access import Permission
from poems_registry.domain.address import one_line
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import RegistryError
from poems_registry.services.practices import ListedPractice, ListInForce
from poems_registry.ui.errors import message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.screens.details.ports import DetailsView, Me, Practices
from poems_registry.ui.screens.details.reading import Answer
from poems_registry.ui.screens.details.shown import PracticeRow
from poems_registry.ui.tasks import Tasks

NAME, CODE = "practice_name", "practice_code"
SHORTEST = 2
"""Fewer letters than that name half of the list."""
_LIKE_A_CODE = re.compile(r"[A-Za-z]{1,2}[0-9]{4,5}")
"""As practices' codes look (A81001): in the field of the name it would be printed as the name."""


class Form(Protocol):
    """The form the practice stands in."""

    def write(self, texts: Mapping[str, str]) -> None:
        """Put these in, as if they had been typed."""

    def tell(self, code: str) -> None:
        """Say beside a field what there is to say of what stands in it."""


class Practising:
    """What the list says of the practice on a form; late answers are dropped."""

    def __init__(
        self,
        view: DetailsView,
        practices: Practices | None,
        tasks: Tasks,
        me: Me,
        form: Form,
    ) -> None:
        self._view, self._practices, self._tasks, self._me, self._form = view, practices, tasks, me, form
        self._found: dict[str, ListedPractice] = {}
        self._asked = 0
        self._no_list = False

    def typed(self, text: str) -> None:
        """The name is typed: what the list has; a code belonged to the name that stood there before."""
        self._asked += 1
        asked, practices = self._asked, self._practices
        if practices is None or len(text.strip()) < SHORTEST:
            self._show(())
            return

        def ask() -> tuple[tuple[ListedPractice, ...], ListInForce | None]:
            return practices.find(text), practices.in_force()

        def found(answer: tuple[tuple[ListedPractice, ...], ListInForce | None]) -> None:
            if asked == self._asked:
                rows, in_force = answer
                self._show(rows)
                if not rows and in_force is not None:
                    self._view.show_answer(NAME, Answer(text=text, note=_nothing_found(in_force)))

        self._tasks.run(ask, found, self._refused)

    def said(self, answer: Answer) -> Answer:
        """What is said beside the name: without a list, who can load one, and what becomes of what is typed."""
        if answer.problem or not self._no_list:
            return answer
        if _LIKE_A_CODE.fullmatch(answer.text.strip()):
            words = tr(
                "This looks like a code, and no list of practices is loaded that could name it. Type the name here and"
                " the code below."
            )
            return replace(answer, note=words, doubt=True)
        words = tr("No list of practices is loaded: name, address and postcode are kept as you type them.")
        return replace(answer, note=f"{words} {self._who_loads()}")

    def said_of_code(self, answer: Answer) -> Answer:
        """What is said beside the code when nothing can check it."""
        if answer.problem or not self._no_list:
            return answer
        return replace(answer, note=tr("ODS code, if you know it: kept as typed, nothing here can check it."))

    def look(self) -> None:
        """Whether the clinic has a list at all: said before anything is typed."""
        practices = self._practices
        if practices is not None and self._may_change():
            self._tasks.run(practices.in_force, self._has_list, self._refused)

    def picked(self, code: str) -> None:
        """One of the list: its name, address, postcode and code."""
        practice = self._found.get(code)
        if practice is None:
            return
        self._asked += 1
        self._form.write(
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
                self._view.show_answer(CODE, _told(practice, name))
            elif in_force is not None and code.strip():
                note = tr(
                    "This code is not in the list of practices of {day}. Check it; it is kept as typed.",
                    day=_day(in_force),
                )
                self._view.show_answer(CODE, Answer(text=code, note=note, doubt=True))
            elif in_force is not None:
                words = tr("Not in the list of practices of {day}: typed by hand.", day=_day(in_force))
                self._view.show_answer(CODE, Answer(text=code, note=words))

        self._tasks.run(ask, found, self._refused)

    def _has_list(self, in_force: ListInForce | None) -> None:
        self._no_list = in_force is None
        if self._no_list:
            for code in (NAME, CODE):
                self._form.tell(code)

    def _may_change(self) -> bool:
        return self._me.may(Permission.EDIT_DEMOGRAPHICS) and not self._me.read_only

    def _who_loads(self) -> str:
        if self._me.may(Permission.MANAGE) and self._me.may(Permission.IMPORT):
            return tr("You can load one under Admin, GP practices.")
        return tr("Whoever manages this registry can load one under Admin, GP practices.")

    def _show(self, rows: tuple[ListedPractice, ...]) -> None:
        self._found = {row.code: row for row in rows}
        self._view.show_practices([_row(row) for row in rows])

    def _refused(self, error: RegistryError) -> None:
        self._view.say(message_for(error))


def _nothing_found(in_force: ListInForce) -> str:
    return tr("Nothing like it in the list of practices of {day}: it is kept as typed.", day=_day(in_force))


def _row(practice: ListedPractice) -> PracticeRow:
    return PracticeRow(practice.code, practice.name, one_line(practice.address, practice.postcode), _state(practice))


def _state(practice: ListedPractice) -> str:
    if practice.closed_on is not None:
        return tr("Closed {day}", day=show_date(practice.closed_on))
    return {"open": "", "closed": tr("Closed"), "gone": tr("Not in the newest list")}.get(practice.status, "")


def _told(practice: ListedPractice, name: str = "") -> Answer:
    """The code as it is, and a doubt where the practice is not open any more or the code is of another one."""
    state = _state(practice)
    if name.strip() and name.strip().casefold() != practice.name.casefold():
        words = tr(
            "In the list this code is {name}.", name=", ".join((practice.name, state) if state else (practice.name,))
        )
        return Answer(practice.code, practice.code, note=words, doubt=True)
    if not state:
        return Answer(practice.code, practice.code, note=tr("In the list of practices."))
    return Answer(practice.code, practice.code, note=tr("{state}. Ask the person.", state=state), doubt=True)


def _day(in_force: ListInForce) -> str:
    return show_date(in_force.listed_on or in_force.loaded_at.astimezone().date())
