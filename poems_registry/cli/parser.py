"""The commands and their options, declared without loading what carries them out."""

import argparse
from datetime import date
from pathlib import Path
from typing import Protocol

from poems_registry import __version__
from poems_registry.domain.correspondence import LetterKind

_EXIT_CODES = (
    "Exit codes: 0 done, 1 a mistake of the program (with a number), 2 wrong use, 3 refused (with the reason)."
)
_PASSWORD = (
    "The password is taken from POEMS_REGISTRY_PASSWORD, else asked for at a terminal, else read from the first line"
    " of standard input."
)
_WHERE = "the registry's file, or postgresql://LOGIN@SERVER/DATABASE, never with a password in it"


class Commands(Protocol):
    """What argparse gives for adding commands to; it has no public name there."""

    def add_parser(self, name: str, *, help: str, description: str, epilog: str) -> argparse.ArgumentParser: ...  # noqa: A002


def make_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="poems-registry",
        description="A registry for people with POEMS syndrome. Without a command it opens the window.",
        epilog=f"{_PASSWORD} {_EXIT_CODES}",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    _who(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _making(commands)
    _intake(commands)
    _letters(commands)
    _leaving(commands)
    _record(commands)
    _keeping(commands)
    _house(commands)
    _trying(commands)
    return parser


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--registry", metavar="FILE", help=_WHERE)
    parser.add_argument("--user", metavar="NAME", help="who signs in")


def _add(
    commands: Commands, name: str, does: str, runs: str = "", *, signed_in: bool = True
) -> argparse.ArgumentParser:
    """A command; `runs` is `module:function` below poems_registry.cli. Sign-in options may follow the command too."""
    parser = commands.add_parser(name, help=does, description=does, epilog=_EXIT_CODES)
    module, _, function = runs.partition(":")
    parser.set_defaults(module=module, function=function)
    if signed_in:
        group = parser.add_argument_group("signing in", _PASSWORD)
        group.add_argument("--registry", metavar="FILE", default=argparse.SUPPRESS, help=_WHERE)
        group.add_argument("--user", metavar="NAME", default=argparse.SUPPRESS, help="who signs in")
    return parser


def _making(commands: Commands) -> None:
    new = _add(commands, "new", "Make a new, empty, encrypted registry and show its recovery key once.", "making:new")
    new.add_argument("place", nargs="?", help="a file, or postgresql://LOGIN@SERVER/DATABASE (or --registry)")
    new.add_argument("--clinic", help="the clinic's name as letters print it")
    new.add_argument("--hospital", default="", help="the hospital's name")
    new.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="USER:NAME:ROLE[:PROFESSION[:REGISTRATION]]",
        help="who may sign in; repeat it; two administrators at least; ROLE is clinician, nurse or admin. Their"
        " passwords are asked for, or read from standard input, one line each",
    )
    demo = _add(commands, "demo", "Make a training registry of made-up patients.", "making:demo", signed_in=False)
    demo.add_argument("folder", type=Path, metavar="DIR")
    demo.add_argument("--patients", type=int, default=150, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="S")


def _intake(commands: Commands) -> None:
    intake = _add(
        commands,
        "import",
        "Read patients, results, a transfer or a list of GP practices: all of it or nothing.",
        "intake:bring_in",
    )
    intake.add_argument("kind", choices=("patients", "labs", "findings", "practices"))
    intake.add_argument("files", type=Path, nargs="+", metavar="FILE")
    intake.add_argument(
        "--map", default="", metavar="M", help="a mapping file, or the name of one of the program's own"
    )
    intake.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")
    intake.add_argument("--set-aside", type=Path, metavar="FILE", help="write refused rows there and import the rest")
    intake.add_argument("--json", action="store_true", help="the whole report as JSON")


def _letters(commands: Commands) -> None:
    letter = _add(commands, "letter", "Compose letters of signed visits as PDF.", "correspondence:letter")
    which = letter.add_mutually_exclusive_group(required=True)
    which.add_argument("--visit", type=int, metavar="ID", help="the letter of this visit")
    which.add_argument("--due", action="store_true", help="every letter that is due")
    letter.add_argument("--out", type=Path, required=True, metavar="DIR")
    letter.add_argument("--sign", action="store_true", help="sign them too, with the password that signed in")
    kinds = [kind.value.replace("_", "-") for kind in LetterKind]
    letter.add_argument("--kind", choices=kinds, default=kinds[0], help="with --visit: another letter than the visit's")
    letter.add_argument(
        "--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day missed, or up to which results are told"
    )
    letter.add_argument("--plain-words", action="store_true", help="with --visit: the signed letter in plain words")


def _leaving(commands: Commands) -> None:
    cohort = _add(commands, "cohort", "Write the cohort summary.", "leaving:cohort")
    cohort.add_argument("--out", type=Path, required=True, metavar="FILE.{pdf,xlsx,csv}")
    cohort.add_argument("--release", action="store_true", help="withhold small numbers, so that it may leave the team")
    export = _add(commands, "export", "Write the records to files.", "leaving:export")
    export.add_argument("form", choices=("csv", "xlsx", "json", "transfer"), metavar="FORMAT")
    export.add_argument("out", type=Path, metavar="OUT")
    export.add_argument("--purpose", default="", help="what for; a transfer, which names patients, needs it")
    export.add_argument("--basis", default="", help="the legal basis or approval")
    export.add_argument("--project", default="registry", help="pseudonyms are the same within one project only")
    dictionary = _add(commands, "dictionary", "Write the data dictionary.", "leaving:write_dictionary", signed_in=False)
    dictionary.add_argument("out", type=Path, metavar="OUT")


def _record(commands: Commands) -> None:
    show = _add(commands, "show", "Show a patient's record and diagnosis.", "showing:show")
    show.add_argument("patient", metavar="PATIENT", help="study, NHS or hospital number, or #ID")
    show.add_argument("--json", action="store_true", help="everything, with stable keys")


def _keeping(commands: Commands) -> None:
    backup = _add(commands, "backup", "Write a verified copy of the registry and of its keys.", "keeping:backup")
    backup.add_argument("out", type=Path, metavar="OUT")
    verify = _add(commands, "verify", "Check every page, reference, audit entry and finding.", "keeping:verify")
    verify.add_argument("--json", action="store_true")
    migrate = _add(
        commands, "migrate", "Bring an older registry up to this program, after a verified copy.", "keeping:migrate"
    )
    migrate.add_argument(
        "--backed-up", action="store_true", help="on a server: its keeper made a backup just now, and everybody is out"
    )


def _house(commands: Commands) -> None:
    settings = _add(commands, "settings", "List the clinic's thresholds, or change one.", "house:settings")
    settings.add_argument("name", nargs="?", metavar="NAME")
    settings.add_argument("value", nargs="?", metavar="VALUE")
    settings.add_argument("--confirmed", action="store_true", help="you read this value in the paper")
    settings.add_argument("--json", action="store_true")
    person = _add(
        commands, "person", "List who may sign in, add somebody, or say what somebody may do.", "house:person"
    )
    person.add_argument("--add", metavar="USER:NAME:ROLE[:PROFESSION[:REGISTRATION]]")
    person.add_argument("--leaves", metavar="USER", help="may not sign in any more, and loses the password")
    person.add_argument("--returns", metavar="USER", help="may sign in again, once given a password")
    person.add_argument("--forgot", metavar="USER", help="is given a new password, which is asked for")
    person.add_argument("--grant", nargs=2, metavar=("USER", "PERMISSION"))
    person.add_argument("--revoke", nargs=2, metavar=("USER", "PERMISSION"))


def _trying(commands: Commands) -> None:
    bench = _add(commands, "bench", "Measure this program on this machine.", signed_in=False)
    bench.add_argument("--full", action="store_true", help="with 100,000 patients too (minutes)")
    bench.add_argument("--json", action="store_true")
    tour = _add(
        commands, "tour", "Do the whole main job without a display and list the files it wrote.", signed_in=False
    )
    tour.add_argument("folder", type=Path, metavar="DIR")
