"""Work off the window's thread: one worker for everything that touches the registry, answers where widgets live."""

import logging
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Protocol, TypeVar

from poems_registry.domain.errors import RegistryError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Answer = TypeVar("Answer")
Failed = Callable[[RegistryError], None]
_log = logging.getLogger(__name__)


class Cancelled(RegistryError):
    """A person stopped a long job between two steps."""

    def __init__(self) -> None:
        super().__init__("Stopped, as you asked. What was finished before is kept; the rest was not begun.")


class Tasks(Protocol):
    """Runs work and tells its outcome on the window's thread."""

    def run(self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Failed) -> None:
        """Call `done` with the answer or `failed` with a sentence to show; a bug reaches `failed` too, reported."""


class Inline:
    """For tests: does the work at once; a bug is raised where it happens."""

    def run(self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Failed) -> None:
        """Work and answer before returning."""
        try:
            answer = work()
        except RegistryError as error:
            failed(error)
        else:
            done(answer)


class OneThread:
    """One worker thread, so that work on the registry is done in the order in which it was asked.

    `call_on_ui` carries a call to the window's thread. `report` takes an error that is a bug down and gives the
    sentence to show, so that no screen waits for ever. `waiting` keeps all work back until `begin`: beside the first
    paint of a window two threads that both run Python only wait for each other.
    """

    def __init__(
        self,
        call_on_ui: Callable[[Callable[[], None]], None],
        report: Callable[[BaseException], RegistryError],
        name: str = "registry",
        *,
        waiting: bool = False,
    ) -> None:
        self._call_on_ui = call_on_ui
        self._report = report
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        self._kept_back: list[Callable[[], None]] | None = [] if waiting else None
        self._closed = False

    def begin(self) -> None:
        """Do what was kept back, in the order in which it was asked; from now on nothing is."""
        kept_back, self._kept_back = self._kept_back or [], None
        for ask in kept_back:
            ask()

    def run(self, work: Callable[[], Answer], done: Callable[[Answer], None], failed: Failed) -> None:
        """Queue the work; the answer comes on the window's thread. After `close` nothing is run any more."""
        if self._kept_back is not None:
            self._kept_back.append(lambda: self.run(work, done, failed))
            return
        from concurrent.futures import CancelledError

        def answer(future: "Future[Answer]") -> None:
            try:
                error = future.exception()
            except CancelledError:
                return  # closed before this began: the window that asked is gone
            if error is None:
                self._call_on_ui(lambda: done(future.result()))
            elif isinstance(error, RegistryError):
                self._call_on_ui(lambda: failed(error))
            else:
                self._call_on_ui(lambda: failed(self._report(error)))

        if self._closed:
            _log.info("work asked for after closing was not begun")
        else:
            self._thread().submit(work).add_done_callback(answer)

    def close(self) -> None:
        """Finish the step that runs, drop what has not begun, and end the thread."""
        self._closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _thread(self) -> "ThreadPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)
        return self._pool


class Progress:
    """How far a long job is: handed to its work, which calls `step`; the window may `cancel` between steps.

    `tell` gets (steps done, steps in all, words) on the window's thread.
    """

    def __init__(
        self, tell: Callable[[int, int, str], None], call_on_ui: Callable[[Callable[[], None]], None] | None = None
    ) -> None:
        self._tell = tell
        self._call_on_ui = call_on_ui or (lambda call: call())
        self._stop = Event()

    def step(self, done: int, total: int, words: str = "") -> None:
        """Say how far the work is. Raises Cancelled when a person asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        self._call_on_ui(lambda: self._tell(done, total, words))

    def cancel(self) -> None:
        """Ask the work to stop at its next step; what it wrote before stays or is taken back by its transaction."""
        self._stop.set()
