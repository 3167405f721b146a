"""Whom one may have meant: one slip of the finger, or a name as it was heard; never just anybody."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from poems_registry.domain.near_names import misspelt, near

LETTERS = st.text("abcdefghijklmnoprstuvwz", min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kowalsky", "kowalski ewa"),
        ("lukasiewitz", "lukasiewicz ewa"),
        ("lukasevich", "lukasiewicz ewa"),
        ("mcalister", "mcallister fraser"),
        ("smiht", "smith ann"),
        ("smyth", "smith ann"),
        ("nguyne", "nguyen thi linh"),
        ("hargr", "hargreaves colin"),
        ("hargeav", "hargreaves colin"),
        ("jonson", "johnson bo"),
    ],
)
def test_a_slip_or_a_sound_is_near(typed: str, name: str) -> None:
    assert near([typed], name)


@pytest.mark.parametrize(
    ("typed", "name"), [("smith", "jones ann"), ("patel", "pritchard thomas"), ("kowal", "novak ewa")]
)
def test_another_name_is_not(typed: str, name: str) -> None:
    assert not near([typed], name)


def test_every_word_must_be_near_some_word_in_any_order() -> None:
    assert near(["colim", "hargreves"], "hargreaves colin")
    assert not near(["colin", "patel"], "hargreaves colin")


def test_short_words_and_figures_are_not_taken_for_misspelt_names() -> None:
    assert misspelt("Kowalsky Ewan") == ("kowalsky", "ewan")
    for query in ("", "Smi", "Ann Smyth 1955", "999 000 0050", "Li"):
        assert misspelt(query) == ()


@given(name=LETTERS, place=st.integers(0, 11), letter=st.sampled_from("abcdefghij"))
def test_one_wrong_letter_after_the_first_is_always_near(name: str, place: int, letter: str) -> None:
    assume(0 < place < len(name))
    assert near([name[:place] + letter + name[place + 1 :]], name)


@given(name=LETTERS, place=st.integers(1, 10))
def test_two_letters_swapped_after_the_first_are_always_near(name: str, place: int) -> None:
    assume(place + 1 < len(name))
    assert near([name[:place] + name[place + 1] + name[place] + name[place + 2 :]], name)


@given(name=LETTERS)
def test_a_name_is_near_itself(name: str) -> None:
    assert near([name], name)


def test_a_form_of_address_is_no_name_misspelt() -> None:
    assert misspelt("Mrs Balogan") == ("balogan",)
    assert misspelt("Mrs") == ()
