"""Signing a letter in steps: composed with its signature, put on paper elsewhere, then frozen; one by one or many.

A letter is frozen in the transaction in which it was composed, so that nothing of its record can change in between, and
its reference is the audit head before that transaction (decision 8).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from poems_registry.domain.errors import InvalidInput, NotAllowedNow, RegistryError, StaleRecord
from poems_registry.domain.letter_steps import STANDING
from poems_registry.domain.records import LetterRecord, LetterState, Signature
from poems_registry.letters.addressees import copies_for
from poems_registry.letters.gate import Block
from poems_registry.letters.plain import read_out
from poems_registry.pages.document import Document
from poems_registry.pages.press import Pressed
from poems_registry.services.access import SignedIn
from poems_registry.services.letter_matter import Matter, matter_of
from poems_registry.services.queued_copies import REPLACED, withdraw_copies
from poems_registry.services.standings import refresh
from poems_registry.services.template_in_use import with_mark
from poems_registry.storage import audit, letter_copies
from poems_registry.storage import letters as stored
from poems_registry.storage.letters import SignedPages
from poems_registry.storage.unit_of_work import Session

TEMPLATE = "4"
"""Counts changes of what letters say; frozen with each of them, and beside it the clinic's own template."""
AT_ONCE = 25
"""Letters frozen in one transaction: enough to keep two processes busy, few enough to keep nobody waiting."""
Pressing = Callable[[Iterator[Document]], Iterator[Pressed]]


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter ready to be frozen: its card as it was, its card signed, what it was made from, and its document."""

    found: LetterRecord
    final: LetterRecord
    matter: Matter
    document: Document


def compose_signed(session: Session, me: SignedIn, letter_id: int, row_version: int, reference: str) -> Composed:
    """The letter with its signature. InvalidInput while anything blocks, StaleRecord if somebody was faster."""
    letter = stored.load(session, letter_id)
    if letter.row_version != row_version:
        raise StaleRecord
    matter = matter_of(session, letter)
    refuse_blocked(matter.blocks(letter, me.today))
    person, now = me.person, me.clock.now()
    signature = Signature(person.name, person.profession or person.role.value, person.registration, now)
    final = replace(letter, signature=signature, reference=reference, state=LetterState.SIGNED)
    return Composed(letter, final, matter, matter.document(final, now))


def reference_now(session: Session) -> str:
    """The audit head before this transaction, as letters print it."""
    sequence, mac = audit.head(session)
    return f"{sequence:06d}/{mac[:4]}-{mac[4:8]}".upper()


def freeze(session: Session, me: SignedIn, composed: Composed, pressed: Pressed) -> LetterRecord:
    """Keep bytes and hash for ever; NotAllowedNow for a letter that has no PDF, or none in the form that lasts."""
    if pressed.refused:
        raise NotAllowedNow(pressed.refused)
    if pressed.problems:
        raise NotAllowedNow(
            "The letter could not be made in the form that lasts, so it was not signed. Your words are kept."
        )
    final, matter, found = composed.final, composed.matter, composed.found
    if final.signature is None:
        raise ValueError("a letter is frozen with its signature")
    template = with_mark(f"{final.kind.value}-{TEMPLATE}", matter.wording.template)
    said = read_out(composed.document)
    pages = SignedPages(pressed.pdf, said, matter.source, template, pressed.pages, matter.rules)
    signed = stored.store_signed(session, found.id, found.row_version, pages, final.signature, final.reference)
    letter_copies.add(session, copies_for(final, matter.file, matter.parts(final)))
    _supersede(session, me, signed)
    refresh(session, [found.patient_id], me.today)
    return signed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter that was to be signed: its card, or why it has none."""

    letter_id: int
    signed: LetterRecord | None
    pressed: Pressed = field(default_factory=Pressed)
    why_not: str = ""


def freeze_many(me: SignedIn, wanted: Sequence[tuple[int, int]], pressing: Pressing) -> Iterator[Outcome]:
    """Sign letters (id, row version), some of them in one transaction.

    What blocks one letter keeps no other back; what the disk refuses takes back all of its transaction, and is raised.
    """
    for start in range(0, len(wanted), AT_ONCE):
        with me.store.writing(me.actor) as session:
            done = list(_freeze_part(session, me, wanted[start : start + AT_ONCE], pressing))
        yield from done


def _freeze_part(
    session: Session, me: SignedIn, part: Sequence[tuple[int, int]], pressing: Pressing
) -> Iterator[Outcome]:
    reference = reference_now(session)
    composed: list[Composed] = []
    refused: list[Outcome] = []

    def documents() -> Iterator[Document]:
        """One after the other, while those before are already put on paper."""
        for letter_id, row_version in part:
            try:
                composed.append(compose_signed(session, me, letter_id, row_version, reference))
            except (InvalidInput, NotAllowedNow, StaleRecord) as refusal:
                refused.append(Outcome(letter_id, None, why_not=why_not(refusal)))
            else:
                yield composed[-1].document

    for place, pressed in enumerate(pressing(documents())):
        each = composed[place]
        try:
            yield Outcome(each.found.id, freeze(session, me, each, pressed), pressed)
        except NotAllowedNow as refusal:
            yield Outcome(each.found.id, None, pressed, str(refusal))
    yield from refused


def why_not(refusal: RegistryError) -> str:
    """What blocks, in words."""
    return "; ".join(refusal.problems.values()) if isinstance(refusal, InvalidInput) else str(refusal)


def refuse_blocked(found: tuple[Block, ...]) -> None:
    """InvalidInput naming everything that blocks."""
    if found:
        raise InvalidInput({block.key: block.words for block in found})


def _supersede(session: Session, me: SignedIn, signed: LetterRecord) -> None:
    for other in stored.of_encounter(session, signed.encounter_id):
        older = other.number == signed.number and other.version < signed.version
        if older and other.state in STANDING:
            because = f"{REPLACED}{signed.version}"
            withdraw_copies(session, me, letter_copies.of_letter(session, other.id), because)
            stored.save(session, replace(other, state=LetterState.SUPERSEDED))
