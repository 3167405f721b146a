"""Which step a letter and each of its copies may take; every other one is refused, whoever asks (nhs.md 3.5)."""

from collections.abc import Iterable

from poems_registry.domain.correspondence import DELIVERED, Delivery, LetterKind, Recipient
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.records import Encounter, LetterRecord, LetterState

LETTER = {
    LetterState.DRAFT: frozenset({LetterState.READY, LetterState.WITHDRAWN}),
    LetterState.READY: frozenset({LetterState.DRAFT, LetterState.SIGNED, LetterState.WITHDRAWN}),
    LetterState.SIGNED: frozenset({LetterState.DISPATCHED, LetterState.SUPERSEDED, LetterState.WITHDRAWN}),
    LetterState.DISPATCHED: frozenset({LetterState.SUPERSEDED, LetterState.WITHDRAWN}),
    LetterState.SUPERSEDED: frozenset(),
    LetterState.WITHDRAWN: frozenset(),
}
"""From each state of a letter, the states that may follow."""

COPY = {
    Delivery.WAITING: frozenset({Delivery.PRINTED, Delivery.SENT, Delivery.WITHDRAWN}),
    Delivery.PRINTED: frozenset({Delivery.PRINTED, Delivery.GIVEN, Delivery.SENT, Delivery.WITHDRAWN}),
    Delivery.GIVEN: frozenset(),
    Delivery.SENT: frozenset(),
    Delivery.WITHDRAWN: frozenset(),
}
"""From each state of a copy, the states that may follow; a copy may be printed again, and may be sent without paper."""

SIGNED_STATES = frozenset({LetterState.SIGNED, LetterState.DISPATCHED, LetterState.SUPERSEDED})
STANDING = frozenset({LetterState.SIGNED, LetterState.DISPATCHED})
"""Signed, and neither replaced nor withdrawn: the only letters of which a copy may leave."""

TELLS_A_VISIT = frozenset({LetterKind.CLINIC, LetterKind.PROFESSIONAL, LetterKind.RESULTS})
"""Kinds whose words come from what a visit says; the others are about an appointment."""

_LETTER_WORDS = {
    LetterState.DRAFT: "a draft",
    LetterState.READY: "ready to be signed",
    LetterState.SIGNED: "signed",
    LetterState.DISPATCHED: "sent",
    LetterState.SUPERSEDED: "replaced by a newer version",
    LetterState.WITHDRAWN: "withdrawn",
}
_COPY_WORDS = {
    Delivery.WAITING: "waits to be printed",
    Delivery.PRINTED: "was printed",
    Delivery.GIVEN: "was given already",
    Delivery.SENT: "was sent already",
    Delivery.WITHDRAWN: "was withdrawn",
}


def outlived(letter: LetterRecord, encounter: Encounter) -> bool:
    """Whether a letter that stands tells its visit as it was before an amendment: neither is changed by itself."""
    if letter.state not in STANDING or letter.kind not in TELLS_A_VISIT or letter.signature is None:
        return False
    return encounter.version_at(letter.signature.at) < encounter.version_number


def check_letter(now: LetterState, then: LetterState) -> None:
    """NotAllowedNow unless a letter may go from one state to the other."""
    if then not in LETTER[now]:
        raise NotAllowedNow(
            f"This letter is {_LETTER_WORDS[now]}, so it cannot become {_LETTER_WORDS[then]}. Nothing was changed."
        )


def check_copy(now: Delivery, then: Delivery) -> None:
    """NotAllowedNow unless a copy may go from one state to the other."""
    if then not in COPY[now]:
        raise NotAllowedNow(f"This copy {_COPY_WORDS[now]}: it cannot be marked as {then.value}. Nothing was changed.")


def all_delivered(copies: Iterable[Recipient]) -> bool:
    """Whether every copy that was not withdrawn has gone, and at least one has."""
    kept = [copy.delivery for copy in copies if copy.delivery is not Delivery.WITHDRAWN]
    return bool(kept) and all(delivery in DELIVERED for delivery in kept)
