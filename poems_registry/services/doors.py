"""The ways into a registry for windows painted before the database is loaded: whatever is heavy is imported inside."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from poems_registry.domain.access import Role
from poems_registry.domain.errors import InvalidInput, RegistryError
from poems_registry.domain.passwords import passphrase

if TYPE_CHECKING:
    from poems_registry.domain.locations import Location
    from poems_registry.services.access import SignedIn
    from poems_registry.system.clock import Clock

Step = Callable[[int, int], None]
TRAINING_PATIENTS = 150
TRAINING_SEED = 1


class FirstPerson(NamedTuple):
    """Someone who is given access when a registry is made."""

    user: str
    name: str
    role: Role
    password: str
    profession: str = ""
    registration: str = ""


class Training(NamedTuple):
    """Where the training registry is, and who can sign in with the one password."""

    path: Path
    people: tuple[tuple[str, str, str], ...]
    """(user name, name, role) of each."""
    password: str


class Doors:
    """Open, recover and make registries. Every method may take long and belongs on the tasks thread.

    Loading the database library takes half a second: `look` does it while a password is typed, and then `meanwhile`,
    by which a window loads what it shows next. `clock` is the PC's where none is given.
    """

    def __init__(self, meanwhile: Callable[[], None] = lambda: None, clock: "Clock | None" = None) -> None:
        self._meanwhile, self._clock = meanwhile, clock

    def users(self, place: "Location") -> tuple[str, ...]:
        """The user names from a file's keys alone, which is quick; () when they cannot be read, or `look` must ask."""
        from poems_registry.system import paths
        from poems_registry.system.key_file import KeyDocument, KeyFile

        if not isinstance(place, Path):
            return ()
        with suppress(RegistryError, OSError):
            text = KeyFile(paths.key_file(place), (paths.key_copy(place),)).read()
            return tuple(sorted(KeyDocument.from_text(text).slots))
        return ()

    def look(self, place: "Location") -> tuple[str, ...]:
        """The user names of a registry that can be opened; each refusal in its own sentence, nothing changed."""
        from poems_registry.services import registry
        from poems_registry.storage.tables.every import make_ready

        users = registry.look(place).users
        make_ready()
        self._meanwhile()
        return users

    def open(self, place: "Location", user: str, password: str) -> "SignedIn":
        """Sign in: derives the key, checks every page of a file, takes the lock."""
        from poems_registry.services import registry

        return registry.open_registry(place, user, password, self._clock)

    def recover(self, place: "Location", recovery_text: str, user: str, new_password: str) -> None:
        """A new password for one person by the recovery key."""
        from poems_registry.services import registry

        registry.recover(place, recovery_text, user, new_password)

    def phrase(self) -> str:
        """Five words by chance, as a password that can be remembered."""
        import secrets

        from poems_registry.system import paths

        words = paths.resource("words.txt").read_text(encoding="ascii").split()
        return passphrase(words, secrets.token_bytes)

    def new_recovery_key(self) -> str:
        """A fresh recovery key, to be printed and typed back before anything is made."""
        from poems_registry.system.recovery import RecoveryKey

        return RecoveryKey.new().text()

    def check_typed_back(self, recovery_text: str, typed: str) -> None:
        """Whether the key was written down right; InvalidInput says which group is not."""
        from poems_registry.system.recovery import RecoveryKey

        if RecoveryKey.parse(typed) != RecoveryKey.parse(recovery_text):
            raise InvalidInput({"recovery_key": "is a recovery key, but not the one of this registry"})

    def create(
        self, path: Path, clinic_name: str, hospital: str, persons: Sequence[FirstPerson], recovery_text: str
    ) -> None:
        """Make a live registry whose passwords cost as much to guess as this PC bears."""
        from poems_registry.domain.records import ClinicProfile
        from poems_registry.services import registry
        from poems_registry.system.recovery import RecoveryKey

        people = [registry.NewPerson(p.user, p.name, p.role, p.password, p.profession, p.registration) for p in persons]
        key = RecoveryKey.parse(recovery_text)
        registry.create(path, ClinicProfile(clinic_name, hospital), people, recovery=key)

    def make_training(self, folder: Path, step: Step) -> Training:
        """The training registry in this folder, made if there is none; stopped half-way, nothing of it is left."""
        from poems_registry.services.training import demo
        from poems_registry.system import paths

        path = folder / demo.FILE
        if not path.exists():
            ours = not paths.key_file(
                path
            ).exists()  # else it belongs to a registry that was moved away: not ours to remove
            folder.mkdir(parents=True, exist_ok=True)
            try:
                demo.make_demo(folder, TRAINING_PATIENTS, TRAINING_SEED, step=step)
            except BaseException:
                if ours:
                    _remove(path)
                raise
        return Training(path, tuple((p.user, p.name, p.role.value) for p in demo.PEOPLE), demo.PASSWORD)


def _remove(path: Path) -> None:
    from poems_registry.system import paths

    for each in (path, path.with_name(path.name + "-wal"), paths.key_file(path), paths.key_copy(path)):
        each.unlink(missing_ok=True)
