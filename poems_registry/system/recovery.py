"""The recovery key: 256 random bits on paper, in groups that each tell a typing mistake of their own."""

import secrets
from dataclasses import dataclass, field

from poems_registry.domain.errors import InvalidInput

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 signs: no I, L, O, U, so that no two look alike on paper."""

_GROUPS = 8
_GROUP_BYTES = 4
_GROUP_SIGNS = 8
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_POLYNOMIAL = 0x07


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """32 random bytes. The text is for paper only: it is never stored."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "RecoveryKey":
        """A fresh key from the system's random source."""
        return cls(secrets.token_bytes(_GROUPS * _GROUP_BYTES))

    def text(self) -> str:
        """Eight groups of eight signs: 32 bits and an 8-bit check (CRC-8 with the group's place) in each."""
        return "-".join(self._group(place) for place in range(_GROUPS))

    def _group(self, place: int) -> str:
        part = self.secret[place * _GROUP_BYTES : (place + 1) * _GROUP_BYTES]
        number = int.from_bytes(part + bytes([_check(place, part)]), "big")
        return "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))

    @classmethod
    def parse(cls, typed: str) -> "RecoveryKey":
        """Read what was typed from the paper, whatever its case and gaps; InvalidInput names the group that is wrong.

        Any one wrong sign and any swapped groups are noticed for certain, other mistakes in 255 of 256 cases a group.
        """
        signs = "".join(sign for sign in typed.upper() if not sign.isspace() and sign not in "-–—.").translate(_READ_AS)
        if len(signs) != _GROUPS * _GROUP_SIGNS:
            wanted = _GROUPS * _GROUP_SIGNS
            raise _mistake(f"has {len(signs)} signs; it must have {wanted}, in {_GROUPS} groups of {_GROUP_SIGNS}")
        secret = b""
        for place in range(_GROUPS):
            group = signs[place * _GROUP_SIGNS : (place + 1) * _GROUP_SIGNS]
            secret += _read(place, group)
        return cls(secret)


def _read(place: int, group: str) -> bytes:
    if any(sign not in ALPHABET for sign in group):
        raise _mistake(f"has a sign in group {place + 1} that is not one of ours")
    number = 0
    for sign in group:
        number = number << 5 | ALPHABET.index(sign)
    *part, check = number.to_bytes(_GROUP_BYTES + 1, "big")
    if _check(place, bytes(part)) != check:
        raise _mistake(f"has a typing mistake in group {place + 1}")
    return bytes(part)


def _mistake(words: str) -> InvalidInput:
    return InvalidInput({"recovery_key": words})


def _check(place: int, part: bytes) -> int:
    """CRC-8: notices every change within eight neighbouring bits, so every single wrong sign of five."""
    check = 0
    for byte in bytes([place + 1]) + part:
        check ^= byte
        for _ in range(8):
            check = (check << 1 ^ _POLYNOMIAL if check & 0x80 else check << 1) & 0xFF
    return check
