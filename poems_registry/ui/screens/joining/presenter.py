"""The decisions of proposing to join two records: who may be meant, which of both stays, and what will happen."""

from collections.abc import Sequence
from typing import Protocol

from poems_registry.domain.errors import InvalidInput, RegistryError, StaleRecord
from poems_registry.domain.records import Patient
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.joining import Pair
from poems_registry.services.patients import Found
from poems_registry.services.proposing import SecondPeople
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.joined_words import second_words, who
from poems_registry.ui.screens.joining.shown import CandidateRow, PairShown
from poems_registry.ui.screens.joining.telling import pair_shown, row_of, row_of_summary
from poems_registry.ui.tasks import Tasks

MOST_FOUND = 20


class Joinings(Protocol):
    """What is needed of `ProposalService`."""

    def alike(self, patient_id: int) -> tuple[Patient, ...]: ...
    def compare(self, staying_id: int, other_id: int) -> Pair: ...
    def propose(self, pair: Pair, reason: str) -> Changed: ...
    def second_people(self) -> SecondPeople: ...


class People(Protocol):
    """What is needed of `PatientService`."""

    def who(self, patient_id: int) -> Patient: ...
    def find(self, query: str = "", *, limit: int = MOST_FOUND, counted: bool = True) -> Found: ...


class Navigator(Protocol):
    """Where one can go from here."""

    def patient(self, patient_id: int) -> None: ...
    def say_saved(self, words: str) -> None: ...


class View(Protocol):
    """What can be shown; none of it decides."""

    def show_candidates(self, title: str, rows: Sequence[CandidateRow], words: str) -> None: ...
    def show_pair(self, pair: PairShown) -> None: ...
    def mark_reason(self, words: str) -> None: ...
    def busy(self, words: str) -> None: ...
    def say(self, message: Message | None) -> None: ...


class JoiningPresenter:
    """Begins at one record; the other is found, both are compared, and it is proposed. Somebody else decides."""

    def __init__(
        self,
        view: View,
        joinings: Joinings,
        people: People,
        tasks: Tasks,
        feed: ChangeFeed,
        navigator: Navigator,
    ) -> None:
        self._view, self._joinings, self._people = view, joinings, people
        self._tasks, self._feed, self._navigator = tasks, feed, navigator
        self._patient_id = 0
        self._title = ""
        self._alike: tuple[CandidateRow, ...] = ()
        self._pair: Pair | None = None
        self._asked = 0
        self._busy = False

    def open(self, patient_id: int, other_id: int = 0) -> None:
        """Who may be this person; with `other_id` both at once, side by side."""
        self._patient_id = patient_id
        self._asked += 1
        asked = self._asked

        def found(answer: tuple[Patient, tuple[Patient, ...]]) -> None:
            if asked != self._asked:
                return
            self._title = tr("The same person as {who}", who=who(answer[0]))
            self._alike = tuple(row_of(each) for each in answer[1])
            self._show_alike()
            if other_id:
                self.compare(other_id)

        work = self._people.who, self._joinings.alike
        self._tasks.run(lambda: (work[0](patient_id), work[1](patient_id)), found, self._refused)

    def shown(self) -> None:
        """As it was left."""

    def leave(self) -> None:
        """Late answers are not for this screen."""
        self._asked += 1

    def typed(self, query: str) -> None:
        """Look for the other record by any part of a name or number."""
        self._asked += 1
        asked = self._asked
        if not query.strip():
            self._show_alike()
            return

        def found(answer: Found) -> None:
            if asked == self._asked:
                rows = [row_of_summary(row) for row in answer.rows if row.id != self._patient_id]
                words = "" if rows else tr("Nobody else is called or numbered like this.")
                self._view.show_candidates(self._title, rows, words)

        self._tasks.run(lambda: self._people.find(query, limit=MOST_FOUND, counted=False), found, self._refused)

    def compare(self, other_id: int) -> None:
        """This record stays, unless a person says otherwise."""
        self._compare(self._patient_id, other_id)

    def swap(self) -> None:
        """The other one stays."""
        if self._pair is not None:
            self._compare(self._pair.other.id, self._pair.staying.id)

    def back(self) -> None:
        """Somebody else is meant; from the list, back to the record."""
        self._asked += 1
        if self._pair is None:
            self._navigator.patient(self._patient_id)
            return
        self._pair = None
        self._view.say(None)
        self._show_alike()

    def propose(self, reason: str) -> None:
        """Propose that they are one; what is wrong is said, and nothing is kept then."""
        pair = self._pair
        if pair is None or self._busy or pair.two_people:
            return
        if not reason.strip():
            self._view.mark_reason(tr("Say how you know that they are one person: it is kept with the act."))
            return
        self._view.mark_reason("")
        self._view.say(None)
        self._busy = True
        asked = self._asked
        self._view.busy(tr("Saving…"))

        def proposed(changed: Changed) -> None:
            self._idle()
            self._feed.publish(changed)
            self._navigator.say_saved(tr("Proposed: it waits for a second person"))
            if asked == self._asked:
                self._navigator.patient(pair.staying.id)

        self._tasks.run(lambda: self._joinings.propose(pair, reason.strip()), proposed, self._not_proposed)

    def _compare(self, staying_id: int, other_id: int) -> None:
        self._asked += 1
        asked = self._asked

        def found(answer: tuple[Pair, SecondPeople]) -> None:
            if asked == self._asked:
                self._pair = answer[0]
                self._view.show_pair(pair_shown(answer[0], second_words(answer[1])))

        work = self._joinings
        self._tasks.run(lambda: (work.compare(staying_id, other_id), work.second_people()), found, self._refused)

    def _show_alike(self) -> None:
        words = tr_count(
            "{count} record is like this one. Somebody else is found by typing a name or number.",
            "{count} records are like this one. Somebody else is found by typing a name or number.",
            len(self._alike),
        )
        if not self._alike:
            words = tr("No record looks like this one. Type a name or number to find the other.")
        self._view.show_candidates(self._title, self._alike, words)

    def _not_proposed(self, error: RegistryError) -> None:
        self._idle()
        if isinstance(error, InvalidInput) and "reason" in error.problems:
            self._view.mark_reason(error.problems["reason"])
            return
        if isinstance(error, InvalidInput):
            words = "; ".join(f"{field.replace('_', ' ')} {said}" for field, said in error.problems.items())
            self._view.say(Message(tr("Together the two records cannot be right, so nothing was changed."), words))
            return
        if isinstance(error, StaleRecord) and self._pair is not None:
            self._compare(self._pair.staying.id, self._pair.other.id)
            self._view.say(
                Message(
                    tr("Somebody changed one of the two records meanwhile."),
                    tr("Nothing was changed. Both are shown as they are now: look again, then propose it."),
                )
            )
            return
        self._view.say(message_for(error))

    def _refused(self, error: RegistryError) -> None:
        self._idle()
        self._view.say(message_for(error))

    def _idle(self) -> None:
        self._busy = False
        self._view.busy("")
