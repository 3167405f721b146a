"""Passwords: what makes one too weak, in words, and phrases of five words drawn by chance (decision 17)."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

MINIMUM = 15
LOWEST_MINIMUM = 12
PHRASE_WORDS = 5
FEWEST_WORDS = 1024
"""Five words out of 1,024 are 50 bits: with Argon2id at half a second a guess, millions of years on one PC."""

_LEAST_LEFT = 8
_LEAST_DIFFERENT = 5
_PLAIN_LETTERS = str.maketrans("013457@$!", "oleastasi")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm")
_RUNS = frozenset(
    run for row in _ROWS for text in (row, row[::-1]) for run in (text[i : i + 4] for i in range(len(text) - 3))
)
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_REPEATED = re.compile(r"(.)\1{2,}")
# fmt: off
_KNOWN = (
    # This program and its world, then the words that lead every published list of stolen passwords.
    "poems", "uclh", "registry", "registries", "clinic", "clinician", "hospital", "patient", "patients", "nurse",
    "doctor", "consultant", "haematology", "neurology", "department", "ward", "trust", "syndrome", "vegf", "london",
    "queensquare", "england", "britain", "scotland", "wales", "training", "demo", "sample", "example",
    "password", "passwort", "passwd", "passphrase", "passcode", "secret", "private", "letmein", "welcome", "login",
    "logon", "signin", "admin", "administrator", "root", "user", "username", "guest", "default", "changeme", "change",
    "test", "testing", "tester", "temp", "temporary", "please", "hello", "whatever", "trustno", "computer", "internet",
    "windows", "microsoft", "google", "office", "iloveyou", "loveyou", "loveme", "forever", "family", "mother",
    "sunshine", "princess", "monkey", "dragon", "shadow", "master", "superman", "batman", "spiderman", "pokemon",
    "starwars", "football", "baseball", "cricket", "liverpool", "arsenal", "chelsea", "everton", "tottenham",
    "manchester", "united", "rangers", "celtic", "freedom", "charlie", "michael", "jennifer", "jessica", "ashley",
    "thomas", "daniel", "george", "summer", "winter", "spring", "autumn", "january", "february", "march", "april",
    "june", "july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "qazwsx", "correct", "horse", "battery", "staple",
)
# fmt: on


def problem_with(password: str, *, minimum: int = MINIMUM, names: Iterable[str] = ()) -> str | None:
    """Why a password cannot be taken, as a sentence for the user that does not quote it; None if it can.

    At least `minimum` characters: 15, or what the clinic has set, never less than 12 (ValueError). Five different
    words of three letters or more are 19 characters, so that a phrase of five words always has the length. No rules
    about capitals, figures or signs, after NIST SP 800-63B and the NCSC. Refused besides the short is what a guesser
    tries first: when well-known words, the person's own `names`, years, runs such as 1234 or qwerty and repetitions
    are taken out, fewer than 8 characters are left. Spelling a word with figures (P4ssw0rd) does not hide it.
    """
    if minimum < LOWEST_MINIMUM:
        raise ValueError(f"a clinic may not go below {LOWEST_MINIMUM} characters")
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < minimum:
        return f"Use at least {minimum} characters, such as five words that have nothing to do with each other."
    known = sorted({*_KNOWN, *_parts(names)}, key=len, reverse=True)
    folded = _bare(plain)
    spelt = _bare(plain, keep="@$!")
    left = min(_left(folded, known), _left(spelt, known, _PLAIN_LETTERS))
    if left < _LEAST_LEFT or len(set(folded)) < _LEAST_DIFFERENT:
        return (
            "This is too easy to guess: apart from well-known words, names, years, runs such as 1234 and repetitions"
            " there is little left. Use five words that have nothing to do with each other."
        )
    return None


def _bare(text: str, keep: str = "") -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign in keep)


def _parts(names: Iterable[str]) -> set[str]:
    return {part for name in names for word in name.split() if len(part := _bare(word)) >= 3}


def _left(text: str, known: Sequence[str], spelling: Mapping[int, int] = MappingProxyType({})) -> int:
    """How many characters a guesser would still have to find; `spelling` turns figures into the letters they mimic."""
    text = _YEAR.sub(" ", _without_runs(_unit(text))).translate(spelling)
    for word in known:
        text = text.replace(word, " ")
    return len(_bare(_REPEATED.sub(r"\1", text)))


def _without_runs(text: str) -> str:
    """A blank for each sign that belongs to four or more in the order of the alphabet, the figures or a keyboard."""
    inside = {place + step for place in range(len(text)) if text[place : place + 4] in _RUNS for step in range(4)}
    return "".join(" " if place in inside else sign for place, sign in enumerate(text))


def _unit(text: str) -> str:
    """What a text repeats from beginning to end, or the text itself."""
    for length in range(1, len(text) // 2 + 1):
        if (text[:length] * (len(text) // length + 1))[: len(text)] == text:
            return text[:length]
    return text


def passphrase(words: Sequence[str], random_bytes: Callable[[int], bytes], count: int = PHRASE_WORDS) -> str:
    """Different words drawn by chance, each as likely as the other, with spaces between.

    `random_bytes` is a source fit for secrets (`secrets.token_bytes`). ValueError for fewer than 1,024 different words
    or a phrase of fewer than five.
    """
    if len(set(words)) < FEWEST_WORDS or len(set(words)) != len(words) or count < PHRASE_WORDS:
        raise ValueError(f"a phrase is drawn as {PHRASE_WORDS} or more of at least {FEWEST_WORDS} different words")
    chosen: list[str] = []
    while len(chosen) < count:
        word = words[_below(len(words), random_bytes)]
        if word not in chosen:
            chosen.append(word)
    return " ".join(chosen)


def _below(bound: int, random_bytes: Callable[[int], bytes]) -> int:
    """A number from 0 to `bound` - 1 without bias: what lies beyond the last whole multiple is drawn again."""
    fair = 2**32 - 2**32 % bound
    while (number := int.from_bytes(random_bytes(4), "big")) >= fair:
        pass
    return number % bound
