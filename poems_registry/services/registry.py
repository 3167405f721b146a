"""Create a registry, look at one before it is opened, sign in, sign out: where keys, lock and storage meet."""

import getpass
import platform
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from poems_registry import __version__
from poems_registry.domain.access import DEFAULTS, Permission, Role
from poems_registry.domain.errors import CannotOpen, InvalidInput, NotPermitted, WrongPassword
from poems_registry.domain.locations import Location
from poems_registry.domain.passwords import problem_with
from poems_registry.domain.records import ClinicProfile, Person
from poems_registry.services.access import SignedIn
from poems_registry.services.places import Opened, place_of
from poems_registry.storage import audit, people, registry
from poems_registry.storage.audit import Actor
from poems_registry.storage.registry import RegistryCard
from poems_registry.storage.unit_of_work import Engine, Session, Store
from poems_registry.system.clock import Clock, SystemClock
from poems_registry.system.key_file import KeyDraft
from poems_registry.system.keys import KeyRing, Unlocked, derive, new_data_key
from poems_registry.system.lock import Holder
from poems_registry.system.recovery import RecoveryKey
from poems_registry.system.slots import FLOOR, Kdf, tune

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

    location: Location
    users: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name or the database's, as people know their registry."""
        return self.location.name


def look(location: Location) -> Gate:
    """Tell what stands at a place, each refusal in its own sentence; nothing is created or changed."""
    place = place_of(location)
    place.look()
    return Gate(location, KeyRing(place.keys, SystemClock().now).users)


def create(
    location: Location,
    clinic: ClinicProfile,
    persons: Sequence[NewPerson],
    clock: Clock | None = None,
    cost: Callable[[], Kdf] = tune,
    recovery: RecoveryKey | None = None,
) -> RecoveryKey:
    """Make a new registry with its first people and give the recovery key, which is shown only once.

    `cost` says what guessing a password is to cost (decision 17); those of a training registry are printed anyway.
    `recovery` is the key that was printed and typed back before anything was made; without it a new one is drawn.
    """
    refuse_weak(persons, training=clinic.training)
    kdf = FLOOR if clinic.training else cost()
    now = (clock or SystemClock(clinic.timezone)).now
    uid, dek, recovery = str(uuid.uuid4()), new_data_key(), recovery or RecoveryKey.new()
    place = place_of(location)

    def set_up(opened: Engine) -> None:
        keys = KeyDraft()
        ring = KeyRing.create(keys, now, uid, dek, recovery)
        for person in persons:
            ring.add_user(dek, person.user, person.password, kdf)
        store = Store(opened, derive(dek, "audit"), now)
        with store.writing(SETTING_UP) as session:
            card = RegistryCard(uid, clinic.name, clinic.training, now(), clinic, __version__)
            registry.create(session, card)
            for person in persons:
                people.add(session, _person(person))
            place.keep_keys(session, keys.read())

    place.make(dek, set_up)
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


def open_registry(
    location: Location, user: str, password: str, clock: Clock | None = None, *, backed_up: bool = False
) -> SignedIn:
    """Sign in: key, lock, integrity scan, the person's own row. Every refusal leaves the registry as it was.

    `backed_up` says that a copy of a registry on a server was made, so that it may be brought up to date.
    """
    clock = clock or SystemClock()
    place = place_of(location)
    place.look()
    ring = KeyRing(place.keys, clock.now)
    unlocked = ring.try_password(user, password)
    with _forgiving(ring, user, location):
        opened = place.open(unlocked.dek, Holder(user, platform.node(), clock.now()), backed_up=backed_up)
    return _enter(location, opened, ring, unlocked, user, clock)


@contextmanager
def _forgiving(ring: KeyRing, user: str, location: Location) -> Iterator[None]:
    """Take the right try off the count while every page of the file is read: neither need wait for the other.

    Stopped in between, a try too many stays counted, which costs a second's wait. Keys on a server are a row there.
    """
    if not isinstance(location, Path):
        ring.forgive(user)
        yield
        return
    flushing = Thread(target=ring.forgive, args=(user,), name="forgiving")
    flushing.start()
    try:
        yield
    finally:
        flushing.join()


def _enter(location: Location, opened: Opened, ring: KeyRing, unlocked: Unlocked, user: str, clock: Clock) -> SignedIn:
    read_only, pc, key = opened.read_only, platform.node(), derive(unlocked.dek, "audit")
    store = Store(opened.engine, key, clock.now, read_only=read_only)
    try:
        with store.reading() as session:
            card = registry.load(session)
            person = people.find(session, user)
        if card.uid != ring.registry:
            raise CannotOpen("The key file belongs to another registry. Nothing was changed. Put back the right one.")
        if person is None or not person.active:
            raise WrongPassword
        if not read_only:
            with store.writing(Actor(person.id, person.name, person.role.value, pc)) as session:
                people.note_sign_in(session, person.id, clock.now(), unlocked.failed_attempts)
                audit.record_event(session, "sign_in", failed_before=unlocked.failed_attempts)
    except BaseException:
        store.close()
        opened.let_go()
        raise
    if opened.shared:
        store = Store(opened.engine, key, clock.now, read_only=read_only, guard=_still(person))
    clinic_clock = clock if not isinstance(clock, SystemClock) else SystemClock(card.profile.timezone)
    return SignedIn(
        store=store,
        person=person,
        clock=clinic_clock,
        pc=pc,
        training=card.training,
        confirm=_confirmer(ring, user),
        clinic=card.profile,
        place=location,
        read_only=read_only,
        close=_closer(store, opened),
        keys=unlocked.dek,
    )


def _still(person: Person) -> Callable[[Session], None]:
    """Where several PCs share a registry, what is taken from somebody counts at once, wherever they are signed in."""

    def guard(session: Session) -> None:
        now = people.rights_now(session, person.id)
        if not now:
            raise NotPermitted("You may not use this registry any more. Nothing was changed. Ask an administrator.")
        if person.permissions - now:
            raise NotPermitted(
                "What you may do here was changed by an administrator. Nothing was changed by this; what you typed is"
                " kept. Lock, and sign in again."
            )

    return guard


def recover(
    location: Location,
    recovery_text: str,
    user: str,
    new_password: str,
    clock: Clock | None = None,
    cost: Callable[[], Kdf] = tune,
) -> None:
    """Give a person of the registry a new password by the recovery key on paper; nobody else's changes.

    The use of the key stands in the audit before the password counts. InvalidInput names `recovery_key`, `user` or
    `password`; every refusal leaves registry and keys as they were.
    """
    clock = clock or SystemClock()
    place = place_of(location)
    place.look()
    ring = KeyRing(place.keys, clock.now)
    dek = ring.open_with_recovery(RecoveryKey.parse(recovery_text)).dek
    opened = place.open(dek, Holder(RECOVERING.name, RECOVERING.pc, clock.now()))
    store = Store(opened.engine, derive(dek, "audit"), clock.now)
    try:
        if opened.read_only:
            raise CannotOpen("This place is read-only, so no password can be set here. Nothing was changed.")
        with store.writing(RECOVERING) as session:
            person = people.find(session, user)
            _refuse_new_password(person, new_password)
            audit.record_event(session, "recovery", about=("person", user.strip().casefold()))
        if user.strip().casefold() in ring.users:
            ring.set_password(dek, user, new_password, cost())
        else:
            ring.add_user(dek, user, new_password, cost())
    finally:
        store.close()
        opened.let_go()


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


def _closer(store: Store, opened: Opened) -> Callable[[], None]:
    def close() -> None:
        store.close()
        opened.let_go()

    return close


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
