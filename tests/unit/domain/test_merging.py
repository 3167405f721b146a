"""Where only one changed, theirs is taken; where both did, a person chooses; nothing is invented or lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.merging import Clash, Side, three_way

RECORDS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3))


def test_a_field_that_only_one_changed_is_taken_without_asking() -> None:
    merge = three_way(
        {"phone": 1, "email": 1, "name": 1}, {"phone": 2, "email": 1, "name": 1}, {"phone": 1, "email": 3}
    )
    assert merge.choose({}) == {"phone": 2, "email": 3}
    assert (merge.only_mine, merge.only_theirs, merge.clashes) == (("phone",), ("email", "name"), ())


def test_a_field_that_both_changed_is_shown_as_it_was_as_mine_and_as_theirs() -> None:
    merge = three_way({"phone": 1}, {"phone": 2}, {})
    assert merge.clashes == (Clash("phone", 1, 2, None),)
    assert merge.choose({"phone": Side.MINE}) == {"phone": 2}
    assert merge.choose({"phone": Side.THEIRS}) == {}
    with pytest.raises(KeyError):
        merge.choose({})


def test_the_same_change_by_both_is_no_conflict() -> None:
    assert three_way({"phone": 1}, {"phone": 2}, {"phone": 2}).choose({}) == {"phone": 2}


@given(RECORDS, RECORDS)
def test_who_changed_nothing_gets_what_the_other_wrote(before: dict[str, int], other: dict[str, int]) -> None:
    assert three_way(before, before, other).choose({}) == other
    assert three_way(before, other, before).choose({}) == other


@given(RECORDS, RECORDS, RECORDS)
def test_it_is_the_same_conflict_seen_from_the_other_side(
    before: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    here, there = three_way(before, mine, theirs), three_way(before, theirs, mine)
    assert dict(here.settled) == dict(there.settled)
    assert {clash.key for clash in here.clashes} == {clash.key for clash in there.clashes}
    assert (set(here.only_mine), set(here.only_theirs)) == (set(there.only_theirs), set(there.only_mine))


@given(RECORDS, RECORDS, RECORDS, st.booleans())
def test_every_value_is_somebodys_and_all_of_one_side_can_be_kept(
    before: dict[str, int], mine: dict[str, int], theirs: dict[str, int], keep_mine: bool
) -> None:
    merge = three_way(before, mine, theirs)
    side = Side.MINE if keep_mine else Side.THEIRS
    chosen = merge.choose({clash.key: side for clash in merge.clashes})
    own = mine if keep_mine else theirs
    for key in set(before) | set(mine) | set(theirs):
        assert chosen.get(key) in (mine.get(key), theirs.get(key))
        if own.get(key) != before.get(key):
            assert chosen.get(key) == own.get(key), "what this side changed is kept"
