"""The decisions around a batch: which printer, how far it is, what came out of it, its list."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from poems_registry.domain.errors import InvalidInput, RegistryError, StillAtAPrinter
from poems_registry.domain.printing import NOT_GONE, TO_CONFIRM, PrintBatch, Step
from poems_registry.services.changes import Changed, ChangeFeed
from poems_registry.services.letter_printing import Confirmed, Plan
from poems_registry.ui.errors import Message, message_for
from poems_registry.ui.i18n import tr, tr_count
from poems_registry.ui.printing.remembered import last_printer, remember
from poems_registry.ui.printing.shown import PrinterShown, RunShown
from poems_registry.ui.screens.letters import batch_words
from poems_registry.ui.screens.letters.ports import PrintShop, View
from poems_registry.ui.screens.letters.shown import (
    ConfirmAsked,
    DockShown,
    PrintAsked,
    PrinterChoice,
    SheetShown,
    StoppedAsked,
)
from poems_registry.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Note:
    """Where the printer of last time is kept on this PC."""

    read: Callable[[], str] = last_printer
    keep: Callable[[str], None] = remember


class BatchPresenter:
    """One batch at a time, from the question for a printer to the list of what came out.

    `redraw` is called when the dock has something else to say; `names` gives the patient of a letter by its id;
    `in_view` says whether the board is what a person looks at: nobody is asked over another screen.
    """

    def __init__(self, view: View, shop: PrintShop, tasks: Tasks, feed: ChangeFeed, note: Note) -> None:
        self._view, self._shop, self._tasks, self._feed, self._note = view, shop, tasks, feed, note
        self.redraw: Callable[[], None] = lambda: None
        self.names: Callable[[], Mapping[int, str]] = dict
        self.in_view: Callable[[], bool] = lambda: True
        self._plan: Plan | None = None
        self._open: tuple[PrintBatch, ...] = ()
        self._closed: Confirmed | None = None
        self._asked: PrintBatch | None = None
        self._sheets: dict[int, str] = {}
        self._if_stopped: Callable[[], None] | None = None
        shop.run.watch(self._told)

    # -- what there is

    @property
    def batches(self) -> tuple[PrintBatch, ...]:
        """The open ones, as they are now."""
        return self._open

    def found(self, batches: tuple[PrintBatch, ...]) -> None:
        """What the registry says is open; what runs here is known better here."""
        running = self._shop.run.shown
        self._open = tuple(running.batch if running and each.id == running.batch.id else each for each in batches)

    # -- before

    def ask(self, letter_ids: Sequence[int], *, again: bool) -> None:
        """Which printer for these letters."""
        self._find_printers(lambda: self._shop.batches.plan(letter_ids, again=again))

    def ask_copies(self, copy_ids: Sequence[int]) -> None:
        """Which printer for just these copies; those that were printed are printed again."""
        self._find_printers(lambda: self._shop.batches.plan_copies(copy_ids))

    def chosen(self, printer: str, both_sides: bool) -> None:
        """Begin."""
        plan = self._plan
        if plan is None or self._shop.run.shown is not None:
            return

        def begun(batch: PrintBatch) -> None:
            self._view.close_dialog()
            self._note.keep(printer)
            self._closed = None
            self._open = (*self._open, batch)
            self._feed.publish(Changed(letters=frozenset(item.letter_id for item in batch.items)))
            self._shop.run.start(batch, both_sides=both_sides)

        batches = self._shop.batches
        self._tasks.run(lambda: batches.begin(plan.copy_ids, printer, again=plan.again), begun, self._not_taken)

    def _find_printers(self, planned: Callable[[], Plan]) -> None:
        self._view.say(None)
        if self._shop.run.shown is not None:
            words = tr("Letters are being printed. Wait until they are done, or stop them, then print these.")
            self._view.say(Message(words, ""), "amber")
            return

        def know(plan: Plan) -> None:
            self._plan = plan
            printers = self._shop.printers
            self._shop.paper.run(printers.offered, lambda found: self._offer(plan, found), self._refused)

        self._tasks.run(planned, know, self._refused)

    def _offer(self, plan: Plan, printers: tuple[PrinterShown, ...]) -> None:
        if not plan.copy_ids:
            words = tr("No copy of these letters waits to be printed any more.")
            self._view.say(Message(words, tr("Look at the board again: somebody was faster.")), "amber")
            return
        copies = tr_count("{count} copy", "{count} copies", len(plan.copy_ids))
        letters = tr_count("{count} letter", "{count} letters", plan.letters)
        pages = tr_count("{count} page", "{count} pages", plan.pages)
        choices = tuple(PrinterChoice(p.name, p.words, p.both_sides, batch_words.printer_problem(p)) for p in printers)
        words = tr(
            "{pages} on A4, address sheets included. The printer's queue shows the numbers of letters, nobody's name.",
            pages=pages,
        )
        if not printers:
            words = tr("No printer is set up on this PC. Ask for one to be added, or print from another PC.")
        self._view.ask_print(
            PrintAsked(
                title=tr("Print {copies} of {letters}", copies=copies, letters=letters),
                words=words,
                button=tr("Print {copies}", copies=copies),
                printers=choices,
                chosen=batch_words.usual_printer(choices, self._note.read()),
            )
        )

    # -- under way and after

    def cancel(self) -> None:
        """Stop after the copy in hand."""
        self._shop.run.cancel()

    def go_on(self) -> None:
        """Print what has not gone yet."""
        self._go_on(stopped=False)

    def _go_on(self, *, stopped: bool) -> None:
        batch = self._first()
        if batch is None or self._shop.run.shown is not None:
            return

        def ready(now: PrintBatch) -> None:
            self._replace(now)
            self._shop.run.start(now, both_sides=False)

        self._view.say(None)
        batches = self._shop.batches
        again = self._once_stopped(lambda: self._go_on(stopped=True))
        self._tasks.run(lambda: batches.resume(batch.id, stopped=stopped), ready, again)

    def ask_what_came_out(self) -> None:
        """Show what went to the printer, each to be confirmed."""
        self._ask_what_came_out(stopped=False)

    def stopped_there(self) -> None:
        """A person says that the other PC prints no more: go on with what was asked for."""
        act, self._if_stopped = self._if_stopped, None
        self._view.close_dialog()
        if act is not None:
            act()

    def _once_stopped(self, act: Callable[[], None]) -> Callable[[RegistryError], None]:
        """Ask a person where somebody else may be printing; any other refusal is said."""

        def refused(error: RegistryError) -> None:
            if not isinstance(error, StillAtAPrinter):
                self._refused(error)
                return
            self._if_stopped = act
            self._view.ask_stopped(StoppedAsked(tr("Is it still being printed?"), str(error)))

        return refused

    def _ask_what_came_out(self, *, stopped: bool) -> None:
        batch = self._first()
        if batch is None or self._shop.run.shown is not None:
            return

        def looked() -> tuple[PrintBatch, dict[int, str], frozenset[int]]:
            batches = self._shop.batches
            return batches.look(batch.id, stopped=stopped), batches.names(batch.id), batches.taken_back(batch.id)

        again = self._once_stopped(lambda: self._ask_what_came_out(stopped=True))
        self._tasks.run(looked, lambda found: self._ask_confirm(*found), again)

    def _ask_confirm(self, batch: PrintBatch, readers: Mapping[int, str], fell: Collection[int]) -> None:
        self._asked = batch
        self._replace(batch)
        patients = self.names()
        sheets = tuple(
            SheetShown(
                item.id,
                batch_words.sheet_words(item, patients, readers),
                batch_words.sheet_note(item, fell=item.id in fell),
                item.step is Step.GONE,
                item.id in fell,
            )
            for item in batch.items
            if item.step in TO_CONFIRM
        )
        self._sheets = {sheet.item_id: sheet.words for sheet in sheets}
        missing = batch.count(*NOT_GONE, Step.LEFT_OUT)
        words = tr(
            "Look into the tray of {printer}. Untick what is missing, torn or unreadable.", printer=batch.printer
        )
        left_out = ""
        if missing:
            left_out = tr_count(
                "{count} copy did not go to the printer: it stays to print.",
                "{count} copies did not go to the printer: they stay to print.",
                missing,
            )
        self._view.ask_confirm(ConfirmAsked(tr("What came out right?"), words, sheets, left_out))

    def confirmed(self, right: Sequence[int]) -> None:
        """Close the batch with what a person saw."""
        batch = self._asked
        if batch is None:
            return

        def closed(confirmed: Confirmed) -> None:
            self._asked = None
            self._closed = confirmed
            self._open = tuple(each for each in self._open if each.id != batch.id)
            self._view.close_dialog()
            self._feed.publish(confirmed.changed)

        wanted = tuple(right)
        batches = self._shop.batches
        self._tasks.run(lambda: batches.confirm(batch.id, batch.row_version, wanted), closed, self._not_taken)

    def save_list(self) -> None:
        """The manifest of the batch that was confirmed last, where a person wants it."""
        closed = self._closed
        if closed is None:
            return
        path = self._view.ask_file(f"printed-letters-batch-{closed.batch.id}.pdf")
        if path is None:
            return

        def saved(_: object) -> None:
            words = tr("The list was saved as {name}.", name=path.name)
            self._view.say(Message(words, tr("It names nobody: patients stand in it by their study number.")), "green")

        batches = self._shop.batches
        self._tasks.run(lambda: batches.save_manifest(closed.batch.id, Path(path)), saved, self._refused)

    def dismiss(self) -> None:
        """Take the sums of the last batch away."""
        self._closed = None
        self.redraw()

    # -- what the dock says

    def job(self) -> DockShown | None:
        """What runs; else what waits to be confirmed; else what was confirmed last."""
        running = self._shop.run.shown
        if running is not None:
            return batch_words.running(running)
        batch = self._first()
        if batch is not None:
            return batch_words.stopped(batch)
        if self._closed is not None:
            return batch_words.done(self._closed, self._sheets)
        return None

    def _told(self, shown: RunShown) -> None:
        self._replace(shown.batch)
        if not shown.running and shown.problem:
            message = Message(*batch_words.cause_and_rest(shown.problem))
            self._view.say(message)
        self.redraw()
        done = not shown.running and not shown.problem and not shown.batch.count(*NOT_GONE)
        if done and self.in_view():
            self.ask_what_came_out()

    def _first(self) -> PrintBatch | None:
        return self._open[0] if self._open else None

    def _replace(self, batch: PrintBatch) -> None:
        self._open = tuple(batch if each.id == batch.id else each for each in self._open)

    def _not_taken(self, error: RegistryError) -> None:
        words = "; ".join(error.problems.values()) if isinstance(error, InvalidInput) else str(error)
        self._view.refuse(words)

    def _refused(self, error: RegistryError) -> None:
        self._view.say(message_for(error))
