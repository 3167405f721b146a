"""Who is signed in and what they may do: each service method states its permission; the default is no (decision 19)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from poems_registry.domain.access import PERMISSION_WORDS, Permission
from poems_registry.domain.errors import NotPermitted
from poems_registry.domain.locations import Location
from poems_registry.domain.records import ClinicProfile, Person
from poems_registry.storage.audit import Actor
from poems_registry.storage.unit_of_work import Store
from poems_registry.system.clock import Clock

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One person at one PC with one open registry; handed to every service."""

    store: Store
    person: Person
    clock: Clock
    pc: str
    training: bool
    confirm: Callable[[str], None]
    """Takes the password again before signing; raises WrongPassword."""
    clinic: ClinicProfile
    place: Location
    read_only: bool
    close: Callable[[], None]
    """Closes the registry and lets go of its lock; the key goes with this object."""
    keys: bytes = field(repr=False)
    """The data key: for copies and for pseudonyms, never shown, logged or stored."""

    @property
    def today(self) -> date:
        """The day it is at the clinic."""
        return self.clock.today()

    @property
    def actor(self) -> Actor:
        """How the audit names this person."""
        return Actor(self.person.id, self.person.name, self.person.role.value, self.pc)

    def may(self, permission: Permission) -> bool:
        """Whether the person's permissions include it."""
        return self.person.active and permission in self.person.permissions

    def require(self, permission: Permission) -> None:
        """Refuse in words what the person may not do."""
        if not self.may(permission):
            raise NotPermitted(
                f"Your role, {self.person.role.value}, may not {PERMISSION_WORDS[permission]}."
                " Nothing was changed. An administrator can change what your role may do."
            )


@dataclass(frozen=True, slots=True)
class Service:
    """What one can do on behalf of the person who is signed in."""

    signed_in: SignedIn


GUARDED: dict[str, Permission] = {}
"""Every guarded method by its qualified name; a test fails for a public method that is not here."""

S = TypeVar("S", bound=Service)


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Mark a service method with the permission it needs and check it before anything else happens."""

    def guard(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        GUARDED[f"{method.__module__}.{method.__qualname__}"] = permission

        @wraps(method)
        def checked(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            self.signed_in.require(permission)
            return method(self, *args, **kwargs)

        return checked

    return guard
