"""Lines hold every letter, fit their width and keep together what belongs together, however the text is made."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.pages.document import Run, Runs, plain
from poems_registry.pages.typesetting import (
    Line,
    forget,
    kept,
    longest_word,
    natural_width,
    set_lines,
    text_width,
    word_widths,
)

LETTERS = st.text(st.sampled_from("ab W.,/-\n éŁΩж\u00a0"), max_size=60)
RUNS = st.lists(st.builds(Run, LETTERS, st.booleans()), max_size=6).map(tuple)


def said(lines: Sequence[Line]) -> str:
    return "\n".join("".join(words for _, words in line.pieces) for line in lines)


def letters(text: str) -> str:
    return "".join(text.split(" ")).replace("\n", "")


@given(RUNS, st.floats(12, 300))
def test_no_letter_is_lost_added_or_moved(runs: Runs, width: float) -> None:
    whole = "".join(run.text for run in runs)
    assert letters(said(set_lines(runs, 12, width))) == letters(whole)


@given(RUNS, st.floats(12, 300))
def test_no_line_is_wider_than_its_room(runs: Runs, width: float) -> None:
    for line in set_lines(runs, 12, width):
        assert line.width <= width + 0.02
        real = sum(text_width(words, 12, bold=face.value.endswith("Bold")) for face, words in line.pieces)
        assert line.width == pytest.approx(real)


@given(RUNS)
def test_typed_lines_stay_lines(runs: Runs) -> None:
    whole = "".join(run.text for run in runs)
    assert len(set_lines(runs, 12, 100_000)) == whole.count("\n") + 1
    assert len(word_widths(runs, 12)) == whole.count("\n") + 1


def test_a_word_of_two_weights_is_not_torn() -> None:
    runs = (Run("penicillin", bold=True), Run(", then"))
    lines = set_lines(runs, 12, text_width("penicillin,", 12, bold=True) + 2)
    assert said(lines) == "penicillin,\nthen"


def test_no_break_spaces_hold_an_amount_to_its_unit() -> None:
    lines = set_lines(plain("take 75\u00a0mg"), 12, text_width("take 75", 12) + 1)
    assert said(lines) == "take\n75\u00a0mg"


def test_an_address_without_blanks_breaks_after_a_sign() -> None:
    lines = set_lines(plain("poems.clinic@example.org/letters"), 12, 130)
    assert said(lines) == "poems.clinic@example.\norg/letters"


def test_the_first_line_may_be_shorter() -> None:
    lines = set_lines(plain("one two three four"), 12, 200, first_width=30)
    assert said(lines) == "one\ntwo three four"


def test_fifty_thousand_letters_and_a_megabyte_without_a_blank_are_set() -> None:
    text = "word " * 10_000
    assert letters(said(set_lines(plain(text), 12, 487))) == letters(text)
    lines = set_lines(plain("x" * 1_000_000), 12, 487)
    assert sum(len(words) for line in lines for _, words in line.pieces) == 1_000_000


def test_widths_are_those_of_the_font() -> None:
    assert text_width("HARTLEY", 10) == pytest.approx(46.12, abs=0.01)
    assert natural_width(plain("a b"), 10) == pytest.approx(text_width("a b", 10))
    assert longest_word(plain("a bbb cc"), 10) == pytest.approx(text_width("bbb", 10))


def test_no_words_of_a_document_are_kept_once_it_is_printed() -> None:
    set_lines(plain("Dear Ann"), 12, 100)
    assert kept() > 0
    forget()
    assert kept() == 0
