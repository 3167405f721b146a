"""Letters signed before the registry kept their copies one by one: their copies are made when first asked for."""

from dataclasses import replace

from poems_registry.domain.correspondence import Addressee, Delivery, Recipient
from poems_registry.domain.letter_steps import STANDING
from poems_registry.domain.records import LetterRecord, LetterState
from poems_registry.letters.addressees import copies_for
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_matter import matter_of
from poems_registry.services.queued_copies import HAS_DIED, withdraw_copies
from poems_registry.storage import letter_copies
from poems_registry.storage import letters as stored
from poems_registry.storage.unit_of_work import Session

AS_A_WHOLE = "The letter was noted as sent as a whole"


def copies_of(session: Session, me: SignedIn, letter: LetterRecord) -> tuple[Recipient, ...]:
    """The copies of a letter; made now for one that stands and has none yet.

    Only whom the signed pages name gets one: the record may name another practice since. Copies of a letter that was
    noted as sent are noted so too; nothing waits for somebody who has died.
    """
    found = letter_copies.of_letter(session, letter.id)
    if found or letter.state not in STANDING:
        return found
    matter = matter_of(session, letter)
    if not matter.encounter.may_have_letter:
        return ()
    said = stored.signed_pages(session, letter.id).plain
    named = [copy for copy in copies_for(letter, matter.file, matter.parts(letter)) if copy.name in said]
    made = letter_copies.add(session, named)
    if letter.state is LetterState.DISPATCHED:
        for copy in made:
            letter_copies.save(session, replace(copy, delivery=Delivery.SENT, note=AS_A_WHOLE))
    elif matter.file.patient.died is not None:
        withdraw_copies(session, me, [copy for copy in made if copy.addressee is Addressee.PATIENT], HAS_DIED)
    return letter_copies.of_letter(session, letter.id)
