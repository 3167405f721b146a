"""Sign in for one command: which registry, who, and a password that never stands on the command line."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from poems_registry.domain.errors import InvalidInput, NotFound
from poems_registry.domain.locations import Location, location

if TYPE_CHECKING:
    from poems_registry.services.access import SignedIn

VARIABLE = "POEMS_REGISTRY_PASSWORD"
NO_REGISTRY = (
    "No registry was named. Nothing was done. Say which one with --registry FILE (or postgresql://... for one on a"
    " server); `poems-registry demo DIR` makes one of made-up patients to try."
)
NO_USER = "Nobody was named to sign in. Nothing was done. Say who with --user NAME."


class NotSaid(NotFound):
    """Something the command needs was not said."""


def location_of(options: argparse.Namespace) -> Location:
    """The registry's place: a path, or an address on a server. CannotOpen for an address that is not accepted."""
    if not options.registry:
        raise NotSaid(NO_REGISTRY)
    return location(options.registry)


def user_of(options: argparse.Namespace) -> str:
    """Who signs in."""
    if not options.user:
        raise NotSaid(NO_USER)
    return str(options.user)


def the_password(user: str) -> str:
    """From the environment, else asked for at a terminal, else the next line of standard input."""
    return os.environ.get(VARIABLE) or ask_password(f"Password of {user}: ")


def ask_password(prompt: str) -> str:
    """Asked for without showing it at a terminal, else the next line of standard input."""
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(prompt)
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line.strip("\r\n"):
        raise NotSaid(f"No password was given. Nothing was done. Put it into {VARIABLE} or on standard input.")
    return line.strip("\r\n")


def new_password(user: str) -> str:
    """A password somebody chooses now: twice at a terminal, once on standard input."""
    typed = ask_password(f"Password for {user} (15 characters or five words): ")
    if sys.stdin.isatty() and ask_password("The same again: ") != typed:
        raise InvalidInput({f"password {user}": "the two were not the same"})
    return typed


@contextmanager
def signed_in(options: argparse.Namespace) -> "Iterator[SignedIn]":
    """The open registry, closed and let go of again whatever happens."""
    with entered(options) as (opened, _):
        yield opened


@contextmanager
def entered(options: argparse.Namespace) -> "Iterator[tuple[SignedIn, str]]":
    """The same, with the password that opened it: signing takes it again."""
    place, user = location_of(options), user_of(options)
    from poems_registry.services import registry

    registry.look(place)
    password = the_password(user)
    opened = registry.open_registry(place, user, password, backed_up=getattr(options, "backed_up", False))
    try:
        yield opened, password
    finally:
        opened.close()
