"""Copies of letters that wait to leave: taken back when a letter is replaced or withdrawn, and when somebody dies."""

from collections.abc import Iterable
from dataclasses import replace

from poems_registry.domain.correspondence import QUEUED, Addressee, Delivery, Recipient
from poems_registry.domain.records import LetterState
from poems_registry.services.access import SignedIn
from poems_registry.storage import letter_copies, patients
from poems_registry.storage import letters as stored
from poems_registry.storage.unit_of_work import Session

HAS_DIED = "The patient has died"


def withdraw_copies(session: Session, me: SignedIn, copies: Iterable[Recipient], because: str) -> None:
    """Nobody gets these any more; what has gone already stays noted as gone."""
    for copy in copies:
        if copy.delivery in QUEUED:
            done = replace(copy, delivery=Delivery.WITHDRAWN, at=me.clock.now(), by=me.person.name, note=because)
            letter_copies.save(session, done)


def withdraw_for_the_dead(session: Session, me: SignedIn, patient_id: int) -> None:
    """Give up open letters to someone who has died, and take back what waits to be sent to them (hazard H10)."""
    if patients.load(session, patient_id).died is None:
        return
    for letter in stored.of_patients(session, [patient_id]).get(patient_id, ()):
        if letter.kind.to_patient and letter.state in stored.UNSIGNED:
            stored.save(session, replace(letter, state=LetterState.WITHDRAWN, withdrawn_because=HAS_DIED))
    withdraw_copies(session, me, letter_copies.queued(session, patient_id, Addressee.PATIENT), HAS_DIED)
