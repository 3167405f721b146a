"""Make a registry: a live one with its first people, or a training one of made-up patients."""

import argparse
import sys

from poems_registry.cli.signing_in import NotSaid, location_of, new_password
from poems_registry.domain.access import Role
from poems_registry.domain.errors import InvalidInput
from poems_registry.domain.locations import ServerAddress, location
from poems_registry.domain.records import ClinicProfile
from poems_registry.services import registry
from poems_registry.services.registry import NewPerson
from poems_registry.services.training import demo as training

_FORM = "USER:NAME:ROLE[:PROFESSION[:REGISTRATION]]"
MOST_PATIENTS = 20_000


def new(options: argparse.Namespace) -> None:
    """Make a live registry; the recovery key is printed once and kept nowhere."""
    place = location(options.place) if options.place else location_of(options)
    clinic = options.clinic or _asked("The clinic's name, as letters print it: ", "--clinic NAME")
    persons = [person_from(text) for text in options.person] or _asked_people()
    recovery = registry.create(place, ClinicProfile(name=clinic, hospital=options.hospital), _with_passwords(persons))
    print(f"registry: {place}")
    for person in persons:
        print(f"user: {person.user} ({person.role.value})")
    print(f"recovery key: {recovery.text()}")
    print("Print or write this key down now and lock it away: it is shown only this once. It opens the registry when")
    print("every password is lost; whoever holds it together with a copy of the registry can read everything.")
    if isinstance(place, ServerAddress):
        print("On a server the rows are guarded by the server, not by these passwords: see docs/postgresql.md.")


def demo(options: argparse.Namespace) -> None:
    """Make a training registry and print where it is and how to sign in, one thing a line."""
    if not 1 <= options.patients <= MOST_PATIENTS:
        raise InvalidInput({"patients": f"between 1 and {MOST_PATIENTS:,}"})
    options.folder.mkdir(parents=True, exist_ok=True)
    made = training.make_demo(options.folder, options.patients, options.seed)
    print(f"registry: {made.path}")
    for person in made.people:
        print(f"user: {person.user}")
        print(f"password: {person.password}")


def person_from(text: str) -> NewPerson:
    """Someone as the command line names them, without a password yet. InvalidInput in words."""
    parts = [part.strip() for part in text.split(":")]
    if not 3 <= len(parts) <= 5 or not all(parts[:3]):
        raise InvalidInput({"person": f"is written {_FORM}"})
    if parts[2] not in tuple(Role):
        raise InvalidInput({"person": f"the role is one of {', '.join(Role)}"})
    rest = dict(zip(("profession", "registration"), parts[3:], strict=False))
    return NewPerson(parts[0], parts[1], Role(parts[2]), "", **rest)


def _with_passwords(persons: list[NewPerson]) -> list[NewPerson]:
    from dataclasses import replace

    return [replace(person, password=new_password(person.user)) for person in persons]


def _asked(prompt: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise NotSaid(f"Something is missing. Nothing was done. Say it with {option}.")
    answer = input(prompt).strip()
    return answer or _asked(prompt, option)


def _asked_people() -> list[NewPerson]:
    persons = []
    print(f"Who may sign in? One a line, {_FORM}; two administrators at least; an empty line ends.")
    while line := _asked_or_nothing("person: "):
        persons.append(person_from(line))
    return persons


def _asked_or_nothing(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise NotSaid(f"Nobody was named. Nothing was done. Say who may sign in with --person {_FORM}.")
    return input(prompt).strip()
