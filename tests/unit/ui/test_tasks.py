"""Work is done off the window's thread, in order; every outcome comes back, a bug too."""

import queue
import threading
from collections.abc import Callable

import pytest

from poems_registry.domain.errors import NotSaved, RegistryError
from poems_registry.ui.tasks import Cancelled, Inline, OneThread, Progress


class Window:
    """Stands for the window's thread: calls wait until the test does them."""

    def __init__(self) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()
        self.reported: list[BaseException] = []

    def call(self, function: Callable[[], None]) -> None:
        self.calls.put(function)

    def report(self, error: BaseException) -> RegistryError:
        self.reported.append(error)
        return RegistryError("Something went wrong (number 1).")

    def do_next(self) -> None:
        self.calls.get(timeout=10)()


def refuse() -> int:
    raise NotSaved("The disk is full. Your draft is kept. Free some space.")


def stumble() -> int:
    raise ZeroDivisionError("a bug")


def never(_: object) -> None:
    pytest.fail("must not be called")


def test_inline_work_answers_at_once() -> None:
    answers: list[int] = []
    Inline().run(lambda: 6 * 7, answers.append, never)
    assert answers == [42]


def test_a_refusal_is_told_and_a_bug_is_raised_inline() -> None:
    refusals: list[RegistryError] = []
    Inline().run(refuse, never, refusals.append)
    assert [type(error) for error in refusals] == [NotSaved]
    with pytest.raises(ZeroDivisionError):
        Inline().run(stumble, never, never)


def test_an_error_in_the_answering_code_is_not_taken_for_a_refusal_of_the_work() -> None:
    def answer(_: int) -> None:
        raise NotSaved("from the screen")

    with pytest.raises(NotSaved):
        Inline().run(lambda: 1, answer, never)


def test_one_thread_works_in_the_order_asked_and_answers_on_the_windows_thread() -> None:
    window, where, answers = Window(), list[str](), list[int]()
    tasks = OneThread(window.call, window.report)

    def work(number: int) -> int:
        where.append(threading.current_thread().name)
        return number

    for number in range(20):
        tasks.run(lambda number=number: work(number), answers.append, never)  # type: ignore[misc]
    for _ in range(20):
        window.do_next()
    tasks.close()
    assert answers == list(range(20))
    assert len(set(where)) == 1
    assert where[0] != threading.current_thread().name


def test_a_refusal_and_a_bug_both_reach_the_screen_so_that_it_does_not_wait_for_ever() -> None:
    window, told = Window(), list[RegistryError]()
    tasks = OneThread(window.call, window.report)
    tasks.run(refuse, never, told.append)
    tasks.run(stumble, never, told.append)
    window.do_next()
    window.do_next()
    tasks.close()
    assert isinstance(told[0], NotSaved)
    assert "number 1" in str(told[1])
    assert [type(error) for error in window.reported] == [ZeroDivisionError]


def test_closing_finishes_the_step_that_runs_and_begins_no_other() -> None:
    window, begun, go = Window(), threading.Event(), threading.Event()
    tasks = OneThread(window.call, window.report)

    def long() -> str:
        begun.set()
        assert go.wait(10)
        return "finished"

    answers: list[str] = []
    tasks.run(long, answers.append, never)
    tasks.run(lambda: "not begun", answers.append, never)
    assert begun.wait(10)
    closing = threading.Thread(target=tasks.close)
    closing.start()
    go.set()
    closing.join(10)
    window.do_next()
    assert answers == ["finished"]
    tasks.run(lambda: "too late", answers.append, never)
    assert window.calls.empty()


def test_a_long_job_tells_its_steps_and_stops_when_asked() -> None:
    told: list[tuple[int, int, str]] = []
    progress = Progress(lambda done, total, words: told.append((done, total, words)))
    progress.step(1, 9, "Printing copy 1 of 9")
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.step(2, 9)
    assert told == [(1, 9, "Printing copy 1 of 9")]
