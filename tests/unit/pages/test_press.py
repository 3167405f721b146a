"""Two processes for many documents: the same bytes as one, and one does it alone where no second can be had."""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from datetime import UTC, datetime
from typing import Any

import pytest

from poems_registry.pages.document import Document, Heading, Paragraph, Style, plain
from poems_registry.pages.press import AHEAD, ONE_PROCESS, WORTH_IT, Pressed, Presses, press

MANY = WORTH_IT + AHEAD


def document(words: str = "You walk well.") -> Document:
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    blocks = (Heading("A page", level=1), Paragraph(plain(words)))
    return Document("A page", "Clinic", "Test", at, blocks, style=Style.REPORT)


def documents(count: int) -> list[Document]:
    return [document(f"Page {number}.") for number in range(count)]


class Here(Executor):
    """Does the work at once, until it breaks."""

    def __init__(self, breaks_at: int = 10_000, *, in_work: bool = False) -> None:
        self.breaks_at, self.in_work, self.taken, self.closed = breaks_at, in_work, 0, False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        if fn.__name__ == "_idle":
            return future
        self.taken += 1
        if self.taken > self.breaks_at:
            if not self.in_work:
                raise BrokenExecutor
            future.set_exception(BrokenExecutor())
            return future
        future.set_result(fn(*args, **kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.closed = True


def cannot_start(_: int) -> Executor:
    raise OSError("no more processes")


def alone(wanted: list[Document]) -> list[Pressed]:
    return [press(each) for each in wanted]


@pytest.mark.parametrize("broken", [Here(), Here(3), Here(3, in_work=True), Here(0)])
def test_the_pages_are_the_same_whoever_makes_them_and_keep_their_order(broken: Here) -> None:
    wanted = documents(MANY)
    with Presses(make_pool=lambda _: broken) as presses:
        presses.start(len(wanted))
        made = list(presses.press_all(iter(wanted)))
    assert made == alone(wanted)
    assert presses.note == (ONE_PROCESS if broken.breaks_at < MANY else "")
    assert broken.closed


def test_where_no_process_can_be_started_one_does_it_all_and_says_so() -> None:
    wanted = documents(WORTH_IT)
    with Presses(make_pool=cannot_start) as presses:
        presses.start(len(wanted))
        assert list(presses.press_all(wanted)) == alone(wanted)
    assert presses.note == ONE_PROCESS


def test_for_a_few_documents_no_process_is_started() -> None:
    started: list[int] = []

    def pool(workers: int) -> Executor:
        started.append(workers)
        return Here()

    with Presses(make_pool=pool) as presses:
        presses.start(WORTH_IT - 1)
    with Presses(1, make_pool=pool) as presses:
        presses.start(MANY)
    assert started == []
    with Presses(make_pool=pool) as presses:
        presses.start(WORTH_IT)
    assert started == [2]


def test_documents_are_taken_as_they_are_composed_and_few_ahead() -> None:
    composed: list[int] = []

    def composing() -> Iterator[Document]:
        for number, each in enumerate(documents(MANY)):
            composed.append(number)
            yield each

    with Presses(make_pool=lambda _: Here()) as presses:
        presses.start(MANY)
        next(presses.press_all(composing()))
        assert len(composed) == AHEAD + 1


def test_a_letter_that_cannot_be_printed_comes_back_with_why_and_the_others_are_made() -> None:
    first, second = press(document("Missing: 漢")), press(document())
    assert not first.pdf
    assert "cannot be printed" in first.refused
    assert "Missing:" not in first.refused
    assert (second.pages, second.problems, second.refused) == (1, (), "")


def test_a_draft_is_neither_tagged_nor_checked() -> None:
    draft = press(document(), archive=False)
    assert draft.pdf.startswith(b"%PDF")
    assert b"StructTreeRoot" not in draft.pdf
