"""What waits to leave: taken back when a letter is replaced, its visit was an error, or somebody has died."""

from collections.abc import Iterable
from dataclasses import replace

from poems_registry.domain.access import Permission
from poems_registry.domain.correspondence import QUEUED, Addressee, Delivery, Recipient
from poems_registry.domain.dates import show_date
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.letter_steps import STANDING, outlived
from poems_registry.domain.records import Encounter, LetterRecord, LetterState
from poems_registry.services.access import SignedIn
from poems_registry.storage import encounters, letter_copies, patients, print_batches
from poems_registry.storage import letters as stored
from poems_registry.storage.unit_of_work import Session

HAS_DIED = "The patient has died"
IN_ERROR = "The visit was entered in error: "
REPLACED = "Replaced by version "
AMENDED = "Its visit was amended after it was signed"
NOT_TOLD = "the reason is with the clinical team"


def withdraw_copies(session: Session, me: SignedIn, copies: Iterable[Recipient], because: str) -> None:
    """Nobody gets these any more; what has gone already stays noted as gone."""
    for copy in copies:
        if copy.delivery in QUEUED:
            done = replace(copy, delivery=Delivery.WITHDRAWN, at=me.clock.now(), by=me.person.name, note=because)
            letter_copies.save(session, done)


def told_to_all(me: SignedIn, because: str) -> str:
    """Why a copy was taken back, as this person may read it: another's own words may say something clinical."""
    if not because or me.may(Permission.VIEW_CLINICAL):
        return because
    if because == HAS_DIED or because.startswith(REPLACED):
        return because
    return IN_ERROR.removesuffix(": ") if because.startswith(IN_ERROR) else "Withdrawn"


def told_copy(me: SignedIn, copy: Recipient) -> Recipient:
    """A copy as this person may read it: that it is held, by whom and until when; not why, if that may be clinical."""
    if me.may(Permission.VIEW_CLINICAL):
        return copy
    own = copy.held_by == me.person.name or copy.held_because in ("", AMENDED)
    held = copy.held_because if own else NOT_TOLD
    return replace(copy, note=told_to_all(me, copy.note), held_because=held)


def withdraw_for_the_dead(session: Session, me: SignedIn, patient_id: int) -> None:
    """Give up open letters to someone who has died, and take back what waits to be sent to them (hazard H10)."""
    if patients.load(session, patient_id).died is None:
        return
    for letter in stored.of_patients(session, [patient_id]).get(patient_id, ()):
        if letter.kind.to_patient and letter.state in stored.UNSIGNED:
            stored.save(session, replace(letter, state=LetterState.WITHDRAWN, withdrawn_because=HAS_DIED))
    withdraw_copies(session, me, letter_copies.queued(session, patient_id, Addressee.PATIENT), HAS_DIED)


def withdraw_of_visit(session: Session, me: SignedIn, encounter_id: int, because: str) -> frozenset[int]:
    """Take back every letter of a visit that was entered in error, and what waits of it; the letters' ids."""
    taken = []
    for letter in stored.of_encounter(session, encounter_id):
        if letter.state in stored.UNSIGNED or letter.state in STANDING:
            withdraw_copies(session, me, letter_copies.of_letter(session, letter.id), IN_ERROR + because)
            gone = replace(letter, state=LetterState.WITHDRAWN, withdrawn_because=IN_ERROR + because)
            taken.append(stored.save(session, gone).id)
    return frozenset(taken)


def hold_outlived(session: Session, me: SignedIn, amended: Encounter) -> frozenset[int]:
    """Keep back what waits of letters that tell a visit as it was before an amendment, until one is amended too or
    somebody releases it; their ids. Somebody's own hold without a day stands as it is.
    """
    letters = [each for each in stored.of_encounter(session, amended.id) if outlived(each, amended)]
    for copy in (copy for letter in letters for copy in letter_copies.of_letter(session, letter.id)):
        if copy.delivery in QUEUED and (copy.held_until is not None or not copy.held_because):
            held = replace(copy, held_because=AMENDED, held_until=None, held_at=me.clock.now(), held_by=me.person.name)
            letter_copies.keep_back(session, held)
    return frozenset(letter.id for letter in letters)


def refuse_fallen(session: Session, letter: LetterRecord) -> None:
    """NotAllowedNow unless a letter stands and so does its visit: of any other nothing leaves."""
    if letter.state not in STANDING:
        raise NotAllowedNow("No copy of this letter may leave: it was replaced or withdrawn. Nothing was made.")
    if not encounters.load(session, letter.encounter_id).may_have_letter:
        raise NotAllowedNow(
            "No copy of this letter may leave: its visit was marked as entered in error. Nothing was printed or sent."
        )


def refuse_at_a_printer(session: Session, *copy_ids: int) -> None:
    """NotAllowedNow for a copy in a batch that is still open: what became of its paper is said there first."""
    letter_copies.hold(session, copy_ids)
    if print_batches.in_open_batches(session).keys() & set(copy_ids):
        raise NotAllowedNow(
            "A copy of this letter is in a batch at the printer that is not confirmed yet. Confirm what came out of it"
            " first. Nothing was changed."
        )


def refuse_held(me: SignedIn, *copies: Recipient) -> None:
    """NotAllowedNow for a copy that somebody keeps back for now; why stands with the copy, not here."""
    held = next((copy for copy in copies if copy.is_held(me.today)), None)
    if held is not None:
        until = f" until {show_date(held.held_until)}" if held.held_until is not None else ""
        raise NotAllowedNow(
            f"A copy of this letter is held by {held.held_by}{until}: it is not printed, given or sent before it is"
            " released. Nothing was changed."
        )


def refuse_the_dead(session: Session, letter: LetterRecord, copy: Recipient | None = None) -> None:
    """NotAllowedNow for what is addressed to someone who has died: a letter to them, or their copy of any letter."""
    to_patient = letter.kind.to_patient if copy is None else copy.addressee is Addressee.PATIENT
    if to_patient and patients.load(session, letter.patient_id).died is not None:
        raise NotAllowedNow(
            "This person has died: nothing addressed to them leaves any more. Nothing was printed or sent."
            " The copies of others can be printed from the letter's list of copies."
        )
