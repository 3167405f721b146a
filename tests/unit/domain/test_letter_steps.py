"""Which steps a letter and its copies may take: exactly those of the list, and no way back from the end."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.correspondence import DELIVERED, QUEUED, Delivery, LetterKind, Recipient
from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.letter_steps import (
    COPY,
    LETTER,
    SIGNED_STATES,
    STANDING,
    all_delivered,
    check_copy,
    check_letter,
)
from poems_registry.domain.records import LetterState

S = LetterState
RIGHT = {
    (S.DRAFT, S.READY), (S.DRAFT, S.WITHDRAWN), (S.READY, S.DRAFT), (S.READY, S.SIGNED), (S.READY, S.WITHDRAWN),
    (S.SIGNED, S.DISPATCHED), (S.SIGNED, S.SUPERSEDED), (S.SIGNED, S.WITHDRAWN), (S.DISPATCHED, S.SUPERSEDED),
    (S.DISPATCHED, S.WITHDRAWN),
}  # fmt: skip


@pytest.mark.parametrize(("now", "then"), list(product(LetterState, LetterState)))
def test_a_letter_takes_the_steps_of_the_rule_and_no_other(now: LetterState, then: LetterState) -> None:
    if (now, then) in RIGHT:
        check_letter(now, then)
    else:
        with pytest.raises(NotAllowedNow, match="Nothing was changed"):
            check_letter(now, then)


@given(st.lists(st.sampled_from(LetterState), max_size=8))
def test_what_was_signed_is_never_a_draft_again(steps: list[LetterState]) -> None:
    state, signed = LetterState.DRAFT, False
    for then in steps:
        if then in LETTER[state]:
            state = then
            signed = signed or state is LetterState.SIGNED
    assert not (signed and state in (LetterState.DRAFT, LetterState.READY))


@pytest.mark.parametrize(("now", "then"), list(product(Delivery, Delivery)))
def test_a_copy_that_was_given_sent_or_withdrawn_stays_so(now: Delivery, then: Delivery) -> None:
    allowed = then in COPY[now]
    assert not (allowed and now not in QUEUED)
    if allowed:
        check_copy(now, then)
    else:
        with pytest.raises(NotAllowedNow):
            check_copy(now, then)


def test_paper_is_given_only_after_it_was_printed_and_may_be_printed_again() -> None:
    assert Delivery.GIVEN not in COPY[Delivery.WAITING]
    assert Delivery.PRINTED in COPY[Delivery.PRINTED]


@given(st.lists(st.sampled_from(Delivery), max_size=5))
def test_a_letter_has_gone_when_every_copy_that_stands_has_gone(deliveries: list[Delivery]) -> None:
    standing = [d for d in deliveries if d is not Delivery.WITHDRAWN]
    gone = all_delivered([Recipient(delivery=d) for d in deliveries])
    assert gone == (bool(standing) and set(standing) <= DELIVERED)


def test_copies_leave_only_of_letters_that_stand() -> None:
    assert STANDING < SIGNED_STATES
    assert LetterState.WITHDRAWN not in SIGNED_STATES


def test_only_the_professional_letter_is_not_addressed_to_the_patient() -> None:
    assert {kind for kind in LetterKind if not kind.to_patient} == {LetterKind.PROFESSIONAL}
