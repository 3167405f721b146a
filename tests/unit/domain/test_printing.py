"""Copies at a printer: what may follow what, and the sums of a batch."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.errors import NotAllowedNow
from poems_registry.domain.printing import (
    NOT_PRINTED,
    STEPS,
    PrintBatch,
    PrintItem,
    Step,
    check_step,
    next_waiting,
    sums,
)

ENDS = (Step.PRINTED, Step.SPOILED, Step.LEFT_OUT)


def test_only_the_steps_of_the_table_are_taken_and_none_leaves_an_end() -> None:
    for now, then in product(Step, Step):
        if then in STEPS[now]:
            check_step(now, then)
        else:
            with pytest.raises(NotAllowedNow, match="Nothing was changed"):
                check_step(now, then)
    assert all(not STEPS[end] for end in ENDS)


def test_nothing_counts_as_printed_that_did_not_go_to_the_printer_first() -> None:
    before = {now for now, then in STEPS.items() if Step.PRINTED in then}
    assert before == {Step.GONE, Step.UNCLEAR}


def test_what_was_at_the_printer_when_the_program_stopped_never_waits_again_by_itself() -> None:
    assert Step.WAITING not in STEPS[Step.IN_HAND] | STEPS[Step.UNCLEAR] | STEPS[Step.GONE]


def test_copies_go_in_their_order_and_the_ones_left_out_are_passed_over() -> None:
    items = tuple(PrintItem(id=n, step=step) for n, step in enumerate((Step.LEFT_OUT, Step.WAITING, Step.WAITING)))
    assert next_waiting(items) is items[1]
    assert next_waiting(items[:1]) is None


@given(st.lists(st.sampled_from(ENDS), min_size=1, max_size=30))
def test_the_sums_of_a_settled_batch_agree_with_its_list_and_with_no_other(ends: list[Step]) -> None:
    batch = PrintBatch(items=tuple(PrintItem(id=n, step=step) for n, step in enumerate(ends)))
    assert sums(batch, len(ends)).agree
    assert not sums(batch, len(ends) - 1).agree
    told = sums(batch, len(ends))
    assert (told.printed, told.not_printed) == (ends.count(Step.PRINTED), sum(end in NOT_PRINTED for end in ends))


def test_a_batch_with_a_copy_that_is_not_settled_does_not_agree() -> None:
    batch = PrintBatch(items=(PrintItem(id=1, step=Step.PRINTED), PrintItem(id=2, step=Step.GONE)))
    assert not sums(batch, 2).agree


def test_the_line_says_what_is_missing_only_where_something_is() -> None:
    whole = PrintBatch(items=(PrintItem(step=Step.PRINTED), PrintItem(step=Step.PRINTED)))
    torn = PrintBatch(items=(PrintItem(step=Step.PRINTED), PrintItem(step=Step.SPOILED)))
    assert sums(whole, 2).line == "2 asked = 2 printed = 2 listed"
    assert sums(torn, 2).line == "2 asked = 1 printed + 1 not printed = 2 listed"


def test_the_queue_of_a_printer_sees_the_number_of_a_letter_only() -> None:
    assert PrintItem(number="L-2026-0412", version=2).reference == "L-2026-0412-v2"
