"""Holding copies and releasing them: asks why and until when, and notes it for all of them or none."""

from collections.abc import Callable, Sequence

from poems_registry.domain.correspondence import Recipient
from poems_registry.domain.dates import BadDate, parse_date
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.identity import Identity
from poems_registry.ui.screens.letters.ports import Letters, View
from poems_registry.ui.screens.letters.shown import HoldAsked
from poems_registry.ui.tasks import Tasks


class HoldingPresenter:
    """Some copies at a time; `done` is called when the question was answered."""

    def __init__(self, view: View, letters: Letters, tasks: Tasks, feed: ChangeFeed) -> None:
        self._view, self._letters, self._tasks, self._feed = view, letters, tasks, feed
        self._copies: tuple[Recipient, ...] = ()
        self.done: Callable[[], None] = lambda: None

    def ask(self, copies: Sequence[Recipient], letters: int, who: Identity | None) -> None:
        """Why, and until when."""
        self._copies = tuple(copies)
        count = tr_count("{count} copy", "{count} copies", len(copies))
        title = tr("Hold {copies}", copies=count)
        if letters > 1:
            of = tr_count("{count} letter", "{count} letters", letters)
            title = tr("Hold {copies} of {letters}", copies=count, letters=of)
        words = tr(
            "What is held is left out of printing, and is neither given nor sent. The seven days run on. One press of"
            " Release lets it go on."
        )
        self._view.ask_hold(HoldAsked(title, words, who, tr("Hold {copies}", copies=count)))

    def given(self, reason: str, until: str) -> None:
        """The answer; the question stays where it cannot be taken."""
        day = None
        if until.strip():
            try:
                read = parse_date(until, self._letters.signed_in.today, future=True, past_century_guess=False)
            except BadDate as problem:
                self._view.refuse(str(problem))
                return
            if read.day is None:
                self._view.refuse(tr("Give the whole day, like 27-Nov-2026, or none."))
                return
            day = read.earliest()
        wanted = self._versions()

        def held(copies: tuple[Recipient, ...]) -> None:
            self._view.close_dialog()
            words = tr_count("{count} copy is held.", "{count} copies are held.", len(copies))
            self._noted(copies, words)

        self._tasks.run(lambda: self._letters.hold(wanted, reason, day), held, self._not_taken)

    def release(self, copies: Sequence[Recipient]) -> None:
        """Let them go on."""
        self._copies = tuple(copies)
        wanted = self._versions()

        def released(found: tuple[Recipient, ...]) -> None:
            words = tr_count("{count} copy goes on.", "{count} copies go on.", len(found))
            self._noted(found, words)

        self._tasks.run(
            lambda: self._letters.release(wanted), released, lambda error: self._view.say(message_for(error))
        )

    def _versions(self) -> dict[int, int]:
        return {copy.id: copy.row_version for copy in self._copies}

    def _noted(self, copies: Sequence[Recipient], words: str) -> None:
        self._view.say(Message(words, ""), "green")
        self.done()
        patients, letters = (frozenset(ids) for ids in zip(*((c.patient_id, c.letter_id) for c in copies), strict=True))
        self._feed.publish(Changed(patients=patients, letters=letters))

    def _not_taken(self, error: RegistryError) -> None:
        words = "; ".join(error.problems.values()) if isinstance(error, InvalidInput) else str(error)
        self._view.refuse(words)
