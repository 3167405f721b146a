"""Looks become lines of quarter hours, acts stay what one transaction did, and no line falls on two pages."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.services.access_folding import act_of, fold, said
from poems_registry.storage.audit import AuditEntry

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def entry(
    seq: int, minutes: float = 0, action: str = "view", about: str = "patient", *, actor: int = 1, pc: str = "PC-1"
) -> AuditEntry:
    at = NINE + timedelta(minutes=minutes)
    return AuditEntry(seq, at, f"P{actor}", "nurse", pc, action, 7, about, "7", None, "", "", "", "done", actor)


def lines(*entries: AuditEntry, limit: int = 100) -> list[list[int]]:
    found, _ = fold(entries, limit)
    return [[each.seq for each in sitting.entries] for sitting in found]


def test_looks_of_one_person_within_a_quarter_of_an_hour_are_one_line() -> None:
    assert lines(entry(3, 14.9), entry(2, 8), entry(1, 0)) == [[3, 2, 1]]


def test_the_next_quarter_is_the_next_line() -> None:
    assert lines(entry(2, 15), entry(1, 14.9)) == [[2], [1]]


def test_two_people_and_two_pcs_are_never_one_line() -> None:
    assert lines(entry(3, 2, pc="PC-2"), entry(2, 1, actor=2), entry(1)) == [[3], [2], [1]]


def test_changes_of_one_transaction_are_one_line_and_of_two_are_two() -> None:
    sign, letter = entry(3, 2, "change", "encounter"), entry(2, 2, "change", "letter")
    assert lines(sign, letter, entry(1, 1, "change")) == [[3, 2], [1]]


def test_a_look_between_two_changes_stands_apart_from_them() -> None:
    assert lines(entry(3, 3, "change"), entry(2, 2), entry(1, 1, "change")) == [[3], [2], [1]]


def test_a_batch_at_a_printer_is_one_line() -> None:
    steps = [entry(4, 4, "change", "print_item"), entry(3, 3, "print", "letter"), entry(2, 2, "print", "letter")]
    assert lines(*steps, entry(1, 1, "create", "print_item")) == [[4, 3, 2, 1]]


def test_a_page_ends_between_two_quarters_and_says_where_the_list_goes_on() -> None:
    entries = [entry(4, 31), entry(3, 16, actor=2), entry(2, 15), entry(1, 0)]
    first, goes_on = fold(entries, 1)
    assert [[each.seq for each in sitting.entries] for sitting in first] == [[4]]
    assert goes_on == (entries[0].at, 4)


def test_the_last_page_goes_on_nowhere() -> None:
    assert fold([entry(1)], 1)[1] is None
    assert fold([], 1) == ([], None)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 3), st.booleans()), max_size=60), st.integers(1, 9))
def test_pages_tell_every_entry_once_and_the_same_lines_as_one_long_page(
    made: list[tuple[int, int, bool]], limit: int
) -> None:
    rows = sorted((minute, seq, who, look) for seq, (minute, who, look) in enumerate(made))
    left = [entry(seq, minute, "view" if look else "change", actor=who) for minute, seq, who, look in reversed(rows)]
    whole = lines(*left, limit=10_000)
    paged: list[list[int]] = []
    while left:
        found, goes_on = fold(left, limit)
        paged += [[each.seq for each in sitting.entries] for sitting in found]
        left = [each for each in left if goes_on is not None and (each.at, each.seq) < goes_on]
    assert paged == whole


@pytest.mark.parametrize(
    ("about", "old", "new", "act"),
    [
        ("encounter", {"state": "draft"}, {"state": "signed"}, "sign"),
        ("encounter", {"state": "draft"}, {"state": "recorded"}, "close"),
        ("encounter", {"version_number": 1}, {"version_number": 2, "amend_reason": "x"}, "amended"),
        ("encounter", {"error_reason": ""}, {"error_reason": "another patient"}, "error"),
        ("encounter", {"error_reason": "another patient"}, {"error_reason": ""}, "no_error"),
        ("event", {"in_error": False}, {"in_error": True}, "error"),
        ("letter", {"state": "ready"}, {"state": "signed"}, "sign"),
        ("letter_copy", {"delivery": "printed"}, {"delivery": "sent"}, "sent"),
        ("letter_copy", {"held_because": ""}, {"held_because": "has moved"}, "hold"),
        ("letter_copy", {"held_because": "has moved"}, {"held_because": ""}, "release"),
        ("joining", {"undone_at": None}, {"undone_at": "2026-11-20T09:00:00+00:00"}, "part"),
        ("patient", {"phone": ""}, {"phone": "07700 900123"}, "change"),
    ],
)
def test_a_change_is_called_what_it_was(about: str, old: dict[str, object], new: dict[str, object], act: str) -> None:
    assert act_of(entry(1, action="change", about=about), old, new) == act


def test_an_entry_without_values_says_none() -> None:
    assert said("") == {}
    assert said('{"phone": "07700 900123"}') == {"phone": "07700 900123"}
