"""The decisions of whoever looks at a proposal to join two records: confirm, decline, or take one's own back."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from poems_registry.domain.errors import RegistryError, StaleRecord, WrongPassword
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.joining import Pair
from poems_registry.services.proposing import Proposed, SecondPeople
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.joined_words import asked_to_decline, second_words, who
from poems_registry.ui.reasons import ReasonShown
from poems_registry.ui.screens.joining.shown import ConfirmShown, PairShown
from poems_registry.ui.screens.joining.telling import asked_to_confirm, pair_shown, proposed_shown
from poems_registry.ui.tasks import Tasks


class Desk(Protocol):
    """What day it is."""

    @property
    def today(self) -> date: ...


class Proposals(Protocol):
    """What is needed of `ProposalService`."""

    @property
    def signed_in(self) -> Desk: ...
    def proposal(self, proposal_id: int) -> Proposed: ...
    def compare(self, staying_id: int, other_id: int) -> Pair: ...
    def second_people(self) -> SecondPeople: ...
    def confirm(self, proposal_id: int, pair: Pair, password: str) -> Changed: ...
    def decline(self, proposal_id: int, because: str) -> Changed: ...
    def take_back(self, proposal_id: int) -> Changed: ...


class Navigator(Protocol):
    """Where one can go from here."""

    def patient(self, patient_id: int) -> None: ...
    def say_saved(self, words: str) -> None: ...


class View(Protocol):
    """What can be shown; none of it decides."""

    def show_proposal(self, pair: PairShown) -> None: ...
    def ask_password(self, asked: ConfirmShown, given: Callable[[str], None]) -> None: ...
    def ask_reason(self, asked: ReasonShown, given: Callable[[str], None]) -> None: ...
    def refuse_answer(self, words: str) -> None: ...
    def close_question(self) -> None: ...
    def busy(self, words: str) -> None: ...
    def say(self, message: Message | None) -> None: ...


class DecidingPresenter:
    """One proposal with both records side by side, read anew whenever something about them changed."""

    def __init__(self, view: View, proposals: Proposals, tasks: Tasks, feed: ChangeFeed, navigator: Navigator) -> None:
        self._view, self._proposals, self._tasks = view, proposals, tasks
        self._feed, self._navigator = feed, navigator
        self._proposal_id = 0
        self._found: tuple[Proposed, Pair] | None = None
        self._asked = 0
        self._busy = False

    def open(self, proposal_id: int) -> None:
        """What was proposed, and both records as they are now."""
        self._proposal_id = proposal_id
        self._load()

    def shown(self) -> None:
        """Back on the screen: somebody else may have decided meanwhile."""
        self._load()

    def leave(self) -> None:
        """Late answers are not for this screen."""
        self._asked += 1

    def back(self) -> None:
        """To the record that is to stay."""
        if self._found is not None:
            self._navigator.patient(self._found[0].staying.id)

    def confirm(self) -> None:
        """Ask for the password of the second person."""
        if self._found is None or self._busy or not self._found[0].may_decide or self._found[1].two_people:
            return
        proposed, pair = self._found
        self._view.ask_password(asked_to_confirm(proposed, pair, self._proposals.signed_in.today), self._confirm)

    def decline(self) -> None:
        """Ask why not."""
        if self._found is not None and not self._busy and self._found[0].may_decide:
            asked = asked_to_decline(self._found[0], self._proposals.signed_in.today)
            self._view.ask_reason(asked, self._decline)

    def take_back(self) -> None:
        """One thought again; it needs no reason."""
        if self._found is not None and not self._busy and self._found[0].mine:
            proposal_id = self._found[0].proposal.id
            self._do(lambda: self._proposals.take_back(proposal_id), tr("Taken back: two records as before"))

    def _confirm(self, password: str) -> None:
        if self._found is None or self._busy:
            return
        proposed, pair = self._found
        said = tr("Joined: one record of {who}", who=who(pair.staying))
        self._do(lambda: self._proposals.confirm(proposed.proposal.id, pair, password), said)

    def _decline(self, because: str) -> None:
        if self._found is None or self._busy:
            return
        if not because.strip():
            self._view.refuse_answer(tr("Say why: whoever proposed it reads your reason."))
            return
        proposal_id = self._found[0].proposal.id
        self._do(lambda: self._proposals.decline(proposal_id, because.strip()), tr("Declined: two records as before"))

    def _do(self, act: Callable[[], Changed], said: str) -> None:
        assert self._found is not None
        staying_id = self._found[0].staying.id
        self._busy = True
        self._view.say(None)
        self._view.busy(tr("Saving…"))
        asked = self._asked

        def done(changed: Changed) -> None:
            self._idle()
            self._view.close_question()
            self._feed.publish(changed)
            self._navigator.say_saved(". ".join((said, *changed.told)))
            if asked == self._asked:
                self._navigator.patient(staying_id)

        self._tasks.run(act, done, self._not_done)

    def _not_done(self, error: RegistryError) -> None:
        self._idle()
        if isinstance(error, WrongPassword):
            self._view.refuse_answer(str(error))
            return
        self._view.close_question()
        self._load()  # whatever it was, both are shown as they are now
        if isinstance(error, StaleRecord):
            self._view.say(
                Message(
                    tr("Something changed in one of the two records while you compared them."),
                    tr("Nothing was joined. Both are shown as they are now: look again, then decide."),
                )
            )
            return
        self._view.say(message_for(error))

    def _load(self) -> None:
        self._asked += 1
        asked, proposal_id, work = self._asked, self._proposal_id, self._proposals

        def read() -> tuple[Proposed, Pair, SecondPeople]:
            proposed = work.proposal(proposal_id)
            return proposed, work.compare(*proposed.proposal.both), work.second_people()

        def found(answer: tuple[Proposed, Pair, SecondPeople]) -> None:
            if asked == self._asked:
                proposed, pair, second = answer
                self._found = proposed, pair
                shown = proposed_shown(proposed, second_words(second))
                self._view.show_proposal(pair_shown(pair, proposed=shown))

        self._tasks.run(read, found, lambda error: self._view.say(message_for(error)))

    def _idle(self) -> None:
        self._busy = False
        self._view.busy("")
