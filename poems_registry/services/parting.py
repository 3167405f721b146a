"""What a merge took back, noted with it; and given back when the merge is undone, or left with the reason in words.

A merge with a record that tells of a death withdraws open letters to the person and copies that wait for them; a
consent taken back in one record ends the part in a study that the other told of. For two people neither was right.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from poems_registry.domain.correspondence import QUEUED, Addressee, Delivery, Recipient
from poems_registry.domain.dates import PartialDate
from poems_registry.domain.letter_steps import STANDING
from poems_registry.domain.records import LetterRecord, LetterState
from poems_registry.domain.studies import BY_CONSENT, Enrolment, TakingPart, enrolment_problems
from poems_registry.services.access import SignedIn
from poems_registry.services.queued_copies import HAS_DIED
from poems_registry.services.research_consent import around
from poems_registry.storage import encounters, given_back, letter_copies, patients, research
from poems_registry.storage import letters as stored
from poems_registry.storage.unit_of_work import Session

LETTER = ("letter", "letters")
COPY = ("copy of a letter", "copies of letters")
PART = ("part in a study", "parts in studies")
_DEAD = "the person has died"
_VISIT = "the visit was marked as entered in error"
_FALLEN = "the letter was replaced or withdrawn meanwhile"
_OTHER_OPEN = "another letter of the same visit was begun meanwhile"
_NO_CONSENT = "no consent for the study stands behind it, or the person takes part in it again"


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a record a withdrawal could reach: open letters, copies that have not left, parts that go on."""

    letters: tuple[LetterRecord, ...]
    copies: tuple[Recipient, ...]
    parts: tuple[Enrolment, ...]


def standing(session: Session, patient_id: int) -> Standing:
    """As it is in this transaction."""
    letters = stored.of_patients(session, [patient_id]).get(patient_id, ())
    return Standing(
        tuple(each for each in letters if each.state in stored.UNSIGNED),
        letter_copies.queued(session, patient_id),
        tuple(each for each in research.enrolments_of(session, patient_id) if each.goes_on),
    )


def taken_back(before: Standing, after: Standing) -> dict[str, Any]:
    """What no longer stands, as it was, in plain JSON by id; nothing where all of it stands."""
    letters, copies, parts = (
        {each.id for each in getattr(after, name)} for name in ("letters", "copies", "parts")
    )  # fmt: skip
    gone: dict[str, Any] = {
        "letters": {str(each.id): each.state.value for each in before.letters if each.id not in letters},
        "copies": {str(each.id): _plain_copy(each) for each in before.copies if each.id not in copies},
        "parts": {str(each.id): _plain_part(each) for each in before.parts if each.id not in parts},
    }
    return {name: what for name, what in gone.items() if what}


def give_back(session: Session, me: SignedIn, joining_id: int, both: Sequence[int]) -> tuple[str, ...]:
    """Put back what the merge took back, of two records that are two again; the sentences say what was and what not."""
    taken = given_back.noted(session, joining_id)
    again: Counter[tuple[str, str]] = Counter()
    left: Counter[tuple[tuple[str, str], str]] = Counter()
    paper = 0
    for letter_id, state in dict(taken.get("letters", {})).items():
        why = _letter(session, int(letter_id), LetterState(state))
        again[LETTER] += not why
        left[LETTER, why] += bool(why)
    for copy_id, was in dict(taken.get("copies", {})).items():
        why = _copy(session, int(copy_id), was)
        again[COPY] += not why
        paper += not why and was["delivery"] == Delivery.PRINTED.value
        left[COPY, why] += bool(why)
    parts = {part.id: part for each in both for part in research.enrolments_of(session, each)}
    for part_id, was in dict(taken.get("parts", {})).items():
        why = _part(session, me, parts.get(int(part_id)), was)
        again[PART] += not why
        left[PART, why] += bool(why)
    return (*_told(again, left, paper), *_since(session, taken, both))


def _letter(session: Session, letter_id: int, state: LetterState) -> str:
    """Why an open letter stays withdrawn, '' once it is open again."""
    now = stored.load(session, letter_id)
    if now.state is not LetterState.WITHDRAWN or now.withdrawn_because != HAS_DIED:
        return _FALLEN
    if patients.load(session, now.patient_id).died is not None:
        return _DEAD
    if not encounters.load(session, now.encounter_id).may_have_letter:
        return _VISIT
    others = [each for each in stored.of_encounter(session, now.encounter_id) if each.id != now.id]
    if any(each.kind is now.kind and each.state in stored.UNSIGNED for each in others):
        return _OTHER_OPEN
    if now.number and any(each.number == now.number and each.version > now.version for each in others):
        return _FALLEN
    given_back.letter(session, letter_id, state)
    return ""


def _copy(session: Session, copy_id: int, was: Mapping[str, Any]) -> str:
    """Why a copy stays withdrawn, '' once it waits again."""
    (now,) = letter_copies.hold(session, [copy_id])
    letter = stored.load(session, now.letter_id)
    if now.delivery is not Delivery.WITHDRAWN or now.note != HAS_DIED or letter.state not in STANDING:
        return _FALLEN
    if now.addressee is Addressee.PATIENT and patients.load(session, now.patient_id).died is not None:
        return _DEAD
    if not encounters.load(session, letter.encounter_id).may_have_letter:
        return _VISIT
    at = datetime.fromisoformat(was["at"]) if was["at"] else None
    given_back.copy(session, replace(now, delivery=Delivery(was["delivery"]), at=at, by=was["by"], note=was["note"]))
    return ""


def _part(session: Session, me: SignedIn, now: Enrolment | None, was: Mapping[str, Any]) -> str:
    """Why a part stays ended, '' once it goes on again."""
    if now is None or now.state is not TakingPart.WITHDRAWN or now.reason != BY_CONSENT:
        return _NO_CONSENT
    ended = PartialDate.from_iso(was["ended"]) if was["ended"] else None
    again = replace(now, state=TakingPart.TAKING_PART, ended=ended, ended_by=was["ended_by"], reason=was["reason"])
    if enrolment_problems(again, around(session, me, patients.load(session, now.patient_id))):
        return _NO_CONSENT
    research.save(session, again)
    return ""


def _told(again: Counter[tuple[str, str]], left: Counter[tuple[tuple[str, str], str]], paper: int) -> list[str]:
    said = []
    things = [_count(words, number) for words, number in again.items() if number]
    if things:
        said.append(f"As before the merge again: {', '.join(things)}.")
    if paper:
        said.append(f"{_count(COPY, paper)} had been printed: print it again if the paper was destroyed.")
    said += [
        f"Not put back: {_count(words, number)}, because {why}." for (words, why), number in left.items() if number
    ]
    return said


def _since(session: Session, taken: Mapping[str, Any], both: Sequence[int]) -> list[str]:
    """What stays withdrawn of somebody who lives: a death was told after the merge, or before merges kept note."""
    known = {name: {int(each) for each in taken.get(name, {})} for name in ("letters", "copies")}
    letters = copies = 0
    for patient_id in both:
        if patients.load(session, patient_id).died is not None:
            continue
        own = stored.of_patients(session, [patient_id]).get(patient_id, ())
        letters += sum(each.withdrawn_because == HAS_DIED and each.id not in known["letters"] for each in own)
        found = letter_copies.of_letters(session, [each.id for each in own])
        copies += sum(
            each.delivery is Delivery.WITHDRAWN and each.note == HAS_DIED and each.id not in known["copies"]
            for some in found.values()
            for each in some
        )
    things = [_count(words, number) for words, number in ((LETTER, letters), (COPY, copies)) if number]
    if not things:
        return []
    return [
        f"Still withdrawn because of a death, although nobody is recorded as dead here: {', '.join(things)}."
        " They were not taken back by this merge: make a new version of a letter that is to leave."
    ]


def _count(words: tuple[str, str], number: int) -> str:
    return f"{number} {words[number != 1]}"


def _plain_copy(copy: Recipient) -> dict[str, str]:
    assert copy.delivery in QUEUED
    at = copy.at.isoformat() if copy.at is not None else ""
    return {"delivery": copy.delivery.value, "at": at, "by": copy.by, "note": copy.note}


def _plain_part(part: Enrolment) -> dict[str, str]:
    ended = part.ended.iso() if part.ended is not None else ""
    return {"ended": ended, "ended_by": part.ended_by, "reason": part.reason}
