"""Whether a name that was typed may be another one misspelt: to show whom one may have meant, never as an answer."""

from collections.abc import Sequence
from functools import lru_cache

from poems_registry.domain.names import fold, sounds_like, without_titles

SHORTEST = 4
"""Shorter words are no name to be misspelt: almost everything is near them."""


def near(typed: Sequence[str], name: str) -> bool:
    """Whether every typed word is near some word of the folded name; the words are folded and in any order."""
    words = name.split()
    return all(any(_near(each, word) for word in words) for each in typed)


def misspelt(query: str) -> tuple[str, ...]:
    """The words of a query that may be names misspelt; empty if it holds figures or a word too short for that."""
    words = without_titles(fold(query).split())
    return tuple(words) if words and all(word.isalpha() and len(word) >= SHORTEST for word in words) else ()


@lru_cache(maxsize=50_000)
def _near(typed: str, word: str) -> bool:
    """One slip in a short word, two or three in a longer one, or the same sound; a name may be typed only in part."""
    if typed[0] != word[0] and typed[1:3] != word[1:3]:
        return False
    slips = 1 if len(typed) < 7 else 2 if len(typed) < 10 else 3
    return _slips(typed, word[: len(typed) + slips]) <= slips or (len(word) >= SHORTEST and sounds_like(typed, word))


def _slips(typed: str, word: str) -> int:
    """The fewest letters to put in, take out, change or swap so that the word begins as was typed (Damerau 1964)."""
    before: list[int] = []
    row = list(range(len(word) + 1))
    for i, letter in enumerate(typed, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(word, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row)
