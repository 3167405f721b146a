"""The nurse's list of letters: visits that need one, letters on their way, and the days each may take (nhs.md 3.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import DELIVERED, Recipient
from poems_registry.domain.records import LetterRecord, LetterState, Patient
from poems_registry.services.access import Service, SignedIn, needs
from poems_registry.services.patients import with_clinical_part_of
from poems_registry.services.queued_copies import told_copy
from poems_registry.storage import letter_cards, letter_copies
from poems_registry.storage import letters as stored
from poems_registry.storage.letter_cards import VisitOfLetter
from poems_registry.storage.unit_of_work import Session

CLOCK_DAYS = 7
FALLEN = (LetterState.SUPERSEDED, LetterState.WITHDRAWN)
_SHOWN = (LetterState.DRAFT, LetterState.READY, LetterState.SIGNED, LetterState.DISPATCHED)


@dataclass(frozen=True, slots=True)
class LetterCard:
    """One letter, or one visit that still needs one, on the nurse's list. `letter` is None for the latter.

    `sent_day` is the day of the clock on which the last copy went; None as long as one has not.
    """

    letter: LetterRecord | None
    patient: Patient
    encounter_id: int
    visit_on: date
    day: int
    """Day n of 7 since the visit, or since the day that the letter is about."""
    copies: tuple[Recipient, ...] = ()
    sent_day: int | None = None
    doctor: str = ""
    """Who signed the letter; before that, who signed the visit it is made from."""


class LetterBoard(Service):
    """What waits to be written, signed, printed, sent."""

    @needs(Permission.FIND_PATIENTS)
    def board(self) -> tuple[LetterCard, ...]:
        """Visits that need a letter, and letters not yet sent, oldest visit first.

        Who may not view clinical findings gets no words of a letter and nobody's clinical part (decision 19).
        """
        with self.signed_in.store.reading() as session:
            letters = stored.in_states(session, *_SHOWN)
            return self._cards(session, letters, stored.visits_without_letter(session))

    @needs(Permission.FIND_PATIENTS)
    def taken_back(self) -> tuple[LetterCard, ...]:
        """Letters that fell within the last days while a copy waited to leave: its paper may lie ready for the post.

        The reason stands with the copies, for who may not view clinical findings without anybody's own words.
        """
        since = datetime.combine(self.signed_in.today - timedelta(days=CLOCK_DAYS), time(), UTC)
        with self.signed_in.store.reading() as session:
            ids = letter_copies.withdrawn_since(session, since)
            found = [stored.load(session, letter_id) for letter_id in sorted(ids)]
            return self._cards(session, [letter for letter in found if letter.state in FALLEN], ())

    def _cards(
        self, session: Session, letters: Sequence[LetterRecord], visits: Sequence[tuple[int, int]]
    ) -> tuple[LetterCard, ...]:
        """One card a letter, and one a visit (patient id, encounter id) without one."""
        wanted: list[tuple[LetterRecord | None, int, int]] = [
            *((None, *visit) for visit in visits),
            *((letter, letter.patient_id, letter.encounter_id) for letter in letters),
        ]
        copies = letter_copies.of_letters(session, [letter.id for letter in letters])
        people = letter_cards.people(session, [patient_id for _, patient_id, _ in wanted])
        seen = letter_cards.visits(session, [encounter_id for _, _, encounter_id in wanted])
        cards = [
            self._card(letter, people[patient_id], seen[encounter_id], copies)
            for letter, patient_id, encounter_id in wanted
        ]
        return tuple(sorted(cards, key=lambda card: (card.visit_on, card.encounter_id)))

    def _card(
        self,
        letter: LetterRecord | None,
        patient: Patient,
        visit: VisitOfLetter,
        all_copies: dict[int, tuple[Recipient, ...]],
    ) -> LetterCard:
        copies = all_copies.get(letter.id, ()) if letter is not None else ()
        since = letter.about_on if letter is not None and letter.about_on is not None else visit.on
        if not self.signed_in.may(Permission.VIEW_CLINICAL):
            patient = with_clinical_part_of(patient, Patient())
            copies = tuple(told_copy(self.signed_in, copy) for copy in copies)
        return LetterCard(
            without_words(self.signed_in, letter) if letter is not None else None,
            patient,
            visit.id,
            visit.on,
            (self.signed_in.today - since) // timedelta(days=1),
            copies,
            _sent_day(letter, copies, since),
            letter.signature.name if letter is not None and letter.signature is not None else visit.signed_by,
        )


def _sent_day(letter: LetterRecord | None, copies: tuple[Recipient, ...], since: date) -> int | None:
    if letter is None or letter.state is not LetterState.DISPATCHED:
        return None
    days = [copy.at.astimezone().date() for copy in copies if copy.at is not None and copy.delivery in DELIVERED]
    return (max(days) - since) // timedelta(days=1) if days else None


def without_words(me: SignedIn, letter: LetterRecord) -> LetterRecord:
    """A letter's card; without what its author wrote for who may print it but not view findings (decision 19)."""
    if me.may(Permission.VIEW_CLINICAL):
        return letter
    return replace(letter, edits=(), reason="", not_for_patient="", withdrawn_because="")
