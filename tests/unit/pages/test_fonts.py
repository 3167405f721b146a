"""A letter that cannot be printed is refused by name, before anything is printed; all others pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.errors import RegistryError
from poems_registry.pages.fonts import MissingGlyph, check_printable, tidy, unprintable


@pytest.mark.parametrize(
    "name", ["Nguyễn", "Łukasz", "Ṣọlá", "Dvořák", "Ağrı", "ŵŷ", "Ωμέγα", "Достоевский", "10⁹/L ≤ ≥ β µ →", "O’Neill"]
)
def test_names_of_many_languages_can_be_printed(name: str) -> None:
    check_printable([name])


@pytest.mark.parametrize(
    ("text", "named"),
    [("tick ✓", "✓ (U+2713)"), ("王", "王 (U+738B)"), ("🙂", "U+1F642"), ("\x07", "U+0007"), ("\u202e", "U+202E")],
)
def test_a_missing_letter_is_named(text: str, named: str) -> None:
    with pytest.raises(MissingGlyph, match="cannot be printed") as refusal:
        check_printable(["fine", text])
    assert named in str(refusal.value)
    assert isinstance(refusal.value, RegistryError)


@pytest.mark.parametrize("text", ["שלום", "سلام"])
def test_scripts_from_right_to_left_are_refused_rather_than_reversed(text: str) -> None:
    with pytest.raises(MissingGlyph) as refusal:
        check_printable([text])
    assert set(refusal.value.characters) == set(text)


def test_the_refusal_holds_letters_only_never_the_words_around_them() -> None:
    with pytest.raises(MissingGlyph) as refusal:
        check_printable(["Hartley 王 Orchard"])
    assert "Hartley" not in str(refusal.value)
    assert refusal.value.characters == ("王",)


def test_only_ten_letters_are_named_and_the_rest_counted() -> None:
    with pytest.raises(MissingGlyph, match="and 20 more"):
        check_printable(["".join(chr(0x4E00 + k) for k in range(30))])


def test_a_decomposed_letter_is_composed_and_characters_without_ink_fall_away() -> None:
    assert tidy("e\u0301\u200b\u00ad") == "é"
    check_printable(["e\u0301", "soft\u00adhyphen", "zero\u200bwidth", "tab\there"])


@given(st.text())
def test_every_text_is_either_covered_or_refused(text: str) -> None:
    missing = unprintable(text)
    if not missing:
        check_printable([text])
    else:
        with pytest.raises(MissingGlyph):
            check_printable([text])
