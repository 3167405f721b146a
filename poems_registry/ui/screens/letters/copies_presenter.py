"""The copies of one letter for whoever posts them: printed, given, sent, without a word of the letter itself."""

from collections.abc import Callable
from datetime import date

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import DELIVERED, QUEUED, Delivery, Recipient
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.letter_steps import COPY, STANDING
from poems_registry.domain.records import LetterState
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.letters import LetterCard
from poems_registry.ui.errors import message_for
from poems_registry.ui.i18n import tr
from poems_registry.ui.identity import identity_of
from poems_registry.ui.screens.letters.batch_presenter import BatchPresenter
from poems_registry.ui.screens.letters.cards import held_words
from poems_registry.ui.screens.letters.holding_presenter import HoldingPresenter
from poems_registry.ui.screens.letters.ports import Letters, View
from poems_registry.ui.screens.letters.shown import CopiesShown, CopyShown
from poems_registry.ui.tasks import Tasks

DELIVERY = {
    Delivery.WAITING: "Waits to be printed",
    Delivery.PRINTED: "Printed",
    Delivery.GIVEN: "Given",
    Delivery.SENT: "Sent",
    Delivery.WITHDRAWN: "Withdrawn",
}
STEPS = {Delivery.PRINTED: "Print…", Delivery.GIVEN: "Given", Delivery.SENT: "Sent"}
HOLD, RELEASE = "hold", "release"


class CopiesPresenter:
    """One letter's copies in a dialog."""

    def __init__(
        self,
        view: View,
        letters: Letters,
        batch: BatchPresenter,
        holding: HoldingPresenter,
        tasks: Tasks,
        feed: ChangeFeed,
    ) -> None:
        self._view, self._letters, self._batch, self._holding = view, letters, batch, holding
        self._tasks, self._feed = tasks, feed
        self._card: LetterCard | None = None
        self._copies: tuple[Recipient, ...] = ()

    def open(self, card: LetterCard) -> None:
        """Show them; nothing for a visit without a letter."""
        if card.letter is None:
            return
        self._card = card
        letter_id = card.letter.id
        self._tasks.run(lambda: self._letters.copies(letter_id), self._show, self._refused)

    def act(self, copy_id: int, act: str) -> None:
        """The next step of one copy."""
        card = self._card
        copy = next((each for each in self._copies if each.id == copy_id), None)
        if card is None or card.letter is None or copy is None:
            return
        if act == Delivery.PRINTED:
            self._view.close_dialog()
            self._batch.ask_copies([copy.id])
            return
        if act in (HOLD, RELEASE):
            self._view.close_dialog()
            self._hold_or_release(card, copy, act)
            return
        steps: dict[str, Callable[[int, int], Recipient]] = {"given": self._letters.given, "sent": self._letters.sent}
        step, version = steps[act], copy.row_version
        self._tasks.run(lambda: step(copy_id, version), lambda _: self._again(), self._not_taken)

    def _hold_or_release(self, card: LetterCard, copy: Recipient, act: str) -> None:
        if act == RELEASE:
            self._holding.release([copy])
        else:
            who = identity_of(card.patient, self._letters.signed_in.today, clinical=False)
            self._holding.ask([copy], 1, who)

    def all_sent(self) -> None:
        """Note that every copy that still waited has gone."""
        card = self._card
        if card is None or card.letter is None:
            return
        letter_id, version = card.letter.id, card.letter.row_version

        def gone(_: object) -> None:
            self._view.close_dialog()
            self._tell()

        self._tasks.run(lambda: self._letters.dispatched(letter_id, version), gone, self._not_taken)

    def _again(self) -> None:
        self._tell()
        if self._card is not None:
            self.open(self._card)

    def _tell(self) -> None:
        if self._card is not None and self._card.letter is not None:
            changed = Changed(patients=frozenset({self._card.patient.id}), letters=frozenset({self._card.letter.id}))
            self._feed.publish(changed)

    def _show(self, copies: tuple[Recipient, ...]) -> None:
        card, me = self._card, self._letters.signed_in
        if card is None or card.letter is None:
            return
        self._copies = copies
        letter = card.letter
        may = letter.state in STANDING and me.may(Permission.PRINT_LETTERS)
        waits = any(copy.delivery in QUEUED for copy in copies) and not any(copy.is_held(me.today) for copy in copies)
        number = tr("{number}, version {n}", number=letter.number, n=letter.version)
        shown = CopiesShown(
            title=tr("Copies of letter {number}", number=number),
            who=identity_of(card.patient, me.today, clinical=False),
            words=tr("A second print is the same, byte for byte, and is noted as one."),
            copies=tuple(_copy(copy, me.today, may=may) for copy in copies),
            may_send_all=may and waits and letter.state is LetterState.SIGNED,
        )
        self._view.ask_copies(shown)

    def _not_taken(self, error: RegistryError) -> None:
        words = "; ".join(error.problems.values()) if isinstance(error, InvalidInput) else str(error)
        self._view.refuse(words)

    def _refused(self, error: RegistryError) -> None:
        self._view.say(message_for(error))


def _copy(copy: Recipient, today: date, *, may: bool) -> CopyShown:
    words = tr(DELIVERY[copy.delivery])
    if copy.at is not None:
        day = show_date(copy.at.astimezone().date())
        words = tr("{what} {day} by {name}", what=words, day=day, name=copy.by)
    if copy.note:
        words = f"{words}: {copy.note}"
    held = copy.is_held(today)
    if held:
        words = f"{words}. {held_words(copy)}"
    steps = [step for step in STEPS if step in COPY[copy.delivery]] if may and not held else []
    acts = [(step.value, tr(STEPS[step])) for step in steps]
    if may and copy.delivery in QUEUED:
        acts.append((RELEASE, tr("Release")) if held else (HOLD, tr("Hold…")))
    return CopyShown(copy.id, copy.name, words, copy.delivery in DELIVERED, tuple(acts))
