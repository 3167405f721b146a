"""A batch on its way: letter after letter from the registry to the printer, each noted before the next one begins."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from poems_registry.domain.errors import RegistryError
from poems_registry.domain.printing import PrintBatch, PrintItem
from poems_registry.services.letter_printing import PrintJob
from poems_registry.ui.i18n import tr
from poems_registry.ui.printing.shown import Printers, PrintOut, RunShown
from poems_registry.ui.tasks import Tasks


class Batches(Protocol):
    """What is needed of `PrintService`."""

    def next(self, batch_id: int) -> PrintJob | None: ...
    def gone(self, item_id: int, row_version: int) -> PrintItem: ...
    def failed(self, item_id: int, row_version: int, why: str) -> PrintItem: ...
    def batch(self, batch_id: int) -> PrintBatch: ...


class PrintRun:
    """Runs one batch at a time. `tasks` works on the registry, `paper` on the printer; `told` hears of each step.

    `cancel` lets the letter in hand finish and be noted; a refusal of the printer stops the run too. Nothing here is
    remembered that the registry does not hold: after a crash the batch goes on from there.
    """

    def __init__(self, batches: Batches, printers: Printers, tasks: Tasks, paper: Tasks) -> None:
        self._batches, self._printers, self._tasks, self._paper = batches, printers, tasks, paper
        self._told: Callable[[RunShown], None] = lambda _: None
        self._shown: RunShown | None = None
        self._both_sides = False
        self._ending = False
        self._over: list[Callable[[], None]] = []

    def watch(self, told: Callable[[RunShown], None]) -> None:
        """Who is told of each step; one at a time."""
        self._told = told

    @property
    def shown(self) -> RunShown | None:
        """How far it is; None if nothing runs."""
        return self._shown

    def start(self, batch: PrintBatch, *, both_sides: bool) -> None:
        """Print what waits of a batch. ValueError while another one runs."""
        if self._shown is not None:
            raise ValueError("one batch is printed at a time")
        self._both_sides = both_sides
        self._say(RunShown(batch, running=True))
        self._go_on()

    def cancel(self) -> None:
        """Stop after the letter in hand."""
        if self._shown is not None:
            self._say(replace(self._shown, stopping=True))

    def stop(self, then: Callable[[], None]) -> None:
        """Stop after the letter in hand; `then` is called when all of it is noted and nothing more will be asked."""
        if self._shown is None and not self._ending:
            then()
            return
        self._over.append(then)
        self.cancel()

    def _go_on(self) -> None:
        shown = self._shown
        if shown is None:
            return
        if shown.stopping:
            self._end()
            return
        batch_id = shown.batch.id
        self._tasks.run(lambda: self._batches.next(batch_id), self._got, self._end_with)

    def _got(self, job: PrintJob | None) -> None:
        shown = self._shown
        if shown is None or job is None:
            self._end()
            return
        if shown.stopping:
            self._not_taken(job, tr("It was stopped before it went to the printer."), stopped=True)
            return
        self._say(replace(shown, item=job.item))
        out = PrintOut(job.title, job.documents, job.printer, self._both_sides)
        self._paper.run(
            lambda: self._printers.put(out),
            lambda _: self._taken(job),
            lambda error: self._not_taken(job, str(error)),
        )

    def _taken(self, job: PrintJob) -> None:
        item = job.item
        self._tasks.run(lambda: self._batches.gone(item.id, item.row_version), self._noted, self._end_with)

    def _not_taken(self, job: PrintJob, why: str, *, stopped: bool = False) -> None:
        item = job.item

        def noted(failed: PrintItem) -> None:
            self._keep(failed)
            self._end("" if stopped else why)

        self._tasks.run(lambda: self._batches.failed(item.id, item.row_version, why), noted, self._end_with)

    def _noted(self, item: PrintItem) -> None:
        self._keep(item)
        self._go_on()

    def _keep(self, item: PrintItem) -> None:
        if self._shown is not None:
            items = tuple(item if each.id == item.id else each for each in self._shown.batch.items)
            self._say(replace(self._shown, batch=replace(self._shown.batch, items=items), item=None))

    def _end_with(self, error: RegistryError) -> None:
        self._end(str(error))

    def _end(self, problem: str = "") -> None:
        """The registry's own words of the batch are the last ones shown."""
        shown, self._shown = self._shown, None
        if shown is None:
            return
        last = replace(shown, running=False, stopping=False, item=None, problem=problem)
        self._ending = True
        self._tasks.run(
            lambda: self._batches.batch(shown.batch.id),
            lambda batch: self._close(replace(last, batch=batch)),
            lambda _: self._close(last),
        )

    def _close(self, last: RunShown) -> None:
        self._ending = False
        self._told(last)
        waiting, self._over = self._over, []
        for then in waiting:
            then()

    def _say(self, shown: RunShown) -> None:
        self._shown = shown
        self._told(shown)
