"""The list of words in the resources from which phrases are drawn."""

import secrets
from pathlib import Path

from poems_registry.domain.passwords import FEWEST_WORDS, passphrase, problem_with

WORDS = (Path(__file__).parents[2] / "resources" / "words.txt").read_text(encoding="ascii").split("\n")[:-1]


def test_the_words_are_enough_plain_short_and_different() -> None:
    assert len(WORDS) >= FEWEST_WORDS
    assert sorted(set(WORDS)) == WORDS
    assert all(word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in WORDS)


def test_every_phrase_drawn_from_them_is_a_password_a_clinic_takes() -> None:
    for _ in range(1000):
        phrase = passphrase(WORDS, secrets.token_bytes)
        assert problem_with(phrase) is None


def test_no_phrase_can_be_refused_whatever_words_are_drawn() -> None:
    # Beside a word stand six characters that count: it is taken if the word leaves two more, so that five leave ten.
    assert [word for word in WORDS if problem_with(f"{word} ----- zkvxqj", minimum=12)] == []
