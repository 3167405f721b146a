"""Which passwords are too weak, and how phrases are drawn."""

import secrets
from collections import Counter
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.passwords import passphrase, problem_with

WORDS = [f"{first}{vowel}{last}{end}" for first, vowel, last, end in product("bdfgkmnp", "aeiou", "dlmnrst", "aeiou")]


@pytest.mark.parametrize(
    "password",
    [
        "otter violin ledge cactus ruby",
        "otter-violin-ledge-cactus-ruby",
        "quite some long sentence about tea",
        "Tj7#kqLw92!xzPv",
        "żółta łódka płynie",
        "purple hospital ladder ginger brick",
        "🦦 violin 🌵 ledge ruby",
    ],
)
def test_a_long_password_of_any_signs_is_taken(password: str) -> None:
    assert problem_with(password) is None


@pytest.mark.parametrize(
    ("minimum", "password"), [(15, "otter violin!x"), (12, "otter ledge"), (15, ""), (20, "x" * 19)]
)
def test_a_short_password_is_refused_with_the_clinic_s_own_number(minimum: int, password: str) -> None:
    assert f"at least {minimum} characters" in str(problem_with(password, minimum=minimum))


def test_a_clinic_may_set_twelve_and_not_less() -> None:
    assert problem_with("otter ledge7", minimum=12) is None
    with pytest.raises(ValueError, match="12"):
        problem_with("otter ledge7", minimum=11)


@pytest.mark.parametrize(
    "password",
    [
        "Password1234",
        "Password1234!",
        "P4ssw0rd12345678",
        "P@$$word2026!!!",
        "PoemsRegistry2026",
        "UCLH-poems-clinic-1",
        "Welcome to UCLH 2026",
        "poemspoemspoems",
        "aaaaaaaaaaaaaaa",
        "abababababababab",
        "ab1ab1ab1ab1ab1ab1",
        "otterotterotterotter",
        "123456789012345",
        "987654321098765",
        "abcdefghijklmnop",
        "qwertyuiopasdfgh",
        "Qwerty123456789",
        "correct horse battery staple",
        "iloveyouiloveyou",
        "Liverpool2026Liverpool",
        "September2026!!",
        "               x",
        "summer winter summer winter",
    ],
)
def test_what_a_guesser_tries_first_is_refused_in_words(password: str) -> None:
    assert "too easy to guess" in str(problem_with(password, minimum=12))


def test_a_person_s_own_name_does_not_count() -> None:
    assert problem_with("Featherstonehaugh7") is None
    assert "names" in str(problem_with("Featherstonehaugh7", names=["Dr Ann Featherstonehaugh"]))
    assert "names" in str(problem_with("annfeatherstonehaugh", names=["Dr Ann Featherstonehaugh"]))


@given(st.text(max_size=40), st.integers(12, 20))
def test_a_refusal_never_quotes_the_password(password: str, minimum: int) -> None:
    words = problem_with(password, minimum=minimum)
    assert words is None or words.endswith(".")
    assert words == problem_with(password, minimum=minimum)
    if len(password) > 8 and password not in str(problem_with("", minimum=minimum)):
        assert words is None or password not in words


@given(st.text("abcdefgh1234 !", min_size=12, max_size=40))
def test_a_longer_minimum_never_takes_what_a_shorter_refuses(password: str) -> None:
    assert problem_with(password, minimum=12) is None or problem_with(password, minimum=15) is not None


def test_a_drawn_phrase_has_five_different_words_of_the_list() -> None:
    for _ in range(200):
        words = passphrase(WORDS, secrets.token_bytes).split()
        assert len(set(words)) == 5
        assert set(words) <= set(WORDS)


def _counted(start: int, step: int) -> Callable[[int], bytes]:
    numbers = iter(range(start, 2**32, step))
    return lambda size: next(numbers).to_bytes(size, "big")


def test_the_same_chance_draws_the_same_phrase() -> None:
    assert passphrase(WORDS, _counted(0, 1)) == " ".join(WORDS[:5])
    assert passphrase(WORDS, _counted(0, len(WORDS) + 1)) == " ".join(WORDS[:5])


def test_each_word_is_as_likely_as_the_other() -> None:
    chance = _counted(2**31, 1)
    drawn = Counter(word for _ in range(len(WORDS)) for word in passphrase(WORDS, chance).split())
    assert set(drawn.values()) == {5}


def test_a_number_that_would_favour_the_first_words_is_drawn_again() -> None:
    numbers = iter([2**32 - 1, *range(5)])
    assert passphrase(WORDS, lambda size: next(numbers).to_bytes(size, "big")) == " ".join(WORDS[:5])


@pytest.mark.parametrize(("words", "count"), [(WORDS[:1023], 5), (WORDS[:600] * 2, 5), (WORDS, 4)])
def test_a_phrase_too_easy_to_guess_is_not_drawn(words: list[str], count: int) -> None:
    with pytest.raises(ValueError, match="1024"):
        passphrase(words, secrets.token_bytes, count)
