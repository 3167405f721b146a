"""One's own password on a real file: the old one is asked, the slot is sealed anew, and the audit says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from poems_registry.domain.access import Permission
from poems_registry.domain.errors import InvalidInput, NotSaved, WrongPassword
from poems_registry.services.access import SignedIn
from poems_registry.services.own_password import OwnPassword
from poems_registry.services.registry import open_registry
from poems_registry.services.training.demo import PASSWORD
from poems_registry.storage import audit
from poems_registry.storage.audit import Actor
from poems_registry.storage.unit_of_work import Session, Store
from poems_registry.system.clock import FixedClock
from poems_registry.system.slots import FLOOR
from tests.integration.services.conftest import NOW

NEW = "meadow thimble copper glacier sonnet"


@pytest.fixture
def nurse(sign_in: Callable[[str], SignedIn]) -> SignedIn:
    me = sign_in("okoro")
    assert not me.may(Permission.MANAGE)
    return me


def test_the_new_password_opens_the_registry_and_the_old_one_does_not(nurse: SignedIn, registry_file: Path) -> None:
    OwnPassword(nurse).change(PASSWORD, NEW, lambda: FLOOR)
    nurse.confirm(NEW)
    with nurse.store.reading() as session:
        entry = next(audit.entries(session))
    assert (entry.action, entry.object, entry.object_id) == ("own_password", "person", str(nurse.person.id))
    assert NEW not in str(entry)
    nurse.close()
    with pytest.raises(WrongPassword):
        open_registry(registry_file, "okoro", PASSWORD, FixedClock(NOW))
    later = FixedClock(NOW + timedelta(minutes=5))
    again = open_registry(registry_file, "okoro", NEW, later)
    assert again.person == nurse.person
    again.close()
    open_registry(registry_file, "rahman", PASSWORD, later).close()


class FullDisk:
    """A store that refuses at the last step, as a disk does that became full meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[Session]:
        with self._store.writing(actor) as session:
            yield session
            raise NotSaved("The disk is full. Nothing was changed.")


def test_what_the_audit_could_not_take_down_did_not_happen_and_the_old_password_still_opens(
    nurse: SignedIn, clock: FixedClock
) -> None:
    full = replace(nurse, store=cast(Store, FullDisk(nurse.store)))
    with pytest.raises(NotSaved):
        OwnPassword(full).change(PASSWORD, NEW, lambda: FLOOR)
    nurse.confirm(PASSWORD)
    with pytest.raises(WrongPassword):
        nurse.confirm(NEW)
    clock.at = NOW + timedelta(minutes=5)
    nurse.confirm(PASSWORD)


def test_a_wrong_old_password_changes_nothing_and_counts_as_a_try(nurse: SignedIn, clock: FixedClock) -> None:
    with pytest.raises(WrongPassword):
        OwnPassword(nurse).change("not my password at all, really", NEW, lambda: FLOOR)
    with pytest.raises(WrongPassword) as waits:
        OwnPassword(nurse).change(PASSWORD, NEW, lambda: FLOOR)
    assert waits.value.wait_seconds
    clock.at = NOW + timedelta(minutes=5)
    nurse.confirm(PASSWORD)


@pytest.mark.parametrize("weak", ["short", "Password1234567", "okoro okoro okoro okoro", PASSWORD])
def test_a_weak_password_or_the_same_again_is_refused(nurse: SignedIn, weak: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        OwnPassword(nurse).change(PASSWORD, weak, lambda: FLOOR)
    assert list(refused.value.problems) == ["password"]
    nurse.confirm(PASSWORD)
