"""The letters of the made-up clinic: what a nurse and a doctor have left on the board at noon."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from poems_registry.domain.correspondence import Recipient
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.records import LetterRecord
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_printing import PrintService
from poems_registry.services.letters import LetterCard, LetterService
from poems_registry.services.standings import refresh
from poems_registry.services.training.looks import acting_at
from poems_registry.storage import letter_cards, people

NURSE = "okoro"
FRIDAY = 4
PRINTER = "Neuro Outpatients 2, room 4.11"
EARLIER, MOST_EARLIER = timedelta(days=75), 5
LATE = 4
"""Of every so many earlier letters one was sent late."""
WAY = (
    "held", "draft", "unwritten", "printed", "ready", "amended", "signed", "withdrawn", "unwritten", "half_sent",
    "signed",
)  # fmt: skip
"""What became of the letters of the last visits, the oldest first; then from the beginning again."""


def leave_letters(signed_in: SignedIn, password: str, waiting: Sequence[LetterCard]) -> None:
    """A small clinic: one letter in three signed, one begun, one still to write."""
    for place, card in enumerate(waiting):
        if place % 3 < 2:
            _begun(signed_in, password, card.encounter_id, sign=place % 3 == 0)


def leave_letters_on_their_way(signed_in: SignedIn, password: str, waiting: Sequence[LetterCard]) -> None:
    """A whole clinic: letters that were sent, and of the last visits one at each place of its way."""
    signed_in.confirm(password)
    doctor = replace(signed_in, confirm=_taken)  # once: each time takes as long as guessing a password is to take
    _send_earlier(doctor, password)
    for place, card in enumerate(waiting):
        _leave(doctor, password, card.encounter_id, WAY[place % len(WAY)])


def _taken(_password: str) -> None:
    """It was right a moment ago."""


def _leave(doctor: SignedIn, password: str, encounter_id: int, what: str) -> None:
    if what == "unwritten":
        return
    letters = LetterService(doctor)
    letter = _begun(doctor, password, encounter_id, sign=what not in ("draft", "ready"))
    if letter.signature is None:
        if what == "ready" and not letters.open(letter.id).blocks:
            letters.make_ready(letter.id, letter.row_version)
        return
    nurse = nurse_beside(doctor)
    if what == "held":
        copies = {copy.id: copy.row_version for copy in letters.copies(letter.id)}
        until = _weekday(doctor.today + timedelta(days=4))
        LetterService(nurse).hold(copies, "The patient has moved: the new address is being confirmed", until)
    elif what in ("printed", "half_sent", "amended", "withdrawn"):
        _print(nurse, letters.copies(letter.id))
    if what == "half_sent":
        first = letters.copies(letter.id)[0]
        LetterService(nurse).sent(first.id, first.row_version)
    elif what == "amended":
        again = letters.open(letters.amend(letter.id, "The date of the next visit was wrong")).letter
        letters.sign(again.id, again.row_version, password)
    elif what == "withdrawn":
        now = letters.open(letter.id).letter
        letters.withdraw(letter.id, now.row_version, "The results of another sample were told in it")


def _begun(doctor: SignedIn, password: str, encounter_id: int, *, sign: bool) -> LetterRecord:
    """The letter of a visit, signed if that is wanted and nothing blocks it."""
    letters = LetterService(doctor)
    opened = letters.open(letters.start(encounter_id))
    if not sign or opened.blocks:
        return opened.letter
    return letters.sign(opened.letter.id, opened.letter.row_version, password)[0]


def _send_earlier(doctor: SignedIn, password: str) -> None:
    """Letters of earlier visits, signed, printed and sent in the days after each; now and then one was late."""
    today = doctor.today
    with doctor.store.reading() as session:
        visits = letter_cards.told_visits(session, today - EARLIER, "training history")
    touched: set[int] = set()
    for place, visit in enumerate(visits[:MOST_EARLIER]):
        late = place % LATE == LATE - 1
        signed_on = _weekday(visit.on + timedelta(days=6 if late else 1 + place % 3))
        try:
            letter = _begun(_on(doctor, signed_on), password, visit.id, sign=True)
        except InvalidInput:
            continue
        touched.add(letter.patient_id)
        if letter.signature is None:
            LetterService(doctor).withdraw(letter.id, letter.row_version, "Not needed: told at the next visit")
            continue
        nurse = nurse_beside(_on(doctor, _weekday(signed_on + timedelta(days=3 if late else 1))))
        _print(nurse, LetterService(nurse).copies(letter.id))
        LetterService(nurse).dispatched(letter.id, letter.row_version)
    with doctor.store.writing(doctor.actor, "training registry made") as session:
        refresh(session, sorted(touched), today)


def _print(nurse: SignedIn, copies: Sequence[Recipient]) -> None:
    """As one batch at a printer, seen in the tray and confirmed."""
    printing = PrintService(nurse)
    batch = printing.begin([copy.id for copy in copies], PRINTER)
    while (job := printing.next(batch.id)) is not None:
        printing.gone(job.item.id, job.item.row_version)
    now = printing.look(batch.id)
    printing.confirm(batch.id, now.row_version, [item.id for item in now.items])


def nurse_beside(doctor: SignedIn) -> SignedIn:
    with doctor.store.reading() as session:
        nurse = people.find(session, NURSE)
    return replace(doctor, person=nurse) if nurse is not None else doctor


def _weekday(day: date) -> date:
    """This day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > FRIDAY else 0)


def _on(who: SignedIn, day: date) -> SignedIn:
    """The same person on an earlier day; the audit says so too."""
    return acting_at(who, datetime.combine(day, time(15, 40), UTC))
