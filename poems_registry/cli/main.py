"""Run one command: read it, do it, and leave with a sentence and an exit code, never with a traceback."""

import argparse
import importlib
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TextIO, cast

from poems_registry.domain.errors import InvalidInput, RegistryError

DONE, BROKEN, WRONG_USE, REFUSED, STOPPED = 0, 1, 2, 3, 130

_log = logging.getLogger(__name__)


class Bench(Protocol):
    """Measures the program, window included, and prints the table."""

    def __call__(self, *, full: bool, as_json: bool) -> int: ...


@dataclass(frozen=True, slots=True)
class Faces:
    """What needs the window: the command line itself knows no Qt. Each gives an exit code."""

    window: Callable[[Path | str | None, str | None, str | None], int]
    tour: Callable[[Path], int]
    bench: Bench


def run(arguments: Sequence[str], faces: Faces) -> int:
    """Do what these arguments ask and give the exit code; argparse itself leaves with 2 on wrong use."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        speak_utf8(stream)
    options = read(arguments)
    logged = options.command is not None  # the window keeps its own log, when it has painted itself
    if logged:
        _keep_log()
    try:
        return _done(options, faces)
    except RegistryError as refusal:
        _refuse(refusal)
        return REFUSED
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        _close_quietly()
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the last net: the person gets a number, the log the place
        if not logged:  # without a log of ours, Python would print the error itself, values and all
            logged = True
            _keep_log()
        return _broken(error)
    finally:
        if logged:
            _close_log()


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """What is asked for. The window, most often asked for, is understood without declaring every command first."""
    named = dict(zip(arguments[::2], arguments[1::2], strict=False))
    pairs = len(arguments) == 2 * len(named) and named.keys() <= {"--registry", "--user"}
    if pairs and not any(value.startswith("-") for value in named.values()):
        return argparse.Namespace(command=None, registry=named.get("--registry"), user=named.get("--user"))
    from poems_registry.cli.parser import make_parser

    return make_parser().parse_args(arguments)


def speak_utf8(stream: TextIO | None) -> None:
    """Names of patients in any script reach the terminal, whatever code page a Windows PC has."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream.writable() else "strict")


def _done(options: argparse.Namespace, faces: Faces) -> int:
    match options.command:
        case None:
            return faces.window(options.registry, options.user, os.environ.get("POEMS_REGISTRY_PASSWORD"))
        case "tour":
            return faces.tour(options.folder)
        case "bench":
            return faces.bench(full=options.full, as_json=options.json)
    module = importlib.import_module(f"poems_registry.cli.{options.module}")
    command = cast(Callable[[argparse.Namespace], int | None], getattr(module, options.function))
    return command(options) or DONE


def _keep_log() -> None:
    from poems_registry.system import logs, paths

    try:
        logs.stop()
        logs.start(paths.log_folder())
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())


def _close_log() -> None:
    from poems_registry.system import logs

    logs.stop()


def _refuse(refusal: RegistryError) -> None:
    print(refusal, file=sys.stderr)
    if isinstance(refusal, InvalidInput):
        for what, words in refusal.problems.items():
            print(f"  {what}: {words}", file=sys.stderr)


def _broken(error: Exception) -> int:
    import secrets

    number = secrets.randbelow(900_000) + 100_000
    _log.error("unexpected %s, number %d", type(error), number, exc_info=error)
    print(
        f"Something went wrong inside the program (number {number}). What was saved before is safe; this command may"
        " not have finished. The place is in the program's log, without any patient's words: give the number to whoever"
        " looks after it.",
        file=sys.stderr,
    )
    return BROKEN


def _close_quietly() -> None:
    """Whoever read our output has gone (`| head`): what is left must not complain while the program ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
