"""The recovery key survives paper: typed back in any form it is the same, and mistakes are told by group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.errors import InvalidInput
from poems_registry.system.recovery import ALPHABET, RecoveryKey

keys = st.binary(min_size=32, max_size=32).map(RecoveryKey)


@given(keys)
def test_what_is_printed_can_be_typed_back_in_any_form(key: RecoveryKey) -> None:
    text = key.text()
    assert [len(group) for group in text.split("-")] == [8] * 8
    for typed in (text, text.lower(), text.replace("-", " "), text.replace("0", "o").replace("1", "l"), f" {text}\n"):
        assert RecoveryKey.parse(typed) == key


@given(keys, st.integers(0, 63), st.integers(1, 31))
def test_any_one_wrong_sign_is_told_with_its_group(key: RecoveryKey, place: int, shift: int) -> None:
    signs = list(key.text().replace("-", ""))
    signs[place] = ALPHABET[(ALPHABET.index(signs[place]) + shift) % 32]
    with pytest.raises(InvalidInput) as refused:
        RecoveryKey.parse("".join(signs))
    assert refused.value.problems["recovery_key"] == f"has a typing mistake in group {place // 8 + 1}"


@given(keys, st.integers(0, 6))
def test_two_groups_typed_in_the_wrong_order_are_noticed(key: RecoveryKey, first: int) -> None:
    groups = key.text().split("-")
    swapped = [*groups[:first], groups[first + 1], groups[first], *groups[first + 2 :]]
    with pytest.raises(InvalidInput):
        RecoveryKey.parse("-".join(swapped))


@pytest.mark.parametrize("typed", ["", "ABC", "U" * 64, "é" * 64, "0" * 65])
def test_what_cannot_be_a_key_is_refused_in_words(typed: str) -> None:
    with pytest.raises(InvalidInput):
        RecoveryKey.parse(typed)


def test_two_keys_are_never_the_same_and_neither_shows_itself() -> None:
    first, second = RecoveryKey.new(), RecoveryKey.new()
    assert first != second
    assert first.secret.hex() not in repr(first)
