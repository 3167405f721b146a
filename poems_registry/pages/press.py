"""Many documents to PDF by two processes: only documents go over, only bytes come back, no key and no database there.

A worker is started anew (spawn, as on Windows and in the built program), so it inherits nothing of the registry's
memory. Where no worker can be started, or one dies, the same work is done here: slower, and it is said in words.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

from poems_registry.pages.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future

WORKERS = 2
WORTH_IT = 12
"""Fewer documents are done before a worker would have loaded what it needs."""
AHEAD = 16
"""Documents that wait beside those in work: enough to keep two busy, few enough to hold in memory."""
ONE_PROCESS = "The letters were made in one process, since no second one could be started. They are the same letters."
SECRET = "POEMS_REGISTRY_PASSWORD"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A document as PDF with its number of pages; `problems` keep it from lasting (PDF/A), `refused` is why there is
    no PDF at all, in words for a person."""

    pdf: bytes = b""
    pages: int = 0
    problems: tuple[str, ...] = ()
    refused: str = ""


def press(document: Document, *, archive: bool = True) -> Pressed:
    """Set, tag and check one document, in this process; a draft (`archive=False`) is neither tagged nor checked."""
    from poems_registry.domain.errors import RegistryError
    from poems_registry.pages.pdf import check_archive, render
    from poems_registry.pages.raster import page_count

    try:
        pdf = render(document, archive=archive)
    except RegistryError as refusal:
        return Pressed(refused=str(refusal))
    problems = tuple(check_archive(pdf)) if archive else ()
    return Pressed(pdf, page_count(pdf), problems)


class Presses:
    """Presses documents in the order in which they are given; `note` says if one process had to do it alone.

    Use it in a `with`, so that the workers end. `workers=1` never starts one; `make_pool` starts them.
    """

    def __init__(self, workers: int = WORKERS, make_pool: "Callable[[int], Executor] | None" = None) -> None:
        self._workers, self._make_pool = workers, make_pool or _spawned
        self._pool: Executor | None = None
        self.note = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def start(self, wanted: int) -> None:
        """Have workers load what they need while the first documents are composed, if there are enough to press."""
        if self._workers < 2 or wanted < WORTH_IT or self._pool is not None or self.note:
            return
        try:
            pool = self._make_pool(self._workers)
            for _ in range(self._workers):
                pool.submit(_idle)
        except (OSError, RuntimeError, NotImplementedError, ImportError):
            # No memory or handles, no threads at exit, no semaphores, no module for them: each means one process.
            self.note = ONE_PROCESS
            return
        self._pool = pool

    def press_all(self, documents: Iterable[Document], *, archive: bool = True) -> Iterator[Pressed]:
        """Each document pressed, in order; a few are taken ahead of what was given back."""
        waiting: list[tuple[Document, Future[Pressed] | None]] = []
        for document in documents:
            waiting.append((document, self._submit(document, archive)))
            if len(waiting) > (AHEAD if self._pool is not None else 0):
                yield self._done(*waiting.pop(0), archive)
        for pair in waiting:
            yield self._done(*pair, archive)

    def _submit(self, document: Document, archive: bool) -> "Future[Pressed] | None":
        if self._pool is None:
            return None
        from concurrent.futures import BrokenExecutor

        try:
            return self._pool.submit(_worked, document, archive)
        except (BrokenExecutor, OSError, RuntimeError):
            self._alone()
            return None

    def _done(self, document: Document, future: "Future[Pressed] | None", archive: bool) -> Pressed:
        """What a worker made; made here if it died over it, or if its answer did not come whole."""
        if future is not None:
            from concurrent.futures import BrokenExecutor, CancelledError

            with suppress(BrokenExecutor, CancelledError, OSError, EOFError):
                return future.result()
            self._alone()
        return press(document, archive=archive)

    def _alone(self) -> None:
        pool, self._pool = self._pool, None
        self.note = ONE_PROCESS
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def _spawned(workers: int) -> "Executor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_make_ready)


def _make_ready() -> None:
    """In a worker: forget what it must not hold, and load what every document needs."""
    os.environ.pop(SECRET, None)
    import pikepdf.pdfa  # noqa: F401
    import pypdfium2  # noqa: F401

    from poems_registry.pages.fonts import Face, metrics

    for face in Face:
        metrics(face)


def _idle() -> None:
    """Nothing: it makes a worker start."""


def _worked(document: Document, archive: bool) -> Pressed:
    """In a worker. What goes wrong there comes back without its text, which may hold a patient's words."""
    return press(document, archive=archive)
