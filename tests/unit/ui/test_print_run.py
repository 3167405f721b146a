"""A batch on its way: each letter noted before the next, stopped and resumed without a letter lost or printed twice."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from poems_registry.domain.errors import NotSaved
from poems_registry.domain.printing import PrintBatch, PrintItem, Step, check_step, next_waiting
from poems_registry.services.letter_printing import PrintJob
from poems_registry.ui.printing.run import PrintRun
from poems_registry.ui.printing.shown import NotPrinted, PrinterShown, PrintOut, RunShown
from poems_registry.ui.tasks import Inline


@dataclass
class Registry:
    """Batches in memory, with the steps of the real ones."""

    items: dict[int, PrintItem]
    journal: list[str] = field(default_factory=list)
    closed: bool = False

    def next(self, batch_id: int) -> PrintJob | None:
        item = next_waiting(self.items.values())
        if item is None:
            return None
        return PrintJob(self._step(item.id, Step.IN_HAND), "Tray", item.reference, (b"%PDF",))

    def gone(self, item_id: int, row_version: int) -> PrintItem:
        return self._step(item_id, Step.GONE, row_version)

    def failed(self, item_id: int, row_version: int, why: str) -> PrintItem:
        return self._step(item_id, Step.FAILED, row_version)

    def batch(self, batch_id: int) -> PrintBatch:
        return PrintBatch(id=1, printer="Tray", items=tuple(self.items.values()))

    def resume(self) -> PrintBatch:
        for item in list(self.items.values()):
            if item.step is Step.FAILED:
                self._step(item.id, Step.WAITING)
            elif item.step is Step.IN_HAND:
                self._step(item.id, Step.UNCLEAR)
        return self.batch(1)

    def _step(self, item_id: int, to: Step, row_version: int | None = None) -> PrintItem:
        if self.closed:
            raise NotSaved("The registry is closed.")
        item = self.items[item_id]
        assert row_version in (None, item.row_version)
        check_step(item.step, to)
        self.items[item_id] = replace(item, step=to, row_version=item.row_version + 1)
        self.journal.append(f"{item_id} {to.value}")
        return self.items[item_id]


@dataclass
class Tray:
    """A printer that keeps what it was given, and jams when it is told to."""

    out: list[str] = field(default_factory=list)
    jams_at: int = -1
    then: Callable[[], None] = lambda: None

    def offered(self) -> tuple[PrinterShown, ...]:
        return (PrinterShown("Tray"),)

    def put(self, out: PrintOut) -> None:
        if len(self.out) == self.jams_at:
            raise NotPrinted("The printer stopped. Look at its paper.")
        self.out.append(out.title)
        self.then()


def three() -> Registry:
    return Registry({n: PrintItem(id=n, number=f"L-{n}", place=n) for n in (1, 2, 3)})


def run_of(registry: Registry, tray: Tray) -> tuple[PrintRun, list[RunShown]]:
    run, told = PrintRun(registry, tray, Inline(), Inline()), list[RunShown]()
    run.watch(told.append)
    return run, told


def test_each_letter_is_noted_before_the_next_one_is_begun() -> None:
    registry, tray = three(), Tray()
    run, told = run_of(registry, tray)
    run.start(registry.batch(1), both_sides=False)
    assert tray.out == ["L-1-v1", "L-2-v1", "L-3-v1"]
    assert registry.journal == ["1 in_hand", "1 gone", "2 in_hand", "2 gone", "3 in_hand", "3 gone"]
    assert not told[-1].running
    assert told[-1].batch.count(Step.GONE) == 3
    assert run.shown is None


def test_stopping_lets_the_letter_in_hand_finish_and_leaves_the_others_waiting() -> None:
    registry, tray = three(), Tray()
    run, told = run_of(registry, tray)
    tray.then = run.cancel
    run.start(registry.batch(1), both_sides=False)
    assert tray.out == ["L-1-v1"]
    assert [item.step for item in registry.items.values()] == [Step.GONE, Step.WAITING, Step.WAITING]
    assert told[-1].problem == ""


def test_going_on_prints_just_what_has_not_gone_yet() -> None:
    registry, tray = three(), Tray()
    run, _ = run_of(registry, tray)
    tray.then = run.cancel
    run.start(registry.batch(1), both_sides=False)
    tray.then = lambda: None
    run.start(registry.resume(), both_sides=False)
    assert tray.out == ["L-1-v1", "L-2-v1", "L-3-v1"]


def test_a_jam_ends_the_run_in_words_and_the_jammed_letter_comes_first_next_time() -> None:
    registry, tray = three(), Tray(jams_at=1)
    run, told = run_of(registry, tray)
    run.start(registry.batch(1), both_sides=False)
    assert told[-1].problem.startswith("The printer stopped.")
    assert [item.step for item in registry.items.values()] == [Step.GONE, Step.FAILED, Step.WAITING]
    tray.jams_at = -1
    run.start(registry.resume(), both_sides=False)
    assert tray.out == ["L-1-v1", "L-2-v1", "L-3-v1"]


def test_what_was_at_the_printer_when_the_registry_went_away_is_not_printed_again() -> None:
    registry, tray = three(), Tray()
    run, told = run_of(registry, tray)

    def locked() -> None:
        registry.closed = True

    tray.then = locked
    run.start(registry.batch(1), both_sides=False)
    assert told[-1].problem == "The registry is closed."
    registry.closed, tray.then = False, lambda: None
    again, _ = run_of(registry, tray)
    again.start(registry.resume(), both_sides=False)
    assert tray.out == ["L-1-v1", "L-2-v1", "L-3-v1"]
    assert registry.items[1].step is Step.UNCLEAR


@dataclass
class Kept:
    """Tasks that wait until they are let go."""

    waiting: list[Callable[[], None]] = field(default_factory=list)

    def run(self, work: Callable[[], object], done: Callable[..., None], failed: Callable[..., None]) -> None:
        self.waiting.append(lambda: Inline().run(work, done, failed))

    def go(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


def test_stopping_while_the_next_letter_is_fetched_sends_it_nowhere_and_keeps_it_to_be_printed() -> None:
    registry, tray, tasks = three(), Tray(), Kept()
    run, told = PrintRun(registry, tray, tasks, Inline()), list[RunShown]()
    run.watch(told.append)
    run.start(registry.batch(1), both_sides=False)
    run.cancel()
    tasks.go()
    assert tray.out == []
    assert registry.items[1].step is Step.FAILED
    assert not told[-1].running
    assert told[-1].problem == ""


def test_two_batches_are_not_printed_at_once() -> None:
    registry, tray, tasks = three(), Tray(), Kept()
    run = PrintRun(registry, tray, tasks, Inline())
    run.start(registry.batch(1), both_sides=False)
    with pytest.raises(ValueError, match="one batch"):
        run.start(registry.batch(1), both_sides=False)


def test_whoever_closes_the_registry_waits_until_the_letter_in_hand_is_noted_and_nothing_more_is_asked() -> None:
    registry, tray, tasks, paper = three(), Tray(), Kept(), Kept()
    run, closed = PrintRun(registry, tray, tasks, paper), list[str]()

    def close() -> None:
        registry.closed = True
        closed.append(",".join(registry.journal))

    run.start(registry.batch(1), both_sides=False)
    tasks.go()
    run.stop(close)
    assert closed == []
    paper.go()
    tasks.go()
    assert closed == ["1 in_hand,1 gone"]
    assert tasks.waiting == []
    run.stop(close)
    assert len(closed) == 2
