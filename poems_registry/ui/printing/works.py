"""The printing of one window: the printers' own thread, the printers, and the batch that runs, which is one at most."""

from collections.abc import Callable

from poems_registry.domain.errors import RegistryError
from poems_registry.ui.printing.run import Batches, PrintRun
from poems_registry.ui.printing.shown import Printers
from poems_registry.ui.tasks import OneThread, Tasks


class PrintWorks:
    """Made with the window; its thread and its printers only when the first letter board is shown.

    A letter may take seconds at a printer: the registry's own thread is not kept waiting for it.
    """

    def __init__(
        self, call_on_ui: Callable[[Callable[[], None]], None], report: Callable[[BaseException], RegistryError]
    ) -> None:
        self._call_on_ui, self._report = call_on_ui, report
        self._paper: OneThread | None = None
        self._printers: Printers | None = None
        self._run: PrintRun | None = None

    @property
    def paper(self) -> Tasks:
        """The thread of the printers."""
        if self._paper is None:
            self._paper = OneThread(self._call_on_ui, self._report, "printer")
        return self._paper

    @property
    def printers(self) -> Printers:
        """The printers of this PC."""
        from poems_registry.ui.printing.paper import QtPrinters

        if self._printers is None:
            self._printers = QtPrinters()
        return self._printers

    def use(self, printers: Printers) -> None:
        """Other printers than those of this PC: for tests and for pictures."""
        self._printers = printers

    def run_of(self, batches: Batches, tasks: Tasks) -> PrintRun:
        """What prints the batches of whoever signed in."""
        self._run = PrintRun(batches, self.printers, tasks, self.paper)
        return self._run

    def stop(self, then: Callable[[], None]) -> None:
        """The letter in hand is the last one and is noted, then go on; what is left waits in its batch."""
        run, self._run = self._run, None
        if run is not None:
            run.stop(then)
        else:
            then()

    def close(self) -> None:
        """Finish the letter in hand and end the thread."""
        if self._paper is not None:
            self._paper.close()
