"""Ways into a registry: what the recovery key gives back, what is refused, and whom a new registry begins with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from poems_registry.domain.access import Permission, Role
from poems_registry.domain.errors import AlreadyOpen, CannotOpen, InvalidInput, NotAllowedNow, WrongPassword
from poems_registry.services.access import SignedIn
from poems_registry.services.doors import Doors, FirstPerson
from poems_registry.services.registry import open_registry, recover
from poems_registry.services.safekeeping import SafekeepingService
from poems_registry.services.training.demo import PASSWORD
from poems_registry.storage.tables.trail import AuditRow
from poems_registry.system import paths
from poems_registry.system.clock import FixedClock
from poems_registry.system.recovery import RecoveryKey
from tests.integration.services.conftest import NOW

NEW = "meadow thimble copper glacier sonnet"
PEOPLE = (
    FirstPerson("adams", "P Adams", Role.ADMIN, "velvet harbour onion tractor lemon"),
    FirstPerson("baker", "Q Baker", Role.ADMIN, "saddle pepper window bottle river"),
    FirstPerson("osei", "Dr B Osei", Role.CLINICIAN, "cactus ribbon engine marble finch"),
)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A live registry made through the doors, and its recovery key."""
    folder = tmp_path_factory.mktemp("live")
    doors = Doors()
    key = doors.new_recovery_key()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        doors.create(folder / "poems.registry", "National POEMS Clinic", "Example Hospital", PEOPLE, key)
    return folder / "poems.registry", key


def test_the_first_administrators_can_manage_people_and_keys_and_the_clinician_cannot(live: tuple[Path, str]) -> None:
    for person in PEOPLE:
        with_it = open_registry(live[0], person.user, person.password, FixedClock(NOW))
        try:
            assert with_it.may(Permission.MANAGE) is (person.role is Role.ADMIN)
            assert not with_it.training
        finally:
            with_it.close()


def test_the_recovery_key_gives_one_person_a_new_password_and_the_audit_says_so(live: tuple[Path, str]) -> None:
    path, key = live
    recover(path, key.lower(), "Osei", NEW, FixedClock(NOW))
    with pytest.raises(WrongPassword):
        open_registry(path, "osei", PEOPLE[2].password, FixedClock(NOW))
    clock = FixedClock(NOW.replace(hour=11))
    open_registry(path, "adams", PEOPLE[0].password, clock).close()
    signed_in = open_registry(path, "osei", NEW, clock)
    try:
        with signed_in.store.reading() as session:
            entries = list(session.execute(select(AuditRow.action, AuditRow.object_id, AuditRow.actor)))
        assert ("recovery", "osei", "recovery key") in [tuple(entry) for entry in entries]
    finally:
        signed_in.close()


@pytest.mark.parametrize(
    ("text", "user", "password", "field"),
    [
        ("not a key", "osei", NEW, "recovery_key"),
        (RecoveryKey(bytes(32)).text(), "osei", NEW, "recovery_key"),
        ("", "nobody", NEW, "user"),
        ("", "osei", "short", "password"),
        ("", "osei", "osei osei osei osei", "password"),
    ],
)
def test_a_refused_recovery_changes_neither_file_nor_keys(
    live: tuple[Path, str], text: str, user: str, password: str, field: str
) -> None:
    path, key = live
    before = paths.key_file(path).read_bytes()
    with pytest.raises(InvalidInput) as refused:
        recover(path, text or key, user, password, FixedClock(NOW))
    assert list(refused.value.problems) == [field]
    assert paths.key_file(path).read_bytes() == before
    assert not paths.lock_file(path).exists()


def test_no_password_is_recovered_while_another_program_has_the_registry(live: tuple[Path, str]) -> None:
    path, key = live
    signed_in = open_registry(path, "baker", PEOPLE[1].password, FixedClock(NOW))
    try:
        with pytest.raises(AlreadyOpen):
            recover(path, key, "osei", NEW, FixedClock(NOW))
    finally:
        signed_in.close()


def test_each_thing_that_is_no_registry_is_refused_in_its_own_sentence_and_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "empty.registry").write_bytes(b"")
    (place / "plain.registry").write_bytes(b"SQLite format 3\x00" + bytes(5000))
    (place / "letter.registry").write_bytes(b"%PDF-1.7" + bytes(5000))
    (place / "folder.registry").mkdir()
    (place / "no_keys.registry").write_bytes(bytes(range(1, 256)) * 40)
    before = sorted(place.rglob("*"))
    said = set()
    for name in ("missing", "empty", "plain", "letter", "folder", "no_keys"):
        with pytest.raises(CannotOpen) as refused:
            Doors().look(place / f"{name}.registry")
        said.add(str(refused.value))
    assert len(said) == 6
    assert sorted(place.rglob("*")) == before


def test_the_names_are_told_from_the_key_file_alone(registry_file: Path, tmp_path: Path) -> None:
    assert Doors().users(registry_file) == ("castellan", "okoro", "rahman")
    assert Doors().users(tmp_path / "nothing.registry") == ()
    assert Doors().look(registry_file) == Doors().users(registry_file)


def test_a_phrase_of_five_words_can_always_be_used_as_a_password() -> None:
    from poems_registry.domain.passwords import problem_with

    phrases = {Doors().phrase() for _ in range(20)}
    assert len(phrases) == 20
    assert [problem_with(phrase) for phrase in phrases] == [None] * 20


def test_a_recovery_key_that_was_typed_back_wrong_is_told_by_its_group() -> None:
    key = RecoveryKey(bytes(range(32))).text()
    Doors().check_typed_back(key, key.lower().replace("-", " "))
    groups = key.split("-")
    groups[2] = groups[2][::-1]
    with pytest.raises(InvalidInput) as refused:
        Doors().check_typed_back(key, "-".join(groups))
    assert "group 3" in refused.value.problems["recovery_key"]
    with pytest.raises(InvalidInput):
        Doors().check_typed_back(key, RecoveryKey(bytes(32)).text())


def test_a_training_registry_that_is_stopped_half_way_leaves_nothing_and_one_that_is_there_is_used(
    registry_file: Path, tmp_path: Path
) -> None:
    class Stop(Exception):
        """The person pressed Cancel."""

    def stop(done: int, _total: int) -> None:
        if done:
            raise Stop

    with pytest.raises(Stop):
        Doors().make_training(tmp_path / "new", stop)
    assert list((tmp_path / "new").iterdir()) == []
    there = Doors().make_training(registry_file.parent, stop)
    assert there.path == registry_file
    assert there.password == PASSWORD


@pytest.mark.parametrize("name", ["clinic.keys", "clinic.KEYS"])
def test_neither_a_registry_nor_a_copy_bears_the_name_of_its_own_key_file(
    name: str, sign_in: Callable[[str], SignedIn], tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere" / name
    place.parent.mkdir()
    with pytest.raises(NotAllowedNow, match="kept for the key file"):
        SafekeepingService(sign_in("castellan")).back_up(place)
    with pytest.raises(CannotOpen, match="kept for the key file"):
        Doors().create(place, "National POEMS Clinic", "Example Hospital", PEOPLE, Doors().new_recovery_key())
    assert not list(place.parent.iterdir())
