"""What is said when something goes wrong: a refusal in its own words, a bug with a number and a log without values."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple

from poems_registry.domain.errors import InvalidInput, NotFound, NotPermitted, RegistryError
from poems_registry.ui.i18n import tr

_log = logging.getLogger(__name__)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that can be mistaken when read out on the telephone


class Message(NamedTuple):
    """Words for a message bar: the cause, and what is safe and what to do; `number` finds the entry in the log."""

    cause: str
    rest: str
    number: str = ""


class Unexpected(RegistryError):
    """A bug, as a person sees it."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(
            tr(
                "Something went wrong in the program (number {number}). What was saved before is safe and your draft is"
                " kept. Try again; if it happens again, tell support this number.",
                number=number,
            )
        )


def message_for(error: RegistryError) -> Message:
    """The first sentence as the cause, the others as what is safe and what to do."""
    words = str(error).strip() or _without_words(error)
    cause, stop, rest = words.partition(". ")
    return Message(cause + ("." if stop else ""), rest.strip(), getattr(error, "number", ""))


def _without_words(error: RegistryError) -> str:
    """A sentence for an error that brought none."""
    if isinstance(error, NotPermitted):
        return tr("Your role does not include this. Nothing was changed. Ask an administrator of your clinic.")
    if isinstance(error, NotFound):
        return tr("This is not in the registry any more. Nothing was changed. Go back and look for it again.")
    if isinstance(error, InvalidInput):
        return tr("Some entries need correction. Nothing has been saved yet; what you typed is kept.")
    return tr("This could not be done. Nothing was changed. Try again.")


def places(error: BaseException) -> str:
    """Where an error arose: types, files and lines; never its text or a value, which might name a patient."""
    said = []
    seen: BaseException | None = error
    while seen is not None:
        steps = [
            f"{frame.filename.rsplit('poems_registry', 1)[-1].lstrip('/')}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        said.append(f"{type(seen).__module__}.{type(seen).__qualname__} at " + " > ".join(steps))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " | after ".join(said)


class CrashHook:
    """Takes down every error nobody caught, tells the person, and lets the program go on.

    `tell` gets the sentence to show. It may be called on any thread.
    """

    def __init__(self, tell: Callable[[RegistryError], None]) -> None:
        self._tell = tell
        self._telling = False

    def report(self, error: BaseException) -> RegistryError:
        """Log where it happened under a new number, and give the sentence for the person."""
        import secrets  # with it comes all of OpenSSL

        number = "".join(secrets.choice(_LETTERS) for _ in range(6))
        _log.error("unexpected error %s: %s", number, places(error))
        return Unexpected(number)

    def caught(self, kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        """For sys.excepthook: log, then tell; an error while telling is logged only."""
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, _trace)
            return
        shown = error if isinstance(error, RegistryError) else self.report(error or kind())
        if isinstance(error, RegistryError):
            _log.error("refusal that no screen showed: %s", places(error))
        if self._telling:
            return
        self._telling = True
        try:
            self._tell(shown)
        finally:
            self._telling = False

    def install(self) -> Callable[[], None]:
        """Catch on all threads from now on, until the function that this gives is called."""
        before, before_thread = sys.excepthook, threading.excepthook

        def in_thread(what: threading.ExceptHookArgs) -> None:
            self.caught(what.exc_type, what.exc_value, what.exc_traceback)

        sys.excepthook, threading.excepthook = self.caught, in_thread

        def put_back() -> None:
            sys.excepthook, threading.excepthook = before, before_thread

        return put_back
