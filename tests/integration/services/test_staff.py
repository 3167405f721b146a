"""Who may sign in: a new person's password costs what this PC bears, and what a broken try left is in nobody's way."""

import inspect
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from poems_registry.domain.access import Permission, Role
from poems_registry.domain.errors import InvalidInput, NotAllowedNow, NotPermitted, StaleRecord, WrongPassword
from poems_registry.domain.records import ClinicProfile, Person
from poems_registry.services import registry
from poems_registry.services.access import SignedIn
from poems_registry.services.registry import NewPerson, open_registry
from poems_registry.services.staff import StaffService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.storage import audit
from poems_registry.system import paths, slots
from poems_registry.system.clock import FixedClock
from poems_registry.system.key_file import KeyDocument, KeyFile
from poems_registry.system.keys import KeyRing
from poems_registry.system.slots import FLOOR, Kdf
from tests.integration.services.conftest import NOW, SignIn

NEW = NewPerson("okafor", "N Okafor", Role.NURSE, "meadow thimble copper glacier sonnet")
DEARER = Kdf(FLOOR.memory, FLOOR.passes + 1, FLOOR.lanes)


@pytest.fixture
def keeper(sign_in: SignIn) -> SignedIn:
    """The administrator of the training registry."""
    return sign_in("castellan")


def slot_of(path: Path, user: str) -> dict[str, int]:
    found: dict[str, int] = KeyDocument.from_text(paths.key_file(path).read_text()).slots[user]["kdf"]
    return found


def test_a_new_persons_password_costs_what_was_measured_on_this_pc(keeper: SignedIn, registry_file: Path) -> None:
    added = StaffService(keeper).add(NEW, lambda: DEARER)
    assert slot_of(registry_file, "okafor")["passes"] == DEARER.passes
    keeper.close()
    opened = open_registry(registry_file, "okafor", NEW.password, FixedClock(NOW))
    assert opened.person == added
    opened.close()


def test_the_first_people_of_a_live_registry_have_it_too_and_those_of_a_training_one_the_least(tmp_path: Path) -> None:
    people = [NewPerson(user, user.title(), Role.ADMIN, NEW.password) for user in ("adams", "baker")]
    for training, passes in ((False, DEARER.passes), (True, FLOOR.passes)):
        path = tmp_path / f"{training}.registry"
        clinic = ClinicProfile(name="C", training=training)
        registry.create(path, clinic, people, FixedClock(NOW), lambda: DEARER)
        assert slot_of(path, "baker")["passes"] == passes


@pytest.mark.parametrize("act", [registry.create, registry.recover, StaffService.add])
def test_whoever_names_no_cost_has_this_pc_measured(act: object) -> None:
    assert inspect.signature(act).parameters["cost"].default is slots.tune  # type: ignore[arg-type]


def test_a_slot_left_by_a_try_that_broke_off_is_taken_over(keeper: SignedIn, registry_file: Path) -> None:
    ring = KeyRing(KeyFile(paths.key_file(registry_file)), keeper.clock.now)
    ring.add_user(keeper.keys, "okafor", "the password of a try that broke off")
    StaffService(keeper).add(NEW, lambda: FLOOR)
    keeper.close()
    opened = open_registry(registry_file, "okafor", NEW.password, FixedClock(NOW))
    assert (opened.person.user, opened.person.role) == ("okafor", NEW.role)
    opened.close()


def test_a_taken_name_and_a_weak_password_are_refused_and_nobody_is_added(keeper: SignedIn) -> None:
    service = StaffService(keeper)
    everyone = service.everyone()
    for wrong in (NewPerson("Okoro", "X", Role.NURSE, NEW.password), NewPerson("okafor", "X", Role.NURSE, "short")):
        with pytest.raises(InvalidInput):
            service.add(wrong, lambda: FLOOR)
    assert service.everyone() == everyone


def test_only_who_manages_people_may_add_somebody(sign_in: SignIn) -> None:
    clinician = sign_in("rahman")
    assert not clinician.may(Permission.MANAGE)
    with pytest.raises(NotPermitted):
        StaffService(clinician).add(NEW, lambda: FLOOR)


def person_of(service: StaffService, user: str) -> Person:
    return next(each for each in service.everyone() if each.user == user)


def test_a_persons_rights_are_changed_and_the_audit_says_from_what_to_what(keeper: SignedIn) -> None:
    service = StaffService(keeper)
    seen = person_of(service, "okoro")
    wanted = replace(seen, permissions=seen.permissions | {Permission.SIGN}, name="N A Okoro")
    assert service.change(seen, wanted) == wanted
    with keeper.store.reading() as session:
        said = next(audit.entries(session))
    assert (said.action, said.object, said.object_id) == ("change", "person", str(seen.id))
    assert '"sign"' in said.new
    assert '"sign"' not in said.old


def test_who_changes_somebody_that_another_changed_meanwhile_is_told(keeper: SignedIn) -> None:
    service = StaffService(keeper)
    seen = person_of(service, "okoro")
    service.allow("okoro", "sign", granted=True)
    with pytest.raises(StaleRecord):
        service.change(seen, replace(seen, name="Other"))
    assert Permission.SIGN in person_of(service, "okoro").permissions


def test_a_leaver_cannot_come_in_even_with_the_old_password_and_comes_back_with_a_new_one(
    keeper: SignedIn, registry_file: Path
) -> None:
    service = StaffService(keeper)
    seen = person_of(service, "okoro")
    left = service.change(seen, replace(seen, active=False))
    with pytest.raises(InvalidInput):
        service.give_password("okoro", NEW.password, PASSWORD, lambda: FLOOR)
    back = service.change(left, replace(left, active=True))
    keeper.close()
    with pytest.raises(WrongPassword):
        open_registry(registry_file, "okoro", PASSWORD, FixedClock(NOW))
    again = open_registry(registry_file, "castellan", PASSWORD, FixedClock(NOW))
    StaffService(again).give_password("okoro", NEW.password, PASSWORD, lambda: FLOOR)
    again.close()
    later = FixedClock(NOW.replace(hour=11))
    opened = open_registry(registry_file, "okoro", NEW.password, later)
    assert opened.person == back
    opened.close()


def test_a_password_is_given_only_by_somebody_who_says_their_own(keeper: SignedIn) -> None:
    with pytest.raises(WrongPassword):
        StaffService(keeper).give_password("okoro", NEW.password, "not mine", lambda: FLOOR)
    keeper.clock.at += timedelta(minutes=1)  # type: ignore[attr-defined]
    with pytest.raises(InvalidInput):
        StaffService(keeper).give_password("okoro", "short", PASSWORD, lambda: FLOOR)
    keeper.confirm(PASSWORD)


def test_nobody_takes_their_own_way_in_and_two_keepers_stay(keeper: SignedIn) -> None:
    service = StaffService(keeper)
    me = person_of(service, "castellan")
    for wanted in (replace(me, active=False), replace(me, permissions=me.permissions - {Permission.MANAGE})):
        with pytest.raises(NotAllowedNow, match="their own"):
            service.change(me, wanted)
    second = person_of(service, "okoro")
    second = service.change(second, replace(second, permissions=second.permissions | {Permission.MANAGE}))
    for wanted in (
        replace(second, active=False),
        replace(second, permissions=second.permissions - {Permission.MANAGE}),
    ):
        with pytest.raises(NotAllowedNow, match="Two people"):
            service.change(second, wanted)
    assert person_of(service, "okoro") == second
