"""Copies kept back for now: left out of batches, neither given nor sent, until a day or until they are released."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import Recipient
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, StaleRecord
from poems_registry.services.access import Service, needs
from poems_registry.services.queued_copies import refuse_at_a_printer, refuse_fallen
from poems_registry.storage import letter_copies
from poems_registry.storage import letters as stored
from poems_registry.storage.unit_of_work import Session

MOST_WORDS = 500
"""Characters of a reason: what can be read on a card."""


class LetterHolding(Service):
    """Holding copies and releasing them; the clock of seven days runs on meanwhile."""

    @needs(Permission.PRINT_LETTERS)
    def hold(self, copies: Mapping[int, int], because: str, until: date | None = None) -> tuple[Recipient, ...]:
        """Keep copies (row version by id) back, all of them or none, with a reason and the day on which they go on.

        InvalidInput without a reason or for a day that is not ahead; NotAllowedNow for a copy that has left or is in a
        batch that nobody has confirmed yet.
        """
        me, why = self.signed_in, " ".join(because.split())
        if not why:
            raise InvalidInput({"reason": "say why it is held"})
        if len(why) > MOST_WORDS:
            raise InvalidInput({"reason": f"say it in at most {MOST_WORDS} characters"})
        if until is not None and until <= me.today:
            raise InvalidInput({"until": "give a day ahead, or none: then it is held until somebody releases it"})
        with me.store.writing(me.actor, why) as session:
            found = self._found(session, copies)
            refuse_at_a_printer(session, *copies)
            for copy in found:
                refuse_fallen(session, stored.load(session, copy.letter_id))
            return tuple(
                letter_copies.keep_back(
                    session,
                    replace(copy, held_because=why, held_until=until, held_at=me.clock.now(), held_by=me.person.name),
                )
                for copy in found
            )

    @needs(Permission.PRINT_LETTERS)
    def release(self, copies: Mapping[int, int]) -> tuple[Recipient, ...]:
        """Let copies (row version by id) go on that were held, all of them or none; NotAllowedNow if one was not."""
        me = self.signed_in
        with me.store.writing(me.actor) as session:
            found = self._found(session, copies)
            if not all(copy.held_because for copy in found):
                raise NotAllowedNow("This copy is not held any more. Nothing was changed.")
            return tuple(
                letter_copies.keep_back(
                    session, replace(copy, held_because="", held_until=None, held_at=None, held_by="")
                )
                for copy in found
            )

    def _found(self, session: Session, copies: Mapping[int, int]) -> tuple[Recipient, ...]:
        if not copies:
            raise InvalidInput({"copies": "choose at least one copy"})
        found = letter_copies.hold(session, sorted(copies))
        if any(copy.row_version != copies[copy.id] for copy in found):
            raise StaleRecord
        return found
