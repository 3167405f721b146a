"""A key slot: the data key sealed under a password or the recovery key (reliability 2.3)."""

import hmac
import json
import math
import os
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from poems_registry.domain.errors import CannotOpen

KEY_BYTES = 32
FORMAT = 1
MIB = 1024
"""Kibibytes, in which Argon2 counts its memory."""


@dataclass(frozen=True, slots=True)
class Kdf:
    """Cost of turning a password into a key with Argon2id: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int

    def is_below(self, other: "Kdf") -> bool:
        """Whether it is cheaper to guess at than the other."""
        return self.memory < other.memory or self.passes < other.passes


FLOOR = Kdf(64 * MIB, 3, 1)
"""Never less (decision 17); what the training registry and tests use."""

CEILING = Kdf(2048 * MIB, 64, 64)
"""More than that in a key file is not a setting but an attack on this PC's memory."""

_TARGET_SECONDS = 0.75
_MOST_MEMORY = 256 * MIB


def seconds_for(kdf: Kdf) -> float:
    """How long one derivation takes on this PC, measured."""
    start = time.perf_counter()
    _password_key("a password of usual length", kdf, bytes(16))
    return time.perf_counter() - start


def tune(measure: Callable[[Kdf], float] = seconds_for) -> Kdf:
    """The cost that takes 0.5 to 1 s on this PC: memory first, up to 256 MiB, then passes; never below the floor."""
    at_floor = measure(FLOOR)
    memory = FLOOR.memory
    while memory < _MOST_MEMORY and at_floor * (memory * 2 / FLOOR.memory) <= _TARGET_SECONDS:
        memory *= 2
    seconds = at_floor * memory / FLOOR.memory
    passes = max(FLOOR.passes, math.floor(FLOOR.passes * _TARGET_SECONDS / seconds)) if seconds > 0 else FLOOR.passes
    return Kdf(memory, min(passes, CEILING.passes), FLOOR.lanes)


@dataclass(frozen=True, slots=True)
class Binding:
    """What a slot belongs to; sealed into it, so that a slot moved elsewhere does not open."""

    registry: str
    user: str
    generation: int = 0


def seal_for_password(dek: bytes, password: str, binding: Binding, kdf: Kdf) -> dict[str, Any]:
    """A slot that opens with a password. ValueError below the floor."""
    if kdf.is_below(FLOOR):
        raise ValueError("a password key must cost at least 64 MiB and 3 passes")
    salt = os.urandom(16)
    said = {"memory": kdf.memory, "passes": kdf.passes, "lanes": kdf.lanes, "salt": salt.hex()}
    return {"kdf": said, **_sealed(dek, _password_key(password, kdf, salt), binding, said)}


def open_with_password(slot: dict[str, Any], password: str, binding: Binding) -> bytes | None:
    """The data key, or None if the password is not the slot's. CannotOpen if the slot asks for an absurd cost."""
    kdf = kdf_of(slot)
    return _opened(slot, _password_key(password, kdf, bytes.fromhex(slot["kdf"]["salt"])), binding, slot["kdf"])


def seal_for_recovery(dek: bytes, secret: bytes, binding: Binding) -> dict[str, Any]:
    """A slot that opens with the recovery key, which is random enough to need no Argon2."""
    return _sealed(dek, _stretched(secret, b"recovery"), binding, {})


def open_with_recovery(slot: dict[str, Any], secret: bytes, binding: Binding) -> bytes | None:
    """The data key, or None if it is not this registry's recovery key."""
    return _opened(slot, _stretched(secret, b"recovery"), binding, {})


def kdf_of(slot: dict[str, Any]) -> Kdf:
    """The cost a slot asks for, refused before use when no PC of ours would have chosen it."""
    kdf = Kdf(int(slot["kdf"]["memory"]), int(slot["kdf"]["passes"]), int(slot["kdf"]["lanes"]))
    sound = 1 <= kdf.passes <= CEILING.passes and 1 <= kdf.lanes <= CEILING.lanes
    if not (sound and 8 * kdf.lanes <= kdf.memory <= CEILING.memory):
        raise CannotOpen(
            "The key file asks for work that no program of ours would ask for: it was altered. Nothing has been opened"
            " or changed. Put back the copy of the key file."
        )
    return kdf


def spend_the_time(password: str) -> None:
    """Do the work of a wrong password for a user who does not exist, so that the waiting does not tell."""
    _password_key(password, FLOOR, bytes(16))


def derive(dek: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose ('audit', 'manifest', 'export'), made from the data key by HKDF-SHA256."""
    return _stretched(dek, purpose.encode())


def _password_key(password: str, kdf: Kdf, salt: bytes) -> bytes:
    typed = unicodedata.normalize("NFKC", password).encode()
    work = Argon2id(salt=salt, length=KEY_BYTES, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory)
    return _stretched(work.derive(typed), b"password")


def _stretched(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"poems-registry/1/" + purpose).derive(secret)


def _bound(binding: Binding, kdf: dict[str, Any]) -> bytes:
    said = [FORMAT, binding.registry, binding.user, binding.generation, kdf]
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def _sealed(dek: bytes, key: bytes, binding: Binding, kdf: dict[str, Any]) -> dict[str, Any]:
    nonce = os.urandom(12)
    return {"nonce": nonce.hex(), "sealed": AESGCM(key).encrypt(nonce, dek, _bound(binding, kdf)).hex()}


def _opened(slot: dict[str, Any], key: bytes, binding: Binding, kdf: dict[str, Any]) -> bytes | None:
    nonce, sealed = bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["sealed"])
    try:
        return AESGCM(key).decrypt(nonce, sealed, _bound(binding, kdf))
    except InvalidTag:
        return None


def same(a: bytes, b: bytes) -> bool:
    """Whether two secrets are equal, in the same time whether they are or not."""
    return hmac.compare_digest(a, b)
