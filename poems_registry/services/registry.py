"""Create a registry, look at one before it is opened, sign in, sign out: where keys, lock and storage meet."""

import getpass
import platform
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from poems_registry import __version__
from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.errors import CannotOpen, InvalidInput, WrongPassword
from poems_registry.domain.passwords import problem_with
from poems_registry.domain.records import ClinicProfile, Person
from poems_registry.services.access import SignedIn
from poems_registry.storage import audit, engine, migrate, people, registry
from poems_registry.storage.audit import Actor
from poems_registry.storage.engine import FileKind
from poems_registry.storage.registry import RegistryCard
from poems_registry.storage.unit_of_work import Engine, Store
from poems_registry.system import paths
from poems_registry.system.clock import Clock, SystemClock
from poems_registry.system.key_file import KeyFile
from poems_registry.system.keys import KeyRing, derive, new_data_key
from poems_registry.system.lock import Holder, ProcessLock
from poems_registry.system.recovery import RecoveryKey
from poems_registry.system.slots import FLOOR, Kdf

SETTING_UP = Actor(0, "set-up", "system", platform.node())
RECOVERING = Actor(0, "recovery key", "system", platform.node())
SUFFIX = ".registry"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Someone to be given access when a registry is made."""

    user: str
    name: str
    role: Role
    password: str
    profession: str = ""
    registration: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the unlock window may show before anybody has signed in: nothing of any patient."""

    path: Path
    users: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name, as people know their registry."""
        return self.path.name


def look(path: Path) -> Gate:
    """Tell what stands at a place, each refusal in its own sentence; nothing is created or changed."""
    kind = engine.first_bytes(path).kind
    if kind is not FileKind.PLAUSIBLE:
        raise CannotOpen(_WHY[kind])
    return Gate(path, _ring(path, SystemClock()).users)


_WHY = {
    FileKind.MISSING: "There is no registry at this place. Nothing was created. Choose another file or make a new one.",
    FileKind.FOLDER: "This is a folder, not a registry. Nothing was changed. Choose the file inside it.",
    FileKind.EMPTY: "This file is empty: it holds no registry. Nothing was changed. Restore the last verified copy if"
    " it should hold one.",
    FileKind.PLAIN_SQLITE: "This file is an unencrypted database, not a registry of this program. Nothing was changed.",
    FileKind.FOREIGN: "This file is not a registry: it looks like something else. Nothing was changed.",
}


def create(
    path: Path,
    clinic: ClinicProfile,
    persons: Sequence[NewPerson],
    clock: Clock | None = None,
    kdf: Kdf = FLOOR,
    recovery: RecoveryKey | None = None,
) -> RecoveryKey:
    """Make a new encrypted registry with its first people and give the recovery key, which is shown only once.

    `recovery` is the key that was printed and typed back before anything was made; without it a new one is drawn.
    """
    if paths.is_keys_name(path):
        raise CannotOpen(
            "This name is kept for the key file, which would be lost under it. Nothing has been created; choose a name"
            " that ends otherwise."
        )
    refuse_weak(persons, training=clinic.training)
    now = (clock or SystemClock(clinic.timezone)).now
    uid, dek, recovery = str(uuid.uuid4()), new_data_key(), recovery or RecoveryKey.new()

    def set_up(opened: Engine) -> None:
        store = Store(opened, derive(dek, "audit"), now)
        with store.writing(SETTING_UP) as session:
            card = RegistryCard(uid, clinic.name, clinic.training, now(), clinic, __version__)
            registry.create(session, card)
            for person in persons:
                people.add(session, _person(person))
        # The keys are on the disk before the file gets its name: a crash between never leaves a file nobody can open.
        ring = KeyRing.create(place, now, uid, dek, recovery)
        for person in persons:
            ring.add_user(dek, person.user, person.password, kdf)

    place = KeyFile(paths.key_file(path), (paths.key_copy(path),))
    if path.exists() or paths.key_file(path).exists():
        raise CannotOpen("There is already a file at this place. Nothing has been created; choose another name.")
    path.parent.mkdir(parents=True, exist_ok=True)
    paths.key_copy(path).unlink(missing_ok=True)
    try:
        migrate.create_file(path, dek, paths.migrations(), set_up)
    except BaseException:
        for keys in (paths.key_file(path), paths.key_copy(path)):
            keys.unlink(missing_ok=True)
        raise
    return recovery


def refuse_weak(persons: Sequence[NewPerson], *, training: bool) -> None:
    """Words for each password that is too easily guessed; a live registry needs two people who manage keys."""
    problems = {}
    for person in persons:
        problem = problem_with(person.password, names=(person.user, person.name))
        if problem:
            problems[f"password {person.user}"] = problem
    if len({p.user.casefold() for p in persons}) < len(persons):
        problems["user"] = "each person needs a user name of their own"
    admins = [p for p in persons if p.role is Role.ADMIN]
    if not training and len(admins) < 2:
        problems["administrators"] = "name two administrators, so that one can help when the other is away"
    if problems:
        raise InvalidInput(problems)


def open_registry(path: Path, user: str, password: str, clock: Clock | None = None) -> SignedIn:
    """Sign in: key, lock, integrity scan, the person's own row. Every refusal leaves the file as it was."""
    clock = clock or SystemClock()
    look(path)
    ring = _ring(path, clock)
    unlocked = ring.unlock(user, password)
    return _enter(path, ring, unlocked.dek, user, clock, unlocked.failed_attempts)


def _enter(path: Path, ring: KeyRing, dek: bytes, user: str, clock: Clock, failed: int) -> SignedIn:
    read_only = engine.is_read_only_place(path)
    pc = platform.node()
    lock = None if read_only else ProcessLock.take(paths.lock_file(path), Holder(user, pc, clock.now()))
    try:
        upgrading = migrate.Upgrading(paths.migrations(), paths.copies_folder(path), __version__)
        opened = migrate.open_current(path, dek, upgrading, read_only=read_only)
        store = Store(opened, derive(dek, "audit"), clock.now, read_only=read_only)
        with store.reading() as session:
            card = registry.load(session)
            person = people.find(session, user)
        if card.uid != ring.registry:
            opened.dispose()
            raise CannotOpen("The key file belongs to another registry. Nothing was changed. Put back the right one.")
        if person is None or not person.active:
            opened.dispose()
            raise WrongPassword
        if not read_only:
            with store.writing(Actor(person.id, person.name, person.role.value, pc)) as session:
                people.note_sign_in(session, person.id, clock.now(), failed)
                audit.record_event(session, "sign_in", failed_before=failed)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    clinic_clock = clock if not isinstance(clock, SystemClock) else SystemClock(card.profile.timezone)
    return SignedIn(
        store=store,
        person=person,
        clock=clinic_clock,
        pc=pc,
        training=card.training,
        confirm=_confirmer(ring, user),
        clinic=card.profile,
        place=path,
        read_only=read_only,
        close=_closer(store, lock),
        keys=dek,
    )


def recover(
    path: Path, recovery_text: str, user: str, new_password: str, clock: Clock | None = None, kdf: Kdf = FLOOR
) -> None:
    """Give a person of the registry a new password by the recovery key on paper; nobody else's changes.

    The use of the key stands in the audit before the password counts. InvalidInput names `recovery_key`, `user` or
    `password`; every refusal leaves file and keys as they were.
    """
    clock = clock or SystemClock()
    look(path)
    ring = _ring(path, clock)
    dek = ring.open_with_recovery(RecoveryKey.parse(recovery_text)).dek
    if engine.is_read_only_place(path):
        raise CannotOpen("This place is read-only, so no password can be set here. Nothing was changed.")
    with ProcessLock.take(paths.lock_file(path), Holder(RECOVERING.name, RECOVERING.pc, clock.now())):
        opened = migrate.open_current(
            path, dek, migrate.Upgrading(paths.migrations(), paths.copies_folder(path), __version__)
        )
        store = Store(opened, derive(dek, "audit"), clock.now)
        try:
            with store.writing(RECOVERING) as session:
                person = people.find(session, user)
                _refuse_new_password(person, new_password)
                audit.record_event(session, "recovery", about=("person", user.strip().casefold()))
        finally:
            store.close()
        if user.strip().casefold() in ring.users:
            ring.set_password(dek, user, new_password, kdf)
        else:
            ring.add_user(dek, user, new_password, kdf)


def _refuse_new_password(person: Person | None, password: str) -> None:
    if person is None or not person.active:
        raise InvalidInput({"user": "is nobody who may sign in to this registry"})
    problem = problem_with(password, names=(person.user, person.name))
    if problem:
        raise InvalidInput({"password": problem})


def _confirmer(ring: KeyRing, user: str) -> Callable[[str], None]:
    def confirm(password: str) -> None:
        ring.unlock(user, password)

    return confirm


def _closer(store: Store, lock: ProcessLock | None) -> Callable[[], None]:
    def close() -> None:
        store.close()
        if lock is not None:
            lock.release()

    return close


def _ring(path: Path, clock: Clock) -> KeyRing:
    return KeyRing(KeyFile(paths.key_file(path), (paths.key_copy(path),)), clock.now)


def _person(person: NewPerson) -> Person:
    """The first administrators hold `manage people and keys`, or nobody could ever grant it (decision 19)."""
    manages = {Permission.MANAGE} if person.role is Role.ADMIN else frozenset()
    return Person(
        user=person.user,
        name=person.name,
        role=person.role,
        profession=person.profession,
        registration=person.registration,
        permissions=DEFAULTS[person.role] | manages,
    )


def windows_user() -> str:
    """Who is signed in to the PC itself; offered as the user name, never trusted."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
