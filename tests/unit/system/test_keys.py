"""A registry opens with a person's password or the recovery key, and with nothing else."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from poems_registry.domain.errors import CannotOpen, InvalidInput, NotAllowedNow, NotSaved, RegistryError, WrongPassword
from poems_registry.system import slots
from poems_registry.system.key_file import KeyDocument
from poems_registry.system.keys import KeyRing, Unlocked, derive, new_data_key, wait_after
from poems_registry.system.recovery import RecoveryKey
from poems_registry.system.slots import FLOOR, MIB, Binding, Kdf

DEK = bytes(range(32))
RECOVERY = RecoveryKey(bytes(reversed(range(32))))
PASSWORD = "correct horse battery staple moss"
START = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


class Shelf:
    """A place for a key document, in memory."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.writable = True

    def alone(self) -> AbstractContextManager[None]:
        return nullcontext()

    def read(self) -> str:
        return self.text

    def write(self, text: str) -> None:
        if not self.writable:
            raise NotSaved("The key file could not be written.")
        self.text = text


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def later(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture(scope="module")
def one_user() -> str:
    shelf = Shelf()
    KeyRing.create(shelf, Watch(), "uid-1", DEK, RECOVERY).add_user(DEK, "K.Nurse", PASSWORD)
    return shelf.text


def test_the_right_password_opens_whatever_the_case_of_the_name_and_the_form_of_its_letters(one_user: str) -> None:
    ring = KeyRing(Shelf(one_user), Watch())
    assert ring.unlock(" k.NURSE", PASSWORD) == Unlocked(DEK, "uid-1", 0)
    ring.set_password(DEK, "k.nurse", "caf\u00e9 " * 4)
    assert ring.unlock("k.nurse", "cafe\u0301 " * 4).dek == DEK


def test_neither_key_nor_password_stands_in_the_document(one_user: str) -> None:
    for secret in (DEK.hex(), PASSWORD, RECOVERY.secret.hex(), RECOVERY.text()):
        assert secret not in one_user
    assert DEK.hex() not in repr(Unlocked(DEK, "uid-1"))


def test_a_wrong_password_makes_the_next_wait_longer_also_after_a_restart(one_user: str) -> None:
    shelf, watch = Shelf(one_user), Watch()
    for expected in (1, 2, 4):
        with pytest.raises(WrongPassword) as refused:
            KeyRing(shelf, watch).unlock("k.nurse", "wrong")
        assert refused.value.wait_seconds == expected
        watch.later(expected - 0.5)
        with pytest.raises(WrongPassword) as refused:  # even the right one, before the time is over
            KeyRing(shelf, watch).unlock("k.nurse", PASSWORD)
        assert refused.value.wait_seconds == 1
        watch.later(0.5)
    assert KeyRing(shelf, watch).unlock("k.nurse", PASSWORD).failed_attempts == 3
    assert KeyRing(shelf, watch).unlock("k.nurse", PASSWORD).failed_attempts == 0


def test_a_right_try_stays_counted_until_it_is_forgiven(one_user: str) -> None:
    shelf = Shelf(one_user)
    ring = KeyRing(shelf, Watch())
    assert ring.try_password("k.nurse", PASSWORD).dek == DEK
    assert KeyDocument.from_text(shelf.text).tries["k.nurse"]["failed"] == 1
    ring.forgive("K.Nurse ")
    assert KeyDocument.from_text(shelf.text).tries == {}


def test_waits_double_up_to_five_minutes() -> None:
    assert [wait_after(n) for n in range(12)] == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert wait_after(10_000) == 300


def test_a_clock_that_is_put_back_does_not_lengthen_the_wait(one_user: str) -> None:
    shelf, watch = Shelf(one_user), Watch()
    with pytest.raises(WrongPassword):
        KeyRing(shelf, watch).unlock("k.nurse", "wrong")
    watch.later(-86_400)
    assert KeyRing(shelf, watch).seconds_to_wait("k.nurse") == 1


def test_unknown_names_are_refused_and_throttled_like_wrong_passwords(one_user: str) -> None:
    ring = KeyRing(Shelf(one_user), Watch())
    with pytest.raises(WrongPassword) as refused:
        ring.unlock("nobody", PASSWORD)
    with pytest.raises(WrongPassword) as other:
        KeyRing(Shelf(one_user), Watch()).unlock("k.nurse", "wrong")
    assert str(refused.value) == str(other.value)
    assert ring.seconds_to_wait("someone else") == 1
    assert ring.seconds_to_wait("k.nurse") == 0


def test_a_place_that_cannot_be_written_still_opens_and_still_throttles(one_user: str) -> None:
    shelf = Shelf(one_user)
    shelf.writable = False
    watch = Watch()
    ring = KeyRing(shelf, watch)
    with pytest.raises(WrongPassword):
        ring.unlock("k.nurse", "wrong")
    assert ring.seconds_to_wait("k.nurse") == 1
    watch.later(1)
    assert ring.unlock("k.nurse", PASSWORD).failed_attempts == 1


def test_a_person_added_by_another_program_is_not_lost_by_a_wrong_try_here(one_user: str) -> None:
    shelf = Shelf(one_user)
    here, there = KeyRing(shelf, Watch()), KeyRing(shelf, Watch())
    there.add_user(DEK, "b.doctor", PASSWORD)
    with pytest.raises(WrongPassword):
        here.unlock("k.nurse", "wrong")
    assert KeyRing(shelf, Watch()).users == ("b.doctor", "k.nurse")
    assert here.unlock("b.doctor", PASSWORD).dek == DEK


def test_the_recovery_key_opens_until_it_is_replaced(one_user: str) -> None:
    ring = KeyRing(Shelf(one_user), Watch())
    assert ring.open_with_recovery(RECOVERY).dek == DEK
    new = RecoveryKey.new()
    ring.replace_recovery(DEK, new)
    assert ring.open_with_recovery(new).dek == DEK
    with pytest.raises(InvalidInput):
        ring.open_with_recovery(RECOVERY)


def test_people_come_and_go_but_one_always_stays(one_user: str) -> None:
    shelf = Shelf(one_user)
    ring = KeyRing(shelf, Watch())
    ring.add_user(DEK, "b.doctor", PASSWORD + "2")
    with pytest.raises(InvalidInput):
        ring.add_user(DEK, "B.Doctor", PASSWORD)
    with pytest.raises(InvalidInput):
        ring.set_password(DEK, "nobody", PASSWORD)
    ring.remove_user("k.nurse")
    with pytest.raises(WrongPassword):
        KeyRing(shelf, Watch()).unlock("k.nurse", PASSWORD)
    with pytest.raises(NotAllowedNow):
        ring.remove_user("b.doctor")
    assert ring.users == ("b.doctor",)


def test_a_key_file_is_never_made_over_another(one_user: str) -> None:
    with pytest.raises(NotAllowedNow):
        KeyRing.create(Shelf(one_user), Watch(), "uid-2", DEK, RECOVERY)


def altered(text: str, change: Callable[[dict[str, Any]], None]) -> str:
    """A document that somebody changed and gave a right checksum again."""
    document = KeyDocument.from_text(text)
    slot = deepcopy(document.slots["k.nurse"])
    change(slot)
    return replace(document, slots={"k.nurse": slot}).text()


def cheaper(slot: dict[str, Any]) -> None:
    slot["kdf"]["memory"] = 65 * MIB


def flipped(slot: dict[str, Any]) -> None:
    slot["sealed"] = ("0" if slot["sealed"][0] != "0" else "1") + slot["sealed"][1:]


@pytest.mark.parametrize("change", [cheaper, flipped])
def test_a_slot_that_was_altered_does_not_open(one_user: str, change: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(WrongPassword):
        KeyRing(Shelf(altered(one_user, change)), Watch()).unlock("k.nurse", PASSWORD)


def test_a_slot_moved_to_another_name_registry_or_generation_does_not_open(one_user: str) -> None:
    document = KeyDocument.from_text(one_user)
    slot = document.slots["k.nurse"]
    for other in (
        replace(document, slots={"b.doctor": slot}),
        replace(document, registry="uid-2"),
        replace(document, generation=1),
    ):
        with pytest.raises(WrongPassword):
            KeyRing(Shelf(other.text()), Watch()).unlock(next(iter(other.slots)), PASSWORD)


@pytest.mark.parametrize("absurd", [{"memory": 4096 * MIB}, {"passes": 65}, {"lanes": 0}, {"lanes": 65}, {"memory": 1}])
def test_an_absurd_cost_is_refused_before_any_work(one_user: str, absurd: dict[str, int]) -> None:
    text = altered(one_user, lambda slot: slot["kdf"].update(absurd))
    with pytest.raises(CannotOpen, match="altered"):
        KeyRing(Shelf(text), Watch()).unlock("k.nurse", PASSWORD)


def test_a_slot_below_the_floor_is_raised_at_the_next_sign_in(one_user: str) -> None:
    with pytest.raises(ValueError, match="64 MiB"):
        slots.seal_for_password(DEK, PASSWORD, Binding("uid-1", "k.nurse"), Kdf(8 * MIB, 3, 1))
    weak = weakly_sealed()
    shelf = Shelf(replace(KeyDocument.from_text(one_user), slots={"k.nurse": weak}).text())
    assert KeyRing(shelf, Watch()).unlock("k.nurse", PASSWORD).dek == DEK
    assert slots.kdf_of(KeyDocument.from_text(shelf.text).slots["k.nurse"]) == FLOOR
    assert KeyRing(shelf, Watch()).unlock("k.nurse", PASSWORD).dek == DEK


def weakly_sealed() -> dict[str, Any]:
    """A slot as an older program might have made it: with its own primitives, below today's floor."""
    kdf = {"memory": 8 * MIB, "passes": 1, "lanes": 1, "salt": bytes(16).hex()}
    key = slots._password_key(PASSWORD, Kdf(8 * MIB, 1, 1), bytes(16))
    return {"kdf": kdf, **slots._sealed(DEK, key, Binding("uid-1", "k.nurse"), kdf)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "missing"),
        ("rubbish", "damaged"),
        ("[]", "damaged"),
        ("{}", "damaged"),
        ('{"format": 9, "checksum": "x"}', "newer"),
    ],
)
def test_each_kind_of_bad_key_file_has_its_own_sentence(text: str, words: str) -> None:
    with pytest.raises(CannotOpen, match=words):
        KeyRing(Shelf(text), Watch())


def test_every_changed_sign_of_a_key_file_is_noticed(one_user: str) -> None:
    for place in range(0, len(one_user) - 1, 7):
        sign = one_user[place]
        if sign.isspace():
            continue
        bent = one_user[:place] + ("x" if sign != "x" else "y") + one_user[place + 1 :]
        with pytest.raises(RegistryError):
            KeyDocument.from_text(bent)


def test_each_purpose_has_its_own_key_and_it_never_changes() -> None:
    assert len({derive(DEK, purpose) for purpose in ("audit", "manifest", "export")} | {DEK}) == 4
    # a changed derivation would make every earlier audit chain look broken
    assert derive(DEK, "audit").hex() == "84894672bfea4e67204134d2eed28c5e22a60d1c2bcadcd68edfbb133fbd695f"
    assert len(new_data_key()) == 32
    assert new_data_key() != new_data_key()


@pytest.mark.parametrize(
    ("seconds_at_floor", "expected"),
    [
        (0.15, Kdf(256 * MIB, 3, 1)),
        (0.02, Kdf(256 * MIB, 28, 1)),
        (0.3, Kdf(128 * MIB, 3, 1)),
        (0.5, Kdf(64 * MIB, 4, 1)),
        (3.0, FLOOR),
    ],
)
def test_the_cost_is_tuned_to_this_pc_and_never_below_the_floor(seconds_at_floor: float, expected: Kdf) -> None:
    def measure(kdf: Kdf) -> float:
        return seconds_at_floor * kdf.memory / FLOOR.memory * kdf.passes / FLOOR.passes

    tuned = slots.tune(measure)
    assert tuned == expected
    assert not tuned.is_below(FLOOR)
    assert tuned == FLOOR or 0.5 <= measure(tuned) <= 1.0


def test_the_document_is_plain_json_with_a_format(one_user: str) -> None:
    assert json.loads(one_user)["format"] == 1
